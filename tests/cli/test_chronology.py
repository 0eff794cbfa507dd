"""What happened when, for scripts and for people in a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archivist.cli.__main__ import main
from tests.cli.conftest import Run


@pytest.fixture
def told(run: Run, archive: Path, tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "treaty.txt").write_text(
        "TEVERIL, 4 March 1975. The two ministers met in the harbour.\n\n"
        "In October 1962 the two governments had signed the first agreement on the ferry. "
        "On 19 March 1971 they opened the first line across the strait.\n",
        encoding="utf-8",
    )
    answer = run("import", str(folder)).json
    return {filed["path"]: filed["ref"] for filed in answer["filed"]}


def test_a_script_reads_dates_in_order(run: Run, told: dict[str, str]) -> None:
    answer = run("chronology", "ministers").json
    assert set(answer) == {
        *("query", "reading", "from", "to", "total", "records", "took_ms", "reason", "notes"),
        *("items", "written"),
    }
    sentences = [item for item in answer["items"] if item["kind"] == "sentence"]
    assert [item["date"] for item in sentences] == ["1962-10", "1971-03-19"]
    first = sentences[0]
    text = run("show", first["ref"]).json["text"]
    assert text[first["start"] : first["end"]].startswith("In October 1962 the two governments")
    assert set(first) == {
        *("date", "kind", "ref", "title", "text", "citation", "start", "end"),
    }
    assert (answer["records"], answer["reason"], answer["written"]) == (1, None, None)


def test_a_span_a_page_and_sentences_only(run: Run, told: dict[str, str]) -> None:
    narrowed = run("chronology", "*", "--from", "1971", "--to", "1971-12-31").json
    assert [item["date"] for item in narrowed["items"]] == ["1971-03-19"]
    assert (narrowed["from"], narrowed["to"]) == ("1971", "1971-12-31")
    only = run("chronology", "*", "--facts-only").json
    assert {item["kind"] for item in only["items"]} == {"sentence"}
    page = run("chronology", "*", "--facts-only", "--limit", "1", "--offset", "1").json
    assert (page["total"], page["items"]) == (only["total"], only["items"][1:2])
    none = run("chronology", "*", "--to", "1800").json
    assert (none["total"], "No date" in none["reason"]) == (0, True)


def test_what_cannot_be_read_is_refused(run: Run, told: dict[str, str]) -> None:
    assert run("chronology", "*", "--from", "soon").status == 2
    assert run("chronology", "date:nonsense").status == 2
    assert run("chronology", "-ferry", "ministers").json["total"] == 0


def test_it_is_written_beside(run: Run, told: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "when.json"
    answer = run("chronology", "*", "--limit", "1", "--out", str(target)).json
    assert answer["written"] == str(target)
    items = json.loads(target.read_text(encoding="utf-8"))["items"]
    assert len(items) == answer["total"] > len(answer["items"])


def test_people_read_it_in_lines(
    archive: Path, told: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["chronology", "ministers", "--facts-only"]) == 0
    said = capfd.readouterr().out
    assert said.index("1962-10") < said.index("1971-03-19")
    assert "they opened the first line" in said
