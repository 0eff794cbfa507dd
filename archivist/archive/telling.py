"""The journal of what is no record, in words: what people read of saved searches and the like."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from archivist.store.things import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archivist.model.change import Event
    from archivist.store import Store

Values = dict[str, object]
_SAID = ("kind", "speaker", "role")


def told(event: Event, store: Store) -> Event:
    """Return an event with values that people can read; one of a record as it is."""
    if event.before is None or event.after is None:
        return event
    match next((kind for kind, words in KINDS.items() if event.what in words[1:]), ""):
        case "search":
            return replace(event, before=_search(event.before), after=_search(event.after))
        case "synonyms":
            return replace(event, before=_terms(event.before), after=_terms(event.after))
        case "agent":
            return replace(event, before=_agent(event.before), after=_agent(event.after))
        case "collected":
            return _passage(event, store)
        case "said":
            return _judged(event, store)
        case _:
            return event


def _search(values: Mapping[str, Any]) -> Values:
    from archivist.archive.searches import query_text  # noqa: PLC0415 - only where one changed

    said: Values = {name: value for name, value in values.items() if name != "tree"}
    if "tree" in values:
        said["query"] = values["tree"] and query_text(values["tree"])
    return said


def _terms(values: Mapping[str, Any]) -> Values:
    terms = values.get("terms")
    return {"terms": ", ".join(terms) if terms else None}


def _agent(values: Mapping[str, Any]) -> Values:
    return {
        name: "; ".join(map(_office_or_text, value)) if isinstance(value, list) else value
        for name, value in values.items()
    }


def _office_or_text(value: Mapping[str, str] | str) -> str:
    """Return an office with what is known of it, or a text as it is."""
    if isinstance(value, str):
        return value
    years = "–".join(value.get(end, "") for end in ("start", "end"))  # noqa: RUF001
    parts = [value.get(part, "") for part in ("title", "body", "place", "country")]
    return ", ".join(filter(None, [*parts, years.strip("–")]))  # noqa: RUF001


def _judged(event: Event, store: Store) -> Event:
    """Return an event of a decision on a statement: who said what, and what was decided."""

    def said(values: Mapping[str, Any] | None) -> Values:
        found: Values = {name: (values or {}).get(name) for name in ("status",)}
        statement, text = (values or {}).get("said"), (values or {}).get("text")
        if statement:
            found |= {name: statement[name] for name in _SAID if statement.get(name)}
        if statement and text:
            found["words"] = store.records.text(text)[statement["start"] : statement["end"]]
        return {name: value for name, value in found.items() if value}

    named = [values.get("record") for values in (event.after, event.before) if values]
    record = next((int(str(record)) for record in named if record), 0)
    ref = store.records.get(record).ref if record else event.ref
    return replace(event, ref=ref, before=said(event.before), after=said(event.after))


def _passage(event: Event, store: Store) -> Event:
    """Return an event of a passage under its record's reference, with the words themselves."""

    def said(values: Mapping[str, Any] | None) -> Values:
        if not values or values.get("record") is None:
            return {"passage": None}
        if not values.get("text"):
            return {"passage": "the whole record"}
        return {"passage": store.records.text(values["text"])[values["start"] : values["end"]]}

    values = event.after if event.after and event.after.get("record") else event.before
    record = int(str((values or {})["record"]))
    return replace(
        event,
        ref=store.records.get(record).ref,
        before=said(event.before),
        after=said(event.after),
    )
