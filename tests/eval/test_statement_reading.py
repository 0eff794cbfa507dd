"""What is said of a reading: which verdicts are understood and how shares are told."""

from __future__ import annotations

import pytest

from tests.eval.statement_reading import judged, parsed, resampled, tables, wilson


def row(key: str, certainty: float) -> dict[str, object]:
    """Return the place of a statement of a record."""
    return {"id": key, "language": "en", "kind": "direct", "rule": "said", "certainty": certainty}


def test_what_is_not_named_is_right() -> None:
    rows = list(judged([row("a", 0.9), row("b", 0.9)], parsed("2 span speaker: runs on\n\n")))
    assert [one["span_right"] for one in rows] == [True, False]
    assert [one["speaker_right"] for one in rows] == [True, False]
    assert [one["kind_right"] for one in rows] == [True, True]
    assert [one["cause"] for one in rows] == ["", "runs on"]


@pytest.mark.parametrize("line", ["2 span", "2: runs on", "2 place: runs on"])
def test_a_line_that_is_no_verdict_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not a verdict"):
        parsed(line)


def test_an_interval_holds_its_share_and_narrows() -> None:
    low, high = wilson(90, 100)
    assert low == pytest.approx(0.826, abs=0.001)
    assert high == pytest.approx(0.945, abs=0.001)
    assert wilson(900, 1000)[0] > low
    assert wilson(5, 5)[0] == pytest.approx(0.566, abs=0.001)
    assert wilson(5, 5)[1] == 1.0


def test_sure_and_unsure_are_told_apart() -> None:
    places = [row("a", 0.9)] * 8 + [row("b", 0.5)] * 2
    told = tables(list(judged(places, parsed("8 speaker: another\n9 span speaker: none"))))
    assert "| sure | 8 | 1.000 (0.68–1.00) | 0.875 (0.53–0.98) | 0.875 (0.53–0.98) |" in told
    assert "| unsure | 2 | 1 of 2 | 1 of 2 | 1 of 2 |" in told


def test_a_name_that_means_the_right_one_is_told_apart() -> None:
    places = [row("a", 0.9)] * 8
    told = tables(list(judged(places, parsed("1 speaker: name: cut\n2 speaker: another"))))
    assert "| sure | 8 | 1.000 (0.68–1.00) | 0.750 (0.41–0.93) | 0.750 (0.41–0.93) |" in told
    assert "with names that mean the right one: both 0.875" in told
    assert "unsure" not in told


def test_records_drawn_anew_spread_wider_than_statements() -> None:
    rows = list(judged([row("a", 0.9)] * 20 + [row("b", 0.9)] * 20, {}))
    assert resampled(rows) == (1.0, 1.0)
    for one in rows[20:]:
        one["span_right"] = False
    assert resampled(rows) == (0.0, 1.0)
