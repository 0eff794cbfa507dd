"""The pane in which words of a text become a statement, or a statement is put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.archive.statements.proposing import Name
    from archivist.desk.context import Desk
    from archivist.model.statement import Statement

FIELDS: Final = {
    "speaker": "Speaker",
    "role": "Office",
    "cue": "Word that tells it",
    "addressee": "Said to",
    "occasion": "Occasion",
}
"""What is typed, by the attribute of the statement."""
_EXAMPLES: Final = {
    "speaker": "Joint speakers are separated by semicolons",
    "role": "Minister of Foreign Affairs",
    "cue": "stressed",
    "addressee": "reporters",
    "occasion": "at a press conference in Geneva",
}
_KINDS: Final = {
    "direct": "Direct: in quoted words",
    "indirect": "Reported: in the document\u2019s words",
    "turn": "Turn of a transcript",
}
_SHOWN: Final = 130
"""Letters of the words that are shown: two lines; their beginning and their end."""
_HINT: Final = "Select other words in the text to change them"


class StatementForm(QWidget):
    """Asks what somebody said, who and how.

    Signals:
        saved: it is as it shall be.
        left: nothing is to be saved.
        names_asked: names that begin so are wanted for the speaker.
    """

    saved = Signal()
    left = Signal()
    names_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._before: dict[str, str] = {}
        self._roles: dict[str, str] = {}
        self._filled = ""
        self.span = (0, 0)
        self._spanned = (0, 0)
        self.title = QLabel()
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._hint = QLabel(_HINT)
        self.fault = QLabel(wordWrap=True)
        self.kind = QComboBox()
        self.fields = {name: QLineEdit() for name in FIELDS}
        self._labels = {name: QLabel(words) for name, words in (FIELDS | {"kind": "Kind"}).items()}
        self.save = QPushButton("File statement")
        self.cancel = QPushButton("Cancel")
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._build()
        self._connect()
        self.dress()

    def ask(self, said: Statement, words: str, *, new: bool) -> None:
        """Begin: with what was proposed for new words, or with a statement as it stands."""
        self.title.setText("File as statement" if new else "Correct the statement")
        self.save.setText("File statement" if new else "Save correction")
        self.span = self._spanned = (said.start, said.end)
        self._before = {name: str(getattr(said, name)) for name in ("kind", *FIELDS)}
        self.kind.setCurrentIndex(list(_KINDS).index(said.kind))
        for name, field in self.fields.items():
            field.setText(self._before[name])
            field.setCursorPosition(0)
        self._filled = said.role if new else ""
        self.show_words(*self.span, words)
        self.show_fault("")
        self.focus("speaker")

    def show_words(self, start: int, end: int, words: str) -> None:
        """Take other words of the text as those that were said."""
        self.span = (start, end)
        said = " ".join(words.split())
        if len(said) > _SHOWN:
            said = f"{said[: _SHOWN // 2].rstrip()} … {said[-_SHOWN // 2 :].lstrip()}"
        self.words.setText(said)

    def show_fault(self, words: str) -> None:
        """Say why it cannot be saved so; nothing for no reason."""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))

    def offer(self, names: Sequence[Name]) -> None:
        """Offer names for the speaker, with the offices that go with them."""
        self._roles |= {one.name: one.role for one in names}
        self._names.setStringList([one.name for one in names])
        field = self.fields["speaker"]
        if names and field.hasFocus() and field.text() != names[0].name:
            self._completer.complete()

    def focus(self, name: str) -> None:
        """Bring the keyboard to a field, its words selected."""
        self.fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
        self.fields[name].selectAll()

    def values(self) -> dict[str, str]:
        """Return all that is filled in, by attribute of the statement."""
        typed = {name: field.text().strip() for name, field in self.fields.items()}
        return {"kind": list(_KINDS)[self.kind.currentIndex()]} | typed

    def changes(self) -> dict[str, object]:
        """Return what is other than it was before."""
        changed: dict[str, object] = {
            name: value for name, value in self.values().items() if value != self._before[name]
        }
        if self.span != self._spanned:
            changed |= {"start": self.span[0], "end": self.span[1]}
        return changed

    def dress(self) -> None:
        """Take fonts and colours from the theme."""
        theme = self._desk.theme
        self.title.setFont(theme.font("m", 600))
        serif = theme.font("l", serif=True)
        serif.setPixelSize(theme.px(14))
        self.words.setFont(serif)
        for label in (self._hint, *self._labels.values()):
            label.setFont(theme.font("s"))
            palette = label.palette()
            palette.setColor(label.foregroundRole(), theme.tokens.text2)
            label.setPalette(palette)
        self.fault.setFont(theme.font("s"))
        palette = self.fault.palette()
        palette.setColor(self.fault.foregroundRole(), theme.tokens.bad)
        self.fault.setPalette(palette)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter saves, Escape leaves, from any field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.saved.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        px = self._desk.theme.px
        self.kind.addItems(list(_KINDS.values()))
        self.save.setProperty("role", "accent")
        self.words.setAccessibleName("Words of the statement")
        for name, field in {"kind": self.kind, **self.fields}.items():
            label = self._labels[name]
            label.setBuddy(field)
            field.setAccessibleName(label.text())
            field.installEventFilter(self)
        for name, field in self.fields.items():
            field.setPlaceholderText(_EXAMPLES[name])
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.fields["speaker"].setCompleter(self._completer)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(3))
        places = ("speaker", "role", "kind", "cue", "addressee", "occasion")
        for place, name in enumerate(places):
            row, column = divmod(place, 2)
            grid.addWidget(self._labels[name], 2 * row, column)
            grid.addWidget(self.kind if name == "kind" else self.fields[name], 2 * row + 1, column)
            grid.setColumnStretch(column, 1)
            self._labels[name].setContentsMargins(px(1), px(4), 0, 0)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(px(20), px(12), px(20), px(12))
        column_.setSpacing(px(4))
        column_.addLayout(self._make_head())
        column_.addWidget(self.words)
        column_.addLayout(grid)
        column_.addWidget(self.fault)
        column_.addLayout(self._make_doing())
        column_.addStretch(1)

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self._hint)
        return head

    def _make_doing(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, self._desk.theme.px(4), 0, 0)
        row.setSpacing(self._desk.theme.px(8))
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        return row

    def _connect(self) -> None:
        self.save.clicked.connect(self.saved)
        self.cancel.clicked.connect(self.left)
        self.fields["speaker"].textEdited.connect(self.names_asked)
        self._completer.activated.connect(self._take_name)
        self._desk.theme.changed.connect(self.dress)

    def _take_name(self, name: str) -> None:
        """Fill the office that goes with a name, unless somebody typed one."""
        role = self.fields["role"]
        if role.text() in {"", self._filled} and self._roles.get(name):
            self._filled = self._roles[name]
            role.setText(self._filled)
