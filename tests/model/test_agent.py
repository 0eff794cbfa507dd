"""Agents as they are kept: checked, written down and read again, merged and taken apart."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.model.agent import Agent, Office, checked, from_values, merged, to_values, without
from archivist.model.errors import ValueRefusedError

TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=20)
DATES = st.sampled_from(["", "1950", "1950-03", "1950-03-09"])
OFFICES = st.builds(
    Office,
    title=TEXTS.filter(str.strip),
    body=TEXTS,
    place=TEXTS,
    country=st.sampled_from(["", "fr", "DE"]),
    start=DATES,
    end=st.sampled_from(["", "1951"]),
)
AGENTS = st.builds(
    Agent,
    name=TEXTS.filter(str.strip),
    kind=st.sampled_from(["person", "body", "family"]),
    variants=st.lists(TEXTS, max_size=3).map(tuple),
    scripts=st.lists(TEXTS, max_size=2).map(tuple),
    handles=st.lists(TEXTS, max_size=2).map(tuple),
    offices=st.lists(OFFICES, max_size=2).map(tuple),
    birth=DATES,
    death=st.sampled_from(["", "1999"]),
    country=st.sampled_from(["", "FR"]),
    notes=TEXTS,
    sources=st.lists(TEXTS, max_size=2).map(tuple),
)


@given(AGENTS)
def test_what_is_kept_is_read_again(agent: Agent) -> None:
    kept = checked(agent)
    assert from_values(7, json.loads(json.dumps(to_values(kept)))) == checked(
        Agent(**{**{n: getattr(kept, n) for n in Agent.__slots__}, "number": 7})
    )
    assert checked(kept) == kept


@settings(max_examples=30)
@given(AGENTS, AGENTS)
def test_nothing_is_lost_where_two_become_one(one: Agent, other: Agent) -> None:
    first, second = checked(one), checked(other)
    both = merged(first, [second])
    assert {*first.names, *second.names} == set(both.names)
    assert {*first.offices, *second.offices} == set(both.offices)
    assert merged(both, [second]) == both


def test_what_was_taken_from_another_goes_with_it() -> None:
    one = checked(Agent("Marenk, Ilva", handles=("marenk",), notes="Writes."))
    other = checked(Agent("Marenk, I. T.", offices=(Office("Minister"),), notes="Sails."))
    assert without(merged(one, [other]), other, [other.name]) == one


@pytest.mark.parametrize(
    "agent",
    [
        Agent(" "),
        Agent("Marenk", birth="1950-13"),
        Agent("Marenk", birth="1950", death="1949"),
        Agent("Marenk", country="Valdora"),
        Agent("Marenk", "ship"),  # type: ignore[arg-type]
        Agent("Marenk", offices=(Office(" ", start="1950"),)),
        Agent("Marenk", offices=(Office("Minister", start="1950", end="1940"),)),
    ],
)
def test_what_cannot_be_is_refused(agent: Agent) -> None:
    with pytest.raises(ValueRefusedError):
        checked(agent)


def test_an_account_has_one_sign_before_it() -> None:
    assert checked(Agent("Marenk", handles=("marenk", "@marenk", " "))).handles == ("@marenk",)
