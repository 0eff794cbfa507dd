"""The query language: what is read, what is refused and how, and the laws it keeps."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from archivist.model.dates import parse_range
from archivist.model.errors import QueryError
from archivist.model.query import (
    And,
    Dated,
    Everything,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Word,
)
from archivist.model.query_format import format_query
from archivist.model.query_parse import complete, parse, tokens
from tests.model.vocabulary import TODAY, TREES, SmallVocabulary

VOCABULARY = SmallVocabulary()


def dated(text: str, field: str = "date") -> Dated:
    return Dated(field, parse_range(text))


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", Everything()),
        ("  ", Everything()),
        ("*", Everything()),
        ("Treaty", Word("Treaty")),
        ("treaty,", Word("treaty")),
        ("treaty\x1fnote", And((Word("treaty"), Word("note")))),
        ("treaty OR, note", And((Word("treaty"), Word("or"), Word("note")))),
        ("will not recognize", And((Word("will"), Word("not"), Word("recognize")))),
        ('"will not recognize"', Phrase("will not recognize")),
        ('"US"', Phrase("US")),
        ("“special and privileged”", Phrase("special and privileged")),
        ("«à l'issue  de»", Phrase("à l'issue de")),
        ("„auf Einladung“", Phrase("auf Einladung")),
        ("「戦略的」", Phrase("戦略的")),
        ("W-2", Word("W-2")),
        ("02091-C-71", Word("02091-C-71")),
        ("14/2/2024", Word("14/2/2024")),
        ("U.S.", Word("U.S.")),
        ("10:30", Word("10:30")),
        ("strateg*", Prefix("strateg")),
        ("(strateg*), a", And((Prefix("strateg"), Word("a")))),
        ("strateg*,", Prefix("strateg")),
        ("a b OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("a (b OR c)", And((Word("a"), Or((Word("b"), Word("c")))))),
        ("a AND b", And((Word("a"), Word("b")))),
        ("(a b) c", And((Word("a"), Word("b"), Word("c")))),
        ("-a", Not(Word("a"))),
        ("NOT a", Not(Word("a"))),
        ("\u2212a", Not(Word("a"))),
        ("-(a OR b)", Not(Or((Word("a"), Word("b"))))),
        ("France - Germany", And((Word("France"), Word("Germany")))),
        ("a & b", And((Word("a"), Word("b")))),
        ("country:France", Value("country", "FR")),
        ("country:FR", Value("country", "FR")),
        ("COUNTRY:fr", Value("country", "FR")),
        ('country:"French Republic"', Value("country", "FR")),
        ("country:(FR OR germany)", Or((Value("country", "FR"), Value("country", "DE")))),
        ('type:"press release"', Value("type", "press-release")),
        ("doctype:press-release", Value("type", "press-release")),
        ("lang:french", Value("lang", "fr")),
        ("series:VAL-1", Value("series", "VAL-1")),
        ("originator:foreig*", Value("originator", "foreig", prefix=True)),
        ('originator:"foreign min"*', Value("originator", "foreign min", prefix=True)),
        ('case_file:"12 b"', Value("case file", "12 b")),
        ("2nd_key:x", Value("2nd_key", "x")),
        ("कि_ताब:x", Value("कि ताब", "x")),
        ("कि*", Prefix("कि")),
        ("title:word", Word("word", "title")),
        ('text:"two words"', Phrase("two words", "text")),
        ("title:(a OR b*)", Or((Word("a", "title"), Prefix("b", "title")))),
        ("date:2010..2024", dated("2010..2024")),
        ("date:(2010 OR 2012-05)", Or((dated("2010"), dated("2012-05")))),
        ("date:>2010", dated("2011-01-01..")),
        ("filed:2024-12-04", dated("2024-12-04", "filed")),
        ("year:2012", Value("year", "2012")),
        ("in:inbox", Value("in", "inbox")),
        ("has:attachments", Value("has", "attachment")),
    ],
)
def test_reads(text: str, node: Node) -> None:
    assert parse(text, VOCABULARY) == node


@pytest.mark.parametrize(
    ("text", "marked", "message", "proposal"),
    [
        ("& %", "& %", "only punctuation", ""),
        ("-", "-", "only punctuation", ""),
        ('a "b c', '"b c', "not closed", 'a "b c"'),
        ("a (b", "(", "not closed", "a (b)"),
        ("a )", ")", "without an opening", "a"),
        ("()", "()", "nothing in the brackets", ""),
        ("a OR", "OR", "on both sides", "a"),
        ("OR a", "OR", "on both sides", "a"),
        ("a AND AND b", "AND", "on both sides", "a AND b"),
        ("a NOT", "NOT", "Nothing follows", "a"),
        ("cuontry:FR", "cuontry", "no field “cuontry”", "country:FR"),
        ("Subject: trade", "Subject", "no field", '"Subject:" trade'),
        ("speaker:marenk", "speaker", "no field", "person:marenk"),
        ("x country:Frnace", "Frnace", "no country “Frnace”", "x country:France"),
        ("type:press release", "press", "no type", 'type:"Press release"'),
        ("country:", "country:", "lacks a value", ""),
        ("country: France", "country:", "lacks a value", "country:France"),
        ("country:-FR", "country:-FR", "before the field", "-country:FR"),
        ("date:2010-2018", "date:2010-2018", "not a date", "date:2010..2018"),
        ("date:2018..2010", "date:2018..2010", "ends before", "date:2010..2018"),
        ("date:14/2/2024", "date:14/2/2024", "not a date", "date:2024-02-14"),
        ("date:3/4/2024", "date:3/4/2024", "not a date", ""),
        ("date:2012-02-30", "date:2012-02-30", "not a date", ""),
        ("date:2010 .. 2018", "..", "without spaces", "date:2010..2018"),
        ("year:2010..2018", "year:2010..2018", "not a year", "date:2010..2018"),
        ("W-2*", "W-2*", "more than one word", "W-2"),
        ("a | b", "|", "no operator", "a  OR  b"),
        ("!a", "!a", "no operator", "-a"),
        ("country:FR*", "country:FR*", "fixed value", ""),
        ("country:(FR OR type:note)", "type:note", "cannot stand inside", ""),
    ],
)
def test_refuses_with_place_and_remedy(text: str, marked: str, message: str, proposal: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, VOCABULARY)
    error = caught.value
    assert text[error.start : error.end] == marked
    assert message in error.message
    assert error.proposal == proposal


def test_a_query_with_several_faults_is_mended_as_a_whole() -> None:
    with pytest.raises(QueryError) as caught:
        parse('cuontry:Frnace date:2010-2018 "a', VOCABULARY)
    assert caught.value.proposal == 'country:France date:2010..2018 "a"'


def test_deep_nesting_and_great_length_are_refused_in_words() -> None:
    for text in ("(" * 5000 + "a", "-(" * 200 + "a" + ")" * 200, "NOT " * 300 + "a", "a " * 20000):
        with pytest.raises(QueryError):
            parse(text, VOCABULARY)


def test_without_a_vocabulary_codes_are_taken_as_typed() -> None:
    assert parse("country:FR -type:note") == And(
        (Value("country", "FR"), Not(Value("type", "note")))
    )


@given(TREES)
@example(Phrase('say "x"'.replace('"', "”")))
@example(Not(Not(Word("a"))))
@example(Or((Value("country", "FR"), Value("country", "DE"))))
def test_a_tree_written_and_read_is_the_same_tree(tree: Node) -> None:
    assert parse(format_query(tree), VOCABULARY, TODAY) == tree


PIECES = st.sampled_from(
    [
        *("a", "b*", "OR", "NOT", "AND", "(", ")", "-", '"', "“", "”", " ", " ", "country:", "FR"),
        *("France", "date:", "2010", "..", "2012-1", "cuontry:", "/", "~2", "*", "?", "|", "&"),
        *("NEAR", "NEAR/5", " PRE/2 ", " /s ", " /p ", "/", "ATLEAST/3 ", "near/", "ATLEAST"),
        *("~", "treaty", "=", "*", "wo?d", "like:", "last", "year", "since", "this week"),
        *("year:", "type:", "press release", "title:", "case_file:", "U.S.", "!", "'", ">", "日本"),
    ]
)
TYPED = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=14).map("".join))


@given(TYPED)
def test_any_text_is_read_or_refused_with_a_place_and_a_remedy_that_works(text: str) -> None:
    read = read_or_refused(text)
    if isinstance(read, QueryError):
        assert 0 <= read.start <= read.end <= len(text)
        assert read.message
        if read.proposal:
            parse(read.proposal, VOCABULARY)
    else:
        assert parse(format_query(read), VOCABULARY) == read


def read_or_refused(text: str) -> Node | QueryError:
    try:
        return parse(text, VOCABULARY)
    except QueryError as error:
        return error


@given(TYPED)
def test_tokens_are_in_order_without_overlap_and_leave_only_blanks(text: str) -> None:
    rest, at = "", 0
    for token in tokens(text, VOCABULARY):
        assert at <= token.start < token.end <= len(text)
        rest += text[at : token.start]
        at = token.end
    assert not (rest + text[at:]).strip()


@given(TYPED, st.data())
def test_whatever_was_typed_of_a_good_query_can_be_completed(
    text: str, data: st.DataObject
) -> None:
    assume(not isinstance(read_or_refused(text), QueryError))
    part = text[: data.draw(st.integers(0, len(text)))]
    parse(complete(part, VOCABULARY), VOCABULARY)


@given(TREES, st.data())
def test_every_beginning_of_a_written_tree_can_be_completed(
    tree: Node, data: st.DataObject
) -> None:
    text = format_query(tree)
    part = text[: data.draw(st.integers(0, len(text)))]
    parse(complete(part, VOCABULARY), VOCABULARY)


@given(TYPED)
def test_completing_twice_changes_nothing_and_reading_survives(text: str) -> None:
    once = complete(text, VOCABULARY)
    assert complete(once, VOCABULARY) == once


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ('"strategic part', '"strategic part"'),
        ("a OR", "a"),
        ("a OR (", "a"),
        ("a -(b", "a -(b)"),
        ("country:", ""),
        ("country:Fran", ""),
        ("country:Frx", "country:Frx"),
        ("country:(FR OR ger", "country:(FR)"),
        ("country:(FR O", "country:(FR)"),
        ("date:20", ""),
        ("date:2010.", "date:2010"),
        ("date:2010..2", "date:2010.."),
        ("date:2010..2018-", "date:2010..2018"),
        ("date:2010-13", "date:2010-13"),
        ("a year:20", "a"),
        ("a /s", "a"),
        ("a /s ", "a"),
    ],
)
def test_completes(typed: str, completed: str) -> None:
    assert complete(typed, VOCABULARY) == completed


def test_tokens_show_terms_as_wholes() -> None:
    text = 'w "x y" date:2010..2018 -type:note NOT b country:(FR OR -DE) cuontry:x "u'
    shown = [(token.kind, text[token.start : token.end]) for token in tokens(text, VOCABULARY)]
    assert shown == [
        ("word", "w"),
        ("phrase", '"x y"'),
        ("date", "date:2010..2018"),
        ("not", "-type:note"),
        ("operator", "NOT"),
        ("not", "b"),
        ("field", "country:"),
        ("paren", "("),
        ("field", "FR"),
        ("operator", "OR"),
        ("not", "-DE"),
        ("paren", ")"),
        ("error", "cuontry:x"),
        ("error", '"u'),
    ]
    inside = tokens("country:(Fr", VOCABULARY)[-1]
    assert (inside.field, inside.value) == ("country", 9)
