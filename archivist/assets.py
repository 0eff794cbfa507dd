"""Where resources are: beside the package in a checkout, `archivist/_resources` in the wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Return the path of the resource `name`, for example `authority/countries.csv`.

    Raises:
        FileNotFoundError: the installation lacks it.
    """
    for root in (_PACKAGE / "_resources", _PACKAGE.parent / "resources"):
        found = root / name
        if found.exists():
            return found
    raise FileNotFoundError(f"This installation of Archivist lacks the resource {name}.")
