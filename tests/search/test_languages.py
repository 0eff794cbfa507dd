"""Languages: forms, spellings and scripts, on words people know and on real documents."""

from __future__ import annotations

import json
import lzma
import random
import re
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

from archivist.archive import Archive
from archivist.model.query import And, Node, Phrase, Value, Word
from archivist.model.words import fold, spans_of, words_of
from archivist.search import Entry, Index
from archivist.search.particles import PARTICLES, cores, ending_off
from archivist.search.searcher import Searcher
from archivist.search.words import ALGORITHMS, Stems, algorithm
from tests.eval.inflected import READ, answers, figures
from tests.search.languages import FORMS, MISSED
from tests.search.making import built

ONE_WAY = {"ar", "he", "ja", "ko", "zh"}
"""Languages in which the first form is asked for."""
JOINER = "\u200c"
"""Between the parts of Persian words, which are words of their own."""
MOST_DOCUMENTS = 30
MOST_WORDS = 250
STEMS = Stems()


class Group(NamedTuple):
    """Forms of one word, and the record of each."""

    language: str
    forms: dict[int, str]


# --- words that people know


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> tuple[Searcher, list[Group]]:
    """Each form in a record of its own, in its language."""
    groups: list[Group] = []
    entries: list[Entry] = []
    for language, lines in FORMS.items():
        for line in lines:
            keys = range(len(entries) + 1, len(entries) + 1 + len(line.split()))
            group = Group(language, dict(zip(keys, line.split(), strict=True)))
            entries += [
                Entry(key, "", f"a — {form}, b", language, {"lang": (language,)})
                for key, form in group.forms.items()
            ]
            groups.append(group)
    return built(tmp_path_factory.mktemp("forms"), entries).searcher(), groups


@pytest.mark.parametrize("language", FORMS)
def test_a_form_finds_the_others(forms: tuple[Searcher, list[Group]], language: str) -> None:
    searcher, groups = forms
    for group in groups:
        if group.language == language:
            asked = list(group.forms.values())[: 1 if language in ONE_WAY else None]
            asked = [form for form in asked if JOINER not in form]
            for form in {*asked, *map(bare, asked), *map(str.upper, asked)}:
                missing = set(group.forms) - found(searcher, Word(form))
                assert not missing, (form, [group.forms[key] for key in missing])


def test_quotation_marks_find_a_word_as_written(forms: tuple[Searcher, list[Group]]) -> None:
    searcher, groups = forms
    for group in groups:
        if group.language not in {"ja", "ko", "zh"}:
            for form in group.forms.values():
                wanted = " ".join(words_of(form))
                same = {
                    key
                    for key, other in group.forms.items()
                    if f" {wanted} " in f" {' '.join(words_of(other))} "
                }
                assert found(searcher, Phrase(form)) & set(group.forms) == same


def test_what_is_marked_is_the_form(forms: tuple[Searcher, list[Group]]) -> None:
    searcher, groups = forms
    for group in groups:
        first = next(iter(group.forms.values()))
        marker = searcher.marker(Word(first))
        for form in group.forms.values():
            text = f"a — {form}, b"
            marked = [text[start:end] for start, end in marker.spans(text, "text", group.language)]
            if group.language in {"ja", "ko", "zh"}:
                assert marked == [first], (first, form)
            else:
                assert marked == [form.partition(JOINER)[0]], form


@pytest.mark.parametrize("language", MISSED)
def test_what_is_said_to_be_missed_is_missed(language: str) -> None:
    name = algorithm(language)
    for line in MISSED[language]:
        words = [words_of(form)[0] for form in line.split()]
        assert not all(STEMS.same(name, one, other) for one in words for other in words)


def found(searcher: Searcher, node: Node) -> set[int]:
    keys: list[int] = searcher.keys(node).tolist()
    return set(keys)


