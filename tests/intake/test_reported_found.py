"""Reported speech as records have it: what was missed, and what was taken for it."""

from __future__ import annotations

import pytest

from archivist.intake.statements.parts import Page
from archivist.intake.statements.quoted.quotations import quotations_of
from archivist.intake.statements.reported.clauses import reported
from archivist.intake.statements.reported.cues import read


def said(text: str, language: str = "en", doctype: str = "") -> list[tuple[str, str]]:
    """Return each reported clause with its subject; pieces are joined by " | "."""
    page = Page(text, language=language, doctype=doctype)
    found = reported(page, (), read(page, quotations_of(page)))
    return [
        (one.cue.subject, " | ".join(text[start:end] for start, end in one.pieces)) for one in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4. Both declared that the bridge was shut.", ("Both", "the bridge was shut")),
        ("Rupert said there would be no feast.", ("Rupert", "there would be no feast")),
        ("Rupert said all the town was asleep.", ("Rupert", "all the town was asleep")),
        ("He said yes, it was; it would end.", ("He", "yes, it was; it would end")),
        (
            "It was quite vital, Mr. Sapt said, that the gate be kept shut by the guards.",
            ("Mr. Sapt", "It was quite vital | that the gate be kept shut by the guards"),
        ),
        (
            "Sapt inquired as to whether the King had slept.",
            ("Sapt", "whether the King had slept"),
        ),
        ("Sapt wanted to know whether the King slept.", ("Sapt", "whether the King slept")),
        (
            "He took advantage of the pause to suggest to Count Rupert that he leave.",
            ("He", "he leave"),
        ),
        ("Sapt telephoned this morning to say that all was well.", ("Sapt", "all was well")),
        (
            "Sapt answered him that he was not disposed to go.",
            ("Sapt", "he was not disposed to go"),
        ),
        (
            "He of course told her he would be there.",
            ("He", "he would be there"),
        ),
        (
            "Sapt agrees with Mr. Fritz's comment that the walls have been made stronger.",
            ("Mr. Fritz", "the walls have been made stronger"),
        ),
        ("The King read the paper and said it was fine.", ("The King", "it was fine")),
        ("Most members stressed it is too late.", ("Most members", "it is too late")),
        (
            "A letter came from Sapt. There was a note from Rupert saying that he had fled.",
            ("Rupert", "he had fled"),
        ),
        (
            "The Duke drew attention to the fact that winter was near.",
            ("The Duke", "winter was near"),
        ),
        (
            "Sapt noted that Rupert, in a talk held within the last ten days, had left.",
            ("Sapt", "Rupert, in a talk held within the last ten days, had left"),
        ),
        ("The Duke began by saying how late it was.", ("The Duke", "how late it was")),
        (
            "The Duke began by asking Fritz to give an account of it.",
            ("The Duke", "give an account of it"),
        ),
        ("Sapt said he would take Road (4).", ("Sapt", "he would take Road (4)")),
        ("Sapt held the opinion and stated the view that it rained.", ("Sapt", "it rained")),
        ("The Queen relayed to the town that all was well.", ("The Queen", "all was well")),
        (
            "Zenda for plain reasons urged that the gate be shut.",
            ("Zenda", "the gate be shut"),
        ),
        (
            "In reply to Rupert's asking whether the pass was free, Sapt shrugged.",
            ("Rupert's", "whether the pass was free"),
        ),
        (
            "In reply to Rupert's question about what was to come, Sapt shrugged.",
            ("Rupert", "what was to come"),
        ),
        (
            "The ball ended with Count Rupert expressing the hope that all would dance.",
            ("Count Rupert", "all would dance"),
        ),
        (
            "Sapt had assurances from the Bishop that the bells would ring.",
            ("the Bishop", "the bells would ring"),
        ),
        (
            "Sapt agreed that this was so and then proceeded to explain the works of the clock.",
            ("Sapt", "this was so"),
        ),
        ("He then mentioned he was tired of it.", ("He", "he was tired of it")),
        ("Rupert told me quite plainly that all was lost.", ("Rupert", "all was lost")),
        (
            "Rupert continued Zenda would never agree to it.",
            ("Rupert", "Zenda would never agree to it"),
        ),
        (
            "He gave the names of those sent to the Zendan wood and Colonel Falk said it was late.",
            ("Colonel Falk", "it was late"),
        ),
        (
            "At talks attended by guests the Minister did not go into it but said it was late.",
            ("the Minister", "it was late"),
        ),
        ("Rupert said absolutely no boats had come.", ("Rupert", "no boats had come")),
        ("Rupert said a few old boats are gone.", ("Rupert", "a few old boats are gone")),
        (
            "Rupert, while disputing all this at length, said he would ride.",
            ("Rupert", "he would ride"),
        ),
        (
            "Rupert asked if the boat had come (There was a long pause here before Hugo spoke).",
            ("Rupert", "if the boat had come"),
        ),
        (
            "No word was had of deals with Zenda and Rupert remarked that all went well.",
            ("Rupert", "all went well"),
        ),
        (
            "Sapt and Fritz held a talk in which both indicated that they would ride.",
            ("both", "they would ride"),
        ),
        ("The Queen has all along insisted that he ride.", ("The Queen", "he ride")),
        (
            "Rupert's cable 108 of 8 May 1890 (on file A1, vi) informed Fritz that all was lost.",
            ("Rupert's cable", "all was lost"),
        ),
        ("The Queen has suggested to US envoys that they ride.", ("The Queen", "they ride")),
        ("Sapt reported to us his conviction that all was lost.", ("Sapt", "all was lost")),
        (
            "The boring minister (by the name of Falk) said he had been in Zenda.",
            ("The boring minister", "he had been in Zenda"),
        ),
        (
            "They praised such an approach and the Zendan side undertook to think it over.",
            ("the Zendan side", "think it over"),
        ),
        (
            "After some remarks, the Bishop led off by saying that all was lost.",
            ("the Bishop", "all was lost"),
        ),
        ("Mr. Sapt opening proceedings said that all was lost.", ("Mr. Sapt", "all was lost")),
        (
            "Rupert said he, Mr. Fritz and Mr. Sapt had met.",
            ("Rupert", "he, Mr. Fritz and Mr. Sapt had met"),
        ),
        ("Under Secretary said that all was lost.", ("Under Secretary", "all was lost")),
        ("On 7 May Rupert told Mr. Fritz that he would ride.", ("Rupert", "he would ride")),
        (
            "The plan was read, and Captain Weeks added that, this being so, he would ride.",
            ("Captain Weeks", "this being so, he would ride"),
        ),
        (
            "The press quoted Mr. Rupert as saying that the tower was his.",
            ("Mr. Rupert", "the tower was his"),
        ),
        (
            "With regard to the value of Zenda Rupert said that it was small.",
            ("Rupert", "it was small"),
        ),
        (
            "As, however, the talk progressed he grew keen, but told Sapt that he would wait.",
            ("he", "he would wait"),
        ),
        ("To this Mr. Sapt replied that it was late.", ("Mr. Sapt", "it was late")),
        ("Finally, Hugo d'Alarcon said that it was late.", ("Hugo d'Alarcon", "it was late")),
        (
            "Sapt asked should the gate be shut at once.",
            ("Sapt", "should the gate be shut at once"),
        ),
        ("Sapt rejected this saying that it was too late.", ("Sapt", "it was too late")),
        ("Sapt pointed out Manning was very exact.", ("Sapt", "Manning was very exact")),
        (
            "It seemed clear, Sapt continued, that Rupert would not yield.",
            ("Sapt", "It seemed clear | that Rupert would not yield"),
        ),
        (
            "Rupert, according to the Zendan report, had not slept at all.",
            ("the Zendan report", "Rupert | had not slept at all"),
        ),
        (
            "Some days prior to the ball, Captain Hugo Falk had come, saying that it was late.",
            ("Captain Hugo Falk", "it was late"),
        ),
        ("If Fritz rides, the Count said to give him a horse.", ("the Count", "give him a horse")),
        ("The Count urged the world not to forget it all.", ("The Count", "forget it all")),
        (
            "2. Details: Sapt began by explaining that the walls were thin.",
            ("Sapt", "the walls were thin"),
        ),
        ("Sapt phoned Rupert that he wanted to see him.", ("Sapt", "he wanted to see him")),
        (
            "When Sapt asked whether the roads were good, Fritz answered, “We would hope so.”",
            ("Sapt", "whether the roads were good"),
        ),
    ],
)
def test_found(text: str, expected: tuple[str, str]) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "I am making this report in order that plans may be made.",
        "A typical paper setting forth the first position mentioned page 2 above was lost.",
        "We have noted the main doubts which the plan has raised.",
        "Should he publicly declare that the pact was void, war would come.",
        "He is causing the very revolts that he alleges he wants to be rid of.",
        "Keep the people of the isles informed about the events in Zenda but we should not go.",
        "Against his previously declared policy which he kept he is afraid.",
        "The court was informed of developments since the first meeting was held.",
        "The Duke in alleged secret talks has failed.",
        "A clear proof that Ruritanians agree the matter would rest is needed.",
        "The changes suggest that the wall is weak.",
        "There was no word in his statement that these men were with Rupert, we saw.",
        "Both sides were careful to avoid giving any impression that war was near.",
        "Will Zenda be served by encouraging towns to build stations?",
        "I suggest the group be informed that the Duke has charged them.",
        "Sapt had told him of Zenda's wish to see any rising crushed.",
        "The Bureau advises agencies of the decision of the King as to overall amounts and dates.",
        "Until you have replied to this letter I would wait in Zenda.",
        "Any paper mentioning the veto would be lost.",
        "Zenda will continue encouraging more towns to sign the pact.",
        "The Duke offered the guard a bridging proposal that is sound.",
        "She at least mentioned, if only in part, the figure of one hundred.",
        "I am conveying to Zenda some personal views on this.",
        "It seems the talks gave some assurance of support if Zenda was attacked.",
        "Sapt will keep you informed by wire if needed and will report further.",
        "Sapt called Fritz to inform him of the changes and of the fact that snow fell.",
        "Sapt advised him of your request that the gate be shut.",
        "Today, though, there are Zendan claims that the walls are being pulled down.",
        "The plain fact of the matter, no longer denied by anyone, is that we are tired.",
        "The Duke is authorized and directed to publish this and to notify the town of it.",
        "Fritz reported some of the remarks made by the Duke in May.",
        "If Sapt says that the gate is shut, ride on.",
        "The leaders directed the formation of a council to guide all action.",
        "This will increase the King's confidence that the bells would ring.",
        "At its meeting in May, the Court agreed to a plan, page two tells, naming aspects of it.",
        "It is a step to the rule which we have always said is the aim of the King.",
        "In letter 139 from Zenda, July 15, Count Rupert reported on rising fear, among others.",
        "Fritz reported that in reply: “Count Rupert wants to go home.”",
        "They noted progress made through the plan for trade and resolved to go on.",
        "The small number of void votes offers little hope that the court can find enough.",
        "There is a danger of a rising which added together would be a war.",
        "Fritz mentioned the paper Rupert had just delivered.",
        "Rupert said a few words to the guests.",
        "Rupert said no to that.",
        "The Court has given serious thought to the request that the boats be sent.",
        "Later talks with other friends of the Court and advisers have indicated that all is lost.",
    ],
)
def test_not_taken(text: str) -> None:
    assert said(text) == []


