"""The command line's promises about statements, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import RELEASE, Run

STATEMENT = {
    *("start", "end", "text", "kind", "speaker", "role", "cue", "certainty", "pieces"),
}
SAID = "A strategic partnership asks for patience,"


def test_statements_are_found_with_who_and_where(run: Run, filed: dict[str, str]) -> None:
    answer = run("search", "partnership", "--view", "statements", "--facets")
    assert answer.status == 0
    assert set(answer.json) == {
        *("query", "reading", "total", "took_ms", "reason", "notes", "hits", "facets")
    }
    (hit,) = answer.json["hits"]
    assert set(hit) == {"ref", "date"} | STATEMENT
    assert (hit["ref"], hit["date"]) == (filed["release.txt"], "2014-03-12")
    assert RELEASE[hit["start"] : hit["end"]] == hit["text"] == SAID
    assert (hit["kind"], hit["cue"]) == ("direct", "said")
    assert 0.8 <= hit["certainty"] <= 1
    assert hit["pieces"] == [[hit["start"], hit["end"]]]
    assert set(answer.json["facets"]) == {
        *("speaker", "role", "kind", "type", "country", "lang", "year")
    }


def test_show_and_describe_list_statements(run: Run, filed: dict[str, str], inbox: Path) -> None:
    shown = run("show", filed["release.txt"]).json
    (described,) = run("describe", inbox / "release.txt").json["documents"]
    assert [set(one) for one in shown["statements"]] == [STATEMENT]
    assert shown["statements"] == described["statements"]
    for one in (shown, described):
        (said,) = one["statements"]
        assert one["text"][said["start"] : said["end"]] == said["text"] == SAID


def test_a_record_is_found_by_what_it_holds(run: Run, filed: dict[str, str]) -> None:
    answer = run("search", "said:partnership", "kind:direct")
    assert [hit["ref"] for hit in answer.json["hits"]] == [filed["release.txt"]]
    answer = run("search", "said:navigation")
    assert answer.json["total"] == 0
    assert answer.json["reason"]


def test_nothing_found_has_its_reason(run: Run, filed: dict[str, str]) -> None:
    answer = run("search", "navigation", "--view", "statements")
    assert (answer.status, answer.json["total"], answer.json["hits"]) == (0, 0, [])
    assert answer.json["reason"] == "No statement matches all of this."


@pytest.mark.parametrize("options", [("--unsure",), ("--view", "statements", "--sort", "left")])
def test_what_does_not_go_together_is_wrong_usage(
    run: Run, filed: dict[str, str], options: tuple[str, ...]
) -> None:
    assert run("search", "partnership", *options).status == 2


def test_the_trash_hides_statements(run: Run, filed: dict[str, str]) -> None:
    run("search", "*", "--view", "statements")
    run("delete", filed["release.txt"])
    assert run("search", "*", "--view", "statements").json["total"] == 0
    run("undo")
    assert run("search", "*", "--view", "statements", "--unsure").json["total"] == 1
