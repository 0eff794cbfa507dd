"""Small things the archive remembers for itself: seals of the index, settings. Not journalled."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archivist.store.database import writing
from archivist.store.values import dumps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archivist.store.database import Connections


class State:
    """Values by name, each kept as JSON; may be shared by threads.

    Args:
        connections: to the archive's database.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - whatever JSON says
        """Return a value, or the default where there is none that can be read."""
        found = self._connections.current().value("SELECT value FROM state WHERE key = ?", (key,))
        try:
            return default if found is None else json.loads(found)
        except ValueError:
            return default

    def set(self, key: str, value: object) -> None:
        """Keep a value that JSON can say."""
        self.set_all({key: value})

    def set_all(self, values: Mapping[str, object]) -> None:
        """Keep values that JSON can say, all of them or none."""
        db = self._connections.current()
        rows = [{"key": key, "value": dumps(value)} for key, value in values.items()]
        with writing(db):
            db.table("state").upsert_all(rows, pk="key")

    def delete(self, key: str) -> None:
        """Forget a value; nothing happens where there is none."""
        db = self._connections.current()
        with writing(db):
            db.execute("DELETE FROM state WHERE key = ?", (key,))
