"""How fast it is told whether a text was ever said, and how a phrase was used through the years.

`python -m tests.bench.phrases [ARCHIVE]`: reads the archive and writes nothing; by default one of
2,000 records made for it. What is asked is drawn from its own texts by a seed. New processes run
on compiled modules, as an installed program does. Beside it: `difflib` over texts drawn.
"""

from __future__ import annotations

import difflib
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from archivist import Archive
from tests.bench.scale import ROOT, TOOL, compiled, path_of
from tests.bench.search import spread

EACH: Final = 40
FIRSTS: Final = 20
"""So many of each kind are asked in a new process each; both ways, twice as many."""
SHORT: Final = 2
SCANNED: Final = 200
_LONG = 1_000
_SAID = (
    "p50 / p95 / worst, in ms. New process: the archive opened, nothing asked before; imports of "
    "the search engine included, Python's start and `import archivist` not. Open desk: the first "
    "in a process that has searched once and read ahead, as the desk does. CPU: of the processor, "
    "which tells more where others are at work."
)
_PHRASES = (
    *("strategic partnership", "territorial integrity", "nuclear weapons", "human rights"),
    *("foreign minister", "security council", "free elections", "united nations"),
    *("reaffirmed their commitment", "economic and social council", "partnership", "of the"),
)
_WORD = re.compile(r"[A-Za-z]+")

FIRST = """
import json, sys, time
from archivist import Archive
from archivist.model.progress import CancelToken
archive = Archive.open(sys.argv[1], follow=False)
if sys.argv[3] == "desk":
    archive.search("treaty", facets=True)
    archive.prepare(CancelToken())
text = sys.argv[4]
started, spent = time.perf_counter(), time.process_time()
archive.quote(text) if sys.argv[2] == "quote" else archive.wording(text)
print((time.perf_counter() - started) * 1e3, (time.process_time() - spent) * 1e3)
"""


def measure(path: Path, firsts: int = FIRSTS) -> list[str]:
    """Return what was measured on this archive."""
    with Archive.open(path, follow=False) as archive, tempfile.TemporaryDirectory() as folder:
        asked = drawn(archive)
        lines = [f"### Quote check and wording, an archive of {archive.count():,} records", "",
                 "| asked (ms) | n | warm | first, open desk | first, new process |",
                 "| --- | --- | --- | --- | --- |"]  # fmt: skip
        in_new_process(path, "quote", "desk", "was this ever said", folder)
        for name, texts in asked.items():
            way = "wording" if name.startswith("wording") else "quote"
            warm = [timed(archive.wording if way == "wording" else archive.quote, text)
                    for text in texts]  # fmt: skip
            some = texts[:: max(1, len(texts) // firsts)][:firsts]
            first = [
                [in_new_process(path, way, where, text, folder) for text in some]
                for where in ("desk", "new")
            ]
            cells = [_both(each) for each in first]
            lines.append(f"| {name} | {len(texts)}, {len(some)} | {spread(warm)} | {cells[0]} "
                         f"| {cells[1]} |")  # fmt: skip
        lines.append(scanned(archive, asked[next(iter(asked))][0]))
    return [*lines, "", _SAID]


def _both(times: Sequence[tuple[float, float]]) -> str:
    """Return p50 / p95 / worst of the clock, and of the processor."""
    return f"{spread(clock for clock, _ in times)} · CPU {spread(spent for _, spent in times)}"


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


def in_new_process(path: Path, way: str, where: str, text: str, folder: str) -> tuple[float, float]:
    """Return the milliseconds of a first time: of the clock, and of the processor.

    Args:
        path: of the archive.
        way: "quote" or "wording".
        where: "desk" or "new".
        text: what is asked.
        folder: for compiled modules.
    """
    command = [sys.executable, "-c", FIRST, str(path), way, where, text]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=compiled(folder),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    clock, spent = map(float, done.stdout.split())
    return clock, spent


def scanned(archive: Archive, sentence: str) -> str:
    """Return what Python's own comparison takes, in one line; counted up from some texts."""
    ids = archive.find_keys("*")
    some = random.Random(5).sample(ids, min(len(ids), SCANNED))
    texts = [archive.text(archive.record(key)).split() for key in some]
    words = sentence.split()
    started = time.perf_counter()
    for text in texts:
        match = difflib.SequenceMatcher(None, text, words, autojunk=False)
        match.find_longest_match()
    took = (time.perf_counter() - started) / len(some)
    whole = took * len(ids)
    return (
        "\nBeside it: `difflib` looks for the longest run of words that one sentence and one text "
        f"share in {took * 1e3:.2f} ms ({len(some)} texts drawn), so in about {whole:,.0f} s in "
        f"all {len(ids):,}; reading the texts is not counted."
    )


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
        lines = measure(path, SHORT if short else FIRSTS)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(
        short="--short" in sys.argv,
        archive=next((Path(one) for one in sys.argv[1:] if not one.startswith("--")), None),
    )
