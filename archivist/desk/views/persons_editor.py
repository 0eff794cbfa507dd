"""The persons of a description, a person in a line; who one of them is, is one key away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence
from typing_extensions import override

from archivist.desk.views.field_editors import LinesEditor
from archivist.model.record import AGENT_ROLES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

KEYS: Final = "Ctrl+Shift+B"
"""The same as of the action "About this speaker"."""
_ROLE: Final = re.compile(rf"\s*\((?:{'|'.join(AGENT_ROLES)})\)\s*$")


class PersonsEditor(LinesEditor):
    """The lines.

    Signals:
        person_asked: the name in the line of the cursor: who is this?
    """

    person_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("; ", parent)

    def person(self) -> str:
        """Return the name in the line of the cursor, without its role."""
        return _ROLE.sub("", self.textCursor().block().text()).strip()

    @override
    def event(self, event: QEvent) -> bool:
        """Take the keys that ask for a person, before the window's shortcuts do."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._asks(event) and self.person():
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._asks(event):
            self._ask()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the page of the person under the mouse, besides what every field offers."""
        if event.reason() != QContextMenuEvent.Reason.Keyboard:
            self.setTextCursor(self.cursorForPosition(event.pos()))
        menu = self.createStandardContextMenu()
        if name := self.person():
            about = QAction(f"About {name}", menu)
            about.setShortcut(QKeySequence(KEYS))
            about.triggered.connect(self._ask)
            menu.insertAction(menu.actions()[0], about)
            menu.insertSeparator(menu.actions()[1])
        menu.popup(event.globalPos())

    def _asks(self, event: QKeyEvent) -> bool:
        return QKeySequence(event.keyCombination()) == QKeySequence(KEYS)

    def _ask(self) -> None:
        if name := self.person():
            self.person_asked.emit(name)
