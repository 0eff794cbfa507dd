"""Who is meant by the speakers that a text names. The states, persons and events are invented."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.intake.statements.parts import Page, Speaker
from archivist.intake.statements.who.speakers import Resolver

READOUT = """Readout of President Orla Venn’s Call with Prime Minister Tomas Brandt of Zembla

President Orla Venn spoke today with Prime Minister Tomas Brandt of Zembla. The two leaders agreed
that the bridge at Varn should be rebuilt. They stressed that the work must begin at once.

President Venn said that her government would pay a third. She added that the rest could be lent.
The Prime Minister replied that Zembla would find the money. He noted that winter was near.
"""
MEMCON = """PARTICIPANTS

The Secretary
Ambassador Ilmar Koss of Zembla
Mr. Hale, Director of the Office of Northern Affairs

Ambassador Koss opened by saying that his government was worried about the strait. The Secretary
assured the Ambassador that nothing had been decided. He said that the fleet would stay in port.
Mr. Hale explained that the maps were old. The latter asked for new ones.
"""


def resolver(
    text: str, *, title: str = "", doctype: str = "", language: str = "en"
) -> tuple[Resolver, str]:
    return Resolver(Page(text, title, language, doctype)), text


def named(text: str, surface: str, cue: str = "", *, title: str = "", doctype: str = "") -> str:
    """Return who the first `surface` after `cue` stands for, nothing else having been noted."""
    page, _ = resolver(text, title=title, doctype=doctype)
    return page.resolve(surface, text.index(surface, text.index(cue))).name


class TestNames:
    def test_a_surname_takes_the_fullest_form(self) -> None:
        assert named(READOUT, "President Venn", "President Venn said") == "Orla Venn"

    def test_an_office_is_not_lost_where_only_a_surname_is_known(self) -> None:
        text = "General Harrow met the press. Harrow said that the pass was open."
        assert named(text, "Harrow", "press") == "General Harrow"

    def test_a_form_of_address_stands_where_nothing_else_is_known(self) -> None:
        assert named(MEMCON, "Mr. Hale", "Mr. Hale explained") == "Mr. Hale"

    def test_the_role_is_the_office_in_its_longest_form(self) -> None:
        text = "Foreign Minister of Zembla Anna Lund arrived. Minister Lund said that all was well."
        page, _ = resolver(text)
        speaker = page.resolve("Minister Lund", text.index("Minister Lund said"))
        assert (speaker.name, speaker.role) == ("Anna Lund", "Foreign Minister of Zembla")

    def test_two_of_one_surname_are_told_apart_by_their_offices(self) -> None:
        text = "President Lee, Secretary Rusk and notetaker Tom Lee met. President Lee said no."
        page, _ = resolver(text)
        assert page.resolve("President Lee", text.rindex("President Lee")).name == "President Lee"

    def test_the_family_name_may_come_first(self) -> None:
        text = "Prime Minister Sato Kenji spoke. Prime Minister Sato said that it rained."
        assert named(text, "Prime Minister Sato", "spoke.") == "Sato Kenji"

    def test_a_name_in_capitals_is_written_with_small_letters(self) -> None:
        text = "STATEMENT BY MINISTER ANNA LUND\n\nLund said that all was well."
        assert named(text, "Lund", "\n\n") == "Anna Lund"

    def test_a_particle_belongs_to_the_name(self) -> None:
        text = "General De Varn and Mr. Piet van der Moor met. De Varn said no."
        assert named(text, "De Varn", "met") == "General De Varn"
        assert named(text, "Moor", "Moor") == "Piet van der Moor"

    def test_the_first_word_of_a_sentence_is_no_given_name(self) -> None:
        text = "Apparently Koss knew of it. The talks went on. Koss said that he did not."
        assert named(text, "Koss", "went on") == "Koss"

    @pytest.mark.parametrize(
        ("text", "surface"),
        [
            (
                "Anna Lund, the Foreign Minister of Zembla, spoke. The Minister left.",
                "The Minister",
            ),
            ("El canciller Anna Lund llegó a Varna. El canciller partió.", "El canciller partió"),
            ("Le ministre Anna Lund est arrivé. Le ministre est parti.", "Le ministre est parti"),
            ("Außenministerin Anna Lund kam. Die Außenministerin ging.", "Die Außenministerin"),
        ],
    )
    def test_an_office_is_that_of_its_holder(self, text: str, surface: str) -> None:
        page, _ = resolver(text)
        words = " ".join(surface.split()[:2])
        assert page.resolve(words, text.rindex(words)).name == "Anna Lund"

    def test_an_apposition_behind_the_office_names_its_holder(self) -> None:
        text = "The Deputy Director for Plans, Thomas K. Marne, said that it might be."
        assert named(text, "The Deputy Director for Plans") == "Thomas K. Marne"


class TestOffices:
    def test_an_office_without_a_holder_stays_an_office(self) -> None:
        assert named(MEMCON, "The Secretary", "worried") == "Secretary"

    def test_the_vice_president_is_not_the_president(self) -> None:
        text = "Vice President Mara Holt landed. The President said that he was pleased."
        assert named(text, "The President") == "President"

    def test_a_minister_of_another_state_is_not_meant(self) -> None:
        text = (
            "French President Luc Armand left at noon. The Japanese President said that it rained."
        )
        assert named(text, "The Japanese President") != "Luc Armand"

    def test_a_body_loses_its_article_and_is_spelt_out(self) -> None:
        text = "The Zemblan Health Agency (ZHA) met. The ZHA said so. The Embassy wrote."
        assert named(text, "The ZHA") == "Zemblan Health Agency"
        assert named(text, "The Embassy") == "Embassy"

    def test_a_representative_in_a_commission_is_no_person_of_its_name(self) -> None:
        text = "The Zemblan representative in the Varn Commission said that it was late."
        assert named(text, "The Zemblan representative in the Varn Commission").startswith(
            "Zemblan"
        )


class TestSeveral:
    def test_joint_speakers_are_separated(self) -> None:
        text = "Foreign Minister Anna Lund and Ambassador Ilmar Koss met. Lund and Koss said so."
        assert named(text, "Lund and Koss") == "Anna Lund; Ilmar Koss"

    def test_both_leaders_are_the_two_of_the_title(self) -> None:
        title, _, text = READOUT.partition("\n\n")
        assert named(text, "The two leaders", title=title) == "Orla Venn; Tomas Brandt"

    def test_they_are_who_has_just_spoken_together(self) -> None:
        page, text = resolver(READOUT)
        position = text.index("The two leaders")
        page.note(page.resolve("The two leaders", position), position)
        assert page.resolve("They", text.index("They")).name == "Orla Venn; Tomas Brandt"

    def test_a_plural_title_is_for_each(self) -> None:
        text = "Secretaries Wilson and Humphrey said that they saw no objection."
        assert named(text, "Secretaries Wilson and Humphrey") == "Secretary Wilson; Humphrey"

    def test_an_office_with_and_in_it_is_one(self) -> None:
        text = "The Minister of Trade and Industry said that prices fell."
        assert ";" not in named(text, "The Minister of Trade and Industry")


class TestPronouns:
    def test_he_is_the_subject_and_not_the_object(self) -> None:
        assert named(MEMCON, "He") == "Secretary"

    def test_she_and_he_are_told_apart(self) -> None:
        text = "Mr. Hale met Mrs. Lund. She said that it rained, and he said that it did not."
        assert named(text, "She") == "Mrs. Lund"
        assert named(text, "he", "and he") == "Mr. Hale"

    def test_who_has_spoken_is_meant_before_whom_he_spoke_of(self) -> None:
        text = "Koss said that Brandt had told Hale nothing. He added that it was late."
        page, _ = resolver(text)
        page.note(page.resolve("Koss", 0), 0)
        assert page.resolve("He", text.index("He added")).name == "Koss"

    def test_a_verb_without_a_subject_has_the_last_speaker(self) -> None:
        text = "La ministra Anna Lund llegó a Varna. Dijo que todo iba bien."
        page = Resolver(Page(text, language="es"))
        assert page.resolve("", text.index("Dijo")).name == "Anna Lund"

    def test_the_latter_is_who_was_named_last(self) -> None:
        text = "Ambassador Koss saw Minister Lund. The latter said that it was late."
        assert named(text, "The latter") == "Minister Lund"

    def test_it_is_a_body(self) -> None:
        text = "The Ministry of Roads wrote to Mr. Hale. It said that the pass was closed."
        assert named(text, "It") == "Ministry of Roads"

    def test_the_writer_of_a_telegram_is_not_he(self) -> None:
        text = "Koss received me. I said that we were ready. He said that they were not.\n\n[Marne]"
        title = "Telegram From Ambassador Marne to the Department"
        page, _ = resolver(text, title=title, doctype="telegram")
        page.note(page.resolve("I", text.index("I said")), text.index("I said"))
        assert page.resolve("I", text.index("I said")).name == "Ambassador Marne"
        assert page.resolve("He", text.index("He said")).name == "Koss"

    def test_we_in_a_turn_are_its_speaker(self) -> None:
        page, _ = resolver("MR. HALE: We have always said that it is late.")
        assert page.resolve("We", 10, inside="Hale").name == "Hale"

    def test_nobody_is_named_where_nobody_is_known(self) -> None:
        assert Resolver(Page("He said that it rained.")).resolve("He", 0).name == ""

    def test_a_doubtful_antecedent_is_less_certain(self) -> None:
        clear, _ = resolver("Mr. Hale spoke. He said so.")
        doubtful, _ = resolver("Mr. Hale spoke, and Mr. Lund spoke. He said so.")
        one = clear.resolve("He", 16).certainty
        assert one > doubtful.resolve("He", 36).certainty


class TestSignatories:
    @pytest.mark.parametrize(
        ("title", "doctype", "text", "name"),
        [
            ("Telegram From the Embassy in Zembla to the Department of State", "telegram",
             "1. I said that it was late.", "Embassy in Zembla"),
            ("Telegram From the Embassy in Zembla to the Department of State", "telegram",
             "1. I said that it was late.\n\nMarne", "Marne"),
            ("The Consul at Varn ( Holt ) to the Minister", "correspondence",
             "I said that it was late.", "Holt"),
            ("SUBMISSION, HOLT TO MARNE", "memorandum", "I said that it was late.", "Holt"),
            ("Memorandum of Conversation", "memcon", "I said that it was late.\n\nJFD[2]", "JFD"),
            ("Statement by Minister Anna Lund on Floods", "statement", "I said so.", "Anna Lund"),
        ],
    )  # fmt: skip
    def test_i_is_who_signed_or_sent(self, title: str, doctype: str, text: str, name: str) -> None:
        page, _ = resolver(text, title=title, doctype=doctype)
        assert page.resolve("I", text.index("I said")).name == name

    def test_you_are_the_addressee(self) -> None:
        text = "You asked whether it was late."
        page, _ = resolver(text, title="MEMORANDUM FROM HOLT TO MARNE", doctype="memorandum")
        assert page.resolve("You", 0).name == "Marne"


class TestLabels:
    def test_a_label_is_who_the_document_names(self) -> None:
        text = "Daily Briefing with Spokesperson Ned Holt\n\nMR. HOLT: Good day.\n\nQ: Why?"
        page, _ = resolver(text)
        assert page.resolve_label("MR. HOLT", text.index("MR.")).name == "Ned Holt"
        assert page.resolve_label("Q", text.index("Q:")).name == "Q"
        assert page.resolve_label("QUESTION", 0).name == "QUESTION"

    def test_a_misspelt_label_is_its_likeness(self) -> None:
        text = "Secretary Ann Brinkens met him.\n\nSECRETARY BRINKNENS: Yes."
        page, _ = resolver(text)
        label = "SECRETARY BRINKNENS"
        assert page.resolve_label(label, text.index(label)).name == "Ann Brinkens"

    def test_an_office_as_label_stays_one_where_no_holder_is_named(self) -> None:
        text = "THE PRESIDENT: Good day.\n\nTHE PRESIDENT: Go on."
        page, _ = resolver(text)
        assert page.resolve_label("THE PRESIDENT", 0).name == "President"


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(st.sampled_from("AbLee ofthe.,\n\"'()-é’Mr Sir[1]IheJr"), max_size=200),
    surface=st.text(st.sampled_from("AbLee ofthe.,'()he Iand"), max_size=30),
    position=st.integers(0, 200),
)
def test_any_text_and_any_surface_is_resolved(text: str, surface: str, position: int) -> None:
    page = Resolver(Page(text, text[:20], "en", "telegram"))
    speaker = page.resolve(surface, position)
    assert isinstance(speaker, Speaker)
    assert 0 <= speaker.certainty <= 1
    page.note(speaker, position)
    page.resolve_label(surface or "A", position)


def test_time_grows_with_the_length_only() -> None:
    def seconds(count: int) -> float:
        text = "Minister Lund of Zembla told Mr. Koss that it rained. He said no. " * count
        page = Resolver(Page(text))
        begun = time.perf_counter()
        for position in range(len(text) - 60, len(text), 10):
            page.resolve("He", position)
            page.resolve("the Minister", position)
        return time.perf_counter() - begun

    seconds(10)
    assert seconds(1_600) < 40 * max(seconds(100), 0.002)
