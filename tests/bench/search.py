"""How fast the index is built, answers and grows, beside SQLite FTS5 and tantivy in the same run.

`python -m tests.bench.search [N ...] [--alone N ...]`: tables for each number of records, and how
they grow; what is measured alone is measured without its peers.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.search import Index
from tests.bench.asking import opened, prepare
from tests.bench.peers import WRITES, Fts, Tantivy, tantivy_or_none
from tests.bench.scale import ROOT, TOOL, Row, entry, rows_of, text_bytes
from tests.search.making import ARCHIVE, FileSeals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BATCH = 200
WAYS = {"index": "Archivist", "fts": "FTS5", "tantivy": "tantivy", "user": "as a user gets it"}

FRESH = """
import sys, time
started = time.perf_counter()
import json
from pathlib import Path
from archivist.search import Index
from archivist.model.query import Word
class Seals:
    def load(self):
        return json.loads(Path(sys.argv[2]).read_text())
index = Index.open(Path(sys.argv[1]), Seals(), sys.argv[3])
opened = time.perf_counter()
index.searcher().find(Word("government"), facets=("type", "country", "person", "year"))
answered = time.perf_counter()
print((opened - started) * 1e3, (answered - started) * 1e3)
"""


@dataclass
class Measured:
    """What one number of records gave.

    Attributes:
        count: records.
        times: by way of asking, rows of kind, first time and warm time in ms.
        cold: rows of kind, ms to open and to answer, the page cache dropped before.
        lines: everything else, for reading.
    """

    count: int
    times: dict[str, list[tuple[str, float, float]]] = field(default_factory=dict)
    cold: list[tuple[str, float, float]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        """Note a line, and print it at once."""
        self.lines.append(line)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def warm(self, way: str, kind: str = "") -> list[float]:
        """Return the warm times of a way, of one kind or of all."""
        return [warm for of, _, warm in self.times.get(way, ()) if kind in ("", of)]


def spread(times: Iterable[float]) -> str:
    """Return p50 / p95 / worst."""
    ordered = sorted(times)
    if not ordered:
        return "–"
    return f"{statistics.median(ordered):.2f} / {at95(ordered):.2f} / {ordered[-1]:.2f}"


def at95(times: Sequence[float]) -> float:
    """Return the value that 95 of 100 do not exceed."""
    ordered = sorted(times)
    return ordered[max(0, math.ceil(0.95 * len(ordered)) - 1)]


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


# --- writing


def build(found: Measured, folder: Path, rows: Sequence[Row]) -> None:
    """Build the index whole, with one process and with two; the first stays."""
    text = text_bytes(list(rows))
    entries = [entry(key, row) for key, row in enumerate(rows, 1)]
    for processes in (2, 1):
        shutil.rmtree(folder / "index", ignore_errors=True)
        (folder / "seals").unlink(missing_ok=True)
        started = time.perf_counter()
        Index.rebuild(
            folder / "index", FileSeals(folder / "seals"), ARCHIVE, entries, 1, processes=processes
        )
        took = time.perf_counter() - started
        share = size_of(folder / "index") / text
        found.say(
            f"- built whole, {processes} process{'es' if processes > 1 else ''}: "
            f"{len(rows) / took:,.0f} documents/s ({text / took / 1e6:.1f} MB/s), "
            f"index {share:.2f} of the text"
        )


def in_batches(found: Measured, folder: Path, rows: Sequence[Row]) -> None:
    """Follow the journal as an import does, in commits of 200."""
    other = Index.rebuild(folder / "batches", FileSeals(folder / "seals-2"), ARCHIVE, (), 1)
    entries = [entry(key, row) for key, row in enumerate(rows, 1)]
    started, cpu = time.perf_counter(), time.process_time()
    for number, start in enumerate(range(0, len(entries), BATCH), 2):
        other.apply(number, entries[start : start + BATCH])
    took, spent = time.perf_counter() - started, time.process_time() - cpu
    found.say(
        f"- in commits of {BATCH}: {len(rows) / took:,.0f} documents/s "
        f"({len(rows) / spent:,.0f} of CPU), {len(other.searcher().parts)} segments after"
    )
    shutil.rmtree(folder / "batches")


def one_by_one(found: Measured, folder: Path, rows: Sequence[Row]) -> None:
    """Add records, and change some, one a commit, until each is found; take the added ones away."""
    index = opened(folder)
    added, changed = [], []
    fresh = range(len(rows) + 1, len(rows) + 1 + WRITES)
    for key in fresh:
        row = rows[key % 99]
        started = time.perf_counter()
        index.apply(key, [entry(key, row)])
        index.searcher()
        between = time.perf_counter()
        index.apply(key, patch=[entry(key % 99 + 1, row)])
        index.searcher()
        added.append((between - started) * 1e3)
        changed.append((time.perf_counter() - between) * 1e3)
    index.apply(fresh[-1] + 1, remove=fresh)
    found.say(
        f"- add one → found {spread(added)} ms; change a description → found {spread(changed)} ms"
    )


def peers(found: Measured, folder: Path, rows: Sequence[Row]) -> None:
    """Fill the peers, and add and change one by one."""
    text = text_bytes(list(rows))
    fts = Fts(folder / "peer.sqlite")
    rate = fts.fill(rows)
    added, changed = fts.add_and_change(rows)
    found.say(
        f"- {fts.name}: {rate:,.0f} documents/s, index {fts.size() / text:.2f} of the text; "
        f"add one {spread(added)} ms; change a description {spread(changed)} ms"
    )
    fts.close()
    if tantivy_or_none(folder / "tantivy-2") is None:
        found.say("- tantivy is not installed: not measured")
        return
    both = Tantivy(folder / "tantivy-2").fill(rows, threads=2)
    shutil.rmtree(folder / "tantivy-2")
    peer = Tantivy(folder / "tantivy")
    rate, share = peer.fill(rows), peer.size() / text
    found.say(
        f"- {peer.name}: {rate:,.0f} documents/s, with two threads {both:,.0f}; index {share:.2f} "
        f"of the text; add one {spread(peer.add(rows))} ms"
    )


# --- asking


def fresh(found: Measured, folder: Path) -> None:
    """Open in a new process: from the first import to opened, and to the first answer."""
    runs = []
    for _ in range(5):
        command = [sys.executable, "-c", FRESH, str(folder / "index"), str(folder / "seals")]
        command.append(ARCHIVE)
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        runs.append(tuple(float(word) for word in done.stdout.split()))
    opening, answering = min(runs, key=lambda run: run[1])
    median = statistics.median(run[1] for run in runs)
    found.say(
        f"- new process, imports included: opened after {opening:.0f} ms, first answer with four "
        f"facets after {answering:.0f} ms (median of five runs {median:.0f})"
    )


def asked_in_child(folder: Path, way: str) -> dict[str, Any]:
    """Ask all queries in one way, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.asking", str(folder), way]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def ask(found: Measured, folder: Path) -> None:
    """Ask all queries in all ways that there are."""
    prepare(folder, found.count)
    needs = {"index": "index", "fts": "peer.sqlite", "tantivy": "tantivy", "user": "peer.sqlite"}
    for way in WAYS:
        if not (folder / needs[way]).exists():
            continue
        answer = asked_in_child(folder, way)
        found.times[way] = [tuple(one) for one in answer["times"]]
        if way == "index":
            held = answer["memory"]
            found.say(
                f"- memory of a searching process over the empty one: opened "
                f"{held['opened'] - held['before']:.0f} MB, after all queries "
                f"{held['after'] - held['before']:.0f} MB"
            )
    found.cold = [tuple(one) for one in asked_in_child(folder, "cold")["times"]]


