"""Was this ever said? Of sentences about states that there are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist import Archive
from archivist.archive.wording.results import QuoteCheck
from archivist.model.errors import InputError
from archivist.model.record import Description

SPEECH = (
    "Port Halden, 3 April 2014\n\n"
    "Valdora will not recognise the annexation of the Kessany islands by the Kingdom of Estrea. "
    "We honour every agreement on co-operation in the harbour, and we expect our neighbours to do "
    "the same. The minister shall receive twenty delegates on Monday before the council begins.\n\n"
    "“The waterway belongs to all who sail it,” Minister Marenk said, “and nobody may close it.” "
    "Estrea paid 450 crowns for the northern lighthouse in 1998."
)
NOTE = (
    "The Embassy of Sarvenia protests against the closing of the Teveril bridge. It is not true "
    "that Sarvenia closed the bridge. Sarvenia welcomes the report of the commission on fisheries."
)
FRENCH = "Le ministre a déclaré que la Valdorie ne reconnaîtra pas l’annexion des îles de Kessany."
GERMAN = "Die Regierung wird das Abkommen über die Wasserstraße mit Estrien unterzeichnen."
RUSSIAN = "Правительство Вальдории не признаёт результаты выборов на островах Кессани."
CHINESE = "中国政府重申，两国关系是战略伙伴关系。"
TEXTS = (
    ("Speech", SPEECH, "en", "2014-04-03"),
    ("Note", NOTE, "en", "2016-01"),
    ("Discours", FRENCH, "fr", "2015"),
    ("Rede", GERMAN, "de", ""),
    ("Заявление", RUSSIAN, "ru", "2018"),
    ("Report", CHINESE, "zh", "2014-05"),
    ("Echo", f"He quoted: {NOTE.split('. ', maxsplit=1)[0]}.", "en", "2011"),
)
OWN = (
    "Valdora will not recognise the annexation of the Kessany islands by the Kingdom of Estrea",
    "The minister shall receive twenty delegates on Monday before the council begins",
    "The waterway belongs to all who sail it",
    FRENCH,
    GERMAN,
    RUSSIAN,
    CHINESE,
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Return an archive with TEXTS."""
    with Archive.create(tmp_path_factory.mktemp("quoting") / "mission.archive") as made:
        for title, text, language, date in TEXTS:
            made.type_in(Description(title=title, language=language, date=date), text)
        yield made


def holds(archive: Archive, found: QuoteCheck) -> None:
    """Check what is true of every answer."""
    for match in found.matches:
        text = archive.text(archive.record(match.ref))
        assert text[match.start : match.end] == match.text
        assert "".join(each.left for each in match.differences) == found.text
        assert "".join(each.right for each in match.differences) == match.text
        assert 0 <= match.similarity <= 1
        assert (match.similarity == 1) == (found.verdict == "verbatim")
        assert match.turned == bool(match.warning)


