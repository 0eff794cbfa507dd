"""How heads and statements are drawn: heads with bars of years, words in serif."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from archivist.archive.statements.listing import Head, Spoken, Voice
from archivist.archive.statements.topics import Topic, Year
from archivist.desk import describe, formats, paint
from archivist.desk.models.statements import (
    GATHERED,
    KINDS,
    ROW,
    STATES,
    marks_before,
    named,
    note_of,
    quoted,
    title_of,
)
from archivist.desk.paint import MarkedText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QAbstractItemModel

    from archivist.desk.context import Desk

Index = QModelIndex | QPersistentModelIndex
HEAD_HEIGHT: Final = 52
YEAR_HEIGHT: Final = 38
LINES: Final = 3
"""Of a statement's words at most so many lines are shown."""
_AROUND: Final = 42
_LEADING: Final = 25
_BELOW: Final = 18
_LEFT: Final = 48
_SIDE: Final = 20
_KEPT: Final = 300
_WITH_KIND: Final = 440
_DIMMED: Final = 0.45
_MOST_BARS: Final = 12
_BAR: Final = 6
_BARS_HEIGHT: Final = 24
_FORMS: Final = 8
_GONE: Final = "The text was changed since this search."
_ICONS: Final = {"direct": "quotes", "indirect": "chat-centered-text", "turn": "chats"}