def bare(text: str) -> str:
    """Return a text as typed on a keyboard that has no accents."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f" or "й" in text)


# --- real documents


@pytest.fixture(scope="module")
def documents(corpus: Path) -> dict[str, list[Entry]]:
    """Some documents of each language."""
    found: dict[str, list[Entry]] = defaultdict(list)
    with lzma.open(corpus / "records.jsonl.xz", "rt", encoding="utf-8") as file:
        for key, line in enumerate(file, 1):
            language = line[line.rindex('"lang": "') + 9 :][:2]
            if len(found[language]) < MOST_DOCUMENTS:
                row = json.loads(line)
                values = {"lang": (row["lang"],)}
                found[row["lang"]].append(
                    Entry(key, row["title"], row["body"], row["lang"], values)
                )
    return found


@pytest.fixture(scope="module")
def indexed(
    documents: dict[str, list[Entry]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Index, dict[int, Entry]]:
    entries = {entry.key: entry for several in documents.values() for entry in several}
    return built(tmp_path_factory.mktemp("real"), entries.values()), entries


@pytest.mark.corpus
@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", sorted(set(ALGORITHMS.values())))
def test_all_forms_of_real_words_are_found(
    indexed: tuple[Index, dict[int, Entry]], documents: dict[str, list[Entry]], name: str
) -> None:
    """The forms are those among all words of the segment with the same stem."""
    (part,) = indexed[0].searcher().parts
    packed, finder = part.fields["text"], part.loaded.forms["text"]
    words = packed.words(0, packed.terms_count)
    by_stem: dict[str, set[int]] = defaultdict(set)
    for number, word in enumerate(words):
        for particle in PARTICLES.get(name, ()):
            if word.startswith(particle):
                by_stem[ending_off(name, word[len(particle) :])].add(number)
    if name not in PARTICLES:
        for number, stem in enumerate(STEMS.stems(name, words)):
            by_stem[stem].add(number)
    asked = _words_of(documents, name)
    assert asked
    for word in asked:
        bases = cores(name, word) if name in PARTICLES else [word]
        want = set().union(*(by_stem[STEMS.stem(name, base)] for base in bases))
        assert finder.find(name, word) == tuple(sorted(want)), word


def _words_of(documents: dict[str, list[Entry]], name: str) -> list[str]:
    """Return words of the documents of a stemmer's languages, or of some where it has none."""
    chosen = [
        entry
        for language, entries in documents.items()
        for entry in entries
        if algorithm(language) == name and language in ALGORITHMS
    ]
    texts = chosen or [entry for entries in documents.values() for entry in entries[:2]]
    words = sorted({word for entry in texts for word in words_of(entry.text)})
    return random.Random(3).sample(words, min(MOST_WORDS, len(words)))


@pytest.mark.corpus
def test_letters_without_blanks_are_found_as_in_the_text(
    indexed: tuple[Index, dict[int, Entry]], documents: dict[str, list[Entry]]
) -> None:
    searcher, entries = indexed[0].searcher(), indexed[1]
    texts = {key: _flowing(entry.text) for key, entry in entries.items()}
    source = random.Random(4)
    for entry in [*documents["zh"][:4], *documents["zh"][-1:], *documents["th"]]:
        rows = re.findall(r"[\u4e00-\u9fff]{2,}|[\u0e01-\u0e4e]{6,}", entry.text)
        for row in source.sample(rows, min(12, len(rows))):
            letters = [span.word for span in spans_of(row)]
            start = source.randrange(len(letters) - 1)
            query = "".join(letters[start : start + source.randint(2, 6)])
            want = {key for key, text in texts.items() if re.search(_whole(query), text)}
            assert found(searcher, Word(query)) == found(searcher, Phrase(query)) == want, query
            marked = searcher.marker(Word(query)).spans(entry.text, "text", entry.language)
            shown = {_flowing(entry.text[start:end]) for start, end in marked}
            assert shown
            assert all(len(each) >= len(query) and query in each for each in shown)
            assert len(marked) == len(re.findall(_whole(query), texts[entry.key]))


def _flowing(text: str) -> str:
    """Return a text folded, without what counts for nothing between letters of Chinese."""
    joined = re.sub(r"(?<=[\u3041-\u9fff])[^\S\n]*\n?[^\S\n]*(?=[\u3041-\u9fff])", "", text)
    return unicodedata.normalize("NFC", joined.replace("\u200b", ""))


def _whole(query: str) -> str:
    """Match letters with all their marks."""
    return re.escape(query) + r"(?![\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])"


