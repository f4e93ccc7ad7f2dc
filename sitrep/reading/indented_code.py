"""Lines that stand four columns in -> whether they are code, as Markdown has it, or words that are set in."""

from __future__ import annotations

from collections.abc import Sequence

from sitrep.base.patterns import lazy_pattern
from sitrep.reading.lines import Row

_COLUMNS = 4
_SIGN = lazy_pattern(r"[{}=;$|\\<>]|\w@\w|\w\(|(?:^|\s)(?:--?[a-z]\w*(?=\s|$)|[.~]?/\w)")


def is_code(rows: Sequence[Row]) -> bool:
    """True of lines of which half hold signs that prose has not, and none ends as a sentence does.

    People set in what they quote, and mail programs everything: without such signs it is prose.
    """
    if any(row.indent < _COLUMNS or not row.text.isascii() or row.text[-1] in ".!?," for row in rows):
        return False
    return 2 * sum(_SIGN.search(row.text) is not None for row in rows) >= len(rows)
