"""How fast documents are filed, as a user gets it: the command line, real records, one run."""

from __future__ import annotations

import cProfile
import itertools
import json
import lzma
import pstats
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "records.jsonl.xz"


def records(count: int) -> list[dict[str, Any]]:
    """Return `count` real records, spread over the whole corpus."""
    with lzma.open(CORPUS, "rt", encoding="utf-8") as file:
        step = max(1, 26_000 // count)
        return [json.loads(line) for line in itertools.islice(file, 0, count * step, step)]


def catalogue(folder: Path, rows: list[dict[str, Any]]) -> Path:
    """Write the rows as one catalogue."""
    path = folder / "catalogue.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def texts(folder: Path, rows: list[dict[str, Any]]) -> Path:
    """Write the bodies as text files."""
    inbox = folder / "texts"
    inbox.mkdir()
    for number, row in enumerate(rows):
        (inbox / f"{number:05}.txt").write_text(row["body"], encoding="utf-8")
    return inbox


def archivist(archive: Path, *arguments: str | Path) -> dict[str, Any]:
    """Run the command line; return its answer."""
    done = subprocess.run(
        [sys.executable, "-m", "archivist.cli", "--archive", archive, "--json", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def measured(folder: Path, what: str, path: Path) -> str:
    """Import a path into a new archive; return a row of the table."""
    archive = folder / f"{what}.archive"
    archivist(archive, "new", archive)
    started = time.perf_counter()
    report = archivist(archive, "import", path)
    wall = time.perf_counter() - started
    count = sum(len(report[name]) for name in ("filed", "duplicates", "refused"))
    again = archivist(archive, "import", path)
    return (
        f"| {what} | {count:,} | {len(report['filed']):,} | {len(report['duplicates']):,} "
        f"| {len(report['refused']):,} | {wall:.1f} | {count / wall:,.0f} "
        f"| {again['seconds']:.1f} |"
    )


def profile(folder: Path, path: Path) -> str:
    """Return where the filing process spends its time (the readers run in processes of theirs)."""
    from archivist import Archive  # noqa: PLC0415 - only where it is measured

    profiler = cProfile.Profile()
    with Archive.create(folder / "profile.archive") as archive:
        profiler.enable()
        archive.file([path])
        profiler.disable()
    rows = [
        (cumulative, name)
        for (file, _, name), (_, _, _, cumulative, _) in pstats.Stats(profiler).stats.items()  # type: ignore[attr-defined] # absent from the stubs
        if "archivist" in file and name in _PHASES
    ]
    return "; ".join(f"{_PHASES[name]} {seconds:.1f} s" for seconds, name in sorted(rows)[::-1])


_PHASES = {
    "file": "whole import",
    "_commit": "transactions",
    "keep": "originals",
    "catch_up": "index",
    "_gather": "waiting for readers",
}


def main(*, short: bool = False) -> None:
    """Print the table."""
    if not CORPUS.exists():
        sys.stdout.write("Filing: not run, the real documents are absent.\n")
        return
    rows = records(200 if short else 5000)
    lines = [
        "| what | documents | filed | duplicates | refused | seconds | a second | again, s |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines.append(measured(folder, "rows of a catalogue", catalogue(folder, rows)))
        some = texts(folder, rows[: len(rows) * 2 // 5])
        lines.append(measured(folder, "text files", some))
        lines += ["", "Profile of the filing process, text files: " + profile(folder, some)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(short="--short" in sys.argv)
