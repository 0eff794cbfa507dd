"""The command line's promises: exit codes and JSON, to the letter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archivist.cli.__main__ import main
from tests.cli.conftest import RELEASE, Run

DESCRIBED = {
    *("path", "title", "date", "doctype", "place", "language", "originator", "number"),
    *("countries", "agents", "text", "statements"),
}


def test_new_makes_an_archive_and_tells_its_identity(run: Run, tmp_path: Path) -> None:
    answer = run("new", tmp_path / "a.archive")
    assert answer.status == 0
    assert set(answer.json) == {"archive", "id"}
    assert Path(answer.json["archive"]) == tmp_path / "a.archive"
    assert (tmp_path / "a.archive" / "archive.sqlite").is_file()


def test_new_refuses_a_folder_that_holds_something(run: Run, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("x", encoding="utf-8")
    answer = run("new", tmp_path)
    assert answer.status in {2, 3}
    assert set(answer.json["error"]) >= {"kind", "message", "hint"}
    assert [path.name for path in tmp_path.iterdir()] == ["precious.txt"]


def test_import_names_every_path_exactly_once(run: Run, archive: Path, inbox: Path) -> None:
    answer = run("import", inbox)
    assert answer.status == 1, "an empty file is refused"
    assert set(answer.json) == {"operation", "filed", "duplicates", "refused", "seconds"}
    paths = [
        one["path"] for part in ("filed", "duplicates", "refused") for one in answer.json[part]
    ]
    assert sorted(paths) == sorted(str(path) for path in inbox.iterdir())
    assert [Path(one["path"]).name for one in answer.json["refused"]] == ["z-empty.txt"]
    assert [set(one) for one in answer.json["filed"]] == [{"ref", "path", "title"}] * 2
    progress = [json.loads(line) for line in answer.errors.splitlines()]
    assert progress
    assert all(set(one) == {"acknowledged", "of"} for one in progress)
    assert progress[-1]["acknowledged"] == 4


def test_import_again_files_nothing_twice(run: Run, filed: dict[str, str], inbox: Path) -> None:
    answer = run("import", inbox)
    assert answer.json["filed"] == []
    refs = {Path(one["path"]).name: one["ref"] for one in answer.json["duplicates"]}
    assert refs["note.txt"] == filed["note.txt"]
    assert run("search", "*").json["total"] == 2


def test_import_dry_run_writes_nothing(run: Run, archive: Path, inbox: Path) -> None:
    answer = run("import", inbox, "--dry-run")
    assert len(answer.json["filed"]) == 2
    assert len(answer.json["duplicates"]) == 1
    assert run("search", "*").json["total"] == 0
    assert run("history").json["events"] == []


def test_describe_needs_no_archive(run: Run, inbox: Path) -> None:
    answer = run("describe", inbox / "release.txt")
    assert answer.status == 0
    assert set(answer.json) == {"documents", "refused", "seconds"}
    (one,) = answer.json["documents"]
    assert set(one) == DESCRIBED
    assert one["text"] == RELEASE, "a text that is clean already is left as it is"
    assert one["date"] == "2014-03-12"
    assert one["place"].casefold() == "port halden"
    assert one["language"] == "en"


def test_search_answers_with_reading_hits_and_facets(run: Run, filed: dict[str, str]) -> None:
    answer = run("search", '"strategic partnership"', "--facets")
    assert answer.status == 0
    assert set(answer.json) >= {
        *("query", "reading", "total", "took_ms", "reason", "hits", "facets")
    }
    assert answer.json["total"] == 1
    assert answer.json["reason"] is None
    (hit,) = answer.json["hits"]
    assert set(hit) == {"ref", "title", "date", "doctype", "score", "snippet"}
    assert "strategic partnership" in hit["snippet"]
    assert {"type", "country", "originator", "lang", "year"} <= set(answer.json["facets"])
    assert answer.json["facets"]["year"] == [{"value": "2014", "count": 1}]


def test_search_without_hits_is_done_and_gives_its_reason(run: Run, filed: dict[str, str]) -> None:
    answer = run("search", "partnershup")
    assert (answer.status, answer.json["total"]) == (0, 0)
    assert "partnershup" in answer.json["reason"]
    assert answer.json["proposal"] == "partnership"


def test_a_token_with_inner_punctuation_is_a_phrase(run: Run, filed: dict[str, str]) -> None:
    assert [hit["ref"] for hit in run("search", "14/2/2014").json["hits"]] == [filed["note.txt"]]


def test_search_leaves_out_what_begins_with_a_minus(run: Run, filed: dict[str, str]) -> None:
    answer = run("search", "Estrea", "-patience")
    assert [hit["ref"] for hit in answer.json["hits"]] == [filed["note.txt"]]


@pytest.mark.parametrize("query", ["(", "AND OR", "nosuchfield:x", "date:2010-13-45"])
def test_an_unreadable_query_is_wrong_usage(run: Run, filed: dict[str, str], query: str) -> None:
    answer = run("search", query)
    assert answer.status == 2
    assert answer.json["error"]["kind"] == "query"
    assert answer.json["error"]["message"]


def test_show_gives_the_whole_record(run: Run, filed: dict[str, str]) -> None:
    answer = run("show", filed["release.txt"])
    assert answer.status == 0
    assert answer.json["text"] == RELEASE
    assert [one["cue"] for one in answer.json["statements"]] == ["said"]
    assert answer.json["original"]["name"] == "release.txt"
    assert Path(answer.json["original"]["file"]).read_text(encoding="utf-8") == RELEASE
    assert [event["what"] for event in answer.json["history"]] == ["filed"]


def test_an_unknown_reference_is_wrong_usage(run: Run, filed: dict[str, str]) -> None:
    answer = run("show", "1999-999999")
    assert answer.status == 2
    assert answer.json["error"]["kind"] == "unknown-record"


def test_edit_previews_changes_and_is_undone(run: Run, filed: dict[str, str]) -> None:
    ref = filed["note.txt"]
    preview = run("edit", "--refs", ref, "--set", "type=note", "date=2014-04", "--dry-run").json
    assert set(preview) == {"operation", "changed", "unchanged", "conflicts", "preview"}
    assert preview["preview"][0]["after"]["date"] == "2014-04"
    before = run("show", ref).json
    done = run("edit", "--refs", ref, "--set", "type=note", "date=2014-04", "tag=river,rail")
    assert (done.status, done.json["changed"]) == (0, 1)
    after = run("show", ref).json
    assert (after["date"], after["doctype"], after["tags"]) == (
        "2014-04",
        "note",
        ["river", "rail"],
    )
    assert run("search", "tag:river").json["total"] == 1
    undone = run("undo").json
    assert set(undone) == {"operation", "undone", "records", "conflicts"}
    assert undone["undone"] == done.json["operation"]
    restored = run("show", ref).json
    assert {k: restored[k] for k in ("date", "doctype", "tags")} == {
        k: before[k] for k in ("date", "doctype", "tags")
    }
    assert run("search", "tag:river").json["total"] == 0
    assert run("redo").status == 0
    assert run("show", ref).json["date"] == "2014-04"


def test_edit_by_query_changes_all_it_finds_as_one_operation(
    run: Run, filed: dict[str, str]
) -> None:
    done = run("edit", "--query", "Estrea", "--set", "mark=restricted").json
    assert done["changed"] == 2
    assert run("search", "mark:restricted").json["total"] == 2
    assert run("undo").json["records"] == 2
    assert run("search", "mark:restricted").json["total"] == 0


@pytest.mark.parametrize("change", ["date=2014-13-01", "type=nonsense", "ref=1", "titel=x"])
def test_a_value_that_does_not_fit_is_refused_with_a_hint(
    run: Run, filed: dict[str, str], change: str
) -> None:
    answer = run("edit", "--refs", filed["note.txt"], "--set", change)
    assert answer.status == 2
    assert answer.json["error"]["hint"]


def test_delete_moves_to_the_trash_and_back(run: Run, filed: dict[str, str]) -> None:
    ref = filed["note.txt"]
    assert run("delete", ref).json["records"] == 1
    assert run("search", "*").json["total"] == 1
    assert run("show", ref).json["state"] == "trashed"
    assert run("restore-record", ref).json["records"] == 1
    assert run("search", "*").json["total"] == 2


def test_undo_of_an_import_keeps_its_numbers_accounted_for(
    run: Run, filed: dict[str, str], inbox: Path
) -> None:
    assert run("undo").json["records"] == 2
    assert run("search", "*").json["total"] == 0
    assert run("show", filed["note.txt"]).json["state"] == "cancelled"
    again = run("import", inbox).json["filed"]
    assert len(again) == 2
    assert not {one["ref"] for one in again} & set(filed.values())


def test_history_tells_who_did_what(run: Run, filed: dict[str, str]) -> None:
    run("edit", "--refs", filed["note.txt"], "--set", "place=Teveril", "type=letter", "shelf=B 12")
    events = run("history", filed["note.txt"]).json["events"]
    assert [
        set(event) >= {"seq", "operation", "time", "who", "what", "before", "after"}
        for event in events
    ] == [True, True]
    assert events[-1]["after"] == {"place": "Teveril", "type": "letter", "shelf": "B 12"} | {
        key: value for key, value in events[-1]["after"].items() if key.startswith("proposed:")
    }
    assert [event["seq"] for event in events] == sorted(event["seq"] for event in events)


@pytest.mark.parametrize("ending", [".docx", ".csv", ".json"])
def test_dossier_is_written_in_the_format_of_its_name(
    run: Run, filed: dict[str, str], tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"dossier{ending}"
    answer = run("dossier", out, "--query", "Estrea", "--title", "Estrea", "--no-layout")
    assert answer.status == 0
    assert set(answer.json) == {"written", "records", "statements", "pages", "seconds"}
    assert (answer.json["records"], answer.json["pages"]) == (2, None)
    assert Path(answer.json["written"]) == out
    assert out.stat().st_size > 100


def test_check_backup_and_restore(run: Run, filed: dict[str, str], tmp_path: Path) -> None:
    checked = run("check")
    assert checked.status == 0
    assert checked.json["ok"] is True
    assert checked.json["records"] == 2
    assert {one["result"] for one in checked.json["checks"]} == {"passed"}
    saved = run("backup", tmp_path / "saved.zip").json
    assert (saved["records"], saved["originals"]) == (2, 2)
    restored = run("restore", tmp_path / "saved.zip", tmp_path / "again.archive").json
    assert restored == saved
    again = run("--archive", tmp_path / "again.archive", "search", "partnership").json
    assert [hit["ref"] for hit in again["hits"]] == [filed["release.txt"]]


def test_check_finds_an_altered_original(run: Run, filed: dict[str, str]) -> None:
    original = Path(run("show", filed["note.txt"]).json["original"]["file"])
    original.chmod(0o644)
    original.write_text("altered", encoding="utf-8")
    answer = run("check")
    assert answer.status == 1
    failed = [one for one in answer.json["checks"] if one["result"] == "failed"]
    assert [one["name"] for one in failed] == ["fixity"]


def test_reindex_builds_the_index_anew(run: Run, filed: dict[str, str], archive: Path) -> None:
    for path in (archive / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(b"noise")
    assert run("search", "partnership").json["total"] == 1, "a damaged index mends itself"
    assert run("reindex").json["records"] == 2


def test_a_missing_archive_cannot_be_used(run: Run, tmp_path: Path) -> None:
    answer = run("--archive", tmp_path / "nowhere", "search", "*")
    assert answer.status == 3
    assert set(answer.json["error"]) == {"kind", "message", "hint"}


def test_the_archive_may_be_named_by_the_environment(
    run: Run, filed: dict[str, str], archive: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run("new", tmp_path / "other.archive")
    monkeypatch.setenv("ARCHIVIST_ARCHIVE", str(archive))
    assert run("search", "*").json["total"] == 2


@pytest.mark.parametrize("line", [["frobnicate"], ["search"], [], ["edit", "--set", "a=b"]])
def test_wrong_usage(run: Run, line: list[str]) -> None:
    answer = run(*line)
    assert answer.status == 2
    assert answer.json["error"]["kind"] == "usage"


def test_people_read_lines_not_json(
    filed: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "partnership", "--facets"]) == 0
    printed = capfd.readouterr().out
    assert "1 records" in printed or "1 record" in printed
    assert "{" not in printed
