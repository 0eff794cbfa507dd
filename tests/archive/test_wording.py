"""A phrase through the years, in the records of states that there are not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archivist import Archive
from archivist.model.errors import InputError
from archivist.model.record import Description

USES = (
    ("2009-01-15", "Ordeval", "We may call it a strategic partnership, if we pay for the word."),
    ("2012", "Marenk", "Valdora values its Strategic\nPartnership with Estrea."),
    ("2012-03", "Marenk", "Valdora and Estrea value the strategic partnership with Sarvenia."),
    ("2014-03", "Marenk", "The special and privileged strategic partnership with Estrea grows."),
    ("2014-05", "Vasht", "A special and privileged strategic partnership with Estrea was signed."),
    ("2015", "Vasht", "The strategic alliance with Estrea is no more. Nor is the strategic map."),
    ("2016", "Vasht", "It values the strategic alliance with Estrea, a strategic port."),
    ("2017", "Vasht", "Strategic partnerships with Estrea and Sarvenia were named."),
    ("2018", "Vasht", "The strategic partnerships with islands remain."),
    ("2019", "Vasht", "A strategic security partnership with Estrea is planned."),
    ("2020", "Vasht", "The strategic security partnership with Estrea was dropped."),
    ("", "Hollen", "An undated strategic partnership with Estrea."),
    ("2016-07", "Hollen", "Nothing of the kind is said here."),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Return an archive with USES."""
    with Archive.create(tmp_path_factory.mktemp("wording") / "mission.archive") as made:
        for number, (date, name, text) in enumerate(USES):
            described = Description(
                title=f"No. {number}", language="en", date=date, originator=name
            )
            made.type_in(described, text)
        yield made


def test_first_last_years_and_records(archive: Archive) -> None:
    found = archive.wording("strategic partnership")
    assert (found.uses, found.records, found.undated) == (6, 6, 1)
    assert found.by_year == {2009: 1, 2012: 2, 2014: 2}
    assert found.filed == {2009: 1, 2010: 0, 2011: 0, 2012: 2, 2013: 0, 2014: 2}
    assert found.first is not None
    assert found.last is not None
    assert (found.first.date, found.last.date) == ("2009-01-15", "2014-05")
    assert found.first.text[slice(*found.first.mark)] == "strategic partnership"


def test_who_uses_it(archive: Archive) -> None:
    users = {user.name: user for user in archive.wording("strategic partnership").users}
    assert next(iter(users)) == "Marenk"
    assert (users["Marenk"].uses, users["Marenk"].first, users["Marenk"].last) == (
        3, "2012", "2014-03",
    )  # fmt: skip
    assert (users["Hollen"].uses, users["Hollen"].first) == (1, "")


def test_forms_are_found_by_themselves(archive: Archive) -> None:
    found = archive.wording("strategic partnership")
    forms = {one.text: one for one in found.variants}
    assert found.variants[0].kind == "phrase"
    kinds = {text: (one.kind, one.uses) for text, one in forms.items()}
    assert kinds["special and privileged strategic partnership"] == ("extended", 2)
    assert kinds["strategic security partnership"] == ("inserted", 2)
    assert kinds["strategic partnerships"] == ("inflected", 2)
    assert kinds["strategic alliance"] == ("exchanged", 2)
    assert not {"strategic map", "strategic port"} & set(kinds)
    alliance = forms["strategic alliance"]
    assert (alliance.first.date, alliance.last.date) == ("2015", "2016")
    assert alliance.by_year == {2015: 1, 2016: 1}


def test_every_place_of_every_form_is_what_it_says(archive: Archive) -> None:
    for form in archive.wording("strategic partnership").variants:
        uses = archive.uses(form.places[:])
        assert len(uses) == form.uses == len(form.places)
        assert [use.date for use in uses] == sorted(
            (use.date for use in uses), key=lambda d: (not d, d)
        )
        for use in uses:
            text = archive.text(archive.record(use.record))[use.start : use.end]
            assert " ".join(text.split()).lower() == form.text
            assert use.text[slice(*use.mark)].lower() == form.text


def test_a_phrase_of_three_words_that_lacks_one(archive: Archive) -> None:
    found = archive.wording("strategic security partnership")
    assert "exchanged" not in {form.kind for form in found.variants}
    dropped = [form for form in found.variants if form.kind == "dropped"]
    assert [(form.text, form.uses) for form in dropped] == [("strategic partnership", 6)]


def test_what_is_nowhere_has_a_reason(archive: Archive) -> None:
    found = archive.wording("strategic vacuum partnership")
    assert (found.uses, found.first, found.by_year, found.users) == (0, None, {}, ())
    assert "strategic vacuum partnership" in found.reason
    assert found.proposal == "strategic partnership"


def test_among_some_records_only(archive: Archive) -> None:
    ids = archive.find_keys("originator:Marenk")
    found = archive.wording("strategic partnership", among=ids)
    assert found.by_year == {2012: 2, 2014: 1}
    assert [user.name for user in found.users] == ["Marenk"]


def test_a_deleted_record_has_no_uses(archive: Archive) -> None:
    first = archive.wording("strategic partnership").first
    assert first is not None
    archive.delete([first.ref])
    try:
        assert archive.wording("strategic partnership").by_year == {2012: 2, 2014: 2}
    finally:
        archive.undo()


