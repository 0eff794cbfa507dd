"""How fast texts are read for statements, and how fast these are found, beside SQLite FTS5.

`python -m tests.bench.statements [ARCHIVE]`: reads the archive and writes nothing; by default one
of 2,000 records made for it. What is asked is drawn from its statements by a seed. FTS5 holds the
words and the speakers of the same statements, and is asked the same in the same run.
"""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from archivist import Archive
from archivist.archive.statements.stating import FACETS
from archivist.intake.statements import dated_facts, extract
from archivist.model.statement import words_in
from tests.bench.scale import ROOT, TOOL, compiled, path_of
from tests.bench.search import spread

EACH: Final = 20
LETTERS: Final = 3_000
TEXTS: Final = 400
FOLLOWED: Final = 1_000
PAGE: Final = 40
FIRSTS: Final = 5
_WORD = re.compile(r"[A-Za-z]{4,}")
_SAID = (
    "p50 / p95 / worst, in ms; first: the first time in a process that has the index open. A list "
    f"is all of an answer in its order with the first {PAGE} rows read, as the view shows it; a "
    "page is the count and 20 statements with excerpts, by relevance. FTS5: count and the numbers "
    "of 20 rows by bm25, no texts read."
)
NEW = """
import sys, time
from archivist import Archive
archive = Archive.open(sys.argv[1], follow=False)
started = time.perf_counter()
archive.list_statements(sys.argv[2]).rows(0, 40)
print((time.perf_counter() - started) * 1e3)
"""


class Asked(NamedTuple):
    """A query, and what FTS5 is asked for it; empty where it has no such query."""

    query: str
    match: str = ""


def measure(path: Path, each: int = EACH) -> list[str]:
    """Return what was measured on this archive."""
    with Archive.open(path, follow=False) as archive:
        lines = [f"### Statements, an archive of {archive.count():,} records", "", rate(archive)]
        total = archive.statements("*", limit=0).total
        lines += [f"- {total:,} sure statements can be found", ""]
        lines += ["| asked (ms) | n | list, first | list | page | page with facets | FTS5 |",
                  "| --- | --- | --- | --- | --- | --- | --- |"]  # fmt: skip
        kinds = drawn(archive, each)
        with tempfile.TemporaryDirectory() as folder:
            peer = filled(archive, Path(folder) / "peer.sqlite")
            lines += [_row(archive, peer, name, asked) for name, asked in kinds.items()]
            peer.close()
        lines += ["", *_others(archive, path, kinds)]
    return [*lines, "", _SAID]


def _row(archive: Archive, peer: sqlite3.Connection, name: str, asked: Sequence[Asked]) -> str:
    queries = [one.query for one in asked]
    ways = (
        partial(listed, archive),
        archive.statements,
        partial(archive.statements, facets=FACETS),
    )
    first = _times(ways[0], queries)
    warm = [_times(way, queries) for way in ways]
    beside = _times(partial(matched, peer), [one.match for one in asked if one.match])
    return f"| {name} | {len(asked)} | {' | '.join(map(spread, (first, *warm, beside)))} |"


