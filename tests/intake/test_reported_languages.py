"""Reported speech in the other seven languages, in sentences about states that never were."""

from __future__ import annotations

import pytest

from archivist import assets
from archivist.intake.statements.grammar import grammar_of
from archivist.intake.statements.parts import Page
from archivist.intake.statements.quoted.quotations import quotations_of
from archivist.intake.statements.reported.clauses import reported
from archivist.intake.statements.reported.cues import read

LANGUAGES = ("en", "fr", "es", "de", "pt", "it", "nl", "ru")


def said(text: str, language: str) -> list[tuple[str, str]]:
    page = Page(text, language=language)
    found = reported(page, (), read(page, quotations_of(page)))
    return [
        (one.cue.subject, " | ".join(text[start:end] for start, end in one.pieces)) for one in found
    ]


SPANISH = [
    (
        "El canciller Vals afirmó que Ruritania cumplirá.",
        ("El canciller Vals", "Ruritania cumplirá"),
    ),
    ("En este contexto, aseguró que no habrá cambios.", ("", "no habrá cambios")),
    ("Según informó el ministro, las obras empezaron.", ("el ministro", "las obras empezaron")),
    ("Según el ministro, todo va bien.", ("el ministro", "todo va bien")),
    ("La ministra exhortó a los presentes a firmar el texto.", ("La ministra", "firmar el texto")),
    ("El puente, afirmó el alcalde, será nuevo.", ("el alcalde", "El puente | será nuevo")),
    ("Preguntó si era posible.", ("", "si era posible")),
    ("El embajador ha señalado también que hay tiempo.", ("El embajador", "hay tiempo")),
]
FRENCH = [
    ("Le ministre a déclaré que le pacte tiendrait.", ("Le ministre", "le pacte tiendrait")),
    ("L'ambassadeur a fait savoir qu'il partirait.", ("L'ambassadeur", "il partirait")),
    (
        "Le Président a demandé à la Freedonie de signer le texte.",
        ("Le Président", "signer le texte"),
    ),
    ("Selon le porte-parole, tout va bien.", ("le porte-parole", "tout va bien")),
    ("Le pont, a affirmé la ministre, sera neuf.", ("la ministre", "Le pont | sera neuf")),
    ("Il a demandé si le texte était prêt.", ("Il", "si le texte était prêt")),
]
GERMAN = [
    ("Der Außenminister sagte, dass der Pakt halte.", ("Der Außenminister", "der Pakt halte")),
    (
        "In Strelsau erklärte die Ministerin, die Brücke sei fertig.",
        ("die Ministerin", "die Brücke sei fertig"),
    ),
    ("Der Sprecher teilte mit, dass alles bereit sei.", ("Der Sprecher", "alles bereit sei")),
    ("Der Botschafter hat gestern erklärt, dass man warte.", ("Der Botschafter", "man warte")),
    ("Der Präsident fragte, ob der Text fertig sei.", ("Der Präsident", "ob der Text fertig sei")),
    ("Die Brücke werde neu, betonte der Kanzler.", ("der Kanzler", "Die Brücke werde neu")),
    (
        "Der Präsident forderte Freedonien auf, den Pakt zu zeichnen.",
        ("Der Präsident", "den Pakt zu zeichnen"),
    ),
]
PORTUGUESE = [
    ("O ministro afirmou que a ponte está pronta.", ("O ministro", "a ponte está pronta")),
    ("Acrescentou que falta dinheiro.", ("", "falta dinheiro")),
    ("Segundo o porta-voz, tudo vai bem.", ("o porta-voz", "tudo vai bem")),
    ("O embaixador exortou os países a assinar o texto.", ("O embaixador", "assinar o texto")),
    ("A ponte, disse o prefeito, será nova.", ("o prefeito", "A ponte | será nova")),
]
ITALIAN = [
    ("Il ministro ha dichiarato che il patto terrà.", ("Il ministro", "il patto terrà")),
    ("Ha chiesto se fosse possibile.", ("", "se fosse possibile")),
    ("Secondo il portavoce, tutto va bene.", ("il portavoce", "tutto va bene")),
    (
        "Il presidente ha invitato i paesi a firmare il testo.",
        ("Il presidente", "firmare il testo"),
    ),
    ("Il ponte, ha affermato il sindaco, sarà nuovo.", ("il sindaco", "Il ponte | sarà nuovo")),
]
DUTCH = [
    ("De minister zei dat het verdrag geldt.", ("De minister", "het verdrag geldt")),
    ("In Den Haag verklaarde de gezant dat de brug klaar is.", ("de gezant", "de brug klaar is")),
    ("De ambassadeur heeft gisteren medegedeeld dat men wacht.", ("De ambassadeur", "men wacht")),
    ("Hij voegde eraan toe dat men moet wachten.", ("Hij", "men moet wachten")),
    ("De president vroeg of het stuk klaar was.", ("De president", "of het stuk klaar was")),
    (
        "De gezant verzocht de regering om het stuk te tekenen.",
        ("De gezant", "het stuk te tekenen"),
    ),
]
RUSSIAN = [
    ("Министр заявил, что Руритания подпишет пакт.", ("Министр", "Руритания подпишет пакт")),
    ("По словам министра, всё хорошо.", ("министра", "всё хорошо")),
    ("Посол призвал стороны подписать текст.", ("Посол", "подписать текст")),
    ("Мост, подчеркнул президент, будет новым.", ("президент", "Мост | будет новым")),
    ("Как сообщил посол, работа идёт.", ("посол", "работа идёт")),
]
CASES = [
    (language, *case)
    for language, cases in {
        "es": SPANISH,
        "fr": FRENCH,
        "de": GERMAN,
        "pt": PORTUGUESE,
        "it": ITALIAN,
        "nl": DUTCH,
        "ru": RUSSIAN,
    }.items()
    for case in cases
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_clause_and_subject(language: str, text: str, expected: tuple[str, str]) -> None:
    assert said(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El gobierno no dijo que fuera así."),
        ("es", "El tratado señala que los buques pueden pasar."),
        ("fr", "Il n'a pas dit que c'était fini."),
        ("fr", "L'article 5 précise que les parties se consultent."),
        ("de", "Er sagte nicht, dass es vorbei sei."),
        ("pt", "Ele não disse que era assim."),
        ("it", "Non ha detto che fosse così."),
        ("nl", "Hij zei niet dat het voorbij is."),
        ("ru", "Он не сказал, что это конец."),
    ],
)
def test_no_reported_speech(language: str, text: str) -> None:
    assert said(text, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_a_file_with_its_name(language: str) -> None:
    assert assets.path(f"statements/{language}.yaml").exists()
    grammar = grammar_of(language)
    assert grammar.language == language
    assert grammar.forms
    assert grammar.that


@pytest.mark.parametrize("language", ["", "xx", "../en", "x"])
def test_unknown_language_is_read_as_english(language: str) -> None:
    assert grammar_of(language).language == "en"


def test_region_of_a_language_does_not_matter() -> None:
    assert grammar_of("pt-BR").language == "pt"


def test_paradigms_are_conjugated() -> None:
    spanish = grammar_of("es").forms
    assert {form.tense for form in spanish["afirmó"]} == {"past"}
    assert {form.tense for form in spanish["afirmando"]} == {"gerund"}
    assert {form.tense for form in spanish["afirmado"]} == {"participle"}
