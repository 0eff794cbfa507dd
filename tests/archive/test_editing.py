"""What `edit` takes for each field, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist import Archive
from archivist.model.errors import InputError, ValueRefusedError
from archivist.model.record import AgentRole, Description

ROWS = [
    {"title": "First", "body": "The first text.", "Größe": "5", "Box Label": "A 1"},
    {"title": "Second", "body": "The second text.", "mark": "SECRET", "lang": "xx"},
]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
    (tmp_path / "rows.jsonl").write_text(rows, encoding="utf-8")
    with Archive.create(tmp_path / "mission.archive") as found:
        found.file([tmp_path / "rows.jsonl"], workers=1)
        yield found


@pytest.fixture
def refs(archive: Archive) -> list[str]:
    return [archive.record(key).ref for key in (1, 2)]


def described(archive: Archive, ref: str) -> Description:
    return archive.record(ref).description


def test_a_dry_run_names_the_conflicts_of_the_run(archive: Archive, refs: list[str]) -> None:
    told = archive.edit({"code": "MFA/1"}, refs=refs, dry_run=True)
    done = archive.edit({"code": "MFA/1"}, refs=refs)
    assert (told.changed, told.conflicts) == (done.changed, done.conflicts)
    assert [conflict.ref for conflict in done.conflicts] == refs[1:]


def test_a_reference_code_is_never_taken_for_an_accession_number(
    archive: Archive, refs: list[str]
) -> None:
    with pytest.raises(ValueRefusedError, match="accession number"):
        archive.edit({"code": "2026-000009"}, refs=refs[:1])


@pytest.mark.parametrize(
    ("given", "agent"),
    [
        ("Oren Sabel (Signatory)", AgentRole("Oren Sabel", "signatory")),
        ("Office (OX) (author)", AgentRole("Office (OX)", "author")),
        ("Oren Sabel", AgentRole("Oren Sabel", "mentioned")),
    ],
)
def test_persons_and_bodies(
    archive: Archive, refs: list[str], given: str, agent: AgentRole
) -> None:
    archive.edit({"person": given}, refs=refs[:1])
    assert described(archive, refs[0]).agents == (agent,)


@pytest.mark.parametrize("given", ["Name (", "(author)", "Name (boss)"])
def test_what_is_no_person(archive: Archive, refs: list[str], given: str) -> None:
    with pytest.raises(ValueRefusedError, match="role"):
        archive.edit({"person": given}, refs=refs[:1])


@pytest.mark.parametrize("name", ["Größe", "größe", "GRÖSSE"])
def test_fields_of_the_archives_own_are_named_as_in_queries(
    archive: Archive, refs: list[str], name: str
) -> None:
    archive.edit({name: "7", "Box Label": "B 2"}, refs=refs[:1])
    assert archive.search(f'{name}:7 box_label:"b 2"').total == 1
    assert len(described(archive, refs[0]).custom) == 2


def test_a_new_field_may_be_named_in_any_script(archive: Archive, refs: list[str]) -> None:
    archive.edit({"место": "Москва"}, refs=refs[:1])
    assert archive.search("место:москва").total == 1
    with pytest.raises(InputError, match="no field"):
        archive.edit({"=": "x"}, refs=refs[:1])


def test_what_a_catalogue_gave_can_be_asked_for(archive: Archive) -> None:
    assert archive.search("mark:secret").total == 1
    assert archive.search("lang:xx").total == 1


def test_values_are_cleaned(archive: Archive, refs: list[str]) -> None:
    archive.edit({"title": " A\x00 tit\u00adle\n of\ttwo lines "}, refs=refs[:1])
    assert described(archive, refs[0]).title == "A title of two lines"
    with pytest.raises(ValueRefusedError, match="no character"):
        archive.edit({"title": "\x00"}, refs=refs[:1])


def test_what_is_typed_in_is_read_as_an_edit_is(archive: Archive) -> None:
    typed = archive.type_in(Description(title=" A\x00 treaty ", code="T/1"), "Its text.")
    assert (typed.description.title, typed.description.code) == ("A treaty", "T/1")
    for wrong in (Description(date="soon"), Description(code="2026-000009")):
        with pytest.raises(ValueRefusedError):
            archive.type_in(wrong, "Its text.")


def test_a_version_of_a_text_is_never_two_texts(archive: Archive, refs: list[str]) -> None:
    versions = []
    for text in ("Second.", "", "Third."):
        archive.correct_text(refs[0], text)
        versions.append(archive.record(refs[0]).text_version)
    archive.undo()
    archive.correct_text(refs[0], "Fourth.")
    versions.append(archive.record(refs[0]).text_version)
    assert versions == [2, 0, 3, 4]
    assert archive.check().ok
