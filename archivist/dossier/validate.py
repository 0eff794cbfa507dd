"""Whether a Word document is valid: asked of the Open XML SDK's validator, where it is at hand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from archivist.model.errors import WorldError

VARIABLE = "ARCHIVIST_OOXML_VALIDATOR"
"""Environment variable that names the validator's program."""
_NAME = "ooxml-validator"
_SECONDS = 120


def validator() -> Path | None:
    """Return the validator's program: as named by the environment, on the PATH, or in the project.

    In the project it is looked for in `node_modules` and `build/validator/node_modules`.
    """
    if named := os.environ.get(VARIABLE):
        return Path(named)
    if found := shutil.which(_NAME):
        return Path(found)
    project = Path(__file__).resolve().parents[2]
    places = (
        project / folder / ".bin" for folder in ("node_modules", "build/validator/node_modules")
    )
    found = shutil.which(_NAME, path=os.pathsep.join(str(place) for place in places))
    return Path(found) if found else None


def validate(path: Path) -> list[str] | None:
    """Return the faults of a document in words, none where it is valid.

    Returns:
        None where the validator is not installed.

    Raises:
        WorldError: the validator is installed, but does not work.
    """
    program = validator()
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - no shell; the program is the user's own
            [str(program), str(path)], capture_output=True, timeout=_SECONDS, check=False
        )
        said = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise WorldError(
            f"The validator {program} does not work: {error}",
            f"Install it again, or unset {VARIABLE}.",
        ) from error
    return _faults(said)


def _faults(said: object) -> list[str]:
    if isinstance(said, dict) and said.get("ok") is True:
        return []
    errors = said.get("errors", []) if isinstance(said, dict) else []
    return [json.dumps(error, ensure_ascii=False) for error in errors] or [str(said)]
