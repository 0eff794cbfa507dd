from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.intake.statements import extract
from archivist.model.statement import KINDS, SURE, Statement


def found(text: str, kind: str = "direct", **known: str) -> list[tuple[str, str]]:
    return [
        (statement.surface, words(text, statement))
        for statement in extract(text, **known)
        if statement.kind == kind
    ]


def words(text: str, statement: Statement) -> str:
    return " … ".join(text[start:end] for start, end in statement.pieces)


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister Ader said, “We shall sign the treaty in May.”",
        "Foreign Minister Ader said: “We shall sign the treaty in May.”",
        "“We shall sign the treaty in May.” said Foreign Minister Ader.",
        "“We shall sign the treaty in May.”\n\n– Foreign Minister Ader, Ostra",
        "The talks ended. Foreign Minister Ader wrote:\n\n“We shall sign the treaty in May.”",
    ],
)
def test_where_the_cue_may_stand(text: str) -> None:
    assert found(text) == [("Foreign Minister Ader", "We shall sign the treaty in May.")]


def test_a_cue_between_the_words_makes_one_statement_of_two_pieces() -> None:
    text = "“We shall sign,” Foreign Minister Ader said, “and we shall do so in May.”"
    assert found(text) == [("Foreign Minister Ader", "We shall sign, … and we shall do so in May.")]


def test_a_reported_clause_and_quoted_words_in_it() -> None:
    text = "Minister Ader said that the treaty was “the best that Velaria ever had” so far."
    assert found(text) == [("Minister Ader", "the best that Velaria ever had")]
    text = "Minister Ader said that the treaty had been signed."
    assert found(text, "indirect") == [("Minister Ader", "the treaty had been signed")]


def test_a_clause_by_itself_before_the_quoted_words_stays_reported() -> None:
    text = (
        "Minister Ader said that the talks in Ostra had failed in the end because of what he "
        "called “a lack of good will”, and that Velaria would not return."
    )
    assert found(text) == [("he", "a lack of good will")]
    assert found(text, "indirect")


@pytest.mark.parametrize(
    "text",
    [
        "The conference was named “Rivers of Peace for All Peoples” by its hosts.",
        "He read the book “A Short History of Velaria” in the train.",
        "The so-called “friends of the great river” met again in Ostra.",
        "The parties (hereinafter “the High Contracting Parties of Ostra”) have agreed as follows.",
        "They lived in “peace”, he thought.",
    ],
)
def test_titles_names_and_terms_are_nobodys_words(text: str) -> None:
    assert found(text) == []


def test_the_issuers_own_words_are_no_report() -> None:
    text = "We urge Tarsia to withdraw. We condemn “the attack on the bridge of Ostra”."
    assert extract(text, doctype="communique") == []


def test_a_whole_document_in_quotation_marks_is_its_signatorys() -> None:
    text = "“" + "Velaria will go on. " * 12 + "\n\n" + "Nobody will stop it. " * 12 + "”"
    (statement,) = [each for each in extract(text) if each.kind == "direct"]
    assert statement.rule == "whole"
    assert statement.end > len(text) - 5


def test_direct_speech_without_marks() -> None:
    text = "Ader repeated: If you want the river, we shall want the bridge. The talks ended."
    assert found(text) == [("Ader", "If you want the river, we shall want the bridge.")]


def test_a_quotation_without_its_closing_mark_and_a_cue_at_the_end() -> None:
    text = '"Velaria has wide cooperation with Tarsia in many fields, the Ministry also said.'
    assert found(text) == [
        ("the Ministry", "Velaria has wide cooperation with Tarsia in many fields")
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Minister Ader said: “We want peace for the river.”"),
        ("fr", "Le ministre Ader a déclaré : « Nous voulons la paix pour le fleuve. »"),
        ("es", "El ministro Ader dijo: «Queremos la paz para el río.»"),
        ("de", "Minister Ader sagte: „Wir wollen Frieden für den Fluss.“"),
        ("pt", "O ministro Ader disse: “Queremos a paz para o rio.”"),
        ("it", "Il ministro Ader ha detto: «Vogliamo la pace per il fiume.»"),
        ("nl", "Minister Ader zei: ‘Wij willen vrede voor de rivier.’"),
        ("ru", "Министр Адер сказал: «Мы хотим мира для реки.»"),
    ],
)
def test_quotations_in_all_languages(language: str, text: str) -> None:
    (statement,) = [each for each in extract(text, language=language) if each.kind == "direct"]
    assert statement.surface.endswith(("Ader", "Адер"))
    assert text[statement.start] in "WNQVМ"
    assert text[statement.end - 1] == "."
    assert statement.certainty >= SURE


