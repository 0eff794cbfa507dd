"""Events of the journal in the words of those who read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from archivist.desk import formats
from archivist.model.fields import BY_ATTRIBUTE, FIELDS

if TYPE_CHECKING:
    from archivist.desk.describe import Labels
    from archivist.model.change import Event

Values = Mapping[str, object]
_PROPOSED: Final = "proposed:"
_CUSTOM: Final = "custom:"
_ORDER: Final = tuple(field.attribute for field in FIELDS if field.attribute)
_ARROW: Final = " \u2192 "


def lines_of(event: Event, labels: Labels) -> list[str]:
    """Return what an event changed, line by line: "Date: 2012 → 4 December 2012"."""
    if event.before is None or event.after is None:
        return ["The values were erased; that it happened is kept."]
    before, after = event.before, event.after
    if event.what == "filed":
        return _filed(after, labels)
    lines = [_change(key, before, after, labels) for key in _fields({**before, **after})]
    lines += _texts(before, after)
    lines += _confirmed(before, after)
    if before.get("inbox") and not after.get("inbox"):
        lines.append("Left the inbox")
    elif after.get("inbox") and not before.get("inbox"):
        lines.append("Back in the inbox")
    return lines


def _filed(after: Values, labels: Labels) -> list[str]:
    lines = [f"{_name(key)}: {_said(key, after[key], labels)}" for key in _fields(after)]
    if original := _original(after.get("original")):
        lines.append(f"Original: {original}")
    if after.get("path"):
        lines.append(f"From: {after['path']}")
    proposed = _proposed(after)
    return [*lines, f"Proposed, not confirmed: {proposed}"] if proposed else lines


def _change(key: str, before: Values, after: Values, labels: Labels) -> str:
    old, new = _said(key, before.get(key), labels), _said(key, after.get(key), labels)
    return f"{_name(key)}: {old}{_ARROW}{new}"


def _texts(before: Values, after: Values) -> list[str]:
    lines = []
    if "text" in after or "text" in before:
        old, new = _version(before.get("text")), _version(after.get("text"))
        lines.append(f"Text: {old}{_ARROW}{new}")
    if "original" in after or "original" in before:
        old, new = _original(before.get("original")), _original(after.get("original"))
        lines.append(f"Original: {old or 'none'}{_ARROW}{new or 'none'}")
    return lines


def _confirmed(before: Values, after: Values) -> list[str]:
    """Say whose values somebody confirmed, or took the confirmation back from."""
    gone = {k: v for k, v in before.items() if k.startswith(_PROPOSED) and v and not after.get(k)}
    come = {k: v for k, v in after.items() if k.startswith(_PROPOSED) and v and not before.get(k)}
    lines = [f"Confirmed: {_proposed(gone)}"] if gone else []
    return [*lines, f"Proposed again: {_proposed(come)}"] if come else lines


def _fields(values: Values) -> list[str]:
    """Return the keys that are fields of the description, in their order."""
    known = [key for key in _ORDER if key in values]
    return known + sorted(key for key in values if key.startswith(_CUSTOM))


def _proposed(values: Values) -> str:
    names = {key.removeprefix(_PROPOSED) for key in values if key.startswith(_PROPOSED)}
    return ", ".join(_name(key).lower() for key in _ORDER if key in names)


def _name(key: str) -> str:
    field = BY_ATTRIBUTE.get(key)
    words = key.removeprefix(_CUSTOM).replace("_", " ")
    return field.label if field else words[:1].upper() + words[1:]


def _said(key: str, value: object, labels: Labels) -> str:
    """Return a value in words; nothing is "nothing", so that it can be seen."""
    if value is None or value in ("", [], ()):
        return "nothing"
    if key == "agents" and isinstance(value, Sequence):
        return "; ".join(f"{part[0]} ({part[1]})" for part in value)
    field = BY_ATTRIBUTE.get(key)
    if isinstance(value, list | tuple):
        return ", ".join(_said(key, part, labels) for part in value)
    if key == "date":
        return formats.day_long(str(value))
    return labels.label(field.name, str(value)) if field is not None else str(value)


def _version(value: object) -> str:
    """Return which version of the text a value of the journal names."""
    if isinstance(value, Sequence) and len(value) == 2:  # noqa: PLR2004 - digest and version
        return f"version {value[1]}"
    return "none"


def _original(value: object) -> str:
    """Return name and size of a file the journal names."""
    if not isinstance(value, Sequence) or len(value) < 3:  # noqa: PLR2004 - digest, size, name
        return ""
    return f"{value[2]}, {formats.size(int(str(value[1])))}"
