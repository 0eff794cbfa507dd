"""The thesaurus: what ships, what the archive changes of it, and its own rings."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivist import Archive
from archivist.archive.thesaurus import Thesaurus, checked
from archivist.model.errors import InputError, StorageError, ValueRefusedError
from archivist.model.words import words_of
from archivist.store import Store

SOVIET = ("USSR", "U.S.S.R.", "Soviet Union", "Union of Soviet Socialist Republics")


def own(archive: Archive) -> dict[int, tuple[str, ...]]:
    return {ring.number: ring.terms for ring in archive.thesaurus() if not ring.shipped}


def shipped(archive: Archive) -> dict[int, tuple[str, ...]]:
    return {ring.number: ring.terms for ring in archive.thesaurus() if ring.shipped}


def test_a_good_small_thesaurus_ships(archive: Archive) -> None:
    rings = shipped(archive)
    assert len(rings) >= 40
    assert rings[-1] == SOVIET
    for ring in rings.values():
        assert checked(ring) == ring, "shipped terms are as a ring keeps them"
    terms = [tuple(words_of(term)) for ring in rings.values() for term in ring]
    assert len(terms) == len(set(terms)), "no term ships in two rings"


def test_rings_are_added_changed_and_removed(archive: Archive) -> None:
    change = archive.set_synonyms(0, ["ferry", "  river   boat ", "ferry", "Ferry"])
    assert (change.kind, change.title) == ("synonyms", "Synonyms: ferry, river boat")
    (number,) = own(archive)
    assert own(archive)[number] == ("ferry", "river boat")
    archive.set_synonyms(number, ["ferry", "barge"])
    assert own(archive) == {number: ("ferry", "barge")}
    archive.remove_synonyms(number)
    assert own(archive) == {}
    for state in (("ferry", "barge"), ("ferry", "river boat")):
        archive.undo()
        assert own(archive) == {number: state}
    archive.undo()
    assert own(archive) == {}
    for _ in range(3):
        archive.redo()
    assert own(archive) == {}
    assert archive.check().ok


def test_shipped_rings_are_changed_and_removed_in_one_archive_only(archive: Archive) -> None:
    before = shipped(archive)
    archive.set_synonyms(-1, ["USSR", "Soviet Union"])
    assert shipped(archive)[-1] == ("USSR", "Soviet Union")
    assert [ring.number for ring in archive.thesaurus() if ring.changed] == [-1]
    archive.remove_synonyms(-1)
    assert shipped(archive) == {n: terms for n, terms in before.items() if n != -1}
    archive.set_synonyms(-1, SOVIET)
    assert shipped(archive) == before
    assert not any(ring.changed for ring in archive.thesaurus())
    archive.undo()
    assert -1 not in shipped(archive)
    archive.undo()
    assert shipped(archive)[-1] == ("USSR", "Soviet Union")
    assert own(archive) == {}
    assert archive.check().ok


@pytest.mark.parametrize(
    "terms",
    [[], ["ferry"], ["ferry", "Ferry"], ["ferry", " "], ["a", "…"], ["a", '"b"'], ["a*", "b"]],
)
def test_what_cannot_be_synonyms_is_refused(archive: Archive, terms: list[str]) -> None:
    with pytest.raises(ValueRefusedError):
        archive.set_synonyms(0, terms)
    assert own(archive) == {}


def test_a_ring_must_be_there(archive: Archive) -> None:
    archive.set_synonyms(-1, ["USSR", "Soviet Union"])
    for number in (77, -777, 1):
        with pytest.raises(InputError, match=str(number)):
            archive.set_synonyms(number, ["a", "b"])
        with pytest.raises(InputError, match=str(number)):
            archive.remove_synonyms(number)


def test_history_tells_the_terms(archive: Archive) -> None:
    archive.set_synonyms(0, ["ferry", "barge"])
    (event,) = archive.history(limit=1)
    assert (event.what, event.before, event.after) == (
        *("synonyms added", {"terms": None}, {"terms": "ferry, barge"}),
    )


def test_a_file_is_read_as_it_was_written(archive: Archive, tmp_path: Path) -> None:
    archive.set_synonyms(0, ["Fähre", "ferry, public", "паром"])
    archive.remove_synonyms(-2)
    rings = [ring.terms for ring in archive.thesaurus()]
    archive.export_synonyms(tmp_path / "rings.csv")
    assert archive.import_synonyms(tmp_path / "rings.csv").operation == 0
    with Archive.create(tmp_path / "other.archive") as other:
        other.import_synonyms(tmp_path / "rings.csv")
        assert own(other) == {1: ("Fähre", "ferry, public", "паром")}
        other.undo()
        assert own(other) == {}
    with (tmp_path / "rings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)] == rings


def test_files_of_other_programs_are_read(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "rings.csv"
    path.write_bytes(
        "# ours\r\n\r\nFähre;ferry;bac\r\nquay,wharf\r\nquay,WHARF\r\n".encode("cp1252")
    )
    change = archive.import_synonyms(path)
    assert change.title == "Import of synonyms: rings.csv"
    assert list(own(archive).values()) == [("Fähre", "ferry", "bac"), ("quay", "wharf")]
    archive.undo()
    assert own(archive) == {}


def test_a_file_with_a_fault_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "rings.csv"
    path.write_text("quay,wharf\nlonely\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"Line 2 of rings\.csv"):
        archive.import_synonyms(path)
    assert own(archive) == {}
    with pytest.raises(StorageError):
        archive.import_synonyms(tmp_path / "nowhere.csv")
    with pytest.raises(StorageError):
        archive.export_synonyms(tmp_path / "no folder" / "rings.csv")


def as_words(ring: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words_of(term)) for term in ring)


TERM = st.text(st.sampled_from("aé=+@-'; ,я中."), min_size=1, max_size=6)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rings=st.lists(st.lists(TERM, min_size=2, max_size=4), max_size=4))
def test_export_and_import_agree(
    tmp_path_factory: pytest.TempPathFactory, rings: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("a")
    with Store.create(folder / "x", "x") as one, Store.create(folder / "y", "y") as other:
        for terms in rings:
            try:
                Thesaurus(one, "w").set(0, terms)
            except ValueRefusedError:
                continue
        Thesaurus(one).save(folder / "rings.csv")
        Thesaurus(other, "w").load(folder / "rings.csv")
        assert {as_words(ring) for ring in Thesaurus(other).rings()} == {
            as_words(ring) for ring in Thesaurus(one).rings()
        }
