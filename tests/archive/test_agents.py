"""Agents of an archive: kept, found, merged, split, proposed, imported and exported."""

from __future__ import annotations

import csv
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivist import Archive
from archivist.archive.agents.countries import countries, country_of
from archivist.archive.agents.matching import Matching
from archivist.archive.agents.offices import read_office
from archivist.model.agent import Agent, Office, checked, identity
from archivist.model.errors import InputError, StorageError, ValueRefusedError
from archivist.model.name_likeness import LINK
from archivist.model.record import AgentRole, Description
from tests.model.test_agent import AGENTS

MARENK = Agent(
    "Marenk, Ilva Teodora",
    variants=("Ilva Marenk",),
    scripts=("Ильва Маренк",),
    handles=("@marenk",),
    offices=(
        Office("Minister of Foreign Affairs", country="EE", start="2012-03", end="2016-11-30"),
    ),
    birth="1961",
    death="2020-05-01",
    notes="Wrote; and | spoke.\n\nTwice.",
)
FOLLOWER = Agent(
    "Sabel, Oren",
    offices=(Office("Foreign Minister", country="EE", start="2016-11-30", end="2019"),),
)


def names(archive: Archive) -> list[str]:
    return [agent.name for agent in archive.agents.listed()]


def file(archive: Archive, name: str, date: str = "2014", role: str = "author") -> None:
    archive.type_in(
        Description(title=name, date=date, agents=(AgentRole(name, role),)), f"By {name}."
    )


def test_agents_are_kept_changed_and_removed_and_all_is_taken_back(archive: Archive) -> None:
    agent = archive.agents.add(MARENK)
    assert archive.agents.get(agent.number) == replace(MARENK, number=agent.number)
    archive.agents.edit(replace(agent, notes="", country="EE"))
    archive.agents.remove(agent.number)
    assert names(archive) == []
    for notes in ("", MARENK.notes):
        archive.undo()
        assert archive.agents.get(agent.number).notes == notes
    archive.undo()
    assert names(archive) == []
    for _ in range(3):
        archive.redo()
    assert names(archive) == []
    assert archive.check().ok
    assert "agent added" in [event.what for event in archive.history()]


def test_an_authorised_form_is_one_agents_only(archive: Archive) -> None:
    archive.agents.add(MARENK)
    with pytest.raises(ValueRefusedError, match="authorised form"):
        archive.agents.add(Agent("MARENK, Ilva Teodora"))
    archive.agents.add(Agent("Marenk, Ilva Teodora", "body"))
    with pytest.raises(InputError):
        archive.agents.get(999)


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("Marenk, Ilva Teodora", ""),
        ("Ilva T. Marenk", "2014"),
        ("Ilva Marenk", "2014"),
        ("Маренк, Ильва", ""),
        ("@Marenk", ""),
        ("Minister Ilva Marenk, Head of Delegation", "2014-02"),
        ("Foreign Minister Marenk", "2014"),
        ("Estonian Foreign Minister", "2014"),
        ("the Minister of Foreign Affairs of the Republic of Estonia", "2014-05-02"),
    ],
)
def test_whoever_is_surely_meant_is_linked(archive: Archive, said: str, date: str) -> None:
    agent = archive.agents.add(MARENK)
    archive.agents.add(FOLLOWER)
    found = archive.agents.find(said, date=date)
    assert [one.number for one in found] == [agent.number]
    assert found[0].sure, found
    assert found[0].reason


def test_an_office_means_who_held_it_then(archive: Archive) -> None:
    archive.agents.add(MARENK)
    follower = archive.agents.add(FOLLOWER)
    assert (
        archive.agents.find("Estonian Foreign Minister", date="2017")[0].number == follower.number
    )
    assert archive.agents.find("Estonian Foreign Minister", date="2005") == []
    assert archive.agents.find("Latvian Foreign Minister", date="2017") == []
    both = archive.agents.find("Foreign Minister", date="2016-11-30", country="EE")
    assert [one.sure for one in both] == [False, False]
    assert not any(one.sure for one in archive.agents.find("Estonian Foreign Minister"))


