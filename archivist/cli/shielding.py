"""What a query leaves out (`-type:note`) is shielded from being read as an option."""

from __future__ import annotations

from typing import Final

_OPTIONS: Final = (
    "--archive",
    "--json",
    "--limit",
    "--offset",
    "--sort",
    "--facets",
    "--view",
    "--unsure",
    "--variants",
    "--also",
    "--from",
    "--to",
    "--facts-only",
    "--out",
)
_GIVEN_TEXT: Final = (["search"], ["quote"], ["wording"], ["chronology"])


def protected(arguments: list[str]) -> list[str]:
    """Shield what a query leaves out (`-type:note`) from being read as an option."""
    start = _after_command(arguments)
    command = arguments[start - 1 : start]
    searches = command in _GIVEN_TEXT or _saves(arguments[start - 1 :])
    shielded = arguments[:start]
    for text in arguments[start:]:
        if shielded[-1] in {"--query", "--within"}:
            shielded[-1] = f"{shielded[-1]}={text}"
        else:
            shielded.append(f" {text}" if searches and _leaves_out(text) else text)
    return shielded


def _saves(arguments: list[str]) -> bool:
    return arguments[:1] == ["searches"] and "save" in arguments


def _after_command(arguments: list[str]) -> int:
    """Return where the command's own arguments begin."""
    before = ""
    for at, text in enumerate(arguments, 1):
        if not text.startswith("-") and before != "--archive":
            return at
        before = text
    return len(arguments)


def _leaves_out(text: str) -> bool:
    known = text in {"-h", "--help", "--"} or text.startswith(_OPTIONS)
    return text.startswith("-") and not known
