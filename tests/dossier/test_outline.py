from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.dossier.citations import citation
from archivist.dossier.outline import highest_mark
from archivist.dossier.wording import ENGLISH, date_in_words
from archivist.model.record import AgentRole, Original
from tests.dossier.making import LABELS, OPTIONS, dossier, item


def test_records_stand_in_order_of_date_undated_last() -> None:
    made = dossier(
        [
            item(1, date=""),
            item(2, date="2014-03-12"),
            item(3, date="2014"),
            item(4, date="1998-05"),
        ]
    )
    assert [entry.item.record.id for entry in made.entries] == [4, 3, 2, 1]
    assert [entry.number for entry in made.entries] == [1, 2, 3, 4]
    assert made.span == ("May 1998", "2014")


def test_a_given_order_is_kept() -> None:
    made = dossier([item(2), item(3), item(1)], replace(OPTIONS, order="given"))
    assert [entry.item.record.id for entry in made.entries] == [2, 3, 1]


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2012", "2012"),
        ("2012-12", "December 2012"),
        ("2012-12-04", "4 December 2012"),
        ("", ""),
        ("spring", "spring"),
    ],
)
def test_a_date_never_gains_or_loses_precision(iso: str, words: str) -> None:
    assert date_in_words(iso, ENGLISH) == words


def test_marks_cut_the_text_and_lose_nothing() -> None:
    text = "The strategic partnership.\n\nA strategic\npartnership again."
    entry = dossier([item(text=text, marked=r"strategic\s+partnership")]).entries[0]
    first, second = entry.passages()
    assert next(piece for piece in first.pieces if piece.marked).text == "strategic partnership"
    assert [(piece.text, piece.marked) for piece in second.pieces] == [
        ("A ", False),
        ("strategic\npartnership", True),
        (" again.", False),
    ]
    assert (second.number, second.gap) == (2, False)


PARAGRAPHS = st.lists(st.text("ab ", min_size=1).filter(str.strip), max_size=6)


@given(PARAGRAPHS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_whatever_is_marked_the_text_stays(parts: list[str], marks: list[tuple[int, int]]) -> None:
    text = "\n\n".join(parts)
    made = dossier([replace(item(text=text), marks=tuple(marks))]).entries[0]
    shown = [passage.text for passage in made.passages()]
    assert "".join("".join(shown).split()) == "".join(text.split())


def test_an_extract_holds_the_marked_paragraphs_and_says_what_is_missing() -> None:
    text = "one\n\ntwo x\n\nthree\n\nfour x\n\nfive"
    entry = dossier([item(text=text, marked="x", mode="extract")]).entries[0]
    assert [(passage.number, passage.gap) for passage in entry.passages()] == [(2, True), (4, True)]
    assert entry.left_out_at_end
    unmarked = dossier([item(text=text, mode="extract")]).entries[0]
    assert [passage.text for passage in unmarked.passages()] == ["one"]


def test_a_citation_only_holds_no_text() -> None:
    assert not list(dossier([item(text="Words.", mode="citation")]).entries[0].passages())


def test_the_description_leaves_out_what_is_unknown() -> None:
    entry = dossier([item(originator="", language="")]).entries[0]
    assert [row.label for row in entry.rows] == ["Date", "Type", "Reference"]


def test_the_description_says_everything_known() -> None:
    agents = (AgentRole("Ilva Marenk", "signatory"), AgentRole("Karo Vasht", "addressee"))
    known = item(
        code="VAL-JC 2014/0031",
        place="Port Halden",
        number="No. 14",
        series="bi",
        tags=("visit",),
        mark="restricted",
        countries=("XE", "XX"),
        agents=agents,
        custom={"Shelf": "7"},
    )
    original = Original("0" * 64, 1, "scan.pdf", "application/pdf")
    record = replace(known.record, original=original, parent="2026-000009")
    rows = dict(dossier([replace(known, record=record)]).entries[0].rows)
    assert rows["Countries"] == "Estrea, XX"
    assert (rows["Signed by"], rows["Addressed to"]) == ("Ilva Marenk", "Karo Vasht")
    assert rows["Reference"] == "VAL-JC 2014/0031 (accession number 2026-000001)"
    assert (rows["Shelf"], rows["Original"], rows["Handling mark"]) == (
        "7",
        "scan.pdf",
        "Restricted",
    )


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], ""),
        (["", "open", ""], "Open"),
        (["Internal", "restricted", "OPEN"], "Restricted"),
        (["internal", "Eyes only"], "Internal / Eyes only"),
        (["Secret", "secret"], "Secret"),
    ],
)
def test_the_highest_mark_covers_all(marks: list[str], expected: str) -> None:
    assert highest_mark(marks, LABELS.marks) == expected


def test_a_record_raises_the_mark_of_the_dossier() -> None:
    assert dossier([item(1), item(2, mark="restricted")]).mark == "Restricted"


@pytest.mark.parametrize(
    ("values", "paragraph", "expected"),
    [
        (
            {},
            None,
            (
                "Joint communiqué 1, communiqué, 12 March 2014, "
                "Ministry of Foreign Affairs of Estrea, 2026-000001"
            ),
        ),
        (
            {"code": "VAL-JC 2014/0031", "originator": "", "date": "2014"},
            4,
            "Joint communiqué 1, communiqué, 2014, VAL-JC 2014/0031, ¶\u00a04",
        ),
        (
            {"title": " ", "doctype": "own-type", "date": "", "originator": ""},
            None,
            "Untitled, own type, undated, 2026-000001",
        ),
        (
            {"doctype": "", "originator": "وزارة"},
            None,
            "Joint communiqué 1, 12 March 2014, وزارة\u200e, 2026-000001",
        ),
    ],
)
def test_citations(values: dict[str, Any], paragraph: int | None, expected: str) -> None:
    assert citation(item(**values).record, LABELS, paragraph) == expected
