"""What is known of a person, under all names: said, met, named; in queries and under heads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivist import Archive
from archivist.archive.statements.listing import Spoken, StatementList, Voice
from archivist.model.agent import Agent, Office
from archivist.model.errors import InputError, StoppedError
from archivist.model.progress import CancelToken, Progress
from archivist.model.record import AgentRole, Description
from archivist.store import Store
from tests.archive.saying_rules import PlainRules

TERM = Office("Minister of Foreign Affairs", country="EE", start="2012-03", end="2016-11-30")
MARENK = Agent("Marenk, Ilva", variants=("Minister Marenka",), offices=(TERM,), country="EE")
RECORDS = (
    ("Treaty", "2013-05-02", "memcon", "“The treaty stands,” Ilva Marenk said."),
    (
        "Ferry",
        "2014-01-07",
        "memcon",
        "“The treaty binds us,” Mr Marenk said. Bo Lind said that no.",
    ),
    ("Old", "1999", "press-release", "“Wait for the harbour,” Mr Marenk said."),
    ("Harbour", "2015", "readout", "“We waited,” Minister Marenka said."),
    (
        "Other",
        "2015-06",
        "press-release",
        "“It rains,” Otto Weber said. “It pours,” Otto Quentin Weber said.",
    ),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    store = Store.create(tmp_path / "mission.archive", "Mission")
    with Archive(store, extractor=PlainRules()) as found:
        for title, date, doctype, text in RECORDS:
            people = (AgentRole("Bo Lind", "participant"), AgentRole("Ilva Marenk", "participant"))
            agents = people if doctype == "memcon" else ()
            found.type_in(
                Description(title=title, date=date, doctype=doctype, language="en", agents=agents),
                text,
            )
        found.read_statements()
        yield found


def said(archive: Archive, query: str) -> set[str]:
    found = archive.list_statements(query, sort="oldest")
    return {row.excerpt.text for row in found.rows(0, len(found)) if isinstance(row, Spoken)}


TREATY = {"The treaty stands,", "The treaty binds us,"}
HERS = TREATY | {"We waited,"}


def test_one_name_of_an_agent_finds_what_is_said_under_all(archive: Archive) -> None:
    assert said(archive, "speaker:marenka") == {"We waited,"}
    archive.agents.add(MARENK)
    assert said(archive, 'speaker:"Ilva Marenk"') == HERS
    assert said(archive, "speaker:marenka treaty") == TREATY
    assert said(archive, "speaker:marenk") == HERS | {"Wait for the harbour,"}, (
        "as it is typed, too"
    )
    assert said(archive, "speaker:=marenk") == set()
    assert said(archive, "-speaker:marenka") == {
        "It rains,",
        "It pours,",
        "Wait for the harbour,",
        "no",
    }
    assert len(archive.find_keys("speaker:marenka said:treaty")) == len(TREATY)
    assert archive.reading("speaker:marenka").endswith("also any name of Marenk, Ilva.")
    assert archive.statements("speaker:marenka").reading.endswith("any name of Marenk, Ilva.")
    assert "any name" not in archive.reading("speaker:=marenka")


def test_merged_agents_names_are_found_as_one(archive: Archive) -> None:
    agent = archive.agents.add(Agent("Marenk, Ilva"))
    other = archive.agents.add(Agent("Weber, Otto"))
    archive.agents.merge(agent.number, [other.number])
    assert said(archive, "speaker:weber") >= {"It rains,", "The treaty stands,"}
    archive.undo()
    assert "The treaty stands," not in said(archive, "speaker:weber")


def test_statements_stand_under_the_authorised_form(archive: Archive) -> None:
    found = archive.list_statements("*")
    heads = _heads(found)
    assert {"Ilva Marenk", "Mr Marenk", "Minister Marenka", "Otto Quentin Weber"} <= set(heads)
    assert heads["Otto Quentin Weber"].forms == ("Otto Quentin Weber", "Otto Weber")
    agent = archive.agents.add(MARENK)
    found = archive.list_statements("*")
    heads = _heads(found)
    hers = heads["Marenk, Ilva"]
    assert (hers.agent, hers.count) == (agent.number, 3)
    assert set(hers.forms) == {"Ilva Marenk", "Mr Marenk", "Minister Marenka"}
    assert heads["Mr Marenk"].count == 1, "before the term of office nobody knows who that is"
    assert found.speakers == len(heads)


def test_names_that_come_later_join_those_known(archive: Archive) -> None:
    agent = archive.agents.add(MARENK)
    archive.agents.prepare()
    before = _heads(archive.list_statements("*"))
    for words, who in (("We agree,", "Minister Marenka"), ("We differ,", "Dr Otto Quentin Weber")):
        archive.type_in(Description(title=who, date="2014-01-08"), f"“{words}” {who} said.")
    archive.read_statements()
    heads = _heads(archive.list_statements("*"))
    assert heads["Marenk, Ilva"].count == before["Marenk, Ilva"].count + 1
    assert heads["Otto Quentin Weber"].count == before["Otto Quentin Weber"].count + 1
    assert "Dr Otto Quentin Weber" in heads["Otto Quentin Weber"].forms
    assert archive.statements("speaker:marenka").total == heads["Marenk, Ilva"].count
    assert agent.number == heads["Marenk, Ilva"].agent


def test_the_page_of_an_agent(archive: Archive) -> None:
    agent = archive.agents.add(MARENK)
    page = archive.agents.page(agent.number)
    rows = page.said.rows(0, len(page.said))
    assert [row.excerpt.text for row in rows if isinstance(row, Spoken)] == [
        "We waited,",
        "The treaty binds us,",
        "The treaty stands,",
    ]
    assert page.years == ((2013, 1), (2014, 1), (2015, 1))
    assert (page.first, page.last) == ("2013-05-02", "2015")
    assert [(one.role, one.said, one.first) for one in page.roles] == [
        ("Minister", 3, "2013-05-02")
    ]
    assert [(one.name, len(one.records), one.last) for one in page.met] == [
        ("Bo Lind", 2, "2014-01-07")
    ]
    assert [archive.record(key).description.title for key in page.records] == ["Ferry", "Treaty"]
    assert set(archive.find_keys(page.query)) == set(page.records)


def test_a_page_tells_what_the_statements_are_about(archive: Archive) -> None:
    for day in range(1, 51):
        word = "fisheries" if day < 5 else "harbours" if day < 9 else f"weather{day}"
        who = "Ilva Marenk" if day < 9 else "Bo Lind"
        archive.type_in(
            Description(title=f"Day {day}", date="2014", language="en"),
            f"“We spoke of {word} at length today,” {who} said.",
        )
    archive.read_statements()
    assert set(archive.agents.page_of("Ilva Marenk").topics) == {"Fisheries", "Harbours"}
    assert not archive.agents.page_of("Bo Lind").topics


def test_the_page_of_a_name_that_is_no_agent_yet(archive: Archive) -> None:
    page = archive.agents.page_of("Otto Weber")
    assert (page.agent.number, page.agent.name) == (0, "Otto Weber")
    assert {one.name for one in page.forms} == {"Otto Weber", "Otto Quentin Weber"}
    assert page.said.total == 2
    agent = archive.agents.add(page.agent)
    assert archive.agents.page_of("Otto Quentin Weber").agent.number == agent.number
    unknown = archive.agents.page_of("Nobody Known")
    assert (unknown.said.total, unknown.met, unknown.records) == (0, (), ())
    with pytest.raises(InputError):
        archive.agents.page_of(" … ")


def test_a_name_means_who_held_the_office_then(archive: Archive) -> None:
    agent = archive.agents.add(MARENK)
    assert archive.agents.page_of("Mr Marenk", "2014-01-07").agent.number == agent.number
    page = archive.agents.page_of("Mr Marenk", "1999")
    assert page.agent.number == 0
    assert [one.number for one in page.candidates] == [agent.number]


def test_two_of_one_name_are_asked_for_as_they_are_typed(archive: Archive) -> None:
    archive.agents.add(Agent("Weber, Otto", variants=("Weber",)))
    archive.agents.add(Agent("Weber, Karl", variants=("Weber",)))
    speakers = archive.agents.speakers()
    assert speakers.agent_of("Weber") == 0
    assert archive.reading("speaker:weber").endswith("any name of Weber, Otto or Weber, Karl.")


def test_who_is_left_alone_is_proposed_no_more(archive: Archive) -> None:
    before = [one.name for one in archive.agents.pending()]
    (lind,) = (one for one in archive.agents.pending() if one.name == "Bo Lind")
    archive.agents.leave([lind])
    assert archive.undo_title() == "Leaving alone: Bo Lind"
    assert [one.name for one in archive.agents.pending()] == [
        name for name in before if name != "Bo Lind"
    ]
    archive.undo()
    assert [one.name for one in archive.agents.pending()] == before
    assert archive.check().ok


def test_reading_who_is_named_tells_how_far_it_has_come(archive: Archive) -> None:
    told: list[Progress] = []
    archive.agents.pending(report=told.append)
    assert {(one.phase, one.total is None) for one in told} == {
        ("Reading names", True),
        ("Comparing names", False),
    }


def test_what_is_chosen_is_filed_though_others_may_be_meant(archive: Archive) -> None:
    archive.agents.add(Agent("Marenk, Karl"))
    (one,) = (one for one in archive.agents.pending() if one.name == "Mr Marenk")
    assert one.candidates
    archive.agents.accept([one])
    assert len(archive.agents.listed()) == 1
    archive.agents.accept([one], chosen=True)
    assert archive.undo_title() == "New agent: Mr Marenk"
    assert [agent.name for agent in archive.agents.listed()] == ["Marenk, Karl", "Mr Marenk"]


def test_a_family_name_alone_stays_bound_to_the_years_of_an_office(archive: Archive) -> None:
    agent = archive.agents.add(Agent("Marenk, Ilva", offices=(TERM,), country="EE"))
    found = archive.agents.proposals()
    archive.agents.accept(one for one in found if one.linked)
    assert archive.agents.get(agent.number).variants == ("Ilva Marenk",)
    assert archive.agents.page_of("Mr Marenk", "1999").agent.number == 0
    assert "Mr Marenk" not in {one.name for one in archive.agents.pending() if one.linked}


def test_how_much_each_agent_says(archive: Archive) -> None:
    assert archive.agents.voices() == {}
    agent = archive.agents.add(MARENK)
    assert archive.agents.voices() == {agent.number: (3, "2013-05-02", "2015")}
    assert archive.agents.page(agent.number).said.total == 3


def test_a_proposal_is_linked_by_hand_and_taken_back(archive: Archive) -> None:
    agent = archive.agents.add(Agent("Marenk, Ilva"))
    (other,) = (one for one in archive.agents.pending() if one.name == "Minister Marenka")
    archive.agents.link(other, agent.number)
    assert archive.agents.page(agent.number).said.total == 2
    assert other.name not in {one.name for one in archive.agents.pending()}
    archive.undo()
    assert archive.agents.get(agent.number) == agent


def test_a_page_can_be_stopped(archive: Archive) -> None:
    agent = archive.agents.add(MARENK)
    token = CancelToken()
    token.cancel()
    with pytest.raises(StoppedError):
        archive.agents.page(agent.number, token)
    with pytest.raises(StoppedError):
        archive.agents.pending(cancel=token)


NAMES = st.sampled_from(
    ["Ilva Marenk", "Marenk", "Minister Marenka", "Otto Weber", "O. Weber", "Bo Lind", "Lind, Bo"]
)


@given(st.lists(NAMES, min_size=2, max_size=4, unique=True), st.integers(0, 3))
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_merging_and_undoing_leaves_heads_and_names_as_they_were(
    archive: Archive, forms: list[str], stays: int
) -> None:
    agents = [archive.agents.add(Agent(f"{form} ({at})")) for at, form in enumerate(forms)]
    before = _state(archive)
    numbers = [agent.number for agent in agents]
    archive.agents.merge(numbers[stays % len(numbers)], numbers)
    archive.undo()
    after = _state(archive)
    for agent in agents:
        archive.agents.remove(agent.number)
    assert after == before


def _heads(found: StatementList) -> dict[str, Voice]:
    return {head.name: head for head in found.heads.values() if isinstance(head, Voice)}


def _state(archive: Archive) -> object:
    heads = archive.list_statements("*").heads
    speakers = archive.agents.speakers()
    return heads, [(agent, speakers.forms(agent)) for agent in archive.agents.listed()]
