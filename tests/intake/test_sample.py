"""The sample archive: every document is read, and the formula grows as its README says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archivist.intake import reading, sources
from archivist.intake.limits import Limits
from archivist.model.record import DOCTYPES, Draft, Refusal

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
LANGUAGES = {"en", "fr", "de", "es", "ar", "ja"}


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> list[Draft]:
    spool = tmp_path_factory.mktemp("spool")
    found: list[Draft] = []
    for source in sources.walk([SAMPLE / "documents"]):
        assert not isinstance(source, Refusal), source
        for draft in reading.read(source, spool, Limits()):
            assert isinstance(draft, Draft), draft
            found.append(draft)
    return found


def test_there_are_as_many_as_the_readme_says(drafts: list[Draft]) -> None:
    files = [path for path in (SAMPLE / "documents").rglob("*") if path.is_file()]
    said = re.search(r"(\d+) documents in (\d+) files", (SAMPLE / "README.md").read_text("utf-8"))
    assert said is not None
    assert (len(drafts), len(files)) == (int(said[1]), int(said[2]))
    assert len({path.suffix for path in files}) >= 8


def test_each_has_text_a_title_and_a_language(drafts: list[Draft]) -> None:
    for draft in drafts:
        assert len(draft.text) > 400, draft.path
        assert draft.description.title, draft.path
        assert draft.description.doctype in {"", *DOCTYPES}, draft.path
    assert {draft.description.language for draft in drafts} == LANGUAGES


def test_all_but_the_one_in_words_have_a_day(drafts: list[Draft]) -> None:
    without = [draft.path for draft in drafts if len(draft.description.date) < len("2012-12-04")]
    assert all(path.endswith("letter-of-credence.docx") for path in without), without


def test_the_formula_grows_over_twenty_years(drafts: list[Draft]) -> None:
    first = {
        "partnership": "2003",
        "strategic partnership": "2010",
        "comprehensive strategic partnership": "2016",
        "special and privileged strategic partnership": "2024",
    }
    for formula, year in first.items():
        dates = [d.description.date for d in drafts if formula in " ".join(d.text.split())]
        assert min(filter(None, dates))[:4] == year, formula


def test_running_heads_and_the_page_around_an_article_are_gone(drafts: list[Draft]) -> None:
    whole = "\n".join(draft.text for draft in drafts)
    for remnant in ("cookie", "newsletter", "Site map", "TEVERIL 2010", "CMS/M/31/FC"):
        assert remnant not in whole
