"""A query tree becomes, segment by segment, a mask of documents and their scores."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from archivist.model.progress import CancelToken
from archivist.model.query import (
    And,
    AtLeast,
    Dated,
    Everything,
    Fuzzy,
    Held,
    Leaf,
    Like,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Within,
    Word,
)
from archivist.search import likeness, rank
from archivist.search.arrays import Mask, Places, Weights
from archivist.search.columns import Columns
from archivist.search.counting import Counted, added, listed
from archivist.search.patterns import MOST_FORMS
from archivist.search.slots import Any, Slot, Spelled, Wild, fields_of, run_of
from archivist.search.spans import Spans, union
from archivist.search.standing import Standing
from archivist.search.types import FIELDS, TEXT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from archivist.search.parts import Part


class Evaluation:
    """Evaluates queries on one state of the index.

    Attributes:
        parts: the segments.
        docs: documents in all of them, also deleted ones.
        averages: mean length of each field.
        columns: values and dates.
    """

    def __init__(self, parts: Sequence[Part], columns: Columns) -> None:
        self.parts = tuple(parts)
        self.docs = sum(part.count for part in parts)
        self.averages = {
            name: sum(part.fields[name].tokens_count for part in parts) / max(self.docs, 1)
            for name in FIELDS
        }
        self.columns = columns
        self._idf: dict[tuple[Slot, tuple[str, ...]], float] = {}

    def idf(self, slot: Slot, names: tuple[str, ...]) -> float:
        """Return what a slot tells; documents are counted at most, form by form."""
        if isinstance(slot, Any):
            return 0.0
        found = self._idf.get((slot, names))
        if found is None:
            having = sum(self._having(part, slot, names) for part in self.parts)
            found = self._idf[slot, names] = rank.rarity(self.docs, having)
        return found

    def _having(self, part: Part, slot: Slot, names: tuple[str, ...]) -> int:
        most = 0
        for name in names:
            frequency = part.fields[name].frequency
            found = sum(int(frequency[each.terms].sum()) for each in part.expand(name, slot))
            most = max(most, found)
        return min(part.count, most)

    def tells(self, node: Node) -> float:
        """Return what several things near each other tell: the sum of what each does.

        Of alternatives the commonest counts.
        """
        match node:
            case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
                return sum(self.idf(slot, fields_of(node)) for slot in run_of(node))
            case Near(left, right) | Within(left, right):
                return self.tells(left) + self.tells(right)
            case Or(parts):
                return min(map(self.tells, parts))
            case _:
                return 0.0

    def query(
        self,
        node: Node,
        *,
        scored: bool,
        cancel: CancelToken | None = None,
        among: Collection[int] | None = None,
    ) -> Query:
        """Prepare a query; `among`: the keys of the only records that may match."""
        kept = None if among is None else self.mask(among)
        return Query(self, self.columns, node, scored, cancel, kept)

    def mask(self, among: Collection[int]) -> Mask:
        """Return by key which records are among some."""
        mask = np.zeros(self.columns.size, bool)
        keys = np.fromiter(among, np.int64, len(among))
        mask[keys[(keys >= 0) & (keys < len(mask))]] = True
        return mask


@dataclass(frozen=True)
class Query:
    """One query on one state of the index; asked segment by segment."""

    whole: Evaluation
    columns: Columns
    node: Node
    scored: bool
    cancel: CancelToken | None = None
    among: Mask | None = None
    _masks: dict[Node, Mask] = field(default_factory=dict)
    _likes: dict[Node, tuple[Mask, Weights]] = field(default_factory=dict)
    _standing: dict[tuple[str, str], Standing] = field(default_factory=dict)

    def on(self, part: Part) -> tuple[Mask, Weights | None]:
        """Return which living documents of a segment match, and the scores of all."""
        mask, scores = self._node(part, self.node, scored=self.scored)
        if self.among is not None:
            mask = mask & self.among[part.keys]
        return (mask if part.alive is None else mask & part.alive), scores

    def few(self, part: Part) -> tuple[Places, Weights] | None:
        """Return which living documents match and their scores, if it is one word few have.

        None where it is not: `on` tells then.
        """
        node = self.node
        if self.among is not None or not isinstance(
            node, Word | Phrase | Prefix | Wildcard | Fuzzy
        ):
            return None
        run = run_of(node)
        if len(run) != 1 or isinstance(run[0], Any):
            return None
        found = listed(part, fields_of(node), run[0], self.whole.averages)
        if found is None:
            return None
        docs, weights = found
        if part.alive is not None:
            living = part.alive[docs]
            docs, weights = docs[living], weights[living]
        return docs, rank.saturated(weights, self.whole.tells(node)) if len(docs) else weights

    def matching(self, part: Part, node: Node) -> Mask:
        """Return which documents of a segment, deleted ones too, match another node."""
        return self._node(part, node, scored=False)[0]

    def standing(self, part: Part, name: str) -> Standing:
        """Return what tells where nodes stand in a field of a segment."""
        key = part.loaded.name, name
        found = self._standing.get(key)
        if found is None:
            found = self._standing[key] = Standing(part, name)
        return found

    def spans_of(self, part: Part, name: str, node: Node) -> Spans:
        """Return where a node stands in a field of a segment, in deleted documents, too."""
        return self.standing(part, name).spans(node)

    def spans(self, part: Part) -> Spans:
        """Return where what the query looks for stands in the texts of the records it finds."""
        found = []
        for node, mask in self._bound(part, self.node, self.on(part)[0]):
            spans = self.spans_of(part, TEXT, node)
            found.append(spans.chosen(mask[spans.docs]))
        return union(found)

    def places(self, part: Part, node: Node) -> int:
        """Count the places in title and text, in records that match, where a node stands.

        Of alternatives that begin at one place the place counts once; something that is sought in
        some records only (`UN -lang:fr`) counts in these.
        """
        bound = list(self._bound(part, node, self.on(part)[0]))
        if len(bound) != 1:
            return sum(self._begun(part, name, bound) for name in FIELDS)
        ((alone, mask),) = bound
        counts = [self.standing(part, name).counts(alone) for name in FIELDS]
        return int(added(counts, part.count)[mask].sum())

    def _bound(self, part: Part, node: Node, mask: Mask) -> Iterator[tuple[Node, Mask]]:
        """Yield what is sought, and the documents in which it is."""
        if isinstance(node, And):
            for inner in node.parts:
                if isinstance(inner, Not | Value | Dated | Held):
                    mask = mask & self.matching(part, inner)
        if isinstance(node, And | Or):
            for inner in node.parts:
                yield from self._bound(part, inner, mask)
        elif isinstance(node, AtLeast):
            yield from self._bound(part, node.part, mask)
        else:
            yield from ((found, mask) for found in sought(node))

    def _begun(self, part: Part, name: str, bound: Sequence[tuple[Node, Mask]]) -> int:
        """Count the different places in a field where something begins."""
        starts = [np.zeros(0, np.int64)]
        for node, mask in bound:
            spans = self.spans_of(part, name, node)
            starts.append(spans.starts[mask[spans.docs]])
        return len(np.unique(np.concatenate(starts)))

    def notes(self) -> tuple[str, ...]:
        """Say where the answer may not be complete."""
        return tuple(
            f"“{leaf.text}{'~' if isinstance(leaf, Fuzzy) else ''}” stands for more than "
            f"{MOST_FORMS:,} words; only the commonest of them were looked for."
            for leaf in dict.fromkeys(leaves(self.node))
            if isinstance(leaf, Wildcard | Fuzzy) and self._is_cut(leaf)
        )

    def _is_cut(self, leaf: Leaf) -> bool:
        return any(
            part.loaded.terms(name, slot).there > MOST_FORMS
            for slot in run_of(leaf)
            if isinstance(slot, Wild | Spelled)
            for part in self.whole.parts
            for name in fields_of(leaf)
        )

    def _node(self, part: Part, node: Node, *, scored: bool) -> tuple[Mask, Weights | None]:
        if self.cancel is not None:
            self.cancel.check()
        match node:
            case And() | Or():
                return self._several(part, node, scored=scored)
            case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
                return self._leaf(part, node, scored=scored)
            case Near() | Within():
                return self._joined(part, node, scored=scored)
            case AtLeast():
                return self._at_least(part, node, scored=scored)
            case Like():
                return self._like(part, node, scored=scored)
            case _:
                return self._unscored(part, node), None

    def _unscored(self, part: Part, node: Everything | Not | Value | Dated | Held) -> Mask:
        if isinstance(node, Everything):
            return np.ones(part.count, bool)
        if isinstance(node, Not):
            return ~self._node(part, node.part, scored=False)[0]
        mask = self._masks.get(node)
        if mask is None:
            mask = self._masks[node] = self._by_key(node)
        found: Mask = mask[part.keys]
        return found

    def _by_key(self, node: Value | Dated | Held) -> Mask:
        if isinstance(node, Held):
            return self.whole.mask(node.keys)
        if isinstance(node, Value):
            return self.columns.having(node.field, node.value, prefix=node.prefix, exact=node.exact)
        span = node.range.interval
        return self.columns.days(node.field).overlapping(span.first, span.last)

    def _several(self, part: Part, node: And | Or, *, scored: bool) -> tuple[Mask, Weights | None]:
        joint = np.logical_and if isinstance(node, And) else np.logical_or
        mask, scores = self._node(part, node.parts[0], scored=scored)
        for inner in node.parts[1:]:
            found, added = self._node(part, inner, scored=scored)
            mask = joint(mask, found)
            if added is not None:
                scores = added if scores is None else scores + added
        return mask, scores

    def _leaf(self, part: Part, node: Leaf, *, scored: bool) -> tuple[Mask, Weights | None]:
        run = run_of(node)
        counted = Counted(part, self.whole.averages, scored=scored)
        for name in fields_of(node) if run else ():
            if len(run) == 1 and not isinstance(run[0], Any):
                counted.words(name, run[0])
            else:
                counted.each(name, self.standing(part, name).spans(node).docs)
        return counted.result(self.whole.tells(node) if scored else 0.0)

    def _joined(
        self, part: Part, node: Near | Within, *, scored: bool
    ) -> tuple[Mask, Weights | None]:
        counted = Counted(part, self.whole.averages, scored=scored)
        for name in FIELDS:
            counted.times(name, self.standing(part, name).counts(node))
        return counted.result(self.whole.tells(node) if scored else 0.0)

    def _at_least(self, part: Part, node: AtLeast, *, scored: bool) -> tuple[Mask, Weights | None]:
        counts = [self.standing(part, name).counts(node.part) for name in FIELDS]
        mask: Mask = added(counts, part.count) >= max(1, node.count)
        if not scored:
            return mask, None
        scores = self._node(part, node.part, scored=True)[1]
        return mask, None if scores is None else scores * mask

    def _like(self, part: Part, node: Like, *, scored: bool) -> tuple[Mask, Weights | None]:
        found = self._likes.get(node)
        if found is None:
            found = self._likes[node] = self._likenesses(node)
        return found[0][part.keys], found[1][part.keys] if scored else None

    def _likenesses(self, node: Like) -> tuple[Mask, Weights]:
        mask = np.zeros(self.columns.size, bool)
        scores = np.zeros(self.columns.size, np.float32)
        keys, weights = likeness.similar(self.whole, node)
        mask[keys], scores[keys] = True, weights
        return mask, scores


def sought(node: Node) -> Iterator[Node]:
    """Yield what a query looks for in the words, but not what it leaves out."""
    match node:
        case And(parts) | Or(parts):
            for inner in parts:
                yield from sought(inner)
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy() | Near() | Within():
            yield node
        case AtLeast(inner):
            yield from sought(inner)
        case _:
            pass


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield every leaf of a query, wherever it stands."""
    match node:
        case And(parts) | Or(parts):
            for inner in parts:
                yield from leaves(inner)
        case Near(left, right) | Within(left, right):
            yield from leaves(left)
            yield from leaves(right)
        case Not(inner) | AtLeast(inner):
            yield from leaves(inner)
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            yield node
        case _:
            pass
