"""Types, numbers, titles and agents, and the whole proposal."""
# ruff: noqa: E501 - a document reads best as it stands

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist import assets
from archivist.intake.cues import Cue, Part, piece_of, split
from archivist.intake.describe import propose
from archivist.intake.doctypes import find_doctype
from archivist.intake.layout import Layout
from archivist.intake.raw import Hints
from archivist.model.record import AGENT_ROLES, DOCTYPES, AgentRole, Description

TELEGRAM = """Port Serin, July 28, 1943—7 p.m. [Received July 30—12:20 a.m.]

754. Reference Embassy despatch No. 11 of June 30. Minister saw Varn this afternoon.

Brown says even brief delay will jeopardize schedule agreed with France.

Messer"""
NOTE = """No. 14/2/2024

The Embassy of Varnia presents its compliments to the Ministry of Foreign Affairs of Italy and has
the honour to propose the following. The Embassy avails itself of this opportunity to renew to the
Ministry the assurances of its highest consideration.

Rome, 4 March 2024"""
MEMCON = """Washington, April 15, 1964.

SUBJECT
- German Proposals on Reunification

PARTICIPANTS
- Heinrich Varn, German Ambassador
- William R. Tole, Assistant Secretary

At lunch Ambassador Varn told me that he was convinced."""
LETTER = """Washington, May 18, 1955.

Dear Mr. President: I have received your letter and am grateful.

Sincerely yours,

John F. Dole"""
DESPATCH = """Moscow, April 1, 1948.

No. 315

Sir: I have the honor to enclose a report.

Respectfully yours,

W. B. Smeth"""
TREATY = """Agreement between the Republic of Varnia and the Kingdom of Sweden

The Parties have agreed as follows:

Article 1

Goods move freely.

Done at Port Serin on 3 May 1999 in duplicate."""
SPEECH = """STATEMENT BY HIS EXCELLENCY DR. A. VARN, PRESIDENT OF NAMIBIA
AT THE 79th SESSION OF THE UN GENERAL ASSEMBLY
25 SEPTEMBER 2024
NEW YORK

Mr. President,
Excellencies, Ladies and Gentlemen,

I bring greetings. Thank you"""
BRIEFING = """2:15 p.m. EDT

MR PRICE: Good afternoon.

QUESTION: Is it so?

MR PRICE: Yes.

QUESTION: And this?

MR PRICE: No.

QUESTION: Why?"""
COMMUNIQUE = """Joint Communiqué

The two sides agreed to continue their talks. The ministers welcomed the progress."""
PRESS = """Boletín N° 038

3 de enero de 2024

Quito, Ecuador. Ayer, el presidente arrancó el nuevo año con el envío de las preguntas."""
ORDER = """By the authority vested in me as President, it is hereby ordered:

Section 1. Purpose. Nothing changes.

THE WHITE HOUSE,

January 20, 2025."""
RESOLUTION = """The General Assembly,

Recalling its resolution 1,
Noting the report,
Reaffirming its view,

Decides to remain seized of the matter."""


