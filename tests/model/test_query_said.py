"""What a query asks of statements, and what of the records that hold them."""

from __future__ import annotations

import datetime as dt

import pytest

from archivist.model.query import Held, Node
from archivist.model.query_format import format_query
from archivist.model.query_json import from_json, to_json
from archivist.model.query_parse import parse
from archivist.model.query_said import asks_of_statements, of_records, of_statements
from archivist.model.query_say import STATEMENTS, say

TODAY = dt.date(2026, 11, 22)


def split(query: str) -> tuple[str, list[str]]:
    """Return what is asked of records, and of one statement each."""
    asked: list[str] = []

    def find(part: Node) -> Node:
        asked.append(format_query(part))
        return Held(part, frozenset({len(asked)}))

    whole = of_records(parse(query), find)
    return format_query(whole), asked


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ferry country:FR", []),
        ("speaker:marenk", ["speaker:marenk"]),
        ("speaker:marenk said:ferry", ["speaker:marenk said:ferry"]),
        ("ferry speaker:marenk said:toll date:2012", ["speaker:marenk said:toll"]),
        ("speaker:marenk -said:toll", ["speaker:marenk -said:toll"]),
        ("ferry -said:toll", ["said:toll"]),
        ("-speaker:marenk -said:toll", ["speaker:marenk", "said:toll"]),
        ("speaker:marenk OR speaker:lind", ["speaker:(marenk OR lind)"]),
        ("speaker:marenk OR ferry", ["speaker:marenk"]),
        (
            "(speaker:marenk said:toll) OR (ferry said:toll)",
            ["speaker:marenk said:toll", "said:toll"],
        ),
        ("said:(toll /s ferry) kind:direct", ["said:toll /s said:ferry kind:direct"]),
        ("said:toll NEAR/5 ferry", ["said:toll NEAR/5 ferry"]),
        ("ferry /p said:toll kind:direct", ["ferry /p said:toll kind:direct"]),
        ("ATLEAST/2 said:toll", ["ATLEAST/2 said:toll"]),
    ],
)
def test_what_stands_together_is_asked_of_one_statement(query: str, expected: list[str]) -> None:
    assert [one.replace("(", "").replace(")", "") for one in split(query)[1]] == [
        one.replace("(", "").replace(")", "") for one in expected
    ]


@pytest.mark.parametrize(
    "query",
    ["said:ferry", 'said:"the ferry" speaker:marenk', "said:ferr*", "said:fer?y", "said:ferri~",
     "role:minister kind:turn", "speaker:=\"Ilva Marenk\"", "said:(ferry NEAR/3 toll)"],
)  # fmt: skip
def test_such_a_query_is_kept_and_written_as_any_other(query: str) -> None:
    node = parse(query)
    assert asks_of_statements(node)
    assert from_json(to_json(node), TODAY) == node
    assert parse(format_query(node)) == node
    held = Held(node, frozenset({1}))
    assert format_query(held) == format_query(node)
    assert to_json(held) == to_json(node)


def test_in_the_view_of_statements_words_are_those_of_the_statement() -> None:
    assert of_statements(parse('ferry said:toll "a b" title:c')) == parse(
        'text:ferry text:toll text:"a b" title:c'
    )


def test_it_is_said_in_plain_words() -> None:
    node = parse("said:ferry speaker:marenk kind:direct")
    assert (
        say(node) == "Documents with “ferry” in a statement, with words of “marenk”, with “direct”."
    )
    assert say(of_statements(node, ""), None, STATEMENTS) == (
        "Statements with “ferry”, by “marenk”, in “direct”."
    )
