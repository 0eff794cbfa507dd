"""How fast the index answers and grows, beside SQLite FTS5 on the same records in the same run.

`python -m tests.bench.search [N]`: a table for N records of about 350 words (10,000 by default).
"""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archivist.model.dates import parse_range
from archivist.model.query import And, Dated, Node, Not, Or, Phrase, Prefix, Word
from archivist.model.words import words_of
from archivist.search import Entry, Index, Searcher
from archivist.search.excerpts import excerpt
from tests.search.making import ARCHIVE, FileSeals

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT.parent / "shared" / "tools" / "scale_corpus.py"
FACETS = ("type", "country", "person", "year")
REPEATS = 5
BATCH = 200


@dataclass(frozen=True)
class Asked:
    """One query: our tree, and what asks FTS5 for the same (empty where it cannot be asked)."""

    kind: str
    node: Node
    fts: str
    years: tuple[int, int] | None = None
    newest: bool = False
    facets: bool = False


def rows_of(folder: Path, count: int) -> list[dict[str, Any]]:
    path = folder / "records.jsonl"
    subprocess.run([sys.executable, TOOL, str(count), path], check=True)
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def entry(key: int, row: dict[str, Any]) -> Entry:
    values = {
        "type": (row["doctype"],),
        "place": (row["place"],) if row["place"] else (),
        "country": tuple(row["countries"]),
        "person": tuple(row["people"]),
        "ref": (f"R-{key:06}",),
    }
    return Entry(key, row["title"], row["body"], row["lang"], values, {"date": row["date"]})


def queries(rows: Sequence[dict[str, Any]]) -> list[Asked]:
    """The same queries for the same rows, at least 100."""
    source = random.Random(11)
    texts = [words_of(row["body"]) for row in rows[:3000]]
    counts = Counter(word for text in texts for word in set(text))
    ordered = [word for word, _ in counts.most_common() if word.isalpha() and len(word) > 3]
    common, middle = ordered[:300], ordered[300:3000]
    rare = [word for word in ordered if counts[word] <= 2]

    def quoted(length: int) -> str:
        text = source.choice([text for text in texts if len(text) > length])
        start = source.randrange(len(text) - length)
        return " ".join(text[start : start + length])

    asked = [_word("word, common", word) for word in ("the", "of", "president", "government")]
    asked += [_word("word, common", source.choice(common)) for _ in range(6)]
    asked += [_word("word, rare", source.choice(rare)) for _ in range(10)]
    for _ in range(8):
        one, other, third = source.choice(common), source.choice(middle), source.choice(common)
        asked += [
            Asked("and", And((Word(one), Word(other))), f'"{one}" AND "{other}"'),
            Asked("or of 3", Or((Word(one), Word(other), Word(third))),
                  f'"{one}" OR "{other}" OR "{third}"'),
            Asked("not", And((Word(one), Not(Word(third)))), f'"{one}" NOT "{third}"'),
        ]  # fmt: skip
    asked += [_phrase("phrase", quoted(2 + n % 5)) for n in range(12)]
    asked += [_phrase("quotation of 30 words", quoted(30)) for _ in range(6)]
    stop = "of the|in the|to be|will not|and the|that the|on behalf of the|it is the|of the united"
    asked += [_phrase("phrase of stop words", text) for text in stop.split("|")]
    asked += [
        Asked("prefix", Prefix(text), f"{text}*")
        for text in ("in", "un", "co", "a", "sanc", "govern", "pre", "inter", "str", "nego")
    ]
    for _ in range(8):
        word, first = source.choice(common), source.randint(1950, 2010)
        node = And((Word(word), Dated("date", parse_range(f"{first}..{first + 9}"))))
        asked.append(Asked("word and range", node, f'"{word}"', years=(first, first + 9)))
    for word in ("the", "president", "states", *(source.choice(common) for _ in range(4))):
        asked.append(Asked("newest first", Word(word), f'"{word}"', newest=True))
        asked.append(Asked("four facets", Word(word), f'"{word}"', facets=True))
    return asked


def _word(kind: str, word: str) -> Asked:
    return Asked(kind, Word(word), f'"{word}"')


def _phrase(kind: str, text: str) -> Asked:
    return Asked(kind, Phrase(text), f'"{text}"')


