"""Reported speech in English: which clause, after which cue, and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.intake.statements.parts import Page
from archivist.intake.statements.quoted.quotations import quotations_of
from archivist.intake.statements.reported.clauses import reported
from archivist.intake.statements.reported.cues import RECORD_WORDS, cues_of, leading_subject, read


def said(text: str, language: str = "en", doctype: str = "") -> list[tuple[str, str]]:
    """Return each reported clause with its subject; pieces are joined by " | "."""
    page = Page(text, language=language, doctype=doctype)
    found = reported(page, (), read(page, quotations_of(page)))
    return [
        (one.cue.subject, " | ".join(text[start:end] for start, end in one.pieces)) for one in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Minister said that the bridge was ready.", ("The Minister", "the bridge was ready")),
        ("Mr. Rudolf said the talks went well.", ("Mr. Rudolf", "the talks went well")),
        ("He noted they had just met.", ("He", "they had just met")),
        ("They agreed this could be a first step.", ("They", "this could be a first step")),
        (
            "Lee asked the envoy whether the port was open.",
            ("Lee", "whether the port was open"),
        ),
        ("She asked if Ruritania would sign.", ("She", "if Ruritania would sign")),
        (
            "The President assured the Ambassador that this was not the case.",
            ("The President", "this was not the case"),
        ),
        ("Sapt told Michael he was sure of it.", ("Sapt", "he was sure of it")),
        ("He urged the Ambassador to repeat it.", ("He", "repeat it")),
        ("Elphberg urged partners to act at once.", ("Elphberg", "act at once")),
        ("The King promised to return the ships.", ("The King", "return the ships")),
        (
            "Since the signing of the pact, ties have grown, the ministry said in a statement.",
            ("the ministry", "Since the signing of the pact, ties have grown"),
        ),
        (
            "The Ruritanians appreciated, he said, our efforts in the matter.",
            ("he", "The Ruritanians appreciated | our efforts in the matter"),
        ),
        ("According to Sapt, the King refused.", ("Sapt", "the King refused")),
        (
            "The harbour was closed, according to the Foreign Ministry.",
            ("the Foreign Ministry", "The harbour was closed"),
        ),
        (
            "The Count repeated his request that the fleet be withdrawn.",
            ("The Count", "the fleet be withdrawn"),
        ),
        ("She expressed the hope that talks would go on.", ("She", "talks would go on")),
        ("His final comment was that time was short.", ("His", "time was short")),
        ("Hentzau’s warning that war was near was heard.", ("Hentzau", "war was near was heard")),
        (
            "Tarlenheim said in a conciliatory manner that nothing was lost.",
            ("Tarlenheim", "nothing was lost"),
        ),
        ("The envoy went on to say that all was well.", ("The envoy", "all was well")),
        ("He was told by Mr. Rassendyll that it was over.", ("Mr. Rassendyll", "it was over")),
        (
            "Mr. Strakencz, the foreign minister of Ruritania, said the pact held.",
            ("Mr. Strakencz", "the pact held"),
        ),
        (
            "The Marshal reported also this morning that the pass was free.",
            ("The Marshal", "the pass was free"),
        ),
        ("As the Chancellor said, trade has doubled.", ("the Chancellor", "trade has doubled")),
        (
            "Ambassador Sapt pointed out new ships did not arrive.",
            ("Ambassador Sapt", "new ships did not arrive"),
        ),
        (
            "STRELSAU (Ruritania) – Count Rupert spoke of trade and said that it grew.",
            ("Count Rupert", "it grew"),
        ),
        (
            "The Bishop repeated (our telegram 12) that the roads were bad.",
            ("The Bishop", "the roads were bad"),
        ),
        (
            "I urge reason, but the Minister insisted that war was near, ending the talk.",
            ("the Minister", "war was near, ending the talk"),
        ),
        (
            "Emphasizing how late it was, Rischenheim left.",
            ("Rischenheim", "how late it was"),
        ),
    ],
)
def test_clause_and_subject(text: str, expected: tuple[str, str]) -> None:
    assert said(text) == [expected]


def test_each_cue_has_its_clause() -> None:
    text = (
        "Mr. Sapt said the talks went well, adding that more would follow, "
        "and warned Freedonia that it would be answered."
    )
    assert said(text) == [
        ("Mr. Sapt", "the talks went well"),
        ("Mr. Sapt", "more would follow"),
        ("Mr. Sapt", "it would be answered"),
    ]


def test_clause_does_not_run_on() -> None:
    text = "He said that he was glad. He was shocked by the news."
    assert said(text) == [("He", "he was glad")]


def test_what_the_author_goes_on_to_tell_is_cut_off() -> None:
    text = "He noted they had had a good exchange and thanked the Queen for it."
    assert said(text) == [("He", "they had had a good exchange")]


def test_reported_speech_within_reported_speech_is_part_of_it() -> None:
    text = "Sapt said that the King had told him that he was ill."
    assert said(text) == [("Sapt", "the King had told him that he was ill")]


def test_a_reference_at_the_end_is_not_said() -> None:
    text = "Sapt said that the pass was free (see telegram 541)."
    assert said(text) == [("Sapt", "the pass was free")]


@pytest.mark.parametrize(
    "text",
    [
        "The United States calls on Ruritania to withdraw.",
        "Please inform the Ministry that the ship has sailed.",
        "The Minister will say that the bridge is ready.",
        "The Minister did not say that the bridge was ready.",
        "Article 5 states that the parties shall consult.",
        "The treaty provides that ships may pass.",
        "The Prime Minister was told that the King was ill.",
        "The Secretary of State that morning met the envoy.",
        "The initial stress on the beam was high.",
        "The orders to the fleet were sent.",
        "It is our hope that peace will come.",
        "He said nothing about it.",
        "The two sides discussed trade and fishing.",
        "The evidence indicated that the ship was old.",
        "The two governments have notified each other that the pact may enter into force.",
        "This is for those who say that the bridge will fall.",
        "All that Mr. Sapt says is true.",
        "The desirability of claiming that the pass was free is doubtful.",
        "Count Rupert called on the Chancellor to discuss the treaty.",
        "For reasons that are plain, the fleet stayed.",
        "The King asked for delay on the ground that the roads were bad.",
        "It was noted that the pass was free.",
        "I am not sure that President Sapt agrees.",
    ],
)
def test_no_reported_speech(text: str) -> None:
    assert said(text) == []


def test_first_person_counts_in_a_record_only() -> None:
    text = "I told the King that the ships would sail."
    assert said(text, doctype="telegram") == [("I", "the ships would sail")]
    assert said(text, doctype="speech") == []


def test_telegrams_leave_words_out() -> None:
    text = "Count stated negotiations still dragging on and replied difficult believe otherwise."
    assert said(text, doctype="telegram")[0] == ("Count", "negotiations still dragging on")
    assert said(text, doctype="press-release") == []


def test_telegrams_leave_the_subject_out() -> None:
    text = "Saw Count Rupert today. Said that talks would go on."
    assert said(text, doctype="telegram") == [("", "talks would go on")]
    assert said(text, doctype="press-release") == []


def test_treaties_report_nothing() -> None:
    assert said("The Count said that it was late.", doctype="treaty") == []


def test_words_within_a_quotation_hold_no_cue() -> None:
    page = Page("“He said that it was late,” the Queen noted.", language="en")
    cues = cues_of(page, quotations_of(page))
    assert [(cue.verb, cue.subject) for cue in cues] == [("noted", "the Queen")]


def test_a_quoted_record_is_read_like_a_text() -> None:
    filler = "The Council met at noon and heard the reports of its members on trade. "
    page = Page(f"“{filler * (RECORD_WORDS // 12)}Sapt said that all was well.”", language="en")
    assert "said" in [cue.verb for cue in cues_of(page, quotations_of(page))]


def test_inverted_subject_after_a_quotation() -> None:
    text = "“It is late,” said Count Rupert, the envoy of Ruritania, in Strelsau."
    page = Page(text, language="en")
    [cue] = cues_of(page, quotations_of(page))
    assert (cue.subject, cue.rule) == ("Count Rupert", "right")
    assert text[cue.clause_start : cue.clause_end].startswith("said Count Rupert")


def test_relative_clause_is_told() -> None:
    [cue] = cues_of(Page("The envoy who said that it was late left.", language="en"))
    assert (cue.subject, cue.rule) == ("The envoy", "relative")


def test_leading_subject_passes_over_what_is_fronted() -> None:
    text = "In his speech in Strelsau, Count Rupert went further:"
    found = leading_subject(Page(text, language="en"), 0, len(text))
    assert found == ("Count Rupert", text.index("Count"))


@given(st.text(alphabet="abc “”\"',.;:()[]\nHe said that to and the Lee ", max_size=400))
def test_clauses_lie_in_the_text_and_apart(text: str) -> None:
    page = Page(text, language="en")
    found = reported(page, (), read(page, quotations_of(page)))
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert all(one.start <= first < last <= one.end for first, last in one.pieces)
        end = one.end


def test_time_grows_with_the_length_only() -> None:
    sentence = "Lee said that the men who asked if they would say that Kim told them to say so, "
    page = Page(sentence * 4000, language="en")
    started = time.process_time()
    reported(page, (), read(page))
    assert time.process_time() - started < 5
