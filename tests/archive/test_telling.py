"""Who says a passage that was found: the speaker of a statement, else the source of the record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archivist import Archive
from archivist.model.record import Description
from archivist.store import Store
from tests.archive.saying_rules import PlainRules

PRAISED = (
    "The minister came. “We praise the quiet waterway between us,” Ilva Marenk said. Karo Vasht "
    "said that the quiet waterway must stay open. The quiet waterway is ten miles long."
)
HINTED = "“A quiet waterway is a poor waterway for our ships,” Tomas Ordeval hinted."
NOTED = "The Embassy recalls that the quiet waterway belongs to all who sail it."
LONG = "“The quiet waterway is ours. The quiet waterway is yours,” Lida Hollen; Ilva Marenk said."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Return an archive with the texts above, read by plain rules."""
    folder = tmp_path_factory.mktemp("telling") / "mission.archive"
    with Archive(Store.create(folder, "Mission"), extractor=PlainRules()) as made:
        for title, date, originator, text in (
            ("Praise", "2014-03-12", "Press office of Valdora", PRAISED),
            ("Hint", "2015", "Press office of Valdora", HINTED),
            ("Note", "2016-01", "Embassy of Estrea", NOTED),
            ("Nothing", "2017", "", "Nothing is said of any waterway here, quiet or loud."),
        ):
            described = Description(title=title, date=date, language="en", originator=originator)
            made.type_in(described, text)
        made.read_statements()
        yield made


@pytest.mark.parametrize(
    ("asked", "speaker", "voice", "role"),
    [
        ("We praise the quiet waterway between us", "Ilva Marenk", "speaker", "Minister"),
        ("we praise the loud waterway between us all", "Ilva Marenk", "speaker", "Minister"),
        ("the quiet waterway must stay open", "Karo Vasht", "speaker", ""),
        ("The quiet waterway is ten miles long", "Press office of Valdora", "source", ""),
        ("A quiet waterway is a poor waterway", "Press office of Valdora", "source", ""),
        ("quiet waterway belongs to all who sail it", "Embassy of Estrea", "source", ""),
        ("Nothing is said of any waterway here", "", "source", ""),
    ],
)
def test_a_quotation_is_told_with_who_said_it(
    archive: Archive, asked: str, speaker: str, voice: str, role: str
) -> None:
    match = archive.quote(asked).matches[0]
    assert (match.speaker, match.voice, match.use.role) == (speaker, voice, role)


def test_who_says_less_than_half_of_a_passage_does_not_say_it(archive: Archive) -> None:
    whole = "the quiet waterway must stay open. The quiet waterway is ten miles long"
    assert archive.quote(whole).matches[0].voice == "source"
    most = "said that the quiet waterway must stay open"
    assert archive.quote(most).matches[0].speaker == "Karo Vasht"


def test_users_of_a_phrase_are_speakers_and_then_sources(archive: Archive) -> None:
    users = archive.wording("quiet waterway").users
    assert [(one.name, one.kind, one.uses, one.first) for one in users] == [
        ("Ilva Marenk", "speaker", 1, "2014-03-12"),
        ("Karo Vasht", "speaker", 1, "2014-03-12"),
        ("Press office of Valdora", "source", 2, "2014-03-12"),
        ("Embassy of Estrea", "source", 1, "2016-01"),
    ]
    assert sum(one.uses for one in users) == archive.wording("quiet waterway").uses


def test_uses_of_a_phrase_have_their_speakers(archive: Archive) -> None:
    found = archive.wording("quiet waterway")
    uses = archive.uses(found.places[:])
    assert [use.speaker for use in uses[:3]] == [
        "Ilva Marenk", "Karo Vasht", "Press office of Valdora",
    ]  # fmt: skip
    left, right = (uses[at].stretch for at in (0, 4))
    compared = archive.compare(left, right)
    assert (compared.left.speaker, compared.right.voice) == ("Ilva Marenk", "source")


def test_users_among_some_records(archive: Archive) -> None:
    among = [use.record for use in archive.uses(archive.wording("quiet waterway").places[-1:])]
    users = archive.wording("quiet waterway", among=among).users
    assert [(one.name, one.uses) for one in users] == [("Embassy of Estrea", 1)]


def test_joint_speakers_use_it_both(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("joint") / "mission.archive"
    with Archive.create(folder) as made:
        ref = made.type_in(Description(title="Both", language="en", date="2018"), LONG).ref
        made.add_statement(ref, 1, 57, speaker="Lida Hollen; Ilva Marenk")
        users = {one.name: one.uses for one in made.wording("quiet waterway").users}
        assert users["Lida Hollen"] == users["Ilva Marenk"] == 2


def test_what_people_decided_tells_who_said_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("decided") / "mission.archive"
    with Archive(Store.create(folder, "Mission"), extractor=PlainRules()) as made:
        record = made.type_in(Description(title="Hint", language="en", date="2015"), HINTED)
        (said,) = made.statements_of(record)
        assert made.quote(HINTED[1:40]).matches[0].voice == "source"
        read = made.statements("*", unsure=True).hits[0].filed
        made.confirm_statements([read.number])
        assert made.quote(HINTED[1:40]).matches[0].speaker == said.statement.speaker
        made.correct_statement(read.number, speaker="Lida Hollen")
        assert made.quote(HINTED[1:40]).matches[0].speaker == "Lida Hollen"
        made.reject_statements([read.number])
        assert made.quote(HINTED[1:40]).matches[0].voice == "source"


def test_a_text_that_was_changed_is_read_before_it_is_told(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("changed") / "mission.archive"
    with Archive(Store.create(folder, "Mission"), extractor=PlainRules()) as made:
        record = made.type_in(Description(title="Praise", language="en", date="2014"), PRAISED)
        assert made.quote("quiet waterway between us").matches[0].speaker == "Ilva Marenk"
        made.correct_text(record.ref, PRAISED.replace("Ilva Marenk", "Lida Hollen"))
        assert made.quote("quiet waterway between us").matches[0].speaker == "Lida Hollen"


def test_while_the_index_of_statements_is_not_there_sources_are_told(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("reader") / "mission.archive"
    with Archive(Store.create(folder, "Mission"), extractor=PlainRules()) as made:
        about = Description(title="Praise", language="en", date="2014", originator="Press office")
        made.type_in(about, PRAISED)
        made.follow()
        with Archive.open(folder, follow=False) as reader:
            found = reader.wording("quiet waterway")
            assert [(one.name, one.kind, one.uses) for one in found.users] == [
                ("Press office", "source", 3)
            ]
            assert found.unread == 1
