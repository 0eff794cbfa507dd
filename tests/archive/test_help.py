"""Every example of the page on the query language is read, and asked of the sample archive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist import Archive
from archivist.archive import sample

PAGE = (Path(__file__).resolve().parents[2] / "resources" / "help" / "search.md").read_text(
    encoding="utf-8"
)
COLUMNS = {"you type", "example"}
"""Heads of the columns whose code is a query."""
OF_OTHER_ARCHIVES = {
    *('"will not recognise"', "W-2", "U.S.", "organi?ation", "country:(FR OR DE)", "tag:water"),
    *("series:VAL-P", "code:VAL-PR", "ref:2024-000017", "like:2024-000017"),
    *("like:2024-000017 date:2010..", "-date:..", "date:today", 'date:"last month"'),
    *('date:"last 30 days"', "date:2012-12", "date:2012-12-04", "-(draft OR copy)"),
}
"""Examples that the sample archive may have nothing for."""


def examples() -> Iterator[str]:
    """Yield the code in columns of examples, and code that makes up a line."""
    asked: list[int] = []
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            asked = []
            if re.fullmatch(r"`[^`]+`", line.strip()):
                yield line.strip(" `")
        elif not asked:
            asked = [at for at, cell in enumerate(cells) if cell in COLUMNS] or [-1]
        else:
            for at in asked:
                yield from re.findall(r"`([^`]+)`", cells[at]) if at >= 0 else ()


EXAMPLES = sorted(set(examples()))


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("sample") / "sample.archive"
    sample.make(folder)
    with Archive.open(folder) as archive:
        yield archive


def test_the_page_has_examples_of_everything() -> None:
    assert len(EXAMPLES) > 60
    joined = " ".join(EXAMPLES)
    for sign in (
        "NEAR/",
        "PRE/",
        " /s ",
        " /p ",
        "ATLEAST/",
        "~",
        "?",
        "like:",
        " OR ",
        "NOT",
        "=",
    ):
        assert sign in joined
    assert set(EXAMPLES) >= OF_OTHER_ARCHIVES


@pytest.mark.parametrize("query", EXAMPLES)
def test_an_example_does_what_it_says(shown: Archive, query: str) -> None:
    found = shown.search(query)
    assert found.reading
    if found.total:
        assert len(found.hits) == min(found.total, 20)
    else:
        assert query in OF_OTHER_ARCHIVES
        assert found.reason


def test_what_the_page_claims_is_so(shown: Archive) -> None:
    def same(one: str, other: str) -> bool:
        return set(shown.find_keys(one)) == set(shown.find_keys(other))

    assert same("communique", "Communiqué")
    assert same("customs -toll", "customs NOT toll")
    assert same("estrea partnership OR toll", "(estrea partnership) OR toll")
    assert same("valdora strategic NEAR/5 partnership", "valdora (strategic NEAR/5 partnership)")
    assert same(
        "strategic NEAR/1 partnership", '"strategic partnership" OR "partnership strategic"'
    )
    assert same("country:France", "country:FR")
    assert same("lang:french", "lang:fr")
    assert same("“strategic partnership”", '"strategic partnership"')
    assert not same("=partnership NOT partnerships", "partnership")
    words = shown.search("MFA").synonyms
    assert words[0][0] == "MFA"
    assert not shown.search("us").synonyms
