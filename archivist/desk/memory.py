"""What the window remembers between sessions: its own size, and how each archive was left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QObject, QSize, QTimer

from archivist.desk.views.facet_rows import USUAL

if TYPE_CHECKING:
    from archivist.desk.context import Desk
    from archivist.desk.window import MainWindow

FULL_SIZE: Final = (1440, 900)
"""The size of a new window, where the screen has room for it."""
_SAVE_MS: Final = 1000


class Memory(QObject):
    """Keeps how the window and the open archive stand, soon after anything moved."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SAVE_MS)
        self._later.timeout.connect(self.save)

    def save_later(self) -> None:
        """Keep it when nothing more moves for a while."""
        self._later.start()

    def save(self) -> None:
        """Keep how the window and the archive stand."""
        window, settings = self._window, self._desk.settings
        settings.setValue("window/geometry", window.saveGeometry())
        settings.setValue("window/side", int(window.panes.side_wanted()))
        if self._desk.archive is None:
            return
        window.session.remember(
            {
                "query": window.header.search.text(),
                **window.panes.save_sizes(),
                "folded": window.facets.folded(),
                "filters": list(window.facets.shown()),
                "hidden": window.facets.hidden(),
                "record": window.results.current_id(),
                "results": window.results.save_state(),
                "centre": window.centre.save_state(),
            }
        )

    def restore_window(self) -> None:
        """Give the window the size and place it had."""
        window, settings = self._window, self._desk.settings
        kept = settings.value("window/geometry")
        if not isinstance(kept, QByteArray) or not window.restoreGeometry(kept):
            room = window.screen().availableSize() - QSize(0, self._desk.theme.px(40))
            window.resize(QSize(*FULL_SIZE).boundedTo(room))
        window.panes.want_side(wanted=str(settings.value("window/side", 1)) != "0")

    def restore_archive(self, kept: Mapping[str, object]) -> None:
        """Take up an archive as it was left; its query is searched for at once."""
        window = self._window
        window.panes.restore_sizes(kept)
        folded, results, shown = kept.get("folded"), kept.get("results"), kept.get("filters")
        window.facets.choose([str(name) for name in shown] if isinstance(shown, list) else USUAL)
        if isinstance(hidden := kept.get("hidden"), list):
            window.facets.hide_said([str(field) for field in hidden])
        if isinstance(folded, list):
            window.facets.fold([str(field) for field in folded])
        if isinstance(results, Mapping):
            window.results.restore_state(results)
        if isinstance(centre := kept.get("centre"), Mapping):
            window.centre.restore_state(centre)
        window.header.search.set_text(str(kept.get("query", "")))
        record = kept.get("record")
        window.asking.wanted = record if isinstance(record, int) else 0
        window.header.search.editor.setFocus()
