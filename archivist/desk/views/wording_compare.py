"""Two uses of a phrase side by side: what is gone is struck out, what is new is underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import describe, formats, paint
from archivist.desk.models.wording import said_by
from archivist.desk.views.wording_text import WordsArea, side_of

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from archivist.archive.wording.results import Comparison, Use
    from archivist.desk.context import Desk

_NARROW: Final = 400
_NONE: Final = "Choose a use with the key {0}, or drag the {0} to it."


class UseColumn(QWidget):
    """One of the two uses: when and where, and its sentence.

    Signals:
        open_asked: its record is to be read at the place.
    """

    open_asked = Signal()

    def __init__(self, desk: Desk, letter: str) -> None:
        super().__init__()
        self._desk = desk
        self.letter = letter
        self.date = paint.ElidingLabel()
        self.meta = paint.ElidingLabel()
        self.open = QToolButton()
        self.text = WordsArea(desk.theme, f"Use {letter}")
        self._build()

    def show_use(self, use: Use | None) -> None:
        """Say which use it is; its words are shown once they are compared."""
        self.open.setEnabled(use is not None)
        if use is None:
            self.date.setText("")
            self.meta.setText(_NONE.format(self.letter))
            return
        labels = describe.labels_of(self._desk)
        kind = labels.label("type", use.doctype) if use.doctype else ""
        paragraph = f"\u00b6\u00a0{formats.number(use.paragraph)}" if use.paragraph else ""
        self.date.setText(formats.day_long(use.date) if use.date else "No date")
        self.meta.setText(", ".join(filter(None, (said_by(use), kind, use.ref, paragraph))))

    def dress(self) -> None:
        """Take fonts, sizes and colours from the theme."""
        theme = self._desk.theme
        self.date.setFont(theme.font("m", 600))
        self.meta.setFont(theme.font("s"))
        quiet = self.meta.palette()
        quiet.setColor(quiet.ColorRole.WindowText, theme.tokens.text2)
        self.meta.setPalette(quiet)
        self.open.setIcon(self._desk.icons.icon("arrow-square-out"))
        self.open.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.text.set_ground(theme.tokens.paper)

    def _build(self) -> None:
        px = self._desk.theme.px
        self.open.setToolTip(f"Open use {self.letter} in the reader")
        self.open.setAccessibleName(f"Open use {self.letter} in the reader")
        self.open.clicked.connect(self.open_asked)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.date)
        words.addWidget(self.meta)
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(10), px(12), px(6))
        head.addLayout(words, 1)
        head.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.text, 1)


class ComparePane(QWidget):
    """Two uses, word by word.

    Attributes:
        left: use A.
        right: use B.

    Signals:
        swap_asked: A and B are to change places.
    """

    swap_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.title = paint.ElidingLabel("Two uses, word by word")
        self.gone = Tally(desk, "minus-circle", "dele")
        self.new = Tally(desk, "plus-circle", "ins")
        self.swap = QToolButton()
        self.left, self.right = UseColumn(desk, "A"), UseColumn(desk, "B")
        self._counts: tuple[int, int] | None = None
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self.swap.clicked.connect(self.swap_asked)
        self.show_comparison(None)

    def show_uses(self, left: Use | None, right: Use | None) -> None:
        """Say which uses are compared."""
        self.left.show_use(left)
        self.right.show_use(right)

    def show_comparison(self, found: Comparison | None) -> None:
        """Show their words, or none."""
        differences = found.differences if found is not None else ()
        left, right = side_of(differences, left=True), side_of(differences, left=False)
        gone, new = left.words_marked("gone"), right.words_marked("new")
        if found is not None and left.text == found.left.text:
            left = left.with_phrase(*found.left.mark)
        if found is not None and right.text == found.right.text:
            right = right.with_phrase(*found.right.mark)
        self.left.text.page.show_words(left)
        self.right.text.page.show_words(right)
        self._counts = (gone, new) if found is not None else None
        self._say_counts()
        if found is not None and not differences:
            self.gone.say("The text of one was changed since")

    def dress(self) -> None:
        """Take fonts, sizes and colours from the theme."""
        theme = self._desk.theme
        ground = self.palette()
        ground.setColor(ground.ColorRole.Window, theme.tokens.paper)
        self.setAutoFillBackground(True)
        self.setPalette(ground)
        self.title.setFont(theme.font("m", 600))
        self.swap.setIcon(self._desk.icons.icon("arrows-left-right"))
        self.swap.setIconSize(QSize(theme.px(14), theme.px(14)))
        for part in (self.gone, self.new, self.left, self.right):
            part.dress()

    def _build(self) -> None:
        px, theme = self._desk.theme.px, self._desk.theme
        self.swap.setToolTip("A and B change places (X)")
        self.swap.setAccessibleName("A and B change places")
        head = QHBoxLayout()
        head.setContentsMargins(px(20), 0, px(12), 0)
        head.setSpacing(px(16))
        head.addWidget(self.title, 1)
        for part in (self.gone, self.new, self.swap):
            head.addWidget(part)
        strip = QWidget()
        strip.setFixedHeight(px(40))
        strip.setLayout(head)
        self._both.setSpacing(0)
        self._both.addWidget(self.left, 1)
        self._both.addWidget(paint.Hairline(theme, vertical=True))
        self._both.addWidget(self.right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(strip)
        column.addWidget(paint.Hairline(theme))
        column.addLayout(self._both, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, one use stands above the other."""
        super().resizeEvent(event)
        down, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._both.setDirection(down if self._is_narrow() else beside)
        self._say_counts()

    def _is_narrow(self) -> bool:
        return self.width() < self._desk.theme.px(_NARROW)

    def _say_counts(self) -> None:
        """Say how many words are gone and new; in few words where it is narrow."""
        for tally, place, word in ((self.gone, 0, "gone"), (self.new, 1, "new")):
            count = self._counts[place] if self._counts is not None else 0
            short = self._is_narrow()
            said = formats.number(count) if short else formats.counted(count, "word")
            tally.say(f"{said} {word}" if self._counts is not None else "")


class Tally(QWidget):
    """A sign and some words, for example how many words are gone."""

    def __init__(self, desk: Desk, icon: str, token: str) -> None:
        super().__init__()
        self._desk = desk
        self._icon, self._token = icon, token
        self._sign, self.label = QLabel(), QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(desk.theme.px(6))
        row.addWidget(self._sign)
        row.addWidget(self.label)

    def say(self, words: str) -> None:
        """Show words; none hide the sign, too."""
        self.label.setText(words)
        self.setVisible(bool(words))

    def be(self, icon: str, token: str) -> None:
        """Take another sign and another colour."""
        self._icon, self._token = icon, token
        self.dress()

    def dress(self) -> None:
        """Take fonts, sizes and colours from the theme."""
        theme = self._desk.theme
        ratio = max(1.0, self.devicePixelRatioF())
        side = theme.px(14)
        self._sign.setPixmap(self._desk.icons.pixmap(self._icon, side, ratio, self._token))
        self.label.setFont(theme.font("s"))
        palette = self.label.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.colour(self._token))
        self.label.setPalette(palette)
