"""What only shows in large texts, and what Whoosh's own searcher makes of the segments."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from whoosh import query as whoosh_query
from whoosh.index import FileIndex

from archivist.model.query import And, Not, Phrase, Prefix, Word
from archivist.search import Entry, Index
from archivist.search.codec import PackedCodec
from archivist.search.layout import RARE
from archivist.search.particles import PARTICLES
from archivist.search.schema import schema
from archivist.search.storage import SealedStorage
from archivist.search.words import ALGORITHMS, UNKNOWN, Forms, Stems, algorithm
from tests.search.making import ARCHIVE, MemorySeals, built

WIDE = 70_000


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """One document of 70,000 different words and more of one word, and a few small ones."""
    words = [f"w{number}" for number in range(WIDE)]
    long = " ".join(words) + " the" * WIDE + " end of it"
    small = [
        Entry(key, f"small {key}", f"the end of w{key} the w{WIDE - key}") for key in range(2, 80)
    ]
    return built(tmp_path_factory.mktemp("wide"), [Entry(1, "long", long), *small])


def test_texts_of_more_words_than_sixteen_bits_count(wide: Index) -> None:
    searcher = wide.searcher()
    packed = searcher.parts[0].fields["text"]
    assert np.count_nonzero(packed.rank == RARE) > 1_000
    assert searcher.keys(Phrase(f"w{WIDE - 2} w{WIDE - 1} the")).tolist() == [1]
    assert searcher.keys(Phrase(f"w{WIDE - 1} w{WIDE - 2}")).tolist() == []
    assert searcher.keys(Phrase("the end of it")).tolist() == [1]
    assert searcher.keys(Phrase(f"w5 the w{WIDE - 5}")).tolist() == [5]
    assert sorted(searcher.keys(Phrase("the the")).tolist()) == [1]
    assert sorted(searcher.keys(Word(f"w{WIDE - 9}")).tolist()) == [1, 9]
    assert searcher.find(Prefix("w6999")).total == 10
    assert searcher.find(And((Word("end"), Not(Word("it"))))).total == 78


def test_merging_turns_arrays_back_into_texts(wide: Index, tmp_path: Path) -> None:
    index = built(tmp_path)
    index.apply(2, add=[Entry(1, "", " ".join(f"w{n}" for n in range(WIDE)) + " the end")])
    index.apply(3, add=[Entry(2, "second", "the end of w7")], remove=[9])
    index.apply(4, add=[Entry(3, "third", "gone w8"), Entry(4, "", "")])
    index.apply(5, remove=[3])
    index.tidy()
    searcher = index.searcher()
    assert [part.count for part in searcher.parts] == [3]
    assert searcher.keys(Phrase(f"w{WIDE - 1} the end")).tolist() == [1]
    assert sorted(searcher.keys(Phrase("the end")).tolist()) == [1, 2]
    assert searcher.keys(Word("gone")).tolist() == []
    assert index.verify() == []


def test_many_small_commits_leave_few_segments(tmp_path: Path) -> None:
    index = built(tmp_path)
    for number in range(1, 101):
        index.apply(number + 1, add=[Entry(number, "", f"word{number} treaty")])
    assert len(index.searcher().parts) <= 20
    assert index.searcher().find(Word("treaty")).total == 100


def test_a_segment_mostly_deleted_is_written_again(tmp_path: Path) -> None:
    index = built(tmp_path, [Entry(key, "", "treaty") for key in range(1, 100)])
    index.apply(2, remove=range(1, 60))
    assert [part.count for part in index.searcher().parts] == [40]


@pytest.fixture
def stock(tmp_path: Path) -> FileIndex:
    """An index filled by Whoosh's own add_document."""
    storage = SealedStorage(tmp_path, {}, 0)
    index = storage.create_index(schema())
    source = random.Random(4)
    for start in (0, 30):
        writer = index.writer(codec=PackedCodec(), compound=False)
        for key in range(start, start + 30):
            words = [source.choice(("the", "will", "not", "treaty", "état")) for _ in range(20)]
            writer.add_document(key=key, title=f"Title {key}", text=" ".join(words))
        writer.commit(merge=False)
    return index


