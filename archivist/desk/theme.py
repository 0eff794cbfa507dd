"""The look: named colours light and dark, palette, style sheet and the scale of fonts.

Colours stand in `resources/themes/`, once for light and once for dark; nothing else of the desk
names a colour. Sizes are those of the pictures at a system font of 13 px and grow with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from typing_extensions import override

from archivist import assets

Mode = Literal["system", "light", "dark"]
Step = Literal["xs", "s", "m", "l", "xl"]

_FACTORS: dict[str, float] = {"xs": 0.85, "s": 0.92, "m": 1.0, "l": 1.23, "xl": 1.62}
_DRAWN_AT = 13
_SERIFS = ("Noto Serif", "Charter", "Cambria", "Georgia", "DejaVu Serif")
_MONOS = ("DejaVu Sans Mono", "Consolas", "Menlo", "Noto Sans Mono")


@dataclass(frozen=True)
class Tokens:
    """The named colours of one scheme; `look/tokens.md` of the design says what each is for."""

    name: str
    window: QColor
    side: QColor
    base: QColor
    paper: QColor
    desk: QColor
    text: QColor
    text2: QColor
    text3: QColor
    line: QColor
    edge: QColor
    control: QColor
    hover: QColor
    accent: QColor
    on_accent: QColor
    sel: QColor
    sel_off: QColor
    hit: QColor
    hit_fg: QColor
    cur: QColor
    cur_fg: QColor
    cur_edge: QColor
    warn: QColor
    warn_bg: QColor
    bad: QColor
    bad_bg: QColor
    ok: QColor
    ok_bg: QColor
    ins: QColor
    ins_bg: QColor
    dele: QColor
    dele_bg: QColor
    t_field: QColor
    t_field_bg: QColor
    t_date: QColor
    t_date_bg: QColor
    t_phrase: QColor
    t_phrase_bg: QColor
    t_not: QColor
    t_not_bg: QColor
    m0: QColor
    m1: QColor
    m2: QColor
    m3: QColor
    bar: QColor

    @classmethod
    def load(cls, name: str) -> Tokens:
        """Read the scheme `name`, "light" or "dark", from the resources."""
        text = assets.path(f"themes/{name}.json").read_text(encoding="utf-8")
        colours = json.loads(text)["colours"]
        return cls(name=name, **{key: QColor(value) for key, value in colours.items()})

    def colour(self, name: str) -> QColor:
        """Return the colour of the token `name`."""
        found = getattr(self, name)
        if not isinstance(found, QColor):
            raise KeyError(name)
        return found

    def names(self) -> dict[str, str]:
        """Return every colour as #rrggbb by its name."""
        return {
            field.name: self.colour(field.name).name()
            for field in fields(self)
            if field.name != "name"
        }


def palette_of(tokens: Tokens) -> QPalette:
    """Return a palette with every role set, so that the style mixes no greys of its own."""
    palette = QPalette()
    for role, colour in _roles(tokens).items():
        palette.setColor(role, colour)
    quiet = tokens.text3
    off = QPalette.ColorGroup.Disabled
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(off, role, quiet)
    palette.setColor(QPalette.ColorGroup.Inactive, QPalette.ColorRole.Highlight, tokens.sel_off)
    palette.setColor(off, QPalette.ColorRole.Highlight, tokens.sel_off)
    return palette


def _roles(tokens: Tokens) -> dict[QPalette.ColorRole, QColor]:
    role = QPalette.ColorRole
    return {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.paper,
        role.AlternateBase: tokens.base,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.text2,
        role.Button: tokens.window,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.paper,
        role.Highlight: tokens.sel,
        role.HighlightedText: tokens.text,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.paper,
        role.ToolTipText: tokens.text,
        role.Light: tokens.paper,
        role.Midlight: tokens.line,
        role.Mid: tokens.edge,
        role.Dark: tokens.control,
        role.Shadow: tokens.edge,
    }


