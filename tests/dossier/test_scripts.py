from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.dossier.scripts import PLAIN, closed, is_rtl, stretches, voice

MIXED = st.text("abc אבג قال 12,.()“” \n", max_size=40)


@given(MIXED, st.booleans())
def test_stretches_are_the_text_and_turn_each_time(text: str, rtl: bool) -> None:
    found = list(stretches(text, rtl=rtl))
    assert "".join(stretch.text for stretch in found) == text
    for stretch in found:
        strange = "abc" if stretch.rtl else "אבגقال"
        assert not set(stretch.text) & set(strange)
    assert all(a.rtl != b.rtl for a, b in itertools.pairwise(found))


def test_signs_between_take_the_direction_around_them() -> None:
    found = list(stretches("قال (NATO) في 2014: نعم", rtl=True))
    assert [stretch.text for stretch in found] == ["قال (", "NATO", ") في 2014: نعم"]
    found = list(stretches("He said نعم 2014 في الاجتماع in 2012.", rtl=False))
    assert [stretch.text for stretch in found] == ["He said ", "نعم 2014 في الاجتماع", " in 2012."]


@pytest.mark.parametrize(
    ("text", "language", "rtl"),
    [
        ("", "ar", False),
        ("12.3.2014", "ar", False),
        ("Joint statement", "ar", False),
        ("بيان مشترك", "", True),
        ("بيان مشترك about the partnership", "ar", True),
        ("The text known as إعلان مرفأ of 2012 and its annex", "ar", False),
        ("The text known as إعلان مرفأ الأمل", "en", False),
        ("ab אב", "", False),
        ("אב ab", "", True),
    ],
)
def test_letters_decide_the_direction(text: str, language: str, rtl: bool) -> None:
    assert is_rtl(text, language) is rtl


def test_plain_text_needs_no_tags() -> None:
    assert voice("The strategic partnership") is PLAIN
    assert voice("Déclaration “commune” — № 5", "fr").lang == "fr-FR"


def test_scripts_bring_their_fonts_and_tags() -> None:
    assert voice("世界人权宣言", "zh").east == "zh-CN"
    assert voice("世界人権宣言について").east == "ja-JP"
    assert voice("세계 인권 선언").east_font == "Batang"
    assert voice("मानव अधिकारों", "hi")[4:] == ("hi-IN", "", "Nirmala UI")
    hebrew = voice("הכרזה לכל באי עולם")
    assert (hebrew.rtl, hebrew.bidi) == (True, "he-IL")


def test_closed_parts_do_not_turn_what_follows() -> None:
    assert closed("plain") == "plain"
    assert closed("وزارة").endswith("\u200e")
