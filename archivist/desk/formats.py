"""Numbers, dates and sizes as the user's locale writes them; a date never loses its precision."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from PySide6.QtCore import QLocale

from archivist.model.dates import PartialDate

_MINUTE = 60
_FEW_SECONDS = 10
_KILO = 1000


def locale_name() -> str:
    """Return the name of the user's locale as Unicode's tables know it, for example `de_DE`."""
    name = QLocale().name()
    return "en_GB" if name in {"", "C", "C_C"} else name


def number(value: float) -> str:
    """Return a whole number with the locale's groups of digits."""
    return _number(round(value), locale_name())


def counted(value: int, singular: str, plural: str = "") -> str:
    """Return a number and what is counted: "1 record", "1,204 records"."""
    return f"{number(value)} {singular if value == 1 else plural or singular + 's'}"


def day(iso: str) -> str:
    """Return a date in its short form, as exact as it is: "12 Mar 2014", "Nov 2012", "2012"."""
    return _date(iso, "medium", "yMMM", locale_name())


def day_long(iso: str) -> str:
    """Return a date in its long form, as exact as it is: "12 March 2014", "November 2012"."""
    return _date(iso, "long", "yMMMM", locale_name())


def moment(iso: str) -> str:
    """Return a time of the store (UTC) in the user's calendar: "2 June 2024, 10:41"."""
    return _moment(iso, locale_name(), seconds=False)


def moment_exact(iso: str) -> str:
    """Return a time of the store (UTC) in the user's calendar, to the second."""
    return _moment(iso, locale_name(), seconds=True)


def size(count: int) -> str:
    """Return a number of bytes in decimal units: "38 kB", "1.9 MB"."""
    precision = 0 if count < _KILO * _KILO else 1
    return _locale().formattedDataSize(count, precision, QLocale.DataSizeFormat.DataSizeSIFormat)


def duration(seconds: float) -> str:
    """Return a span of time: "0.4 s", "19 s", "3 min 20 s"."""
    if seconds < _FEW_SECONDS:
        return f"{_locale().toString(seconds, 'f', 1)} s"
    minutes, rest = divmod(round(seconds), _MINUTE)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def month(number: int) -> str:
    """Return the short name of a month, 1 to 12: "Mar"."""
    return _month(number, locale_name())


def warm_up() -> None:
    """Read the locale's tables, off the window's thread, before the first date is shown."""
    for iso in ("2012-12-04", "2012-12", "2012"):
        day(iso)
        day_long(iso)
    moment("2012-12-04T12:00:00Z")
    month(1)


def _locale() -> QLocale:
    return QLocale(locale_name())


@lru_cache(maxsize=2048)
def _number(value: int, locale: str) -> str:
    return QLocale(locale).toString(value)


@lru_cache(maxsize=4096)
def _date(iso: str, full: str, month: str, locale: str) -> str:
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415 - keeps the start quick

    try:
        date = PartialDate.parse(iso)
    except ValueError:
        return iso
    first = dt.date(date.year, date.month or 1, date.day or 1)
    if date.day:
        return str(format_date(first, full, locale=_known(locale)))
    return str(format_skeleton(month if date.month else "y", first, locale=_known(locale)))


@lru_cache(maxsize=64)
def _month(number: int, locale: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - keeps the start quick

    return str(format_date(dt.date(2012, number, 1), "LLL", locale=_known(locale)))


@lru_cache(maxsize=1024)
def _moment(iso: str, locale: str, *, seconds: bool) -> str:
    from babel.dates import format_date, format_time  # noqa: PLC0415 - keeps the start quick

    try:
        time = dt.datetime.fromisoformat(iso)
    except ValueError:
        return iso
    if time.tzinfo is None:
        time = time.replace(tzinfo=dt.UTC)
    local = time.astimezone()
    known = _known(locale)
    clock = format_time(local, "medium" if seconds else "short", tzinfo=local.tzinfo, locale=known)
    return f"{format_date(local, 'long', locale=known)}, {clock}"


@lru_cache(maxsize=16)
def _known(locale: str) -> str:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - keeps the start quick

    try:
        Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        return "en_GB"
    return locale
