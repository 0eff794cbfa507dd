"""Whether labels of statements fit the texts that they were read in, and how misses are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.eval.statement_cases import (
    DEV,
    OPEN,
    OPENED,
    SEALED,
    Case,
    dev,
    faults,
    labelled,
    lines_of,
)
from tests.eval.statement_misses import by_certainty, by_rule, every_miss, outcomes
from tests.eval.statements import the_judge

BODY = "He said that it was so. “Never,” he added, “again.”"


def label(start: int, end: int, **values: object) -> dict[str, Any]:
    """Return a label of some words of BODY."""
    given = {"kind": "direct", "speaker": "He", "pieces": [[start, end]], "begins": ""}
    return {"start": start, "end": end, **given, **values}


def case(*labels: dict[str, Any]) -> Case:
    """Return a case of BODY."""
    return Case("one", "", "", "", "en", BODY, list(labels))


def test_labels_that_fit_have_no_faults() -> None:
    said = label(13, 22, kind="indirect", begins="it was so")
    never = label(25, 49, pieces=[[25, 31], [43, 49]], begins="Never,")
    assert not list(faults(case(said, never)))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (label(40, 400), "outside"),
        (label(13, 22, begins="it was not"), "begin as it did"),
        (label(13, 22, text="it was"), "another one"),
        (label(13, 22, pieces=[[13, 20]]), "pieces"),
        (label(13, 22, pieces=[[13, 20], [18, 22]]), "pieces"),
        (label(13, 22, kind="thought"), "without a kind"),
        (label(13, 22, speaker=""), "without a kind or a speaker"),
    ],
)
def test_a_fault_is_told(wrong: dict[str, Any], told: str) -> None:
    assert [told in fault for fault in faults(case(wrong))] == [True]


def test_statements_of_a_kind_do_not_overlap() -> None:
    inner, outer = label(13, 22), label(8, 23)
    assert any("overlap" in fault for fault in faults(case(inner, outer)))
    assert not list(faults(case(inner, {**outer, "kind": "turn"})))


def test_the_labels_of_the_cases_fit(cases: Path) -> None:
    several = dev()
    assert len(several) == len((cases / "statements-dev.jsonl").read_text("utf-8").splitlines())
    assert not [fault for one in several for fault in faults(one)]


def found(start: int, end: int, **values: object) -> dict[str, Any]:
    """Return a found statement of some words of BODY."""
    given = {"kind": "indirect", "speaker": "He", "surface": "He", "certainty": 0.9, "rule": "that"}
    return {"start": start, "end": end, **given, **values}


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(
    ("several", "causes"),
    [
        ([found(13, 22)], ["right"]),
        ([found(13, 21)], ["right"]),
        ([found(13, 22, speaker="Lee")], ["speaker wrong"]),
        ([found(13, 22, kind="direct")], ["kind wrong"]),
        ([found(3, 22), found(30, 40)], ["span wrong", "invented"]),
        ([found(20, 30, kind="turn")], ["missed", "invented"]),
        ([], ["missed"]),
    ],
)
def test_causes_are_told_apart(several: list[dict[str, Any]], causes: list[str]) -> None:
    judge = the_judge()
    assert judge is not None
    one = case(label(13, 22, kind="indirect"))
    assert [outcome.cause for outcome in outcomes(judge, one, several)] == causes


@pytest.mark.usefixtures("cases")
def test_what_is_optional_is_neither_right_nor_wrong() -> None:
    judge = the_judge()
    assert judge is not None
    cases_ = {
        "one": case(label(13, 22, kind="indirect", optional=True, cue="", speaker_surface=""))
    }
    several = {"one": [found(13, 22), found(30, 40, rule="to", certainty=0.3)]}
    assert not [line for line in every_miss(judge, cases_, several) if "(that" in line]
    assert "| that |  |  |  |  |  | 1 | – | 0.90 |" in by_rule(judge, cases_, several)
    assert "| from 0.2 | 1 | 0.000 | 0.000 |" in by_certainty(judge, cases_, several)


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.usefixtures("corpus")
def test_own_labels_fit_the_corpus() -> None:
    first, second, sealed = labelled(OPEN, OPENED, SEALED)
    assert first
    assert second
    assert not [fault for one in (*first, *second) for fault in faults(one)]
    assert not sum(1 for one in sealed for _ in faults(one))


def test_no_document_is_in_two_sets() -> None:
    files = [lines_of(path) for path in (DEV, OPEN, OPENED, SEALED)]
    keys = [row["id"] for rows in files for row in rows]
    assert len(keys) == len(set(keys))


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.usefixtures("corpus")
def test_a_corpus_that_shifted_shows() -> None:
    one = next(one for one in labelled(OPEN)[0] if one.labels)
    assert list(faults(replace(one, body=" " + one.body)))
