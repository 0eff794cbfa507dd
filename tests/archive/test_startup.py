"""A search loads what it needs, and nothing else: that is most of the time of a first answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from archivist import Archive

ROOT = Path(__file__).resolve().parents[2]
NOT_NEEDED = (
    *("archivist.intake.readers", "archivist.intake.pool", "archivist.dossier"),
    *("archivist.store.backup", "archivist.archive.searches", "archivist.archive.termlist"),
    *("psutil", "docx", "lxml", "pypdfium2", "PySide6", "rich", "pandas"),
)
SEARCHER = """
import sys
from archivist import Archive

with Archive.open(sys.argv[1]) as archive:
    assert archive.search("ferry").total == 3
print(*sys.modules)
"""


def test_a_search_loads_what_it_needs_only(archive: Archive, folder: Path) -> None:
    archive.search("ferry")
    done = subprocess.run(
        [sys.executable, "-c", SEARCHER, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert "archivist.archive.finding" in loaded
    assert loaded.isdisjoint(NOT_NEEDED), loaded & set(NOT_NEEDED)
