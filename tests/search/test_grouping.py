"""Texts found stand under the words that are more frequent in them than elsewhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from archivist.model.errors import StoppedError
from archivist.model.progress import CancelToken
from archivist.model.query import Everything, Word
from archivist.search import Entry, Index
from archivist.search.grouping import MOST, Group
from tests.search.making import built

PIPELINE = [
    "Gas flows through the Nord Stream pipe.",
    "Nord Stream carries gas.",
    "Bubbles rise over Nord Stream.",
]
FISH = [
    "Herring quotas bind the fleets.",
    "The quota of herring falls.",
    "No fleet leaves before herring comes.",
]
OTHERS = [
    f"We shall speak of {topic} with the delegation, and the delegation will answer on {topic}."
    for topic in ("tariffs", "visas", "customs", "grain", "railways", "bridges", "schools", "roads")
]
SPANISH = [
    "La pesca del atún es de todos los puertos.",
    "Los puertos viven de la pesca y de los barcos.",
    "El ministro habla de los barcos de los puertos.",
    "La pesca es la vida de los puertos.",
]


def entries(texts: list[str], language: str = "en", first: int = 1) -> list[Entry]:
    return [Entry(key, "", text, language) for key, text in enumerate(texts, first)]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = built(tmp_path, entries([*PIPELINE, *FISH]))
    index.apply(2, entries([*OTHERS, *OTHERS], first=7))
    index.apply(3, entries(SPANISH, "es", first=40))
    return index


def named(groups: list[Group]) -> dict[str, list[int]]:
    return {" ".join(group.words): group.keys.tolist() for group in groups}


def test_words_and_pairs_of_words_are_topics_in_all_their_forms(index: Index) -> None:
    groups = named(index.searcher().grouped(np.arange(1, 7)))
    assert groups == {"nord stream": [1, 2, 3], "herring": [4, 5, 6]}


def test_each_text_stands_under_one_topic_and_none_is_foreign(index: Index) -> None:
    keys = np.arange(1, 23)
    groups = index.searcher().grouped(keys)
    placed = np.concatenate([group.keys for group in groups])
    assert len(placed) == len(set(placed.tolist())) <= len(keys)
    assert set(placed.tolist()) <= set(keys.tolist())
    assert [len(group.keys) for group in groups] == sorted(
        (len(group.keys) for group in groups), reverse=True
    )
    assert len(groups) <= MOST


def test_what_was_searched_is_no_topic_alone(index: Index) -> None:
    searcher = index.searcher()
    keys = searcher.keys(Word("gas"))
    assert keys.tolist()
    assert "gas" not in named(searcher.grouped(keys, ["gas"]))
    assert "herring" not in named(searcher.grouped(np.arange(4, 7), ["herring"]))


def test_little_words_of_a_rare_language_are_no_topics(index: Index) -> None:
    searcher = index.searcher()
    found = named(searcher.grouped(np.array([1, 2, 3, 40, 41, 42, 43])))
    assert not {"los", "las", "del", "the"} & set(found)
    assert found["nord stream"] == [1, 2, 3]


def test_bare_of_everything(index: Index) -> None:
    searcher = index.searcher()
    assert searcher.grouped(np.zeros(0, np.int64)) == []
    assert searcher.grouped(np.array([999])) == []
    everything = searcher.grouped(searcher.keys(Everything()))
    assert everything
    assert not {"delegation said", "shall"} & set(named(everything))


def test_texts_that_are_gone_stand_nowhere(index: Index) -> None:
    index.apply(4, remove=[2])
    assert named(index.searcher().grouped(np.arange(1, 7)))["nord stream"] == [1, 3]


def test_it_can_be_stopped(index: Index) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(StoppedError):
        index.searcher().grouped(np.arange(1, 7), (), token)


def test_of_very_many_some_are_drawn_and_all_are_placed(tmp_path: Path) -> None:
    words = [
        f"{one}{other}"
        for one in ("eel", "cod", "ray", "bass")
        for other in ("farm", "net", "trap")
    ][:11]
    texts = [f"It is the {number}th talk of {words[number % 11]}." for number in range(6000)]
    index = built(tmp_path, entries([*texts, *OTHERS]))
    groups = named(index.searcher().grouped(np.arange(1, 6001)))
    assert set(groups) == set(words)
    assert groups["eelfarm"] == list(range(1, 6001, 11))