def test_a_ministry_is_found_under_its_other_names(archive: Archive) -> None:
    body = archive.agents.add(Agent("Ministry of Foreign Affairs", "body", country="EE"))
    archive.agents.add(Agent("Ministry of Foreign Affairs of Latvia", "body"))
    for said in ("Estonian Foreign Ministry", "the Ministry for Foreign Affairs of Estonia"):
        (found,) = archive.agents.find(said)
        assert (found.number, found.sure) == (body.number, True)
    assert archive.agents.find("Finnish Foreign Ministry") == []
    assert archive.agents.find("Estonian Ministry of Finance") == []


@pytest.mark.parametrize("asked", [{"date": "2014-13"}, {"role": "cook"}, {"country": "ZZ"}])
def test_what_cannot_be_is_not_asked(archive: Archive, asked: dict[str, str]) -> None:
    with pytest.raises(ValueRefusedError):
        archive.agents.find("Marenk", **asked)


def test_less_is_proposed_and_never_linked(archive: Archive) -> None:
    agent = archive.agents.add(MARENK)
    (found,) = archive.agents.find("Marenk")
    assert (found.number, found.sure) == (agent.number, False)
    assert found.certainty < LINK
    assert "no given name" in found.reason
    assert archive.agents.find("Marenk, Karl") == []


def test_the_dead_and_the_unborn_write_nothing(archive: Archive) -> None:
    archive.agents.add(MARENK)
    assert not archive.agents.find("Ilva T. Marenk", date="1950", role="author")
    (mentioned,) = archive.agents.find("Ilva T. Marenk", date="2023", role="mentioned")
    assert mentioned.sure
    assert not archive.agents.find("Ilva T. Marenk", date="2023", role="signatory")


def test_two_of_one_name_are_not_linked(archive: Archive) -> None:
    archive.agents.add(Agent("Tarrow, Robert F."))
    archive.agents.add(Agent("Tarrow, Robert G."))
    found = archive.agents.find("Robert Tarrow")
    assert len(found) == 2
    assert not any(one.sure for one in found)
    assert archive.agents.find("Robert G. Tarrow")[0].sure


def test_a_merge_is_one_operation_and_leads_on(archive: Archive) -> None:
    one = archive.agents.add(MARENK)
    other = archive.agents.add(Agent("Marenk, I. T.", offices=(Office("Envoy"),)))
    third = archive.agents.add(Agent("Marenck, Ilva"))
    archive.agents.merge(one.number, [other.number])
    archive.agents.merge(third.number, [other.number])
    assert names(archive) == ["Marenck, Ilva"]
    for number in (one.number, other.number, third.number):
        agent = archive.agents.get(number)
        assert agent.number == third.number
        assert {"Marenk, Ilva Teodora", "Marenk, I. T.", "Ilva Marenk"} <= set(agent.variants)
        assert Office("Envoy") in agent.offices
    archive.undo()
    archive.undo()
    assert names(archive) == ["Marenk, Ilva Teodora", "Marenk, I. T.", "Marenck, Ilva"]
    assert archive.agents.get(one.number) == one
    assert archive.agents.get(other.number) == other
    archive.redo()
    assert archive.agents.get(other.number).number == one.number
    assert archive.check().ok


def test_what_is_not_the_same_is_not_merged(archive: Archive) -> None:
    one = archive.agents.add(MARENK)
    body = archive.agents.add(Agent("Ministry of Roads", "body"))
    with pytest.raises(InputError):
        archive.agents.merge(one.number, [one.number])
    with pytest.raises(InputError):
        archive.agents.merge(one.number, [body.number])


def test_one_that_was_merged_is_split_off_again(archive: Archive) -> None:
    one = archive.agents.add(MARENK)
    other = archive.agents.add(Agent("Marenk, I. T.", offices=(Office("Envoy"),)))
    archive.agents.merge(one.number, [other.number])
    archive.agents.split(one.number, ["Marenk, I. T."])
    assert archive.agents.get(one.number) == one
    assert archive.agents.get(other.number) == other
    archive.undo()
    assert archive.agents.get(other.number).number == one.number


