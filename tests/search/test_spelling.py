"""Words that are one word in other spellings, and those that are others."""

from __future__ import annotations

import pytest

from archivist.search.spelling import is_slip, read_anew


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("theref0re", "therefore"),
        ("po1icy", "policy"),
        ("late5t", "latest"),
        ("1eader", "leader"),
        ("centra1", "central"),
        ("regardmg", "regarding"),
        ("developrnent", "development"),
        ("quahfied", "qualified"),
        ("acccpt", "accept"),
        ("marenk", "marenck"),
        ("lavrof", "lavrov"),
    ],
)
def test_slips_of_a_pen_and_of_a_scanner(one: str, other: str) -> None:
    assert is_slip(one, other)
    assert is_slip(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2014", "2015"),
        ("g7", "g8"),
        ("f16", "f18"),
        ("form", "from"),
        ("estrea", "valdora"),
        ("leader", "reader"),
        ("support", "supported"),
    ],
)
def test_other_words_are_none(one: str, other: str) -> None:
    assert not is_slip(one, other)


def test_numbers_are_read_as_they_stand() -> None:
    for word in ("2014", "1990s", "5th", "g7", "b52", "covid", "12th", "mp3"):
        assert read_anew(word) == word
