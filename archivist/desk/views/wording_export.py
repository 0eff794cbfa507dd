"""The plot of a wording as a file or on the clipboard: SVG, PNG, a table of its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from archivist.desk.theme import Tokens
from archivist.desk.views.wording_drawing import Drawing
from archivist.model.errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.desk.models.wording import Picture
    from archivist.desk.theme import Theme

SIZE: Final = QSize(960, 300)
_SHARP: Final = 3
_TITLE: Final = 30


def svg_of(picture: Picture, theme: Theme) -> bytes:
    """Return the plot as SVG, in the colours of paper; the text in it stays text."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    maker = QSvgGenerator()
    maker.setOutputDevice(buffer)
    maker.setSize(_size(theme))
    maker.setViewBox(QRectF(0, 0, _size(theme).width(), _size(theme).height()))
    maker.setTitle(_title(picture))
    painter = QPainter(maker)
    _draw(painter, picture, theme)
    painter.end()
    buffer.close()
    return bytes(data.data())


def image_of(picture: Picture, theme: Theme, sharp: int = _SHARP) -> QImage:
    """Return the plot as a picture of `sharp` dots to a pixel, in the colours of paper."""
    image = QImage(_size(theme) * sharp, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(sharp)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    _draw(painter, picture, theme)
    painter.end()
    return image


def mime_of(picture: Picture, theme: Theme) -> QMimeData:
    """Return the plot for the clipboard: a picture, SVG, and its numbers as text."""
    data = QMimeData()
    data.setImageData(image_of(picture, theme))
    data.setData("image/svg+xml", QByteArray(svg_of(picture, theme)))
    data.setText(picture.table())
    return data


def save(picture: Picture, theme: Theme, path: Path) -> None:
    """Write the plot as the file's ending says: .svg, .png, or a table for .csv and .txt.

    Raises:
        StorageError: the file cannot be written.
    """
    try:
        path.write_bytes(_content(picture, theme, path.suffix.casefold()))
    except OSError as error:
        raise StorageError(
            f"{path.name} could not be written: {error.strerror or error}.",
            "Choose another folder or another name.",
        ) from error


def _content(picture: Picture, theme: Theme, ending: str) -> bytes:
    if ending == ".svg":
        return svg_of(picture, theme)
    if ending == ".png":
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image_of(picture, theme))
        return bytes(data.data())
    return picture.table().encode()


def _draw(painter: QPainter, picture: Picture, theme: Theme) -> None:
    paper = Tokens.load("light")
    room = QRectF(0, 0, _size(theme).width(), _size(theme).height())
    painter.fillRect(room, paper.base)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.font("s", 600))
    painter.setPen(paper.text)
    head = QRectF(theme.px(20), theme.px(6), room.width(), theme.px(22))
    painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter), _title(picture))
    Drawing(painter, picture, room.adjusted(0, theme.px(_TITLE), 0, 0), theme, paper).draw()


def _title(picture: Picture) -> str:
    return f"\u201c{picture.phrase}\u201d: {picture.unit()}"


def _size(theme: Theme) -> QSize:
    return QSize(theme.px(SIZE.width()), theme.px(SIZE.height()))
