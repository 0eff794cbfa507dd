"""Killed while texts are read for statements and these are indexed: nothing is lost or twice."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from archivist import Archive
from archivist.model.record import Description
from archivist.store import Store
from tests.archive.saying_rules import PlainRules

ROOT = Path(__file__).resolve().parents[2]
READER = """
import sys
from pathlib import Path
from archivist import Archive
from archivist.archive.statements import saying
from archivist.archive.statements import speaking
from archivist.archive.statements import voices
from archivist.store import Store
from tests.archive.saying_rules import PlainRules

saying._MOST, speaking._BEHIND, voices._WINDOW = 5, 2, 10
with Archive(Store.open(Path(sys.argv[1])), extractor=PlainRules(int(sys.argv[2]))) as archive:
    print("ready", flush=True)
    while True:
        archive.read_on()
"""
ROUNDS = 7
EACH = 30


def fill(archive: Archive, round_: int) -> None:
    """File documents, change and correct some, and judge what was found in the first."""
    for n in range(EACH):
        text = f"“Round {round_} of {n},” Bo Lind said. Ilva Marenk said that {n} came."
        archive.type_in(Description(title=f"{round_}/{n}", language="en"), text)
    first = round_ * EACH + 1
    archive.edit({"tag": f"round{round_}"}, ids=[first, first + 1])
    archive.edit({"title": "Talks"}, ids=[first + 2])
    archive.correct_text(archive.record(first + 3).ref, f"“Corrected {round_},” Bo Lind said.")
    archive.delete([archive.record(first + 4).ref])


def found(archive: Archive) -> list[tuple[object, ...]]:
    archive.read_statements()
    hits = archive.statements("*", limit=10_000, unsure=True).hits
    return sorted((hit.ref, hit.text, hit.said, hit.record.description.tags) for hit in hits)


def test_killed_at_random_moments_the_same_statements_are_found(tmp_path: Path) -> None:
    chance = random.Random(20261123)
    disturbed, calm = (tmp_path / name for name in ("disturbed.archive", "calm.archive"))
    for folder in (disturbed, calm):
        Archive.create(folder).close()
    for round_ in range(ROUNDS):
        for folder in (disturbed, calm):
            with Archive(Store.open(folder), extractor=PlainRules()) as archive:
                fill(archive, round_)
        kill_in_the_middle(disturbed, round_ // 3 + 1, chance.uniform(0, 0.4))
    with (
        Archive(Store.open(disturbed), extractor=PlainRules(3)) as one,
        Archive(Store.open(calm), extractor=PlainRules(3)) as other,
    ):
        assert len(found(other)) > ROUNDS * EACH
        assert found(one) == found(other)
        assert one.check().ok
        assert one._store.integrity() == []


def kill_in_the_middle(folder: Path, version: int, seconds: float) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(folder), str(version)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.kill()
