"""A command line to call, and documents to file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archivist.cli.__main__ import main


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed and how it ended."""

    status: int
    json: dict[str, Any]
    errors: str


Run = Callable[..., Answer]

RELEASE = """\
PORT HALDEN, 12 March 2014

Minister Ilva Marenk received the ambassador of the Kingdom of Estrea on Wednesday.

"A strategic partnership asks for patience," the Minister said. Both sides agreed to meet again
before the end of the year and to complete the navigation chapter of the Kessany agreement.
"""

NOTE = """\
No. 14/2/2014

The Embassy of the Kingdom of Estrea presents its compliments to the Ministry of Foreign Affairs of
the Republic of Valdora and has the honour to inform it that consultations will be held in Teveril.

The Embassy avails itself of this opportunity to renew to the Ministry the assurances of its highest
consideration.

Port Halden, 3 April 2014
"""


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs `archivist --json …` and returns what it answered."""

    def call(*arguments: str | Path) -> Answer:
        capfd.readouterr()
        status = main(["--json", *map(str, arguments)])
        printed = capfd.readouterr()
        lines = printed.out.splitlines()
        assert len(lines) == 1, f"one JSON object was promised, printed was {printed.out!r}"
        return Answer(status, json.loads(lines[0]), printed.err)

    return call


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Return a folder with two documents, a copy of one, and an empty file."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "release.txt").write_text(RELEASE, encoding="utf-8")
    (folder / "note.txt").write_text(NOTE, encoding="utf-8")
    (folder / "y-copy.txt").write_text(RELEASE, encoding="utf-8")
    (folder / "z-empty.txt").write_bytes(b"")
    return folder


@pytest.fixture
def archive(run: Run, tmp_path: Path) -> Path:
    """Return a new archive, which is the one used last."""
    folder = tmp_path / "mission.archive"
    assert run("new", folder, "--name", "Mission").status == 0
    return folder


@pytest.fixture
def filed(run: Run, archive: Path, inbox: Path) -> dict[str, str]:
    """File the inbox; return reference by file name."""
    answer = run("import", inbox, "--workers", "1")
    return {Path(one["path"]).name: one["ref"] for one in answer.json["filed"]}
