from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archivist.intake.statements.parts import Page, Quotation
from archivist.intake.statements.quoted.quotations import quotations_of


def quoted(text: str) -> list[str]:
    return [text[found.start : found.end] for found in quotations_of(Page(text))]


def only(text: str) -> Quotation:
    (found,) = quotations_of(Page(text))
    return found


@pytest.mark.parametrize(
    "text",
    [
        'The Minister of Velaria said, "We shall sign in May."',
        "The Minister of Velaria said, “We shall sign in May.”",
        "The Minister of Velaria said, ''We shall sign in May.''",
        "The Minister of Velaria said, ``We shall sign in May.''",
        "The Minister of Velaria said, 'We shall sign in May.'",
        "The Minister of Velaria said, ‘We shall sign in May.’",
        "The Minister of Velaria said, “We shall sign in May.“",
        "The Minister of Velaria said, „We shall sign in May.“",
        "The Minister of Velaria said, «We shall sign in May.«",
        "The Minister of Velaria said, “We shall sign in May.'' He left.",
    ],
)
def test_marks_of_english_and_faulty_ones(text: str) -> None:
    assert quoted(text) == ["We shall sign in May."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Le ministre a dit : « Nous signerons en mai », puis il est parti.",
            "Nous signerons en mai",
        ),
        ("Le ministre a dit : «\u202fNous signerons\u202f», puis partit.", "Nous signerons"),
        ("El ministro dijo: «Firmaremos en mayo», y se fue.", "Firmaremos en mayo"),
        ("El ministro dijo: “Firmaremos en mayo”, y se fue.", "Firmaremos en mayo"),
        ("Der Minister sagte: „Wir unterschreiben im Mai“, und ging.", "Wir unterschreiben im Mai"),
        ("Der Minister sagte: »Wir unterschreiben im Mai«, und ging.", "Wir unterschreiben im Mai"),
        ("O ministro disse: “Assinaremos em maio”, e saiu.", "Assinaremos em maio"),
        ("Il ministro disse: «Firmeremo a maggio», e uscì.", "Firmeremo a maggio"),
        ("De minister zei: „Wij tekenen in mei”, en vertrok.", "Wij tekenen in mei"),
        ("De minister zei: ‘Wij tekenen in mei’, en vertrok.", "Wij tekenen in mei"),
        ("De minister zei: „Wij tekenen in mei’’, en vertrok.", "Wij tekenen in mei"),
        ("Министр сказал: «Мы подпишем в мае», и ушёл.", "Мы подпишем в мае"),
    ],
)
def test_marks_of_the_other_languages(text: str, words: str) -> None:
    assert quoted(text) == [words]


def test_the_comma_within_the_marks_stays_and_space_does_not() -> None:
    assert quoted("“ We agree, ” said the envoy of Tarsia.") == ["We agree,"]


def test_apostrophes_are_no_marks() -> None:
    text = "Velaria's envoys' letters weren't read in the '60s; the states' views didn't count."
    assert quoted(text) == []


def test_single_marks_hold_plurals_and_contractions() -> None:
    text = "He wrote: 'The envoys' letters weren't read by the states, I fear.' Nobody answered."
    assert quoted(text) == ["The envoys' letters weren't read by the states, I fear."]


def test_only_the_outermost_is_given() -> None:
    text = "She said: “He told me ‘never’ and then “perhaps”, which is better.” That was all."
    assert quoted(text) == ["He told me ‘never’ and then “perhaps”, which is better."]
    text = "She said: 'He told me \"never\" and left.' That was all."
    assert quoted(text) == ['He told me "never" and left.']


def test_a_mark_repeated_at_each_paragraph_is_one_quotation() -> None:
    text = (
        "The envoy wrote:\n\n"
        "“First, the border of Velaria has to be marked anew by both sides.\n\n"
        "“Secondly, the river is to be free for the ships of all.\n\n"
        "“Thirdly, nothing is to be published.”\n\nThere was no reply."
    )
    found = only(text)
    assert text[found.start : found.end].startswith("First")
    assert text[found.start : found.end].endswith("published.")
    assert found.closed


def test_paragraphs_between_two_marks_are_one_quotation() -> None:
    text = (
        "He wrote: “The border of Velaria has to be marked anew by both of the sides.\n\n"
        "The river is to be free.” Nobody answered."
    )
    assert quoted(text)[0].endswith("free.")


def test_a_term_that_is_never_closed_ends_with_its_sentence() -> None:
    text = 'It became a "Special Partnership. Trade grew.\n\n"Trade grew, and will," he said.'
    assert quoted(text) == ["Special Partnership.", "Trade grew, and will,"]


def test_a_long_one_that_is_never_closed_ends_with_its_paragraph() -> None:
    text = (
        "He said: “We shall go on with the talks in the town of Ostra, whatever they cost us. "
        "There is no other way.\n\nThe envoy left."
    )
    found = only(text)
    assert text[found.start : found.end].endswith("no other way.")
    assert not found.closed


def test_a_mark_that_is_never_opened() -> None:
    text = "Nobody came.\n\nWe shall go on with the talks,” said the envoy of Tarsia."
    found = only(text)
    assert text[found.start : found.end] == "We shall go on with the talks,"
    assert not found.closed


def test_inches_and_lonely_marks() -> None:
    assert quoted('A rail of 6" was laid in Tarsia, and nothing was said of it.') == []


def test_a_note_after_the_closing_mark_leaves_it_closing() -> None:
    assert quoted('He called it "a good day"[3] and left.') == ["a good day"]


@example('"’"a‘')
@given(st.text(alphabet="ab .,\n\"'“”„«»‘’", max_size=200))
def test_quotations_are_ordered_disjoint_and_within_the_text(text: str) -> None:
    end = 0
    for found in quotations_of(Page(text)):
        assert end <= found.outer_start <= found.start < found.end <= found.outer_end <= len(text)
        end = found.outer_end


def test_a_closing_mark_after_a_stop_and_before_a_letter_may_open() -> None:
    text = "Ader thanked them.”We shall sign in May”, he said. Later: “Good.”Then he left."
    assert quoted(text) == ["We shall sign in May", "Good."]


def test_values_of_attributes_are_no_quotations() -> None:
    text = 'See <img src="a b c.png" sizes="(max 624px) 100vw"> where Ader said "yes".'
    assert quoted(text) == ["yes"]


def test_a_quotation_over_paragraphs_with_bullets_is_one() -> None:
    text = "Ader wrote:\n\n- “The river is ours.\n\n- “The bridge is yours.\n\n- “Let us talk.”"
    assert quoted(text) == ["The river is ours.\n\n- “The bridge is yours.\n\n- “Let us talk."]


def test_a_poem_of_short_lines_is_one_quotation() -> None:
    text = "It says:\n\n“The river runs\n\nBelow the town\n\nAnd so do we.”\n\nI like it."
    assert quoted(text) == ["The river runs\n\nBelow the town\n\nAnd so do we."]
