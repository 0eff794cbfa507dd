"""Documentation held against the program: commands, options, fields, the first screen."""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.cli import options
from archivist.model.fields import FIELDS
from archivist.model.record import DOCTYPES

ROOT = Path(__file__).resolve().parents[2]
CLI = (ROOT / "resources" / "help" / "cli.md").read_text(encoding="utf-8")


def subcommands() -> dict[str, argparse.ArgumentParser]:
    """Return the parsers of commands, and of their actions (`searches save`)."""
    return dict(_below(options.build(), ""))


def _below(
    parser: argparse.ArgumentParser, before: str
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield before + name, inner
                yield from _below(inner, f"{before}{name} ")


@pytest.mark.parametrize("name", sorted(subcommands()))
def test_every_command_and_option_is_documented(name: str) -> None:
    assert re.search(rf"`(?:archivist )?{name}\b", CLI), f"cli.md lacks the command {name}"
    for action in subcommands()[name]._actions:
        for flag in action.option_strings:
            if flag.startswith("--") and flag != "--help":
                assert flag in CLI, f"cli.md lacks {flag} of {name}"


def test_the_manual_names_no_option_that_does_not_exist() -> None:
    known = {
        flag
        for parser in [options.build(), *subcommands().values()]
        for action in parser._actions
        for flag in action.option_strings
    }
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", CLI)) <= known


@pytest.mark.parametrize("field", [field.name for field in FIELDS])
def test_every_field_is_documented(field: str) -> None:
    page = (ROOT / "resources" / "help" / "search.md").read_text(encoding="utf-8")
    assert re.search(rf"`{field}(?::[^`]*)?`", page), f"search.md lacks the field {field}"


@pytest.mark.parametrize("doctype", DOCTYPES)
def test_every_type_of_document_is_documented(doctype: str) -> None:
    assert f"`{doctype}`" in CLI


def test_the_first_screen_of_the_readme_says_how_to_start() -> None:
    first = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:40])
    assert "make run" in first
    assert "make test" in first
    assert "not encrypted" in first
    picture = re.search(r"!\[[^\]]+\]\(([^)]+\.png)\)", first)
    assert picture is not None
    assert (ROOT / picture[1]).is_file()


def test_every_pinned_dependency_stands_in_the_constraints() -> None:
    pinned = {
        re.split(r"[=<> ]", line)[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    names = {re.split(r"[=<>\[ ]", one)[0].lower().replace("_", "-") for one in wanted}
    assert names <= pinned, names - pinned


def test_every_dependency_has_its_licence_named() -> None:

    notices = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8").lower()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for one in project["dependencies"]:
        name = re.split(r"[=<>\[ ]", one)[0].lower()
        assert name in notices or name.replace("_", "-") in notices, f"THIRD-PARTY.md lacks {name}"
