"""Who a pronoun may stand for: what was named before it, weighed by place and part."""
# ruff: noqa: RUF001 - patterns hold the very marks that documents hold

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archivist.intake.statements.parts import Page
    from archivist.intake.statements.who.mentions import Mention
    from archivist.intake.statements.who.persons import Persons

_REACH, _MOST = 3_000, 60
_SENTENCE, _PARAGRAPH = 0.5, 0.7
_SUBJECT, _SURE, _OWNER, _JOINED = 1.0, 0.4, -0.4, -0.6
_ALONE = -2.0
_WITHIN, _ASKED = -0.8, 1.9
_FARTHEST_SENTENCES = 6
_CLAUSE = 300
_REPORTS = re.compile(
    r"\b(?:said|says|stated|states|added|thought|thinks|felt|believed|believes|hoped|noted|replied|"
    r"suggested|indicated|that|whether|que|dass|che)\s"
)
_ASKS = re.compile(r"\b(?:asked|pressed|questioned|queried)\s(?:the\s)?$")
_OPENS = re.compile(
    r"(?:^|[.!?:;,(\[\]“”\"»—–]|\b(?:and|but|that|when|while|after|before|because|as|if|since|"
    r"where|which|then|although|though|whereas|y|e|que|cuando|mientras|et|mais|und|aber|dass|en|maar|"
    r"dat|что|и))\s*(?:\d+[.)]\s*)?(?:(?:the|el|la|le|l[’']|der|die|das|de|het|il|o|a)\s*)?$",
    re.IGNORECASE,
)
_NO_VERB = re.compile(
    r"[’']?\s*(?:,?\s(?:and|or|to|of|in|on|at|for|with|from|by|y|e|de|del|en|et|du|à|und|von|mit|"
    r"van|met|o|ou|и)\b|[.;:!?)\]]|\s(?-i:[^a-zß-öø-ÿа-я])|$)",
    re.IGNORECASE,
)
_LEFT = 24


class Salience:
    """Weighs who was named before a place of a page.

    Args:
        page: the document.
        persons: its persons.
    """

    def __init__(self, page: Page, persons: Persons) -> None:
        self._page = page
        self._persons = persons
        self._worth: dict[int, float] = {}

    def before(self, position: int) -> list[tuple[Mention, float]]:
        """Return the mentions shortly before a place with their weights, the last one first."""
        found: list[tuple[Mention, float]] = []
        mentions, starts = self._persons.mentions, self._persons.starts
        at = bisect_left(starts, position) - 1
        here, paragraph = self._sentence(position), self._page.paragraph_number(position)
        while at >= 0 and len(found) < _MOST and mentions[at].start > position - _REACH:
            mention = mentions[at]
            at -= 1
            if mention.start < 0:
                break
            sentence, number = self._places[at + 1]
            away = here - sentence
            if away > _FARTHEST_SENTENCES:
                break
            if mention.end <= position:
                apart = paragraph - number
                found.append((mention, self._weight(mention, away, apart)))
        return found

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        """Return the number of the sentence and of the paragraph of each mention."""
        number = self._page.paragraph_number
        return [(self._sentence(start), number(start)) for start in self._persons.starts]

    def distance(self, start: int, end: int) -> float:
        """Return what the sentences and paragraphs between two places take off a weight."""
        sentences = self._sentence(end) - self._sentence(start)
        paragraphs = self._page.paragraph_number(end) - self._page.paragraph_number(start)
        return _SENTENCE * sentences + _PARAGRAPH * paragraphs

    def is_subject(self, mention: Mention) -> bool:
        """Whether a mention seems to be the subject of its clause."""
        text = self._page.text
        left = text[max(0, mention.start - _LEFT) : mention.start]
        if mention.possessive or mention.joined or not _OPENS.search(left):
            return False
        return not _NO_VERB.match(text, mention.end, mention.end + _LEFT)

    def _weight(self, mention: Mention, away: int, apart: int) -> float:
        if mention.start not in self._worth:
            self._worth[mention.start] = self._by_itself(mention)
        weight = self._worth[mention.start] - _SENTENCE * away - _PARAGRAPH * apart
        return weight if away else weight + _ASKED * self._is_asked(mention)

    def _by_itself(self, mention: Mention) -> float:
        """Return the weight of a mention without its distance."""
        weight = 2.0 + _SUBJECT * self.is_subject(mention) + _OWNER * mention.possessive
        weight += _ALONE * self._is_alone(mention) + _WITHIN * self._is_within(mention)
        weight += _SURE * bool(mention.office or mention.address) + _JOINED * mention.joined
        return weight

    def _is_within(self, mention: Mention) -> bool:
        """Whether a mention stands in what its sentence reports somebody to have said."""
        start, _ = self._page.sentence_at(mention.start)
        start = max(start, mention.start - _CLAUSE)
        return _REPORTS.search(self._page.text, start, mention.start) is not None

    def _is_asked(self, mention: Mention) -> bool:
        """Whether somebody is asked, and may answer in the same sentence."""
        return (
            _ASKS.search(self._page.text, max(0, mention.start - _LEFT), mention.start) is not None
        )

    def _is_alone(self, mention: Mention) -> bool:
        """Whether a mention is all of its line: a heading, a signature."""
        text = self._page.text
        before = text[max(0, mention.start - _LEFT) : mention.start].rstrip(' “"-•*')
        behind = text[mention.end : mention.end + _LEFT].lstrip(' ”".,:*')
        return before[-1:] in {"", "\n"} and behind[:1] in {"", "\n"}

    def _sentence(self, position: int) -> int:
        return bisect_left(self._page.sentence_starts, position + 1)