@pytest.mark.parametrize(
    ("text", "doctype"),
    [
        (TELEGRAM, "telegram"),
        (NOTE, "note"),
        (MEMCON, "memcon"),
        (LETTER, "letter"),
        (DESPATCH, "despatch"),
        (TREATY, "treaty"),
        (SPEECH, "speech"),
        (BRIEFING, "press-briefing"),
        (COMMUNIQUE, "communique"),
        (PRESS, "press-release"),
        (ORDER, "presidential-action"),
        (RESOLUTION, "resolution"),
        ("AIDE-MÉMOIRE\n\nThe Government recalls its view.", "aide-memoire"),
        (("Great and Good Friend,\n\nI have chosen A. Varn to reside near You in the quality of"
         " Ambassador."), "credence"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_type_shows_in_the_form(text: str, doctype: str) -> None:
    assert find_doctype(Layout(text)) == doctype


def test_the_title_decides_where_the_form_is_silent() -> None:
    text = "The President and the Prime Minister talked about trade."
    assert find_doctype(Layout(text, "FACT SHEET: Trade with Chile")) == "fact-sheet"
    assert find_doctype(Layout(text, "Editorial Note")) == "editorial-note"
    assert find_doctype(Layout(text, "Readout of a Call")) == "readout"


def test_every_type_has_its_labels() -> None:
    with assets.path("authority/doctypes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["code"] for row in rows] == list(DOCTYPES)
    assert all(row["singular"] and row["plural"] for row in rows)


def test_a_whole_proposal() -> None:
    found, proposed = propose(TELEGRAM, Description(), Hints(file_name="754_varn.txt"))
    assert (found.date, found.place, found.language) == ("1943-07-28", "Port Serin", "en")
    assert (found.doctype, found.number, found.countries) == ("telegram", "754", ("FR",))
    assert AgentRole("Messer", "author") in found.agents
    assert "title" in proposed
    assert "date" in proposed


def test_what_is_given_wins() -> None:
    given = Description(title="T", date="1900", doctype="other", place="Here", countries=("PE",))
    found, proposed = propose(TELEGRAM, given, Hints())
    kept = (found.title, found.date, found.doctype, found.place, found.countries)
    assert kept == ("T", "1900", "other", "Here", ("PE",))
    assert proposed.isdisjoint({"title", "date", "doctype", "place", "countries"})


def test_number_and_originator_of_a_note() -> None:
    found, _ = propose(NOTE, Description(), Hints())
    assert found.number == "No. 14/2/2024"
    assert found.originator == "Embassy of Varnia"
    assert found.date == "2024-03-04"


@pytest.mark.parametrize(
    ("title", "agents"),
    [
        ("Telegram From the Embassy in Italy to the Department of State",
         [("Embassy in Italy", "author"), ("Department of State", "addressee")]),
        ("Burton to Evatt", [("Burton", "author"), ("Evatt", "addressee")]),
        ("Remarks by Secretary Varn at the Opening", [("Secretary Varn", "speaker")]),
    ],
)  # fmt: skip
def test_agents_from_the_title(title: str, agents: list[tuple[str, str]]) -> None:
    found, _ = propose("The talks went on.", Description(title=title), Hints())
    assert [(agent.name, agent.role) for agent in found.agents] == agents


def test_participants_and_signatories() -> None:
    met, _ = propose(MEMCON, Description(), Hints())
    assert AgentRole("Heinrich Varn", "participant") in met.agents
    wrote, _ = propose(LETTER, Description(), Hints())
    assert AgentRole("John F. Dole", "signatory") in wrote.agents


@pytest.mark.parametrize(
    ("text", "hints", "title"),
    [
        ("SECRET\n\nSUBJECT: The Varn loan\n\nText follows.", Hints(), "The Varn loan"),
        ("Rome, 4 May 1950\n\nTRADE WITH\nSWEDEN\n\nText.", Hints(), "TRADE WITH SWEDEN"),
        ("Text.", Hints(title="Microsoft Word - a.docx", file_name="a_b.docx"), "Text."),
        ("Text.", Hints(title="A Real Title"), "A Real Title"),
        ("", Hints(file_name="scan_of_note.pdf"), "scan of note"),
    ],
)
def test_a_title_is_found(text: str, hints: Hints, title: str) -> None:
    found, _ = propose(text, Description(), hints)
    assert found.title == title


def test_a_message_has_the_date_of_its_header() -> None:
    hints = Hints(date="Tue, 5 Mar 2024 10:00:00 +0000", media_type="message/rfc822")
    found, _ = propose("Rome, 4 May 1950\n\nText of an old letter.", Description(), hints)
    assert found.date == "2024-03-05"


@given(st.text(max_size=600))
def test_any_text_can_be_described(text: str) -> None:
    found, proposed = propose(text, Description(), Hints())
    assert {agent.role for agent in found.agents} <= set(AGENT_ROLES)
    assert found.doctype in {"", *DOCTYPES}
    assert all(getattr(found, name) for name in proposed)


def test_a_cue_is_split_at_its_alternatives() -> None:
    assert split(r"^a(?:b|c)|d[|]e|f\|g") == [r"^a(?:b|c)", "d[|]e", r"f\|g"]
    assert piece_of(r"notes? verbales?\b") == " verbale"
    assert piece_of(r"\d+x") == ""
    cue = Cue.of(r"^note verbale|compliments to", small=True)
    assert cue.holds(Part("x\nNote Verbale"))
    assert cue.holds(Part("its COMPLIMENTS TO the"))
    assert not cue.holds(Part("a note verbale"))


@pytest.mark.parametrize(
    ("text", "doctype"),
    [
        (("Ambassador Varn presents his credentials to the President\n\nPort Serin, 6 May 2012\n\n"
         "In a ceremony held this morning, the Ambassador said that he was glad."), "press-release"),
        (("Minister Orme receives the Ambassador of Lorn\n\nThe Minister said she was glad, the "
         "Ambassador said that he was, too."), "press-release"),
        ("بيان صحفي\n\nاستقبل الوزير اليوم السفير الجديد.", "press-release"),
        ("報道発表\n\n両外相は会談を行った。", "press-release"),
        ("Record of the 1969 Meeting of the Advisory Committee\n\nNovember 7, 1969\n\nMr. Varn began.",
         "memcon"),
        ("678 SERIN.\n\nFirman granted by the Prince of Serin to the Company\n\nBe it known to all.",
         "treaty"),
        ("انسانی حقوق کا عالمی منشور\n\nدیباچہ", "declaration"),
        (("Office of the Spokesperson\n\nThe below is attributable to Spokesperson Ana Varn:\n\n"
         "Secretary Orme spoke today with Minister Lorn. They discussed the ferry."), "readout"),
    ],
)  # fmt: skip
def test_types_seen_in_real_files(text: str, doctype: str) -> None:
    assert find_doctype(Layout(text)) == doctype
