"""Which countries a text is about, and its language."""

from __future__ import annotations

import pytest

from archivist.intake.countries import find_countries
from archivist.intake.languages import find_language
from archivist.intake.layout import Layout


def countries(text: str, language: str = "en") -> str:
    return " ".join(find_countries(Layout(text), language))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The Soviet Union and Yugoslavia spoke with the Czechoslovak envoy.", "CZ RS RU"),
        ("The USSR, the FRG and the U.K. agreed with the UAR.", "DE EG GB RU"),
        ("North Korean troops left; South Korea watched.", "KP KR"),
        ("Trade with Papua New Guinea and Guinea-Bissau grew.", "GW PG"),
        ("It asked us to go, and US troops went.", "US"),
        ("He bought china and a turkey.", ""),
        ("Mr. Jordan and Mrs. French came.", ""),
        ("The English and French texts are equally authentic.", ""),
        ("The South China Sea and Latin America were not discussed.", ""),
        ("Portuguese Timor, the Netherlands Indies and Tibet", "CN ID TL"),
        ("He wrote from Vienna.", ""),
    ],
)
def test_countries_by_name_demonym_and_former_state(text: str, codes: str) -> None:
    assert countries(text) == codes


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("es", "El presidente ecuatoriano recibió la reunión de los Estados Unidos.", "EC US"),
        (
            "fr",
            "La République française et les Pays-Bas, dans un accord italo-néerlandais",
            "FR NL",
        ),
        ("nl", "De Nederlandse en de Belgische Regering en het Koninkrijk België", "BE NL"),
        ("de", "Die Regierung der Bundesrepublik Deutschland und die niederländische", "DE NL"),
        ("ru", "Министры России и Украины обсудили китайский план.", "CN RU UA"),
        ("ar", "التقى الوزير بممثلي فلسطين ومصر والعراق", "EG IQ PS"),
        ("zh", "中国和美国发表联合声明", "CN US"),
    ],
)
def test_countries_in_other_languages(language: str, text: str, codes: str) -> None:
    assert countries(text, language) == codes


def test_a_long_text_is_not_about_all_it_names_once() -> None:
    text = "France and Italy met. " * 200 + "A guest from Peru came. " + "France left. " * 300
    assert countries(text) == "FR IT"


def test_the_title_counts() -> None:
    assert find_countries(Layout("The talks went on.", "The Ambassador in Peru"), "en") == ("PE",)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Minister said that he would go to the conference in the spring.", "en"),
        ("Le Ministre a dit que la conférence se tiendrait dans la capitale.", "fr"),
        ("El ministro dijo que la conferencia se celebrará en la capital del país.", "es"),
        ("De Minister heeft gezegd dat de conferentie in de hoofdstad wordt gehouden.", "nl"),
        ("Der Minister hat gesagt, dass die Konferenz in der Hauptstadt stattfinden wird.", "de"),
        ("O ministro disse que a conferência não será na capital do país.", "pt"),
        ("Министр сказал, что конференция пройдёт в столице.", "ru"),
        ("Міністр сказав, що конференція відбудеться у столиці країни.", "uk"),
        ("قال الوزير إن المؤتمر سيعقد في العاصمة", "ar"),
        ("وزیر گفت که کنفرانس در پایتخت برگزار می‌شود", "fa"),
        ("部长说会议将在首都举行。会议将于三月举行。", "zh"),
        ("大臣は会議が首都で開かれると述べた。", "ja"),
        ("Bộ trưởng nói rằng hội nghị sẽ được tổ chức tại thủ đô.", "vi"),
    ],
)
def test_the_language(text: str, language: str) -> None:
    assert find_language(text) == language


def test_a_text_of_figures_has_the_language_its_metadata_says() -> None:
    assert find_language("12 34", "en-GB") == "en"
    assert find_language("12 34") == ""


def test_vowel_marks_stand_within_words() -> None:
    assert countries("भारत और नेपाल के बीच वार्ता हुई।", "hi") == "IN NP"
    assert countries("मानव अधिकारों की सार्वभौम घोषणा स्वीकृत हुई।", "hi") == ""
