"""Was this ever said, and how through the years: in a terminal and for scripts."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from archivist.archive.wording.results import Difference
from archivist.cli.__main__ import main
from archivist.cli.phrases import marked
from tests.cli.conftest import Run


def test_a_script_reads_whether_it_was_said(run: Run, filed: dict[str, str]) -> None:
    answer = run("quote", "Both sides agreed to meet again, before the end of the year!").json
    assert answer["verdict"] == "verbatim"
    (match,) = answer["matches"]
    assert set(match) >= {"ref", "date", "speaker", "text", "similarity", "differences"}
    assert (match["similarity"], match["differences"], match["warning"]) == (1.0, [], "")
    text = run("show", match["ref"]).json["text"]
    assert text[match["start"] : match["end"]] == match["text"]
    assert "".join(word["record"] for word in match["words"]) == match["text"]


def test_differences_and_warnings_are_told(run: Run, filed: dict[str, str]) -> None:
    answer = run("quote", "A strategic partnership does not ask for patience").json
    assert answer["verdict"] == "near"
    match = answer["matches"][0]
    assert match["turned"]
    assert "“not” stands in the quotation" in match["warning"]
    assert {"kind": "inflected", "quoted": "ask ", "record": "asks "} in match["differences"]
    never = run("quote", "The price of lanterns shall fall in autumn")
    assert (never.status, never.json["verdict"], never.json["matches"]) == (0, "never", [])


def test_a_text_may_come_from_standard_input(
    run: Run, filed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("“A strategic\npartnership asks for patience,”\n"))
    assert run("quote", "-").json["verdict"] == "verbatim"


def test_what_has_no_words_is_refused(run: Run, filed: dict[str, str]) -> None:
    for command in ("quote", "wording"):
        refused = run(command, "…")
        assert refused.status == 2
        assert "words" in refused.json["error"]["message"]


def test_a_script_reads_a_wording(run: Run, filed: dict[str, str]) -> None:
    answer = run("wording", "strategic partnership").json
    assert answer["first"] == answer["last"]
    assert answer["first"]["date"] == "2014-03-12"
    assert answer["by_year"] == {"2014": 1}
    assert answer["rate_by_year"]["2014"] == 1000 / answer["filed_by_year"]["2014"]
    assert answer["variants"] == []
    nothing = run("wording", "strategic lantern").json
    assert (nothing["first"], nothing["by_year"]) == (None, {})
    assert "strategic lantern" in nothing["reason"]


def test_people_read_it_in_lines(
    archive: Path, filed: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["quote", "Both sides refused to meet again before the end of the year"]) == 0
    said = capfd.readouterr().out
    assert "Both sides [-refused-]{+agreed+} to meet again" in said
    assert "Warning:" in said
    assert main(["wording", "strategic partnership", "--variants", "3"]) == 0
    said = capfd.readouterr().out
    assert "1 use in 1 record" in said
    assert "2014" in said


def test_marks_of_differences() -> None:
    differences = (
        Difference("same", "We ", "We "),
        Difference("dropped", "never ", ""),
        Difference("inflected", "say", "said"),
        Difference("inserted", "", " it."),
    )
    assert marked(differences) == "We [-never-] [~say~]{~said~} {+it.+}"