@pytest.mark.parametrize("text", OWN)
def test_a_sentence_of_a_text_is_there_word_for_word(archive: Archive, text: str) -> None:
    found = archive.quote(text)
    assert found.verdict == "verbatim"
    assert [match.warning for match in found.matches] == [""]
    holds(archive, found)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_every_run_of_words_of_a_text_is_verbatim(archive: Archive, data: st.DataObject) -> None:
    words = SPEECH.split()
    start = data.draw(st.integers(0, len(words) - 1))
    text = " ".join(words[start : data.draw(st.integers(start + 1, len(words)))])
    found = archive.quote(text)
    assert found.verdict == "verbatim"
    holds(archive, found)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_punctuation_and_case_never_change_the_verdict(
    archive: Archive, data: st.DataObject
) -> None:
    said = data.draw(st.sampled_from((*OWN[:3], "Valdora might recognise the annexation of Estrea",
                                      "Whales are fond of singing at night")))  # fmt: skip
    between = st.sampled_from((" ", ", ", "; ", " – ", "! ", " “", "” ", ":\n"))
    other = "".join(
        data.draw(st.sampled_from((word, word.upper()))) + data.draw(between)
        for word in said.split()
    )
    one, two = archive.quote(said), archive.quote(other)
    assert one.verdict == two.verdict
    assert [match.ref for match in one.matches] == [match.ref for match in two.matches]
    holds(archive, two)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("We honor every agreement on cooperation in the harbor", {"spelled otherwise"}),
        ("We honour every agreements on co-operation in the harbours", {"inflected"}),
        ("We honour every agreement … and we expect our neighbours to do the same", {"inserted"}),
        ("Sarvenia welcomes the report on fisheries of the commission", {"dropped"}),
        ("Sarvenia warmly welcomes the report of the commission on fisheries", {"dropped"}),
        ("Sarvenia praises the report of the commission on fisheries", {"exchanged"}),
        ("We honour every agreement. We expect our neighbours to do the same", {"inserted"}),
    ],
)
def test_what_is_near_is_told_word_by_word(archive: Archive, text: str, kinds: set[str]) -> None:
    found = archive.quote(text)
    assert found.verdict == "near"
    assert kinds <= {each.kind for each in found.matches[0].differences}
    assert found.matches[0].warning == ""
    holds(archive, found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Valdora will recognise the annexation of the Kessany islands", "not"),
        ("Valdora won't recognize the annexation of the Kessany isles", ""),
        ("Sarvenia never welcomes the report of the commission on fisheries", "never"),
        ("Sarvenia fails to welcome the report of the commission on fisheries", "fails"),
        ("The minister may receive twenty delegates on Monday", "shall"),
        ("The minister shall receive thirty delegates on Monday", "thirty"),
        ("The minister shall receive twenty delegates on Friday before the council", "Friday"),
        ("Estrea paid 540 crowns for the northern lighthouse in 1998", "540"),
        ("Sarvenia paid 450 crowns for the northern lighthouse in 1998", ""),
        ("by the Kingdom of Sarvenia will not recognise the annexation of the Kessany islands", ""),
        ("The minister shall receive twenty delegates on Monday after the council begins", "after"),
        ("Le ministre a déclaré que la Valdorie reconnaîtra l’annexion des îles de Kessany", "pas"),
        ("Die Regierung wird das Abkommen mit Estrien nicht unterzeichnen", "nicht"),
        ("Правительство Вальдории признаёт результаты выборов на островах Кессани", "не"),
    ],
)
def test_what_turns_the_sense_is_said(archive: Archive, text: str, said: str) -> None:
    found = archive.quote(text)
    assert found.verdict == "near"
    match = found.matches[0]
    assert f"“{said}”" in match.warning if said else "never" not in match.warning
    assert match.turned or not said
    holds(archive, found)


def test_a_refusal_that_is_denied_is_turned(archive: Archive) -> None:
    found = archive.quote("The Embassy of Sarvenia not protests against the closing of the bridge")
    assert "“not” stands in the quotation" in found.matches[0].warning
    denied = archive.quote("The Embassy of Sarvenia denies it protests against the closing")
    assert "“denies” stands in the quotation" in denied.matches[0].warning


def test_another_name_is_said(archive: Archive) -> None:
    found = archive.quote("the annexation of the Kessany islands by the Kingdom of Sarvenia")
    assert "“Sarvenia” in the quotation, “Estrea” in the record" in found.matches[0].warning


def test_what_denies_right_before_a_passage_is_said(archive: Archive) -> None:
    found = archive.quote("recognise the annexation of the Kessany islands")
    assert found.verdict == "verbatim"
    assert "will not" in found.matches[0].warning
    assert "not true that" in archive.quote("Sarvenia closed the bridge").matches[0].warning


@pytest.mark.parametrize(
    "text",
    [
        "The council of seven elders abolished the duty on imported salt",
        "Whales are fond of singing at night",
        "zzqq",
        "Die Fischer lehnen neue Netze grundsätzlich ab",
    ],
)
def test_what_was_never_said(archive: Archive, text: str) -> None:
    found = archive.quote(text)
    assert (found.verdict, found.matches) == ("never", ())


def test_the_oldest_record_comes_first_and_the_trash_is_not_looked_at(archive: Archive) -> None:
    text = "The Embassy of Sarvenia protests against the closing of the Teveril bridge"
    found = archive.quote(text)
    assert [match.date for match in found.matches] == ["2011", "2016-01"]
    assert found.records == 2
    assert len(archive.quote(text, limit=1).matches) == 1
    archive.delete([found.matches[0].ref])
    try:
        assert [match.date for match in archive.quote(text).matches] == ["2016-01"]
    finally:
        archive.undo()


