"""What every step of reading is given: a source with its lines, its header and the words of its language."""

from __future__ import annotations

from collections.abc import Sequence

from sitrep.base.nouns import Problem, Source, warning
from sitrep.base.values import Struct
from sitrep.config.values import Config
from sitrep.lexicon.phrases import Vocabulary
from sitrep.reading.headers.header import Header


class Text(Struct, frozen=True):
    """A source that is being read."""

    source: Source
    lines: Sequence[str]
    header: Header
    config: Config
    vocabulary: Vocabulary

    def error(self, line: int | None, fact: str, remedy: str, quote: str | None = None) -> Problem:
        """A problem for which it is refused."""
        return Problem(path=self.source.path, line=line, fact=fact, remedy=remedy, quote=quote)

    def warning(self, line: int | None, fact: str, remedy: str, quote: str | None = None) -> Problem:
        """A problem with which it is published all the same."""
        return warning(self.source.path, line, fact, remedy, quote)