_SHEET = """
QMenuBar {{ background: {window}; border: 0; padding: 0 {u8}px; }}
QMenuBar::item {{ padding: {u6}px {u8}px; background: transparent; border-radius: {u4}px; }}
QMenuBar::item:selected {{ background: {hover}; color: {text}; }}
QMenu {{ background: {paper}; border: 1px solid {edge}; padding: {u4}px; }}
QMenu::item {{ padding: {u4}px {u20}px {u4}px {u8}px; border-radius: {u4}px; }}
QMenu::item:selected {{ background: {sel}; color: {text}; }}
QMenu::item:disabled {{ color: {text3}; }}
QMenu::icon {{ padding-left: {u8}px; }}
QMenu::separator {{ height: 1px; background: {line}; margin: {u4}px {u8}px; }}
QPushButton {{ background: {paper}; color: {text}; border: 1px solid {edge};
  border-radius: {u6}px; padding: 0 {u12}px; min-height: {u28}px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {line}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 0 {u11}px; min-height: {u26}px; }}
QPushButton:disabled {{ color: {text3}; background: {window}; }}
QPushButton[role="accent"] {{ background: {accent}; color: {on_accent}; border-color: {accent};
  font-weight: 600; }}
QPushButton[role="accent"]:hover {{ background: {accent_hover}; }}
QPushButton[role="accent"]:focus {{ border-color: {text}; }}
QPushButton[role="accent"]:disabled {{ background: {window}; color: {text3};
  border-color: {line}; font-weight: 400; }}
QPushButton[role="flat"], QPushButton[role="link"] {{ background: transparent;
  border-color: transparent; padding: 0 {u4}px; }}
QPushButton[role="link"] {{ color: {accent}; min-height: {u20}px; }}
QPushButton[role="flat"]:hover, QToolButton:hover {{ background: {hover}; }}
QPushButton[role="flat"]:focus, QPushButton[role="link"]:focus {{ border: 2px solid {accent};
  padding: 0 {u3}px; }}
QPushButton[role="link"]:focus {{ min-height: {u18}px; }}
QToolButton {{ border: 2px solid transparent; border-radius: {u6}px; padding: {u4}px;
  background: transparent; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton:pressed, QToolButton:checked {{ background: {line}; }}
QToolButton::menu-indicator {{ image: none; }}
QLineEdit, QPlainTextEdit, QComboBox, QDateEdit {{ background: {paper}; color: {text};
  border: 1px solid {control}; border-radius: {u6}px; padding: 0 {u8}px;
  selection-background-color: {sel}; selection-color: {text}; }}
QLineEdit, QComboBox, QDateEdit {{ min-height: {u28}px; }}
QPlainTextEdit {{ padding: {u4}px {u8}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QDateEdit:focus {{
  border: 2px solid {accent}; padding: 0 {u7}px; }}
QLineEdit:focus, QComboBox:focus, QDateEdit:focus {{ min-height: {u26}px; }}
QPlainTextEdit:focus {{ padding: {u3}px {u7}px; }}
QLineEdit:disabled, QComboBox:disabled {{ background: {window}; color: {text3};
  border-color: {edge}; }}
QComboBox::drop-down {{ border: 0; width: {u20}px; }}
QComboBox::down-arrow {{ image: url("{caret}"); width: {u12}px; height: {u12}px; }}
QComboBox QAbstractItemView {{ background: {paper}; border: 1px solid {edge}; outline: 0; }}
QLineEdit[fault="true"], QPlainTextEdit[fault="true"], QComboBox[fault="true"] {{
  border-color: {bad}; }}
QScrollBar:vertical {{ width: 10px; background: transparent; margin: 0; }}
QScrollBar:horizontal {{ height: 10px; background: transparent; margin: 0; }}
QScrollBar::handle {{ background: {edge}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:hover {{ background: {control}; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {paper}; color: {text}; border: 1px solid {edge}; padding: 4px; }}
QSplitter::handle {{ background: {line}; }}
"""