class Years:
    """The years of all heads, so that their bars can be compared: one axis and one scale."""

    def __init__(self, heads: Iterable[Head] = ()) -> None:
        """Take the years of these heads."""
        said = [head.years for head in heads if not isinstance(head, Year) and head.years]
        self._first = min((years[0][0] for years in said), default=0)
        last = max((years[-1][0] for years in said), default=-1)
        self._step = max(1, -(-(last - self._first + 1) // _MOST_BARS))
        self.bars = -(-(last - self._first + 1) // self._step)
        self._top = max((max(self._counts(years)) for years in said), default=1)

    def shares(self, head: Voice | Topic) -> list[float]:
        """Return the height of each bar, from 0 to 1."""
        return [count / self._top for count in self._counts(head.years)]

    def _counts(self, years: tuple[tuple[int, int], ...]) -> list[int]:
        counts = [0] * self.bars
        for year, count in years:
            counts[(year - self._first) // self._step] += count
        return counts


class StatementDelegate(QStyledItemDelegate):
    """Draws the rows of the list.

    Attributes:
        dimmed: whether a newer search is under way.
        names: whether each statement names its speaker: it stands under no head.
        years: of all speakers.

    Signals:
        ticked: the row whose box was clicked.
    """

    ticked = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dimmed = False
        self.names = False
        self.years = Years()
        self._desk = desk
        self._theme = desk.theme
        self._px = desk.theme.px
        self._laid: OrderedDict[tuple[object, ...], MarkedText] = OrderedDict()
        desk.theme.changed.connect(self._laid.clear)

    def height_of(self, row: Spoken | Head | None, width: float) -> int:
        """Return how high a row is in a list of this width; as of two lines while it is unread."""
        if isinstance(row, Year):
            return self._px(YEAR_HEIGHT)
        if isinstance(row, Voice | Topic):
            return self._px(HEAD_HEIGHT)
        lines = self._words(row, self._room(width)).lines if row is not None and not row.gone else 2
        below = self._px(_BELOW) if row is not None and circumstances(row) else 0
        return self._px(_AROUND) + lines * self._px(_LEADING) + below

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._px(320), self.height_of(None, self._px(320)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect = QRectF(option.rect)
        row = index.data(ROW)
        if isinstance(row, Head):
            painter.setOpacity(_DIMMED if self.dimmed else 1.0)
            self._paint_head(painter, rect, row)
        else:
            self._paint_ground(painter, option, index)
            painter.setOpacity(_DIMMED if self.dimmed else 1.0)
            if isinstance(row, Spoken):
                self._paint_statement(painter, rect, row, gathered=bool(index.data(GATHERED)))
            else:
                self._paint_missing(painter, rect)
        painter.restore()

    @override
    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """A click on the box sends a statement to the dossier, or takes it out."""
        if not isinstance(event, QMouseEvent) or not isinstance(index.data(ROW), Spoken):
            return False
        area = self._box(QRectF(option.rect)).adjusted(-8, -8, 8, 8)
        if not area.contains(event.position()) or event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.ticked.emit(index.row())
        return True

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        row = index.data(ROW)
        said = ""
        if isinstance(row, Spoken):
            one = row.filed.statement
            parts = [describe.title_of(row.about.description), KINDS[one.kind], circumstances(row)]
            parts.append("" if row.filed.sure else "It may be wrong that this was said so.")
            said = "\n".join(filter(None, parts))
        elif isinstance(row, Head):
            said = _tip_of(row)
        QToolTip.showText(event.globalPos(), said, view)
        return True

    # Heads

    def _paint_head(self, painter: QPainter, rect: QRectF, head: Head) -> None:
        theme, px, tokens = self._theme, self._px, self._theme.tokens
        left, right = rect.left() + px(_SIDE), rect.right() - px(_SIDE)
        paint.hairline(painter, left, right, rect.bottom() - 1, tokens.edge)
        if isinstance(head, Year):
            line = QRectF(left, rect.bottom() - px(28), right - left, px(17))
            count = formats.counted(head.count, "statement")
            paint.line_of_text(painter, line, count, theme.font("s"), tokens.text2, right=True)
            paint.line_of_text(painter, line, title_of(head), theme.font("m", 600), tokens.text)
            return
        top = rect.bottom() - px(HEAD_HEIGHT)
        edge = self._paint_bars(painter, right, top + px(12), head)
        count, years = formats.counted(head.count, "statement"), _span(head)
        wide = max(
            QFontMetricsF(theme.font("s")).horizontalAdvance(text) + 2 for text in (count, years)
        )
        words = QRectF(edge - wide, top + px(10), wide, px(17))
        paint.line_of_text(painter, words, count, theme.font("s"), tokens.text, right=True)
        words.translate(0, px(17))
        paint.line_of_text(painter, words, years, theme.font("s"), tokens.text2, right=True)
        room = max(0.0, edge - wide - px(16) - left)
        self._paint_name(painter, QRectF(left, top + px(10), room, px(17)), head)

    def _paint_name(self, painter: QPainter, name: QRectF, head: Voice | Topic) -> None:
        theme, px, tokens, note = self._theme, self._px, self._theme.tokens, note_of(head)
        if not note:
            name.translate(0, px(8))
        colour = tokens.text if head.name else tokens.text2
        paint.line_of_text(painter, name, title_of(head), theme.font("m", 600), colour)
        if note:
            name.translate(0, px(17))
            paint.line_of_text(painter, name, note, theme.font("s"), tokens.text2)

    def _paint_bars(
        self, painter: QPainter, right: float, top: float, head: Voice | Topic
    ) -> float:
        """Draw how much was said in each stretch of years; return where words may end."""
        shares = self.years.shares(head)
        if len(shares) < 2:  # noqa: PLR2004 - one bar tells nothing
            return right
        px, tokens = self._px, self._theme.tokens
        wide, gap, tall = px(_BAR), px(2), px(_BARS_HEIGHT)
        at = left = right - len(shares) * (wide + gap) + gap
        for share in shares:
            high = max(px(3), share * tall) if share else 1
            colour = tokens.accent if share else tokens.bar
            painter.fillRect(QRectF(at, top + tall - high, wide, high), colour)
            at += wide + gap
        return left - px(12)

    # Statements

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, tokens, px = option.widget, self._theme.tokens, self._px
        if not isinstance(view, QAbstractItemView):
            return
        rect = QRectF(option.rect)
        card = rect.adjusted(px(8), 1, -px(8), -2)
        if view.selectionModel().isSelected(index):
            paint.rounded(painter, card, 6, tokens.sel)
        else:
            if option.state & QStyle.StateFlag.State_MouseOver:
                paint.rounded(painter, card, 6, tokens.hover)
            below = index.sibling(index.row() + 1, 0)
            if not view.selectionModel().isSelected(below):
                left, right = rect.left() + px(_LEFT), rect.right() - px(_SIDE)
                paint.hairline(painter, left, right, rect.bottom() - 1, tokens.line)
        if view.hasFocus() and view.currentIndex().row() == index.row():
            paint.rounded(painter, card, 6, None, tokens.accent, 1.5)

    def _paint_statement(
        self, painter: QPainter, rect: QRectF, row: Spoken, *, gathered: bool
    ) -> None:
        theme, px, tokens = self._theme, self._px, self._theme.tokens
        paint.check_box(painter, self._box(rect), "on" if gathered else "off", tokens)
        left, right = rect.left() + px(_LEFT), rect.right() - px(_SIDE)
        if row.gone:
            line = QRectF(left, rect.top() + px(10), right - left, px(20))
            paint.line_of_text(painter, line, _GONE, theme.font("m"), tokens.text2)
        else:
            words = self._words(row, self._room(rect.width()))
            words.draw(painter, left, rect.top() + px(9), tokens)
        centre = rect.bottom() - px(21)
        if told := circumstances(row):
            line = QRectF(left, centre - px(9), right - left, px(18))
            paint.line_of_text(painter, line, told, theme.font("s"), tokens.text2)
            centre -= px(_BELOW)
        named_kind = rect.width() >= px(_WITH_KIND)
        edge = self._paint_badges(painter, right, centre, row, named_kind=named_kind)
        meta = QRectF(left, centre - px(9), max(0.0, edge - left - px(10)), px(18))
        if self.names:
            name, font = named(row.filed.statement.speaker), theme.font("s", 600)
            wide = paint.line_of_text(painter, meta, name, font, tokens.text)
            meta.setLeft(min(meta.right(), meta.left() + wide))
        before = describe.SEPARATOR if self.names else ""
        said, metrics = before + self._about(row), QFontMetricsF(theme.font("s"))
        if metrics.horizontalAdvance(said) > meta.width():
            said = before + self._about(row, typed=False)
        paint.line_of_text(painter, meta, said, theme.font("s"), tokens.text2)

    def _about(self, row: Spoken, *, typed: bool = True) -> str:
        """Return "12 Mar 2014 · Joint communiqué, VAL-JC 2014/0031, ¶ 3", or without the type."""
        labels = describe.labels_of(self._desk)
        where = [
            describe.type_of(row.about.description, labels) if typed else "",
            describe.reference_of(row.about),
            f"¶ {row.paragraph}" if row.paragraph else "",
        ]
        date = formats.day(row.date) if row.date else "No date"
        return describe.SEPARATOR.join([date, ", ".join(filter(None, where))])

    def _paint_badges(
        self, painter: QPainter, right: float, centre: float, row: Spoken, *, named_kind: bool
    ) -> float:
        """Draw the badges from the right, of the kind only its icon where it is narrow.

        Returns:
            Where they begin.
        """
        theme, icons, gap = self._theme, self._desk.icons, self._px(5)
        one, edge = row.filed, right
        labels = describe.labels_of(self._desk)
        if mark := describe.marked(row.about.description.mark, labels):
            edge = paint.badge(painter, edge, centre, mark, theme, icons, "lock-simple", "warn")
            edge -= gap
        kind = one.statement.kind
        name = KINDS[kind] if named_kind else ""
        edge = paint.badge(painter, edge, centre, name, theme, icons, _ICONS[kind]) - gap
        if not one.sure:
            edge = paint.badge(painter, edge, centre, "Unsure", theme, icons, "warning", "warn")
            edge -= gap
        if state := STATES.get(one.status):
            edge = paint.badge(painter, edge, centre, state, theme, icons, "check-circle", "ok")
            edge -= gap
        return edge

    def _words(self, row: Spoken, width: float) -> MarkedText:
        key = (row.filed.number, row.excerpt, row.filed.statement.kind, round(width))
        laid = self._laid.pop(key, None)
        if laid is None:
            shift = marks_before(row)
            marks = [(start + shift, end + shift) for start, end in row.excerpt.marks]
            leading = self._px(_LEADING)
            laid = MarkedText(quoted(row), marks, self._font(), width, LINES, leading=leading)
        self._laid[key] = laid
        while len(self._laid) > _KEPT:
            self._laid.popitem(last=False)
        return laid

    def _font(self) -> QFont:
        font = self._theme.font("l", serif=True)
        font.setPixelSize(self._px(15))
        return font

    def _room(self, width: float) -> float:
        return max(40.0, width - self._px(_LEFT) - self._px(_SIDE))

    def _box(self, rect: QRectF) -> QRectF:
        side = self._px(14)
        return QRectF(rect.left() + self._px(20), rect.top() + self._px(22) - side / 2, side, side)

    def _paint_missing(self, painter: QPainter, rect: QRectF) -> None:
        """Draw bars in place of words that are being read."""
        px = self._px
        left, wide = rect.left() + px(_LEFT), self._room(rect.width())
        for top, share in ((18, 0.95), (43, 0.7), (rect.height() / max(1, px(1)) - 25, 0.4)):
            bar = QRectF(left, rect.top() + px(top), wide * share, px(8))
            paint.rounded(painter, bar, 4, self._theme.tokens.line)


def circumstances(row: Spoken) -> str:
    """Return to whom and where something was said: "To reporters · in Geneva"; mostly nothing."""
    said = row.filed.statement
    told = f"to {said.addressee}" if said.addressee else ""
    line = describe.SEPARATOR.join(filter(None, [told, said.occasion]))
    return line[:1].upper() + line[1:]


def _span(head: Voice | Topic) -> str:
    if not head.years:
        return "No date"
    first, last = head.years[0][0], head.years[-1][0]
    return str(first) if first == last else f"{first}\u2013{last}"


def _tip_of(head: Head) -> str:
    """Return what is told of a head under the mouse."""
    if isinstance(head, Voice) and head.forms:
        forms = "; ".join(head.forms[:_FORMS])
        more = len(head.forms) - _FORMS
        named_as = f"Named as {forms}" + (f" and {more} more ways" if more > 0 else "")
        return "\n".join(filter(None, [title_of(head), note_of(head), named_as]))
    if isinstance(head, Topic) and head.name:
        told = f"{title_of(head)}: more frequent here than elsewhere"
        return "\n".join(filter(None, [told, note_of(head)]))
    return "\n".join(filter(None, [title_of(head), note_of(head)]))
