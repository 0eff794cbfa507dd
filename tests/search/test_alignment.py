"""Rows of words side by side: every word of both is told, and told truly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.search.alignment import Aligned, Aligner, Row, Step, plain_row
from archivist.search.spelling import is_slip, spelt
from archivist.search.words import Stems

WORDS = st.lists(
    st.sampled_from(
        ["harbour", "harbor", "treaty", "treaties", "co", "operation", "cooperation", "not", "will"]
    ),
    min_size=1,
    max_size=12,
)


def laid(left: list[str], right: list[str]) -> Aligned:
    return Aligner(plain_row(left), Stems(), "english").beside(right)


def rebuilt(steps: list[Step], left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    one = [word for step in steps for word in left[step.first : step.last]]
    return one, [word for step in steps for word in right[step.begin : step.end]]


@given(WORDS, WORDS)
def test_steps_hold_every_word_of_both_rows(left: list[str], right: list[str]) -> None:
    aligned = laid(left, right)
    assert rebuilt(aligned.steps, left, right) == (left, right)
    for step in aligned.steps:
        if step.kind == "same":
            assert left[step.first : step.last] == right[step.begin : step.end]
        assert (step.first == step.last) == (step.kind == "inserted")
        assert (step.begin == step.end) == (step.kind == "dropped")


@given(WORDS)
def test_a_row_is_the_same_as_itself(words: list[str]) -> None:
    aligned = laid(words, words)
    assert aligned.similarity == 1
    assert [step.kind for step in aligned.steps] == ["same"]


@given(WORDS, WORDS, WORDS)
def test_a_row_is_found_whole_inside_a_longer_one(
    before: list[str], words: list[str], after: list[str]
) -> None:
    aligned = Aligner(plain_row(words), Stems(), "english").inside([*before, *words, *after])
    assert aligned.similarity == 1
    assert all(step.kind in {"same", "spelled otherwise"} for step in aligned.steps)


@pytest.mark.parametrize(
    ("left", "right", "kinds"),
    [
        ("the harbour is open", "the harbor is open", ["same", "spelled otherwise", "same"]),
        ("both sign treaties", "both sign a treaty", ["same", "inserted", "inflected"]),
        ("for co operation here", "for cooperation here", ["same", "spelled otherwise", "same"]),
        ("they will open it", "they will not open it", ["same", "inserted", "same"]),
        ("they will not open it", "they will open it", ["same", "dropped", "same"]),
        ("the western gate opens", "the northern gate opens", ["same", "exchanged", "same"]),
    ],
)
def test_what_was_done_has_a_name(left: str, right: str, kinds: list[str]) -> None:
    assert [step.kind for step in laid(left.split(), right.split()).steps] == kinds


def test_words_left_out_on_purpose_cost_nothing() -> None:
    words = ["valdora", "opens", "harbours"]
    text = [
        "valdora",
        "after",
        "long",
        "and",
        "careful",
        "talks",
        "among",
        "many",
        "parties",
        "opens",
        "harbours",
    ]
    weights = np.full(3, 100, np.int64)
    told = Aligner(Row(words, weights, frozenset({0})), Stems(), "english").inside(text)
    untold = Aligner(Row(words, weights), Stems(), "english").inside(text)
    assert told.similarity == 1 > untold.similarity


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("colour", "color"), ("neighbours", "neighbors"), ("recognised", "recognized"),
        ("organisations", "organizations"), ("centre", "center"), ("defence", "defense"),
        ("programme", "program"), ("dialogue", "dialog"), ("travelled", "traveled"),
        ("counsellor", "counselor"), ("analysed", "analyzed"), ("fulfilled", "fulfiled"),
    ],
)  # fmt: skip
def test_british_and_american_spellings_are_one(british: str, american: str) -> None:
    assert spelt(british) == spelt(american)


@pytest.mark.parametrize("pair", ["filed filled", "hour or", "four for", "wiling willing"])
def test_other_words_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert spelt(one) != spelt(other)


def test_slips_of_the_pen() -> None:
    assert is_slip("recieve", "receive")
    assert is_slip("ministry", "minitsry")
    assert not is_slip("able", "unable")
    assert not is_slip("nuclear", "unclear")
    assert not is_slip("2018x", "2019x")
