"""The command line's promises about statements, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

STATEMENT = {
    *("start", "end", "text", "kind", "speaker", "role", "cue", "certainty", "pieces"),
}
SAID = "A strategic partnership asks for patience,"
BRIEFING = """\
Daily Press Briefing
Port Halden, 14 March 2014

MS. ROTH: Good afternoon, everyone. I have one announcement on the ferry, and then I take questions.

QUESTION: Will the partnership with Estrea be signed this year?

MS. ROTH: The partnership will be signed in May. I have nothing to add to what the Minister said.
"""


@pytest.fixture
def briefing(run: Run, filed: dict[str, str], inbox: Path) -> str:
    """File a transcript, whose turns nobody can mistake; return its reference."""
    (inbox / "briefing.txt").write_text(BRIEFING, encoding="utf-8")
    (one,) = run("import", inbox / "briefing.txt", "--workers", "1").json["filed"]
    return str(one["ref"])


def test_statements_are_found_with_who_and_where(run: Run, briefing: str) -> None:
    answer = run("search", "signed", "speaker:roth", "--view", "statements", "--facets")
    assert answer.status == 0
    assert set(answer.json) == {
        *("query", "reading", "total", "took_ms", "reason", "proposal", "notes", "hits", "facets")
    }
    (hit,) = answer.json["hits"]
    assert set(hit) == {"ref", "date"} | STATEMENT
    assert (hit["ref"], hit["date"], hit["kind"]) == (briefing, "2014-03-14", "turn")
    assert BRIEFING[hit["start"] : hit["end"]] == hit["text"]
    assert hit["text"].startswith("The partnership will be signed in May.")
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


def test_a_record_is_found_by_what_it_holds(run: Run, briefing: str) -> None:
    answer = run("search", "speaker:roth", "said:partnership", "kind:turn")
    assert [hit["ref"] for hit in answer.json["hits"]] == [briefing]
    answer = run("search", "speaker:roth", "said:navigation")
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
    unsure = ("search", "*", "--view", "statements", "--unsure")
    assert run(*unsure).json["total"] == 1
    run("delete", filed["release.txt"])
    assert run(*unsure).json["total"] == 0
    run("undo")
    assert run(*unsure).json["total"] == 1
