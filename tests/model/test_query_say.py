"""Queries said in plain words."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given

from archivist.model.query import Node
from archivist.model.query_parse import parse
from archivist.model.query_say import plural, say, say_marked
from tests.model.vocabulary import TODAY, TREES, SmallVocabulary

VOCABULARY = SmallVocabulary()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "All documents."),
        ("-type:note", "All documents, leaving out diplomatic notes."),
        ("type:note", "Diplomatic notes."),
        ("type:note lang:fr", "Diplomatic notes in French."),
        (
            '"strategic partnership" date:2010..2018 -type:note',
            (
                "Documents with “strategic partnership” word for word, dated 2010 to 2018, "
                "leaving out diplomatic notes."
            ),
        ),
        (
            "type:(note OR communique) country:(FR OR DE) date:..2010-05",
            (
                "Diplomatic notes or joint communiqués concerning France or Germany, "
                "dated May 2010 or earlier."
            ),
        ),
        ("a b part*", "Documents with “a”, “b” and words beginning with “part”."),
        ('title:a OR title:"b c"', "Documents with “a” or “b c” word for word in the title."),
        ("(a date:2010) OR -b", "Documents either (with “a” and dated 2010) or without “b”."),
        (
            'a -b -"c d" -country:FR',
            (
                "Documents with “a”, leaving out those with “b”, those with “c d” word for word "
                "and those concerning France."
            ),
        ),
        ("originator:foreig* in:inbox", "Documents issued by “foreig…”, in the inbox."),
        ("case_file:12", "Documents with case file “12”."),
        (
            "date:2010-05-03.. filed:2024-12",
            "Documents dated 3 May 2010 or later, filed December 2024.",
        ),
        ("year:2012 has:attachment", "Documents of the year 2012, with attachments."),
        ("date:..", "Documents with a date."),
        ("-date:.. -has:text", "Documents without a date, without a text."),
        (
            "type:note -in:inbox -a",
            "Diplomatic notes no longer in the inbox, leaving out those with “a”.",
        ),
        ("a NEAR/5 b", "Documents with “a” within 5 words of “b”."),
        ("a NEAR/1 b", "Documents with “a” right beside “b”."),
        ("a PRE/5 b", "Documents with “a” at most 5 words before “b”."),
        ("a PRE/1 b", "Documents with “a” right before “b”."),
        ('a /s "b c"', "Documents with “a” and “b c” word for word in one sentence."),
        ("title:(a /p b)", "Documents with “a” and “b” in one paragraph in the title."),
        (
            "title:a NEAR/5 b",
            "Documents with “a” in the title within 5 words of “b”.",
        ),
        (
            "(a OR b*) NEAR/5 c PRE/2 d date:2010",
            (
                "Documents with ((“a” or words beginning with “b”) within 5 words of “c”) "
                "at most 2 words before “d”, dated 2010."
            ),
        ),
        (
            "a -(b NEAR/5 c)",
            "Documents with “a”, leaving out those with “b” within 5 words of “c”.",
        ),
        ("a OR -(b NEAR/5 c)", "Documents either with “a” or without “b” within 5 words of “c”."),
        ("ATLEAST/3 a", "Documents with “a” at least 3 times."),
        ("ATLEAST/1 a ATLEAST/2 b", "Documents with “a” at least once, with “b” at least twice."),
        ("ATLEAST/1000 (a OR b)", "Documents with (“a” or “b”) at least 1,000 times."),
        ("a OR -ATLEAST/3 b", "Documents either with “a” or with “b” fewer than 3 times."),
        ("a OR -ATLEAST/1 b", "Documents either with “a” or without “b”."),
        (
            "sa?ction sanction~ sanction~1 sanction~2",
            (
                "Documents with a word like “sa?ction”, a word spelled nearly like “sanction”, "
                "a word one letter from “sanction” and a word up to two letters from “sanction”."
            ),
        ),
        (
            "title:(a* OR b?c)",
            "Documents with words beginning with “a” or a word like “b?c” in the title.",
        ),
        ('"a * b"', "Documents with “a * b” word for word but for *."),
        (
            "like:2024-17 -like:2024-18",
            "Documents similar to 2024-17, leaving out those similar to 2024-18.",
        ),
        ('originator:="Foreign Ministry"', "Documents issued by Foreign Ministry."),
        ("place:(=Rome OR oslo)", "Documents written at Rome or “oslo”."),
        ('date:"last year"', "Documents dated last year (2025)."),
        (
            'filed:"last 30 days" -date:today',
            (
                "Documents filed in the last 30 days (5 May 2026 to 3 June 2026), "
                "leaving out those dated today (3 June 2026)."
            ),
        ),
    ],
)
def test_says(text: str, said: str) -> None:
    assert say(parse(text, VOCABULARY, TODAY), VOCABULARY) == said


def test_marks_what_tells() -> None:
    marked = say_marked(parse('"a b" date:2010.. -type:note', VOCABULARY), VOCABULARY)
    assert [text for text, emphasised in marked if emphasised] == [
        "a b",
        "2010 or later",
        "diplomatic notes",
    ]


@pytest.mark.parametrize(
    ("label", "many"),
    [
        ("Letter of credence", "letters of credence"),
        ("Memorandum of conversation", "memoranda of conversation"),
        ("Treaty", "treaties"),
        ("Speech", "speeches"),
        ("Aide-mémoire", "aide-mémoires"),
        ("Correspondence", "correspondence"),
        ("US cable", "US cables"),
        ("Other", "documents of other types"),
    ],
)
def test_plurals(label: str, many: str) -> None:
    assert plural(label) == many


@given(TREES)
def test_every_tree_is_said_in_one_sentence(tree: Node) -> None:
    said = say(tree, VOCABULARY)
    assert said.endswith(".")
    assert said[0].isupper()
    assert "  " not in said.replace("\u3000", "")
    pieces = say_marked(tree, VOCABULARY)
    assert all(text for text, _emphasised in pieces)
    assert all(one[1] != other[1] for one, other in itertools.pairwise(pieces))