def test_subject_of_a_verb_after_a_comma_is_the_main_one() -> None:
    text = "Sapt noted that his aide had told him how cold it was, and added that he would go."
    assert said(text)[1] == ("Sapt", "he would go")


def test_an_answer_ends_what_it_answers() -> None:
    text = "Sapt said the King would ride, to which Rupert replied that this was untrue."
    assert said(text) == [("Sapt", "the King would ride"), ("Rupert", "this was untrue")]


def test_another_speaker_goes_on() -> None:
    text = (
        "The two ministers agreed that it was late and the Queen assured Sapt that he would sleep."
    )
    assert said(text) == [("The two ministers", "it was late"), ("the Queen", "he would sleep")]
    told = "Sapt said that the men had come and Fritz had told him that they were ill."
    assert said(told) == [("Sapt", "the men had come and Fritz had told him that they were ill")]


def test_issuers_named_in_the_title_speak_for_themselves() -> None:
    text = "The Troika urges the dukes to ride home at once."
    page = Page(text, title="Troika Statement on Zenda", language="en", doctype="statement")
    assert reported(page, (), read(page)) == []
    assert said(text, doctype="press-release") == [("The Troika", "ride home at once")]


def test_a_question_ends_before_its_answer() -> None:
    text = (
        "Sapt asked if the ford was deep in all those years to which Fritz replied that it was not."
    )
    asked = ("Sapt", "if the ford was deep in all those years")
    assert said(text) == [asked, ("Fritz", "it was not")]
    text = "Sapt asked whether Fritz liked the plan, and Count Hugo replied in the affirmative."
    assert said(text) == [("Sapt", "whether Fritz liked the plan")]


