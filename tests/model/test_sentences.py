"""Sentences end where a reader ends them, in the scripts that ministries meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.model.paragraphs import paragraphs
from archivist.model.sentences import paragraph_starts, sentence_starts


def sentences(text: str) -> list[str]:
    starts = sentence_starts(text)
    return [
        text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We met. | They agreed. | Did they? | Yes! | Good.",
        "Mr. Smith met Dr. A. B. Jones of the U.S. Senate. | He said 3.5 per cent. | No. 5 is out.",
        "See Art. 3, para. 2 and Nos. 4 of Vol. 2. | It was so by Dec. 2014. | It ended.",
        "He said “Yes.” | Then he left… | “Why?” he asked. | (It was late.) | Nobody answered.",
        "It rose by approx. 3 per cent... | Then it fell… and rose.",
        "The talks (see p. 5) ended at 5 p.m. today. | Lt. Gen. Smith spoke.",
        "M. Dupont et Mme. Roux signent l’art. 5. | Ils partent. | « Bien. » | Voilà.",
        "Gem. Art. 3 Abs. 2 ist es der 3. Oktober 1990. | Vgl. Nr. 7. | Es gilt bzw. galt.",
        "El Sr. García y la Sra. Ruiz firmaron. | Véase núm. 4 y pág. 7. | Así fue.",
        "Il dott. Rossi e la sig. Neri firmano l’art. 9. | Poi partono. | È vero.",
        "O Sr. Silva e a Sra. Costa assinam. | Ver pág. 3. | Assim foi.",
        "Dhr. Jansen en mevr. Bakker tekenen art. 3. | Zie blz. 7. | Het was laat.",
        "Zob. art. 3 ust. 2 i prof. Nowak. | Podpisano. | Świetnie.",
        "В 1990 г. А. А. Громыко и др. подписали п. 5. | Затем ушли. | Да!",
        "我们同意。|他们也同意！|好吗？|“是的。”|再见。",
        "合意しました。|「はい。」|ありがとう。",
        "हम सहमत हैं। | वे भी॥ | धन्यवाद।",
        "هل وافقوا؟ | نعم وافقوا. | انتهى.",
        "ہم متفق ہیں۔ | شکریہ۔",
        "A heading\n|The text that follows it goes on for more than a line, and\nthen.\n\n|So.",
        "It ends in 2014. | Then no. It does.",
        "World. | “Another.” | ‘A third.’ | [A fourth.] | Fifth",
    ],
)
def test_sentences_end_where_they_end(text: str) -> None:
    want = [part.strip() for part in text.split("|")]
    whole = text.replace(" | ", " ").replace("|", "") + "\n\nEnd."
    assert sentences(whole) == [*want, "End."]


def test_lines_of_a_text_without_blank_lines_are_paragraphs() -> None:
    assert sentences("one line\nand another\nthird. Fourth") == [
        "one line",
        "and another",
        "third.",
        "Fourth",
    ]


@pytest.mark.parametrize("text", ["", " \n ", "\n\n"])
def test_nothing_begins_in_nothing(text: str) -> None:
    assert sentence_starts(text) == paragraph_starts(text) == []


PIECES = st.sampled_from(
    [". ", ".", " ", "\n", "\n\n", "? ", "! ", "…", "。", "।", "Mr", "U.S", "no", "A", "b", "Word",
     "word", "3", "2014", "”", "(", ")", "«", "漢", "да", "Да", "\t", "۔", "... "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_sentences_divide_the_text_and_keep_to_paragraphs(text: str) -> None:
    starts = sentence_starts(text)
    assert starts == sorted(set(starts))
    assert all(0 <= start < len(text) and not text[start].isspace() for start in starts)
    assert paragraph_starts(text) == [start for start, _ in paragraphs(text)]
    assert set(paragraph_starts(text)) <= set(starts)
    assert bool(starts) == bool(text.strip())
