"""The description of the record under the cursor, or of thousands at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from archivist.desk import describe, formats, paint
from archivist.desk.views.description_form import DescriptionForm, label_of
from archivist.desk.views.field_editors import SaveKeys
from archivist.model.change import Change
from archivist.model.errors import ArchivistError, ValueRefusedError
from archivist.model.fields import BY_ATTRIBUTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.archive import Archive
    from archivist.archive.results import EditReport
    from archivist.desk.context import Desk
    from archivist.model.record import Record

_READ_TO_COMPARE: Final = 500
_IN_THE_WORKER: Final = 500
_TRIED: Final = 2000
_TOLD: Final = 100


class RecordPage(QWidget):
    """The Record tab: the form, and what to do with it.

    Signals:
        agent_asked: name and day: who is this person?
    """

    agent_asked = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._record: Record | None = None
        self._ids: Sequence[int] = ()
        self._drafts: dict[int, dict[str, str]] = {}
        self._draft_of_many: dict[str, str] = {}
        self.form = DescriptionForm(desk)
        self._head = QLabel(wordWrap=True)
        self._trial = _Trial(desk)
        self._save = QPushButton("Save")
        self._revert = QPushButton("Revert")
        self._confirm = QPushButton("Confirm all")
        self._try = QPushButton("Preview")
        self._build()
        self._connect()
        self._dress()

    def show_record(self, record: Record) -> None:
        """Show the description of one record; what was typed and not saved is kept for it."""
        from archivist.archive.editing import field_values  # noqa: PLC0415 - keeps the start quick

        if record == self._record:
            return
        self._keep_draft()
        self._record, self._ids = record, (record.id,)
        self._trial.hide()
        proposed = {_field_of(attribute) for attribute in record.proposed}
        self.form.show_values(field_values(record.description), proposed)
        self.form.put(self._drafts.get(record.id, {}))
        self._tell()

    def show_many(self, record_ids: Sequence[int]) -> None:
        """Show what many records share; what is changed is changed in all of them."""
        self._keep_draft()
        self._record, self._ids = None, record_ids
        self._trial.hide()
        self.form.show_shared(dict.fromkeys(self.form.rows))
        self.form.put(self._draft_of_many)
        self._tell()
        archive = self._desk.archive
        if archive is not None and len(record_ids) <= _READ_TO_COMPARE:
            self._desk.tasks.read(
                "record.shared",
                lambda _token: _shared(archive, record_ids),
                lambda values: self._take_shared(record_ids, values),
                owner=self,
            )

    def clear(self) -> None:
        """Show no record."""
        self._keep_draft()
        self._record, self._ids = None, ()

    def focus_first(self) -> None:
        """Bring the keyboard to the first field."""
        self.form.focus_first()

    def _ask_who(self, name: str) -> None:
        date = self._record.description.date if self._record is not None else ""
        self.agent_asked.emit(name, date)

    def dirty(self) -> bool:
        """Whether something typed here, for any record, is not saved yet."""
        kept = bool(self._drafts) or bool(self._draft_of_many)
        return kept or bool(self._ids and self.form.changes())

    def save(self) -> None:
        """Save what was changed, as one step that can be undone."""
        changes = self.form.changes()
        archive, ids = self._desk.archive, list(self._ids)
        if not changes or not ids or archive is None:
            return
        wrong = self.form.faulty()
        if wrong is not None:
            wrong.editor.setFocus()
            self._desk.events.message.emit(f"{wrong.label.text()}: {wrong.fault()}")
            return
        self._save.setEnabled(False)
        if len(ids) > _IN_THE_WORKER:
            title = f"Changing {formats.counted(len(ids), 'record')}"
            self._desk.jobs.start("edit", title, changes=changes, ids=ids)
            self._draft_of_many = {}
            self.form.show_shared(dict.fromkeys(self.form.rows))
            self._tell()
            return
        self._desk.tasks.write(
            lambda: archive.edit(changes, ids=ids),
            lambda report: self._saved(ids, changes, report),
            self._refused,
            self,
        )

    def revert(self) -> None:
        """Show again what the archive says."""
        if self._record is not None:
            self._drafts.pop(self._record.id, None)
            record, self._record = self._record, None
            self._ids = ()
            self.show_record(record)
        elif self._ids:
            ids, self._ids = self._ids, ()
            self._draft_of_many = {}
            self.show_many(ids)

    def confirm(self) -> None:
        """Confirm every value that was only proposed; the record leaves the inbox."""
        archive, record = self._desk.archive, self._record
        if archive is None or record is None:
            return

        def done(change: Change) -> None:
            self._desk.events.changed.emit(change)
            self._desk.events.message.emit("Confirmed the description. Ctrl+Z takes it back.")

        self._desk.tasks.write(lambda: archive.confirm([record.ref]), done, owner=self)

    def preview(self) -> None:
        """Try the change without making it, and show what it would do."""
        changes = self.form.changes()
        archive, ids = self._desk.archive, list(self._ids[:_TRIED])
        if archive is None or not changes or self.form.faulty() is not None:
            return
        self._desk.tasks.read(
            "record.preview",
            lambda _token: archive.edit(changes, ids=ids, dry_run=True),
            lambda report: self._trial.show_report(report, len(self._ids)),
            self._refused,
            self,
        )

    def _build(self) -> None:
        px = self._desk.theme.px
        self._save.setProperty("role", "accent")
        self._save.setToolTip("Ctrl+Enter")
        buttons = QHBoxLayout()
        buttons.setContentsMargins(px(20), px(10), px(12), px(10))
        buttons.setSpacing(px(8))
        for button in (self._confirm, self._try, self._revert):
            buttons.addWidget(button)
        buttons.insertStretch(1, 1)
        buttons.addWidget(self._save)
        self._head.setContentsMargins(px(20), px(12), px(20), px(10))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self.form, 1)
        column.addWidget(self._trial)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addLayout(buttons)
        self.setFocusProxy(self.form)

    def _connect(self) -> None:
        self.form.edited.connect(self._tell)
        self.form.person_asked.connect(self._ask_who)
        self.form.save_asked.connect(self.save)
        self._save.clicked.connect(self.save)
        keys = SaveKeys(self, lambda: not self.form.changes())
        keys.save.connect(self.save)
        for button in (self._save, self._revert, self._confirm, self._try):
            button.installEventFilter(keys)
        self._revert.clicked.connect(self.revert)
        self._confirm.clicked.connect(self.confirm)
        self._try.clicked.connect(self.preview)
        self._desk.events.archive_opened.connect(self._forget)
        self._desk.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        theme = self._desk.theme
        palette = self.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        self._head.setPalette(palette)
        self._confirm.setIcon(self._desk.icons.icon("checks"))
        self._confirm.setIconSize(QSize(theme.px(14), theme.px(14)))
        self.form.dress()

    def _forget(self) -> None:
        """Another archive has other lists and other records."""
        self._drafts.clear()
        self._draft_of_many = {}
        self._record, self._ids = None, ()
        self.form.forget()

    def _keep_draft(self) -> None:
        changes = self.form.changes()
        if self._record is None:
            self._draft_of_many = changes if len(self._ids) > 1 else self._draft_of_many
            return
        if changes:
            self._drafts[self._record.id] = changes
        else:
            self._drafts.pop(self._record.id, None)

    def _tell(self) -> None:
        changes, many = self.form.changes(), len(self._ids) > 1
        proposed = self.form.proposed() if self._record is not None else []
        self._head.setText(self._said(len(changes), len(proposed)))
        self._save.setText(
            f"Change {formats.counted(len(self._ids), 'record')}" if many else "Save"
        )
        self._save.setEnabled(bool(changes))
        self._revert.setEnabled(bool(changes))
        self._confirm.setVisible(bool(proposed) or self._in_inbox())
        self._try.setVisible(many)
        self._try.setEnabled(bool(changes))

    def _said(self, changes: int, proposed: int) -> str:
        if len(self._ids) > 1:
            count = formats.counted(len(self._ids), "record")
            return f"{count}. What you change here is changed in all of them, as one step."
        parts = [describe.reference_of(self._record)] if self._record is not None else []
        if changes:
            parts.append(f"{formats.counted(changes, 'change')} not saved yet")
        elif proposed:
            parts.append(f"{formats.counted(proposed, 'value')} proposed, nobody has confirmed")
        elif self._record is not None:
            parts.append("every value is confirmed")
        return describe.SEPARATOR.join(parts)

    def _in_inbox(self) -> bool:
        return self._record is not None and self._record.inbox

    def _take_shared(self, ids: Sequence[int], values: dict[str, str | None]) -> None:
        if ids is self._ids and not self.form.changes():
            self.form.show_shared(values)
            self._tell()

    def _saved(self, ids: list[int], changes: dict[str, str], report: EditReport) -> None:
        from archivist.archive.editing import title_of  # noqa: PLC0415 - keeps the start quick

        for record_id in ids:
            self._drafts.pop(record_id, None)
        again = ids if len(ids) > 1 and list(self._ids) == ids else ()
        self._record, self._ids, self._draft_of_many = None, (), {}
        attributes = frozenset(changes)
        change = Change(report.operation, "edit", title_of(changes), tuple(ids), attributes)
        self._desk.events.message.emit(_told(changes, report))
        self._desk.events.changed.emit(change)
        if again:
            self.show_many(again)
        if report.conflicts:
            self._trial.show_report(report, len(ids))

    def _refused(self, error: ArchivistError) -> None:
        self._tell()
        if isinstance(error, ValueRefusedError):
            words = " ".join(part for part in (error.message, error.hint) if part)
            if self.form.show_fault(error.field, words):
                return
        self._desk.events.error.emit(error)


class _Trial(QWidget):
    """What a change of many would do, record by record, before it is made."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._sum = QLabel(wordWrap=True)
        self._lines = QPlainTextEdit()
        self._lines.setReadOnly(True)
        self._lines.setTabChangesFocus(True)
        self._lines.setAccessibleName("What the change would do")
        self._lines.setFixedHeight(desk.theme.px(160))
        px = desk.theme.px
        inner = QVBoxLayout()
        inner.setContentsMargins(px(20), px(10), px(16), px(12))
        inner.setSpacing(px(8))
        inner.addWidget(self._sum)
        inner.addWidget(self._lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(paint.Hairline(desk.theme))
        column.addLayout(inner)
        self._sum.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def show_report(self, report: EditReport, of: int) -> None:
        """Show what would be, or was, changed and what is left alone."""
        tried = report.changed + report.unchanged + len(report.conflicts)
        parts = [
            f"{formats.counted(report.changed, 'record')} change",
            f"{formats.number(report.unchanged)} stay as they are",
        ]
        if report.conflicts:
            parts.append(f"{formats.number(len(report.conflicts))} cannot be changed")
        looked = "" if tried >= of else f" Tried on the first {formats.number(tried)}."
        self._sum.setText(", ".join(parts) + "." + looked)
        self._lines.setPlainText("\n".join(_lines(report)))
        self._lines.setVisible(bool(report.preview or report.conflicts))
        self.show()


def _lines(report: EditReport) -> list[str]:
    lines = [f"{conflict.ref}: {conflict.reason}" for conflict in report.conflicts[:_TOLD]]
    for preview in report.preview[:_TOLD]:
        for name, after in preview.after.items():
            before = preview.before.get(name, "") or "nothing"
            lines.append(f"{preview.ref}  {label_of(name)}: {before} \u2192 {after or 'nothing'}")
    left = len(report.preview) + len(report.conflicts) - 2 * _TOLD
    if left > 0:
        lines.append(f"and {formats.number(left)} more")
    return lines


def _told(changes: dict[str, str], report: EditReport) -> str:
    """Return what was done, for the status bar."""
    from archivist.archive.editing import title_of  # noqa: PLC0415 - keeps the start quick

    what = title_of(changes).removeprefix("Change of ")
    said = f"Changed {what} of {formats.counted(report.changed, 'record')}."
    if report.conflicts:
        said += f" {formats.number(len(report.conflicts))} could not be changed."
    return f"{said} Ctrl+Z takes it back."


def _field_of(attribute: str) -> str:
    field = BY_ATTRIBUTE.get(attribute)
    return field.name if field else attribute


def _shared(archive: Archive, ids: Sequence[int]) -> dict[str, str | None]:
    """Return each field's value where all records have the same, else None."""
    from archivist.archive.editing import field_values  # noqa: PLC0415 - keeps the start quick

    shared: dict[str, str | None] = {}
    for number, record_id in enumerate(ids):
        values = field_values(archive.record(record_id).description)
        if not number:
            shared = dict(values)
            continue
        for name in {*shared, *values}:
            if shared.get(name, "") != values.get(name, ""):
                shared[name] = None
    return shared
