"""Sentences that carry a date, and when and where something was said. All events are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.intake.statements.parts import Circumstances
from archivist.intake.statements.when.facts import dated_facts
from archivist.intake.statements.when.occasions import circumstances
from archivist.model.dates import PartialDate

DAY = "2012-03-14"
"""A Wednesday."""


def facts(text: str, language: str = "en", date: str = DAY) -> list[tuple[str, str]]:
    return [(fact.date, fact.cue) for fact in dated_facts(text, date=date, language=language)]


@pytest.mark.parametrize(
    ("language", "text", "date", "cue"),
    [
        ("en", "The bridge was opened on 4 May 1998 by the mayor.", "1998-05-04", "on 4 May 1998"),
        ("en", "On March 3 the ministers met in the old harbour.", "2012-03-03", "On March 3"),
        ("en", "On December 19 the ministers met in the harbour.", "2011-12-19", "On December 19"),
        ("en", "They will meet on December 19 in the old harbour.", "2012-12-19", "on December 19"),
        ("en", "Since the signing of the pact in October 2000 all was well.", "2000-10",
         "in October 2000"),
        ("en", "Last October the envoys were received at the palace.", "2011-10", "Last October"),
        ("en", "Twenty-five years ago the union was founded in Varn.", "1987",
         "Twenty-five years ago"),
        ("en", "We should open the new bridge in Varn this Sunday.", "2012-03-18", "this Sunday"),
        ("en", "He intends to bring the matter back on Monday here.", "2012-03-19", "on Monday"),
        ("en", "The report might be sent to the regents in May.", "2012-05", "in May"),
        ("en", "The old harbour was closed in 1987 for repairs.", "1987", "in 1987"),
        ("en", "The fleet sailed yesterday for the northern islands.", "2012-03-13", "yesterday"),
        ("en", "The envoys were received on Monday by the regent.", "2012-03-12", "on Monday"),
        ("en", "Last Wednesday the envoys were received by the regent.", "2012-03-07",
         "Last Wednesday"),
        ("en", "Two years ago the strait was closed to all ships.", "2010", "Two years ago"),
        ("en", "The harbour was closed last year because of the ice.", "2011", "last year"),
        ("en", "The strait was closed three months ago because of ice.", "2011-12",
         "three months ago"),
        ("es", "El 3 de febrero los ministros se reunieron en Varna.", "2012-02-03",
         "El 3 de febrero"),
        ("es", "La semana pasada se cerró el puerto viejo de Varna.", "2012-03", "semana pasada"),
        ("fr", "Le 3 février, les ministres se sont réunis au port.", "2012-02-03", "Le 3 février"),
        ("fr", "Le port fut fermé il y a trois mois par la glace.", "2011-12", "il y a trois mois"),
        ("de", "Am 3. Februar trafen sich die Minister im alten Hafen.", "2012-02-03",
         "Am 3. Februar"),
        ("de", "Der alte Hafen wurde im vergangenen Jahr geschlossen.", "2011", "vergangenen Jahr"),
        ("pt", "Os ministros reuniram-se em 3 de fevereiro no porto.", "2012-02-03",
         "em 3 de fevereiro"),
        ("it", "Il 3 febbraio i ministri si sono riuniti nel porto.", "2012-02-03",
         "Il 3 febbraio"),
        ("nl", "Op 3 februari kwamen de ministers bijeen in de haven.", "2012-02-03",
         "Op 3 februari"),
        ("ru", "Встреча министров прошла 3 февраля в старом порту.", "2012-02-03", "3 февраля"),
        ("ru", "Вчера министры встретились в старом порту города.", "2012-03-13", "Вчера"),
    ],
)  # fmt: skip
def test_a_sentence_tells_its_date(language: str, text: str, date: str, cue: str) -> None:
    assert facts(text, language) == [(date, cue)]


@pytest.mark.parametrize(
    "text",
    [
        "Varna, March 14, 2012",
        "Varna, March 14, 2012—3 p.m.\n\nThe harbour is closed and the envoys are waiting there.",
        "The envoys are received today in the old harbour of the town.",
        "The harbour may be closed again by the people who own it.",
        "Source: Zemblan Archives, drafted by Koss on March 2, 2012, and cleared by others there.",
        "The ships march in step with the tide, as ships of the line will.",
    ],
)
def test_datelines_and_the_documents_own_day_are_no_facts(text: str) -> None:
    assert facts(text) == []


def test_without_a_date_of_the_document_only_what_has_its_year_is_found() -> None:
    text = "Yesterday and on March 3 the ministers met. On 4 May 1998 they had met before that."
    assert facts(text, date="") == [("1998-05-04", "On 4 May 1998")]


def test_of_several_dates_the_first_of_the_most_exact_counts() -> None:
    text = "In 1998, and again on 4 May 2001 and 5 May 2001, the bridge was closed to all."
    assert facts(text) == [("2001-05-04", "on 4 May 2001")]


def test_a_document_dated_by_its_year_only_resolves_what_it_can() -> None:
    text = "Yesterday the bridge was closed. Last year the bridge was opened again for all."
    assert facts(text, date="2012") == [("2011", "Last year")]


def test_a_fact_spans_its_sentence() -> None:
    text = "All was well in the town. On March 3 the old bridge fell into the river. It was cold."
    (fact,) = dated_facts(text, date=DAY, language="en")
    assert text[fact.start : fact.end] == "On March 3 the old bridge fell into the river."


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(st.sampled_from("On May 3, last yearMonday 2010 two agoin.\n-/"), max_size=300),
    date=st.sampled_from(("", "2012", "2012-02", "2012-02-29", "0001-01-01", "9999-12-31")),
    language=st.sampled_from(("en", "es", "fr", "de", "pt", "it", "nl", "ru", "", "zh")),
)
def test_any_text_gives_sound_facts(text: str, date: str, language: str) -> None:
    for fact in dated_facts(text, date=date, language=language):
        PartialDate.parse(fact.date)
        assert 0 <= fact.start < fact.end <= len(text)
        assert fact.cue in text[fact.start : fact.end]


def around(text: str, verb: str, language: str = "en") -> Circumstances:
    start = text.index(verb)
    end = start + len(verb)
    return circumstances(text, start, end, 0, len(text), date=DAY, language=language)


@pytest.mark.parametrize(
    ("text", "verb", "language", "whom"),
    [
        ("Minister Lund told reporters in Varna that it was late.", "told", "en", "reporters"),
        ("Koss informed the Ambassador that it was late.", "informed", "en", "the Ambassador"),
        ("She told him it was late.", "told", "en", ""),
        ("Koss said to Minister Lund that it was late.", "said", "en", "Minister Lund"),
        ("Koss said that it was late.", "said", "en", ""),
        ("Koss asked permission to leave.", "asked", "en", ""),
        ("She urged the Government of Zembla to wait.", "urged", "en", "the Government of Zembla"),
        ("La ministra dijo a los periodistas que era tarde.", "dijo", "es", "a los periodistas"),
    ],
)
def test_the_addressee_is_who_is_told(text: str, verb: str, language: str, whom: str) -> None:
    assert around(text, verb, language).addressee == whom


@pytest.mark.parametrize(
    ("text", "verb", "occasion"),
    [
        ("Lund said in a post on X that it was late.", "said", "in a post on X"),
        ("Lund said at a press conference in Geneva that it was late.", "said",
         "at a press conference in Geneva"),
        ("In a statement on Monday, the ministry said that it was late.", "said",
         "In a statement on Monday"),
        ("Lund said that she had spoken in a speech.", "said", ""),
    ],
)  # fmt: skip
def test_the_occasion_is_where_it_was_said(text: str, verb: str, occasion: str) -> None:
    assert around(text, verb).occasion == occasion


def test_a_statement_has_a_date_of_its_own_where_one_is_told() -> None:
    assert around("Lund said on Monday that it was late.", "said").date == "2012-03-12"
    assert around("On March 3, Lund said that it was late.", "said").date == "2012-03-03"
    assert around("Lund said today that it was late.", "said").date == ""


def test_the_date_of_what_was_said_is_not_when_it_was_said() -> None:
    text = "Since the pact in October 2000, ties have grown, the ministry said."
    assert around(text, "said").date == ""


@pytest.mark.parametrize(
    "text",
    [
        "A few years ago he had been ill and was sent to the north.",
        "Much has been done in the harbour over the past year.",
        "This is my last year of service in the old harbour.",
        "States which join after the thirty-first of December following shall pay.",
        "For the text of the message, see the Bulletin of the League, August 11, 1958.",
        "The message is printed in the Bulletin of the League, August 11, 1958, pages 231-233.",
    ],
)
def test_vague_times_and_publications_are_no_dates(text: str) -> None:
    assert facts(text) == []
