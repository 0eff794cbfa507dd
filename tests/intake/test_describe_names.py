"""Who issued, wrote, signed and received a document."""
# ruff: noqa: E501 - a document reads best as it stands

from __future__ import annotations

import pytest

from archivist.intake.describe import propose
from archivist.intake.raw import Hints
from archivist.model.record import Description

NOTE = """MINISTRY OF FOREIGN AFFAIRS
OF THE REPUBLIC OF VARNIA

No. 14/2/2024

NOTE VERBALE

The Ministry of Foreign Affairs of the Republic of Varnia presents its compliments to the Embassy of \
Lorn in Port Serin and has the honour to inform it that the ferry will sail again.

The Ministry avails itself of this opportunity to renew to the Embassy the assurances of its highest \
consideration.

Port Serin, 14 February 2024

To the Embassy of Lorn
Port Serin
"""
FIRST_PERSON = """ROYAL MINISTRY OF FOREIGN AFFAIRS

Port Serin, 3 December 1998

Excellency,

I have the honour to refer to the talks held in Teveril, and to propose that the ferry sail again.

I avail myself of this opportunity to renew to Your Excellency the assurances of my highest \
consideration.

Ana Varn
Minister of Foreign Affairs

His Excellency
Mr. Ivo Lorn
Minister of Foreign Affairs of the Kingdom of Lorn
Marrow
"""
CREDENCE = """ANA VARN
PRESIDENT OF THE REPUBLIC OF VARNIA

To His Excellency Ivo Lorn, President of Lorn

Great and Good Friend,

I have chosen Mr. Sabel to reside near you as Ambassador, and ask you to give full credence to all \
that he shall say on my behalf.

Written at Port Serin, the third day of October in the year two thousand and twelve.

Your Good Friend,

Ana Varn

Countersigned: Mara Orme, Minister of Foreign Affairs
"""
JOINT = """Joint Declaration on Partnership

The two Governments have agreed to open a ferry and to meet once a year in either capital.

Done at Port Serin on 17 May 2004 in two originals.

For the Republic of Varnia                    For the Kingdom of Lorn
Ana Varn                                      Ivo LORNE
"""


def agents(text: str, title: str = "") -> list[tuple[str, str]]:
    found, _ = propose(text, Description(title=title), Hints())
    return [(agent.name, agent.role) for agent in found.agents]


def test_sender_and_addressee_of_a_note() -> None:
    found, _ = propose(NOTE, Description(), Hints())
    assert found.originator == "Ministry of Foreign Affairs of the Republic of Varnia"
    assert agents(NOTE) == [
        ("Ministry of Foreign Affairs of the Republic of Varnia", "author"),
        ("Embassy of Lorn", "addressee"),
    ]
    assert (found.number, found.date, found.place) == ("No. 14/2/2024", "2024-02-14", "Port Serin")


def test_the_address_at_the_end_is_no_signature() -> None:
    assert agents(FIRST_PERSON) == [("Ana Varn", "signatory"), ("Ivo Lorn", "addressee")]
    found, _ = propose(FIRST_PERSON, Description(), Hints())
    assert found.originator == "Royal Ministry of Foreign Affairs"


def test_a_letter_of_credence() -> None:
    found, _ = propose(CREDENCE, Description(), Hints())
    assert (found.doctype, found.date, found.place) == ("credence", "2012-10-03", "Port Serin")
    assert agents(CREDENCE) == [
        ("Ivo Lorn", "addressee"),
        ("Ana Varn", "signatory"),
        ("Mara Orme", "signatory"),
    ]


def test_all_sign_a_joint_text() -> None:
    assert agents(JOINT) == [("Ana Varn", "signatory"), ("Ivo Lorne", "signatory")]


@pytest.mark.parametrize(
    "title",
    ["Ana Varn appointed Ambassador to the Republic of Lorn",
     "Statement on the first session of the Joint Commission",
     "Notice on the Continuation of the Emergency with Respect to Lorn",
     "FACT SHEET: Varnia Announces New Efforts to Strengthen the Fisheries"],
)  # fmt: skip
def test_titles_that_name_nobody(title: str) -> None:
    assert not agents("The talks went on for a while.", title)


def test_a_speaker_is_named_without_honours() -> None:
    text = (
        "Discurso del Ministro de Relaciones Exteriores de Varnia, don Ivo Lorn, ante el Consejo\n\n"
        "Señor Presidente:\n\nMuchas gracias."
    )
    assert agents(text) == [("Ivo Lorn", "speaker")]
