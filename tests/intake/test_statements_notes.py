"""Replies that quote, whole, the note that they answer."""
# ruff: noqa: E501 - formulas read best in one line

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.intake.statements import extract
from archivist.intake.statements.parts import Page
from archivist.intake.statements.quoted.quotations import quotations_of
from archivist.model.statement import SURE

ENGLISH = (
    "No. I\n\nSir, I propose that our Governments agree as follows.\n\nAccept my highest"
    " consideration. (s.) A. ORVEN\n\nNo. II\n\nSir, I have the honour to acknowledge receipt of"
    " your note of today, which reads as follows: “Sir, I propose what follows.{mark}1. The ferry"
    " (“the boat”) shall sail.{mark}2. It shall carry mail. Accept my highest consideration.”"
    " I have the honour to confirm this. Accept my highest consideration. (s.) T. LINDQUE"
)


def notes(text: str, language: str = "en") -> list[tuple[str, str]]:
    found = extract(text, language=language, doctype="note", title="Exchange of notes")
    return [(text[each.start : each.end], each.speaker) for each in found if each.kind == "direct"]


@pytest.mark.parametrize("mark", ["\n\n", "\n\n“", " “"])
def test_a_quoted_note_is_one_statement_of_whoever_signed_the_note_before(mark: str) -> None:
    ((words, speaker),) = notes(ENGLISH.format(mark=mark))
    assert words.startswith("Sir, I propose what")
    assert words.endswith("Accept my highest consideration.")
    assert speaker.upper() == "A. ORVEN"


@pytest.mark.parametrize(
    ("language", "lead", "body", "end", "speaker"),
    [
        (
            "nl",
            (
                "De Ambassade heeft de eer de ontvangst te bevestigen van de nota van het Ministerie,"
                " waarvan de inhoud als volgt luidt: „"
            ),
            (
                "Het Ministerie van Handel heeft de eer het volgende voor te stellen.\n\n„1. De brug"
                " wordt geopend.\n\n„Met bijzondere hoogachting."
            ),
            "” De Ambassade stemt hiermee in.",
            "Ministerie van Handel",
        ),
        (
            "de",
            "Ich beehre mich, den Empfang Ihrer Note zu bestätigen, die folgenden Wortlaut hat: „",
            (
                "Die Botschaft von Velaria beehrt sich, folgendes vorzuschlagen:\n\n1. Die Brücke wird"
                " im Mai eröffnet.\n\nMit ausgezeichneter Hochachtung."
            ),
            "“ Meine Regierung stimmt zu.",
            "Botschaft von Velaria",
        ),
        (
            "fr",
            "J'ai l'honneur d'accuser réception de votre lettre, dont la teneur est la suivante: «",
            (
                "J'ai l'honneur de proposer ceci.\n\n1. Le pont sera ouvert au mois de mai.\n\nVeuillez"
                " agréer ma haute considération. (s.) P. Dorvin"
            ),
            "» Mon Gouvernement accepte.",
            "P. Dorvin",
        ),
        (
            "es",
            "Tengo el honor de acusar recibo de su nota de hoy, cuyo texto es el siguiente: «",
            (
                "La Embajada de Velaria saluda al Ministerio y propone lo que sigue.\n\n1. El puente se"
                " abrirá en mayo.\n\nReitera su más alta consideración."
            ),
            "» Mi Gobierno acepta.",
            "Embajada de Velaria",
        ),
    ],
)
def test_notes_of_other_languages(
    language: str, lead: str, body: str, end: str, speaker: str
) -> None:
    assert notes(lead + body + end, language) == [(body, speaker)]


def test_a_note_without_a_courtesy_ends_with_the_mark_after_a_sentence() -> None:
    text = (
        "I refer to your letter, reading as follows:\n\n“1. The ferry sails in May and comes back"
        " in June of every year.\n\n2. It carries mail and passengers of both sides.”\n\nI agree."
    )
    ((words, _),) = notes(text)
    assert words.endswith("both sides.")


@given(st.lists(st.sampled_from([ENGLISH.format(mark=" „"), "“", "” ", "\n\n", "„a” ", " b."])))
def test_quoted_notes_and_other_quotations_are_disjoint(parts: list[str]) -> None:
    text, end = "".join(parts), 0
    for found in quotations_of(Page(text)):
        assert end <= found.outer_start <= found.start < found.end <= found.outer_end <= len(text)
        end = found.outer_end


PAPER = (
    "The paper, prepared by the River Committee of the State Council on 2 December, dealt with the"
    " lakes. In one section of the paper, the third aim was to “keep the lakes and the rivers"
    " open to all boats.” The paper noted that “no boat sails there in the winter.”"
)


def test_what_a_paper_says_is_said_by_whoever_made_it() -> None:
    found = extract(PAPER, doctype="editorial-note", title="Editorial Note")
    assert [each.speaker for each in found] == ["River Committee of the State Council"] * 2


def test_a_paper_of_nobody_speaks_for_itself_and_is_unsure() -> None:
    text = "President Orven saw Lindque. The paper said “nobody sails there in the winter.”"
    (found,) = extract(text, doctype="editorial-note", title="Editorial Note")
    assert found.speaker in {"", "paper"}
    assert found.certainty < SURE


def test_what_a_note_proposes_or_defines_after_a_colon_is_nobodys_words() -> None:
    text = "In the case of Velaria: “The Minister of Lakes or those whom he sends to us.”"
    assert notes(f"The Embassy proposes the following.\n\n{text}") == []
