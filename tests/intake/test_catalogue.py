"""Each row of a catalogue is a document of its own; a bad row costs that row only."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import lzma
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.model.record import AgentRole, Draft
from tests.intake.making import (
    WORDS,
    catalogue,
    draft_of,
    drafts,
    packed,
    read_bytes,
    refusals,
)

ANY = st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from('\n",\t'))
ROW: dict[str, object] = {
    "title": "Telegram 12",
    "body": WORDS,
    "date": "1962-10-16",
    "doctype": "telegram",
    "place": "Velmora",
    "lang": "en",
    "countries": ["OS", "FR"],
    "from": ["Embassy in Velmora"],
    "to": ["Department of State"],
    "people": ["Kohler, Foy D."],
    "ref": "X-1",
    "doc_no": 249,
    "notes": [{"n": "1", "text": "Source"}],
    "empty": "",
    "none": None,
}


def test_the_values_of_a_row_win(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "a.jsonl", catalogue([ROW]))
    given = draft.description
    assert (given.title, given.date, given.doctype) == ("Telegram 12", "1962-10-16", "telegram")
    assert (given.place, given.language, given.countries) == ("Velmora", "en", ("FR", "OS"))
    assert given.agents == (
        AgentRole("Embassy in Velmora", "author"),
        AgentRole("Department of State", "addressee"),
        AgentRole("Kohler, Foy D.", "mentioned"),
    )
    assert given.custom == {
        "given_ref": "X-1",
        "doc_no": "249",
        "notes": '[{"n": "1", "text": "Source"}]',
    }
    assert not draft.proposed & {"title", "date", "doctype", "place", "language", "countries"}
    assert draft.text == WORDS


def test_rows_share_their_catalogue_and_have_digests_of_their_own(tmp_path: Path) -> None:
    data = catalogue([ROW, ROW | {"title": "Other"}])
    found = drafts(read_bytes(tmp_path, "a.jsonl", data))
    assert [draft.path.rpartition("::")[2] for draft in found] == ["1", "2"]
    assert len({draft.content for draft in found}) == 1
    assert found[0].content is not None
    assert found[0].content.sha256 == hashlib.sha256(data).hexdigest()
    assert [draft.digest for draft in found] == [
        hashlib.sha256(line).hexdigest() for line in data.splitlines()
    ]


def test_a_malformed_row_costs_that_row_only(tmp_path: Path) -> None:
    good = catalogue([ROW]).decode()
    data = f'{good}{{broken\n\n[1]\n{good}{{}}\n{{"title": "", "body": null}}\n{good.strip()[:50]}'
    found = read_bytes(tmp_path, "a.jsonl", data.encode())
    lines = [one.path.rpartition("::")[2] for one in found]
    assert lines == ["1", "2", "4", "5", "6", "7", "8"]
    assert [isinstance(one, Draft) for one in found] == [True, False, False, True, *[False] * 3]
    assert all("Line" in one.reason for one in refusals(found))


def test_a_row_may_have_a_title_only(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "a.jsonl", catalogue([ROW | {"body": ""}]))
    assert (draft.text, draft.note) == ("", "no text")


def test_dates_in_other_forms(tmp_path: Path) -> None:
    rows = [ROW | {"date": date} for date in ("2012/3/4", "2012-03-04T10:00:00Z", "spring 1962")]
    found = drafts(read_bytes(tmp_path, "a.jsonl", catalogue(rows)))
    assert [draft.description.date for draft in found[:2]] == ["2012-03-04", "2012-03-04"]
    assert found[2].description.custom["date_as_given"] == "spring 1962"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables(tmp_path: Path, encoding: str, delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["Title", "Body", "Type", "Minister"])
    writer.writerow(["Élysée", f'One\n\ntwo, {delimiter} "three"', "note", "José"])
    writer.writerow(["Second", WORDS, "", ""])
    found = drafts(read_bytes(tmp_path, "a.csv", out.getvalue().encode(encoding)))
    assert [draft.path.rpartition("::")[2] for draft in found] == ["2", "5"]
    assert found[0].text == f'One\n\ntwo, {delimiter} "three"'
    assert found[0].description.title == "Élysée"
    assert found[0].description.custom == {"minister": "José"}
    assert found[0].description.doctype == "note"


def test_one_stray_quotation_mark_does_not_swallow_a_table(tmp_path: Path) -> None:
    data = (
        'title,body\nOne,text\nTwo,"never closed\nThree,text\nFour,text,more,cells\n'
        'Five,a 5" gun\nSix,x\n'
    )
    found = read_bytes(tmp_path, "a.csv", data.encode())
    assert [one.path.rpartition("::")[2] for one in found] == ["2", "3", "4", "5", "6", "7"]
    assert [one.path.rpartition("::")[2] for one in refusals(found)] == ["3", "5"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=9),
            st.text(ANY, max_size=30),
        ),
        min_size=1,
        max_size=9,
    )
)
def test_every_row_of_any_table_comes_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["title", "body"])
    writer.writerows([(f"T{title}", f"B{body}") for title, body in rows])
    data = out.getvalue().encode()
    found = read_bytes(tmp_path_factory.mktemp("any"), "a.csv", data)
    assert len(found) == len(rows)
    assert not refusals(found)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.one_of(st.just(ROW), st.just("{"), st.just("no json"), st.just("")), max_size=12)
)
def test_every_line_of_any_catalogue_comes_once(
    tmp_path_factory: pytest.TempPathFactory, lines: list[dict[str, object] | str]
) -> None:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in [ROW, *lines]]
    found = read_bytes(tmp_path_factory.mktemp("any"), "a.jsonl", "\n".join(texts).encode())
    expected = [str(number) for number, text in enumerate(texts, 1) if text]
    assert [one.path.rpartition("::")[2] for one in found] == expected


def test_other_tables_and_lines_are_one_text_each(tmp_path: Path) -> None:
    for name, text in {
        "a.csv": "name,capital\nOstravia,Velmora\n",
        "b.jsonl": '{"name": "Ostravia"}\n{"name": "Norden"}\n',
        "c.csv": "title,body\n",
        "d.json": '{\n "title": "x",\n "body": "y"\n}\n',
    }.items():
        assert draft_of(tmp_path, name, text.encode()).text == text


def test_a_packed_catalogue_streams(tmp_path: Path) -> None:
    data = lzma.compress(catalogue([ROW] * 3))
    found = drafts(read_bytes(tmp_path, "a.jsonl.xz", data))
    assert [draft.path.endswith(f"a.jsonl.xz::{n}") for n, draft in enumerate(found, 1)] == [
        True
    ] * 3
    assert found[0].content is not None
    assert found[0].content.sha256 == hashlib.sha256(data).hexdigest()
    assert not list((tmp_path / "spool").iterdir())


def test_a_catalogue_in_a_zip_file(tmp_path: Path) -> None:
    found = drafts(read_bytes(tmp_path, "a.zip", packed({"in/c.jsonl": catalogue([ROW] * 2)})))
    assert [draft.path.partition("a.zip")[2] for draft in found] == [
        "::in/c.jsonl::1",
        "::in/c.jsonl::2",
    ]


def test_a_very_long_row_is_read(tmp_path: Path) -> None:
    body = "word " * 60_000
    assert (
        len(draft_of(tmp_path, "a.jsonl", catalogue([{"title": "T", "body": body}])).text) > 200_000
    )
    table = f"title,body\nT,{body}\n"
    assert len(draft_of(tmp_path, "a.csv", table.encode()).text) > 200_000
    packed_rows = lzma.compress(catalogue([{"body": body, "title": "T"}]))
    assert len(draft_of(tmp_path, "b.jsonl.xz", packed_rows).text) > 200_000


def test_one_long_line_of_something_else_is_a_text(tmp_path: Path) -> None:
    data = json.dumps({"features": [{"title": "x", "body": "y"}] * 5000}).encode()
    assert draft_of(tmp_path, "a.json", data).text == data.decode()
