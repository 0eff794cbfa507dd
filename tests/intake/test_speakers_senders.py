"""Who "I" is where a telegram tells its sender; names in unusual forms. All are invented."""

from __future__ import annotations

import pytest

from archivist.intake.statements.parts import Page
from archivist.intake.statements.who.mentions import find_mentions
from archivist.intake.statements.who.speakers import Resolver


def resolved(text: str, surface: str, *, doctype: str = "memcon", language: str = "en") -> str:
    page = Page(text, "", language, doctype)
    return Resolver(page).resolve(surface, text.rindex(surface)).name


class TestSender:
    @pytest.mark.parametrize(
        ("head", "sender"),
        [
            ("712/Zem 9. From Lund.", "Lund"),
            ("88. For Hale from Lund.[2] Subject: Grain.", "Lund"),
            ("For Hale from Ambassador Lund. Grain.", "Ambassador Lund"),
            ("Secret\n\nFor Hale from Lund.[1]\n", "Lund"),
            ("712. From the grain talks nothing came.", "Veldt"),
            ("712. Grain talks.", "Veldt"),
        ],
    )
    def test_it_is_from_whom_the_head_says(self, head: str, sender: str) -> None:
        text = f"Ostra, May 3.\n\n{head}\n\n1. I said that grain was short.\n\nVeldt"
        page = Page(text, "", "en", "telegram")
        assert Resolver(page).resolve("I", text.index("I said")).name == sender


class TestNames:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Visit by Rt Hon J D Veldt today", ["J D Veldt"]),
            ("Mr T Lund spoke", ["T Lund"]),
            ("Annex B Lund", ["Lund"]),
            ("Ambassador Anatoly F. Lund-ZMB came", ["Anatoly F. Lund"]),
            ("Lt Col E.E. Longveld Lloyd came", ["E.E. Longveld Lloyd"]),
            ("E.E. Longveld Lloyd Hale", ["E.E. Longveld", "Lloyd Hale"]),
            ("el ministro de Obras, Mauricio Lund", ["Obras", "Mauricio Lund"]),
        ],
    )
    def test_all_of_a_name_is_read(self, text: str, names: list[str]) -> None:
        assert [each.name for each in find_mentions(text) if each.kind == "person"] == names

    def test_a_surname_means_the_initials_at_the_head(self) -> None:
        text = "ZEM: Visit by Rt Hon J D Veldt:\n\n3 May\n\nMr Veldt said that grain was short."
        assert resolved(text, "Mr Veldt") == "J D Veldt"

    def test_a_particle_belongs_to_a_surname(self) -> None:
        text = "Lund and De Veer met. The speech of Lund. De Veer said that it was late."
        assert resolved(text, "De Veer") == "De Veer"

    def test_a_surname_means_whom_the_text_has_named_so_far(self) -> None:
        text = "Peter Lund called. Then Lund said it was late. His son Anders B. Lund was away."
        page = Page(text, "", "en", "memcon")
        assert Resolver(page).resolve("Lund", text.index("Lund said")).name == "Peter Lund"

    def test_they_both_are_the_only_two_named_in_the_sentence(self) -> None:
        text = "Mr. Hale, whom Mr. Lund met on Tuesday, left late, and they both said it was well."
        assert set(resolved(text, "they both").split("; ")) == {"Mr. Hale", "Mr. Lund"}

    def test_words_of_time_are_not_of_a_body(self) -> None:
        text = "A recent Senate inquiry found that grain was short."
        assert resolved(text, "A recent Senate inquiry") == "Senate inquiry"

    @pytest.mark.parametrize(
        ("sentence", "last", "names"),
        [
            ("Peter Lund, Ann Hale[3] and Jan Ader[4] said so.", "Jan Ader", 3),
            ("He and Jan Ader said so.", "Jan Ader", 2),
            ("Peter Lund came and Jan Ader said so.", "Jan Ader", 1),
        ],
    )
    def test_who_is_joined_to_a_speaker_speaks_too(
        self, sentence: str, last: str, names: int
    ) -> None:
        found = resolved(f"Peter Lund called on Monday. {sentence}", last).split("; ")
        assert len(found) == names
        assert found[-1] == "Jan Ader"
        assert names == 1 or found[0] == "Peter Lund"
