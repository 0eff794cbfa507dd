"""Plain text equals the file's content; Markdown gives its words and its front matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.model.record import AgentRole
from tests.intake.making import WORDS, draft_of, read_all, refusal_of

FRONT = """---
title: "Joint Statement\\_on Trade"
date: 2012-12-04
type: Press Release
lang: en-GB
place: Velmora
number: No. 14/2/2024
countries: [FR, de]
tags:
- trade
- energy
from: Ministry of Foreign Affairs
to: Embassy of Ostravia; Embassy of Norden
code: A-1
empty:
volume:
  id: 10
---
"""


@pytest.mark.parametrize("text", [WORDS, f"{WORDS}\n", f"Title\n\n{WORDS}\n\n\nEnd\n", "x"])
def test_the_text_of_a_clean_file_is_its_content(tmp_path: Path, text: str) -> None:
    draft = draft_of(tmp_path, "a.txt", text.encode())
    assert draft.text == text
    assert draft.content is not None
    assert draft.content.media_type == "text/plain"
    assert draft.digest == draft.content.sha256
    assert not draft.content.temporary


def test_a_text_with_some_marks_stays_plain(tmp_path: Path) -> None:
    text = "# 4 telegrams\n\n* one\n* two\n"
    assert draft_of(tmp_path, "a.txt", text.encode()).text == text


def test_front_matter_gives_values(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "a.txt", (FRONT + WORDS).encode())
    given = draft.description
    assert given.title == "Joint Statement on Trade"
    assert (given.date, given.doctype, given.language) == ("2012-12-04", "press-release", "en")
    assert (given.place, given.number, given.code) == ("Velmora", "No. 14/2/2024", "A-1")
    assert (given.countries, given.tags) == (("DE", "FR"), ("trade", "energy"))
    assert given.agents == (
        AgentRole("Ministry of Foreign Affairs", "author"),
        AgentRole("Embassy of Ostravia", "addressee"),
        AgentRole("Embassy of Norden", "addressee"),
    )
    assert given.custom == {"volume": '{"id": "10"}'}
    assert not draft.proposed & {"title", "date", "doctype", "language", "place", "number"}
    assert draft.text == WORDS


def test_yaml_cannot_make_objects(tmp_path: Path) -> None:
    source = "---\ntitle: !!python/object/apply:os.system ['true']\n---\nText of it\n"
    assert "system" not in draft_of(tmp_path, "a.md", source.encode()).description.title


def test_what_is_no_front_matter_stays_text(tmp_path: Path) -> None:
    text = "---\nA line, and: [another\n---\nText\n"
    assert draft_of(tmp_path, "a.txt", text.encode()).text == text


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    source = (
        "# Joint *Statement*\n\nThe [two sides](https://x.example) **agreed**\nto meet.\n\n"
        "2\\. Second point\n\n- one\n- two\n\n| Party | Date |\n|---|---|\n| Ostravia | 2012 |\n\n"
        "> A quotation\n\n```\ncode  here\n```\n\n##Tight heading\n\n<b>bold</b> &amp; more\n"
    )
    draft = draft_of(tmp_path, "a.md", source.encode())
    assert draft.text == (
        "Joint Statement\n\nThe two sides agreed to meet.\n\n2. Second point\n\n- one\n\n- two\n\n"
        "Party\tDate\n\nOstravia\t2012\n\nA quotation\n\ncode  here\n\nTight heading\n\n"
        "bold & more"
    )
    assert draft.description.title == "Joint Statement"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert "empty" in refusal_of(tmp_path, "a.txt", b"").reason
    assert "blank" in refusal_of(tmp_path, "b.txt", b" \r\n\t\n").reason


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    (found,) = read_all(tmp_path / "gone.txt", tmp_path / "spool")
    assert "cannot be opened" in getattr(found, "reason", "")