class QuietStyle(QProxyStyle):
    """Fusion, with underlined letters in menus only while Alt is held."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        self._underlines = False

    def show_underlines(self, *, shown: bool) -> None:
        """Underline the letters that open menus, or not."""
        self._underlines = shown

    @override
    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_UnderlineShortcut:
            return int(self._underlines)
        return super().styleHint(hint, option, widget, returnData)


class Theme(QObject):
    """The look in force: which scheme, how large, and what is to be drawn with it.

    Signals:
        changed: colours or sizes are others now; drop what was made with them and draw again.
    """

    changed = Signal()

    def __init__(self, mode: Mode = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode: Mode = mode
        self._schemes = {name: Tokens.load(name) for name in ("light", "dark")}
        font = QApplication.font()
        self._family = font.family()
        self._base = QFontInfo(font).pixelSize() or _DRAWN_AT
        self._serif = _first_of(_SERIFS, QFont.StyleHint.Serif)
        self._mono = _first_of(_MONOS, QFont.StyleHint.Monospace)
        self._style = QuietStyle()
        self._styled = False
        self._fonts: dict[tuple[str, int, bool, bool], QFont] = {}
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def mode(self) -> Mode:
        """Whose scheme is shown: the system's, or always light, or always dark."""
        return self._mode

    @property
    def dark(self) -> bool:
        """Whether the dark scheme is shown."""
        if self._mode == "system":
            return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._mode == "dark"

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self._schemes["dark" if self.dark else "light"]

    def set_mode(self, mode: Mode) -> None:
        """Show another scheme from now on."""
        self._mode = mode
        self.apply()

    def apply(self) -> None:
        """Dress the application: style, palette, fonts and style sheet."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        if not self._styled:
            app.setStyle(self._style)
            self._styled = True
        app.setPalette(palette_of(self.tokens))
        app.setFont(self.font())
        app.setStyleSheet(self.sheet())
        self.changed.emit()

    def sheet(self) -> str:
        """Return the style sheet: only what a palette cannot say."""
        sizes = {f"u{n}": self.px(n) for n in (3, 4, 6, 7, 8, 11, 12, 18, 20, 26, 28)}
        accent = self.tokens.accent
        over = accent.lighter(112) if self.dark else accent.darker(112)
        caret = assets.path(f"themes/caret-{self.tokens.name}.svg").as_posix()
        names = self.tokens.names()
        return _SHEET.format(**names, **sizes, accent_hover=over.name(), caret=caret)

    def show_underlines(self, *, shown: bool) -> None:
        """Underline the letters that open menus, or not."""
        self._style.show_underlines(shown=shown)

    def px(self, drawn: float) -> int:
        """Scale a length of the pictures to the system's font size."""
        return max(1, round(drawn * self._base / _DRAWN_AT))

    def font(
        self, step: Step = "m", weight: int = 400, *, serif: bool = False, mono: bool = False
    ) -> QFont:
        """Return the font of a step of the scale; figures are tabular in the sans."""
        key = (step, weight, serif, mono)
        if key not in self._fonts:
            self._fonts[key] = self._make(step, weight, serif=serif, mono=mono)
        return QFont(self._fonts[key])

    def _make(self, step: str, weight: int, *, serif: bool, mono: bool) -> QFont:
        family = self._serif if serif else self._mono if mono else self._family
        font = QFont(family)
        font.setPixelSize(max(9, round(self._base * _FACTORS[step])))
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if not serif and not mono:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._mode == "system":
            self.apply()


def _first_of(families: tuple[str, ...], hint: QFont.StyleHint) -> str:
    known = set(QFontDatabase.families())
    for family in families:
        if family in known:
            return family
    font = QFont()
    font.setStyleHint(hint)
    return QFontInfo(font).family()