def test_a_transcript() -> None:
    text = "MR. ADER: Hello.\n\nQUESTION: Will it rain?\n\nMR. ADER: The Minister said, “It will.”"
    turns = [each for each in extract(text) if each.kind == "turn"]
    assert [turn.surface for turn in turns] == ["MR. ADER", "QUESTION", "MR. ADER"]
    assert all(turn.certainty >= SURE for turn in turns)


def test_nothing_in_a_text_without_words() -> None:
    assert extract("") == []
    assert extract(" \n\n ") == []


_SAMPLES = st.sampled_from(
    (
        *("Minister Ader ", "said ", "that ", "“", "”", '"', "it was ", "he ", ", ", ". ", "\n\n"),
        *("asked ", "to go ", "Q ", "MR. ADER: ", "according to ", "(", ")", "‘", "’", "we ", ": "),
    )
)


@given(st.lists(_SAMPLES, max_size=60).map("".join))
@settings(deadline=None)
def test_statements_of_a_kind_are_ordered_and_disjoint(text: str) -> None:
    for kind in KINDS:
        end = 0
        for statement in extract(text):
            if statement.kind != kind:
                continue
            assert end <= statement.start < statement.end <= len(text)
            assert statement.pieces[0][0] == statement.start
            assert statement.pieces[-1][1] == statement.end
            assert 0 <= statement.certainty <= 1
            end = statement.end


