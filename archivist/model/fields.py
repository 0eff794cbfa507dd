"""The fields of a record: one registry for queries, facets, `--set`, tables and reports.

The names are the same everywhere. What is a field of the archive's own is not listed here: any
other name that some record carries in `Description.custom` is a field, too.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Kind(enum.Enum):
    """How a field's values are compared with what a query asks for."""

    CODE = "code"
    """Equal to a code, for example `type:note`, `country:FR`."""
    NAME = "name"
    """The asked words stand in the value in this order, for example `originator:foreign`."""
    DATE = "date"
    """The intervals overlap."""
    TEXT = "text"
    """Words of the title or the text: answered by postings, not by values."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes:
        name: as written in queries and `--set`.
        attribute: of Description, or empty where the field is none of its attributes.
        label: for people, in the singular.
        kind: how values are compared.
        editable: whether `edit` may set it.
        facet: whether counts of its values are of use.
    """

    name: str
    attribute: str
    label: str
    kind: Kind
    editable: bool = True
    facet: bool = False


FIELDS: tuple[Field, ...] = (
    Field("title", "title", "Title", Kind.TEXT),
    Field("text", "", "Text", Kind.TEXT, editable=False),
    Field("type", "doctype", "Type", Kind.CODE, facet=True),
    Field("date", "date", "Date", Kind.DATE),
    Field("place", "place", "Place", Kind.NAME, facet=True),
    Field("lang", "language", "Language", Kind.CODE, facet=True),
    Field("country", "countries", "Country", Kind.CODE, facet=True),
    Field("originator", "originator", "Originator", Kind.NAME, facet=True),
    Field("person", "agents", "Person or body", Kind.NAME, facet=True),
    Field("from", "", "From", Kind.NAME, editable=False),
    Field("to", "", "To", Kind.NAME, editable=False),
    Field("number", "number", "Number", Kind.NAME),
    Field("series", "series", "Series", Kind.CODE, facet=True),
    Field("code", "code", "Reference code", Kind.NAME),
    Field("ref", "", "Accession number", Kind.NAME, editable=False),
    Field("mark", "mark", "Handling mark", Kind.CODE, facet=True),
    Field("tag", "tags", "Tag", Kind.NAME, facet=True),
    Field("year", "", "Year", Kind.CODE, editable=False, facet=True),
    Field("in", "", "Place in the archive", Kind.CODE, editable=False),
    Field("has", "", "Has", Kind.CODE, editable=False),
    Field("filed", "", "Filed", Kind.DATE, editable=False),
    Field("said", "", "Said", Kind.TEXT, editable=False),
    Field("speaker", "", "Speaker", Kind.NAME, editable=False),
    Field("role", "", "Speaker's office", Kind.NAME, editable=False),
    Field("kind", "", "Kind of statement", Kind.CODE, editable=False),
)
"""Every built-in field. `in` is `inbox`; `has` is `original`, `text` or `attachment`."""

SAID = "said"
"""The field of the words of statements."""
SPEAKER = "speaker"
"""The field of who said them."""
OF_STATEMENTS = frozenset({SAID, SPEAKER, "role", "kind"})
"""Fields that ask for something of a statement, not of a record."""

BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
BY_ATTRIBUTE: dict[str, Field] = {field.attribute: field for field in FIELDS if field.attribute}
