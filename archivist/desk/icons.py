"""Icons of one family (Phosphor, through QtAwesome), tinted by the theme.

Icons handed out stay true when the theme changes: their engine asks for the colour while it draws.
"""

from __future__ import annotations

import importlib.util
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap
from typing_extensions import override

if TYPE_CHECKING:
    from archivist.desk.theme import Theme


@lru_cache(maxsize=1)
def _files() -> tuple[Path, Path]:
    """Return the font of the family and the list of its characters.

    They are QtAwesome's, read without importing it: that takes longer than all else of a start.
    """
    spec = importlib.util.find_spec("qtawesome")
    places = spec.submodule_search_locations if spec is not None else None
    if not places:
        raise FileNotFoundError("This installation lacks QtAwesome, which brings the icons.")
    fonts = Path(places[0]) / "fonts"
    return next(fonts.glob("phosphor-*.ttf")), next(fonts.glob("phosphor-charmap-*.json"))


@lru_cache(maxsize=1)
def _family() -> str:
    """Return the family name of the icon font, loaded on the first call."""
    number = QFontDatabase.addApplicationFont(str(_files()[0]))
    return QFontDatabase.applicationFontFamilies(number)[0]


@lru_cache(maxsize=1)
def _characters() -> dict[str, str]:
    found = json.loads(_files()[1].read_text(encoding="utf-8"))
    return {name: chr(int(code, 16)) for name, code in found.items()}


def _glyph(name: str) -> str:
    """Return the character of an icon; KeyError where the family has none of the name."""
    try:
        return _characters()[name]
    except KeyError as error:
        raise KeyError(f"the icon family has no {name}") from error


def draw(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draw the icon `name` centred in a square of `rect`."""
    side = min(rect.width(), rect.height())
    font = QFont(_family())
    font.setPixelSize(max(1, round(side)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    painter.save()
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _glyph(name))
    painter.restore()


QUIET = "text2"
"""The colour of icons that call for nothing."""


class _Engine(QIconEngine):
    """Draws one glyph in the colour the theme has for a token now."""

    def __init__(self, theme: Theme, name: str, token: str, on: str | None) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._token = token
        self._on = on

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        draw(painter, self._name, QRectF(rect), self._colour(mode, state))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    @override
    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        pixmap = QPixmap(size * scale)
        if pixmap.isNull():  # a widget that has no room just now is painted with none
            return pixmap
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        draw(painter, self._name, QRectF(QPointF(0, 0), size), self._colour(mode, state))
        painter.end()
        return pixmap

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._theme, self._name, self._token, self._on)

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        tokens = self._theme.tokens
        if mode == QIcon.Mode.Disabled:
            return tokens.text3
        if self._on is not None and state == QIcon.State.On:
            return tokens.colour(self._on)
        return tokens.colour(self._token)


class Icons:
    """Gives icons by their names in the family, for example "tray" or "folder-open"."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._made: dict[tuple[str, str, str | None], QIcon] = {}

    def icon(self, name: str, token: str = QUIET, on: str | None = None) -> QIcon:
        """Return an icon in the colour of `token`; `on` is its colour while checked.

        Raises:
            KeyError: the family has no such icon, or the theme no such colour.
        """
        key = (name, token, on)
        if key not in self._made:
            _glyph(name)
            self._theme.tokens.colour(token)
            self._made[key] = QIcon(_Engine(self._theme, name, token, on))
        return self._made[key]

    def paint(self, painter: QPainter, name: str, rect: QRect | QRectF, token: str = QUIET) -> None:
        """Draw an icon into `rect`, sharp at every ratio."""
        draw(painter, name, QRectF(rect), self._theme.tokens.colour(token))

    def pixmap(self, name: str, size: int, ratio: float = 1.0, token: str = QUIET) -> QPixmap:
        """Return an icon of `size` by `size` as a picture for a label."""
        pixels = round(size * ratio)
        pixmap = QPixmap(pixels, pixels)
        pixmap.fill(Qt.GlobalColor.transparent)
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        self.paint(painter, name, QRectF(0, 0, size, size), token)
        painter.end()
        return pixmap
