"""Records of invented states, and dossiers made of them."""

from __future__ import annotations

import os
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from archivist.dossier.layout import program
from archivist.dossier.outline import Item, Labels, Mode, Options, Outline, outline
from archivist.dossier.validate import validate
from archivist.model.record import Description, Record, State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LABELS = Labels(
    countries={"XE": "Estrea", "XS": "Sarvene"},
    doctypes={"communique": "Communiqué", "memcon": "Memorandum of conversation"},
    languages={"en": "English", "ar": "Arabic"},
    marks={"open": "Open", "internal": "Internal", "restricted": "Restricted"},
)
OPTIONS = Options(
    title="Visit of the Foreign Minister of Estrea",
    subtitle="Documents for the talks in Port Halden",
    date="2026-03-12",
    mark="internal",
    organisation="Ministry of Foreign Affairs of Valdora",
    query='"strategic partnership"',
    reading="Documents with the exact phrase “strategic partnership”.",
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def item(
    identity: int = 1,
    text: str = "One paragraph.",
    marked: str = "",
    mode: Mode = "full",
    **values: Any,  # noqa: ANN401 - whatever a description holds
) -> Item:
    """Return a record to put into a dossier; `marked` is a pattern of what is marked in it."""
    given: dict[str, Any] = {
        "title": f"Joint communiqué {identity}",
        "date": "2014-03-12",
        "doctype": "communique",
        "language": "en",
        "originator": "Ministry of Foreign Affairs of Estrea",
    }
    record = Record(identity, f"2026-{identity:06}", State.FILED, Description(**(given | values)))
    marks = tuple(match.span() for match in re.finditer(marked, text)) if marked else ()
    return Item(record, text, marks, mode)


def dossier(items: Iterable[Item], options: Options = OPTIONS) -> Outline:
    """Return the outline of a dossier of invented states."""
    return outline(items, options, LABELS)


def part(path: Path, name: str = "word/document.xml") -> Any:  # noqa: ANN401 - lxml's element
    """Return the root element of a part of a Word document."""
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


def text_of(element: Any) -> str:  # noqa: ANN401 - lxml's element
    """Return what a reader reads of an element: text, tabs and line breaks."""
    said = {f"{W}tab": "\t", f"{W}br": "\n"}
    runs = element.iter(f"{W}t", f"{W}tab", f"{W}br")
    return "".join(
        said.get(run.tag, run.text or "") for run in runs if run.getparent().tag == f"{W}r"
    )


def styled(root: Any, style: str) -> list[Any]:  # noqa: ANN401 - lxml's element
    """Return the paragraphs of a style."""
    return [
        paragraph
        for paragraph in root.iter(f"{W}p")
        if (mark := paragraph.find(f"{W}pPr/{W}pStyle")) is not None
        and mark.get(f"{W}val") == style
    ]


def gate(path: Path) -> None:
    """Hold a Word document against the validator, where it is installed; in CI it must be."""
    faults = validate(path)
    if faults is None:
        if os.environ.get("CI") == "true":
            pytest.fail("the OOXML validator is not installed; .ci/run installs it")
        pytest.skip("not run: the OOXML validator is not installed")
    assert faults == []


def need_office() -> None:
    """Skip where LibreOffice is not installed; in CI it must be."""
    if program() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is not installed; .ci/prepare installs it")
        pytest.skip("not run: LibreOffice is not installed")
