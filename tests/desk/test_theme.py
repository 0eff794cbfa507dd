from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QFontInfo, QIcon, QImage, QPainter
from PySide6.QtWidgets import QApplication

from archivist.desk import paint
from archivist.desk.actions import ACTIONS
from archivist.desk.theme import Tokens

if TYPE_CHECKING:
    from archivist.desk.context import Desk

_ON_GROUND = (
    *(("text", ground) for ground in ("window", "side", "base", "paper", "sel", "sel_off")),
    *(("text2", ground) for ground in ("window", "side", "base", "paper", "sel")),
    *(("text3", ground) for ground in ("side", "base", "paper", "window")),
    *((name, f"{name}_bg") for name in ("warn", "bad", "ok", "ins", "dele", "t_field", "t_date")),
    *((name, f"{name}_bg") for name in ("t_phrase", "t_not")),
    ("on_accent", "accent"),
    ("accent", "paper"),
    ("accent", "side"),
    ("hit_fg", "hit"),
    ("cur_fg", "cur"),
    ("bad", "bad_bg"),
)


def _luminance(colour: QColor) -> float:
    def part(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (part(v) for v in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), _ON_GROUND)
def test_text_can_be_read_on_its_ground(scheme: str, text: str, ground: str) -> None:
    tokens = Tokens.load(scheme)
    assert contrast(tokens.colour(text), tokens.colour(ground)) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_and_focus_stand_out(scheme: str) -> None:
    tokens = Tokens.load(scheme)
    for name in ("control", "accent"):
        for ground in ("paper", "side"):
            assert contrast(tokens.colour(name), tokens.colour(ground)) >= 3


def test_the_scheme_can_be_switched_while_the_window_stands(desk: Desk) -> None:
    light = desk.theme.tokens.window.name()
    icon = desk.icons.icon("tray")
    before = _average(icon)
    desk.theme.set_mode("dark")
    assert desk.theme.tokens.window.name() != light
    assert QApplication.palette().window().color() == desk.theme.tokens.window
    assert _average(icon) != before


def _average(icon: QIcon) -> tuple[int, int, int]:
    image = icon.pixmap(32, 32).toImage()
    solid = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 200
    ]
    assert solid
    return tuple(
        sum(getattr(c, n)() for c in solid) // len(solid) for n in ("red", "green", "blue")
    )


def test_sizes_grow_with_the_system_font(desk: Desk) -> None:
    body = QFontInfo(desk.theme.font()).pixelSize()
    assert QFontInfo(desk.theme.font("xs")).pixelSize() < body
    assert QFontInfo(desk.theme.font("xl", serif=True)).pixelSize() > 1.5 * body
    assert desk.theme.px(26) == round(26 * body / 13)


def test_every_action_has_an_icon_the_family_knows(desk: Desk) -> None:
    for entry in ACTIONS:
        if entry.icon:
            assert not desk.icons.icon(entry.icon).isNull()
    with pytest.raises(KeyError):
        desk.icons.icon("no-such-icon")


def test_a_long_text_is_cut_at_its_last_line(desk: Desk) -> None:
    text = "in the settled basis of their common policy on the waterway " * 5
    laid = paint.MarkedText(text, [(3, 14)], desk.theme.font(), 240, 2, leading=20)
    assert (laid.lines, laid.height) == (2, 40)
    short = paint.MarkedText("visit", [], desk.theme.font(), 240, 2)
    assert short.lines == 1


def test_marks_are_tinted_where_the_words_stand(desk: Desk) -> None:
    image = QImage(300, 40, QImage.Format.Format_RGB32)
    tokens = desk.theme.tokens
    image.fill(tokens.paper)
    laid = paint.MarkedText("a strategic partnership", [(2, 11)], desk.theme.font(), 290, 1)
    painter = QPainter(image)
    laid.draw(painter, 5, 5, tokens)
    painter.end()
    row = [image.pixelColor(x, round(5 + laid.height / 2) + 6).name() for x in range(300)]
    tinted = [x for x, name in enumerate(row) if name == tokens.hit.name()]
    assert tinted
    assert tinted[0] > 5
    assert tinted[-1] < 110


def test_shortcuts_are_split_into_keys() -> None:
    assert paint.split_keys("Ctrl+Shift+N") == ["Ctrl", "Shift", "N"]
    assert paint.split_keys("Ctrl++") == ["Ctrl", "+"]
    assert paint.split_keys("") == []