class Peer:
    """SQLite FTS5 with its Porter stemmer; unlike ours, its phrases are stemmed, too."""

    def __init__(self, path: Path) -> None:
        self.base = sqlite3.connect(path)
        self.base.executescript(
            """pragma journal_mode=wal; pragma synchronous=normal;
            create table doc(id integer primary key, title, body, date, type);
            create table country(doc, value); create table person(doc, value);
            create index by_date on doc(date); create index by_doc on country(doc, value);
            create index by_person on person(doc, value);
            create virtual table ft using fts5(title, body, content='doc', content_rowid='id',
                tokenize='porter unicode61');
            create temp table hit(doc integer primary key);"""
        )

    def fill(self, rows: Sequence[dict[str, Any]]) -> float:
        """Return the documents a second of the index alone."""
        with self.base:
            for key, row in enumerate(rows, 1):
                values = (key, row["title"], row["body"], row["date"], row["doctype"])
                self.base.execute("insert into doc values (?, ?, ?, ?, ?)", values)
                for name, of in (("country", "countries"), ("person", "people")):
                    pairs = [(key, value) for value in row[of]]
                    self.base.executemany(f"insert into {name} values (?, ?)", pairs)  # noqa: S608
        started = time.perf_counter()
        with self.base:
            self.base.execute("insert into ft(rowid, title, body) select id, title, body from doc")
        return len(rows) / (time.perf_counter() - started)

    def ask(self, asked: Asked) -> object:
        """Total, first 20, and facets where they are asked for."""
        joint, order, match = "ft", "rank", asked.fts
        where, values = "ft match ?", [match]
        if asked.years or asked.newest:
            joint = "ft join doc on doc.id = ft.rowid"
        if asked.years:
            where += " and date between ? and ?"
            values += [f"{asked.years[0]}-01-01", f"{asked.years[1]}-12-31"]
        if asked.newest:
            order = "date desc"
        if asked.facets:
            self._facets(match)
        total = f"select count(*) from {joint} where {where}"  # noqa: S608
        page = f"select ft.rowid from {joint} where {where} order by {order} limit 20"  # noqa: S608
        return self.base.execute(total, values).fetchone(), self.base.execute(
            page, values
        ).fetchall()

    def _facets(self, match: str) -> None:
        run = self.base.execute
        run("delete from hit")
        run("insert into hit select rowid from ft where ft match ?", (match,))
        joined = "from hit join doc on id = hit.doc group by 1"
        run(f"select type, count(*) {joined}").fetchall()
        run(f"select substr(date, 1, 4), count(*) {joined}").fetchall()
        for name in ("country", "person"):
            run(f"select value, count(*) from hit join {name} using (doc) group by 1").fetchall()  # noqa: S608


def ours(searcher: Searcher, asked: Asked) -> object:
    return searcher.find(
        asked.node,
        sort="newest" if asked.newest else "relevance",
        facets=FACETS if asked.facets else (),
    )


def whole(searcher: Searcher, rows: Sequence[dict[str, Any]], asked: Asked) -> object:
    """As a user gets it: total, first 20 with excerpts and marks, and four facets."""
    found = searcher.find(asked.node, facets=FACETS)
    marker = searcher.marker(asked.node)
    texts = [rows[key - 1]["body"] for key, _ in found.hits]
    return [excerpt(text, marker.spans(text, "text", "en")) for text in texts]


def timed(ask: Callable[[Asked], object], asked: Asked) -> tuple[float, float]:
    """Return the first time and the median of the others, in ms."""
    times = []
    for _ in range(REPEATS + 1):
        started = time.perf_counter()
        ask(asked)
        times.append((time.perf_counter() - started) * 1e3)
        if sum(times) > 1500:
            break
    return times[0], statistics.median(times[1:] or times)


def spread(times: Sequence[float]) -> str:
    ordered = sorted(times)
    at95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"{statistics.median(ordered):.2f} / {at95:.2f} / {ordered[-1]:.2f}"


def table(asked: Sequence[Asked], ways: dict[str, Callable[[Asked], object]]) -> list[str]:
    measured = {
        name: [(each.kind, *timed(ask, each)) for each in asked] for name, ask in ways.items()
    }
    lines = [
        "| kind (p50 / p95 / max, ms) | n | " + " | ".join(ways) + " |",
        "| --- | --- |" + " --- |" * len(ways),
    ]
    for kind in dict.fromkeys(each.kind for each in asked):
        cells = [spread([warm for of, _, warm in of_way if of == kind]) for of_way in
                 measured.values()]  # fmt: skip
        count = sum(each.kind == kind for each in asked)
        lines.append(f"| {kind} | {count} | {' | '.join(cells)} |")
    for title, place in (("**all, warm**", 2), ("**all, first time**", 1)):
        cells = [spread([float(one[place]) for one in of_way]) for of_way in measured.values()]
        lines.append(f"| {title} | {len(asked)} | {' | '.join(cells)} |")
    return lines


