"""Dates as documents write them."""
# ruff: noqa: E501 - a document reads best as it stands

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.intake.dates import find_dates, find_spelt, month_names, read_date, whole_years
from archivist.intake.describe import propose
from archivist.intake.numerals import number_of, ordinal_of
from archivist.intake.raw import Hints
from archivist.model.record import Description


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Port Serin, July 28, 1943—7 p.m. [Received July 30]", "1943-07-28"),
        ("26 January 1940,", "1940-01-26"),
        ("27th May, 1926", "1926-05-27"),
        ("this 4th day of March 1921", "1921-03-04"),
        ("TUESDAY 24TH SEPTEMBER 2024", "2024-09-24"),
        ("le 1er juin 1951", "1951-06-01"),
        ("13 de diciembre de 2022", "2022-12-13"),
        ("Den Haag, den 4. Januar 1971", "1971-01-04"),
        ("de 10de februari 1969", "1969-02-10"),
        ("5 марта 2021 г.", "2021-03-05"),
        ("5 مارس 2021", "2021-03-05"),
        ("10 تشرين الأول 1998", "1998-10-10"),
        ("2024年3月5日", "2024-03-05"),
        ("ngày 5 tháng 3 năm 2021", "2021-03-05"),
        ("2021-03-04T10:00:00", "2021-03-04"),
        ("04.03.2021", "2021-03-04"),
        ("5/31/2011", "2011-05-31"),
        ("December 21 [18], 1951", "1951-12-21"),
        ("March 1921", "1921-03"),
        ("11-12 May 1981", "1981-05-11"),
        ("July 6–11, 2022", "2022-07-06"),
    ],
)
def test_a_date_is_read_as_it_is_written(text: str, date: str) -> None:
    assert str(find_dates(text)[0].date) == date


def test_what_is_no_day_is_no_date() -> None:
    assert not find_dates("31 February 1950")
    assert not find_dates("in the session of 1950 and no. 12/1950x")


def test_figures_are_read_by_the_country() -> None:
    assert read_date("3/4/1921") == "1921"
    assert read_date("3/4/1921", month_first=False) == "1921-04-03"
    assert read_date("3.4.1921", month_first=True) == "1921-04-03"
    assert read_date("3/4/1921", month_first=True) == "1921-03-04"


def test_a_year_alone_is_read_only_where_a_date_is_sure_to_stand() -> None:
    assert read_date("1950") == "1950"
    assert read_date("no date") == ""


@given(st.dates(dt.date(1500, 1, 1), dt.date(2099, 12, 31)))
def test_every_month_is_known_by_every_name(day: dt.date) -> None:
    for name, month in month_names().items():
        if month == day.month:
            found = find_dates(f"{day.day} {name} {day.year}")
            assert found, name
            assert str(found[0].date) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (
            (
                "my hand this twenty-sixth day of August, in the year of our Lord two thousand "
                "twenty-one, and of"
            ),
            "2021-08-26",
        ),
        ("the fourth day of March, one thousand nine hundred and twenty-one", "1921-03-04"),
        ("this fourteenth day of May, nineteen hundred and fifty-three", "1953-05-14"),
        ("on the twenty-ninth day of May 1945", "1945-05-29"),
        ("le quatre mars mil neuf cent quatre-vingt-onze", "1991-03-04"),
        ("a los cuatro días del mes de marzo de mil novecientos veintiuno", "1921-03-04"),
        ("op de eenentwintigste december 1956", "1956-12-21"),
    ],
)
def test_a_date_in_words_is_read(text: str, date: str) -> None:
    assert [str(found.date) for found in find_spelt(text)] == [date]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("nineteen hundred and fifty", 1950),
        ("nineteen fifty", 1950),
        ("two thousand twenty-four", 2024),
        ("mil neuf cent quatre-vingt-dix-neuf", 1999),
        ("negentienhonderd drieënvijftig", 1953),
        ("einundzwanzigsten", 21),
        ("nothing", 0),
    ],
)
def test_numbers_in_words(words: str, number: int) -> None:
    assert number_of(words) == number


def test_an_ordinal_may_be_in_figures() -> None:
    assert ordinal_of("21st") == 21
    assert ordinal_of("twenty-first") == 21


ENGLISH = "The talks went on, and the Minister told the press that he was content with them."


@pytest.mark.parametrize(
    ("title", "text", "hints", "date"),
    [
        ("Briefing, 10/4/2012", f"10:07 A.M. EDT\n\n{ENGLISH}", {}, "2012-10-04"),
        ("Briefing, 4/5/12", f"THE WHITE HOUSE\n\n{ENGLISH}", {}, "2012-04-05"),
        ("Briefing, 6/29/10", ENGLISH, {}, "2010-06-29"),
        ("Report, 3/4/2012", ENGLISH, {}, "2012"),
        ("Report, 3/4/2012", ENGLISH, {"date": "2012-03-04"}, "2012-03-04"),
        ("Report, 3/4/2012", ENGLISH, {"language": "en-GB"}, "2012-04-03"),
        ("Report, 3/4/2012", f"{ENGLISH} It followed a report of 25/3/2012.", {}, "2012-04-03"),
        ("Report, 3/4/2012", f"{ENGLISH} It was asked for on March 1, 2012.", {}, "2012-03-04"),
        ("Report, 3/4/2012", f"{ENGLISH} It was asked for on 1 March 2012.", {}, "2012-04-03"),
        ("Communiqué du 3/4/2012", ("Le Gouvernement de la République a décidé que les consultations "
         "seraient reprises dans les meilleurs délais."), {}, "2012-04-03"),
        ("Memorandum", f"Date: 3/4/25\n\n{ENGLISH} Our last was of March 25, 1925.", {}, "1925-03-04"),
    ],
)  # fmt: skip
def test_figures_are_read_by_evidence_and_never_guessed(
    title: str, text: str, hints: dict[str, str], date: str
) -> None:
    given, hinted = Description(title=title), Hints(**hints)
    assert propose(text, given, hinted)[0].date == date


def test_years_of_two_figures_lie_near_the_other_years() -> None:
    assert whole_years("3/4/25", "in 1923 and 1926") == "3/4/1925"
    assert whole_years("3/4/25", "in 2019") == "3/4/2025"
    assert whole_years("3/4/12", "") == "3/4/2012"
    assert whole_years("file 403/3/1", "") == "file 403/3/1"


def test_digits_of_other_scripts() -> None:
    assert str(find_dates("१० दिसम्बर १९४८")[0].date) == "1948-12-10"
    assert str(find_dates("٢٦ سبتمبر ٢٠٢٤")[0].date) == "2024-09-26"
