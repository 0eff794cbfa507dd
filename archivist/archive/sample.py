"""The sample archive: documents of invented states and who speaks there, to explore and break."""

from __future__ import annotations

from typing import TYPE_CHECKING

import platformdirs

from archivist import assets
from archivist.archive import Archive

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.model.progress import Report

NAME = "Sample archive"


def documents() -> Path:
    """Return the folder of the sample's documents."""
    return assets.path("sample/documents")


def agents() -> Path:
    """Return the list of the sample's agents."""
    return assets.path("sample/agents.csv")


def place() -> Path:
    """Return where the sample archive of this computer's user is kept."""
    folder = platformdirs.user_data_path("Archivist", appauthor=False)
    return folder / "sample.archive"


def opened(folder: Path) -> Archive:
    """Open the sample archive in `folder`; where there is none, make one that knows its agents."""
    if (folder / "archive.sqlite").exists():
        return Archive.open(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    archive = Archive.create(folder, NAME)
    archive.agents.load(agents())
    return archive


def make(folder: Path, progress: Report | None = None) -> None:
    """Make the sample archive in `folder` and file its documents; what is there already stays."""
    with opened(folder) as archive:
        if archive.count() == 0:
            archive.file([documents()], progress=progress)
