"""Agents from a terminal."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

AGENT = {
    "number", "name", "kind", "variants", "scripts", "handles", "offices", "birth", "death",
    "country", "notes", "sources",
}  # fmt: skip
CANDIDATE = {"number", "name", "certainty", "reason", "linked"}
PROPOSAL = {"name", "forms", "records", "roles", "first", "last", "candidates"}
OFFICE = "Foreign Minister | Ministry of Foreign Affairs | | EE | 2012 | 2016"


def test_an_agent_is_added_found_changed_and_removed(run: Run, archive: Path) -> None:
    added = run(
        "agents", "add", "Marenk, Ilva", "--variant", "I. T. Marenk", "--office", OFFICE,
        "--birth", "1961", "--handle", "marenk", "--source", "Yearbook",
    )  # fmt: skip
    assert (added.status, set(added.json)) == (0, AGENT)
    number = str(added.json["number"])
    assert added.json["offices"][0]["body"] == "Ministry of Foreign Affairs"
    assert run("agents", "show", number).json == added.json
    assert run("agents").json == {"agents": [added.json]}
    found = run("agents", "find", "Estonian Foreign Minister", "--date", "2014").json["candidates"]
    assert [set(one) for one in found] == [CANDIDATE]
    assert (found[0]["number"], found[0]["linked"]) == (added.json["number"], True)
    assert run("agents", "change", number, "--birth", "", "--country", "ee").json["operation"]
    shown = run("agents", "show", number).json
    assert (shown["birth"], shown["country"], shown["handles"]) == ("", "EE", ["@marenk"])
    assert set(run("agents", "remove", number).json) == {"operation"}
    assert run("agents", "list").json == {"agents": []}
    run("undo")
    assert run("agents", "show", number).json == shown
    events = run("history").json["events"]
    assert events[0]["after"]["offices"].startswith("Foreign Minister, Ministry of Foreign")


def test_agents_are_merged_and_split(run: Run, archive: Path) -> None:
    one, other = (
        str(run("agents", "add", name).json["number"]) for name in ("Marenk, Ilva", "I. Marenk")
    )
    assert set(run("agents", "merge", one, other).json) == {"operation"}
    assert run("agents", "show", other).json["variants"] == ["I. Marenk"]
    assert set(run("agents", "split", one, "I. Marenk").json) == {"operation"}
    assert run("agents", "show", other).json["name"] == "I. Marenk"
    failed = run("agents", "split", one, "K. Marenk")
    assert (failed.status, failed.json["error"]["kind"]) == (2, "input")


def test_a_list_goes_out_and_comes_back(run: Run, archive: Path, tmp_path: Path) -> None:
    run("agents", "add", "Marenk, Ilva", "--notes", "=1+1")
    path = tmp_path / "agents.csv"
    assert run("agents", "export", path).json == {"written": str(path), "agents": 1}
    with path.open("a", encoding="utf-8") as file:
        file.write("Sabel,ship\nHollen,body\n")
    report = run("agents", "import", path)
    assert report.status == 1
    assert {name: report.json[name] for name in ("added", "changed", "unchanged")} == {
        "added": 1,
        "changed": 0,
        "unchanged": 1,
    }
    assert [one["line"] for one in report.json["refused"]] == [3]


def test_records_propose_agents(run: Run, filed: dict[str, str]) -> None:
    ref = filed["release.txt"]
    run("edit", "--refs", ref, "--set", "person=Ilva Marenk (speaker); Oren Sabel (participant)")
    proposed = run("agents", "propose", "--limit", "1").json
    assert (proposed["operation"], proposed["linked"]) == (0, 0)
    assert [set(one) for one in proposed["proposals"]] == [PROPOSAL]
    assert proposed["total"] >= 2
    assert run("agents", "propose", "--accept", "--least", "1").json["operation"]
    names = {one["name"] for one in run("agents").json["agents"]}
    assert {"Ilva Marenk", "Oren Sabel"} <= names
    assert run("agents", "propose").json["linked"] >= 2
    run("undo")
    assert run("agents").json == {"agents": []}