def test_what_somebody_was_told_is_said_by_nobody_named() -> None:
    text = "The King was told that the river was rising."
    assert said(text, doctype="memorandum") == [("", "the river was rising")]
    assert said(text, doctype="press-release") == []


def test_what_somebody_was_asked_ends_with_the_answer() -> None:
    text = "When asked if the river was rising he replied that it was."
    found = [("", "if the river was rising"), ("he", "it was")]
    assert said(text, doctype="memcon") == found


def test_what_the_author_says_ends_a_promise() -> None:
    text = "He promised to have the bells rung by the guard and I again spoke of the clock."
    assert said(text, doctype="telegram") == [("He", "have the bells rung by the guard")]


def test_a_dash_may_end_a_question() -> None:
    text = "I asked Fritz whether he would ride — he said that he would stay."
    found = [("I", "whether he would ride"), ("he", "he would stay")]
    assert said(text, doctype="memcon") == found


def test_what_i_am_told_in_a_letter_is_told_by_its_sender() -> None:
    text = "I had a letter from Count Rupert, the envoy, telling me that he would ride."
    assert said(text, doctype="letter") == [("Count Rupert", "he would ride")]


def test_telegrams_begin_with_the_verb() -> None:
    text = "Saw Duke today. Noted that while snow would come we must ride."
    assert said(text, doctype="telegram") == [("", "while snow would come we must ride")]
    assert said(text, doctype="press-release") == []


