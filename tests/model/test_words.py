"""Words: one law for the index, queries, marks and duplicates."""

from __future__ import annotations

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from archivist.model.words import (
    _NOT_PLAIN,
    BOUND,
    asked_terms,
    fold,
    is_plain,
    spans_of,
    term_spans_of,
    terms_of,
    words_of,
)

LETTER = regex.compile(r"[\p{L}\p{N}\p{M}]")
TEXTS = st.text(
    st.one_of(
        st.sampled_from(
            "abzAZ019 _-.'’“”—é\u0301ßİıǅﬁªº½²ΑςŒаЁйи\u0306עִבמםمةحَـ٣कीक् नतँ\u093c३தமி"
            "漢字ｶﾞかがか\u3099ー々𠮟⼈，。한하ㄴ하\u11ab각น้ำนํางຫໜქş\u0345\u200b\u200c\u200d\u02bcʿ\x01\n"
        ),
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


@given(TEXTS)
@example("한\u1100\u1161 a漢。字\n漢 \n\n字")
@example("漢\u200b字")
def test_each_word_has_a_term_in_its_place(text: str) -> None:
    spans, terms = list(spans_of(text)), list(term_spans_of(text))
    assert terms_of(text.replace(BOUND, " ")) == [span.word for span in terms]
    assert [term[1:] for term in terms] == [span[1:] for span in spans]
    for span, term, after in zip(spans, terms, [*spans[1:], None], strict=False):
        assert term.word in {span.word, span.word + (after.word if after else "")}


@given(st.lists(TEXTS, min_size=1, max_size=5), st.sampled_from((" ", "\n", ". ", "\n\n")))
def test_bounds_pass_through_and_change_no_other_term(texts: list[str], glue: str) -> None:
    texts = [text.replace(BOUND, " ") for text in texts]
    marked = terms_of(f"{glue} {BOUND} ".join(texts))
    assert marked.count(BOUND) == len(texts) - 1
    assert [term for term in marked if term != BOUND] == terms_of(f"{glue}  ".join(texts))


ROWS = st.text("漢字語かが々ー한국어国\U00020b9f", min_size=1, max_size=6)


@given(
    st.text("漢字語かが々ー한국어国\U00020b9f，。 a\n", max_size=30),
    st.one_of(ROWS, st.none()),
    st.data(),
)
def test_asking_for_letters_finds_just_these(
    text: str, row: str | None, data: st.DataObject
) -> None:
    rows = [each for each in regex.split(r"[，。 a\n]", text) if each]
    if row is None:
        row = data.draw(st.sampled_from(rows)) if rows else "漢"
        row = row[data.draw(st.integers(0, len(row) - 1)) :]
    # Between letters of Chinese and Japanese, a blank and the end of a line are nothing.
    close = regex.sub(r"(?<=[^a，。한국어])(?> *\n? *)(?=[^a，。한국어 \n])", "", text)
    assert asked(row, terms_of(text)) == (row in close)


def asked(query: str, terms: list[str]) -> bool:
    """Whether terms follow each other as a query asks."""
    slots = asked_terms(query)
    return any(
        all(
            term.startswith(wanted) if begun else term == wanted
            for term, (wanted, begun) in zip(terms[place:], slots, strict=False)
        )
        for place in range(len(terms) - len(slots) + 1)
    )


def test_what_the_index_holds_and_what_is_asked_of_it() -> None:
    assert terms_of("W-2 合作协议，no. 3年 합작") == (
        ["w", "2", "合作", "作协", "协议", "议", "no", "3", "年", "합작", "작"]
    )
    assert terms_of("王　毅\n外长\n\n中 a") == ["王毅", "毅外", "外长", "长", "中", "a"]
    assert terms_of("합작 협정 ไทย ลาว") == [
        "합작",
        "작",
        "협정",
        "정",
        "ไท",
        "ทย",
        "ย",
        "ลา",
        "าว",
        "ว",
    ]
    assert terms_of("บ้าน") == ["บ้า", "าน", "น"]
    assert asked_terms("Treaty of 1951") == [("treaty", False), ("of", False), ("1951", False)]
    assert asked_terms("合") == [("合", True)]
    assert asked_terms("合作") == [("合作", False)]
    assert asked_terms("合作协") == [("合作", False), ("作协", False)]
    assert asked_terms("합작 협정") == [("합작", False), ("작", True), ("협정", False)]
    assert asked_terms("合作 2") == [("合作", False), ("作", False), ("2", False)]
    assert asked_terms("2合") == [("2", False), ("合", True)]
    assert asked_terms("，") == []


def test_what_a_word_is() -> None:
    assert words_of("Québec’s W-2, No. 14/2/2024 – U.S._will") == (
        ["quebec", "s", "w", "2", "no", "14", "2", "2024", "u", "s", "will"]
    )
    assert words_of("第2条 東京都") == ["第", "2", "条", "東", "京", "都"]
    assert words_of("대통령은 บ้าน") == ["대", "통", "령", "은", "บ้", "า", "น"]
    assert not is_plain("é")


SAME = (
    # Latin
    ("Straße", "STRASSE", "strasse"),
    ("Łódź", "łódz", "lodz"),
    ("Ærø", "aero"),
    ("İstanbul", "ISTANBUL", "ıstanbul"),
    ("Đà Nẵng", "da nang"),
    ("œuvre", "oeuvre"),
    ("Þór Guðmundsson", "thor gudmundsson"),
    ("Ｗ－２", "w-2"),
    ("Qurʾān", "quran"),
    ("Hawaiʻi", "hawaii"),
    # Cyrillic
    ("ёлка", "елка", "е\u0308лка"),
    ("российский", "РОССИИ\u0306СКИИ\u0306"),
    ("договор", "догово\u0301р"),
    ("Ґудзь", "гудзь"),
    ("Мѣсто", "место"),
    ("пʼять", "п'ять", "п’ять"),
    # Greek, Hebrew
    ("Συμφωνίας", "συμφωνιασ", "ΣΥΜΦΩΝΙΑΣ"),
    ("שָׁלוֹם", "שלום", "שלומ"),
    # Arabic, Persian, Urdu
    ("أحمد", "احمد", "اَحمد"),
    ("اتفاقية", "اتفاقيه"),
    ("مستشفى", "مستشفي"),
    ("مـحـمـد", "محمد", "مُحَمَّد"),
    ("مسؤول", "مسوول"),
    ("کمیته", "كميته"),
    ("ﻣﺤﻤﺪ", "محمد"),
    # digits
    ("١٩٧٣", "۱۹۷۳", "१९७३", "１９７３", "๑๙๗๓", "1973"),
    # Indic
    ("हिन्दी", "हिंदी"),
    ("अंतर्राष्ट्रीय", "अन्तर्राष्ट्रीय"),
    ("पाँच", "पांच"),
    ("फ़ैसला", "फैसला", "फ\u093cैसला"),
    ("क्\u200dष", "क्ष", "क्\u200cष"),
    ("ড়", "ড\u09bc"),
    # written in other forms
    ("ガイム", "カ\u3099イム", "ｶﾞｲﾑ"),
    ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
    ("人", "⼈"),
)


@pytest.mark.parametrize("spellings", SAME, ids=lambda spellings: spellings[0])
def test_spellings_of_one_word(spellings: tuple[str, ...]) -> None:
    folded = {tuple(words_of(spelling)) for spelling in spellings}
    assert len(folded) == 1
    assert all(next(iter(folded)))


DIFFERENT = (
    ("мой", "мои"),
    ("краю", "край"),
    ("кір", "кир"),
    ("кар", "каре"),
    ("か", "が"),
    ("ด้าน", "ดาน"),
    ("की", "कि"),
    ("সাড়া", "সারা"),
    ("کی", "کے"),
    ("می\u200cخواهم", "میخواهم"),
)


@pytest.mark.parametrize("words", DIFFERENT, ids=lambda words: words[0])
def test_different_words(words: tuple[str, str]) -> None:
    assert words_of(words[0]) != words_of(words[1])
