"""Which actions can be done now: it follows from what is shown and what is in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archivist.desk.context import Desk
    from archivist.desk.window import MainWindow


class Conditions:
    """Tells the actions of a window whether they can be done."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        self._desk, self._window = desk, window

    def refresh(self) -> None:
        """Enable what can be done with what is shown and in hand, and nothing else."""
        window = self._window
        browsing = window.page_shown == "records"
        lines = window.in_lines
        gathers = lines or window.page_shown in {"dossier", "agents"}
        held = len(window.centre.gathering.stretches) if gathers else window.results.ticked_count()
        window.header.show_chosen(held)
        shown = window.centre.line_record() if lines else window.results.current_id()
        passage = browsing and bool(shown)
        view = window.centre.found.view() if lines else ""
        record = passage and (window.centre.reads() or not lines)
        answer = window.asking.answer
        window.book.refresh(
            {
                "archive": self._desk.archive is not None,
                "record": record,
                "targets": record and not lines,
                "passage": passage,
                "found": bool(answer and answer.found.total),
                "choice": self._has_choice(browsing=browsing, record=passage),
                "lines": lines,
                "concordance": view == "concordance",
                "said": view == "statements",
                "judged": passage and (window.reader.has_statement() or view == "statements"),
                "statements": view == "statements" and passage,
                "wording": view == "wording",
                "hits": passage,
                "trash": window.page_shown == "trash",
                "agent": window.page_shown == "agents" and window.registrar.filed(),
                "unfiled": window.page_shown == "agents" and window.registrar.unfiled(),
                "speaker": browsing and bool(window.centre.speaker()[0]),
                "query": bool(window.header.search.text()),
                "proposal": bool(window.asking.proposal()),
                "saved": window.keeper.in_hand,
            }
        )
        if self._desk.archive is None:
            window.book.refresh({"undo": False, "redo": False})
        window.header.search.setEnabled(self._desk.archive is not None)
        window.book[f"view.{window.results.sort()}"].setChecked(True)
        window.book[f"said.{window.centre.statements.sort}"].setChecked(True)
        window.book[f"view.{self._desk.theme.mode}"].setChecked(True)

    def _has_choice(self, *, browsing: bool, record: bool) -> bool:
        """Whether there is anything a dossier could be written of."""
        window = self._window
        if window.page_shown in {"dossier", "agents"} or window.in_lines:
            return bool(window.centre.gathering.stretches) or record
        return browsing and bool(record or window.results.ticked_count())
