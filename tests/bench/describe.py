"""How fast descriptions are proposed.

Run it from the project's root: `python tests/bench/describe.py`. It measures documents a second on
one core and that the time for one long text does not grow with its length.
"""

from __future__ import annotations

import json
import lzma
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from archivist.intake.describe import propose  # noqa: E402
from archivist.intake.raw import Hints  # noqa: E402
from archivist.model.record import Description  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus" / "records.jsonl.xz"
TAKEN_EACH = 40
SAMPLE = 400
LONG = 5_000_000


def main(*, short: bool = False) -> None:
    """Print documents a second, and seconds for texts of 5 MB."""
    texts = real_texts() if CORPUS.exists() and not short else written_texts()
    propose(texts[0], Description(), Hints())
    begin = time.process_time()
    propose("Hapana, sijui vizuri kusema.", Description(), Hints())
    once = time.process_time() - begin
    sys.stdout.write(f"the model of languages, loaded once where it is needed: {once:.2f} s\n")
    begin = time.process_time()
    for text in texts:
        propose(text, Description(), Hints())
    seconds = time.process_time() - begin
    mean = sum(map(len, texts)) / len(texts)
    sys.stdout.write(
        f"{len(texts)} documents of {mean:.0f} characters: {len(texts) / seconds:.0f} a second\n"
    )
    for kind, text in long_texts(texts).items():
        begin = time.process_time()
        propose(text, Description(), Hints())
        seconds = time.process_time() - begin
        sys.stdout.write(f"5 MB of {kind}: {seconds:.2f} s\n")


def real_texts() -> list[str]:
    """Return every fortieth text of the corpus' beginning, at random, at most 400."""
    chosen: list[str] = []
    with lzma.open(CORPUS, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number % TAKEN_EACH == 0:
                chosen.append(json.loads(line)["body"])
    random.Random(1).shuffle(chosen)
    return chosen[:SAMPLE]


def written_texts() -> list[str]:
    """Return made-up telegrams, where the corpus is absent."""
    body = "The Minister said that France and Italy would answer. " * 150
    return [f"ROME, {day} May 1950, 4 p.m.\n\nSECRET\n\n{body}" for day in range(1, 29)] * 10


def long_texts(texts: list[str]) -> dict[str, str]:
    """Return texts of 5 MB: real ones, and some that mislead patterns."""
    real = "\n\n".join(texts)
    return {
        "real text": (real * (LONG // len(real) + 1))[:LONG],
        "one line": "word " * (LONG // 5),
        "capitals without a break": "A" * LONG,
        "figures": "1 Jan 1950, " * (LONG // 12),
        "blanks": " " * LONG + "end",
    }


if __name__ == "__main__":
    main(short="--short" in sys.argv)
