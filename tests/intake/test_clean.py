"""Text is cleaned once; what is clean stays as it is, and fits into XML, Word and UTF-8."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archivist.intake.clean import clean, clean_line, text_hash

ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\x0b\x0c\r\n\t \xa0\x85\u2028\ufeff\ufffe\u0301\ud800\xad\u3000"),
    )
)


@given(ANY_TEXT)
def test_cleaning_clean_text_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANY_TEXT)
def test_clean_text_fits_everywhere(text: str) -> None:
    found = clean(text)
    found.encode("utf-8")
    element = etree.Element("t")
    element.text = found
    assert unicodedata.is_normalized("NFC", found)
    assert not any(line != line.rstrip(" \t\xa0\u3000") for line in found.split("\n"))
    assert "\r" not in found
    assert etree.fromstring(etree.tostring(element)).text == (found or None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("e\u0301te\u0301", "été"),
        ("a \t\nb\xa0", "a\nb"),
        ("stra\xadtegic", "strategic"),
        ("\ufeffa\x00b\x0cc", "ab\nc"),
        ("a\ud800b\ufffe", "ab"),
    ],
)
def test_what_is_cleaned_away(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize("text", ["", "a", "a\n", "\n\na\n\n\nb\n\n", "שלום\u200f عربي\tx"])
def test_clean_text_is_left_alone(text: str) -> None:
    assert clean(text) == text


def test_values_are_put_on_one_line() -> None:
    assert clean_line("  A title\r\n over\tlines\x00 ") == "A title over lines"


def test_the_hash_names_the_text() -> None:
    assert text_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
