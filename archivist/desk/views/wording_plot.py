"""The plot of a wording: its lines by year, the numbers under mouse and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.models.wording import Picture, shown
from archivist.desk.views.wording_drawing import Drawing, Plane

if TYPE_CHECKING:
    from archivist.desk.context import Desk

HEIGHT: Final = 186
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class WordingPlot(QWidget):
    """Draws a picture of the years; a year can be gone to by mouse and by keys.

    Signals:
        year_chosen: a year was clicked, or Enter was pressed on it.
        copy_asked: the picture is to be copied.
        menu_asked: a context menu is wanted at this global point.
    """

    year_chosen = Signal(int)
    copy_asked = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._theme = desk.theme
        self.picture = Picture()
        self._cursor = 0
        self._hovered = 0
        self._kept: tuple[tuple[QSize, float, Picture], QPixmap] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self._theme.changed.connect(self._dress)
        self._dress()
        self._describe()

    def show_picture(self, picture: Picture) -> None:
        """Show other lines; the keyboard stays at its year where that is shown."""
        self.picture = picture
        self._hovered = 0
        if picture.series and not picture.first <= self._cursor <= picture.last:
            self._cursor = picture.series[0].peak()[0]
        self._describe()
        self.update()

    def plane(self) -> Plane:
        """Return where years and values stand; there is a line."""
        return Plane.of(self.picture, QRectF(self.rect()), self._theme)

    def year(self) -> int:
        """Return the year under the mouse or the keyboard's cursor; 0 for none."""
        if not self.picture.series:
            return 0
        return self._hovered or (self._cursor if self.hasFocus() else 0)

    def told(self) -> str:
        """Return the numbers of that year in words."""
        year = self.year()
        return self.picture.told(year) if year else ""

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(600), self._theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = QPainter(self), QRectF(self.rect())
        tokens = self._theme.tokens
        painter.fillRect(event.rect(), tokens.base)
        if not self.picture.series:
            font = self._theme.font("s")
            room.setLeft(self._theme.px(20))
            words = "No use is dated." if self.picture.phrase else ""
            paint.line_of_text(painter, room, words, font, tokens.text2)
            return
        painter.drawPixmap(0, 0, self._drawn())
        if year := self.year():
            Drawing(painter, self.picture, room, self._theme, tokens).draw_year(year)
        if self.hasFocus():
            ring = room.adjusted(8, 1, -8, -1)
            paint.focus_ring(painter, ring, 6, tokens)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.picture.series:
            self._hovered = self.plane().year_at(event.position().x())
            self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.picture.series:
            self._cursor = self.plane().year_at(event.position().x())
            self._describe()
            self.year_chosen.emit(self._cursor)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = 0
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go by years, Home and End to the ends, Enter to a year's uses."""
        key, picture = Qt.Key(event.key()), self.picture
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif not picture.series or event.modifiers():
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._go_to(self._cursor + _STEPS[key])
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._go_to(picture.first if key == Qt.Key.Key_Home else picture.last)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.year_chosen.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _drawn(self) -> QPixmap:
        """Return the plot without its cursor: drawn once for a size, as the cursor moves often."""
        ratio = self.devicePixelRatioF()
        key = (self.size(), ratio, self.picture)
        if self._kept is None or self._kept[0] != key:
            pixmap = QPixmap(self.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(self._theme.tokens.base)
            painter = QPainter(pixmap)
            room = QRectF(self.rect())
            Drawing(painter, self.picture, room, self._theme, self._theme.tokens).draw()
            painter.end()
            self._kept = (key, pixmap)
        return self._kept[1]

    def _go_to(self, year: int) -> None:
        self._hovered = 0
        self._cursor = max(self.picture.first, min(self.picture.last, year))
        self._describe()
        self.update()

    def _describe(self) -> None:
        """Tell screen readers what is drawn."""
        picture = self.picture
        self.setAccessibleName(f"Plot of {picture.unit()}")
        if not picture.series:
            self.setAccessibleDescription("Nothing to show.")
            return
        said = [f"{picture.first} to {picture.last}."]
        for one in picture.series:
            year, value = one.peak()
            uses = formats.counted(sum(one.uses.values()), "use")
            said.append(f"{one.name}: {uses}, most in {year}: {shown(value)}.")
        said.append(f"At {picture.told(self._cursor)}.")
        self.setAccessibleDescription(" ".join(said))

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self._kept = None
        self.update()
