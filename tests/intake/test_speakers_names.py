"""Names that speakers are given: cut out of headings, in lists, well formed. All are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.intake.statements.parts import Page, Speaker
from archivist.intake.statements.who.forms import is_formed
from archivist.intake.statements.who.mentions import find_mentions
from archivist.intake.statements.who.speakers import Resolver


def people(text: str) -> list[tuple[str, str]]:
    return [(each.name, each.office) for each in find_mentions(text) if each.kind == "person"]


def resolved(
    text: str, surface: str, *, title: str = "", doctype: str = "memcon", language: str = "en"
) -> Speaker:
    page = Page(text, title, language, doctype)
    return Resolver(page).resolve(surface, text.rindex(surface))


def label(text: str, words: str, title: str) -> Speaker:
    return Resolver(Page(text, title, "en", "press-briefing")).resolve_label(words, 0)


class TestMentions:
    @pytest.mark.parametrize(
        ("heading", "names"),
        [
            (
                "TALK BY PRESS SECRETARY ANN LEE AND AIDE FOR STRATEGIC COMMUNICATIONS TOM HALE",
                ["ANN LEE", "TOM HALE"],
            ),
            ("Call by Joan Veldt Previewing the journey", ["Joan Veldt"]),
            ("Gaggle by Tom Hale Aboard the train", ["Tom Hale"]),
            ("Reportedly Lee has left.", ["Lee"]),
            ("Accepted the plan. Secretary Ader went.", ["Ader"]),
            ("FTA Ader spoke.", ["Ader"]),
            ("Mr. Jan Ader spoke.", ["Jan Ader"]),
            ("Le Duc Ham met Do Cao Lim.", ["Le Duc Ham", "Do Cao Lim"]),
            ("Ann Lee Tom Hale", ["Ann Lee", "Tom Hale"]),
            ("la ministra de Salud, Ana Lund, dijo", ["Salud", "Ana Lund"]),
        ],
    )
    def test_words_beside_a_name_are_not_of_it(self, heading: str, names: list[str]) -> None:
        assert [name for name, _ in people(heading)] == names

    @pytest.mark.parametrize(
        ("text", "office"),
        [
            ("King with Chancellor and Ader", ""),
            ("Acting Secretary of State to the President. Ader came.", ""),
            ("Ambassador to Zembla Ader", "Ambassador to Zembla"),
            ("- Minister of War—Jan Ader", "Minister of War"),
        ],
    )
    def test_an_office_ends_where_it_cannot_go_on(self, text: str, office: str) -> None:
        assert people(text)[0][1] == office

    def test_a_name_in_capitals_with_a_small_letter_is_written_small(self) -> None:
        found = label("MR. McDUNN: Hello.", "MR. McDUNN", "BRIEFING BY ADVISER DENIS McDUNN")
        assert found.name == "Denis McDunn"


class TestForms:
    @pytest.mark.parametrize(
        "name",
        [
            "Ann Lee",
            "J. Lee",
            "Foreign Minister Lee",
            "Zembla",
            "British",
            "Foreign Office",
            "senior Zemblan officials",
            "Embassy in Zembla",
            "Committee on Roads",
            "Ambassador to Zembla",
            "Ann Lee; Tom Hale",
            "Ann Lee III",
            "QUESTION",
            "Ministry of Roads and Bridges",
            "Country Team",
        ],
    )
    def test_names(self, name: str) -> None:
        assert is_formed(name)

    @pytest.mark.parametrize(
        "name",
        [
            "",
            "Hence",
            "Ann Lee Previously",
            "Embassy remembers",
            "Department considers",
            "Combined",
            "government",
            "Others",
            "Moroccan",
            "President on the Eden",
            "General Lee’s letters",
            "Conversations with the officials",
            "of the Council",
            "Ann Lee with",
            "Telephone",
            "T.",
            "Ann Lee; Nothing",
        ],
    )
    def test_no_names(self, name: str) -> None:
        assert not is_formed(name)

    @given(st.text(max_size=60))
    @settings(max_examples=200, deadline=None)
    def test_any_text_may_be_asked(self, name: str) -> None:
        assert is_formed(name) in {True, False}

    def test_what_is_no_name_is_less_sure(self) -> None:
        text = "The Embassy remembers said that it rained."
        assert resolved(text, "The Embassy remembers").certainty < 0.8


class TestSurfaces:
    def test_a_short_form_in_capitals_is_no_pronoun(self) -> None:
        text = "The US said that it rained.\n\nAder"
        assert resolved(text, "The US", doctype="telegram").name == "US"

    def test_a_pronoun_may_be_shortened(self) -> None:
        text = "President Jan Ader spoke. He'd said that it rained."
        assert resolved(text, "He'd").name == "Jan Ader"

    def test_two_parts_of_one_name_are_not_two(self) -> None:
        text = "Zemblan Delegation, Northern Council said that it rained."
        assert ";" not in resolved(text, "Zemblan Delegation, Northern Council").name

    def test_our_embassy_is_not_who_writes(self) -> None:
        text = "Our Embassy has commented that it rained.\n\nAder"
        found = resolved(text, "Our Embassy", title="Submission to Hale", doctype="memorandum")
        assert found.name != "Ader"
        assert found.certainty < 0.8

    def test_who_is_saluted_does_not_speak(self) -> None:
        assert label("Mr. President: It rained.", "Mr. President", "Memorandum").certainty < 0.8

    def test_initials_stand_for_the_writer_of_the_title(self) -> None:
        text = "I said that it rained.\n\nT.A."
        title = "Memorandum From the Assistant for Roads (Ader) to President Venn"
        page = Page(text, title, "en", "memorandum")
        assert Resolver(page).resolve("I", 0).name == "Ader"

    def test_initials_of_nobody_are_not_sure(self) -> None:
        page = Page("I said that it rained.\n\nQXZ", "Memorandum", "en", "memorandum")
        assert Resolver(page).resolve("I", 0).certainty < 0.8

    def test_a_list_of_states_is_whole(self) -> None:
        text = "It rained. Canada, Norway, Denmark and Iceland said that it snowed."
        found = resolved(text, "Denmark and Iceland")
        assert found.name == "Canada; Norway; Denmark; Iceland"

    def test_a_place_before_two_states_is_not_listed(self) -> None:
        text = "In London, Denmark and Iceland said that it snowed."
        assert resolved(text, "Denmark and Iceland").name == "Denmark; Iceland"

    def test_first_letters_stand_for_a_person_of_the_document(self) -> None:
        text = "Minister T.T. Khan came to the talks. TTK said that it rained."
        assert resolved(text, "TTK").name == "T.T. Khan"

    def test_a_wife_does_not_give_her_address_to_her_husband(self) -> None:
        text = "Mrs. Ader sat beside us. Ader asked for tea. Ader said that it rained."
        assert resolved(text, "Ader").name == "Ader"

    def test_who_serves_a_minister_is_not_the_minister(self) -> None:
        text = "Tom Hale, Private Secretary to the Prime Minister, came. The Prime Minister spoke."
        assert resolved(text, "The Prime Minister").name == "Prime Minister"

    def test_a_name_may_have_two_family_names(self) -> None:
        text = "El presidente Luis Ader Lund llegó. Luis Ader dijo que llovía."
        assert resolved(text, "Luis Ader", language="es").name == "Luis Ader Lund"


class TestSalience:
    def test_he_goes_on_being_meant(self) -> None:
        text = (
            "The Regent noted the plan of the mayor. He expressed the hope that Mr. Ader could "
            "come. He stressed that it rained."
        )
        assert resolved(text, "He").name == "Regent"

    def test_who_is_asked_answers(self) -> None:
        text = "The Minister asked Ambassador Hale whether it rained, but he said that it did not."
        assert resolved(text, "he").name == "Ambassador Hale"

    def test_an_asker_is_never_he(self) -> None:
        text = "QUESTION: Why?\n\nMR. HALE: He said that it rained."
        resolver = Resolver(Page(text, "Briefing by Tom Hale", "en", "press-briefing"))
        resolver.note(resolver.resolve_label("QUESTION", 0), 0)
        assert resolver.resolve("He", text.index("He said")).name != "QUESTION"

    def test_she_is_somebody_of_whom_nothing_else_is_known(self) -> None:
        text = "Tom Hale came. A young woman said that it rained. She said that it was cold."
        resolver = Resolver(Page(text, "", "en", "speech"))
        woman = resolver.resolve("A young woman", text.index("A young"))
        resolver.note(woman, text.index("A young"))
        assert resolver.resolve("She", text.index("She")).name == "young woman"

    def test_lines_broken_for_their_length_do_not_cut_a_name(self) -> None:
        line = "and so the long road that leads from the harbour to the town was built by Carl\n"
        text = line * 7 + "Anders of the northern league, who then said that it rained.\n"
        assert ("Carl Anders" in {name for name, _ in people(text.replace("\n", " "))}) is True
        assert resolved(text, "Anders", doctype="speech").name == "Carl Anders"