@pytest.mark.corpus
def test_typing_without_accents_finds_words_with_accents(
    indexed: tuple[Index, dict[int, Entry]], documents: dict[str, list[Entry]]
) -> None:
    searcher, entries = indexed[0].searcher(), indexed[1]
    having: dict[str, set[int]] = defaultdict(set)
    for key, entry in entries.items():
        for word in set(words_of(entry.text)) | set(words_of(entry.title)):
            having[word].add(key)
    source = random.Random(5)
    for language in ("fr", "es", "pt", "de", "it", "vi", "el", "nl", "ru"):
        spans = (
            entry.text[span.start : span.end]
            for entry in documents[language][:6]
            for span in spans_of(entry.text)
        )
        accented = sorted({word for word in spans if word.lower() != bare(word).lower()})
        assert accented or language in {"it", "ru"}
        for word in source.sample(accented, min(12, len(accented))):
            assert found(searcher, Phrase(bare(word))) == having[fold(word)], word
            assert found(searcher, Word(bare(word))) >= having[fold(word)], word


@pytest.mark.corpus
def test_what_is_marked_in_real_documents_are_forms(
    indexed: tuple[Index, dict[int, Entry]], documents: dict[str, list[Entry]]
) -> None:
    searcher = indexed[0].searcher()
    source = random.Random(6)
    for language, several in documents.items():
        if language in {"zh", "th"}:
            continue
        for entry in several[:2]:
            spans = list(spans_of(entry.text))
            for asked in source.sample(spans, 2):
                node = And((Word(asked.word), Value("lang", language)))
                assert entry.key in found(searcher, node)
                same = [
                    (span.start, span.end)
                    for span in spans
                    if STEMS.same(algorithm(language), asked.word, span.word)
                ]
                marked = searcher.marker(node).spans(entry.text, "text", language)
                assert marked == same, asked.word


def test_an_archive_of_many_languages(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, text in TEXTS.items():
        (inbox / f"{name}.txt").write_text(text, encoding="utf-8")
    with Archive.create(tmp_path / "mission.archive") as archive:
        assert len(archive.file([inbox]).filed) == len(TEXTS)
        for query, name in ASKED.items():
            result = archive.search(query)
            assert result.total == 1, query
            assert name in result.hits[0].title or result.hits[0].snippet, query


TEXTS = {
    "ar": "استقبل الوزير سفراء الدول الأعضاء في العاصمة، وبحث معهم سبل التعاون الاقتصادي "
    "في المنطقة وأكد أهمية الاتفاقية التي وقعت في ٤ أيار ٢٠١٢.",
    "he": "השר נפגש עם נציגי הממשלות השכנות ודן עמם בהסכמים שנחתמו בירושלים בשנה שעברה "
    "ובביטחון האזור כולו, ולאחר מכן מסר הודעה לעיתונות.",
    "hi": "विदेश मंत्री ने पड़ोसी देशों के राजदूतों से भेंट की और हिन्दी में जारी समझौते "
    "पर हस्ताक्षर किए, जिससे दोनों देशों के बीच सहयोग बढ़ेगा।",
    "ja": "外務大臣は昨日、両国の友好協定に署名し、経済協力をさらに強化する考えを示した。"
    "会談は東京都内で行われた。",
    "ko": "외교부 장관은 어제 양국 정상회담에서 대통령은 평화협정을 지지한다고 밝혔다. "
    "회담은 서울에서 열렸다.",
    "ru": "Министр иностранных дел принял послов и обсудил с ними ход переговоров о торговом "
    "соглашении; ещё одна встреча намечена на май.",
    "uk": "Міністр закордонних справ прийняв послів і обговорив з ними угоду про співпрацю між "
    "урядами; наступна зустріч запланована на травень.",
    "zh": "外交部长昨日会见了各国大使，双方就国际合作协议交换了意见，"
    "并决定下月在北京继续举行会谈。",
}
ASKED = {
    "وزير": "ar",
    "اتفاقيات": "ar",
    "2012": "ar",
    "שר": "he",
    "ממשלות": "he",
    "समझौता": "hi",
    "हिंदी": "hi",
    "友好協定": "ja",
    "経済": "ja",
    "대통령": "ko",
    "협정": "ko",
    "переговоры": "ru",
    "еще": "ru",
    "угода": "uk",
    "合作": "zh",
    "合作协议": "zh",
    '"国际合作"': "zh",
}


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("language", "recall", "precision"), [("he", 0.95, 0.97), ("hi", 1, 0.93), ("ne", 1, 1)]
)
def test_words_that_were_read_are_found(
    documents: dict[str, list[Entry]], language: str, recall: float, precision: float
) -> None:
    asked = answers(language, documents[language][0].text)
    due, found, both = figures(asked)
    assert len(asked) == len(READ[language]) >= 20
    assert due > 100
    assert both >= recall * due
    assert both >= precision * found
