"""A person's name holds no office and no form of address; nobody is lost, nothing is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archivist.intake.describe import propose
from archivist.intake.persons import persons
from archivist.intake.raw import Hints
from archivist.model.record import AgentRole, Description
from tests.intake.making import WORDS, catalogue, draft_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ana Varn, Department Spokesperson", "Ana Varn"),
        ("Ana J. Varn, Secretary of State", "Ana J. Varn"),
        ("Mr I. L. Sabel, High Commissioner in Velmora,", "I. L. Sabel"),
        ("Mr I.L. Sabel, Prime Minister (in Velmora)", "I. L. Sabel"),
        ("Mr F. K. Officer, Counsellor of the Legation", "F. K. Officer"),
        ("Sir Ivo Lorn, U.K. High Commissioner", "Sir Ivo Lorn"),
        ("Lord Lorn, Secretary of State for Dominion Affairs", "Lord Lorn"),
        ("H.E. Ivo Lorn", "Ivo Lorn"),
        ("H. E. Mr. Ivo Lorn", "Ivo Lorn"),
        ("His Excellency Ivo Lorn, Ambassador of Lorn", "Ivo Lorn"),
        ("The Honorable Ana M. Varn, United States Senator (D-IL)", "Ana M. Varn"),
        ("Dr. Ana Varn", "Ana Varn"),
        ("Varn, Ana J., Director", "Varn, Ana J."),
        ("Ivo Lorn, Jr., President of Lorn", "Ivo Lorn, Jr."),
        ("Jean Lorne, ministre des Affaires étrangères", "Jean Lorne"),
        ("Juana Varna, Embajadora en Velmora", "Juana Varna"),
        ("Hans Lorn, Bundeskanzler", "Hans Lorn"),
        ("Anna Varn, Staatssekretärin", "Anna Varn"),
        ("João Varna, embaixador de Varnia", "João Varna"),
        ("Иво Лорн, министр иностранных дел", "Иво Лорн"),
        ("إيفو لورن، وزير الخارجية", "إيفو لورن"),
    ],
)
def test_office_and_address_are_no_part_of_a_name(said: str, name: str) -> None:
    assert persons(said) == [name]


@pytest.mark.parametrize(
    "said",
    [
        "Varn, Ana",
        "de Varn, Ana J., Jr.",
        "Varn, General Ana",
        "Varn, Senator Ana J.",
        "Ben Lorn, Prime Minister Ivo",
        "Mr. Varn",
        "Mr. Speaker",
        "President Varn",
        "H. E. Varn",
        "Mrs. Ivo Lorn",
        "Don Varn",
        "Embassy in Velmora",
        "Ministry of Foreign Affairs, Secretary",
        "Varnian Delegation, United Nations",
        "Secretary of State, in Velmora",
        "Ana Varn, Secretary of State, Lornian Chancellor Ivo Lorn",
        "Ana Varn, Secretary of State, Ivo Lorn",
        "Speech by Mr A. Varn, Minister, of Conversation with Mr I. Lorn, Minister",
        "",
    ],
)
def test_what_is_not_sure_stays_as_it_was_said(said: str) -> None:
    assert persons(said) == [said]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Ana Varn, Secretary of State, Ivo Lorn, Lornian Foreign Minister", "Ana Varn|Ivo Lorn"),
        ("Mr I. Lorn, Prime Minister, and to Dr A.B. Varn, Minister", "I. Lorn|A. B. Varn"),
    ],
)
def test_several_persons_are_told_apart(said: str, names: str) -> None:
    assert persons(said) == names.split("|")


def test_a_catalogue_keeps_what_it_said_of_persons(tmp_path: Path) -> None:
    row = {"title": "T", "body": WORDS, "author": "Ana Varn, Spokesperson", "to": ["Lorn, Ivo"]}
    given = draft_of(tmp_path, "a.jsonl", catalogue([row])).description
    assert given.agents == (AgentRole("Ana Varn", "author"), AgentRole("Lorn, Ivo", "addressee"))
    assert given.custom == {"names_as_given": "Ana Varn, Spokesperson"}


def test_names_found_in_a_text_hold_no_office() -> None:
    text = f"TELEGRAM\n\nFROM: Mr Ivo Lorn, Ambassador in Velmora\nTO: Foreign Office\n\n{WORDS}"
    agents = propose(text, Description(), Hints())[0].agents
    assert agents == (AgentRole("Ivo Lorn", "author"), AgentRole("Foreign Office", "addressee"))
