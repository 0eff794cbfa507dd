"""Who held an office on a day. The holders are those of the table, what they say is invented."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.intake.statements.parts import Page, Speaker
from archivist.intake.statements.who.holders import bearers, code_of, fold, holders_on, initials_of
from archivist.intake.statements.who.posts import office_of
from archivist.intake.statements.who.speakers import Resolver


def names(office: str, date: str, country: str) -> list[str]:
    return [each.name for each in holders_on(office, date) if each.country == country]


def resolved(text: str, surface: str, date: str, title: str = "Memorandum") -> Speaker:
    return Resolver(Page(text, title, "en", "memcon", date)).resolve(surface, text.rindex(surface))


class TestTable:
    @pytest.mark.parametrize(
        ("office", "date", "country", "name"),
        [
            ("president", "1974-08-10", "US", "Gerald R. Ford"),
            ("president", "1974-08-08", "US", "Richard M. Nixon"),
            ("prime-minister", "1940-06", "GB", "Winston Churchill"),
            ("foreign-minister", "1962", "RU", "Andrei Gromyko"),
            ("prime-minister", "1965-01-01", "DE", "Ludwig Erhard"),
            ("secretary-general", "1985-05-05", "UN", "Javier Pérez de Cuéllar"),
            ("pope", "1979", "VA", "John Paul II"),
        ],
    )
    def test_a_day_has_its_holder(self, office: str, date: str, country: str, name: str) -> None:
        assert name in names(office, date, country)

    def test_the_day_of_a_change_has_both(self) -> None:
        assert len(names("president", "1974-08-09", "US")) == 2

    def test_nobody_is_known_without_a_day(self) -> None:
        assert holders_on("president", "") == ()

    def test_after_the_last_of_a_former_state_there_is_none(self) -> None:
        assert names("foreign-minister", "1993-01-01", "RU") == ["Andrei Kozyrev"]

    @given(st.dates(dt.date(1941, 1, 1), dt.date(2025, 12, 31)))
    @settings(max_examples=60, deadline=None)
    def test_the_office_of_president_is_never_held_by_two_but_on_a_change(
        self, day: dt.date
    ) -> None:
        found = [each for each in holders_on("president", day.isoformat()) if each.country == "US"]
        changing = [each for each in found if day.isoformat() in {each.since, each.until}]
        assert len(found) == 1 or (len(found) == 2 and len(changing) == 2)

    def test_a_given_name_may_be_short_but_not_another(self) -> None:
        (holder,) = [each for each in bearers("president", "eisenhower") if each.country == "US"]
        assert holder.is_named(["Dwight", "Eisenhower"])
        assert holder.is_named(["D.", "Eisenhower"])
        assert holder.is_named(["Eisenhower"])
        assert not holder.is_named(["John", "Eisenhower"])

    def test_marks_and_cases_do_not_matter(self) -> None:
        assert fold("Erdoğan") == fold("ERDOGAN")
        assert initials_of("John Foster Dulles") == "JFD"

    @pytest.mark.parametrize(
        ("phrase", "code"),
        [
            ("the Soviet Foreign Minister", "foreign-minister"),
            ("Minister for External Affairs", "foreign-minister"),
            ("Secretary of State", "secretary-of-state"),
            ("Federal Chancellor", "prime-minister"),
            ("Minister of Roads", ""),
        ],
    )
    def test_offices_have_their_names_in_the_table(self, phrase: str, code: str) -> None:
        assert code_of(office_of(phrase).words) == code


class TestOffices:
    def test_a_predecessor_does_not_hold_the_office(self) -> None:
        text = "President Nixon left Washington. President Ford met us. The President said yes."
        assert "Ford" in resolved(text, "The President", "1974-08-10").name

    def test_who_is_named_without_the_office_holds_it(self) -> None:
        text = "Whitlam met the envoys at Canberra. The Prime Minister said that it rained."
        assert resolved(text, "The Prime Minister", "1974-03-01").name == "Whitlam"

    def test_a_namesake_does_not_take_the_office(self) -> None:
        text = "John S. D. Eisenhower wrote this down. President Eisenhower said that it rained."
        assert resolved(text, "President Eisenhower", "1959-03-01").name == "President Eisenhower"

    def test_the_president_of_the_issuing_country_is_no_guest(self) -> None:
        text = "Washington. President Rhee came to the house. The President said that it rained."
        found = resolved(text, "The President", "1954-07-27")
        assert found.name == "President"
        assert found.certainty < 0.9

    def test_the_president_of_the_title_is_meant(self) -> None:
        text = (
            "President Chamoun has written. Others have not.\n\nThe President said that it rained."
        )
        title = "Talk Between President Eisenhower and Prime Minister Macmillan"
        assert "Eisenhower" in resolved(text, "The President", "1958-05-05", title).name

    def test_invented_holders_are_left_to_the_document(self) -> None:
        text = "President Venn of Zembla came. The President said that it rained."
        assert resolved(text, "The President", "1994-03-01").name == "President Venn"

    def test_the_initials_of_a_signature_are_those_of_a_holder(self) -> None:
        text = "Washington, May 5, 1955.\n\nI said that it rained.\n\nJFD"
        page = Page(text, "Memorandum for the Record", "en", "memorandum", "1955-05-05")
        assert Resolver(page).resolve("I", text.index("I said")).name == "John Foster Dulles"
