"""What can be asked for on the command line: one parser, from which `--help` is drawn."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final, NoReturn

from typing_extensions import override

from archivist.cli.shielding import protected
from archivist.model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SORTS: Final = ("relevance", "newest", "oldest")
_LINE_SORTS: Final = ("originator", "left", "left2", "left3", "right", "right2", "right3")
_GREATEST: Final = 2**31 - 1
EPILOG: Final = (
    "Exit status: 0 done; 1 done, but something was refused or a check failed; "
    "2 wrong usage or an unreadable query; 3 the archive cannot be used; 130 stopped by the user."
)


class UsageError(InputError):
    """The command line cannot be read."""

    kind = "usage"


class _Parser(argparse.ArgumentParser):
    @override
    def error(self, message: str) -> NoReturn:
        raise UsageError(message[:1].upper() + message[1:] + ".", f"See `{self.prog} --help`.")


def build() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = _Parser(
        prog="archivist",
        description="A document archive for foreign ministries: file, search and export, offline.",
        epilog=EPILOG,
        allow_abbrev=False,
    )
    parser.set_defaults(archive=None, json=False)
    parser.add_argument("--version", action="store_true", help="print the version and end")
    _common(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for add in (_filing, _finding, _keeping, _agents, _statements, _editing, _custody):
        add(commands.add_parser)
    return parser


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--archive",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="the archive; else $ARCHIVIST_ARCHIVE, else the one used last",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="print one JSON object, and progress as JSON lines on standard error",
    )


def _command(
    add: Callable[..., argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    parser = add(name, help=text, description=text[:1].upper() + text[1:] + ".", epilog=EPILOG)
    _common(parser)
    return parser


def _workers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workers", type=_positive, metavar="N", help="how many processes read at once"
    )


def _filing(add: Callable[..., argparse.ArgumentParser]) -> None:
    new = _command(add, "new", "make an archive")
    new.add_argument("dir", metavar="DIR")
    new.add_argument("--name", default="", metavar="N", help="what people call it")
    file = _command(add, "import", "file documents: files, folders, mail, archives, catalogues")
    file.add_argument("paths", nargs="+", metavar="PATH")
    file.add_argument("--series", default="", metavar="S", help="series of the file plan")
    file.add_argument("--dry-run", action="store_true", help="tell what would be filed")
    _workers(file)
    describe = _command(add, "describe", "show what filing would propose, with no archive")
    describe.add_argument("paths", nargs="+", metavar="PATH")
    _workers(describe)


def _finding(add: Callable[..., argparse.ArgumentParser]) -> None:
    search = _command(add, "search", "find records; * alone is every record")
    search.add_argument("query", nargs="+", metavar="QUERY")
    search.add_argument("--limit", type=_count, default=20, metavar="N", help="hits to show")
    search.add_argument("--offset", type=_count, default=0, metavar="N", help="hits to skip")
    search.add_argument("--sort", choices=(*_SORTS, *_LINE_SORTS), default=_SORTS[0])
    search.add_argument("--facets", action="store_true", help="count types, countries and more")
    search.add_argument(
        "--view",
        choices=("records", "statements", "concordance"),
        default="records",
        help="records, who said what in them, or hits",
    )
    search.add_argument(
        "--unsure", action="store_true", help="with statements also those that may be wrong"
    )
    quote = _command(add, "quote", "was this ever said, word for word or nearly so?")
    quote.add_argument("text", nargs="+", metavar="TEXT", help="- reads standard input")
    quote.add_argument("--limit", type=_count, default=10, metavar="N", help="records to show")
    wording = _command(add, "wording", "a phrase through the years, and its other forms")
    wording.add_argument("phrase", nargs="+", metavar="PHRASE")
    wording.add_argument(
        "--variants", type=_count, default=24, metavar="N", help="other forms to show"
    )
    wording.add_argument(
        "--also", action="append", default=[], metavar="FORM", help="a form to count in any case"
    )
    _chronology(_command(add, "chronology", "what happened when, by the dates in records"))
    show = _command(add, "show", "show one record, whole")
    show.add_argument("ref", metavar="REF")
    history = _command(add, "history", "show the journal of a record, or of the archive")
    history.add_argument("ref", nargs="?", metavar="REF")
    history.add_argument(
        "--limit", type=_positive, metavar="N", help="newest events; else all, of the archive 1000"
    )


def _keeping(add: Callable[..., argparse.ArgumentParser]) -> None:
    terms = _command(add, "terms", "count in how many records and places each term of a list is")
    terms.add_argument("file", metavar="FILE", help="a query in each line; - reads standard input")
    terms.add_argument("--within", default="", metavar="Q", help="only records of this query")
    terms.add_argument("--out", default="", metavar="F", help="also write a .csv or a .json")
    searches = _actions(_command(add, "searches", "saved searches, and what is new in them"))
    _command(searches, "list", "list them, with how many records are new")
    save = _command(searches, "save", "keep a query under a name")
    save.add_argument("name", metavar="NAME")
    save.add_argument("query", nargs="+", metavar="QUERY")
    save.add_argument("--sort", choices=_SORTS, default=_SORTS[0])
    opening = _command(searches, "open", "show what is new, and take it as seen")
    _numbered(opening)
    opening.add_argument("--limit", type=_count, default=20, metavar="N", help="hits to show")
    edit = _command(searches, "edit", "change name, query or order")
    _numbered(edit)
    edit.add_argument("--name", metavar="NAME")
    edit.add_argument("--query", metavar="Q")
    edit.add_argument("--sort", choices=_SORTS)
    _numbered(_command(searches, "delete", "remove one"))
    synonyms = _actions(_command(add, "synonyms", "terms that mean the same"))
    _command(synonyms, "list", "list them; those that ship have numbers below 0")
    _terms(_command(synonyms, "add", "add a ring of terms"))
    change = _command(synonyms, "change", "give a ring other terms")
    _numbered(change)
    _terms(change)
    _numbered(_command(synonyms, "remove", "take a ring out"))
    for name, text in (("import", "add the rings of a CSV file"), ("export", "write all as CSV")):
        _command(synonyms, name, text).add_argument("file", metavar="FILE")


def _chronology(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument("--from", dest="first", default="", metavar="D", help="the first date")
    parser.add_argument("--to", dest="last", default="", metavar="D", help="the last date")
    parser.add_argument("--limit", type=_count, default=100, metavar="N", help="how many to show")
    parser.add_argument("--offset", type=_count, default=0, metavar="N", help="leave out the first")
    parser.add_argument("--facts-only", action="store_true", help="without the records' own dates")
    parser.add_argument("--out", metavar="F", help="write all of it as .csv or .json, too")


def _agents(add: Callable[..., argparse.ArgumentParser]) -> None:
    agents = _actions(_command(add, "agents", "persons, bodies and families of names"))
    _command(agents, "list", "list them")
    _numbered(_command(agents, "show", "show one, whole"))
    find = _command(agents, "find", "tell who is meant by a name, an office or a handle")
    find.add_argument("name", metavar="NAME")
    find.add_argument("--date", default="", metavar="D", help="of the document that says it")
    find.add_argument("--role", default="", metavar="R", help="in the document, as author")
    find.add_argument("--country", default="", metavar="C", help="of an office that names none")
    new = _command(agents, "add", "add one")
    new.add_argument("name", metavar="NAME")
    _agent_values(new)
    change = _command(agents, "change", "give one other values; an empty one clears")
    _numbered(change)
    change.add_argument("--name", metavar="NAME")
    _agent_values(change)
    _numbered(_command(agents, "remove", "take one out"))
    merge = _command(agents, "merge", "make one of several that are the same")
    _numbered(merge)
    merge.add_argument("others", nargs="+", type=int, metavar="OTHER")
    split = _command(agents, "split", "take forms of a name out, for another agent")
    _numbered(split)
    split.add_argument("names", nargs="+", metavar="FORM")
    for name, text in (("import", "add or change those of a CSV file"), ("export", "write as CSV")):
        _command(agents, name, text).add_argument("file", metavar="FILE")
    propose = _command(agents, "propose", "show the persons and bodies that records name")
    propose.add_argument(
        "--least", type=_positive, default=1, metavar="N", help="records, at least"
    )
    propose.add_argument("--limit", type=_count, default=100, metavar="N", help="how many to show")
    propose.add_argument("--accept", action="store_true", help="take over what is sure or new")


def _agent_values(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", metavar="K", help="person, body or family")
    for name, flag, text in (
        ("variants", "--variant", "another form of the name"),
        ("scripts", "--script", "a form in another script"),
        ("handles", "--handle", "an account"),
        ("offices", "--office", "title | body | place | country | start | end"),
        ("sources", "--source", "what this is known from"),
    ):
        parser.add_argument(flag, dest=name, action="append", metavar="TEXT", help=text)
    parser.add_argument("--birth", metavar="D", help="when born or founded")
    parser.add_argument("--death", metavar="D", help="when dead or dissolved")
    parser.add_argument("--country", metavar="C", help="code of two letters")
    parser.add_argument("--notes", metavar="TEXT")


def _statements(add: Callable[..., argparse.ArgumentParser]) -> None:
    said = _actions(
        _command(add, "statements", "who said what: decide on what was found"), must=True
    )
    listed = _command(said, "list", "list all of a record, with their numbers")
    listed.add_argument("ref", metavar="REF")
    for name, text in (
        ("confirm", "say that they are right"),
        ("reject", "say that they are none; searches show them no more"),
        ("withdraw", "take decisions back: what was found is shown again"),
    ):
        several = _command(said, name, text)
        several.add_argument("numbers", nargs="+", type=int, metavar="NUMBER")
    correct = _command(said, "correct", "correct one; an empty value clears")
    _numbered(correct)
    _statement_values(correct)
    new = _command(said, "add", "add one that was not found")
    new.add_argument("ref", metavar="REF")
    new.add_argument("--words", metavar="TEXT", help="the words, where they stand once in the text")
    _statement_values(new)


def _statement_values(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--start", type=_count, metavar="N", help="where it begins, in characters")
    parser.add_argument("--end", type=_count, metavar="N", help="where it ends")
    parser.add_argument("--kind", choices=("direct", "indirect", "turn"))
    for name, text in (
        ("speaker", "joint ones separated by ;"),
        ("role", "the speaker's office"),
        ("cue", "the words that tell that it was said"),
        ("addressee", "to whom"),
        ("occasion", "where and how"),
    ):
        parser.add_argument(f"--{name}", metavar="TEXT", help=text)


def _actions(
    parser: argparse.ArgumentParser, *, must: bool = False
) -> Callable[..., argparse.ArgumentParser]:
    found = parser.add_subparsers(
        dest="action", metavar="ACTION", parser_class=_Parser, required=must
    )
    return found.add_parser


def _numbered(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", type=int, metavar="NUMBER")


def _terms(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("terms", nargs="+", metavar="TERM")


def _editing(add: Callable[..., argparse.ArgumentParser]) -> None:
    edit = _command(add, "edit", "change the description of one record or thousands")
    _records(edit)
    edit.add_argument(
        "--set",
        nargs="+",
        action="extend",
        required=True,
        metavar="FIELD=VALUE",
        help="new values; empty clears",
    )
    edit.add_argument("--dry-run", action="store_true", help="tell what would change")
    for name, text in (
        ("delete", "move records to the trash"),
        ("restore-record", "bring records back from the trash"),
    ):
        _command(add, name, text).add_argument("refs", nargs="+", metavar="REF")
    undo = _command(add, "undo", "take an operation back, a bulk job as one")
    undo.add_argument("--operation", type=_positive, metavar="N", help="else the last one")
    _command(add, "redo", "do again what was taken back last")


def _custody(add: Callable[..., argparse.ArgumentParser]) -> None:
    dossier = _command(add, "dossier", "write records as a Word report, a .csv or a .json")
    dossier.add_argument("out", metavar="OUT.docx")
    _records(dossier)
    dossier.add_argument("--title", default="", metavar="T")
    dossier.add_argument("--subtitle", default="", metavar="T")
    dossier.add_argument("--mode", choices=("full", "extract", "citation"), default="full")
    dossier.add_argument("--date", default="", metavar="D", help="date on the cover, else today")
    dossier.add_argument("--mark", default="", metavar="M", help="handling mark, else the highest")
    dossier.add_argument("--order", choices=("date", "given"), default="date")
    dossier.add_argument("--no-layout", action="store_true", help="leave the pages uncounted")
    _command(add, "check", "check database, journal, originals and index")
    _command(add, "reindex", "build the index anew and swap it in")
    backup = _command(add, "backup", "write the archive into one file")
    backup.add_argument("file", metavar="FILE")
    restore = _command(add, "restore", "make an archive from a backup")
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("dir", metavar="DIR")


def _records(parser: argparse.ArgumentParser) -> None:
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--query", metavar="Q", help="records by a query")
    group.add_argument(
        "--refs", nargs="+", action="extend", metavar="R", help="records by reference"
    )


def _positive(text: str) -> int:
    return _number(text, 1)


def _count(text: str) -> int:
    return _number(text, 0)


def _number(text: str, least: int) -> int:
    try:
        number = int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number") from error
    if not least <= number <= _GREATEST:
        raise argparse.ArgumentTypeError(f"must be from {least} to {_GREATEST}")
    return number


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read a command line.

    Raises:
        UsageError: it cannot be read.
    """
    return build().parse_args(protected(list(arguments)))
