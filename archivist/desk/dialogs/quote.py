"""Was this ever said? A sentence is pasted and looked for: word for word, nearly, never."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.views.quote_matches import MatchList, MatchRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from archivist.archive.wording.results import QuoteCheck, QuoteMatch
    from archivist.desk.context import Desk
    from archivist.desk.gathering import Gathering
    from archivist.model.errors import ArchivistError
    from archivist.model.progress import CancelToken

_PAUSE_MS: Final = 350
_SLOW_MS: Final = 250
_HINT: Final = "Paste a sentence. It is looked for in the text of every filed record."
_SIGNS: Final = {
    "verbatim": ("check-circle", "ok"),
    "near": ("circle-half", "warn"),
    "turned": ("warning", "warn"),
    "never": ("x-circle", "bad"),
    "": ("quotes", "text2"),
}


class Source(Protocol):
    """What the dialog asks an archive."""

    def quote(self, text: str, *, limit: int = 10, cancel: CancelToken | None = None) -> QuoteCheck:
        """Look for a quotation."""


class QuoteDialog(QDialog):
    """Checks quotations; it does not block the window.

    Args:
        desk: the look, and work off the window's thread.
        gathering: what is gathered for the dossier.
        source: the open archive, or None.

    Signals:
        opened: a Use whose record is to be read at the place.
    """

    opened = Signal(object)

    def __init__(
        self,
        desk: Desk,
        gathering: Gathering,
        source: Callable[[], Source | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._gathering, self._source = desk, gathering, source
        self.found: QuoteCheck | None = None
        self._asked = ""
        self.field = QPlainTextEdit()
        self.check = QPushButton("Check")
        self.verdict = Verdict(desk)
        self.matches = MatchList(desk)
        self.copy = QPushButton("Copy with citation")
        self.gather = QPushButton("Add to dossier")
        self.reader = QPushButton("Open in reader")
        self._title = QLabel("Was this ever said?")
        self._scroll = QScrollArea()
        self._pause, self._slow = QTimer(self), QTimer(self)
        self._build()
        self._connect()
        self._dress()
        self.clear()

    def ask(self, text: str = "") -> None:
        """Come up; with a text, check it at once."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.field.setFocus()
        if text.strip():
            self.field.setPlainText(" ".join(text.split()))
            self.look()
        else:
            self.field.selectAll()

    def clear(self) -> None:
        """Show nothing: nothing is asked, or there is no archive."""
        self._desk.tasks.cancel("quote")
        self._pause.stop()
        self._slow.stop()
        self._asked, self.found = "", None
        self.matches.show_matches(())
        self.verdict.say("", _HINT)
        self._fit()

    def look(self) -> None:
        """Look for what stands in the field."""
        self._pause.stop()
        text, source = self.field.toPlainText().strip(), self._source()
        if not text or source is None:
            self.clear()
            return
        if text == self._asked and self.found is not None:
            return
        self._asked = text
        self._slow.start()
        self._desk.tasks.read(
            "quote",
            lambda cancel: source.quote(text, cancel=cancel),
            self._take,
            self._refuse,
            self,
        )

    def current(self) -> QuoteMatch | None:
        """Return the match under the cursor."""
        row = self.matches.currentIndex().row()
        matches = self.found.matches if self.found is not None else ()
        return matches[row] if 0 <= row < len(matches) else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter belongs to the field and to the list."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field, Enter checks, Shift+Enter begins a line, Down goes to what was found."""
        key = event if isinstance(event, QKeyEvent) else None
        pressed = key is not None and key.type() == QEvent.Type.KeyPress
        if watched is self.field and key is not None and pressed and self._took(key):
            return True
        return super().eventFilter(watched, event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    def _took(self, event: QKeyEvent) -> bool:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not (
            event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.look()
            return True
        last = self.field.textCursor().block() == self.field.document().lastBlock()
        if event.key() == Qt.Key.Key_Down and last and self.matches.rows.rows:
            self.matches.setFocus()
            return True
        return False

    # How it is built

    def _build(self) -> None:
        px = self._desk.theme.px
        self.setWindowTitle("Check a quotation")
        self.resize(px(720), px(640))
        self.field.setAccessibleName("Quotation")
        self.field.setPlaceholderText("Paste a sentence, then press Enter")
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(px(92))
        self.field.installEventFilter(self)
        self.check.setProperty("role", "accent")
        self._scroll.setWidget(self.matches)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(16), 0, 0)
        column.setSpacing(0)
        for part in (self._title, self.field, self._make_asking()):
            inset = QHBoxLayout()
            inset.setContentsMargins(px(20), 0, px(20), px(10))
            inset.addWidget(part)
            column.addLayout(inset)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self._scroll, 1)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self._make_doing())

    def _make_asking(self) -> QWidget:
        strip = QWidget()
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._desk.theme.px(12))
        row.addWidget(self.verdict, 1)
        row.addWidget(self.check, 0, Qt.AlignmentFlag.AlignTop)
        return strip

    def _make_doing(self) -> QWidget:
        px = self._desk.theme.px
        strip = QWidget()
        row = QHBoxLayout(strip)
        row.setContentsMargins(px(20), px(10), px(20), px(12))
        row.setSpacing(px(8))
        row.addStretch(1)
        for button in (self.copy, self.gather, self.reader, self.check):
            button.setAutoDefault(False)
        for button in (self.copy, self.gather, self.reader):
            row.addWidget(button)
        return strip

    def _connect(self) -> None:
        for timer, pause in ((self._pause, _PAUSE_MS), (self._slow, _SLOW_MS)):
            timer.setSingleShot(True)
            timer.setInterval(pause)
        self._pause.timeout.connect(self.look)
        self._slow.timeout.connect(lambda: self.verdict.say("", "Looking \u2026"))
        self.field.textChanged.connect(self._pause.start)
        self.check.clicked.connect(self.look)
        self.matches.opened.connect(lambda _row: self._open())
        self.matches.copy_asked.connect(self._copy)
        self.matches.gather_asked.connect(self._gather)
        self.matches.moved.connect(self._fit)
        self.reader.clicked.connect(self._open)
        self.copy.clicked.connect(self._copy)
        self.gather.clicked.connect(self._gather)
        self._gathering.changed.connect(self._fit)
        self._desk.theme.changed.connect(self._dress)
        self._desk.events.archive_closed.connect(self.clear)

    def _dress(self) -> None:
        theme = self._desk.theme
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, theme.tokens.base)
        self.setPalette(palette)
        for part in (self._scroll, self._scroll.viewport(), self.matches):
            part.setPalette(palette)
        self._title.setFont(theme.font("l", 600))
        self.field.setFont(theme.font("l", serif=True))
        self.verdict.dress()
        side = theme.px(14)
        icons = {self.copy: "copy", self.gather: "folder-plus", self.reader: "arrow-square-out"}
        for button, icon in icons.items():
            button.setIcon(self._desk.icons.icon(icon))
            button.setIconSize(QSize(side, side))

    # What happens

    def _take(self, found: QuoteCheck) -> None:
        self._slow.stop()
        self.found = found
        exact = found.verdict == "verbatim"
        rows = [MatchRow.of(place, one, exact=exact) for place, one in enumerate(found.matches)]
        self.matches.show_matches(rows)
        self._scroll.verticalScrollBar().setValue(0)
        self.verdict.show_verdict(found)
        self._fit()

    def _refuse(self, error: ArchivistError) -> None:
        """Tell what keeps it from being looked for, where the verdict would stand."""
        self._slow.stop()
        self.found = None
        self.matches.show_matches(())
        self.verdict.say("", " ".join(filter(None, (error.message, error.hint))))
        self._fit()

    def _fit(self) -> None:
        """Enable what can be done with the current match, and keep it in sight."""
        match = self.current()
        for button in (self.copy, self.gather, self.reader):
            button.setEnabled(match is not None)
        gathered = match is not None and match.use.stretch in self._gathering.stretches
        self.gather.setText("Remove from dossier" if gathered else "Add to dossier")
        if match is not None:
            rect = self.matches.visualRect(self.matches.currentIndex())
            self._scroll.ensureVisible(0, rect.bottom(), 0, 0)
            self._scroll.ensureVisible(0, rect.top(), 0, 0)

    def _open(self) -> None:
        if (match := self.current()) is not None:
            self.opened.emit(match.use)

    def _gather(self) -> None:
        if (match := self.current()) is not None:
            self._gathering.toggle([match.use.stretch])

    def _copy(self) -> None:
        """Copy the words as they stand in the record, with their citation."""
        if (match := self.current()) is not None:
            words = " ".join(match.text.split())
            QGuiApplication.clipboard().setText(f"\u201c{words}\u201d ({match.citation})")
            self._desk.events.message.emit("Copied the words with their citation.")


