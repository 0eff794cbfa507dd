"""How well descriptions are proposed: scored on labelled documents fed in both ways.

Run it from the project's root: `python tests/eval/describe.py [--misses]`.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from archivist.intake.describe import propose  # noqa: E402
from archivist.intake.raw import Hints  # noqa: E402
from archivist.model.record import Description  # noqa: E402

CASES = ROOT.parent / "shared" / "cases"
TARGETS = {"date": 0.92, "place": 0.85, "language": 0.98, "doctype": 0.75, "countries_f1": 0.85}


def main(*, short: bool = False, listed: bool = False) -> None:
    """Print the scores.

    Args:
        short: makes no difference: it takes a second.
        listed: whether to name what was missed, too.
    """
    del short
    gold_path = CASES / "describe-dev.jsonl"
    if not gold_path.exists():
        sys.stdout.write(f"The labelled cases are absent ({gold_path}); nothing was scored.\n")
        return
    gold = [json.loads(line) for line in gold_path.read_text(encoding="utf-8").splitlines()]
    scores = {
        feed: score(gold_path, [describe(case, titled=titled) for case in gold])
        for feed, titled in (("text", False), ("row", True))
    }
    sys.stdout.write(table(scores))
    if listed:
        for titled in (False, True):
            sys.stdout.write("".join(misses(gold, titled=titled)))


def describe(case: dict[str, Any], *, titled: bool) -> dict[str, Any]:
    """Propose a description as the command `describe` prints it."""
    title = case["title"] if titled else ""
    found, _ = propose(case["body"], Description(title=title), Hints())
    return {
        "id": case["id"],
        "date": found.date,
        "place": found.place,
        "language": found.language,
        "doctype": found.doctype,
        "countries": list(found.countries),
    }


def score(gold: Path, predicted: list[dict[str, Any]]) -> dict[str, float]:
    """Score with the labelled cases' own scorer."""
    spec = importlib.util.spec_from_file_location("score_describe", CASES / "score_describe.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        path.write_text("\n".join(map(json.dumps, predicted)), encoding="utf-8")
        return dict(scorer.main(str(gold), str(path)))


def table(scores: dict[str, dict[str, float]]) -> str:
    """Return the scores as a table, with the targets beside them."""
    lines = [f"{'':14}{'target':>8}{'text':>8}{'row':>8}"]
    for name, target in TARGETS.items():
        values = "".join(f"{scores[feed][name]:8.3f}" for feed in ("text", "row"))
        lines.append(f"{name:14}{target:8.2f}{values}")
    lines.append(
        f"{'documents':14}{'':8}{scores['text']['documents']:8}{scores['row']['documents']:8}"
    )
    return "\n".join(lines) + "\n"


def misses(gold: list[dict[str, Any]], *, titled: bool) -> list[str]:
    """Return a line for each value that differs from the label."""
    lines = []
    for case in gold:
        found = describe(case, titled=titled)
        for name, label in (
            ("date", "date"),
            ("place", "place"),
            ("language", "lang"),
            ("doctype", "doctype"),
        ):
            also = case.get(f"{label}_also") or []
            accepted = [case[label], *([also] if isinstance(also, str) else also)]
            if found[name] not in accepted:
                lines.append(f"{case['id'][:60]:62}{name:10}{found[name]!r} for {accepted}\n")
    return lines


if __name__ == "__main__":
    main(listed="--misses" in sys.argv)
