"""The line at the bottom: work under way with count, rate and time left; the index's state."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from archivist.desk import formats, paint

if TYPE_CHECKING:
    from archivist.desk.context import Desk
    from archivist.desk.jobs import Job

_MESSAGE_MS: Final = 12_000
_SURE_AFTER: Final = 1.0
"""Seconds of work before a rate is worth telling."""


@dataclass(frozen=True)
class Pace:
    """How work goes, in words."""

    done: str
    rate: str = ""
    left: str = ""


def pace(job: Job, now: float) -> Pace:
    """Say how far a job has come, how fast it goes and how long it will take."""
    progress = job.progress
    if not progress.done and progress.total is None:
        return Pace(progress.phase or "Beginning")
    done = formats.number(progress.done)
    counted = f"{done} of {formats.number(progress.total)}" if progress.total else done
    spent = now - job.began if job.began else 0.0
    if spent < _SURE_AFTER or not progress.done:
        return Pace(counted)
    rate = progress.done / spent
    told = f"{formats.number(rate)} a second" if rate >= 1 else ""
    if not progress.total or progress.done >= progress.total:
        return Pace(counted, told)
    return Pace(counted, told, f"{formats.duration((progress.total - progress.done) / rate)} left")


class Gauge(QWidget):
    """A thin bar that fills."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._part: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Progress")

    def show_part(self, part: float | None) -> None:
        """Fill to a part between 0 and 1; None while the whole is not known."""
        self._part = part
        told = "" if part is None else f"{round(part * 100)} %"
        self.setAccessibleDescription(told)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._desk.theme.px(140), 6)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, painter = self._desk.theme.tokens, QPainter(self)
        rect = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        paint.rounded(painter, rect, 2, tokens.edge)
        if self._part:
            rect.setWidth(max(4.0, rect.width() * min(1.0, self._part)))
            paint.rounded(painter, rect, 2, tokens.accent)


class StatusBar(QWidget):
    """What goes on, quietly."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown = 0
        self._icon = QLabel()
        self._title = QLabel()
        self._gauge = Gauge(desk)
        self._pace = [QLabel() for _ in range(3)]
        self._cancel = QPushButton("Cancel")
        self._message = paint.ElidingLabel()
        self._index_icon = QLabel()
        self._index = QLabel()
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(_MESSAGE_MS)
        self._fade.timeout.connect(self._fall_silent)
        self._rest = ""
        self._behind = False
        self._build()
        self._connect()
        self._dress()
        self.show_rest("No archive open")

    def message(self) -> str:
        """Return what is said now."""
        return self._message.text()

    def work(self) -> str:
        """Return what is said of the work under way; empty where there is none."""
        if not self._shown:
            return ""
        return " ".join([self._title.text(), *(label.text() for label in self._pace)]).strip()

    def index_state(self) -> str:
        """Return what is said of the index."""
        return self._index.text()

    def say(self, text: str) -> None:
        """Say something for a while; an empty text ends what was said before."""
        if not text:
            self._fade.stop()
            self._fall_silent()
            return
        self._message.setText(text)
        self._message.setAccessibleName(text)
        self._fade.start()

    def show_rest(self, text: str) -> None:
        """Say this whenever there is nothing else to say."""
        self._rest = text
        if not self._fade.isActive():
            self._fall_silent()

    def show_index(self, text: str, *, current: bool | None) -> None:
        """Say how the index stands; `current` None: there is none to speak of."""
        self._behind = current is False
        self._index.setText(text)
        self._index_icon.setVisible(current is not None)
        self._dress_icons()

    def _build(self) -> None:
        self._cancel.setProperty("role", "link")
        self._cancel.setAccessibleName("Cancel the work under way")
        self._cancel.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        for widget in (self._icon, self._title, self._gauge, *self._pace, self._cancel):
            row.addWidget(widget)
            widget.hide()
        row.addWidget(self._message, 1)
        row.addWidget(self._index_icon)
        row.addWidget(self._index)

    def _connect(self) -> None:
        jobs = self._desk.jobs
        jobs.started.connect(self._follow)
        jobs.progressed.connect(self._follow)
        jobs.ended.connect(self._follow)
        self._desk.events.message.connect(self.say)
        self._desk.events.archive_closed.connect(self._follow)
        self._desk.theme.changed.connect(self._dress)

    def _follow(self, *_what: object) -> None:
        running = self._desk.jobs.running
        self._shown = next(iter(running), 0)
        for widget in (self._icon, self._title, self._gauge, *self._pace, self._cancel):
            widget.setVisible(bool(self._shown))
        if not self._fade.isActive():
            self._fall_silent()
        if not self._shown:
            return
        job = running[self._shown]
        more = f" and {len(running) - 1} more" if len(running) > 1 else ""
        phase = f", {job.progress.phase.lower()}" if _worth_telling(job) else ""
        self._title.setText(f"{job.title}{more}{phase}")
        told = pace(job, time.monotonic())
        for label, text in zip(self._pace, (told.done, told.rate, told.left), strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        total = job.progress.total
        self._gauge.show_part(job.progress.done / total if total else None)
        self._cancel.setEnabled(not job.stopping)
        self._cancel.setText("Stopping …" if job.stopping else "Cancel")

    def _stop(self) -> None:
        if self._shown:
            self._desk.jobs.cancel(self._shown)

    def _fall_silent(self) -> None:
        self._message.setText("" if self._shown else self._rest)

    def _dress(self) -> None:
        theme = self._desk.theme
        self.setFixedHeight(theme.px(28))
        font = theme.font("s")
        for label in (self._title, *self._pace, self._message, self._index):
            label.setFont(font)
            palette = label.palette()
            bright = label in {self._title, self._message}
            palette.setColor(
                label.foregroundRole(), theme.tokens.text if bright else theme.tokens.text2
            )
            label.setPalette(palette)
        self._cancel.setFont(font)
        self._dress_icons()

    def _dress_icons(self) -> None:
        icons, ratio = self._desk.icons, self.devicePixelRatioF()
        side = self._desk.theme.px(14)
        self._icon.setPixmap(icons.pixmap("arrows-clockwise", side, ratio, "accent"))
        name, token = ("circle-half", "warn") if self._behind else ("check-circle", "ok")
        self._index_icon.setPixmap(icons.pixmap(name, side, ratio, token))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._desk.theme.tokens
        painter.fillRect(self.rect(), tokens.window)
        paint.hairline(painter, 0, self.width(), 0, tokens.line)


def _worth_telling(job: Job) -> bool:
    """Whether the phase says more than the job's title does."""
    phase = job.progress.phase
    return bool(phase) and job.progress.total is not None and job.kind != "import"