def test_a_number_of_persons_can_speak() -> None:
    assert said("A number of officials said that it rained.")[0][1] == "it rained"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "La plaza es hermosa en verano, dijo el Ministro Zapt y consideró que es grande.",
            [
                ("el Ministro Zapt", "La plaza es hermosa en verano"),
                ("el Ministro Zapt", "es grande"),
            ],
        ),
        ("El rey informó sobre los planes y las posibilidades que tiene la isla.", []),
        ("El embajador enfatizó en el gran potencial que tiene la isla.", []),
        ("El embajador insistió en que la isla es bella.", [("El embajador", "la isla es bella")]),
        (
            "Rupert daba a conocer a la prensa que el rey ha huido.",
            [("Rupert", "el rey ha huido")],
        ),
        (
            "Aquello, resaltó, se conjuga con las reglas que la guían.",
            [("", "Aquello | se conjuga con las reglas que la guían")],
        ),
        (
            "Rupert estuvo en la sesión de la Corte, en la cual instó a los reyes a venir pronto.",
            [("", "venir pronto")],
        ),
    ],
)
def test_spanish(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text, "es", "press-release") == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "Par une note le Conseil Royal des Eaux a bien voulu confirmer que le lac est plein.",
            ("le Conseil Royal des Eaux", "le lac est plein"),
        ),
        (
            "fr",
            "Vous avez bien voulu me faire savoir que le lac est plein.",
            ("Vous", "le lac est plein"),
        ),
        ("fr", "Le ministre a promis de vider le lac.", ("Le ministre", "vider le lac")),
        ("fr", "Le ministre a dit souhaiter la paix.", ("Le ministre", "souhaiter la paix")),
        ("es", "El rey exhortó a cuidar la isla.", ("El rey", "cuidar la isla")),
        ("es", "El rey dijo recibir la isla con honor.", ("El rey", "recibir la isla con honor")),
        ("es", "El ministro prometió vaciar el lago.", ("El ministro", "vaciar el lago")),
        (
            "de",
            "Gestern hat der Minister der Seen betont, dass der See voll sei.",
            ("der Minister der Seen", "der See voll sei"),
        ),
        (
            "de",
            "Der Minister hat erklärt, dass der See voll sei.",
            ("Der Minister", "der See voll sei"),
        ),
        (
            "it",
            "Il ministro ha chiesto alle parti di vuotare il lago.",
            ("Il ministro", "vuotare il lago"),
        ),
        ("pt", "A lagoa está cheia, afirmou o ministro.", ("o ministro", "A lagoa está cheia")),
        (
            "pt",
            "O ministro pediu aos reis para encher o lago.",
            ("O ministro", "encher o lago"),
        ),
        (
            "nl",
            "Ik verwijs naar uw brief waarin u voorstelt om het meer uit te diepen.",
            ("u", "het meer uit te diepen"),
        ),
        (
            "en",
            "I refer to your letter in which you propose that the lake be drained.",
            ("you", "the lake be drained"),
        ),
    ],
)
def test_letters_and_languages(language: str, text: str, expected: tuple[str, str]) -> None:
    assert said(text, language, "letter") == [expected]


