from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from archivist.desk import formats


@pytest.fixture
def german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


def test_a_date_keeps_its_precision() -> None:
    assert formats.day("2012") == "2012"
    assert formats.day("2012-11") == "Nov 2012"
    assert formats.day("2012-11-03") == "3 Nov 2012"
    assert formats.day_long("2012-11") == "November 2012"
    assert formats.day("about 1890") == "about 1890"


@pytest.mark.usefixtures("german")
def test_numbers_and_dates_follow_the_locale() -> None:
    assert formats.number(98412) == "98.412"
    assert formats.day_long("2014-03-12") == "12. März 2014"
    assert formats.day("2014") == "2014"


def test_counts_sizes_and_spans_read_well() -> None:
    assert formats.counted(1, "record") == "1 record"
    assert formats.counted(1204, "record") == "1,204 records"
    assert formats.counted(2, "reply", "replies") == "2 replies"
    assert formats.size(37828) == "38 kB"
    assert formats.duration(0.44) == "0.4 s"
    assert formats.duration(200) == "3 min 20 s"


def test_a_time_of_the_store_is_told_in_the_users_calendar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "2024" in formats.moment("2024-06-02T10:41:07Z")
    assert formats.moment_exact("2024-06-02T10:41:07Z").endswith("07")
    assert formats.moment("never") == "never"