def test_forms_are_split_off_as_an_agent_of_their_own(archive: Archive) -> None:
    agent = archive.agents.add(replace(MARENK, variants=("I. Marenk", "Marenk, Irma")))
    archive.agents.split(agent.number, ["Marenk, Irma", "I. Marenk"])
    left, new = archive.agents.listed()
    assert (left.number, left.variants) == (agent.number, ())
    assert (new.name, new.variants) == ("Marenk, Irma", ("I. Marenk",))
    with pytest.raises(InputError, match="no such further form"):
        archive.agents.split(agent.number, ["Marenk, Karl"])
    archive.undo()
    assert archive.agents.listed() == [agent]


def test_merges_taken_back_in_another_order_never_lead_round(archive: Archive) -> None:
    one = archive.agents.add(Agent("Tarrow, Robert F."))
    other = archive.agents.add(Agent("Tarrow, R."))
    archive.agents.merge(one.number, [other.number])
    split = archive.agents.split(one.number, ["Tarrow, R."])
    archive.agents.merge(other.number, [one.number])
    archive.undo(split.operation)
    (standing,) = archive.agents.listed()
    assert {archive.agents.get(each).number for each in (one.number, other.number)} == {
        standing.number
    }


def test_records_propose_whom_they_name(archive: Archive) -> None:
    agent = archive.agents.add(MARENK)
    for name in ("Ilva T. Marenk", "Oren Sabel", "Mr. Oren K. Sabel", "Ministry of Roads"):
        file(archive, name)
    file(archive, "Sabel, O. K.", "2016", "signatory")
    file(archive, "Marenk", "1830")
    found = {one.name: one for one in archive.agents.proposals()}
    assert found["Ilva T. Marenk"].linked is not None
    assert found["Ilva T. Marenk"].linked.number == agent.number
    sabel = found["Oren K. Sabel"]
    assert (sabel.records, sabel.first, sabel.last) == (3, "2014", "2016")
    assert set(sabel.forms) == {"Oren Sabel", "Oren K. Sabel", "Sabel, O. K."}
    assert sabel.roles == ("author", "signatory")
    assert sabel.candidates == ()
    assert "Marenk" in found
    assert [one.name for one in archive.agents.proposals(least=2)] == ["Oren K. Sabel"]


def test_an_office_alone_is_its_holder_s_and_no_form_of_the_name(archive: Archive) -> None:
    agent = archive.agents.add(MARENK)
    follower = archive.agents.add(FOLLOWER)
    office = "Minister of Foreign Affairs of the Republic of Estonia"
    file(archive, office, "2014-03-01")
    file(archive, office, "2018")
    file(archive, office, "1999")
    file(archive, "The Minister", "2014")
    found = archive.agents.proposals()
    assert {one.linked and one.linked.number for one in found} == {agent.number, follower.number}
    archive.agents.accept(found)
    assert archive.agents.listed() == [agent, follower]


def test_who_speaks_in_a_text_is_proposed_too(archive: Archive) -> None:
    text = (
        "“The ferry sails on Monday,” Oren Sabel said in Port Halden. “Nobody will be left behind.”"
    )
    archive.type_in(Description(title="Ferry", date="2014", language="en"), text)
    assert "Oren Sabel" not in {one.name for one in archive.agents.proposals()}
    archive.read_statements()
    (found,) = [one for one in archive.agents.proposals() if one.name == "Oren Sabel"]
    assert (found.roles, found.first) == (("speaker",), "2014")


def test_proposals_are_taken_over_as_one_operation(archive: Archive) -> None:
    agent = archive.agents.add(MARENK)
    for name in (
        "Ilva T. Marenk", "Oren Sabel", "Ministry of Roads", "I. Marenk", "Tarrow", "Iceland",
        "Secretary Tarrow",
    ):  # fmt: skip
        file(archive, name)
    archive.agents.accept(archive.agents.proposals())
    assert "Ilva T. Marenk" in archive.agents.get(agent.number).variants
    assert names(archive) == ["Marenk, Ilva Teodora", "Ministry of Roads", "Oren Sabel"]
    assert archive.agents.listed()[1].kind == "body"
    assert archive.agents.find("Ministry of Roads")[0].sure
    head = archive.sequence()
    archive.agents.accept(archive.agents.proposals())
    assert archive.sequence() == head, "there is nothing more to take over"
    archive.undo()
    assert archive.agents.listed() == [agent]


