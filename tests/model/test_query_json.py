"""Trees of queries as values of JSON, and back."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given

from archivist.model.dates import parse_range
from archivist.model.query import And, Dated, Node, Word
from archivist.model.query_json import from_json, to_json
from tests.model.vocabulary import TODAY, TREES


@given(TREES)
def test_a_tree_kept_as_json_is_the_same_tree(tree: Node) -> None:
    assert from_json(json.loads(json.dumps(to_json(tree))), TODAY) == tree


def test_days_that_move_with_the_calendar_are_counted_anew() -> None:
    fixed = Dated("date", parse_range("2010..2018-05-03"))
    kept = to_json(And((Dated("date", parse_range("2025"), "last year"), fixed)))
    read = from_json(kept, dt.date(2030, 1, 1))
    assert read == And((Dated("date", parse_range("2029"), "last year"), fixed))


WORD = to_json(Word("a"))


@pytest.mark.parametrize(
    "value",
    [
        None,
        "a",
        [],
        {},
        {"is": "sum"},
        {"is": ["word"]},
        {"is": "word", "text": 3, "field": ""},
        {"is": "word", "text": "a", "field": "type"},
        {"is": "and", "parts": [WORD]},
        {"is": "or", "parts": WORD},
        {"is": "not", "part": None},
        {"is": "near", "left": WORD, "right": WORD, "distance": 0, "ordered": False},
        {"is": "near", "left": WORD, "right": WORD, "distance": 5, "ordered": 1},
        {"is": "within", "left": WORD, "right": WORD, "unit": "page"},
        {"is": "atleast", "part": WORD, "count": True},
        {"is": "fuzzy", "text": "a", "field": "", "distance": -1},
        {"is": "value", "field": "place", "value": "Rome", "prefix": False},
        {"is": "dated", "field": "date", "start": "2010-13", "end": ""},
        {"is": "dated", "field": "date", "relative": "last moon"},
    ],
)
def test_what_is_no_tree_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"part|holds|neither|date|span|month"):
        from_json(value, TODAY)


def test_what_is_nested_beyond_reason_is_refused() -> None:
    value: object = WORD
    for _level in range(100_000):
        value = {"is": "not", "part": value}
    with pytest.raises(ValueError, match="too deeply"):
        from_json(value, TODAY)
