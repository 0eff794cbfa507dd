"""Plain text is read in whatever it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.intake.readers.encoding import decode, looks_like_text

FRENCH = "L’ambassadeur a été reçu à l’Élysée ; « le traité » sera signé où il faut, dès février."
GERMAN = "Der Außenminister grüßte den Botschafter in München, überaus höflich."
POLISH = "Minister spraw zagranicznych przyjął ambasadora; współpraca będzie się rozwijać źle."
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy, řekl ministr při podpisu smlouvy."
TURKISH = "Dışişleri Bakanı büyükelçiyi kabul etti; görüşme İstanbul’da yapıldı, şöyle."
RUSSIAN = "Министерство иностранных дел свидетельствует своё уважение посольству и имеет честь."
GREEK = "Το Υπουργείο Εξωτερικών έχει την τιμή να πληροφορήσει την Πρεσβεία για τη συνθήκη."
JAPANESE = "外務省は大使館に敬意を表し、次のとおり通報する光栄を有する。両国は合意した。"
ARABIC = "تهدي وزارة الخارجية تحياتها إلى السفارة وتتشرف بإبلاغها بما يلي في هذا الشأن"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "utf-32"),
        (FRENCH, "utf-32-be"),
        (RUSSIAN, "utf-16"),
        (JAPANESE, "utf-16"),
        (FRENCH, "cp1252"),
        (GERMAN, "cp1252"),
        (GERMAN, "cp850"),
        (FRENCH.replace("’", "'"), "mac-roman"),
        (POLISH, "cp1250"),
        (CZECH, "cp1250"),
        (TURKISH, "cp1254"),
        (RUSSIAN * 3, "cp1251"),
        (RUSSIAN * 3, "koi8-r"),
        (GREEK * 3, "cp1253"),
        (ARABIC * 3, "cp1256"),
        (JAPANESE * 3, "shift_jis"),
        (JAPANESE * 3, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
    ],
)
def test_text_is_read_in_its_encoding(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert looks_like_text(data)
    assert decode(data).removeprefix("\ufeff") == text


def test_a_single_accent_in_a_long_english_text_is_western() -> None:
    text = "The minister visited the café. " + "He spoke at length about trade. " * 50
    assert decode(text.encode("cp1252")) == text


def test_utf8_that_breaks_off_in_a_character_stays_utf8() -> None:
    assert decode("Élysée".encode()[:-1]) == "Élysé"


def test_stray_bytes_in_utf8_are_read_as_western() -> None:
    data = FRENCH.encode() + b" \x93quoted\x94"
    assert decode(data) == FRENCH + " “quoted”"


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 8, b"\x00\x01\x02\x03" * 64, b"\x7fELF\x02\x01\x01\x00" * 9]
)
def test_programs_and_pictures_are_no_text(data: bytes) -> None:
    assert not looks_like_text(data)


def test_a_stray_zero_byte_makes_no_text_wide() -> None:
    data = b"title,body\none,tex\x00t\n"
    assert looks_like_text(data)
    assert decode(data).startswith("title,body")


@given(st.binary(max_size=300))
def test_decoding_never_fails(data: bytes) -> None:
    looks_like_text(data)
    decode(data)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_comes_back_whole(text: str) -> None:
    assert decode(text.encode()) == text or text.startswith("\ufeff") or "\x1b" in text