@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(everyone=st.lists(AGENTS, max_size=4, unique_by=lambda one: identity(checked(one))))
def test_what_is_exported_comes_back_the_same(
    everyone: list[Agent], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("agents")
    with Archive.create(folder / "one") as one, Archive.create(folder / "two") as two:
        kept = [one.agents.add(agent) for agent in everyone]
        assert one.agents.save(folder / "agents.csv") == len(kept)
        assert one.agents.load(folder / "agents.csv").operation == 0, "nothing is to be changed"
        report = two.agents.load(folder / "agents.csv")
        assert (report.added, report.refused) == (len(kept), ())
        assert [replace(agent, number=0) for agent in two.agents.listed()] == [
            replace(agent, number=0) for agent in kept
        ]


def test_bad_lines_are_refused_and_the_rest_is_taken(archive: Archive, tmp_path: Path) -> None:
    agent = archive.agents.add(MARENK)
    rows = [
        ["Name", "birth", "offices", "handles"],
        ["Marenk, Ilva Teodora", "1962", "Envoy | Embassy | Teveril | EE | 2001", ""],
        ["Sabel, Oren", "born", "", ""],
        ["", "1950", "", ""],
        ["Hollen, Lida", "", "", "hollen; @lida"],
        ["Hollen, Lida", "1940", "", ""],
        ["Torrens, Ada", "", "a|b|c|DE|1|2|3", ""],
        [],
    ]
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file_:
        csv.writer(file_).writerows(rows)
    report = archive.agents.load(path)
    assert (report.added, report.changed, report.unchanged) == (1, 1, 0)
    assert [one.line for one in report.refused] == [3, 4, 6, 7]
    assert "twice" in report.refused[2].reason
    changed = archive.agents.get(agent.number)
    assert (changed.birth, changed.notes) == ("1962", MARENK.notes)
    assert changed.offices == (Office("Envoy", "Embassy", "Teveril", "EE", "2001"),)
    assert archive.agents.listed()[1].handles == ("@hollen", "@lida")
    archive.undo()
    assert archive.agents.listed() == [agent]


def test_what_is_no_list_of_agents_is_refused(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    for text in ("title,body\nx,y\n", "name,shoe\nx,y\n", ""):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="no list of agents"):
            archive.agents.load(path)
    with pytest.raises(StorageError):
        archive.agents.load(tmp_path / "none.csv")


def test_countries_are_found_by_whatever_they_are_called() -> None:
    for text in ("France", "French", "FR", "FRA", "250", "frankreich", "République française"):
        assert country_of(text) == "FR", text
    assert country_of("Soviet Union") == "RU"
    assert country_of("Valdora") == country_of("and") == ""
    assert all(one.alpha3 for one in countries().values() if one.code != "XK")


@pytest.mark.parametrize(
    ("text", "country", "same"),
    [
        ("Peruvian Foreign Minister", "PE", "Minister for Foreign Affairs of Peru"),
        ("U.S. Secretary of State", "US", "Secretary of State of the United States of America"),
        ("US Secretary of State", "US", "American Secretary of State"),
        ("Minister for Roads and Canals of Peru", "PE", "Peruvian Minister for Roads and Canals"),
        ("Prime Minister of the Republic of Korea", "KR", "South Korean Prime Minister"),
        ("Soviet Premier", "RU", "Chairman of the Council of Ministers of the USSR"),
    ],
)
def test_offices_are_the_same_under_several_names(text: str, country: str, same: str) -> None:
    assert read_office(text) == read_office(same)
    assert read_office(text).country == country


def test_thousands_of_names_are_asked_in_seconds() -> None:
    known = [
        Agent(f"{family}{end}, {given} {initial}.", number=number)
        for number, (family, end, given, initial) in enumerate(
            (f, e, g, i)
            for f in ("Tar", "Mar", "Hol", "Sab", "Tor", "Kes", "Dol", "Lam")
            for e in ("row", "enk", "len", "rens", "sel", "matov", "pen", "wick")
            for g in ("Ada", "Robert", "Ilva", "Karl", "Milo", "Oren", "Lida", "Yaro")
            for i in "ABCDEFGH"
        )
    ]
    began = time.perf_counter()
    matching = Matching(known)
    for agent in known:
        assert matching.candidates(agent.name)[0].number == agent.number
    assert time.perf_counter() - began < 20, "the time must not grow with the square"
