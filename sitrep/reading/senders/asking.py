"""A text with names of senders -> a question to its writer, or the text as the answer wants it.

``chat: yes`` leaves the names out, ``chat: no`` publishes them (docs/decisions/0019).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from sitrep.base.nouns import Problem, Source, note
from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import COLONS
from sitrep.base.values import replace
from sitrep.config.values import Config
from sitrep.lexicon.waiting.keys import truth_of
from sitrep.reading.headers.header import Header
from sitrep.reading.markup.office_marks import as_gone
from sitrep.reading.senders.named_columns import cells_of_senders, without_cells
from sitrep.reading.senders.named_lines import doubtful_name, without_names
from sitrep.reading.senders.people import known_to
from sitrep.reading.text import Text

_ANSWER = lazy_pattern(rf"\W{{0,9}}(?i:chat)\W{{0,3}}[{COLONS}]\s{{0,9}}(?P<said>[^\W\d_]{{1,12}})\W{{0,9}}$")
_CLOCK = lazy_pattern(
    r"^(\s*(?:[-–—*+•▪◦·>]\s+)?)\[?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?\]?,?[\s–—-]+"
)
_LOOKED_AT = 12
"""Lines below the header among which the answer is looked for: it may stand below the date as well."""
_LISTED = 20


def as_answered(source: Source, lines: list[str], header: Header, config: Config) -> tuple[Source, list[str]]:
    """The text as its writer wants it: without the line that answers, and for a chat without names of
    senders; the header notes where they stood."""
    header.chat = _told_below(lines, header)
    if header.chat is None:
        return source, lines
    if header.chat:
        known = partial(known_to, config, header.lang)
        lines, changed = without_names(lines, range(header.body, len(lines)), known)
        left = frozenset(range(header.body, len(lines))).difference(number - 1 for number in changed)
        # One after the other: what was taken out of a line is no cell of it any more.
        for named in cells_of_senders(lines, left, known):
            lines[named.at] = without_cells(lines[named.at], named)
            changed.append(named.at + 1)
        header.problems += _left_out(source, sorted({*changed}))
        _part_messages(lines, changed)
    return replace(source, text="\n".join(lines)), lines


def _told_below(lines: list[str], header: Header) -> bool | None:
    """What the writer has answered, in the header or in a line of its own, which is then left out."""
    for at in range(header.body, min(len(lines), header.body + _LOOKED_AT)):
        found = _ANSWER.match(lines[at]) if header.chat is None else None
        if found and (answer := truth_of(found["said"])) is not None:
            lines[at] = as_gone(lines[at], typed=True)
            return answer
    return header.chat


def _part_messages(lines: list[str], changed: Sequence[int]) -> None:
    """Messages of which one stands right below the other become items; a first line may date the text."""
    at = {number - 1 for number in changed}
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    for n in sorted(at - {first}):
        if lines[n][:1].isalnum() and (n - 1 in at or n + 1 in at):
            lines[n] = f"- {lines[n]}"


def _left_out(source: Source, changed: Sequence[int]) -> Iterator[Problem]:
    if changed:
        shown = ", ".join(map(str, changed[:_LISTED])) + (", ..." if len(changed) > _LISTED else "")
        fact = f"left out as names of senders: what stood before the words in lines {shown}"
        yield note(source.path, changed[0], fact, "nothing to do; chat: no publishes them all")


def ask_for_senders(text: Text, spoken: Collection[int], tabled: Collection[int]) -> Iterator[Problem]:
    """An error at one of the lines with rows of values (``tabled``, counted from 0), or at the first of the
    ``spoken`` ones, that seems to tell who sent it, until the writer has answered."""
    if text.header.chat is not None:
        return
    known = partial(known_to, text.config, text.header.lang)
    named = next(cells_of_senders(text.lines, tabled, known), None)
    at = named.at if named else doubtful_name(text.lines, spoken, known)
    if at is not None:
        fact = "a name stands here as in a chat: it may be the sender's, whom readers must not see"
        remedy = "write as the first line chat: yes to leave such names out, or chat: no to publish them"
        yield text.error(at + 1, fact, remedy)


def without_known_names(text: Text, numbers: Collection[int]) -> list[str]:
    """The lines, those of the ``numbers`` as if nobody's name stood before their words, and no clock before
    that: an order to wait holds a text back whoever gives it."""
    at = sorted(number - 1 for number in numbers)
    known = partial(known_to, text.config, text.header.lang)
    lines, changed = without_names(text.lines, at, known, labels=False)
    for number in changed:
        lines[number - 1] = _CLOCK.sub(r"\1", lines[number - 1])
    return lines
