from __future__ import annotations

import pytest

from archivist.intake.statements.parts import Page
from archivist.intake.statements.quoted.quotations import quotations_of
from archivist.intake.statements.quoted.turns import turn_at, turns_of


def said(text: str) -> list[tuple[str, str]]:
    page = Page(text)
    found = turns_of(page, quotations_of(page))
    return [(turn.label, text[turn.start : turn.end]) for turn in found]


def test_a_briefing() -> None:
    text = (
        "Daily Briefing\n\nOstra, Velaria\n\n2:43 p.m.\n\n"
        "MS. KOVAR: Good afternoon.\n\nQUESTION: Is the border open?\n\n"
        "MS. KOVAR: It is. (Laughter.)\n\nIt was never closed.\n\nQUESTION: Thank you.\n\n"
        "(The briefing was concluded at 3:10 p.m.)"
    )
    assert said(text) == [
        ("MS. KOVAR", "Good afternoon."),
        ("QUESTION", "Is the border open?"),
        ("MS. KOVAR", "It is. (Laughter.)\n\nIt was never closed."),
        ("QUESTION", "Thank you."),
    ]


def test_a_letter_without_a_colon_asks() -> None:
    text = "MR. ADER: Hello.\n\nQ Will you go to Tarsia?\n\nMR. ADER: Yes.\n\nEND\n\n4:52 P.M."
    assert said(text) == [
        ("MR. ADER", "Hello."),
        ("Q", "Will you go to Tarsia?"),
        ("MR. ADER", "Yes."),
    ]


def test_a_conversation_whose_speakers_have_no_titles() -> None:
    text = (
        "Memorandum of Conversation\n\nParticipants: Ader, Kovar\n\nSubject: The river\n\n"
        "Ader: We want the river.\n\nKovar: You have it.\n\nAder (laughing): Not all of it.\n\n"
        "Kovar: No."
    )
    assert said(text) == [
        ("Ader", "We want the river."),
        ("Kovar", "You have it."),
        ("Ader", "Not all of it."),
        ("Kovar", "No."),
    ]


def test_turns_within_a_quoted_record_end_with_it() -> None:
    text = (
        "The notes read:\n\n“The river was discussed.\n\n“Minister Kovar: We want it.\n\n"
        "“The President: So do we.” (Archive of Ostra, 4/12)"
    )
    assert said(text) == [("Minister Kovar", "We want it."), ("The President", "So do we.")]


@pytest.mark.parametrize(
    "text",
    [
        "PREGUNTA: ¿Irá a Tarsia?\n\nMINISTRO ADER: Sí.\n\nPREGUNTA: ¿Cuándo?",
        "FRAGE: Fahren Sie nach Tarsia?\n\nMINISTER ADER: Ja.\n\nFRAGE: Wann?",
        "VRAAG: Gaat u naar Tarsia?\n\nMINISTER ADER: Ja.\n\nVRAAG: Wanneer?",
        "ВОПРОС: Поедете в Тарсию?\n\nМИНИСТР АДЕР: Да.\n\nВОПРОС: Когда?",
    ],
)
def test_other_languages(text: str) -> None:
    assert len(said(text)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Subject: The river\n\nParticipants: Ader, Kovar\n\nPlace: Ostra\n\nDate: 3 May",
        "Energy: The states agreed to build.\n\nTrade: The states agreed to sell.",
        "Article 1: The river is free.\n\nArticle 2: The border is closed.",
        "A. The river is free.\n\nB. The border is closed.\n\nA. So it was agreed.",
        "The Minister said: we shall see.\n\nThe envoy left.",
    ],
)
def test_headings_and_lists_are_no_transcript(text: str) -> None:
    assert said(text) == []


def test_the_turn_at_a_place() -> None:
    text = "Ader: We go.\n\nKovar: We stay.\n\nAder: Why?\n\nKovar: Why not?"
    page = Page(text)
    turns = turns_of(page, ())
    found = turn_at(turns, text.index("stay"))
    assert found is not None
    assert found.label == "Kovar"
    assert turn_at(turns, text.index("Kovar:") - 1) is None
    assert turn_at((), 3) is None


def test_the_label_of_a_speech() -> None:
    speech = "Thank you all. The river is high. " * 30
    text = f"Ostra, Velaria\n\nSECRETARY KOVAR: {speech.strip()}\n\nEND"
    assert said(text) == [("SECRETARY KOVAR", speech.strip())]
    assert said("SECRETARY KOVAR: Thank you.") == []