def table(found: Measured) -> list[str]:
    """Return the table of kinds and ways."""
    ways = [way for way in WAYS if way in found.times]
    kinds = dict.fromkeys(kind for kind, _, _ in found.times["index"])
    lines = [
        "| kind, warm (p50 / p95 / worst, ms) | n | "
        + " | ".join(WAYS[way] for way in ways)
        + " |",
        "| --- | --- |" + " --- |" * len(ways),
    ]
    for kind in kinds:
        cells = [spread(found.warm(way, kind)) for way in ways]
        lines.append(f"| {kind} | {len(found.warm('index', kind))} | {' | '.join(cells)} |")
    for title, place in (("**all, warm**", 2), ("**all, first time in a process**", 1)):
        cells = [spread(float(one[place]) for one in found.times[way]) for way in ways]
        lines.append(f"| {title} | {len(found.times['index'])} | {' | '.join(cells)} |")
    answers = spread(answer for _, _, answer in found.cold)
    lines.append(
        f"| **page cache dropped** | {len(found.cold)} | {answers} |" + " – |" * (len(ways) - 1)
    )
    lines.append("")
    lines.append(f"Page cache dropped: opening {spread(one[1] for one in found.cold)} ms besides.")
    return lines


def slower(found: Measured) -> list[str]:
    """Return the kinds in which a peer is faster at the median, or at the worst."""
    lines = []
    for way in [each for each in ("fts", "tantivy") if each in found.times]:
        behind = [
            kind
            for kind in dict.fromkeys(kind for kind, _, _ in found.times.get(way, ()))
            if statistics.median(found.warm(way, kind))
            < statistics.median(found.warm("index", kind))
        ]
        lines.append(
            f"Faster than Archivist at the median, {WAYS[way]}: {', '.join(behind) or 'none'}."
        )
    return lines


