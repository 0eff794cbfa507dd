"""What the window shows while no archive is open: three ways on, and one sentence on dropping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from archivist.desk import paint

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QEnterEvent, QFocusEvent, QKeyEvent

    from archivist.desk.actions import ActionBook
    from archivist.desk.context import Desk

_WAYS = (
    ("archive.sample", "Written for you to try things out; nothing to break"),
    ("archive.new", "Choose a folder; then import releases, mail, scans"),
    ("archive.open", "A folder made by Archivist on this or another computer"),
)


class WayOn(QAbstractButton):
    """One way on: icon, title, what it means, and its shortcut."""

    def __init__(self, desk: Desk, action: QAction, icon: str, words: str, keys: str) -> None:
        super().__init__()
        self._desk = desk
        self._icon = icon
        self._words = words
        self._keys = keys
        self.setText(action.text().removesuffix(" …"))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(action.trigger)
        desk.theme.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._desk.theme.px(560), self._desk.theme.px(68))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px, painter = self._desk.theme, self._desk.theme.px, QPainter(self)
        tokens, focus = theme.tokens, self.hasFocus()
        rect = QRectF(self.rect())
        if focus:
            paint.rounded(painter, rect, 8, tokens.sel, tokens.accent, 2.0)
        elif self.underMouse():
            paint.rounded(painter, rect, 8, tokens.hover)
        side = px(22)
        icon = QRectF(px(20), (rect.height() - side) / 2, side, side)
        self._desk.icons.paint(painter, self._icon, icon, "accent" if focus else "text2")
        middle = rect.center().y()
        right = paint.key_caps(painter, rect.right() - px(20), middle, self._keys, theme)
        words = QRectF(px(64), middle - px(22), right - px(72), px(22))
        paint.line_of_text(painter, words, self.text(), theme.font("m", 600), tokens.text)
        words.translate(0, px(21))
        paint.line_of_text(painter, words, self._words, theme.font("s"), tokens.text2)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Down:
                self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's own signature
            case Qt.Key.Key_Up:
                self.focusNextPrevChild(False)  # noqa: FBT003
            case _:
                super().keyPressEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


class FirstStart(QWidget):
    """The page of a window without an archive."""

    def __init__(self, desk: Desk, book: ActionBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._name = QLabel("Archivist")
        self._words = QLabel(
            "A reading room for press releases and diplomatic notes. "
            "All of it stays on this computer."
        )
        self._ways = [self._way(book, action_id, words) for action_id, words in _WAYS]
        self._drop_icon = QLabel()
        self._drop = QLabel(
            "Or drop a folder, files or a .zip here: you are asked where to keep the archive."
        )
        self._build()
        desk.theme.changed.connect(self._dress)
        self._dress()

    def focus(self) -> None:
        """Put the keyboard on the first way."""
        self._ways[0].setFocus()

    def _way(self, book: ActionBook, action_id: str, words: str) -> WayOn:
        entry = book.entries[action_id]
        return WayOn(self._desk, book[action_id], entry.icon, words, entry.shown_keys())

    def _build(self) -> None:
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.addWidget(self._name)
        self._column.addSpacing(8)
        self._column.addWidget(self._words)
        self._column.addSpacing(self._desk.theme.px(24))
        for way in self._ways:
            self._column.addWidget(way)
            self._column.addSpacing(4)
        self._column.addSpacing(self._desk.theme.px(20))
        self._column.addWidget(paint.Hairline(self._desk.theme))
        self._column.addSpacing(self._desk.theme.px(16))
        drop = QHBoxLayout()
        drop.setSpacing(8)
        drop.addWidget(self._drop_icon)
        drop.addWidget(self._drop, 1)
        self._column.addLayout(drop)
        middle = QVBoxLayout()
        middle.addStretch(10)
        middle.addLayout(self._column)
        middle.addStretch(13)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addLayout(middle)
        row.addStretch(1)

    def _dress(self) -> None:
        theme = self._desk.theme
        self._name.setFont(theme.font("xl", 600, serif=True))
        self._words.setFont(theme.font())
        self._drop.setFont(theme.font())
        for label in (self._words, self._drop):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), theme.tokens.text2)
            label.setPalette(palette)
        ratio = self.devicePixelRatioF()
        self._drop_icon.setPixmap(self._desk.icons.pixmap("download-simple", 16, ratio))
        wide = QFontMetricsF(theme.font()).horizontalAdvance(self._words.text())
        self.setMinimumWidth(round(wide) + theme.px(40))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._desk.theme.tokens.base)
