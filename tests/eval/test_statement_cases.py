"""Whether the labels of statements fit the texts that they were read in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.eval.statement_cases import OPEN, SEALED, Case, dev, faults, labelled

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
    found = dev()
    assert len(found) == len((cases / "statements-dev.jsonl").read_text("utf-8").splitlines())
    assert not [fault for one in found for fault in faults(one)]


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.usefixtures("corpus")
def test_own_labels_fit_the_corpus() -> None:
    opened, sealed = labelled(OPEN, SEALED)
    assert opened
    assert not [fault for one in opened for fault in faults(one)]
    assert not sum(1 for one in sealed for _ in faults(one))


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.usefixtures("corpus")
def test_a_corpus_that_shifted_shows() -> None:
    one = next(one for one in labelled(OPEN)[0] if one.labels)
    assert list(faults(replace(one, body=" " + one.body)))
