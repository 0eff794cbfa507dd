"""Hits as lines, in a terminal and for scripts."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_script_reads_the_lines_of_a_query(run: Run, filed: dict[str, str]) -> None:
    answer = run("search", "ambassador", "--view", "concordance", "--sort", "left").json
    assert set(answer) >= {"query", "reading", "total", "records", "took_ms", "reason", "hits"}
    assert answer["total"] == len(answer["hits"]) > 0
    texts = {ref: run("show", ref).json["text"] for ref in filed.values()}
    for hit in answer["hits"]:
        text = texts[hit["ref"]]
        assert text[hit["start"] : hit["end"]] == hit["keyword"]
        assert " ".join(text.split()).count(hit["keyword"])
        around = f"{hit['left']}{hit['keyword']}{hit['right']}".strip("… ")
        assert around in " ".join(text.split())
    page = run("search", "ambassador", "--view", "concordance", "--sort", "left", "--limit", "1",
               "--offset", "1").json  # fmt: skip
    assert page["hits"] == answer["hits"][1:2]


def test_no_lines_have_a_reason(run: Run, filed: dict[str, str]) -> None:
    nothing = run("search", "zebra", "--view", "concordance").json
    assert (nothing["total"], nothing["hits"]) == (0, [])
    assert "zebra" in nothing["reason"]
    wordless = run("search", "type:note", "--view", "concordance").json
    assert "words" in wordless["reason"]


def test_records_are_not_sorted_as_lines_are(run: Run, archive: Path) -> None:
    refused = run("search", "peace", "--sort", "left")
    assert refused.status == 2
    assert "concordance" in refused.json["error"]["hint"]
