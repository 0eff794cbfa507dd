"""Datelines: when and where, by the form of the document."""

from __future__ import annotations

import pytest

from archivist.intake.datelines import event_date, find_dateline, find_place
from archivist.intake.layout import Layout
from archivist.intake.places import place_before, press_place, standalone, tidy

NOTHING = "\n\nThe negotiations go on as before and nothing new is to be reported on them."


@pytest.mark.parametrize(
    ("line", "date", "place"),
    [
        ("Cablegram E75, CANBERRA, 6 October 1948, 4.45 p.m.", "1948-10-06", "Canberra"),
        ("Circular cablegram D335 PORT SERIN, 7 June 1941, 1 p.m.", "1941-06-07", "Port Serin"),
        ("Cablegrams 1580, 6194, 422 CANBERRA, 11 November 1946", "1946-11-11", "Canberra"),
        ("The Hague , March 22, 1949—9 p. m.", "1949-03-22", "The Hague"),
        ("[ Washington ,] February 4, 1949.", "1949-02-04", "Washington"),
        ("Washington, undated.", "", "Washington"),
        ("27th May, 1926", "1926-05-27", ""),
        ("No. 11865/2496 Saranrom Palace, 30th May 1953 Monsieur le Chargé,", "1953-05-30",
         "Saranrom Palace"),
        ("AMBASSADE VAN VARNIËNo. 172/4162's-Gravenhage, 1 September 1953.Mijnheer de Minister,",
         "1953-09-01", "'s-Gravenhage"),
        ("Luxembourg, le 6 novembre 1953. Monsieur le Ministre,", "1953-11-06", "Luxembourg"),
        ("Москва, 5 марта 2021 г.", "2021-03-05", "Москва"),
        ("Date: 5 March 2021", "2021-03-05", ""),
        ("Canberra, [13] November 1975", "1975-11-13", "Canberra"),
        ("Dispatch 52/46 (extracts) NEW DELHI, 22 December 1946", "1946-12-22", "New Delhi"),
        ("R 272139Z JAN 76 FM SECSTATE", "1976-01-27", ""),
    ],
)  # fmt: skip
def test_the_dateline_at_the_head(line: str, date: str, place: str) -> None:
    found = find_dateline(Layout(line + NOTHING), "note", month_first=False)
    assert (found.date, found.place) == (date, place)


@pytest.mark.parametrize(
    ("formula", "date", "place"),
    [
        ("DONE at Port Serin, this 4th day of March 1921, in duplicate.", "1921-03-04",
         "Port Serin"),
        ("Fait à Bruxelles, le 24 janvier 1951, en langue française.", "1951-01-24", "Bruxelles"),
        ("GEDAAN te Paramaribo op 25 november 1975 in tweevoud.", "1975-11-25", "Paramaribo"),
        ("Hecho en Quito, el 3 de mayo de 1999, en dos ejemplares.", "1999-05-03", "Quito"),
        ("Geschehen zu Bonn am 3. Mai 1999 in zwei Urschriften.", "1999-05-03", "Bonn"),
        ("Совершено в Москве 3 мая 1999 года в двух экземплярах.", "1999-05-03", "Москве"),
        ("SIGNED at Brussels on the 26th day of March 2003.", "2003-03-26", "Brussels"),
    ],
)  # fmt: skip
def test_an_agreement_is_dated_by_its_closing_formula(formula: str, date: str, place: str) -> None:
    text = f"Protocol to the Agreement signed on 5 May 1912\n\nThe Parties agree.\n\n{formula}"
    found = find_dateline(Layout(text), "treaty", month_first=False)
    assert (found.date, found.place, found.rule) == (date, place, "formula")


def test_a_proclamation_is_dated_by_its_last_words() -> None:
    text = (
        "By the authority vested in me on January 3, 2020, I order that flags be lowered.\n\n"
        "IN WITNESS WHEREOF, I have hereunto set my hand this twenty-sixth day of August, in the "
        "year of our Lord two thousand twenty-one.\n\nA. B. VARN"
    )
    found = find_dateline(Layout(text), "proclamation", month_first=True)
    assert found.date == "2021-08-26"


def test_a_signature_may_be_followed_by_place_and_date() -> None:
    text = "The emergency goes on.\n" * 30 + "\nA. B. VARN\n\nTHE WHITE HOUSE,\n\nJune 12, 2023."
    found = find_dateline(Layout(text), "presidential-action", month_first=True)
    assert (found.date, found.place) == ("2023-06-12", "The White House")


def test_a_note_may_have_lost_the_line_of_its_date() -> None:
    text = (
        "Nr. I\n\nDie Botschaft beehrt sich mitzuteilen, dass sie den Vertrag vom 3. Mai 1962 "
        "anwendet.Bonn, den 4. Januar 1971.An das Amt"
    )
    found = find_dateline(Layout(text), "note", month_first=False)
    assert (found.date, found.place) == ("1971-01-04", "Bonn")


def test_a_day_may_stand_on_the_line_above_its_month() -> None:
    text = (
        "INTERVENCIÓN ANTE LA ASAMBLEA. Nueva York, 28\nde septiembre de 2024.\nSeñor Presidente:"
    )
    found = find_dateline(Layout(text), "speech", month_first=False)
    assert found.date == "2024-09-28"


def test_the_place_may_stand_beside_or_behind_the_date() -> None:
    beside = find_dateline(Layout("25 SEPTEMBER 2024\nNEW YORK\n\nYour Excellency,"), "speech",
                           month_first=False)  # fmt: skip
    behind = find_dateline(Layout("(28 September 2024, New York)"), "speech", month_first=False)
    assert (beside.place, behind.place) == ("New York", "New York")


def test_prose_is_no_dateline() -> None:
    text = "On 23 November 2025, representatives met in Geneva.\nJanuary 5, 2023 marks the day."
    assert find_dateline(Layout(text), "", month_first=False).date == ""


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("On 23 November 2025, envoys of Varnia met.", "2025-11-23"),
        ("The ministers met virtually on May 21, 2021, for talks.", "2021-05-21"),
        ("The envoy will attend the opening on May 21, 2021.", ""),
        ("By Order 14046 of April 15, 2021, I declared an emergency.", ""),
    ],
)
def test_only_what_happened_dates_a_text_by_the_way(sentence: str, date: str) -> None:
    assert event_date(sentence, month_first=False) == date


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Quito, Ecuador. – En un acto protocolar, el presidente", "Quito, Ecuador"),
        ("Bruselas (Bélgica).- El rol de las empresas", "Bruselas (Bélgica)"),
        ("NEW DELHI, 4 May — The minister", ""),
        ("PORT SERIN — The minister said", "Port Serin"),
        ("The minister said. He left", ""),
    ],
)
def test_a_press_text_begins_with_its_place(line: str, place: str) -> None:
    assert press_place(line) == place


def test_a_line_of_its_own_is_a_place_only_if_it_is_known() -> None:
    assert standalone("CANBERRA") == "Canberra"
    assert standalone("Thomas Jefferson Room") == ""
    assert find_place(Layout("A. B. Varn, Minister\n\nJerusalem\n\nPRIME MINISTER: Welcome."), "")


def test_what_leads_to_a_date_is_a_place_or_nothing() -> None:
    assert place_before("Letter ") == ""
    assert place_before("The Resolution adopted on ") is None
    assert place_before("In accordance with Resolution ") is None
    assert tidy("WASHINGTON, D.C.") == "Washington, D.C."
