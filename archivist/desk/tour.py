"""`make run`: files the sample documents and opens the desk; without a display, does the job."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from archivist.archive import Archive, sample
from archivist.desk.app import main as open_desk
from archivist.desk.app import obstacle

if TYPE_CHECKING:
    from collections.abc import Sequence

QUERY: Final = '"strategic partnership"'
_CHOSEN: Final = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tour in a folder (`build` where none is named); return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    folder = Path(given[0]) if given else Path("build")
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / "sample.archive"
    sample.make(place)
    with Archive.open(place) as archive:
        _say(f"The sample archive in {place} holds {archive.count()} records.")
    if why := obstacle(os.environ) or _unseen(os.environ.get("QT_QPA_PLATFORM", "")):
        _say(why)
        return do_the_job(place, folder)
    _say("Opening the desk.")
    return open_desk([str(place)])


def _unseen(platform: str) -> str:
    hidden = platform.partition(":")[0] in {"offscreen", "minimal"}
    return f"Nobody sees a window here: QT_QPA_PLATFORM is {platform}." if hidden else ""


def do_the_job(place: Path, folder: Path) -> int:
    """Find a statement, write a dossier of five records, and take a picture of the desk."""
    with Archive.open(place) as archive:
        found = archive.search(QUERY, limit=_CHOSEN)
        _say(f"{found.reading} {found.total} records found in {found.took_ms:.1f} ms.")
        report = archive.write_dossier(
            folder / "dossier.docx",
            ids=[hit.record.id for hit in found.hits],
            query=QUERY,
            title="The strategic partnership",
            subtitle="What was said, and in which words",
        )
    _say(f"Dossier of {report.records} records: {report.written}")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    picture = folder / "desk.png"
    code = open_desk([str(place), "--query", QUERY, "--tick", "2", "--screenshot", str(picture)])
    _say(f"Picture of the desk: {picture}")
    return code


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
