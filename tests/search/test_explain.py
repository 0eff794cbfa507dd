"""Every empty answer has its reason, and a proposal that finds something."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.model.dates import parse_range
from archivist.model.query import (
    And,
    AtLeast,
    Dated,
    Everything,
    Fuzzy,
    Like,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Within,
    Word,
)
from archivist.search import Entry, Searcher
from archivist.search.explain import reason
from archivist.search.suggest import nearest
from tests.search.making import QUERIES, built
from tests.search.test_marks import SIDES
from tests.search.test_marks import texts as marked_texts


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    texts = (
        "The Soviet government signed.",
        "Sanctions on nations.",
        "United nations signed. Nations had dinner.\n\nFarewell.",
    )
    return built(
        tmp_path_factory.mktemp("index"),
        [
            Entry(
                key,
                "",
                text,
                "en",
                {"type": (kind,), "place": ("Paris",), "ref": (f"2024/{key}",)},
                {"date": "2012"},
            )
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
        (Value("type", "treaty"), "No record is of type TREATY.", None),
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
        (
            And((Word("signed"), Word("goverment"), Word("zzzzzz"))),
            (
                "No record has the word “goverment”. 1 record has “government”. "
                "No record has the word “zzzzzz”."
            ),
            And((Word("signed"), Word("government"))),
        ),
        (
            Phrase("sanction"),
            "No record has exactly “sanction”; 1 record has other forms of it.",
            Word("sanction"),
        ),
        (
            Phrase("sov* signed"),
            (
                "No record has the exact words “sov* signed”; "
                "1 record has all of these words, elsewhere."
            ),
            And((Prefix("sov"), Word("signed"))),
        ),
        (Word("02091-C"), "No record has the word “02091”.", None),
        (Wildcard("z?z"), "No word has the pattern “z?z”.", None),
        (Fuzzy("zzzzz"), "No word is spelled nearly like “zzzzz”.", None),
        (
            Fuzzy("sanxtiobs", distance=1),
            (
                "No word is spelled nearly like “sanxtiobs”; "
                "1 record has words that differ in two letters."
            ),
            Fuzzy("sanxtiobs", distance=2),
        ),
        (
            Prefix("governx"),
            "No word begins with “governx”; 1 record has words with “govern”.",
            Prefix("govern"),
        ),
        (Like("2024/9"), "There is no record 2024/9.", None),
        (
            And((Word("signed"), Like("2024/9"))),
            "There is no record 2024/9.",
            Word("signed"),
        ),
        (
            Value("place", "Pariss"),
            "No record was written at “PARISS”. 3 records were written at “PARIS”.",
            Value("place", "Paris"),
        ),
        (Value("in", "inbox"), "The inbox is empty.", None),
        (Value("has", "attachment"), "No record has an attachment.", None),
        (
            And((Word("signed"), Value("has", "original"))),
            "2 records match the words; “with an original” leaves none.",
            Word("signed"),
        ),
        (
            Dated("date", parse_range("2030")),
            "No record is dated 2030; all dates are of 2012.",
            None,
        ),
        (Not(Everything()), "Everything is left out, so that nothing is left.", None),
        (
            Not(Or((Word("signed"), Word("nations")))),
            "Every record has “signed” or “nations”, so that nothing is left.",
            None,
        ),
        (
            Near(Word("soviet"), Word("signed"), 1),
            (
                "No record has “soviet” right beside “signed”; "
                "1 record has both, 1 of them in one sentence."
            ),
            Within(Word("soviet"), Word("signed"), "sentence"),
        ),
        (
            Near(Word("signed"), Word("soviet"), 2, ordered=True),
            (
                "No record has “signed” at most 2 words before “soviet”; "
                "1 record has both, 1 of them in the other order."
            ),
            Near(Word("signed"), Word("soviet"), 2),
        ),
        (
            Within(Word("united"), Word("dinner"), "sentence"),
            (
                "No record has “united” in one sentence with “dinner”; "
                "1 record has both, 1 of them in one paragraph."
            ),
            Within(Word("united"), Word("dinner"), "paragraph"),
        ),
        (
            Within(Word("united"), Word("farewell"), "paragraph"),
            "No record has “united” in one paragraph with “farewell”; 1 record has both.",
            And((Word("united"), Word("farewell"))),
        ),
        (
            Near(Word("sovjet"), Word("signed"), 5),
            "No record has the word “sovjet”. 1 record has “soviet”.",
            Near(Word("soviet"), Word("signed"), 5),
        ),
        (
            Near(Word("soviet"), Word("sanctions"), 5),
            "No record has both “soviet” and “sanctions”.",
            None,
        ),
        (
            AtLeast(Word("nation"), 9),
            "No record has “nation” 9 times or more; 2 records have it, at most twice.",
            AtLeast(Word("nation"), 2),
        ),
        (
            AtLeast(Word("soviet"), 2),
            "No record has “soviet” twice or more; 1 record has it, at most once.",
            Word("soviet"),
        ),
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


@settings(max_examples=20, deadline=None)
@given(
    st.lists(marked_texts(), min_size=1, max_size=3),
    st.lists(st.one_of(QUERIES, SIDES), min_size=6),
)
def test_every_proposal_finds_something(texts: list[str], queries: list[Node]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        searcher = built(Path(folder), [Entry(n, "", t) for n, t in enumerate(texts, 1)]).searcher()
        for query in queries:
            if searcher.frequency(query):
                continue
            written: list[Node] = []

            def write(node: Node, written: list[Node] = written) -> str:
                written.append(node)
                return "proposal"

            found = reason(searcher, query, write, seconds=60)
            assert found.text.endswith(".")
            assert "  " not in found.text
            if found.proposal:
                assert searcher.frequency(written[-1])


def test_the_search_for_a_reason_ends(searcher: Searcher) -> None:
    words = tuple(Word(f"zzz{number}") for number in range(30))
    for node in (And(words), Or(words), And((Word("soviet"), *words))):
        found = reason(searcher, node, repr, seconds=0.0)
        assert found.text.startswith("No record has")
        assert not found.proposal


def test_a_record_like_no_other(tmp_path: Path) -> None:
    entries = [Entry(n, "", text, "en", {"ref": (f"A/{n}",)}) for n, text in enumerate("ab", 1)]
    found = reason(built(tmp_path, entries).searcher(), Like("A/1"), repr)
    assert found.text == "No other record is like A/1."
    assert found.proposal == repr(Value("ref", "A/1", exact=True))


def test_near_values() -> None:
    assert nearest("Pariss", ["London", "Paris", "Parish"]) == ["Paris", "Parish"]
    assert nearest("the hauge", ["The Hague", "Hague"]) == ["The Hague"]
    assert nearest("", ["Paris"]) == nearest("x" * 99, ["Paris"]) == nearest("Paris", []) == []


@pytest.mark.parametrize(
    ("asked", "text", "proposal"),
    [
        (
            "gromiko",
            "No record names “gromiko”. 2 records name “gromyko”.",
            Value("person", "gromyko"),
        ),
        (
            "andrei gromiko",
            "No record names “andrei gromiko”. 1 record names “andrei gromyko”.",
            Value("person", "andrei gromyko"),
        ),
        (
            "grom",
            "No record names “grom”. 2 records have names that begin so.",
            Value("person", "grom", prefix=True),
        ),
    ],
)
def test_a_part_of_a_name_spelled_nearly_so(
    tmp_path: Path, asked: str, text: str, proposal: Node
) -> None:
    names = ("Andrei Gromyko, Minister", "Gromyko, Lidia", "Rusk, Dean")
    entries = [Entry(n, "", "a", "en", {"person": (name,)}) for n, name in enumerate(names, 1)]
    found = reason(built(tmp_path, entries).searcher(), Value("person", asked), repr)
    assert found == (text, repr(proposal))


VALUES = {
    "type": "note",
    "place": "Oslo",
    "lang": "fr",
    "country": "FR",
    "originator": "Chancery",
    "person": "Vasht",
    "from": "Vasht",
    "to": "Hollen",
    "number": "12",
    "series": "A",
    "code": "A.1",
    "ref": "2024-1",
    "mark": "open",
    "tag": "ports",
    "has": "text",
    "shelf_mark": "14 b",
}


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (Value("type", "x"), "No record is of type x."),
        (Value("place", "x"), "No record was written at “x”."),
        (Value("lang", "x"), "No record is in x."),
        (Value("country", "x"), "No record concerns x."),
        (Value("originator", "x"), "No record was issued by “x”."),
        (Value("person", "x"), "No record names “x”."),
        (Value("from", "x"), "No record is from “x”."),
        (Value("to", "x", prefix=True), "No record is addressed to “x…”."),
        (Value("number", "x"), "No record is numbered “x”."),
        (Value("series", "x"), "No record is in the series “x”."),
        (Value("code", "x"), "No record has the reference code “x”."),
        (Value("ref", "x"), "No record has the accession number “x”."),
        (Value("mark", "x"), "No record is marked x."),
        (Value("tag", "x"), "No record is tagged “x”."),
        (Value("year", "1900"), "No record is dated 1900."),
        (Value("shelf_mark", "x"), "No record has the shelf mark “x”."),
        (
            Value("shelf_mark", "14", exact=True),
            (
                "No record has the shelf mark “14” and nothing else. "
                "1 record has it among other words."
            ),
        ),
        (
            Value("tag", "port"),
            "No record is tagged “port”. 1 record has tags that begin so.",
        ),
        (
            Value("to", "Holen"),
            "No record is addressed to “Holen”. 1 record is addressed to “Hollen”.",
        ),
        (Dated("filed", parse_range("..")), "No record has a date of filing."),
        (
            Not(Dated("date", parse_range(".."))),
            "Every record has a date, so that nothing is left.",
        ),
        (Value("topic", "x"), "No record has the topic “x”; this field is empty in every record."),
        (Dated("filed", parse_range("2030")), "No record was filed in 2030; none has a date."),
        (
            Dated("filed", parse_range("2030-04-03..")),
            "No record was filed on 3 April 2030 or later; none has a date.",
        ),
        (
            Dated("filed", parse_range("2030..2031")),
            "No record was filed from 2030 to 2031; none has a date.",
        ),
        (
            Not(Value("to", "Hollen")),
            "Every record is addressed to “Hollen”, so that nothing is left.",
        ),
        (Not(Value("has", "text")), "Every record has a text, so that nothing is left."),
        (
            Not(Dated("date", parse_range("2012"))),
            "Every record is dated 2012, so that nothing is left.",
        ),
        (
            And((Word("ferry"), Value("shelf_mark", "14"), Value("to", "x"))),
            "1 record matches the words and the shelf mark “14”; the addressee “x” leaves none.",
        ),
    ],
)
def test_each_field_is_spoken_of_in_its_own_words(tmp_path: Path, node: Node, text: str) -> None:
    values = {name: (value,) for name, value in VALUES.items()} | {"year": ("2012",)}
    entries = [Entry(1, "", "A ferry.", "en", values, {"date": "2012"})]
    assert reason(built(tmp_path, entries).searcher(), node, repr).text == text


def test_a_near_spelling_is_told_however_slow_the_computer_is(searcher: Searcher) -> None:
    found = reason(searcher, Word("sanctoins"), repr, seconds=0.0)
    assert found.text == "No record has the word “sanctoins”. 1 record has “sanctions”."
    assert found.proposal == repr(Word("sanctions"))
