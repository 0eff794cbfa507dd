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
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


def profiled(work: Callable[[], object], phases: Mapping[str, str]) -> str:
    """Return where some work spends the time of this thread, by `module:function`."""
    profiler = cProfile.Profile()
    started = time.perf_counter()
    profiler.runcall(work)
    wall = time.perf_counter() - started
    found: dict[str, float] = defaultdict(float)
    for (file, _, function), (_, _, _, spent, _) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined] # absent from the stubs
        if name := phases.get(f"{Path(file).stem}:{function}"):
            found[name] += spent
    return f"{wall:.1f} s: " + ", ".join(
        f"{name} {spent:.1f} s ({spent / wall:.0%})"
        for name, spent in sorted(found.items(), key=lambda each: -each[1])
    )


def filing_profile(folder: Path, path: Path) -> str:
    """Return where the filing process spends its time; the readers run beside it."""
    from archivist import Archive  # noqa: PLC0415 - only where it is measured

    with Archive.create(folder / f"profile-{path.stem}.archive") as archive:
        return profiled(lambda: archive.file([path]), _FILING)


def reading_profile(folder: Path, path: Path) -> str:
    """Return where a reader spends its time, read in this process."""
    from archivist.intake.limits import Limits  # noqa: PLC0415 - only where it is measured
    from archivist.intake.reading import read  # noqa: PLC0415 - only where it is measured
    from archivist.intake.sources import Source, walk  # noqa: PLC0415 - only where it is measured

    sources = [one for one in walk([path]) if isinstance(one, Source)]
    spool = folder / "spool"
    spool.mkdir(exist_ok=True)
    return profiled(
        lambda: [sum(1 for _ in read(source, spool, Limits())) for source in sources], _READING
    )


_FILING = {
    "filing:_transact": "transactions",
    "filing:_settle": "of them records and journal",
    "writer:finish": "of them writing rows",
    "filing:_keys": "of them hashes of texts",
    "originals:keep": "of them originals",
    "following:catch_up": "index",
    "following:tidy": "merging the index",
    "filing:_gather": "waiting for readers",
}
_READING = {
    "reading:_documents": "bytes to texts",
    "describe:propose": "describing",
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
        for what, path in (("rows", folder / "catalogue.jsonl"), ("text files", some)):
            lines += ["", f"Filing process, {what}, {filing_profile(folder, path)}"]
            lines += ["", f"One reader, {what}, {reading_profile(folder, path)}"]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(short="--short" in sys.argv)
