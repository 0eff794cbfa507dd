from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archivist.archive.results import Check, CheckReport, Filed, FilingReport, UndoReport
from archivist.desk.outcomes import Outcomes
from archivist.desk.views.error_strip import ErrorStrip
from archivist.model.change import Conflict
from archivist.model.errors import StoppedError
from archivist.model.record import Refusal

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from archivist.desk.context import Desk


class Heard:
    """What was said, asked for and shown."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.said: list[str] = []
        self.imported: list[list[str]] = []
        self.reports: list[int] = []
        desk.events.message.connect(self.said.append)
        self.strip = ErrorStrip(desk)
        qtbot.addWidget(self.strip)
        self.outcomes = Outcomes(desk, self.strip, self.imported.append, self.reports.append, desk)


@pytest.fixture
def heard(desk: Desk, qtbot: QtBot) -> Heard:
    return Heard(desk, qtbot)


def test_an_import_without_faults_is_one_line(heard: Heard) -> None:
    filed = tuple(Filed(f"2026-{n}", f"{n}.txt", "") for n in range(1200))
    heard.outcomes.tell_filed(FilingReport(3, filed, run=1))
    assert heard.said == ["Import finished: 1,200 filed."]
    assert heard.strip.isHidden()


def test_what_was_not_filed_leads_to_the_report(heard: Heard) -> None:
    refused = (Refusal("a.txt", "The file is empty."),)
    heard.outcomes.tell_filed(FilingReport(3, refused=refused, stopped=True, run=7))
    assert heard.said == ["Import stopped: 0 filed, 1 not filed."]
    heard.strip._do.click()
    assert heard.reports == [7]


def test_what_changed_later_is_named_after_an_undo(heard: Heard) -> None:
    conflicts = tuple(Conflict(f"2026-{n}", "date", "changed by M.") for n in range(5))
    heard.outcomes.tell_undone(UndoReport(9, 8, "Undid: Change of date", 12, conflicts))
    assert heard.said == ["Undid: Change of date: 12 records."]
    assert "5 values changed later" in heard.strip.text()
    assert "2026-2: date, changed by M." in heard.strip.text()
    assert "2026-3" not in heard.strip.text()


def test_a_check_that_failed_says_what(heard: Heard) -> None:
    checks = (Check("journal", "passed"), Check("originals", "failed", "a1b2 is missing"))
    heard.outcomes.tell_checked(CheckReport(ok=False, records=5, checks=checks))
    assert heard.strip.text() == "The archive is not whole. originals: a1b2 is missing"
    heard.outcomes.tell_checked(CheckReport(ok=True, records=5, checks=()))
    assert heard.said == ["The archive is whole: 5 records checked."]


def test_what_was_stopped_is_no_error(heard: Heard, desk: Desk) -> None:
    errors: list[object] = []
    desk.events.error.connect(errors.append)
    desk.jobs.failed.emit(4, StoppedError())
    assert heard.said == ["Work: stopped. What was acknowledged stays."]
    assert errors == []