@pytest.mark.parametrize(
    "part",
    ['"', "“", "said that ", "(", "he said, ", "“We go,” he said. ", "Ader ", "‘", "A, ", "\n\n“a"],
)
def test_time_grows_with_length_only(part: str) -> None:
    def seconds(size: int) -> float:
        text = part * (size // len(part))
        begun = time.process_time()
        extract(text)
        return time.process_time() - begun

    seconds(1000)
    small, large = seconds(25_000), seconds(100_000)
    assert large < 12 * small + 0.05


def test_a_quoted_letter_is_its_signatorys() -> None:
    text = (
        "Deliver following message from President to Prime Minister Ader:\n\n"
        "“Dear Mr. Prime Minister:\n\n"
        "“I have just read your letter on the river and on the bridge, and I share your view of "
        "what has to be done in the coming weeks.\n\n“Sincerely, Maria Kovar”\n\nRusk"
    )
    (statement,) = [each for each in extract(text) if each.kind == "direct"]
    assert (statement.speaker, statement.rule) == ("Maria Kovar", "signed")
    assert words(text, statement).startswith("Dear Mr. Prime Minister")


def test_a_message_from_somebody_without_a_signature() -> None:
    text = "The envoy read this message from Minister Ader: “We shall leave the town in May.”"
    assert found(text)[0][0].endswith("Minister Ader")


def test_a_sentence_in_marks_belongs_to_the_speaker_of_the_sentence_before() -> None:
    text = (
        "Minister Ader said: “We want the river and nothing else.” Minister Kovar stressed the "
        "need for action. “It will take all of us to save the river.”"
    )
    assert [surface for surface, _ in found(text)] == ["Minister Ader", "Minister Kovar"]


def test_a_short_form_ends_a_sentence() -> None:
    text = "Minister Ader said that the others didn’t. Minister Brand left the room."
    assert found(text, "indirect") == [("Minister Ader", "the others didn’t")]


def test_lines_broken_as_in_print_are_read_on() -> None:
    text = (
        "Minister Ader reported to\n\nthe Council that 'it is quite\n\nimpossible for us to gain "
        "the\n\nriver by means of talks'.\n\nHe left."
    )
    assert [surface for surface, _ in found(text)] == ["Minister Ader"]


def test_a_sentence_about_somebody_else_ends_a_run() -> None:
    text = (
        "“We shall sign the treaty in May,” said Minister Ader. Minister Brand reacted, too. "
        "“We shall never sign such a thing in our lives.”"
    )
    assert [surface for surface, _ in found(text)] == ["Minister Ader", "Minister Brand"]


def test_and_before_a_quotation_goes_back_to_the_sentence_before() -> None:
    text = "Minister Ader said that it was a good day. And “we shall have many more of them”."
    assert found(text) == [("Minister Ader", "we shall have many more of them")]


def test_a_run_of_quotations_has_one_speaker() -> None:
    text = (
        "“We want the river,” Minister Ader said. The hall was full. “We shall not leave it to "
        "anybody else in the world.”"
    )
    assert [surface for surface, _ in found(text)] == ["Minister Ader", "Minister Ader"]


def test_a_new_sentence_after_a_quotation_is_not_its_cue() -> None:
    text = "Minister Ader asked: “How much can you do?” The President replied, “Not much at all.”"
    assert found(text) == [
        ("Minister Ader", "How much can you do?"),
        ("The President", "Not much at all."),
    ]


def test_a_list_of_quotations_after_a_colon() -> None:
    text = "In response to another question, Ader replied:\n\n- “The first thing is the river.”"
    assert found(text) == [("Ader", "The first thing is the river.")]


def test_treaties_are_hardly_sure() -> None:
    text = "Minister Ader said that the treaty had been signed in the town of Ostra."
    (said,) = extract(text, doctype="memcon")
    assert said.certainty >= SURE
    assert all(each.certainty < SURE for each in extract(text, doctype="treaty"))


def test_a_pronoun_is_less_sure_than_a_name() -> None:
    text = "Minister Ader said that it was late. He said that the river was high."
    name, pronoun = extract(text)
    assert name.speaker == pronoun.speaker
    assert name.certainty > pronoun.certainty


def test_a_source_in_brackets_is_no_part_of_the_next_sentence() -> None:
    text = (
        "The talks ended in May. (Embassy of Velaria, Files of Minister Ader) For the text, "
        "thanking Ostra for its “most generous hospitality so far”, see page 4."
    )
    assert not any("Embassy" in surface for surface, _ in found(text))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "In a speech Minister Ader [4] used this language:\n\n“We shall sign the treaty.”",
            "Minister Ader",
        ),
        ("*“We shall sign the treaty in May.”* – Minister Ader\n\nThe end.", "Minister Ader"),
        (
            f"Please give this message to Mr. Brand from Minister Ader.\n\n“{'We go. ' * 11}”",
            "Minister Ader",
        ),
        ("Tomas Ader—“No, they are only here to look!”", "Tomas Ader"),
        ("Returning to the river, Minister Ader was “quite sure that we shall cross it”.", "Ader"),
        ("According to the notes of the talk, Minister Ader went on: “We shall sign.”", "Ader"),
        ("Jan Ader, Minister of Velaria: “We shall sign the treaty in May.”", "Jan Ader"),
        ("- Jan Ader, Minister: “We shall sign the treaty in May.” [Tweet]", "Jan Ader"),
        ("Minister Jan Ader “We shall sign the treaty in May.”", "Minister Jan Ader"),
        ("All is plain. “We shall sign the treaty in May” (letter from Ader, 5 May).", "Ader"),
        ("I heard the words of Minister Ader, and I quote: “We shall sign.”", "Minister Ader"),
        ("“Well, said Minister Ader, we shall sign the treaty in May.”", "Minister Ader"),
        ("The “foot is in the door”, to use Ader’s phrase.", "Ader"),
        ("It was a gift, “an act of faith and trust,” as Ader put it to me.", "Ader"),
        ("Minister Ader offered a new start, “so that our peoples may trust us”.", "Minister Ader"),
    ],
)
def test_words_that_no_verb_of_saying_touches(text: str, speaker: str) -> None:
    assert [surface for surface, _ in found(text) if surface.endswith(speaker)]


def test_a_label_is_followed_by_all_the_quotations_of_its_paragraphs() -> None:
    text = "Jan Ader, Minister: “We shall sign in May.”\n\n“And we shall keep the treaty.” [Speech]"
    assert [surface for surface, _ in found(text)] == ["Jan Ader", "Jan Ader"]


