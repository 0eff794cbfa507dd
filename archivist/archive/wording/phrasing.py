"""What an archive tells about words: was this ever said, and how was it said through the years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from archivist.archive.finding import Finding
    from archivist.archive.statements.saying import Saying
    from archivist.archive.statements.voices import Voices
    from archivist.archive.vocabulary import Vocabulary
    from archivist.archive.wording.following import Following
    from archivist.archive.wording.results import (
        Comparison,
        QuoteCheck,
        Spot,
        Stretch,
        Use,
        Wording,
    )
    from archivist.archive.wording.telling import Telling
    from archivist.model.progress import CancelToken
    from archivist.store import Store

_ANYTHING: Final = "The records of the archive are looked through for what was said in them."


class Phrasing:
    """The part of an archive's public API that is about quotations and wordings."""

    _store: Store
    _finding: Finding
    _saying: Saying
    _voices: Voices
    vocabulary: Vocabulary

    def quote(self, text: str, *, limit: int = 10, cancel: CancelToken | None = None) -> QuoteCheck:
        """Tell whether a text was ever said: word for word, nearly so, or never.

        Args:
            text: a sentence or more.
            limit: how many records to show.
            cancel: stops it.

        Raises:
            InputError: it has no words, or too many.
            StoppedError: it was stopped.
        """
        from archivist.archive.wording.quoting import Quoting  # noqa: PLC0415 - searches need none of it

        quoting = Quoting(self._store, self._finding, self.vocabulary, self._telling())
        return quoting.check(text, limit, cancel)

    def _prepare_quotes(self, cancel: CancelToken) -> None:
        """Load what the first check of a quotation needs, by checking one."""
        from archivist.archive.wording.senses import senses_of  # noqa: PLC0415 - searches need none of it

        senses_of("")
        self.quote(_ANYTHING, limit=1, cancel=cancel)

    def wording(
        self,
        phrase: str,
        *,
        among: Collection[int] | None = None,
        variants: int = 24,
        also: Sequence[str] = (),
        cancel: CancelToken | None = None,
    ) -> Wording:
        """Follow a phrase through the years, and find its other forms.

        Args:
            phrase: some words.
            among: ids of the only records that are looked at; None for all.
            variants: how many other forms, at most.
            also: forms that are to be counted in any case.
            cancel: stops it.

        Raises:
            InputError: it has no words, or too many.
            StoppedError: it was stopped.
        """
        return self._following().wording(phrase, among, cancel, variants, also)

    def uses(self, spots: Sequence[Spot]) -> list[Use]:
        """Return places of a phrase in their sentences; one whose text has changed has none."""
        return self._following().uses(spots)

    def compare(self, left: Stretch, right: Stretch) -> Comparison:
        """Lay the sentences of two uses side by side, word by word.

        Raises:
            UnknownRecordError: there is no such record.
        """
        return self._following().compare(left, right)

    def _following(self) -> Following:
        from archivist.archive.wording.following import Following  # noqa: PLC0415 - searches need none of it

        return Following(self._store, self._finding, self._telling())

    def _telling(self) -> Telling:
        from archivist.archive.wording.telling import Telling  # noqa: PLC0415 - searches need none of it

        return Telling(self._store, self._saying, self._voices)
