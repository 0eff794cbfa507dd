"""What a person set for this computer: the name used in the journal, the archive used last."""

from __future__ import annotations

import getpass
import json
import os
from pathlib import Path
from typing import Final

import platformdirs

_NAME: Final = "Archivist"


def _file() -> Path:
    return Path(platformdirs.user_config_dir(_NAME, appauthor=False)) / "settings.json"


def load() -> dict[str, str]:
    """Return the settings; empty where there are none or they cannot be read."""
    try:
        found = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def save(name: str, value: str) -> None:
    """Set one setting; a computer that cannot keep it goes on without."""
    path = _file()
    settings = load() | {name: value}
    new = path.with_name(f"settings-{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps(settings, indent=1), encoding="utf-8")
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)


def last_archive() -> Path | None:
    """Return the archive used last, if any."""
    found = load().get("last_archive")
    return Path(found) if found else None


def remember_archive(path: Path) -> None:
    """Note the archive used last."""
    save("last_archive", str(path.resolve()))


def who() -> str:
    """Return the name for the journal: the one set at the desk, else the system's."""
    if name := load().get("who", "").strip():
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