@pytest.mark.parametrize(
    "text",
    [
        "Minister Ader proposed to insert “the lasting peace of all peoples” after “May”.",
        "Minister Ader asked that Article 3 be amended to read “the parties shall consult”.",
        "Minister Ader said a reference to the “common house of all Ostra” was missing.",
        "Senator Ader remarked on the General’s “need a big army” line.",
        "The Embassy reported that the King’s “bold and unexpected” choice had failed.",
        "Minister Ader said the “take it or leave it” offer was dead.",
        "Minister Ader said in “The Long Way Home” that peace was near.",
        "Minister Ader compared the terms “early peaceful settlement” and “final peaceful end”.",
        "Minister Ader is at home. For the last sentence substitute-‘The river shall be free.’",
        "Referring to the claim that Ostra would “go on watching it,” Ader said he was puzzled.",
        "Reference: “The Long Way Home of the Two Peoples of the River Lands.”",
        "The theme of the year was: “Leaving no one behind in all our lands”.",
        "The Council rejected “the bands of Ostra,” requested the Command to disarm.",
    ],
)
def test_wording_titles_and_terms_are_nobodys_words(text: str) -> None:
    assert found(text) == []


def test_few_words_after_an_article_count_where_somebody_reports_them() -> None:
    text = "Minister Ader said that the plan was a “mere act of despair” and would fail."
    assert found(text) == [("Minister Ader", "mere act of despair")]
    text = "The party lived in a “mere state of despair” for many years."
    assert found(text) == []


def test_a_transcript_with_quoted_turns_has_turns_only() -> None:
    text = "Ader: “Shall we go?”\nBrand: “Not now, I think.”\nAder: “When, then?”\nBrand: “In May.”"
    assert [surface for surface, _ in found(text, "turn")] == ["Ader", "Brand"] * 2
    assert found(text) == []


def certainty(text: str, **known: str) -> float:
    return extract(text, **known)[-1].certainty


def test_what_somebody_may_say_is_not_sure() -> None:
    assert certainty("Minister Ader says that the bridge is safe.") >= SURE
    assert extract("If Minister Ader says that the bridge is safe, go.", language="en") == []


def test_a_pronoun_is_sure_only_right_after_its_own_words() -> None:
    again = "Mr. Tomas Ader said that the bridge was safe. He added that the road was closed."
    apart = "Mr. Tomas Ader came from Ostra in May. He said that the road was closed."
    assert certainty(again) >= SURE
    assert certainty(apart) < SURE


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Tomas Ader said that when the bridge was built, Mr. Brand had left the town.",
        "Mr. Tomas Ader said that the bridge was safe.Then we went home to Ostra.",
        "Mr. Tomas Ader said that the bridge was safe and the envoy replied that it fell.",
    ],
)
def test_a_clause_that_ends_too_soon_or_runs_on_is_not_sure_or_whole(text: str) -> None:
    for found in extract(text, language="en"):
        said = text[found.start : found.end]
        assert found.certainty < SURE or said.endswith(("left the town", "was safe"))


def test_who_spoke_before_another_came_back_to_it_is_not_the_speaker() -> None:
    text = (
        "After Senator Ader offered brief comments, Brand returned to the question of bridges: "
        "\u201cThis came up time and again in the years when nobody paid for them.\u201d"
    )
    for found in extract(text, language="en"):
        assert "Ader" not in found.speaker or found.certainty < SURE


def test_who_is_spoken_to_is_not_surely_the_speaker() -> None:
    text = "MEMORANDUM OF CONVERSATION\n\nMr. Ader came to see me. I told Mr. Ader that it was so."
    for found in extract(text, doctype="memcon", language="en"):
        assert "Ader" not in found.speaker or found.certainty < SURE


def test_quoted_words_that_somebody_proposed_as_a_name_are_no_speech() -> None:
    text = "The ministry dropped Ostra’s proposed “you build, we pay” approach to bridges."
    assert extract(text, language="en") == []


def test_a_verb_without_subject_goes_on_with_the_one_before() -> None:
    text = (
        "El presidente Tomás Ader recibió al canciller de Ostra, Iván Brand. El presidente Ader "
        "resaltó el acuerdo. “Firmaremos el tratado en mayo”, recalcó."
    )
    last = extract(text, language="es")[-1]
    assert last.speaker == "Tomás Ader"
    assert last.certainty >= SURE


def test_a_participle_is_sure_in_press_releases_only() -> None:
    text = "Mr. Tomas Ader met the press in Ostra, noting that the road was closed."
    assert certainty(text, doctype="readout") >= SURE
    assert certainty(text, doctype="telegram") < SURE
