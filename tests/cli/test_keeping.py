"""Saved searches, synonyms and lists of terms from a terminal."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from archivist.cli.__main__ import main
from tests.cli.conftest import RELEASE, Run

SEARCH = {"number", "name", "query", "reading", "sort", "opened", "total", "new", "gone"}


def test_a_search_is_saved_and_tells_what_is_new(
    run: Run, filed: dict[str, str], tmp_path: Path
) -> None:
    saved = run("searches", "save", "Estrea", "Estrea", "-type:treaty", "--sort", "newest")
    assert (saved.status, set(saved.json)) == (0, SEARCH)
    assert (saved.json["query"], saved.json["sort"]) == ("Estrea -type:treaty", "newest")
    assert (saved.json["total"], saved.json["new"], saved.json["gone"]) == (2, 0, 0)
    later = tmp_path / "later.txt"
    later.write_text(RELEASE.replace("March", "May").replace("12", "13"), encoding="utf-8")
    (new,) = run("import", later, "--workers", "1").json["filed"]
    run("delete", filed["note.txt"])
    (listed,) = run("searches").json["searches"]
    assert set(listed) == SEARCH
    assert (listed["total"], listed["new"], listed["gone"]) == (2, 1, 1)
    number = listed["number"]
    opened = run("searches", "open", str(number))
    assert set(opened.json) == {*SEARCH, "hits"}
    assert [hit["ref"] for hit in opened.json["hits"]] == [new["ref"]]
    assert run("searches", "open", str(number)).json["hits"] == []


def test_a_saved_search_is_changed_removed_and_brought_back(
    run: Run, filed: dict[str, str]
) -> None:
    number = str(run("searches", "save", "Estrea", "Estrea").json["number"])
    edited = run("searches", "edit", number, "--name", "Teveril", "--query", "-Marenk")
    assert (edited.status, set(edited.json)) == (0, {"operation"})
    assert run("searches", "delete", number).json["operation"] > edited.json["operation"]
    assert run("searches", "list").json["searches"] == []
    undone = run("undo").json
    assert (undone["records"], undone["conflicts"]) == (0, [])
    (back,) = run("searches", "list").json["searches"]
    assert (back["name"], back["query"], back["total"]) == ("Teveril", "-Marenk", 1)
    events = run("history").json["events"]
    assert events[-2]["what"] == "search removed"
    assert events[-1]["after"] == {"name": "Teveril", "query": "-Marenk", "sort": "relevance"}


def test_one_that_cannot_be_read_does_not_hide_the_others(
    run: Run, filed: dict[str, str], archive: Path
) -> None:
    for name in ("Estrea", "Teveril"):
        run("searches", "save", name, name)
    with closing(sqlite3.connect(archive / "archive.sqlite")) as connection:
        connection.execute(
            "UPDATE things SET value = json_set(value, '$.tree', 7) WHERE number = 1"
        )
        connection.commit()
    first, second = run("searches").json["searches"]
    assert (first["name"], first["query"], first["total"]) == ("Estrea", "", 0)
    assert (second["name"], second["total"]) == ("Teveril", 1)
    assert run("searches", "open", "1").status == 2
    assert run("check").status == 1


@pytest.mark.parametrize(
    "line",
    [
        ("searches", "save", "Estrea"),
        ("searches", "save", "Estrea", "("),
        ("searches", "open", "77"),
        ("searches", "delete", "seven"),
        ("searches", "frobnicate"),
        ("synonyms", "add", "lonely"),
        ("synonyms", "remove", "77"),
        ("synonyms", "change", "-777", "a", "b"),
        ("terms",),
    ],
)
def test_what_cannot_be_used_is_wrong_usage(run: Run, archive: Path, line: tuple[str, ...]) -> None:
    answer = run(*line)
    assert answer.status == 2
    assert set(answer.json["error"]) >= {"kind", "message", "hint"}


def test_synonyms_are_kept_and_used(run: Run, filed: dict[str, str], tmp_path: Path) -> None:
    assert run("search", "envoy").json["total"] == 0
    assert run("synonyms", "add", "envoy", "ambassador").status == 0
    found = run("search", "envoy").json
    assert found["total"] == 1
    assert found["synonyms"] == [{"term": "envoy", "others": ["ambassador"]}]
    assert found["notes"] == []
    assert "also" in found["reading"]
    *shipped, own = run("synonyms").json["synonyms"]
    assert own == {
        "number": own["number"],
        "terms": ["envoy", "ambassador"],
        "shipped": False,
        "changed": False,
    }
    assert len(shipped) >= 40
    assert all(ring["shipped"] and ring["number"] < 0 for ring in shipped)
    run("synonyms", "change", str(own["number"]), "envoy", "embassy")
    assert run("search", "envoy").json["hits"][0]["ref"] == filed["note.txt"]
    run("synonyms", "remove", "-1")
    rings = run("synonyms", "list").json["synonyms"]
    assert len(rings) == len(shipped)
    exported = run("synonyms", "export", tmp_path / "rings.csv").json
    assert exported == {"written": str(tmp_path / "rings.csv"), "rings": len(rings)}
    run("synonyms", "remove", str(own["number"]))
    imported = run("synonyms", "import", tmp_path / "rings.csv").json
    assert (set(imported), imported["rings"]) == ({"operation", "rings"}, len(rings))


def test_a_list_of_terms_is_counted(run: Run, filed: dict[str, str], tmp_path: Path) -> None:
    listed = tmp_path / "terms.txt"
    listed.write_text("Estrea\n# states\n\nestrea (\nMarrowgate\n", encoding="utf-8")
    answer = run("terms", listed, "--out", tmp_path / "table.json")
    assert answer.status == 1, "a line cannot be read"
    assert set(answer.json) == {"within", "reading", "rows", "seconds", "written"}
    first, second, third = answer.json["rows"]
    assert first == {
        "line": "Estrea",
        "records": 2,
        "hits": 2,
        "error": None,
        "first": "2014-03-12",
        "last": "2014-04-03",
    }
    assert second["error"]
    assert (third["records"], third["first"], third["error"]) == (0, "", None)
    assert answer.json["written"] == str(tmp_path / "table.json")
    written = json.loads((tmp_path / "table.json").read_text(encoding="utf-8"))
    assert [row["records"] for row in written["rows"]] == [2, 0, 0]
    progress = [json.loads(line) for line in answer.errors.splitlines()]
    assert progress[-1] == {"acknowledged": 3, "of": 3}


def test_terms_come_from_standard_input(
    run: Run, filed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\ufeffEstrea\nTeveril\n"))
    answer = run("terms", "-", "--within", "-Marenk")
    assert answer.status == 0
    assert [row["records"] for row in answer.json["rows"]] == [1, 1]
    assert (answer.json["within"], answer.json["written"]) == ("-Marenk", None)
    assert answer.json["reading"]


def test_people_read_lines(
    run: Run,
    filed: dict[str, str],
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    terms = tmp_path / "terms.txt"
    terms.write_text("Estrea\n", encoding="utf-8")
    for line, word in (
        ("searches save States Estrea", "Saved as number 1"),
        ("searches", "States"),
        ("synonyms", "Soviet Union"),
        ("synonyms add envoy ambassador", "Synonyms: envoy, ambassador."),
        (f"terms {terms}", "2014-04-03"),
    ):
        capfd.readouterr()
        assert main(line.split()) == 0
        assert word in capfd.readouterr().out
