"""Every empty answer has its reason, and a proposal that finds something."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.model.dates import parse_range
from archivist.model.query import And, Dated, Node, Not, Or, Phrase, Prefix, Value, Word
from archivist.search import Entry, Searcher
from archivist.search.explain import reason
from tests.search.making import built


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    texts = ("The Soviet government signed.", "Sanctions on nations.", "United nations signed")
    return built(
        tmp_path_factory.mktemp("index"),
        [
            Entry(key, "", text, "en", {"type": (kind,)}, {"date": "2012"})
            for key, (text, kind) in enumerate(zip(texts, ("note", "letter", "note"), strict=True))
        ],
    ).searcher()


@pytest.mark.parametrize(
    ("node", "text", "proposal"),
    [
        (
            Word("sanctoins"),
            "No record has the word “sanctoins”. 1 record has “sanctions”.",
            Word("sanctions"),
        ),
        (
            Word("gover"),
            "No record has the word “gover”. 1 record has words that begin so.",
            Prefix("gover"),
        ),
        (
            And((Word("signed"), Word("goverment"))),
            "No record has the word “goverment”. 1 record has “government”.",
            And((Word("signed"), Word("government"))),
        ),
        (
            And((Word("signed"), Dated("date", parse_range("2030")))),
            "2 records match the words; the date 2030 leaves none.",
            Word("signed"),
        ),
        (
            And((Word("signed"), Value("type", "note"), Not(Word("signed")))),
            "2 records match the words and the type NOTE; leaving out “signed” leaves none.",
            And((Word("signed"), Value("type", "note"))),
        ),
        (Value("type", "treaty"), "No record has the type TREATY.", None),
        (
            And((Word("soviet"), Word("sanctions"))),
            "No record has both “soviet” and “sanctions”.",
            Word("sanctions"),
        ),
        (
            Phrase("nations united"),
            (
                "No record has the exact words “nations united”; "
                "1 record has all of these words, elsewhere."
            ),
            And((Word("nations"), Word("united"))),
        ),
        (
            Phrase("soviet goverment"),
            "No record has the word “goverment”. 1 record has “government”.",
            Phrase("soviet government"),
        ),
        (Prefix("zz"), "No word begins with “zz”.", None),
        (
            Or((Word("zzzzzzzz"), Word("qqqqqqq"))),
            "No record has the word “zzzzzzzz”. No record has the word “qqqqqqq”.",
            None,
        ),
        (Word("soviet", "title"), "No record has the word “soviet” in the title.", None),
    ],
)
def test_reasons(searcher: Searcher, node: Node, text: str, proposal: Node | None) -> None:
    assert not searcher.frequency(node)
    found = reason(searcher, node, repr, lambda _field, value: value.upper())
    assert found.text == text
    assert found.proposal == (repr(proposal) if proposal else "")


def test_three_that_do_not_meet(searcher: Searcher) -> None:
    node = And((Word("nations"), Word("signed"), Or((Word("soviet"), Word("sanctions")))))
    found = reason(searcher, node, repr)
    assert found.text.startswith("No record has all of these at once: “nations”, “signed”")
    assert found.proposal


def test_an_empty_archive(tmp_path: Path) -> None:
    assert "no records yet" in reason(built(tmp_path).searcher(), Word("x"), repr).text


def test_near_spellings(searcher: Searcher) -> None:
    assert searcher.suggest("goverment") == ["government"]
    assert searcher.suggest("nation") == ["nations"]
    assert searcher.suggest("sovet") == ["soviet"]
    assert searcher.suggest("") == []
    assert searcher.suggest("x" * 99) == []
