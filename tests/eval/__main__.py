"""`python -m tests.eval [--short]`: every score of quality on labelled cases."""

from __future__ import annotations

import importlib
import sys

PARTS = ("describe", "languages", "questions")


def main(*, short: bool) -> None:
    """Run the evaluations; print their tables."""
    for name in PARTS:
        sys.stdout.write(f"\n## {name.capitalize()}\n\n")
        sys.stdout.flush()
        importlib.import_module(f"tests.eval.{name}").main(short=short)


if __name__ == "__main__":
    main(short="--short" in sys.argv)
