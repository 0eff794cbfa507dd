"""Names read into their parts and compared: order, initials, titles, particles, spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.model.name_likeness import LINK, certainty, compare, reason
from archivist.model.person_names import before_name, is_body, read_names
from archivist.model.spelling import bones, sounds

WORDS = st.text("abcdefghijklmnoprstuvyz", min_size=3, max_size=9).map(str.capitalize)


def sure(one: str, other: str) -> float:
    """Return how surely two names are one person's; 0 where they cannot be."""
    found = [compare(a, b) for a in read_names(one) for b in read_names(other)]
    return max((certainty(each) for each in found if each), default=0.0)


@pytest.mark.parametrize(
    ("said", "family", "given"),
    [
        ("Marenk, Ilva T.", ("marenk",), ("ilva", "t")),
        ("Ilva T. Marenk", ("marenk",), ("ilva", "t")),
        ("MARENK, ILVA", ("marenk",), ("ilva",)),
        ("Marenk, Maj. Gen. Ilva", ("marenk",), ("ilva",)),
        ("Rear Admiral I.T. Marenk", ("marenk",), ("i", "t")),
        ("Valdoran Foreign Minister Ilva Marenk", ("marenk",), ("ilva",)),
        ("Prime Minister Marenk", ("marenk",), ()),
        ("Hassel, Otto von", ("hassel",), ("otto",)),
        ("Marenk, Jr., Ilva", ("marenk",), ("ilva",)),
        ("Warrel, Earl", ("warrel",), ("earl",)),
        ("Ambassador in Teveril (Marenk)", ("marenk",), ()),
        ("Assistant Secretary of Defense for Security Affairs (Marenk), Teveril", ("marenk",), ()),
        ("Minister for External Affairs Marenk", ("marenk",), ()),
        ("Secretary of State—Ilva T. Marenk", ("marenk",), ("ilva", "t")),
        ("The Secretary of State, Ilva Marenk", ("marenk",), ("ilva",)),
        ("Ilva Marenk aboard the ferry", ("marenk",), ("ilva",)),
        ("Minister Ilva Marenk, Head of Delegation", ("marenk",), ("ilva",)),
        ("Ильва Маренк", ("маренк",), ("ильва",)),
    ],
)
def test_a_name_is_read_into_its_parts(
    said: str, family: tuple[str, ...], given: tuple[str, ...]
) -> None:
    name = read_names(said)[0]
    assert (name.family, name.given) == (family, given)


@pytest.mark.parametrize(
    "said", ["", "…", "The President", "the Minister", "General", "12", "Ambassador to France"]
)
def test_what_names_nobody_is_no_name(said: str) -> None:
    assert read_names(said) == ()


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("Selim (Salem), Osten", "Salem, Osten"),
        ("Tarrow, Robert (Rip)", "Tarrow, Rip"),
        ("Y.B. (Yaro Belin) Tarrow", "Tarrow, Yaro Belin"),
        ("Kessel, Lord (Sir Milo Lampen)", "Milo Lampen"),
    ],
)
def test_what_stands_in_brackets_is_another_form(said: str, other: str) -> None:
    assert sure(said, other) >= LINK


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergey Dolmatov", "Dolmatov, Sergei"),
        ("Serguei Dolmatov", "Сергей Долматов"),
        ("McTarrow, John", "John MacTarrow"),
        ("Robert F. Tarrow", "Tarrow, R. F."),
        ("Robert Tarrow", "Tarrow, Bob"),
        ("Tarrow, General Robert F.", "Robert Francis Tarrow"),
        ("van der Hollen, Piet", "Piet Van Der Hollen"),
        ("Lin Tso-wen", "Lin, Tso-wen"),
        ("Ilva O’Marenk", "O'Marenk, Ilva"),
    ],
)
def test_forms_of_one_name_are_linked(one: str, other: str) -> None:
    assert sure(one, other) >= 0.9
    assert sure(one, other) == sure(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Robert Tarrow", "Richard Tarrow"),
        ("Robert F. Tarrow", "Robert G. Tarrow"),
        ("Tarrow, Robert, Jr.", "Tarrow, Robert, Sr."),
        ("Tarrow, Mrs. Robert", "Tarrow, Robert"),
        ("Robert Tarrow", "Robert Torrens"),
        ("James Brown Clay", "Brown, James"),
    ],
)
def test_names_of_two_persons_are_told_apart(one: str, other: str) -> None:
    assert sure(one, other) == 0


def test_less_that_agrees_is_less_certain() -> None:
    whole = "Robert Francis Tarrow"
    falling = [sure(whole, each) for each in ("Robert F. Tarrow", "R. Tarrow", "Tarrow")]
    assert falling[0] >= LINK > max(falling[1:])
    assert falling[0] > falling[1]


def test_a_first_name_alone_says_less_where_many_bear_the_family_name() -> None:
    likeness = compare(read_names("Robert Tarrow")[0], read_names("Robert F. Tarrow")[0])
    assert likeness is not None
    assert certainty(likeness, 1) >= LINK > certainty(likeness, 40)
    assert reason(likeness) == "same family name, the same first name"


def test_bodies_and_offices_are_told_from_persons() -> None:
    assert is_body("Ministry of Foreign Affairs of Valdora")
    assert is_body("Office of the Secretary General")
    assert not is_body("Ilva Marenk, Ministry of Roads")
    assert not is_body("White House Press Secretary Oren Sabel")
    assert before_name("Valdoran Foreign Minister Ilva Marenk") == "Valdoran Foreign Minister"
    assert before_name("Ilva Marenk") == ""


@given(WORDS, WORDS)
def test_the_order_of_a_name_does_not_matter(first: str, last: str) -> None:
    names = read_names(f"{last}, {first}"), read_names(f"{first} {last}")
    if all(each and each[0].given for each in names):
        assert sure(f"{last}, {first}", f"{first} {last}") >= LINK


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_given_is_read_and_compared_alike_from_both_sides(one: str, other: str) -> None:
    assert sure(one, other) == sure(other, one)
    for name in read_names(one):
        assert all(name.words)
        assert sure(one, one) > 0


@pytest.mark.parametrize(
    "spellings",
    [
        "sergey sergei serguei сергей",
        "yuri iurii jurij юрий",
        "nikolay nikolai николай",
        "mctarrow mactarrow",
        "muller mueller",
        "dolmatov dolmatoff долматов",
    ],
)
def test_spellings_of_a_name_sound_the_same(spellings: str) -> None:
    words = spellings.split()
    assert len(set(map(sounds, words))) == 1
    assert len(set(map(bones, words))) == 1
    assert sounds("tarrow") != sounds("torrens")
