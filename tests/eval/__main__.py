"""`python -m tests.eval [NAME …] [--short]`: every score of quality on labelled cases, or some."""

from __future__ import annotations

import importlib
import sys

PARTS = ("describe", "languages", "questions", "statements", "agents", "quotes")


def main(names: list[str], *, short: bool) -> None:
    """Run the evaluations, or those that are named; print their tables."""
    if unknown := [name for name in names if name not in PARTS]:
        sys.exit(f"Unknown: {', '.join(unknown)}. There are: {', '.join(PARTS)}.")
    for name in names or PARTS:
        sys.stdout.write(f"\n## {name.capitalize()}\n\n")
        sys.stdout.flush()
        importlib.import_module(f"tests.eval.{name}").main(short=short)


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if not word.startswith("--")]
    main(given, short="--short" in sys.argv)
