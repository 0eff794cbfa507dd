from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archivist.dossier.texts import one_line, safe, tidy
from archivist.model.paragraphs import paragraphs

ANYTHING = st.text(st.characters(exclude_categories=[]))
LINES = st.text("a \n\t.", max_size=60)


@given(ANYTHING)
def test_what_is_safe_fits_into_xml_and_stays_as_it_is(text: str) -> None:
    clean = safe(text)
    element = etree.Element("t")
    element.text = clean
    assert etree.fromstring(etree.tostring(element)).text in {clean, None}
    assert safe(clean) == clean


def test_safe_keeps_what_carries_meaning() -> None:
    assert safe("a\r\nb\rc\x0bd\u2028e\tf") == "a\nb\nc\nd\ne\tf"
    assert safe("\ufeffnul\x00 \ud800half \ufffe \u202eturned\u202c") == "nul half  turned"
    assert safe("שָׁלוֹם सार्वभौम 世界 \u200fe\u0301") == "שָׁלוֹם सार्वभौम 世界 \u200fe\u0301"


@given(LINES)
def test_paragraphs_hold_all_words_in_order(text: str) -> None:
    spans = paragraphs(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n ", []),
        ("one\ntwo", ["one", "two"]),
        ("one\nstill one\n\ntwo\n \n\n three ", ["one\nstill one", "two", "three"]),
    ],
)
def test_a_blank_line_ends_a_paragraph(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs(text)] == expected


@given(st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40))), st.text(max_size=30))
def test_tidy_marks_are_disjoint_and_within(marks: list[tuple[int, int]], text: str) -> None:
    found = tidy(tuple(marks), text)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))


def test_a_mark_takes_the_signs_of_its_last_letter() -> None:
    assert tidy(((0, 6),), "अधिकारों की") == [(0, 8)]


def test_one_line_is_cut_between_words() -> None:
    assert one_line(" a\n b\tc ") == "a b c"
    assert one_line("The strategic partnership", 18) == "The strategic…"
    assert one_line("x" * 30, 10) == "x" * 9 + "…"