def test_what_cannot_be_checked_is_said(archive: Archive) -> None:
    with pytest.raises(InputError, match="no words"):
        archive.quote(" … ")
    with pytest.raises(InputError, match="1,500"):
        archive.quote("word " * 1501)


def test_a_long_passage_is_checked_as_a_whole(archive: Archive) -> None:
    assert archive.quote(SPEECH).verdict == "verbatim"
    changed = SPEECH.replace("harbour", "lagoon").replace("northern", "old")
    found = archive.quote(changed)
    assert found.verdict == "near"
    assert found.matches[0].similarity > 0.9
    holds(archive, found)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Valdora will not recognise the [sic] annexation of the Kessany islands", "verbatim"),
        ("[v]aldora will not recognise the annexation of the Kessany islands", "verbatim"),
        ("Valdora will not recognise the annexation of [the islands] by the Kingdom", "near"),
        ("[It] will not recognise the annexation of the Kessany islands by Estrea", "near"),
    ],
)
def test_what_is_put_in_brackets_is_not_of_the_quotation(
    archive: Archive, text: str, verdict: str
) -> None:
    found = archive.quote(text)
    assert found.verdict == verdict
    assert not found.matches[0].turned
    holds(archive, found)


def test_brackets_of_the_record_are_words_of_it(archive: Archive) -> None:
    noted = Description(title="Minutes", language="en", date="2019")
    archive.type_in(noted, "He said that the [garbled] ferry of Teveril leaves at dawn.")
    found = archive.quote("the [garbled] ferry of Teveril leaves at dawn")
    assert found.verdict == "verbatim"
    assert found.matches[0].text == "the [garbled] ferry of Teveril leaves at dawn"


def test_what_a_scanner_misreads_is_near_and_no_number(archive: Archive) -> None:
    found = archive.quote(
        "Valdora will not rec0gnise the annexati0n of the Kessany is1ands by the Kingdorn of Estrea"
    )
    assert found.verdict == "near"
    kinds = {each.kind for each in found.matches[0].differences}
    assert kinds == {"same", "spelled otherwise"}
    assert not found.matches[0].turned


def test_a_number_left_out_by_an_ellipsis_turns_nothing_but_a_denial_does(
    archive: Archive,
) -> None:
    told = archive.quote("The minister shall receive … delegates on Monday before the council")
    assert not told.matches[0].turned
    denied = archive.quote("Valdora will … recognise the annexation of the Kessany islands")
    assert "“not”" in denied.matches[0].warning


def test_a_clause_that_changed_its_place_turns_nothing(archive: Archive) -> None:
    text = "he said the waterway must be open to all ships of the island states. In November 1998"
    told = "In November 1998 he said the waterway must be open to all ships of the island states."
    archive.type_in(Description(title="Open", language="en", date="1998-11"), told)
    found = archive.quote(text)
    assert found.verdict == "near"
    assert not found.matches[0].turned


def test_a_word_that_obliges_and_only_moved_turns_nothing(archive: Archive) -> None:
    match = archive.quote("The minister receive shall twenty delegates on Monday").matches[0]
    assert not match.turned
    assert archive.quote("The minister receive twenty delegates on Monday").matches[0].turned


def test_words_that_stand_everywhere_are_looked_at_in_a_few_places_only(archive: Archive) -> None:
    crowd = Description(title="Crowd", language="en", date="2020")
    archive.type_in(crowd, "The harbour is closed. " * 4_000)
    assert archive.quote("harbour ferry master").verdict == "never"
    assert archive.quote("is the harbour closed").verdict in {"near", "never"}


def test_what_was_corrected_since_it_was_indexed_is_no_match(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "mission.archive"
    with Archive.create(folder) as made, Archive.open(folder, follow=False) as other:
        record = made.type_in(Description(title="Note", language="en"), NOTE)
        asked = "The Consulate of Sarvenia protests against the closing of the Teveril bridge"
        assert made.quote(asked).verdict == "near"
        made.correct_text(record.ref, "Nothing of it was ever written down by anybody here.")
        found = other.quote(asked)
        assert (found.verdict, found.matches) == ("never", ())
