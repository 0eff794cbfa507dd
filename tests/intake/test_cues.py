"""A cue tried quickly finds what its pattern finds, no more and no less."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.intake.cues import Cue, Part, pieces_of
from archivist.intake.doctype_cues import CUES

_WORDS = st.sampled_from(
    ["The President", "agreed", "on 4 May", "note verbale", "(", ": ", "\n", "Q"]
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_cue_holds_where_its_pattern_stands(data: st.DataObject) -> None:
    _, _, _, pattern, small = data.draw(st.sampled_from(CUES))
    flags = re.MULTILINE
    matching = data.draw(st.from_regex(re.compile(pattern, flags)))
    around = data.draw(st.lists(_WORDS, max_size=4))
    text = "".join([*around, matching, *reversed(around)])
    cue = Cue.of(pattern, small=small)
    looked_at = text.lower() if small else text
    assert cue.holds(Part(text)) == bool(re.search(pattern, looked_at, flags))


def test_what_must_stand_there_is_found_within_brackets() -> None:
    assert pieces_of(r"\b(?:my|your) (?:telegram|cablegrams?)\b") == ("telegram", "cablegram")
    assert pieces_of(r"our (?:hearts|thoughts)") == ("hearts", "thoughts")
    assert pieces_of(r"it was (?:resolved|agreed)") == ("it was ",)
    assert pieces_of(r"(?:telegram|cable)?") == ()
    assert pieces_of(r"(?:telegram|\d+)") == ()
    assert pieces_of(r"[(?:](?:telegram)") == ("telegram",)
    assert pieces_of(r"(?:the (?:whole|other) world|(?:every|no)body)") == (" world", "body")
