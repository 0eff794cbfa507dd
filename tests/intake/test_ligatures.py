"""Arabic ligatures that a PDF gave backwards are turned round; what is right is not touched."""

from __future__ import annotations

import json
import lzma
import re
from typing import TYPE_CHECKING

import pytest

from archivist.intake.ligatures import turned
from archivist.model.words import words_of
from tests.intake.making import catalogue, draft_of, drafts, read_all

if TYPE_CHECKING:
    from pathlib import Path

BACKWARDS = "األمين األمم اإلنسان األمن اإلقليم"
MEEM = "املتحدة اململكة املجلس املجتمع املستقبل املناخ"
"""Enough to show which ligatures stand backwards in a text."""


def mended(text: str, evidence: str = BACKWARDS) -> str:
    whole, _ = turned(f"{text} / {evidence}")
    return whole.partition(" / ")[0]


@pytest.mark.parametrize(
    ("backwards", "right"),
    [
        ("األمم", "الأمم"),
        ("لألمم", "للأمم"),
        ("واإلنسان", "والإنسان"),
        ("االجتماع", "الاجتماع"),
        ("وااللتزام", "والالتزام"),
        ("لالحتياجات", "للاحتياجات"),
        ("الالزمة", "اللازمة"),
        ("السالم", "السلام"),
        ("بالسالم", "بالسلام"),
        ("السّالم", "السّلام"),
        ("العالقات", "العلاقات"),
        ("خاللها", "خلالها"),
        ("البالد", "البلاد"),
        ("إعالن", "إعلان"),
        ("اإلعالم", "الإعلام"),
        ("إلصالح", "لإصلاح"),
        ("االحتالل", "الاحتلال"),
        ("مجاالت", "مجالات"),
        ("هؤالء", "هؤلاء"),
        ("أوالً", "أولاً"),
        ("هللا", "الله"),
        ("إال", "إلا"),
        ("ال يمكن", "لا يمكن"),
    ],
)
def test_lam_alef_is_turned_round(backwards: str, right: str) -> None:
    assert mended(backwards) == right


@pytest.mark.parametrize(
    "right",
    ["العالم", "المجال", "رسالة", "قال", "إزالتها", "إحالة", "استقبالهم", "التحالف", "اتصال",
     "كامل", "العاملين", "أمل", "ألمانيا", "إلى", "مسألة", "شمال", "المتحدة", "سالم", "بالغ"],
)  # fmt: skip
def test_words_that_are_right_stay_in_a_text_that_is_not(right: str) -> None:
    assert mended(right) == right


@pytest.mark.parametrize(
    ("backwards", "right"), [("املتحدة", "المتحدة"), ("باملجلس", "بالمجلس"), ("لململكة", "للمملكة")]
)
def test_other_ligatures_are_turned_round_where_all_stand_backwards(
    backwards: str, right: str
) -> None:
    assert mended(backwards, f"{BACKWARDS} {MEEM}") == right
    assert mended(backwards) == backwards
    assert mended("امل وكامل", f"{BACKWARDS} {MEEM}") == "امل وكامل"


@pytest.mark.parametrize(
    "text",
    ["", "plain", "األمم", f"{BACKWARDS} الأمم لا", "آل ولا إلى الأمم المتحدة امل العاملين كامل"],
)
def test_a_text_without_clear_evidence_is_left_alone(text: str) -> None:
    assert turned(text) == (text, 0)


def test_what_is_turned_round_once_stays() -> None:
    text, changed = turned(f"{BACKWARDS} {MEEM} االحتالل السالم")
    assert changed == 13
    assert turned(text) == (text, 0)


def test_a_piece_of_a_torn_word_is_not_taken_for_no() -> None:
    assert mended("ال \u064eمؤسسات") == "ال \u064eمؤسسات"


def test_the_record_says_what_was_mended(tmp_path: Path) -> None:
    rows = [{"title": "Statement", "body": f"الدورة لألمم {BACKWARDS}"}]
    draft = draft_of(tmp_path, "rows.jsonl", catalogue(rows))
    assert draft.text.startswith("الدورة للأمم الأمين")
    assert draft.note == "Arabic letters that stood backwards turned round in 6 words"


@pytest.mark.corpus
def test_real_texts_that_are_right_stay_and_come_back_from_being_spoilt(corpus: Path) -> None:
    for name in ("udhr_arb.xml", "udhr_urd.xml"):
        text = re.sub("<[^>]+>", " ", (corpus / "files" / name).read_text(encoding="utf-8"))
        assert turned(text) == (text, 0)
    text = re.sub("<[^>]+>", " ", (corpus / "files" / "udhr_arb.xml").read_text(encoding="utf-8"))
    spoilt = re.sub("ل([اأإآ])", r"\1ل", text)
    words = list(zip(text.split(), spoilt.split(), turned(spoilt)[0].split(), strict=True))
    assert all(now in (was, bad) for was, bad, now in words)
    wrong = [word for word in words if word[0] != word[1]]
    assert len(wrong) > 100
    assert sum(was == now for was, _, now in wrong) >= 0.95 * len(wrong)


@pytest.mark.corpus
def test_words_turned_round_are_those_that_the_pages_show(corpus: Path, tmp_path: Path) -> None:
    """What the file's letters say by their places on the page is an independent witness."""
    with lzma.open(corpus / "records.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if '"lang": "ar"' in line]
    bodies = {row["id"]: row["body"] for row in rows}
    for country, least in (("tn", 0.95), ("iq", 0.8)):  # words of iq are torn at their vowel signs
        (draft,) = drafts(read_all(corpus / "files" / f"unga79_{country}_ar.pdf", tmp_path / "s"))
        shown = set(words_of(draft.text))
        body = bodies[f"unga79:{country}_ar"]
        pairs = zip(words_of(body), words_of(turned(body)[0]), strict=True)
        changed = [(was, now) for was, now in pairs if was != now]
        assert len(changed) > 100
        assert {was for was, _ in changed if was in shown} <= {"ال"}
        assert sum(now in shown for _, now in changed) >= least * len(changed)
