"""Descriptions of real documents reach their targets, however the documents are fed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from archivist.intake.limits import Limits
from archivist.intake.reading import read
from archivist.intake.sources import Source
from archivist.model.record import Description, Draft

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.corpus
DATE, PLACE, LANGUAGE, DOCTYPE = 0.92, 0.85, 0.98, 0.75


@pytest.fixture
def labelled(cases: Path) -> list[dict[str, Any]]:
    text = (cases / "describe-dev.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def described(path: Path, spool: Path) -> list[Description]:
    drafts = read(Source(path, path.name), spool, Limits())
    return [draft.description for draft in drafts if isinstance(draft, Draft)]


def share(found: list[Description], cases: list[dict[str, Any]], name: str, label: str) -> float:
    right = 0
    for description, case in zip(found, cases, strict=True):
        also: str | list[str] = case.get(f"{label}_also") or []
        accepted = {case[label], *([also] if isinstance(also, str) else also)}
        right += getattr(description, name) in accepted
    return right / len(cases)


def assert_targets(found: list[Description], cases: list[dict[str, Any]]) -> None:
    assert share(found, cases, "date", "date") >= DATE
    assert share(found, cases, "place", "place") >= PLACE
    assert share(found, cases, "language", "lang") >= LANGUAGE
    assert share(found, cases, "doctype", "doctype") >= DOCTYPE


def test_plain_texts(labelled: list[dict[str, Any]], tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    found = []
    for number, case in enumerate(labelled):
        path = tmp_path / f"{number}.txt"
        path.write_text(case["body"], encoding="utf-8")
        found += described(path, spool)
    assert_targets(found, labelled)


def test_rows_of_a_catalogue(labelled: list[dict[str, Any]], tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    path = tmp_path / "cases.jsonl"
    rows = ({"title": case["title"], "body": case["body"]} for case in labelled)
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert_targets(described(path, spool), labelled)
