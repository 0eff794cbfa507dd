"""Words: one law for the index, queries, marks and duplicates."""

from __future__ import annotations

import regex
from hypothesis import example, given
from hypothesis import strategies as st

from archivist.model.words import _NOT_PLAIN, fold, is_plain, spans_of, words_of

LETTER = regex.compile(r"[\p{L}\p{N}\p{M}]")
TEXTS = st.text(
    st.one_of(
        st.sampled_from("abzAZ019 _-.'’“”—é\u0301ßİıǅﬁªº½²ΑςŒаЁйעִבمحَـकीक् தமி漢字ｶ\u0345\u200d"),
        st.characters(exclude_categories=["Cs"]),
    )
)


@given(TEXTS)
@example("ـ a")
@example("İstanbul’s CAFÉ ½ ﬁn")
def test_words_are_the_words_of_the_spans(text: str) -> None:
    assert words_of(text) == [span.word for span in spans_of(text)]


@given(TEXTS)
def test_spans_lie_in_order_and_fold_to_their_words(text: str) -> None:
    end = 0
    for span in spans_of(text):
        assert end <= span.start < span.end <= len(text)
        assert fold(text[span.start : span.end]) == span.word
        end = span.end


@given(TEXTS)
@example("ำ")
def test_folding_a_word_again_changes_nothing(text: str) -> None:
    for word in words_of(text):
        assert fold(word) == word
        assert words_of(word) == [word]


@given(TEXTS, TEXTS)
def test_words_of_parts_are_words_of_the_whole(one: str, other: str) -> None:
    assert words_of(f"{one} {other}") == words_of(one) + words_of(other)


def test_no_plain_character_outside_ascii_belongs_to_a_word() -> None:
    plain = [chr(code) for code in range(128, 0x10000) if _NOT_PLAIN.match(chr(code)) is None]
    assert plain
    assert not [sign for sign in plain if LETTER.match(sign)]


def test_what_a_word_is() -> None:
    assert words_of("Québec’s W-2, No. 14/2/2024 – U.S._will") == (
        ["quebec", "s", "w", "2", "no", "14", "2", "2024", "u", "s", "will"]
    )
    assert words_of("ЁЛКА й Straße") == ["елка", "и", "strasse"]
    assert not is_plain("é")
