"""The query language: what is read, what is refused and how, and the laws it keeps."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from archivist.model.dates import parse_range
from archivist.model.errors import QueryError
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
from archivist.model.query_format import format_query
from archivist.model.query_parse import complete, parse, tokens
from tests.model.vocabulary import TODAY, TREES, SmallVocabulary

VOCABULARY = SmallVocabulary()


A, B, C = Word("a"), Word("b"), Word("c")


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
        ("=word", Phrase("word")),
        ("title:=word", Phrase("word", "title")),
        ("=W-2", Phrase("W-2")),
        ('="a b"', Phrase("a b")),
        ("-=word", Not(Phrase("word"))),
        ("=strat*", Prefix("strat")),
        ('"a * b"', Phrase("a * b")),
        ('"a ** b"', Phrase("a * b")),
        ('"strat* partner"', Phrase("strat* partner")),
        ('"strat*, partner"', Phrase("strat* partner")),
        ('"a partner"*', Phrase("a partner*")),
        ("wo?d", Wildcard("wo?d")),
        ("w**d", Wildcard("w*d")),
        ("*word", Wildcard("*word")),
        ("title:(*ship)", Wildcard("*ship", "title")),
        ("*ship*,", Wildcard("*ship*")),
        ("word?", Word("word")),
        ("?word", Word("word")),
        ("word~", Fuzzy("word")),
        ("word~1", Fuzzy("word", distance=1)),
        ("title:word~2,", Fuzzy("word", "title", 2)),
        ("near pre atleast", And((Word("near"), Word("pre"), Word("atleast")))),
        ("PRE a", And((Word("pre"), A))),
        ("'near/5", Phrase("near/5")),
        ("a NEAR/5 b", Near(A, B, 5)),
        ("a /5 b", Near(A, B, 5)),
        ("a PRE/05 b", Near(A, B, 5, ordered=True)),
        ("a /s b", Within(A, B, "sentence")),
        ("a /P b", Within(A, B, "paragraph")),
        ("a NEAR/5 b NEAR/3 c", Near(Near(A, B, 5), C, 3)),
        ("a NEAR/5 (b /s c)", Near(A, Within(B, C, "sentence"), 5)),
        ("a b NEAR/5 c", And((A, Near(B, C, 5)))),
        ("a OR b NEAR/5 c", Or((A, Near(B, C, 5)))),
        ("-a NEAR/5 b", Not(Near(A, B, 5))),
        ("a NEAR/5 & b", Near(A, B, 5)),
        ('(a OR b*) PRE/1 "c d"', Near(Or((A, Prefix("b"))), Phrase("c d"), 1, ordered=True)),
        ("title:(a NEAR/5 b)", Near(Word("a", "title"), Word("b", "title"), 5)),
        ("a NEAR/5 title:b", Near(A, Word("b", "title"), 5)),
        ("ATLEAST/3 a b", And((AtLeast(A, 3), B))),
        ("-ATLEAST/3 a", Not(AtLeast(A, 3))),
        ("ATLEAST/2(a NEAR/5 b)", AtLeast(Near(A, B, 5), 2)),
        ("like:2024-000017", Like("2024-000017")),
        ('originator:="Foreign Ministry"', Value("originator", "Foreign Ministry", exact=True)),
        ("case_file:=12", Value("case file", "12", exact=True)),
        ("place:(=Rome OR b)", Or((Value("place", "Rome", exact=True), Value("place", "b")))),
        ("country:=France", Value("country", "FR")),
        ("date:=2010", dated("2010")),
        ('date:"since 2010"', dated("2010..")),
        ('date:"Before 2010"', dated("..2009-12-31")),
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
        ("x country:Frnace", "Frnace", "no country “Frnace”", "x country:France"),
        ("country:Birmany", "Birmany", "no country “Birmany”", ""),
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
        ("NEAR/5 b", "NEAR/5", "on both sides", "b"),
        ("a NEAR/5", "NEAR/5", "on both sides", "a"),
        ("a NEAR/5 OR b", "NEAR/5", "on both sides", "a OR b"),
        ("a NEAR b", "NEAR", "needs a number", "a NEAR/5 b"),
        ("a NEAR 7 b", "NEAR", "needs a number", "a NEAR/7 b"),
        ("a NEAR/ b", "NEAR/", "is no operator", "a NEAR/5 b"),
        ("a NEAR/5, b", "NEAR/5,", "is no operator", "a NEAR/5 b"),
        ("a near/7 b", "near/7", "in capitals", "a NEAR/7 b"),
        ("a PRE7 b", "PRE7", "is no operator", "a PRE/7 b"),
        ("a NEAR/s b", "NEAR/s", "is no operator", "a /s b"),
        ("a NEAR/0 b", "NEAR/0", "finds nothing", "a NEAR/1 b"),
        ("a NEAR/00101 b", "NEAR/00101", "too far", "a NEAR/100 b"),
        ("a /5000000000 b", "/5000000000", "too far", "a NEAR/100 b"),
        ("a NEAR/5 country:FR", "NEAR/5", "on both sides", "a country:FR"),
        ("a NEAR/5 *", "NEAR/5", "on both sides", "a *"),
        ("a NEAR/5 -b c", "NEAR/5", "on both sides", "a -(a NEAR/5 b) c"),
        ("x (a b) /s c", "/s", "on both sides", "x ((a /s c) (b /s c))"),
        ("c PRE/2 (a -b)", "PRE/2", "on both sides", "(c PRE/2 a) -b"),
        ("a NEAR/5 ATLEAST/3 b", "NEAR/5", "on both sides", "a ATLEAST/3 b"),
        ("title:a NEAR/5 text:b", "NEAR/5", "cannot be near", "title:a text:b"),
        ("person:(a NEAR/5 b)", "NEAR/5", "on both sides", "person:(a b)"),
        ("ATLEAST/0 b", "ATLEAST/0", "from 1 to 1,000", "ATLEAST/1 b"),
        ("ATLEAST/1001 b", "ATLEAST/1001", "from 1 to 1,000", "ATLEAST/1000 b"),
        ("ATLEAST 4 b", "ATLEAST", "from 1 to 1,000", "ATLEAST/4 b"),
        ("a ATLEAST/3", "ATLEAST/3", "behind it", "a"),
        ("ATLEAST/3 (a b)", "ATLEAST/3", "counts words", "ATLEAST/3 a ATLEAST/3 b"),
        ("ATLEAST/3 date:2010", "ATLEAST/3", "counts words", "date:2010"),
        ("ATLEAST/3 a NEAR/5 b c", "ATLEAST/3", "brackets", "ATLEAST/3 (a NEAR/5 b) c"),
        ("*s", "*s", "at least two", ""),
        ("w*d-b?c", "w*d-b?c", "more than one word", "w*d PRE/1 b?c"),
        ("x title:w*d-b", "title:w*d-b", "more than one word", "x title:(w*d PRE/1 b)"),
        ("日*本", "日*本", "more than one word", '"日 * 本"'),
        ("treaty~3", "treaty~3", "one or two letters", "treaty~2"),
        ("treaty~0", "treaty~0", "one or two letters", "treaty~2"),
        ("to~", "to~", "too short", "to"),
        ("a~b", "a~b", "end of a word", "a b"),
        ("W-2~", "W-2~", "more than one word", "W-2"),
        ("tre?ty~", "tre?ty~", "pattern and a tilde", "tre?ty"),
        ('"a b"~7', '"a b"~7', "between them", "a NEAR/7 b"),
        ('x "a b c"~', '"a b c"~', "between them", "x (a NEAR/5 b NEAR/5 c)"),
        ('"treaty"~', '"treaty"~', "without quotation", "treaty~"),
        ('"*"', '"*"', "only asterisks", "*"),
        ('"* *"', '"* *"', "only asterisks", "*"),
        ('"par*ner * x"', '"par*ner * x"', "cannot be read", "par*ner PRE/2 =x"),
        ("=(a b)", "=", "not before brackets", "(a b)"),
        ("like:", "like:", "lacks a value", ""),
        ("like:2024*", "like:2024*", "fixed value", ""),
        ("place:=Rom*", "place:=Rom*", "whole value", "place:Rom*"),
        ('place:"port hal*"', 'place:"port hal*"', "at its end only", 'place:"port hal"*'),
        ("place:r?me", "place:r?me", "at its end only", "place:r*"),
        ("place:rome~", "place:rome~", "title and text only", "place:rome"),
        ("date:last year", "date:last", "not a date", 'date:"last year"'),
        ("(date:last 30 days)", "date:last", "not a date", '(date:"last 30 days")'),
        ("date:someday", "date:someday", "not a date", ""),
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


def test_days_in_words_are_counted_from_today_and_keep_their_words() -> None:
    read = parse('date:"Last  Year" -filed:today', VOCABULARY, TODAY)
    assert read == And(
        (
            Dated("date", parse_range("2025"), "last year"),
            Not(Dated("filed", parse_range("2026-06-03"), "today")),
        )
    )


def test_a_fault_in_the_words_of_a_day_names_those_that_can_be_asked_for() -> None:
    error = read_or_refused("date:someday")
    assert isinstance(error, QueryError)
    assert 'date:"last year"' in error.hint


def test_a_long_chain_is_refused_in_words() -> None:
    assert isinstance(parse(" NEAR/1 ".join("abcdefghij")), Near)
    with pytest.raises(QueryError, match="follow each other"):
        parse(" NEAR/1 ".join(["a"] * 2000))


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
GOOD = (
    'a NEAR/15 (b OR "c d" OR *ship) x',
    "a PRE/5 *ship PRE/1 wo?d",
    '(b OR treaty~2) /s "a * b" /p c',
    "title:(a NEAR/5 b) OR -(c /p d)",
    "title:*ship title:wo?d* title:treaty~",
    "title:(*ship OR treaty~)",
    'ATLEAST/3 (a OR b) ATLEAST/12 "strat* x" -ATLEAST/3 *word',
    "NOT a NEAR/5 b",
    "like:2024-000017 -like:2024-1",
    'originator:="Foreign Ministry" place:(=Rome OR ="Port Halden")',
    'title:="a b" =W-2 =word',
    'date:"last year" filed:"last 30 days" date:today',
    'date:("this week" OR yesterday OR 2010..2018)',
    'date:"past 6 months" date:last-year',
    'date:"since 2012-05" date:"before 2020"',
    '"* a *" "strat* * partner"',
    "a NEAR/5 (b NEAR/3 (c OR d))",
    "«a * b» /5 „c“",
)


def _mistyped(text: str, at: int, left_out: int, piece: str) -> str:
    """Return a query with a piece put in, and some letters left out, at a place."""
    at %= len(text)
    return text[:at] + piece + text[at + left_out :]


TYPED = st.one_of(
    st.text(max_size=30),
    st.lists(PIECES, max_size=14).map("".join),
    st.builds(
        _mistyped,
        st.sampled_from(GOOD),
        st.integers(0, 100),
        st.integers(0, 3),
        st.one_of(PIECES, st.text(max_size=2)),
    ),
)


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


@pytest.mark.parametrize("text", GOOD)
def test_typing_never_errs(text: str) -> None:
    for end in range(len(text) + 1):
        completed = complete(text[:end], VOCABULARY)
        parse(completed, VOCABULARY)
        assert complete(completed, VOCABULARY) == completed
    parse(text, VOCABULARY)


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
        ("a NEAR", "a"),
        ("a NEAR/", "a"),
        ("a NEAR/5", "a"),
        ("a NEAR/5 (b OR", "a NEAR/5 (b)"),
        ("a NEAR/5 (b O", "a NEAR/5 (b)"),
        ("a NEAR/5 *", "a"),
        ("a NEAR/5 -b", "a NEAR/5 -b"),
        ("ATLEAST/", ""),
        ("ATLEAST/3 (a", "ATLEAST/3 (a)"),
        ("a *s", "a"),
        ("wo?", "wo?"),
        ("wo~", "wo~"),
        ("a *s ", "a"),
        ("word~", "word~"),
        ("word~3", "word~3"),
        ("like:", ""),
        ("a =", "a"),
        ("place:=", ""),
        ('place:="Port', 'place:="Port"'),
        ('"a *', '"a *"'),
        ('a "*', "a"),
        ('"*"', '"*"'),
        ("title:(*", ""),
        ('a date:"last', "a"),
        ('a date:"last 3', "a"),
        ('date:"last year', 'date:"last year"'),
        ('date:"lost', 'date:"lost"'),
        ('date:"since 20', ""),
        ("date:yest", ""),
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
    text = "a NEAR/5 b NEAR c ATLEAST/3 d /s e /p NEAR/0 PRE wo?d x~ =y like:r date:today"
    shown = [(token.kind, text[token.start : token.end]) for token in tokens(text, VOCABULARY)]
    assert [shown_text for kind, shown_text in shown if kind == "operator"] == [
        "NEAR/5",
        "ATLEAST/3",
        "/s",
        "/p",
    ]
    assert [shown_text for kind, shown_text in shown if kind == "error"] == ["NEAR/0", "x~"]
    assert shown[-1] == ("date", "date:today")
    inside = tokens("country:(Fr", VOCABULARY)[-1]
    assert (inside.field, inside.value) == ("country", 9)