def _times(ask: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Return the milliseconds of each question."""
    found = []
    for text in texts:
        started = time.perf_counter()
        ask(text)
        found.append((time.perf_counter() - started) * 1e3)
    return found


def _others(archive: Archive, path: Path, kinds: dict[str, list[Asked]]) -> list[str]:
    """Return lines about topics, records found by what is said in them, and new processes."""
    words = [one.query for one in kinds["a word"]]
    topics = _times(partial(archive.list_statements, sort="topic"), words)
    held = _times(archive.search, [f"said:({word})" for word in words])
    with tempfile.TemporaryDirectory() as folder:
        new = [_in_new_process(path, query, folder) for query in words[: FIRSTS + 1]][1:]
    return [
        f"- under topics (a word): {spread(topics)} ms",
        f"- records that hold such a statement (`said:` and a word): {spread(held)} ms",
        f"- first list of a new process, archive opened: {spread(new)} ms",
    ]


def _in_new_process(path: Path, query: str, folder: str) -> float:
    command = [sys.executable, "-c", NEW, str(path), query]
    done = subprocess.run(
        command, cwd=ROOT, env=compiled(folder), stdout=subprocess.PIPE, text=True, check=True
    )
    return float(done.stdout)


def listed(archive: Archive, query: str) -> object:
    """Ask for all statements under their speakers, and read the first rows."""
    return archive.list_statements(query).rows(0, PAGE)


def rate(archive: Archive) -> str:
    """Return how many texts of LETTERS letters the rules read in a second, on one core."""
    draw = random.Random(3)
    texts = []
    ids = archive.find_keys("*")
    for key in draw.sample(ids, len(ids)):
        record = archive.record(key)
        text = archive.text(record)
        if len(text) >= LETTERS:
            texts.append((text[:LETTERS], record.description))
        if len(texts) == TEXTS:
            break
    for text, about in texts[:20]:
        extract(text, language=about.language)
    started = time.process_time()
    for text, about in texts:
        extract(
            text,
            title=about.title,
            language=about.language,
            doctype=about.doctype,
            date=about.date,
        )
    spent = time.process_time() - started
    began = time.process_time()
    for text, about in texts:
        dated_facts(text, date=about.date, language=about.language)
    facts = time.process_time() - began
    return (
        f"- rules: {len(texts) / spent:,.0f} texts of {LETTERS:,} letters a second on one core; "
        f"with dated facts {len(texts) / (spent + facts):,.0f} ({len(texts)} texts drawn)"
    )


def followed(rows: Path, count: int) -> str:
    """Return how many records a second are filed, read and indexed for statements."""
    with tempfile.TemporaryDirectory() as folder, Archive.create(Path(folder) / "new") as made:
        made.file([rows])
        started = time.perf_counter()
        report = made.read_statements()
        took = time.perf_counter() - started
    return (
        f"- following: {report.records:,} of {count:,} filed records read in {took:.1f} s, "
        f"{report.records / took:,.0f} a second; {report.statements:,} statements kept and indexed"
    )


def drawn(archive: Archive, each: int) -> dict[str, list[Asked]]:
    """Return what is asked, by kind, drawn from what is said."""
    draw = random.Random(8)
    said = [words for _, _, words in _spoken(archive, 4_000)]
    runs = [_WORD.findall(words) for words in draw.sample(said, min(len(said), 600))]
    runs = [run for run in runs if len(run) > 3]
    words = [draw.choice(run).lower() for run in draw.choices(runs, k=each)]
    pairs = [draw.sample(run, 2) for run in draw.choices(runs, k=each)]
    texts = [" ".join(run.split()[2:4]) for run in draw.sample(said, len(said))]
    phrases = [text for text in texts if re.fullmatch("[A-Za-z]+ [A-Za-z]+", text)][:each]
    counted = archive.statements("*", limit=0, facets=("speaker",)).facets["speaker"]
    names = [one.value for one in counted if '"' not in one.value and len(one.value) > len("Q.")]
    chosen = draw.choices(names, k=each)
    kinds = ("direct", "indirect", "turn")
    return {
        "a word": [Asked(word, f'words:"{word}"') for word in words],
        "two words": [
            Asked(" ".join(pair), " AND ".join(f'words:"{word}"' for word in pair))
            for pair in pairs
        ],
        "a phrase of two words": [Asked(f'"{text}"', f'words:"{text}"') for text in phrases],
        "speaker:": [Asked(f'speaker:"{name}"', f'speaker:"{name}"') for name in chosen],
        "speaker: and a word": [
            Asked(f'speaker:"{name}" {word}', f'speaker:"{name}" AND words:"{word}"')
            for name, word in zip(chosen, words, strict=False)
        ],
        "speaker:, kind:, date: and a word": [
            Asked(f'speaker:"{name}" kind:{kinds[at % 3]} date:1950.. {word}')
            for at, (name, word) in enumerate(zip(chosen, words, strict=False))
        ],
        "all": [Asked("*")],
    }


def _spoken(archive: Archive, most: int = 0) -> Iterator[tuple[int, str, str]]:
    """Yield number, speaker and words of sure statements, all of them or some."""
    store = archive._store
    given = 0
    for batch in store.statements.iterate():
        texts = store.records.texts(list({one.record for one in batch}))
        for one in batch:
            if one.sure:
                words = words_in(texts.get(one.record, ""), one.statement)
                yield one.number, one.statement.speaker, words
                given += 1
                if given == most:
                    return


def filled(archive: Archive, path: Path) -> sqlite3.Connection:
    """Return FTS5 with the same statements."""
    base = sqlite3.connect(path)
    base.execute("create virtual table ft using fts5(words, speaker, tokenize='porter unicode61')")
    with base:
        base.executemany(
            "insert into ft(rowid, words, speaker) values (?, ?, ?)",
            ((number, words, speaker) for number, speaker, words in _spoken(archive)),
        )
    return base


def matched(base: sqlite3.Connection, match: str) -> object:
    """Return the count and the best 20 of what FTS5 finds."""
    count = base.execute("select count(*) from ft where ft match ?", (match,)).fetchone()
    page = "select rowid from ft where ft match ? order by rank limit 20"
    return count, base.execute(page, (match,)).fetchall()


def main(*, short: bool = False, archive: Path | None = None) -> None:
    """Print the lines; nothing where the tool that makes the records is absent."""
    if not TOOL.exists():
        sys.stdout.write("not run: ../shared/tools/scale_corpus.py is absent\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        count = FOLLOWED // 5 if short else FOLLOWED
        rows = path_of(Path(folder), count)
        told = followed(rows, count)
        path = archive or Path(folder) / "made.archive"
        if archive is None:
            with Archive.create(path) as made:
                made.file([rows if short else path_of(Path(folder), 2 * FOLLOWED)])
                made.read_statements()
        lines = measure(path, 4 if short else EACH)
    sys.stdout.write("\n".join([*lines[:3], told, *lines[3:]]) + "\n")


if __name__ == "__main__":
    main(
        short="--short" in sys.argv,
        archive=next((Path(one) for one in sys.argv[1:] if not one.startswith("--")), None),
    )
