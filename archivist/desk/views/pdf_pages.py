"""The pages of a PDF, one beneath the other, drawn as they come in sight."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from archivist.desk import paint

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.desk.context import Desk
    from archivist.desk.models.pdf import PdfFile
    from archivist.model.errors import ArchivistError

_KEPT: Final = 10
_WIDEST: Final = 900
_MARGIN: Final = 16
_ZOOMS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


class PdfPages(QAbstractScrollArea):
    """Shows a PDF as wide as the pane; Ctrl and plus or minus draws it larger or smaller."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._theme = desk.theme
        self._file: PdfFile | None = None
        self._drawn: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._asked: tuple[int, int] | None = None
        self._zoom = 1.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Pages of the original")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme.changed.connect(self.viewport().update)

    def show_file(self, path: Path) -> None:
        """Open and show a file."""
        from archivist.desk.models.pdf import PdfFile  # noqa: PLC0415 - only where one is shown

        self.close_file()
        self._desk.tasks.read(
            "reader.pdf", lambda _token: PdfFile(path), self._take, self._failed, self
        )

    def close_file(self) -> None:
        """Let go of the file that is shown."""
        file, self._file = self._file, None
        self._drawn.clear()
        self._asked = None
        if file is not None:
            self._desk.tasks.read("", lambda _token: file.close(), lambda _none: None)
        self._measure()

    def pages(self) -> int:
        """Return how many pages are shown."""
        return len(self._file.sizes) if self._file is not None else 0

    def page_at_top(self) -> int:
        """Return the number, from 1, of the page in sight."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        tops = [top for top, _width, _height in self._places()]
        return max(1, sum(top <= middle for top in tops))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), self._theme.tokens.desk)
        offset = self.verticalScrollBar().value()
        seen = []
        for page, (top, width, height) in enumerate(self._places()):
            left = (self.viewport().width() - width) / 2 - self._slide()
            sheet = QRectF(max(left, -self._slide()), top - offset, width, height)
            if sheet.intersects(QRectF(self.viewport().rect())):
                seen.append(page)
                self._paint_sheet(painter, page, sheet)
        self._ask(seen)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
            if event.key() in steps:
                self._zoom_by(steps[Qt.Key(event.key())])
                return
        if event.key() == Qt.Key.Key_Space:
            bar.setValue(bar.value() + bar.pageStep())
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_by(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    def _take(self, file: PdfFile) -> None:
        self._file = file
        self._measure()
        self.verticalScrollBar().setValue(0)
        self.setAccessibleDescription(f"{len(file.sizes)} pages")

    def _failed(self, error: ArchivistError) -> None:
        self._desk.events.error.emit(error)

    def _slide(self) -> int:
        return self.horizontalScrollBar().value()

    def _places(self) -> list[tuple[float, float, float]]:
        """Return top, width and height of every page."""
        if self._file is None:
            return []
        margin = self._theme.px(_MARGIN)
        width = min(self._theme.px(_WIDEST), self.viewport().width() - 2 * margin) * self._zoom
        places, top = [], float(margin)
        for wide, high in self._file.sizes:
            height = width * high / max(1.0, wide)
            places.append((top, width, height))
            top += height + margin
        return places

    def _measure(self) -> None:
        places = self._places()
        margin = self._theme.px(_MARGIN)
        high = places[-1][0] + places[-1][2] + margin if places else 0
        wide = places[0][1] + 2 * margin if places else 0
        bar, view = self.verticalScrollBar(), self.viewport()
        bar.setRange(0, max(0, round(high - view.height())))
        bar.setPageStep(view.height())
        bar.setSingleStep(self._theme.px(40))
        self.horizontalScrollBar().setRange(0, max(0, round(wide - view.width())))
        self.horizontalScrollBar().setPageStep(view.width())
        view.update()

    def _zoom_by(self, step: int) -> None:
        place = min(range(len(_ZOOMS)), key=lambda at: abs(_ZOOMS[at] - self._zoom))
        before = self._zoom
        self._zoom = _ZOOMS[max(0, min(len(_ZOOMS) - 1, place + step))]
        bar = self.verticalScrollBar()
        value = bar.value() * self._zoom / before
        self._measure()
        bar.setValue(round(value))

    def _paint_sheet(self, painter: QPainter, page: int, sheet: QRectF) -> None:
        shade = self._theme.tokens.text
        for grown in range(3, 0, -1):
            halo = sheet.adjusted(-grown, -grown + 1, grown, grown + 1)
            colour = shade.__class__(shade)
            colour.setAlpha(10)
            paint.rounded(painter, halo, 2, colour)
        painter.fillRect(sheet, Qt.GlobalColor.white)
        found = [key for key in self._drawn if key[0] == page]
        if found:
            exact = (page, self._pixels(sheet.width()))
            painter.drawImage(sheet, self._drawn.get(exact, self._drawn[found[-1]]))

    def _pixels(self, width: float) -> int:
        return round(width * self.devicePixelRatioF())

    def _ask(self, seen: list[int]) -> None:
        """Have the first page in sight that is not drawn yet drawn."""
        file, places = self._file, self._places()
        if file is None or self._asked is not None:
            return
        for page in seen:
            key = (page, self._pixels(places[page][1]))
            if key not in self._drawn:
                self._asked = key
                self._desk.tasks.read(
                    "reader.pdf.page",
                    lambda _token, key=key: file.draw(*key),  # type: ignore[misc]
                    lambda image, key=key: self._took(file, key, image),  # type: ignore[misc]
                    lambda _error: self._took_none(),
                    self,
                )
                return

    def _took_none(self) -> None:
        """A page that cannot be drawn stays white; the others are asked for as they come."""
        self._asked = None

    def _took(self, file: PdfFile, key: tuple[int, int], image: QImage) -> None:
        self._asked = None
        if file is not self._file:
            return
        self._drawn[key] = image
        while len(self._drawn) > _KEPT:
            self._drawn.popitem(last=False)
        self.viewport().update()
