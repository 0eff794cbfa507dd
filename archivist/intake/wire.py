"""What the pool and its children say to each other: frames of JSON, four bytes of length before.

A child reads what strangers wrote. Nothing it says is executed: drafts come back as plain values
and are built anew here.
"""

from __future__ import annotations

import json
import struct
from dataclasses import fields
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from archivist.model.record import AgentRole, Content, Description, Draft, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

_LENGTH = struct.Struct(">I")
Frame = dict[str, Any]


def send(stream: IO[bytes], frame: Mapping[str, object]) -> None:
    """Write one frame and push it out."""
    data = json.dumps(frame, separators=(",", ":")).encode()
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Frame | None:
    """Read one frame; None where the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        return None
    frame: Frame = json.loads(data)
    return frame


def pack(found: Draft | Refusal) -> Frame:
    """Return a draft or refusal as plain values."""
    if isinstance(found, Refusal):
        return {"path": found.path, "reason": found.reason, "detail": found.detail}
    description = found.description
    values = {name: getattr(description, name) for name in _LINES}
    content = found.content
    return {
        "path": found.path,
        "description": {
            **values,
            "agents": [(agent.name, agent.role) for agent in description.agents],
            "custom": dict(description.custom),
        },
        "proposed": sorted(found.proposed),
        "text": found.text,
        "digest": found.digest,
        "content": None if content is None else _plain(content),
        "parent": found.parent,
        "note": found.note,
        "repeated": found.repeated,
    }


def _plain(content: Content) -> Frame:
    names = (one.name for one in fields(content))
    return {name: getattr(content, name) for name in names} | {"path": str(content.path)}


def unpack(frame: Frame) -> Draft | Refusal:
    """Return the draft or refusal that plain values stand for."""
    if "reason" in frame:
        return Refusal(frame["path"], frame["reason"], frame["detail"])
    values = frame["description"]
    content = frame["content"]
    return Draft(
        path=frame["path"],
        description=Description(
            **{name: values[name] for name in _LINES if name not in _LISTS},
            countries=tuple(values["countries"]),
            tags=tuple(values["tags"]),
            agents=tuple(AgentRole(name, role) for name, role in values["agents"]),
            custom=values["custom"],
        ),
        proposed=frozenset(frame["proposed"]),
        text=frame["text"],
        digest=frame["digest"],
        content=None if content is None else Content(**{**content, "path": Path(content["path"])}),
        parent=frame["parent"],
        note=frame["note"],
        repeated=frame["repeated"],
    )


_LISTS = ("countries", "tags")
_LINES = (
    "title",
    "date",
    "doctype",
    "place",
    "language",
    "originator",
    "number",
    "series",
    "code",
    "mark",
    *_LISTS,
)