def test_whooshs_own_searcher_reads_the_segments(stock: FileIndex) -> None:
    with stock.searcher() as searcher:
        texts = dict.fromkeys(range(60), "")
        found = searcher.search(whoosh_query.Term("text", "treaty"), limit=None)
        assert {hit["key"] for hit in found} <= texts.keys()
        assert len(found) == searcher.doc_frequency("text", "treaty")
        phrase = whoosh_query.Phrase("text", ["will", "not"])
        assert 0 < len(searcher.search(phrase, limit=None)) < 60
        assert [hit["key"] for hit in searcher.search(whoosh_query.Term("title", "7"))] == [7]
        reader = searcher.reader()
        assert list(reader.lexicon("text")) == sorted(
            word.encode() for word in ("the", "will", "not", "treaty", "etat")
        )
        assert list(reader.expand_prefix("text", "tr")) == [b"treaty"]
        assert reader.doc_count_all() == 60
        assert reader.field_length("text") == 1200


def test_whooshs_own_optimize_keeps_the_texts(stock: FileIndex) -> None:
    def hits() -> list[int]:
        with stock.searcher() as searcher:
            phrase = whoosh_query.Phrase("text", ["not", "treaty", "etat"])
            return sorted(hit["key"] for hit in searcher.search(phrase, limit=None))

    before = hits()
    writer = stock.writer(codec=PackedCodec(), compound=False)
    writer.commit(optimize=True)
    with stock.searcher() as searcher:
        assert len(searcher.leaf_searchers()) == 1
    assert hits() == before


@pytest.mark.parametrize("name", sorted(set(ALGORITHMS.values())))
def test_the_forms_of_a_word_are_all_words_with_its_stem(wide_words: Forms, name: str) -> None:
    stems = Stems()
    words = wide_words._packed.words(0, wide_words._packed.terms_count)
    whole: dict[str, list[int]] = {}
    for number, stem in enumerate(stems.stems(name, words)):
        whole.setdefault(stem, []).append(number)
    particles = name in PARTICLES
    for word in (*SOME[::9], *ARABIC) if particles else (*SOME, *ARABIC):
        forms = list(wide_words.find(name, word))
        if particles:
            assert forms == [n for n, other in enumerate(words) if stems.same(name, word, other)]
        else:
            assert forms == whole.get(stems.stem(name, word), [])


SOME = tuple(
    """lying lie dying die skies sky news negotiate negotiations generously general universal
    politiques applications vrijheden conversations национальные договоров переговоры verhandelt
    negociaciones acordado eccellenza nazioni anlasmalari gorusme smlouvy dohody egyezmeny avtaler
    gesprekken besproken aangekomen organisatie overeenkomsten ueberlegungen verhaeltnisse
    forhandlingar sopimukset traites tratados acordos intelegerii συμφωνια
    συμφωνιες""".split()  # noqa: SIM905 - a list of words reads best as words
)
ARABIC = ("اتفاقية", "المفاوضات", "مذاكرات")


@pytest.fixture(scope="module")
def wide_words(tmp_path_factory: pytest.TempPathFactory) -> Forms:
    """The forms that endings make of some words, in many languages, and chance words."""
    source = random.Random(9)
    endings = "s es ed ing ly ation ations ement ies y e a o as os i en er ern ern ов ам ия ими lar"
    words = {
        word[: max(1, len(word) - n)] + end
        for word in SOME
        for n in range(4)
        for end in ("", *endings.split())
    }
    words |= {"".join(source.choices("aeiourstlnmd", k=source.randint(1, 9))) for _ in range(9000)}
    index = built(tmp_path_factory.mktemp("words"), [Entry(1, "", " ".join(sorted(words)))])
    return index.searcher().parts[0].loaded.forms["text"]


def test_every_language_has_a_stemmer() -> None:
    stems = Stems()
    assert {stems.stem(name, "x") for name in ALGORITHMS.values()}
    assert algorithm("") == algorithm("zz") == UNKNOWN
    assert algorithm("pt-BR") == "portuguese"


def test_two_indexes_of_one_folder_share_what_is_committed(tmp_path: Path) -> None:
    seals = MemorySeals()
    one = Index.rebuild(tmp_path, seals, ARCHIVE, [Entry(1, "", "one")], 1)
    other = Index.open(tmp_path, seals, ARCHIVE)
    before = other.searcher()
    one.apply(2, add=[Entry(2, "", "one two")])
    assert before.find(Word("one")).total == 1
    assert other.refresh() == other.sequence == 2
    assert other.searcher().find(Word("one")).total == 2
    assert other.searcher() is other.searcher()
