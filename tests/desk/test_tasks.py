from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QObject

from archivist.model.errors import ArchivistError, InputError, InternalError
from archivist.model.progress import CancelToken, Progress

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from archivist.desk.context import Desk


def test_an_answer_comes_back_in_the_windows_thread(desk: Desk, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []
    desk.tasks.read(
        "a", lambda _t: threading.get_ident(), lambda i: seen.append((i, threading.get_ident()))
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != threading.get_ident()
    assert seen[0][1] == threading.get_ident()


def test_a_later_question_cancels_an_earlier_one(desk: Desk, qtbot: QtBot) -> None:
    begun, stopped = threading.Event(), threading.Event()
    answers: list[str] = []

    def slow(cancel: CancelToken) -> str:
        begun.set()
        while not cancel.cancelled:
            stopped.wait(0.005)
        stopped.set()
        return "late"

    desk.tasks.read("search", slow, answers.append)
    assert begun.wait(5)
    desk.tasks.read("search", lambda _t: "now", answers.append)
    qtbot.waitUntil(lambda: not desk.tasks.busy())
    assert stopped.is_set()
    assert answers == ["now"]


def test_an_answer_for_someone_who_is_gone_is_dropped(desk: Desk, qtbot: QtBot) -> None:
    gate, answers = threading.Event(), list[str]()
    owner = QObject()

    def work(_token: CancelToken) -> str:
        gate.wait(5)
        return "for nobody"

    desk.tasks.read("", work, answers.append, owner=owner)
    owner.deleteLater()
    del owner
    qtbot.wait(10)
    gate.set()
    qtbot.waitUntil(lambda: not desk.tasks.busy())
    assert answers == []


def test_writes_keep_their_order(desk: Desk, qtbot: QtBot) -> None:
    done: list[int] = []
    for number in range(20):
        desk.tasks.write(lambda number=number: number, done.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == list(range(20))


def test_what_went_wrong_is_told(desk: Desk, qtbot: QtBot) -> None:
    told: list[ArchivistError] = []
    desk.events.error.connect(told.append)

    def refuse(_token: CancelToken) -> None:
        raise InputError("No.", "Ask again.")

    desk.tasks.read("a", refuse, lambda _n: None)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].hint == "Ask again."
    here: list[ArchivistError] = []
    desk.tasks.read("b", refuse, lambda _n: None, here.append)
    qtbot.waitUntil(lambda: bool(here))
    assert len(told) == 1


def test_a_fault_of_ours_becomes_words(
    desk: Desk, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[ArchivistError] = []
    desk.tasks.read("a", lambda _t: 1 // 0, lambda _n: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], InternalError)
    assert isinstance(told[0].__cause__, ZeroDivisionError)
    assert "A task failed." in caplog.text
    caplog.clear()


def test_what_follows_the_reads_waits_for_them(desk: Desk, qtbot: QtBot) -> None:
    gate, order = threading.Event(), list[str]()

    def read(_token: CancelToken) -> None:
        gate.wait(5)
        order.append("read")

    desk.tasks.read("", read, lambda _n: None)
    desk.tasks.after_reads(lambda: order.append("closed"))
    gate.set()
    qtbot.waitUntil(lambda: not desk.tasks.busy())
    assert order == ["read", "closed"]


def test_progress_is_told_in_the_windows_thread_while_somebody_is_there(
    desk: Desk, qtbot: QtBot
) -> None:
    owner, seen, done = QObject(), list[tuple[int, int]](), list[None]()

    def take(progress: Progress) -> None:
        seen.append((progress.done, threading.get_ident()))

    report = desk.tasks.reporter(take, owner)
    desk.tasks.read("a", lambda _t: report(Progress(3, 7)), done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert seen == [(3, threading.get_ident())]
    owner.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(owner))
    desk.tasks.read("a", lambda _t: report(Progress(4, 7)), done.append)
    qtbot.waitUntil(lambda: len(done) == 2)
    assert len(seen) == 1
