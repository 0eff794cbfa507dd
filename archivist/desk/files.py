"""Files on their way in and out: asked for by the system's dialog, opened in their programs."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from archivist.model.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

_UNSAFE = frozenset('/\\:*?"<>|\0')


def ask_where(
    parent: QWidget, title: str, name: str, take: Callable[[Path], None], kinds: str = ""
) -> QFileDialog:
    """Ask where to write a file; does not wait."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    if kinds:
        dialog.setNameFilters(kinds.split(";;"))
    dialog.selectFile(name)
    return _open(dialog, take)


def ask_which(
    parent: QWidget, title: str, take: Callable[[Path], None], kinds: str = ""
) -> QFileDialog:
    """Ask for a file to read; does not wait."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    if kinds:
        dialog.setNameFilters(kinds.split(";;"))
    return _open(dialog, take)


def safe_name(name: str, instead: str = "document") -> str:
    """Return a name that every file system takes."""
    kept = "".join("_" if c in _UNSAFE or ord(c) < ord(" ") else c for c in name)
    return kept.strip(" .")[:150] or instead


def expanded(name: str) -> Path:
    """Return what a name that was typed stands for; "~" is the home folder, where there is one."""
    path = Path(name)
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def fault_of_target(path: Path) -> str:
    """Return what keeps a file from being written at `path`, in words; empty: nothing known."""
    try:
        if not path.name or path.is_dir():
            return f"{path} is a folder: name a file in it."
        return "" if path.parent.is_dir() else f"There is no folder {path.parent}."
    except OSError as error:
        return f"{path.name} cannot be written there: {error.strerror}."


def copy_out(source: Path, target: Path) -> Path:
    """Copy an original to where the user wants it.

    Raises:
        StorageError: it cannot be written there.
    """
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(
            f"{target.name} could not be written: {reason}.", "Choose another folder."
        ) from error
    return target


class Outbox:
    """Copies of originals for other programs to open; they go when the archive is closed.

    Originals are kept under their digests and must never be written to, so what is opened is a
    read-only copy under the file's own name.
    """

    def __init__(self) -> None:
        self._folders: list[Path] = []

    def copy(self, source: Path, name: str) -> Path:
        """Copy an original; may be called on any thread.

        Raises:
            StorageError: there is no room for it.
        """
        folder = Path(mkdtemp(prefix="archivist-"))
        self._folders.append(folder)
        copied = copy_out(source, folder / safe_name(name))
        copied.chmod(0o400)
        return copied

    def clear(self) -> None:
        """Remove every copy; one that its program holds is left to the system."""
        while self._folders:
            shutil.rmtree(self._folders.pop(), ignore_errors=True)


def open_outside(path: Path) -> bool:
    """Open a file in the program the system has for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _open(dialog: QFileDialog, take: Callable[[Path], None]) -> QFileDialog:
    dialog.fileSelected.connect(lambda chosen: take(Path(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
