"""How fast it is told whether a text was ever said, and how a phrase was used through the years.

`python -m tests.bench.phrases [ARCHIVE]`: reads the archive and writes nothing; by default one of
2,000 records made for it. What is asked is drawn from its own texts by a seed.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from archivist import Archive
from tests.bench.scale import ROOT, TOOL, path_of
from tests.bench.search import spread

EACH = 40
_LONG = 1_000
_SAID = "p50 / p95 / worst. First: the first of its kind in a process that has searched once."
_PHRASES = (
    *("strategic partnership", "territorial integrity", "nuclear weapons", "human rights"),
    *("foreign minister", "security council", "free elections", "united nations"),
    *("reaffirmed their commitment", "economic and social council", "partnership", "of the"),
)
_WORD = re.compile(r"[A-Za-z]+")

FIRST = """
import json, sys, time
from archivist import Archive
archive = Archive.open(sys.argv[1], follow=False)
archive.search("treaty", facets=True)
text = json.loads(sys.argv[3])
started = time.perf_counter()
archive.quote(text) if sys.argv[2] == "quote" else archive.wording(text)
print((time.perf_counter() - started) * 1e3)
"""


def measure(path: Path) -> list[str]:
    """Return what was measured on this archive."""
    with Archive.open(path, follow=False) as archive:
        asked = drawn(archive)
        count = archive.count()
        lines = [f"### {count:,} records", "", "| asked (ms) | n | warm | first |",
                 "| --- | --- | --- | --- |"]  # fmt: skip
        for name, texts in asked.items():
            way = "wording" if name.startswith("wording") else "quote"
            warm = [timed(archive.wording if way == "wording" else archive.quote, text)
                    for text in texts]  # fmt: skip
            some = texts[:: max(1, len(texts) // 6)][:6]
            first = [in_new_process(path, way, text) for text in some]
            lines.append(f"| {name} | {len(texts)} | {spread(warm)} | {spread(first)} |")
    return [*lines, "", _SAID]


def drawn(archive: Archive) -> dict[str, list[str]]:
    """Return what is asked, by kind."""
    draw = random.Random(4)
    ids = archive.find_keys("*")
    texts = [archive.text(archive.record(key)) for key in draw.sample(ids, min(len(ids), 400))]
    runs = [text.split() for text in texts if len(text.split()) > 60]
    true = [_some(draw, run, draw.randint(8, 40)) for run in draw.choices(runs, k=EACH)]
    every = [word for text in texts for word in _WORD.findall(text)]
    long = sorted(runs, key=len)[-5:]
    return {
        "quote: a sentence as it stands": [" ".join(run) for run in true],
        "quote: with a word left out and one exchanged": [_altered(draw, run) for run in true],
        "quote: what was never said": [" ".join(draw.choices(every, k=20)) for _ in range(EACH)],
        "quote: common words only": ["and that is what it was all about for us"] * 5,
        f"quote: altered passages of up to {_LONG:,} words": [
            _altered(draw, run[:_LONG]) for run in long
        ],
        "wording: phrases of one to four words": list(_PHRASES),
    }


def _some(draw: random.Random, run: Sequence[str], size: int) -> list[str]:
    start = draw.randrange(0, len(run) - size)
    return list(run[start : start + size])


def _altered(draw: random.Random, run: Sequence[str]) -> str:
    words = list(run)
    words[draw.randrange(1, len(words) - 1)] = "lighthouses"
    del words[draw.randrange(1, len(words) - 1)]
    return " ".join(words)


def timed(ask: Callable[[str], object], text: str) -> float:
    """Return the milliseconds of a second time."""
    ask(text)
    started = time.perf_counter()
    ask(text)
    return (time.perf_counter() - started) * 1e3


def in_new_process(path: Path, way: str, text: str) -> float:
    """Return the milliseconds of a first time."""
    command = [sys.executable, "-c", FIRST, str(path), way, json.dumps(text)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout)


def main(*, short: bool = False, archive: Path | None = None) -> None:
    """Print the lines; nothing where the tool that makes the records is absent."""
    if archive is None and not TOOL.exists():
        sys.stdout.write("not run: ../shared/tools/scale_corpus.py is absent\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = archive or Path(folder) / "made.archive"
        if archive is None:
            with Archive.create(path) as made:
                made.file([path_of(Path(folder), 500 if short else 2_000)])
        lines = measure(path)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(archive=Path(sys.argv[1]) if len(sys.argv) > 1 else None)
