"""What stands over the plot of a wording: the phrase, how often it is used, how it is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from archivist.desk import formats, paint

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from archivist.archive.wording.results import Wording
    from archivist.desk.context import Desk

_NAMES: Final = {False: "Uses a year", True: "Per 1,000 records filed"}


class WordingHead(QWidget):
    """The line over the plot.

    Signals:
        counted_otherwise: uses per thousand records filed are wanted, or plain counts.
        cancel_asked: what is under way is to be stopped.
    """

    counted_otherwise = Signal(bool)
    cancel_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.share = False
        self.phrase = paint.ElidingLabel()
        self.meta = paint.ElidingLabel()
        self.cancel = QPushButton("Cancel")
        self.cancel.setProperty("role", "link")
        self.count = QToolButton()
        self.more = QToolButton()
        self.menu = QMenu(self.more)
        self._build()
        self.cancel.hide()
        self.dress()

    def show_wording(self, found: Wording | None, phrase: str = "") -> None:
        """Say what was found; with None only which phrase it is about."""
        words = found.phrase if found is not None else phrase
        self.phrase.setText(f"\u201c\u2068{words}\u2069\u201d" if words else "")
        self.meta.setText(self._said(found) if found is not None else "")
        for part in (self.count, self.more):
            part.setVisible(found is not None and found.uses > 0)
        self._fit()

    def show_busy(self, *, busy: bool) -> None:
        """Say that uses are being counted, and offer to stop that."""
        self.cancel.setVisible(busy)
        if busy:
            self.meta.setText("Counting its uses \u2026")

    def show_share(self, *, share: bool) -> None:
        """Say how uses are counted."""
        self.share = share
        self.count.setText(_NAMES[share])
        self.count.setAccessibleName(f"Counted as: {_NAMES[share]}")
        for action, wanted in zip(self._kinds, (False, True), strict=True):
            action.setChecked(wanted == share)
        self._fit()

    def dress(self) -> None:
        """Take fonts, sizes and colours from the theme."""
        theme = self._desk.theme
        self.setFixedHeight(theme.px(48))
        self.phrase.setFont(theme.font("xl", 600, serif=True))
        self.meta.setFont(theme.font("m"))
        quiet = self.meta.palette()
        quiet.setColor(quiet.ColorRole.WindowText, theme.tokens.text2)
        self.meta.setPalette(quiet)
        self.count.setIconSize(QSize(theme.px(12), theme.px(12)))
        self.more.setIcon(self._desk.icons.icon("export"))
        self.more.setIconSize(QSize(theme.px(16), theme.px(16)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Cut a phrase that is longer than two thirds of the line."""
        most = round(self.width() * 0.62)
        whole = self.phrase.text()
        metrics = QFontMetrics(self._desk.theme.font("xl", 600, serif=True))
        wide = metrics.horizontalAdvance(whole) + 2
        self.phrase.setFixedWidth(min(wide, most))

    def _said(self, found: Wording) -> str:
        if not found.uses:
            return "Not used in the records that are searched."
        said = f"{formats.counted(found.uses, 'use')} in {formats.counted(found.records, 'record')}"
        if found.first is not None and found.first.date:
            said += f", first {_on(found.first.date)}"
        if found.last is not None and found.last.date and found.uses > 1:
            said += f", last {_on(found.last.date)}"
        if found.undated:
            said += f"; {formats.number(found.undated)} without a date"
        return said

    def _build(self) -> None:
        px, desk = self._desk.theme.px, self._desk
        self.phrase.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.count.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.count.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.count.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.count.setIcon(desk.icons.icon("caret-down"))
        kinds = QMenu(self.count)
        self._kinds = [kinds.addAction(_NAMES[share]) for share in (False, True)]
        for action, share in zip(self._kinds, (False, True), strict=True):
            action.setCheckable(True)
            action.triggered.connect(lambda _on, share=share: self.counted_otherwise.emit(share))
        self.count.setMenu(kinds)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self.menu)
        self.more.setToolTip("Copy or save the plot")
        self.more.setAccessibleName("Copy or save the plot")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(4), px(14), 0)
        row.setSpacing(px(14))
        row.addWidget(self.phrase)
        row.addWidget(self.meta, 1)
        for part in (self.cancel, self.count, self.more):
            row.addWidget(part)
        self.show_share(share=False)
        self.cancel.clicked.connect(self.cancel_asked)


def _on(date: str) -> str:
    """Return "on 15 January 2009", "in October 2024", "in 2024"."""
    exact = date.count("-") == 2  # noqa: PLR2004 - year, month and day
    return f"{'on' if exact else 'in'} {formats.day_long(date)}"