class Verdict(QWidget):
    """The answer: a sign, a word and a sentence."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._verdict = ""
        self._sign = QLabel()
        self.word = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.sentence = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        words = QVBoxLayout()
        words.setSpacing(desk.theme.px(2))
        words.addWidget(self.word)
        words.addWidget(self.sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, desk.theme.px(2), 0, 0)
        row.setSpacing(desk.theme.px(12))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def show_verdict(self, found: QuoteCheck) -> None:
        """Say what was found."""
        turned = found.verdict == "near" and found.matches[0].turned
        self.say("turned" if turned else found.verdict, found.reason or _sentence(found))

    def say(self, verdict: str, sentence: str) -> None:
        """Show a verdict, or none, and a sentence."""
        self._verdict = verdict
        self.word.setText(_WORDS[verdict])
        self.word.setVisible(bool(verdict))
        self.sentence.setText(sentence)
        self.setAccessibleName(f"Verdict: {_WORDS[verdict]}" if verdict else "Verdict")
        self.setAccessibleDescription(sentence)
        self.dress()

    def dress(self) -> None:
        """Take fonts, sizes and colours from the theme."""
        theme = self._desk.theme
        icon, token = _SIGNS[self._verdict]
        ratio = max(1.0, self.devicePixelRatioF())
        side = theme.px(20 if self._verdict else 16)
        self._sign.setPixmap(self._desk.icons.pixmap(icon, side, ratio, token))
        self.word.setFont(theme.font("l", 600))
        self.sentence.setFont(theme.font("m"))
        palette = self.word.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.colour(token))
        self.word.setPalette(palette)
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        self.sentence.setPalette(palette)


_WORDS: Final = {
    "verbatim": "Word for word",
    "near": "Nearly, but not in these words",
    "turned": "Close in words, but not in sense",
    "never": "Never",
    "": "",
}


def _sentence(found: QuoteCheck) -> str:
    """Return what a verdict means, in a sentence."""
    if found.verdict == "verbatim":
        records = formats.counted(max(found.records, len(found.matches)), "record")
        shown = len(found.matches)
        more = (
            f"; the {formats.number(shown)} earliest stand below" if found.records > shown else ""
        )
        return f"These words stand in {records}{more}."
    if found.verdict == "near":
        return "Struck out: only in the quotation. Underlined: only in the record."
    return "No record that is filed says this, or anything near it."
