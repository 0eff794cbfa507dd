"""Which segments are merged: few stay, and no commit pays for more than its share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from archivist.search.codec import KEYS, kept, put_segment
from archivist.search.schema import NAME
from archivist.search.segment import PackedField
from archivist.search.tokens import merged
from archivist.search.types import FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.codec import PackedCodec, PackedSegment
    from archivist.search.invert import Tokens
    from archivist.search.storage import SealedStorage

MOST_DOCS = 32_768
MOST_TOKENS = 8_000_000
"""The largest segment a merge makes: bounds its memory and time."""
_FANOUT = 12
_LEVEL_BITS = 3
_LEAST_TOKENS = 100_000
_SHARE = 64
_TOO_MANY = 48


def allowance(tokens: int) -> int:
    """Return how many words a commit that adds so many may merge."""
    return min(MOST_TOKENS, _LEAST_TOKENS + _SHARE * tokens)


def merge_some(
    storage: SealedStorage,
    codec: PackedCodec,
    segments: Sequence[PackedSegment],
    limit: int,
    fanout: int = _FANOUT,
) -> list[PackedSegment]:
    """Merge segments until no group is due; return the segments that then stand."""
    standing = list(segments)
    if len(standing) > _TOO_MANY:
        limit = MOST_TOKENS
    while group := choose(standing, limit, fanout):
        standing = [segment for segment in standing if segment not in group]
        standing.append(merge(storage, codec, group))
    return standing


def choose(segments: Sequence[PackedSegment], limit: int, fanout: int) -> list[PackedSegment]:
    """Return segments to merge into one, none where it is not worth the work.

    A group is due where `fanout` segments are about equally large; the smaller ones join it. A
    segment of which most is deleted is written again by itself.
    """
    for segment in segments:
        if 2 * segment.deleted_count() > segment.doc_count_all() and segment.tokens <= limit:
            return [segment]
    by_size = sorted(segments, key=lambda segment: segment.tokens)
    levels = [level(segment) for segment in by_size]
    due = [each for each in set(levels) if levels.count(each) >= fanout]
    for highest in sorted(due):
        group = _fitting([each for each in by_size if level(each) <= highest], limit)
        if len(group) >= max(2, fanout // 2):
            return group
    return []


def level(segment: PackedSegment) -> int:
    """Return how large a segment is, in steps of eight."""
    return int(segment.doc_count()).bit_length() // _LEVEL_BITS


def _fitting(by_size: Sequence[PackedSegment], limit: int) -> list[PackedSegment]:
    group: list[PackedSegment] = []
    docs = tokens = 0
    for segment in by_size:
        docs += segment.doc_count()
        tokens += segment.tokens
        if docs > MOST_DOCS or tokens > limit:
            break
        group.append(segment)
    return group


def merge(
    storage: SealedStorage, codec: PackedCodec, segments: Sequence[PackedSegment]
) -> PackedSegment:
    """Write one segment with the living documents of several."""
    files = [storage.packed(segment.file_name) for segment in segments]
    keeps = [kept(segment) for segment in segments]
    every = [file.array(KEYS) for file in files]
    keys = [each if keep is None else each[keep] for each, keep in zip(every, keeps, strict=True)]

    def tokens(name: str) -> Tokens:
        fields = (PackedField(file, name) for file in files)
        return merged(list(zip(fields, keeps, strict=True)))

    segment: PackedSegment = codec.new_segment(storage, NAME)
    put_segment(storage, segment, np.concatenate(keys), map(tokens, FIELDS))
    return segment