def test_formulas_of_a_note_report_nothing() -> None:
    assert said("J'ai l'honneur de vous faire savoir que le lac est plein.", "fr", "note") == []


@pytest.mark.parametrize(
    ("text", "doctype", "clause"),
    [
        (
            "He has a telegram which Sapt said would be sent to Zenda.",
            "memcon",
            "would be sent to Zenda",
        ),
        (
            "The pact, which Sapt said was out of date, would lapse.",
            "memcon",
            "was out of date",
        ),
        (
            "It refers to the statement by Sapt yesterday that the pact was dead.",
            "memcon",
            "the pact was dead",
        ),
        (
            "We have a message from Sapt to the effect that the ships had left.",
            "telegram",
            "the ships had left",
        ),
        (
            "Sapt has cabled to Mr. Flavia a request that you should go to Zenda.",
            "telegram",
            "you should go to Zenda",
        ),
        (
            "Sapt informed the Committee which had lately met him that the law must stand.",
            "memorandum",
            "the law must stand",
        ),
        (
            "I saw the two ambassadors, both of whom said that they would go.",
            "telegram",
            "they would go",
        ),
        (
            "Sapt said that the pact was dead; but which pact did not matter.",
            "memcon",
            "the pact was dead",
        ),
        (
            "Sapt let me know that the ships had left.",
            "memcon",
            "the ships had left",
        ),
        (
            "Sapt asked Zenda continue the talks in May.",
            "telegram",
            "continue the talks in May",
        ),
    ],
)
def test_what_stands_between_is_passed_over(text: str, doctype: str, clause: str) -> None:
    page = Page(text, language="en", doctype=doctype)
    assert [text[one.start : one.end] for one in reported(page, (), read(page))] == [clause]


def test_a_question_and_its_answer_without_a_comma() -> None:
    text = "Asked whether the talks had failed the King of Ruritania said that they had not."
    page = Page(text, language="en", doctype="memcon")
    found = [text[one.start : one.end] for one in reported(page, (), read(page))]
    assert found == ["whether the talks had failed", "they had not"]


def test_what_a_telegram_orders_is_said_by_nobody() -> None:
    text = "Department requests Embassy inform Government that talks are postponed."
    page = Page(text, language="en", doctype="telegram")
    assert reported(page, (), read(page)) == []
