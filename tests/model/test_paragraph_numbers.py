"""Which paragraph a place of a text is in, as citations count."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archivist.model.paragraphs import number_at, paragraphs


@given(st.text("ab \n", max_size=60), st.integers(0, 60))
def test_the_number_of_a_paragraph_counts_those_that_begin_before(text: str, place: int) -> None:
    found = paragraphs(text)
    assert number_at(found, place) == sum(start <= place for start, _ in found)
