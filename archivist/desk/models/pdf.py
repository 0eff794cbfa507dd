"""Pages of a PDF as pictures, drawn off the window's thread."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QImage

from archivist.model.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path

    import pypdfium2  # type: ignore[import-untyped]

_LARGEST = 4000


class PdfFile:
    """One PDF, open for drawing.

    PDFium draws for one thread at a time, over all its documents: hence the lock of the class.

    Attributes:
        sizes: width and height of every page, in points.
    """

    _one_at_a_time: ClassVar[threading.RLock] = threading.RLock()

    def __init__(self, path: Path) -> None:
        """Open the file at `path`.

        Raises:
            WorldError: it cannot be read.
        """
        from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - only where one is shown

        with self._one_at_a_time:
            try:
                self._document: pypdfium2.PdfDocument | None = PdfDocument(path)
                self.sizes = [
                    self._document.get_page_size(page) for page in range(len(self._document))
                ]
            except (PdfiumError, OSError) as error:
                raise _undrawable() from error

    def draw(self, page: int, width: int) -> QImage:
        """Return a page as a picture of `width` pixels.

        Raises:
            WorldError: the page cannot be drawn, or the file was closed meanwhile.
        """
        from pypdfium2 import PdfiumError  # noqa: PLC0415 - only where one is shown

        with self._one_at_a_time:
            if self._document is None:
                raise _undrawable()
            try:
                sheet = self._document[page]
                scale = min(width, _LARGEST) / max(1.0, self.sizes[page][0])
                bitmap = sheet.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
                return _image(bitmap)
            except PdfiumError as error:
                raise _undrawable() from error

    def close(self) -> None:
        """Let go of the file."""
        with self._one_at_a_time, suppress(AttributeError):
            if self._document is not None:
                self._document.close()
                self._document = None


def _image(bitmap: pypdfium2.PdfBitmap) -> QImage:
    form = QImage.Format.Format_RGBX8888
    data = bytes(bitmap.buffer)
    return QImage(data, bitmap.width, bitmap.height, bitmap.stride, form).copy()


def _undrawable() -> WorldError:
    return WorldError("The pages of this PDF cannot be drawn here.", "Open it in its program.")
