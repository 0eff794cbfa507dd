"""Lines become paragraphs; letters of Arabic pages become words."""

from __future__ import annotations

import pytest

from archivist.intake.readers.flow import Line, Page, text_of, without_furniture
from archivist.intake.readers.rtl import Glyph, lines_of, plain_arabic


def page(*rows: tuple[float, str], left: float = 50, width: float = 480) -> Page:
    """Return a page of lines at their heights; full ones unless they end a paragraph."""
    lines = tuple(
        Line(text, left, left + min(width, len(text) * 6.0), base, 12.0) for base, text in rows
    )
    return Page(842, lines)


FULL = "a" * 36 + " " + "b" * 36 + " " + "c" * 6
"""A line that reaches the right margin."""


def test_lines_are_joined_and_gaps_part_paragraphs() -> None:
    rows = [(700.0, FULL), (686.0, FULL), (672.0, "end."), (640.0, FULL), (626.0, "end.")]
    assert text_of([page(*rows)]) == f"{FULL} {FULL} end.\n\n{FULL} end."


def test_short_lines_stay_lines() -> None:
    rows = [(700.0, "Excellency,"), (686.0, "the Minister"), (672.0, "of Trade"), (658.0, FULL)]
    assert text_of([page(*rows)]) == f"Excellency,\nthe Minister\nof Trade\n{FULL}"


def test_sentences_run_on_across_pages() -> None:
    first, second = page((100.0, FULL)), page((700.0, "goes on here."), (686.0, FULL))
    assert text_of([first, second]) == f"{FULL} goes on here.\n\n{FULL}"


@pytest.mark.parametrize(
    ("end", "start", "expected"),
    [
        ("the part-", "nership grew", "the partnership grew"),
        ("the part\u00ad", "nership grew", "the partnership grew"),
        ("the vice-", "minister spoke", "the vice-minister spoke"),
        ("of San-", "Francisco", "of San-Francisco"),
        ("in 1945-", "1950 it", "in 1945- 1950 it"),
    ],
)
def test_words_parted_at_the_end_of_a_line(end: str, start: str, expected: str) -> None:
    filler = FULL[: 79 - len(end)]
    rows = [(700.0, f"{filler} {end}"), (686.0, f"{start} {FULL[:60]}"), (672.0, "a vice-minister")]
    assert expected in text_of([page(*rows)])


@pytest.mark.parametrize(
    "number", ["7", "- 7 -", "Page 7 of 12", "7/12", "[7]", "vii", "стр. 7", "p. 7"]
)
def test_page_numbers_are_left_out_at_the_edge_only(number: str) -> None:
    found = without_furniture([page((30.0, number), (400.0, number), (820.0, "A title"))])
    assert [line.text for line in found[0]] == [number, "A title"]


def test_running_heads_are_left_out_whatever_their_numbers() -> None:
    pages = [page((815.0, f"A/79/PV.{n} Ministry"), (700.0, f"Text {n}.")) for n in range(4)]
    assert text_of(pages) == "Text 0.\n\nText 1.\n\nText 2.\n\nText 3."


def test_empty_pages_have_no_text() -> None:
    assert text_of([]) == text_of([page()]) == ""


def glyphs(text: str, right: float = 500, base: float = 700) -> list[Glyph]:
    """Set a text from the right edge, each letter ten points wide."""
    places = [right - 10 * number for number in range(len(text))]
    return [Glyph(c, place - 10, place, base, 20) for c, place in zip(text, places, strict=True)]


def test_words_numbers_and_vowel_signs_of_arabic() -> None:
    word = glyphs("سلام")
    sign = Glyph("\u064f", 481, 489, 703, 20)
    number = [Glyph("7", 430, 440, 700, 20), Glyph("9", 440, 450, 700, 20)]
    below = glyphs("ثان", base=660)
    lines = lines_of([*below, sign, *number, *word], 595)
    assert [line.text for line in lines] == ["سل\u064fام 79", "ثان"]
    assert lines[0].left == 95


def test_ligatures_that_a_font_has_backwards_are_turned_round() -> None:
    alef, lam = Glyph("ا", 470, 490, 700, 20), Glyph("ل", 470, 490, 700, 20)
    assert lines_of([*glyphs("س"), alef, lam], 595)[0].text == "سلا"
    assert lines_of([*glyphs("س"), lam, alef], 595)[0].text == "سلا"


def test_persian_letters_are_kept_in_persian() -> None:
    assert plain_arabic("العربیة") == "العربية"
    assert plain_arabic("جمهوری اسلامی پاکستان") == "جمهوری اسلامی پاکستان"