def test_two_uses_side_by_side(archive: Archive) -> None:
    one, other = archive.uses(archive.wording("special and privileged").places[:2])
    found = archive.compare(one.stretch, other.stretch)
    texts = (USES[3][2], USES[4][2])
    assert tuple("".join(getattr(each, side) for each in found.differences) for side in (
        "left", "right",
    )) == texts  # fmt: skip
    assert [(each.kind, each.left, each.right) for each in found.differences] == [
        ("exchanged", "The ", "A "),
        ("same", "special and privileged strategic partnership with Estrea ",
         "special and privileged strategic partnership with Estrea "),
        ("exchanged", "grows.", "was signed."),
    ]  # fmt: skip


def test_a_place_whose_text_has_changed_is_none(archive: Archive) -> None:
    spot = archive.wording("strategic partnership").places[0]
    record = archive.record(spot[0])
    archive.correct_text(record.ref, "Withdrawn.")
    try:
        use = archive.uses([spot])[0]
        assert (use.text, use.start, use.end) == ("", 0, 0)
    finally:
        archive.undo()


def test_any_language_that_the_index_knows(archive: Archive) -> None:
    text = "中国政府重申，两国战略伙伴关系是好的。"
    archive.type_in(Description(title="Report", language="zh", date="2021"), text)
    try:
        found = archive.wording("战略伙伴")
        assert found.first is not None
        assert found.first.text[slice(*found.first.mark)] == "战略伙伴"
    finally:
        archive.undo()


@pytest.mark.parametrize("phrase", ["", " – ", "word " * 13])
def test_what_cannot_be_followed_is_said(archive: Archive, phrase: str) -> None:
    with pytest.raises(InputError):
        archive.wording(phrase)


SAYINGS = (
    (
        "Valdora seeks the strategic partnership between the two ports, a goal of a strategic "
        "partnership, and the strategic partnership; Estrea keeps the strategic partnership, "
        "Sarvenia leaves it."
    ),
    (
        "Valdora keeps the comprehensive strategic partnership, the security and strategic "
        "partnership and the strategic and lasting partnership with Estrea."
    ),
    "The one Kessany policy {}. We honour the one Kessany principle. The one Kessany is ours.",
)


@pytest.fixture(scope="module")
def sayings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Return an archive in which each of SAYINGS is said three times."""
    with Archive.create(tmp_path_factory.mktemp("sayings") / "mission.archive") as made:
        for number, text in enumerate(3 * SAYINGS):
            described = Description(title=f"No. {number}", language="en", date=str(2000 + number))
            said = text.format(("stands", "holds", "lasts")[number // len(SAYINGS)])
            made.type_in(described, f"{said} Paper {number}.")
        yield made


def test_a_longer_form_begins_and_ends_with_a_word_that_tells(sayings: Archive) -> None:
    forms = {one.text: one.kind for one in sayings.wording("strategic partnership").variants}
    assert forms == {
        "strategic partnership": "phrase",
        "comprehensive strategic partnership": "extended",
        "security and strategic partnership": "extended",
        "strategic and lasting partnership": "inserted",
    }


def test_words_of_grammar_in_the_phrase_itself_are_no_hindrance(sayings: Archive) -> None:
    forms = {one.text for one in sayings.wording("one Kessany").variants}
    assert {"one kessany policy", "one kessany principle"} <= forms


def test_a_form_stands_where_it_was_first_used(sayings: Archive) -> None:
    forms = {one.text: one for one in sayings.wording("strategic partnership").variants}
    first = forms["comprehensive strategic partnership"].first
    assert (first.date, first.ref) == ("2001", first.ref)
    assert first.text[slice(*first.mark)] == "comprehensive strategic partnership"


def test_forms_are_counted_that_somebody_names(archive: Archive) -> None:
    found = archive.wording(
        "strategic partnership", also=("Valdora values", "Strategic partnership")
    )
    assert [one.kind for one in found.variants[:2]] == ["phrase", "added"]
    added = found.variants[1]
    assert (added.text, added.uses, added.first.date) == ("valdora values", 1, "2012")
    assert (
        archive.wording("strategic partnership", also=("lighthouse",)).variants[1].kind != "added"
    )
    with pytest.raises(InputError):
        archive.wording("strategic partnership", also=("...",))


def test_a_form_that_is_found_and_named_is_told_once(archive: Archive) -> None:
    found = archive.wording("strategic partnership", also=("strategic alliance",))
    assert [one.kind for one in found.variants if one.text == "strategic alliance"] == ["added"]


def test_who_is_not_named_in_a_transcript_comes_after_who_is(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with Archive.create(tmp_path_factory.mktemp("asked") / "mission.archive") as made:
        text = "The partnership was named. The partnership was praised. The partnership grows."
        ref = made.type_in(Description(title="Briefing", language="en", date="2018"), text).ref
        for number, name in enumerate(("QUESTION", "QUESTION", "Ilva Marenk")):
            start = [at for at in range(len(text)) if text.startswith("The", at)][number]
            made.add_statement(ref, start, text.index(".", start), speaker=name)
        users = made.wording("partnership").users
        assert [(one.name, one.uses) for one in users] == [("Ilva Marenk", 1), ("QUESTION", 2)]
