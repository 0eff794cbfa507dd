"""An archive with a handful of documents whose words and dates are known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist import Archive
from archivist.model.record import Description

RECORDS = (
    ("Ferry agreement", "1962-05", "The Soviet Union agreed to a ferry. The ferry sails in May."),
    ("Note on ferries", "1975-08-01", "The U.S.S.R. repeats that ferries are safe."),
    ("Toll", "", "No toll is asked of a ferry of the USSR, nor of any other vessel."),
    ("Harbour dues", "1991-12-04", "The harbour is closed."),
)


def fill(archive: Archive) -> None:
    for title, date, text in RECORDS:
        archive.type_in(Description(title=title, date=date, language="en"), text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mission.archive"


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    """Return an archive with RECORDS, their ids from 1 on."""
    with Archive.create(folder) as found:
        found.who = "H. Weber"
        fill(found)
        yield found
