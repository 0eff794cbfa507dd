"""The command line's promises about statements, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.cli.__main__ import main
from tests.cli.conftest import Run

DESCRIBED = {
    *("start", "end", "text", "kind", "speaker", "role", "cue", "certainty", "pieces"),
    *("surface", "addressee", "occasion", "said", "rule"),
}
STATEMENT = DESCRIBED | {"number", "decided"}
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


def test_one_is_counted_as_one(briefing: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert briefing
    assert main(["search", "signed", "speaker:roth", "--view", "statements"]) == 0
    assert "1 statement in " in capfd.readouterr().out


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
    assert [set(one) for one in described["statements"]] == [DESCRIBED]
    assert [{key: one[key] for key in DESCRIBED} for one in shown["statements"]] == described[
        "statements"
    ]
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
    assert "navigation" in answer.json["reason"]


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


def numbers(run: Run, ref: str) -> list[int]:
    """Return the numbers of a record's statements."""
    return [one["number"] for one in run("statements", "list", ref).json["statements"]]


def test_statements_have_numbers_that_all_views_share(run: Run, briefing: str) -> None:
    listed = run("statements", "list", briefing)
    assert listed.status == 0
    assert set(listed.json) == {"ref", "statements"}
    assert [set(one) for one in listed.json["statements"]] == 3 * [STATEMENT]
    shown = run("show", briefing).json["statements"]
    assert shown == listed.json["statements"]
    assert all(one["number"] > 0 for one in shown)
    (hit,) = run("search", "signed", "speaker:roth", "--view", "statements").json["hits"]
    assert hit["number"] in {one["number"] for one in shown}


def test_statements_are_confirmed_rejected_and_decisions_withdrawn(run: Run, briefing: str) -> None:
    first, second, third = numbers(run, briefing)
    answer = run("statements", "confirm", first, second)
    assert answer.status == 0
    assert set(answer.json) == {"operation", "records", "statements"}
    assert answer.json["records"] == 1
    assert [(one["number"], one["decided"]) for one in answer.json["statements"]] == [
        (first, "confirmed"), (second, "confirmed"),
    ]  # fmt: skip
    assert {one["ref"] for one in answer.json["statements"]} == {briefing}
    run("statements", "reject", third)
    assert [one["number"] for one in run("show", briefing).json["statements"]] == [first, second]
    assert numbers(run, briefing) == [first, second, third]
    (back,) = run("statements", "withdraw", third).json["statements"]
    assert (back["number"], back["decided"]) == (third, "")
    assert run("undo").status == 0
    assert len(run("show", briefing).json["statements"]) == 2


def test_a_statement_is_corrected(run: Run, briefing: str) -> None:
    first, *_ = numbers(run, briefing)
    (one,) = run(
        "statements", "correct", first, "--speaker", "Ilva Roth", "--role", "Spokeswoman"
    ).json["statements"]
    assert (one["speaker"], one["role"], one["decided"]) == (
        "Ilva Roth",
        "Spokeswoman",
        "corrected",
    )
    assert one["certainty"] == 1
    found = run("search", "speaker:ilva", "--view", "statements").json
    assert [hit["number"] for hit in found["hits"]] == [first]
    assert run("statements", "correct", first).status == 2
    assert run("statements", "correct", first, "--start", "5", "--end", "2").status == 2


def test_a_statement_is_added_by_its_words_or_by_its_place(run: Run, briefing: str) -> None:
    words = "take questions"
    added = run("statements", "add", briefing, "--words", words, "--speaker", "Ilva Roth").json
    (one,) = added["statements"]
    assert (one["text"], one["speaker"], one["decided"]) == (words, "Ilva Roth", "added")
    start = BRIEFING.index("this year")
    placed = run("statements", "add", briefing, "--start", start, "--end", start + 9)
    assert placed.json["statements"][0]["text"] == "this year"
    assert run("statements", "add", briefing, "--words", "partnership").status == 2
    assert run("statements", "add", briefing, "--words", "lighthouse").status == 2
    assert run("statements", "add", briefing).status == 2
    assert run("statements", "withdraw", one["number"]).json["statements"] == []


def test_what_cannot_be_decided_is_said(run: Run, briefing: str) -> None:
    for action in ("confirm", "reject", "withdraw"):
        answer = run("statements", action, 999_999)
        assert answer.status == 2
        assert "no statement 999999" in answer.json["error"]["message"]
    assert run("statements").status == 2
    first, *_ = numbers(run, briefing)
    assert "Nobody has decided" in run("statements", "withdraw", first).json["error"]["message"]


def test_a_quotation_is_told_with_its_speaker(run: Run, briefing: str) -> None:
    (match,) = run("quote", "The partnership will be signed in May").json["matches"]
    assert (match["ref"], match["speaker_kind"]) == (briefing, "speaker")
    assert "ROTH" in match["speaker"].upper()
    (user,) = run("wording", "signed in May").json["users"]
    assert (user["name"], user["kind"], user["count"]) == (match["speaker"], "speaker", 1)