def growth(all_found: Sequence[Measured]) -> list[str]:
    """Return the worst of each kind by number of records."""
    counts = " | ".join(f"{found.count:,}" for found in all_found)
    lines = ["### Growth", "", f"| kind, warm, p50 / worst, ms | {counts} |",
             "| --- |" + " --- |" * len(all_found)]  # fmt: skip
    for kind in dict.fromkeys(kind for kind, _, _ in all_found[0].times["index"]):
        of_kind = [found.warm("index", kind) for found in all_found]
        cells = [f"{statistics.median(times):.2f} / {max(times):.2f}" for times in of_kind]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return lines


def measure(folder: Path, count: int, *, alone: bool = False) -> Measured:
    """Measure everything for one number of records, with peers or alone."""
    found = Measured(count)
    rows = rows_of(folder, count)
    words = sum(len(row["body"].split()) for row in rows) / count
    found.say(f"\n### {count:,} records of {words:.0f} words\n")
    build(found, folder, rows)
    in_batches(found, folder, rows[:30_000])
    one_by_one(found, folder, rows)
    if not alone:
        peers(found, folder, rows)
    del rows
    fresh(found, folder)
    ask(found, folder)
    for line in ["", *table(found), "", *slower(found)]:
        found.say(line)
    return found


def main(
    *, short: bool = False, counts: Sequence[int] = (10_000,), alone: Sequence[int] = ()
) -> None:
    """Print the tables; nothing where the tool that makes the records is absent."""
    if not TOOL.exists():
        sys.stdout.write("not run: ../shared/tools/scale_corpus.py is absent\n")
        return
    all_found = []
    for count in (1_000,) if short else (*counts, *alone):
        with tempfile.TemporaryDirectory() as folder:
            all_found.append(measure(Path(folder), count, alone=count in alone))
    if len(all_found) > 1:
        sys.stdout.write("\n".join(["", *growth(all_found)]) + "\n")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("counts", type=int, nargs="*", default=[10_000])
    options.add_argument("--alone", type=int, nargs="*", default=[])
    given = options.parse_args()
    main(counts=given.counts, alone=given.alone)
