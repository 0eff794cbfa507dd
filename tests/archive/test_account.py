"""What a record is found to say: with who decided, why, and what marked words may be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist import Archive
from archivist.archive.statements import wherefore
from archivist.archive.statements.account import Told
from archivist.intake.statements import certainty
from archivist.model.agent import Agent, Office
from archivist.model.errors import InputError
from archivist.model.record import AgentRole, Description, Record
from archivist.model.statement import Kind, Statement
from archivist.store import Store
from tests.archive.saying_rules import PlainRules

TEXT = (
    "Talks were held.\n\n“Sanctions stay,” Bo Lind said. He was asked “no more” in the hall."
    "\n\nIlva Marenk said that trade may grow. In 1962 it rained in Teveril."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mission.archive"


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with Archive(Store.create(folder, "Mission"), extractor=PlainRules()) as found:
        found.who = "H. Weber"
        people = (AgentRole("Karo Vasht", "author"), AgentRole("Nobody Else", "mentioned"))
        about = Description(title="Talks", date="2012-05-06", language="en", agents=people)
        found.type_in(about, TEXT)
        found.read_statements()
        yield found


def record(archive: Archive) -> Record:
    return archive.record(1)


def said(archive: Archive) -> tuple[Told, ...]:
    return archive.account(record(archive)).said


def test_statements_come_in_the_order_of_the_text_with_their_paragraphs(archive: Archive) -> None:
    account = archive.account(record(archive))
    assert [(one.words, one.paragraph) for one in account.said] == [
        ("Sanctions stay,", 2),
        ("trade may grow", 3),
    ]
    ((fact, paragraph),) = [(one.fact.date, one.paragraph) for one in account.facts]
    assert (fact, paragraph) == ("1962", 3)
    assert account.reason == ""


def test_it_says_who_decided_and_when(archive: Archive) -> None:
    first = said(archive)[0]
    assert (first.who, first.when) == ("", "")
    archive.confirm_statements([first.filed.number])
    confirmed = said(archive)[0]
    assert confirmed.who == "H. Weber"
    archive.who = "A. Roth"
    archive.correct_statement(first.filed.number, role="Envoy")
    corrected = said(archive)[0]
    assert (corrected.who, corrected.said.role) == ("A. Roth", "Envoy")
    assert corrected.when >= confirmed.when > "2020"
    archive.withdraw_decisions([first.filed.number])
    assert said(archive)[0].who == ""


def test_a_corrected_text_is_told_of_at_once(archive: Archive) -> None:
    archive.reject_statements([said(archive)[0].filed.number])
    changed = TEXT.replace("Sanctions stay", "Sanctions go").replace("1962", "1963")
    archive.correct_text(record(archive).ref, f"At noon. {changed}")
    account = archive.account(record(archive))
    assert [one.fact.date for one in account.facts] == ["1963"]
    gone = [one for one in account.said if one.filed.stale]
    assert [(one.words, one.paragraph, one.who) for one in gone] == [
        ("Sanctions stay,", 0, "H. Weber")
    ]
    assert "Sanctions go," in [one.words for one in account.said]


def test_a_statement_that_was_only_read_gets_its_number_when_it_needs_one(
    archive: Archive,
) -> None:
    archive.correct_text(record(archive).ref, f"At noon. {TEXT}")
    fresh = said(archive)[1]
    assert not fresh.filed.number
    number = archive.kept_number(record(archive), fresh.said)
    archive.confirm_statements([number])
    assert said(archive)[1].filed.status == "confirmed"
    with pytest.raises(InputError, match="not found there"):
        archive.kept_number(record(archive), Statement(0, 3, "direct"))


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [
        ("", "en", "has no text"),
        ("It rained.", "en", "nobody is found"),
        ("Padal déšť.", "cs", "in a language"),
        ("It rained.", "", "nobody is found"),
    ],
)
def test_a_record_without_statements_says_why(
    archive: Archive, text: str, language: str, reason: str
) -> None:
    made = archive.type_in(Description(title="Weather", language=language), text)
    assert reason in archive.account(made).reason
    assert archive.account(made).said == ()


def test_every_rule_of_the_extractor_has_its_own_words() -> None:
    plain = {wherefore.why(Statement(0, 1, kind, rule="?")) for kind in ("direct", "indirect")}
    tables: dict[Kind, dict[str, float]] = {
        "direct": certainty._DIRECT,
        "indirect": certainty._INDIRECT,
    }
    for kind, rules in tables.items():
        for rule in rules:
            words = wherefore.why(Statement(0, 1, kind, cue="said", rule=rule))
            assert words not in plain, f"the rule {rule} of {kind} ones has no words of its own"
            assert words.endswith(".")
            assert "{" not in words


def test_reasons_are_said_in_words() -> None:
    one = Statement(
        *(0, 9, "direct"), speaker="Bo Lind", surface="he", cue="said", certainty=0.5, rule="after"
    )
    assert wherefore.why(one) == "Words in quotation marks with “said” right behind them."
    assert wherefore.who_is_named(one) == "The speaker is named there as “he”."
    assert "50 %" in wherefore.how_sure(one)
    assert "may be wrong" in wherefore.how_sure(one)
    sure = Statement(0, 9, "turn", speaker="MR. LEE", surface="MR. LEE", certainty=0.97)
    assert wherefore.who_is_named(sure) == ""
    assert "wrong" not in wherefore.how_sure(sure)
    assert wherefore.why(Statement(0, 9, "direct", rule=wherefore.BY_HAND)).startswith("Somebody")


def test_marked_words_are_proposed_without_their_marks_and_with_who_is_named_beside(
    archive: Archive,
) -> None:
    start = TEXT.index("“no more”")
    one = archive.proposed_statement(record(archive), start, start + len("“no more” "))
    assert TEXT[one.start : one.end] == "no more"
    assert (one.kind, one.speaker, one.role) == ("direct", "Bo Lind", "Minister")
    inner = archive.proposed_statement(record(archive), start + 1, start + 8)
    assert (inner.start, inner.end, inner.kind) == (one.start, one.end, "direct")


def test_where_nobody_is_named_beside_the_nearest_speaker_is_proposed(archive: Archive) -> None:
    one = archive.proposed_statement(record(archive), 0, 11)
    assert (one.kind, one.speaker) == ("indirect", "Bo Lind")
    plain = archive.type_in(
        Description(title="Note", agents=(AgentRole("Karo Vasht", "author"),)), "It rained."
    )
    assert archive.proposed_statement(plain, 0, 2).speaker == "Karo Vasht"


def test_names_are_offered_from_the_record_then_from_agents_and_speakers(
    archive: Archive,
) -> None:
    office = Office("Foreign Minister", "Valdora", start="2010", end="2013")
    archive.agents.add(Agent("Bela Karsai", offices=(office,)))
    own = [one.name for one in archive.speaker_names(record(archive))]
    assert own == ["Bo Lind", "Ilva Marenk", "Karo Vasht"]
    (agent,) = archive.speaker_names(record(archive), "kars")
    assert (agent.name, agent.role) == ("Bela Karsai", "Foreign Minister, Valdora")
    assert [one.name for one in archive.speaker_names(record(archive), "b")][:2] == [
        "Bo Lind",
        "Bela Karsai",
    ]
    other = archive.type_in(Description(title="Other", date="2020"), "Nothing.")
    assert [(one.name, one.role) for one in archive.speaker_names(other, "bela")] == [
        ("Bela Karsai", "")
    ]
    assert archive.speaker_names(other, "zz") == []


def test_decisions_stand_through_new_rules_and_a_corrected_text(
    archive: Archive, folder: Path
) -> None:
    start = TEXT.index("no more")
    archive.add_statement(
        record(archive).ref,
        start,
        start + 7,
        speaker="Otto Weber",
        role="Clerk",
        cue="asked",
        addressee="Bo Lind",
        occasion="in the hall",
    )
    archive.correct_text(record(archive).ref, f"At noon. {TEXT}")
    with Archive(Store.open(folder), extractor=PlainRules(2)) as newer:
        newer.read_statements()
        (added,) = [one for one in newer.account(newer.record(1)).said if one.filed.decision]
        assert (added.words, added.filed.status, added.who) == ("no more", "added", "H. Weber")
        assert (added.said.addressee, added.said.occasion) == ("Bo Lind", "in the hall")
        assert newer.statements("speaker:otto").total == 1