FRESH = """
import sys, time
started = time.perf_counter()
from pathlib import Path
from archivist.search import Index
from archivist.model.query import Word
from tests.search.making import ARCHIVE, FileSeals
index = Index.open(Path(sys.argv[1]), FileSeals(Path(sys.argv[2])), ARCHIVE)
opened = time.perf_counter()
index.searcher().find(Word("government"), facets=("type", "country", "person", "year"))
answered = time.perf_counter()
print((opened - started) * 1e3, (answered - started) * 1e3)
"""


def fresh(folder: Path, seals: Path) -> tuple[float, float]:
    """Open in a new process: ms from the first import to opened, and to the first answer."""
    runs = []
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", FRESH, folder, seals],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        runs.append(tuple(float(word) for word in done.stdout.split()))
    opened, answered = min(runs, key=lambda run: run[1])
    return opened, answered


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def writes(folder: Path, rows: Sequence[dict[str, Any]]) -> list[str]:
    """Build, import in batches, add one, change one description."""
    text = sum(len(row["body"].encode()) for row in rows)
    seals = FileSeals(folder / "seals")
    entries = [entry(key, row) for key, row in enumerate(rows, 1)]
    started = time.perf_counter()
    index = Index.rebuild(folder / "index", seals, ARCHIVE, entries, 1)
    built = time.perf_counter() - started
    lines = [
        (
            f"- built whole: {len(rows) / built:,.0f} documents/s "
            f"({text / built / 1e6:.1f} MB/s), index {size_of(folder / 'index') / text:.2f} "
            f"of the text"
        )
    ]
    other = Index.rebuild(folder / "batches", FileSeals(folder / "seals-2"), ARCHIVE, (), 1)
    started = time.perf_counter()
    for number, start in enumerate(range(0, len(entries), BATCH), 2):
        other.apply(number, entries[start : start + BATCH])
    took = time.perf_counter() - started
    lines.append(
        f"- in commits of {BATCH}: {len(rows) / took:,.0f} documents/s "
        f"({text / took / 1e6:.1f} MB/s), {len(other.searcher().parts)} segments after"
    )
    added, patched = _one_by_one(index, rows)
    lines.append(
        f"- add one → found {spread(added)} ms; change a description → found {spread(patched)} ms"
    )
    return lines


def _one_by_one(index: Index, rows: Sequence[dict[str, Any]]) -> tuple[list[float], list[float]]:
    """Add records, and change some, one a commit; take the added ones away again."""
    added, patched, fresh_keys = [], [], range(len(rows) + 1, len(rows) + 21)
    for key in fresh_keys:
        row = rows[key % 99]
        started = time.perf_counter()
        index.apply(key, [entry(key, row)])
        index.searcher()
        between = time.perf_counter()
        index.apply(key, patch=[entry(key % 99 + 1, row)])
        index.searcher()
        added.append((between - started) * 1e3)
        patched.append((time.perf_counter() - between) * 1e3)
    index.apply(fresh_keys[-1] + 1, remove=fresh_keys)
    return added, patched


def measure(folder: Path, count: int) -> list[str]:
    rows = rows_of(folder, count)
    words = sum(len(row["body"].split()) for row in rows) / count
    lines = [f"### {count:,} records of {words:.0f} words", ""]
    lines += writes(folder, rows)
    peer = Peer(folder / "peer.sqlite")
    lines.append(f"- SQLite FTS5 {sqlite3.sqlite_version}: {peer.fill(rows):,.0f} documents/s")
    opened, answered = fresh(folder / "index", folder / "seals")
    lines += [
        (
            f"- new process, imports included: opened after {opened:.0f} ms, "
            f"first answer with four facets after {answered:.0f} ms"
        ),
        "",
    ]
    searcher = Index.open(folder / "index", FileSeals(folder / "seals"), ARCHIVE).searcher()
    ways = {
        "index": lambda asked: ours(searcher, asked),
        "FTS5": peer.ask,
        "index, as a user gets it": lambda asked: whole(searcher, rows, asked),
    }
    lines += table(queries(rows), ways)
    peer.base.close()
    return lines


def main(*, short: bool = False, count: int = 10_000) -> None:
    """Print the table; nothing where the tool that makes the records is absent."""
    if not TOOL.exists():
        sys.stdout.write("not run: ../shared/tools/scale_corpus.py is absent\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        lines = measure(Path(folder), 1_000 if short else count)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(count=int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
