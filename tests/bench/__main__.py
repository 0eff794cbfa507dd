"""`python -m tests.bench [--short]`: every benchmark, one after the other."""

from __future__ import annotations

import importlib
import sys

PARTS = (
    "filing",
    "describe",
    "search",
    "live",
    "phrases",
    "statements",
    "desk",
    "recoll",
    "dossier",
)


def main(*, short: bool) -> None:
    """Run the benchmarks; print their tables."""
    for name in PARTS:
        sys.stdout.write(f"\n## {name.capitalize()}\n\n")
        sys.stdout.flush()
        importlib.import_module(f"tests.bench.{name}").main(short=short)


if __name__ == "__main__":
    main(short="--short" in sys.argv)
