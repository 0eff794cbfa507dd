"""How fast dossiers are written, from real records: each size in a process of its own."""

from __future__ import annotations

import itertools
import json
import lzma
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import psutil

from archivist.dossier.layout import program
from archivist.dossier.outline import Item, Labels, Options, Outline, outline
from archivist.dossier.word import write
from archivist.model.record import AgentRole, Description, Record, State

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "records.jsonl.xz"
MARKED = re.compile(r"\b(?:government|partnership)\w*", re.IGNORECASE)
MEGABYTE = 1024 * 1024


def items(count: int) -> list[Item]:
    """Return `count` real records, spread over the whole corpus."""
    with lzma.open(CORPUS, "rt", encoding="utf-8") as file:
        step = max(1, 26_000 // count)
        lines = itertools.islice(file, 0, count * step, step)
        return [_item(number, json.loads(line)) for number, line in enumerate(lines, start=1)]


def _item(number: int, row: dict[str, Any]) -> Item:
    description = Description(
        title=row["title"],
        date=row["date"],
        doctype=row["doctype"],
        place=row["place"],
        language=row["lang"],
        originator=row.get("author") or "",
        agents=tuple(AgentRole(name, "mentioned") for name in row["people"][:5]),
    )
    text = row["body"]
    marks = tuple(match.span() for match in MARKED.finditer(text))
    return Item(Record(number, f"2026-{number:06}", State.FILED, description), text, marks)


def ours(made: Outline, target: Path) -> int | None:
    """Write a dossier without the layout."""
    return write(made, target, layout=False)


def laid_out(made: Outline, target: Path) -> int | None:
    """Write a dossier with the layout."""
    return write(made, target)


def naive(made: Outline, target: Path) -> None:
    """Write the same headings and texts as python-docx's own interface invites to."""
    document = docx.Document()
    for entry in made.entries:
        document.add_heading(entry.title, level=2)
        for row in entry.rows:
            document.add_paragraph(f"{row.label}: {row.value}", style="List Bullet")
        for passage in entry.passages():
            line = document.add_paragraph(style="Body Text")
            for piece in passage.pieces:
                line.add_run(piece.text).bold = piece.marked
    document.save(str(target))


WAYS: dict[str, Callable[[Outline, Path], int | None]] = {
    "ours": ours,
    "with layout": laid_out,
    "naive python-docx": naive,
}


def measure(way: str, count: int) -> dict[str, Any]:
    """Write one dossier in this process; return figures."""
    chosen = items(count)
    process = psutil.Process()
    before = process.memory_info().rss
    with tempfile.TemporaryDirectory() as name:
        target = Path(name) / "dossier.docx"
        started, worked = time.perf_counter(), time.process_time()
        made = outline(chosen, Options(title="Measured", date="2026-01-01"), Labels())
        pages = WAYS[way](made, target)
        seconds, cpu = time.perf_counter() - started, time.process_time() - worked
        size = target.stat().st_size
    grown = (process.memory_info().rss - before) / MEGABYTE
    letters = sum(len(item.text) for item in chosen)
    return {
        "seconds": seconds,
        "cpu": cpu,
        "pages": pages,
        "size": size,
        "grown": grown,
        "letters": letters,
    }


def row(way: str, count: int) -> str:
    """Measure in a process of its own; return a row of the table."""
    command = [sys.executable, "-m", "tests.bench.dossier", "--one", way, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    return (
        f"| {way} | {count:,} | {said['letters'] / 1e6:.1f} M | {said['seconds']:.2f} "
        f"| {said['cpu']:.2f} | {1000 * said['cpu'] / count:.1f} | {said['size'] / MEGABYTE:.1f} "
        f"| {said['grown']:.0f} | {said['pages'] or '-'} |"
    )


def main(*, short: bool = False) -> None:
    """Print the table."""
    if not CORPUS.exists():
        sys.stdout.write("Dossier: not run, the real documents are absent.\n")
        return
    plan = [("ours", count) for count in ((30, 60) if short else (300, 1000, 5000))]
    plan.append(("naive python-docx", 30 if short else 300))
    if program() is not None:
        plan.append(("with layout", 10 if short else 100))
    sys.stdout.write(
        "| way | records | letters | seconds | of CPU | CPU ms a record | MB of file "
        "| MB of memory grown | pages |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
    )
    for way, count in plan:
        sys.stdout.write(row(way, count) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if "--one" in sys.argv:
        sys.stdout.write(json.dumps(measure(sys.argv[-2], int(sys.argv[-1]))))
    else:
        main(short="--short" in sys.argv)
