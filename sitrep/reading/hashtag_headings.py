"""Lines ``#Rumors`` typed without a blank: a hashtag that names a front is its heading."""

from __future__ import annotations

from collections.abc import Sequence

from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.phrases import Vocabulary, fold
from sitrep.reading.rows import LineKind, Row

_INSIDE = lazy_pattern(r"(?<=[^\W\d_])(?=[A-Z])|_")


def with_front_headings(rows: Sequence[Row], vocabulary: Vocabulary) -> list[Row]:
    """The rows, in which a lone hashtag that names a front and has something below it is a heading."""
    return [
        _heading(row) if row.kind is LineKind.HASHTAGS and _is_heading(rows, at, vocabulary) else row
        for at, row in enumerate(rows)
    ]


def _heading(row: Row) -> Row:
    return row._replace(kind=LineKind.HEADING, text=row.text.strip("# "), level=1)


def _is_heading(rows: Sequence[Row], at: int, vocabulary: Vocabulary) -> bool:
    name = rows[at].text.strip().removeprefix("#")
    if "#" in name or " " in name or not _names_front(fold(_INSIDE.sub(" ", name)), vocabulary):
        return False
    below = next((row for row in rows[at + 1 :] if row.kind is not LineKind.BLANK), None)
    return below is not None and below.kind is not LineKind.HASHTAGS


def _names_front(folded: str, vocabulary: Vocabulary) -> bool:
    """True for the name of a front, and for its first word: Eastern, for the Eastern front."""
    return vocabulary.names_front(folded) or any(p.split()[0] == folded for p in vocabulary.fronts.words)
