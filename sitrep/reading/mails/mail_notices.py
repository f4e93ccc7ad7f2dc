"""Finds what lawyers, services and lists write above and below a mail: no news, and no reader's business."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sitrep.base.patterns import lazy_pattern
from sitrep.reading.rows import LineKind, Row, ends_sentence
from sitrep.reading.words import words_of

WORDLESS = (LineKind.BLANK, LineKind.RULE, LineKind.COMMENT)
"""Kinds of lines that say nothing."""
_LONGEST, _MOST_ROWS, _ENDS = 1_500, 8, 3
_LINE = 8
"""Words of a line that need not say where it leads: Unsubscribe | View in your browser."""
_SAID = words_of("mail")
_LEGAL = tuple(lazy_pattern(words, re.IGNORECASE) for words in _SAID["legal"])
"""What a footer of lawyers has: a mail, a secret or an order, and whose it is or whose it is not."""
_SERVICE = lazy_pattern(_SAID["service"], re.IGNORECASE)
"""What a footer of a service has, beside an address or the word mail; news may have it too."""
_ADDRESS = lazy_pattern(r"https?:|www\.|\w@\w|newsletter", re.IGNORECASE)


def find_notices(rows: Sequence[Row]) -> Iterator[int]:
    """What lawyers and services write above and below a mail."""
    blocks = _blocks(rows)
    for block in {*blocks[:_ENDS], *blocks[-_ENDS:]}:
        if _is_notice(rows, block):
            yield from block


def _blocks(rows: Sequence[Row]) -> list[range]:
    """Paragraphs, of lines that are not silent."""
    found: list[range] = []
    for position, row in enumerate(rows):
        if row.kind in WORDLESS:
            continue
        joined = found and found[-1].stop == position
        found.append(range(found.pop().start if joined else position, position + 1))
    return found


def _is_notice(rows: Sequence[Row], block: range) -> bool:
    if len(block) > _MOST_ROWS or any(rows[position].kind is LineKind.BULLET for position in block):
        return False
    text = " ".join(rows[position].text for position in block)[:_LONGEST]
    if _SERVICE.search(text):
        line = text.count(" ") < _LINE and not ends_sentence(text)
        return line or bool(_ADDRESS.search(text) or _LEGAL[0].search(text))
    return all(words.search(text) for words in _LEGAL)
