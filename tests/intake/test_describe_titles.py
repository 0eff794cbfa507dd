"""Titles of documents that begin with everything but a title."""
# ruff: noqa: E501 - a document reads best as it stands

from __future__ import annotations

import pytest

from archivist.intake.describe import propose
from archivist.intake.frames import begins_text, is_frame, is_letterhead
from archivist.intake.raw import Hints
from archivist.model.record import Description

BODY = (
    "The talks on the fisheries went on for three days, and the two delegations agreed to meet again "
    "in the spring. They asked their experts to draw up a list of the boats that had been stopped, "
    "and to hand it to both Governments before the end of the month."
)


def titled(text: str, **hints: str) -> str:
    return propose(text, Description(), Hints(**hints))[0].title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            ("1672 words Check against delivery\n\nVARNIA STATEMENT\n\nMr. President,\n\n"
            "We thank the General Assembly at its 79th session."),
            "VARNIA STATEMENT",
        ),
        (
            ("ВЫСТУПЛЕНИЕ\nМинистра иностранных дел\nРеспублики Варния\n\n"
            "79-я сессия Генеральной Ассамблеи\n\nГосподин Председатель, мы встречаемся вновь."),
            "ВЫСТУПЛЕНИЕ Министра иностранных дел",
        ),
        (
            ("FINAL\nCommonwealth of Varnia\nStatement by\nHer Excellency Ana Varn\n"
            "President of Varnia\nat the 79th session of the General Assembly\n\nMr. President,"),
            "Statement by Her Excellency Ana Varn",
        ),
        (
            ("REPÚBLICA DE VARNIA\nINTERVENCIÓN DEL EXCMO. SR. IVO LORN,\nMINISTRO DE VARNIA EN EL "
            "DEBATE GENERAL\n\nSeñor Presidente:\n\nSean mis primeras palabras de gratitud."),
            "INTERVENCIÓN DEL EXCMO. SR. IVO LORN, MINISTRO DE VARNIA EN EL DEBATE GENERAL",
        ),
        (
            ("James S. Orme Press Briefing Room\n\n12:58 P.M. EDT\n\nMR. VARN: Good afternoon.\n\n"
            "Q Thanks.\n\nQ What now?\n\nQ And then?\n\nMR. VARN: We shall see."),
            "Press briefing, Mr. Varn",
        ),
        ("678 SERIN.\n\nGrant made by the Prince of Serin to the Company\n\n" + BODY,
         "Grant made by the Prince of Serin to the Company"),
        ("Source: Ministry, Archives, Box 2.\n\nCited in A History, footnote 3\n\n"
         "Record of the Meeting of the Advisory Committee\n\n" + BODY,
         "Record of the Meeting of the Advisory Committee"),
        ("Cablegram 124 PORT SERIN, 15 June 1940\n\nFOR THE PRIME MINISTER MOST SECRET PERSONAL\n\n"
         "Reference my telegram 123. [1]\n\n" + BODY,
         "Telegram 124, Port Serin, 1940-06-15"),
        (("Letter PORT SERIN, 11 July 1941\n\nThe Government has given careful thought to your letter\n"
         "of 27th June regarding the desire of your Government to secure\nsupplies of copra from the "
         "islands, and has made\nenquiries regarding the position."),
         "Letter, Port Serin, 1941-07-11"),
    ],
)  # fmt: skip
def test_a_title_is_found_past_what_is_none(text: str, title: str) -> None:
    assert titled(text) == title


def test_the_section_of_a_site_is_no_title_of_an_article() -> None:
    text = f"Minister Varn opens the fisheries talks\n\n{BODY}"
    assert titled(text, title="Speeches") == "Minister Varn opens the fisheries talks"
    assert titled(text, title="Press Releases Press Releases").startswith("Minister Varn")
    assert titled("Varn speaks\n\nLorn speaks", title="Speeches") == "Speeches"


def test_a_title_that_was_cut_off_or_belongs_elsewhere_gives_way() -> None:
    text = f"Minister Varn opens the fisheries talks\n\n{BODY}"
    assert titled(text, title="Minister Varn opens th...eries talks").endswith("fisheries talks")
    pdf = {"media_type": "application/pdf"}
    assert titled(text, title="Inauguration de la crèche", **pdf).startswith("Minister Varn")
    assert titled(text, title="Fisheries talks opened", **pdf) == "Fisheries talks opened"
    assert titled("", title="Minister Varn opens th...eries talks") != ""


@pytest.mark.parametrize(
    "line",
    ["12:58 P.M. EDT", "Via Teleconference", "East Room", "Aboard Air Force One", "FINAL",
     "For Immediate Release February 27, 2009", "Boletín Oficial 308", "بسم الله الرحمن الرحيم",
     "(Provisional Translation)", "Q Thanks, Ana. To begin with", "Dear Mr. Varn,"],
)  # fmt: skip
def test_frames(line: str) -> None:
    assert is_frame(line)


def test_letterheads_and_beginnings() -> None:
    assert is_letterhead("Republic of Varnia")
    assert is_letterhead("MINISTRY OF FOREIGN AFFAIRS")
    assert not is_letterhead("The Embassy has received no answer.")
    assert not is_letterhead("Commonwealth Conference")
    assert begins_text("MR. VARN: Good afternoon.")
    assert begins_text("Dear Ana,")
    assert not begins_text("Memorandum on the talks")
