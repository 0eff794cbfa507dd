"""How the plot of a wording is drawn: one routine for the screen, for SVG and for PNG.

Lines are told apart by dashes, width and a name beside them, so that a grey print and eyes that
see no colours lose nothing.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from archivist.desk import paint
from archivist.desk.models import wording as model

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QColor

    from archivist.desk.models.wording import Picture, Series
    from archivist.desk.theme import Theme, Tokens

_Segment: TypeAlias = tuple[float, float, float, float]
"""A piece of a line: where it begins and where it ends."""
_MARGIN: Final = 20
_LABEL: Final = 190
_GAP: Final = 6
_COLOURS: Final = ("accent", "t_phrase", "text2", "t_date", "bad")
_DASHES: Final[tuple[tuple[float, ...], ...]] = (
    (),
    (6.0, 2.5),
    (1.5, 2.0),
    (7.0, 2.5, 1.5, 2.5),
    (12.0, 4.0),
)
_WIDTHS: Final = (2.0, 1.8, 1.6, 1.8, 1.6)


class Plane(NamedTuple):
    """Where years and values stand.

    Attributes:
        plot: the room for the lines, in px.
        first: the year at its left.
        last: the year at its right.
        grid: the values lines are drawn at; the last one stands at the top.
    """

    plot: QRectF
    first: int
    last: int
    grid: Sequence[float]

    @classmethod
    def of(cls, picture: Picture, room: QRectF, theme: Theme) -> Plane:
        """Share out the room: values at the left, names at the right, years below."""
        px = theme.px
        grid = model.steps(picture.top())
        small = QFontMetricsF(theme.font("xs"))
        left = px(_MARGIN) + max(small.horizontalAdvance(model.shown(one)) for one in grid) + px(10)
        strong = QFontMetricsF(theme.font("xs", 600))
        names = max(strong.horizontalAdvance(one.name) for one in picture.series)
        right = min(names, px(_LABEL)) + px(_GAP) + px(_MARGIN)
        wide = max(float(px(60)), room.width() - left - right)
        tall = max(float(px(30)), room.height() - px(20) - px(24))
        plot = QRectF(room.left() + left, room.top() + px(20), wide, tall)
        return cls(plot, picture.first, picture.last, grid)

    def pitch(self) -> float:
        """Return the px from one year to the next."""
        return self.plot.width() / max(1, self.last - self.first)

    def x(self, year: float) -> float:
        """Return where a year stands; a single one in the middle."""
        if self.first == self.last:
            return self.plot.center().x()
        return self.plot.left() + (year - self.first) * self.pitch()

    def y(self, value: float) -> float:
        """Return where a value stands."""
        return self.plot.bottom() - self.plot.height() * value / self.grid[-1]

    def year_at(self, x: float) -> int:
        """Return the year nearest to a place."""
        if self.first == self.last:
            return self.first
        year = round((x - self.plot.left()) / self.pitch()) + self.first
        return max(self.first, min(self.last, year))

    def place(self, point: tuple[int, float]) -> QPointF:
        """Return where a point stands."""
        return QPointF(self.x(point[0]), self.y(point[1]))


def pen_of(look: int, tokens: Tokens, *, scale: float = 1.0) -> QPen:
    """Return the pen of a line: colour, dashes and width."""
    width = _WIDTHS[look]
    pen = QPen(colour_of(look, tokens), width * scale)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if _DASHES[look]:
        pen.setDashPattern([dash / width * 1.6 for dash in _DASHES[look]])
    return pen


def colour_of(look: int, tokens: Tokens) -> QColor:
    """Return the colour of a line and of its name."""
    return tokens.colour(_COLOURS[look])


class Drawing:
    """Draws a picture; made anew for every drawing.

    Args:
        painter: of the screen, a picture or a file.
        picture: what is shown; it has a line at least.
        room: where it is drawn.
        theme: fonts and sizes.
        tokens: colours; those of the light scheme for paper.
    """

    def __init__(
        self, painter: QPainter, picture: Picture, room: QRectF, theme: Theme, tokens: Tokens
    ) -> None:
        self._painter = painter
        self._picture = picture
        self._theme = theme
        self._tokens = tokens
        self._room = room
        self.plane = Plane.of(picture, room, theme)
        self._taken: list[QRectF] = []
        self._kept: dict[int, list[_Segment]] = {}

    def draw(self) -> None:
        """Draw grid, axis, lines, their highest points and their names."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_grid()
        self._draw_years()
        for one in reversed(self._picture.series):
            self._draw_line(one)
        self._draw_peak(self._picture.series[0])
        self._draw_names()

    def draw_year(self, year: int) -> None:
        """Draw the year the mouse or the keyboard is at: its line and the points on it."""
        x, plot, tokens = self.plane.x(year), self.plane.plot, self._tokens
        self._painter.setPen(QPen(tokens.control, 1))
        self._painter.drawLine(QPointF(x, plot.top() - 4), QPointF(x, plot.bottom()))
        for one in self._picture.series:
            value = one.value(year)
            if value is not None:
                self._dot(QPointF(x, self.plane.y(value)), one.look, 4)
        self._tell(year)

    # Grid and axis

    def _draw_grid(self) -> None:
        plot, px, tokens = self.plane.plot, self._theme.px, self._tokens
        font = self._theme.font("xs")
        for value in self.plane.grid:
            y = round(self.plane.y(value)) + 0.5
            self._painter.setPen(QPen(tokens.edge if not value else tokens.line, 1))
            self._painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            left = self._room.left() + px(_MARGIN)
            cell = QRectF(left, y - px(9), plot.left() - px(10) - left, px(18))
            self._text(cell, model.shown(value), font, tokens.text2, right=True)

    def _draw_years(self) -> None:
        plane, px = self.plane, self._theme.px
        font = self._theme.font("xs")
        wide = QFontMetricsF(font).horizontalAdvance("2000")
        step = model.year_step(plane.pitch(), wide + px(26))
        for year in range(plane.first + -plane.first % step, plane.last + 1, step):
            cell = QRectF(plane.x(year) - wide, plane.plot.bottom() + px(4), 2 * wide, px(18))
            self._painter.setFont(font)
            self._painter.setPen(self._tokens.text2)
            self._painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), str(year))

    # Lines

    def _draw_line(self, one: Series) -> None:
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for run in one.runs():
            points = [self.plane.place(point) for point in run]
            if len(points) == 1:
                self._dot(points[0], one.look, 2.5)
                continue
            self._painter.setPen(pen_of(one.look, self._tokens))
            self._painter.drawPolyline(QPolygonF(points))

    def _dot(self, place: QPointF, look: int, radius: float) -> None:
        self._painter.setPen(QPen(self._tokens.base, 1.5))
        self._painter.setBrush(colour_of(look, self._tokens))
        self._painter.drawEllipse(place, radius, radius)

    def _draw_peak(self, one: Series) -> None:
        """Name the highest point of the phrase itself."""
        year, value = one.peak()
        if len(one.points()) == 1:
            return
        place = self.plane.place((year, value))
        font = self._theme.font("xs", 600)
        words = f"{model.shown(value)} in {year}"
        box = self._box(words, font)
        box.moveCenter(QPointF(place.x(), place.y() - self._theme.px(13)))
        box.moveLeft(max(self.plane.plot.left(), min(box.left(), self._room.right() - box.width())))
        self._dot(place, one.look, 4)
        self._label(box, words, font, one.look)

    # Names

    def _draw_names(self) -> None:
        """Write the names of lines beside them: those that reach the right end at their ends."""
        font = self._theme.font("xs", 600)
        names = {
            one.look: paint.elided(one.name, font, self._theme.px(_LABEL))
            for one in self._picture.series
        }
        ends = [one for one in self._picture.series if one.last == self.plane.last]
        boxes = [self._after(one, self._box(names[one.look], font)) for one in ends]
        for one, box in _spread(ends, boxes, self.plane.plot.bottom()):
            self._label(box, names[one.look], font, one.look)
        for one in self._picture.series:
            if one not in ends:
                places = self._places(one, self._box(names[one.look], font))
                best = min(places, key=lambda box: self._covered(box, one))
                self._label(best, names[one.look], font, one.look)

    def _after(self, one: Series, box: QRectF) -> QRectF:
        """Return the place of a name right after its line."""
        end = self.plane.place(one.points()[-1])
        return box.translated(end.x() + self._theme.px(_GAP), end.y() - box.height() / 2)

    def _places(self, one: Series, box: QRectF) -> Iterable[QRectF]:
        """Return where a name may stand: after the line's end, else above or below a point."""
        px, plane = self._theme.px, self.plane
        points = one.points()
        for down in (0, -8, -14, 8):
            yield self._after(one, box).translated(0, px(down))
        inside = QRectF(plane.plot).adjusted(-px(8), -px(18), px(8), -px(1))
        by_value = sorted(points, key=lambda point: -point[1])
        for point in by_value:
            at = plane.place(point)
            for side in (0.5, 0.0, 1.0):
                for up in (px(5) + box.height(), -px(5)):
                    found = QRectF(box)
                    found.moveTopLeft(QPointF(at.x() - side * box.width(), at.y() - up))
                    if inside.contains(found):
                        yield found

    def _covered(self, box: QRectF, own: Series) -> float:
        """Return how much a name would cover; its own line counts, too."""
        found = 0.0
        if box.right() > self._room.right() - 2 or box.top() < self._room.top():
            found += 100
        if box.bottom() > self.plane.plot.bottom() and box.left() < self.plane.plot.right():
            found += 40
        for taken in self._taken:
            if taken.intersects(box):
                found += 50
        grown = box.adjusted(-2, 1, 2, -1)
        for one in self._picture.series:
            crossed = sum(_crosses(grown, piece) for piece in self._segments(one))
            found += crossed * (4 if one is own else 6)
        return found

    def _segments(self, one: Series) -> list[_Segment]:
        """Return the pieces of a line, worked out once."""
        if one.look not in self._kept:
            found = []
            for run in one.runs():
                places = [self.plane.place(point) for point in run]
                places = places if len(places) > 1 else [*places, places[0]]
                found += [(p.x(), p.y(), q.x(), q.y()) for p, q in pairwise(places)]
            self._kept[one.look] = found
        return self._kept[one.look]

    def _label(self, box: QRectF, words: str, font: QFont, look: int) -> None:
        ground = self._tokens.base
        paint.rounded(self._painter, box.adjusted(-2, 1, 2, -1), 3, ground)
        self._text(box, words, font, colour_of(look, self._tokens))
        self._taken.append(box)

    def _box(self, words: str, font: QFont) -> QRectF:
        metrics = QFontMetricsF(font)
        return QRectF(0, 0, metrics.horizontalAdvance(words) + 2, metrics.height())

    def _text(
        self, box: QRectF, words: str, font: QFont, colour: QColor, *, right: bool = False
    ) -> None:
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self._painter.setFont(font)
        self._painter.setPen(colour)
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        self._painter.drawText(box, int(flags | Qt.TextFlag.TextDontClip), words)

    def _tell(self, year: int) -> None:
        """Draw the numbers of a year above its line."""
        theme = self._theme
        font = theme.font("xs", 500)
        words = paint.elided(self._picture.told(year), font, self._room.width() - theme.px(60))
        box = self._box(words, font).adjusted(0, 0, theme.px(12), theme.px(2))
        box.moveCenter(QPointF(self.plane.x(year), 0))
        box.moveTop(self._room.top() + 1)
        least, most = theme.px(_MARGIN), self._room.right() - box.width() - theme.px(_MARGIN)
        box.moveLeft(max(least, min(box.left(), most)))
        paint.rounded(self._painter, box, 4, self._tokens.paper, self._tokens.edge)
        self._painter.setFont(font)
        self._painter.setPen(self._tokens.text)
        self._painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


def _spread(
    series: Sequence[Series], boxes: Sequence[QRectF], bottom: float
) -> list[tuple[Series, QRectF]]:
    """Move names at the right end apart, in the order of their lines' ends."""
    placed = sorted(zip(series, boxes, strict=True), key=lambda pair: pair[1].top())
    for (_, upper), (_, lower) in pairwise(placed):
        lower.moveTop(max(lower.top(), upper.bottom()))
    limit = bottom + (placed[-1][1].height() / 2 if placed else 0)
    for _, box in reversed(placed):
        box.moveBottom(min(box.bottom(), limit))
        limit = box.top()
    return placed


def _crosses(box: QRectF, segment: _Segment) -> bool:
    """Whether a piece of a line touches a box."""
    x1, y1, x2, y2 = segment
    left, right = max(min(x1, x2), box.left()), min(max(x1, x2), box.right())
    if left > right or min(y1, y2) > box.bottom() or max(y1, y2) < box.top():
        return False
    if x1 == x2:
        return True
    ends = [y1 + (y2 - y1) * (x - x1) / (x2 - x1) for x in (left, right)]
    return min(ends) <= box.bottom() and max(ends) >= box.top()
