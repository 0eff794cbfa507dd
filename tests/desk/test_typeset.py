from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from archivist.desk.views.typeset import (
    Kind,
    Units,
    paragraph_at,
    paragraphs,
    right_to_left,
)

TEXT = (
    "Joint communiqué\n\nPORT HALDEN, 12 March 2014\n\nAt the invitation of the Minister\n"
    "a visit was paid in 2014.\n\nThe ministers agreed.\n"
)


def test_heading_and_dateline_are_set_apart_and_not_numbered() -> None:
    found = paragraphs(TEXT, "Joint communique")
    assert [paragraph.kind for paragraph in found] == [
        Kind.TITLE,
        Kind.DATELINE,
        Kind.PLAIN,
        Kind.PLAIN,
    ]
    assert [paragraph.number for paragraph in found] == [0, 0, 3, 4]
    assert TEXT[found[3].start : found[3].end] == "The ministers agreed."


def test_lines_are_paragraphs_where_no_line_is_blank() -> None:
    assert [p.number for p in paragraphs("First line.\nSecond line.\n")] == [1, 2]


def test_a_sentence_with_a_year_is_no_dateline() -> None:
    found = paragraphs('He said, "in 2014".\n\nMore.\n\nVisit in 2014, as follows:\n\nEnd.')
    assert {paragraph.kind for paragraph in found} == {Kind.PLAIN}


def test_paragraph_at_finds_the_paragraph_of_a_hit() -> None:
    found = paragraphs(TEXT)
    place = paragraph_at(found, TEXT.index("agreed"))
    assert place is not None
    assert place.number == 4
    assert paragraph_at([], 4) is None


def test_direction_follows_the_letters_then_the_language() -> None:
    assert right_to_left("قالت وزارة الشؤون الخارجية: the Ministry")
    assert not right_to_left("The Ministry: قالت")
    assert right_to_left("12/3/2014", "ar")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_every_paragraph_is_a_slice_and_nothing_but_blanks_is_lost(text: str) -> None:
    found = paragraphs(text)
    kept = "".join(text[p.start : p.end] for p in found)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(st.text(alphabet=st.sampled_from("aé\U0001d538\U0001f600\n")), st.data())
def test_units_count_as_qt_does(text: str, data: st.DataObject) -> None:
    units = Units(text)
    offset = data.draw(st.integers(0, len(text)))
    assert units.to_qt(offset) == len(text[:offset].encode("utf-16-le")) // 2
    assert units.from_qt(units.to_qt(offset)) == offset
