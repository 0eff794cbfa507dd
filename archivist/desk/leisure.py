"""Python's old garbage is looked for while nobody types, for it holds up every thread."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from archivist.desk.context import Desk

_EVERY_MS: Final = 30_000
"""How long after the last key, and after the last time."""
_YOUNG: Final = (2_000, 10)
"""After how many new objects, and how often that, the young ones are looked through."""
_OLD: Final = 1_000
"""How often that until all are, wherever nobody stops typing."""


class Leisure(QObject):
    """Moves Python's full collections to where nobody waits for an answer.

    One walks over all that lives, a tenth of a second where an archive is large, and no thread
    gets on meanwhile.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.set_threshold(*_YOUNG, _OLD)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(gc.collect)
        desk.events.archive_opened.connect(self.put_off)

    def put_off(self) -> None:
        """Wait once more: somebody types."""
        self._timer.start()
