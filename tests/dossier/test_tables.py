from __future__ import annotations

import csv
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from archivist.dossier.exchange.tables import COLUMNS, LONGEST_CELL, harmless, write_csv, write_json
from archivist.model.errors import StorageError
from archivist.model.record import AgentRole
from tests.dossier.making import dossier, item

if TYPE_CHECKING:
    from pathlib import Path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_opens_in_excel_with_every_accent(tmp_path: Path) -> None:
    target = tmp_path / "dossier.csv"
    agents = (AgentRole("Ilva Marenk", "signatory"),)
    write_csv(dossier([item(1, "Eins.\n\nZwei “3”, vier", agents=agents), item(2)]), target)
    assert target.read_bytes().startswith(b"\xef\xbb\xbfno,ref,")
    first, _second = rows(target)
    assert tuple(first) == COLUMNS
    assert (first["title"], first["type_name"]) == ("Joint communiqué 1", "Communiqué")
    assert (first["agents"], first["body"]) == (
        "Ilva Marenk (signatory)",
        "Eins.\n\nZwei “3”, vier",
    )
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    "value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "|calc", " =HYPERLINK(1)", "\r\n=1", "\x00=1"]
)
def test_no_value_is_taken_for_a_formula(value: str) -> None:
    assert harmless(value).startswith("'")


def test_a_text_too_long_for_a_cell_says_where_the_rest_is(tmp_path: Path) -> None:
    write_csv(dossier([item(1, "x" * 40_000)]), tmp_path / "dossier.csv")
    body = rows(tmp_path / "dossier.csv")[0]["body"]
    assert LONGEST_CELL < len(body) < 32_767
    assert body.endswith("[…cut here; the whole text: archivist show 2026-000001]")


def test_json_holds_the_text_as_it_is_with_the_marks(tmp_path: Path) -> None:
    target = tmp_path / "dossier.json"
    text = "A strategic\npartnership \ud800 =1"
    extract = item(2, "one\n\ntwo x", "x", "extract", date="2015")
    write_json(dossier([item(1, text, "strategic"), extract]), target)
    said = json.loads(target.read_text("utf-8"))
    assert (said["count"], said["mark"], said["date"]) == (2, "Internal", "2026-03-12")
    first, second = said["records"]
    ((start, end),) = first["marks"]
    assert first["text"] == text.replace("\ud800", "\ufffd")
    assert first["text"][start:end] == "strategic"
    assert second["paragraphs"] == [{"number": 2, "text": "two x"}]
    assert (first["ref"], first["type"]) == ("2026-000001", "communique")


def test_an_empty_dossier_is_still_a_table(tmp_path: Path) -> None:
    write_json(dossier([]), tmp_path / "a.json")
    write_csv(dossier([]), tmp_path / "a.csv")
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["records"] == []
    assert rows(tmp_path / "a.csv") == []


def test_nothing_is_left_where_the_file_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="could not be written"):
        write_csv(dossier([item()]), tmp_path / "missing" / "dossier.csv")
    with pytest.raises(StorageError):
        write_json(replace(dossier([item()])), tmp_path / "missing" / "dossier.json")
