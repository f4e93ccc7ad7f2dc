"""What a text holds that readers will not see, or more of than a file may -> one message each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from sitrep.base.nouns import Problem, Severity, Source, Update, note
from sitrep.config.values import Limits
from sitrep.lexicon.phrases import standing_form
from sitrep.reading.blocks import Block, Shape
from sitrep.reading.lines import Classified
from sitrep.reading.rows import MAIL, Row
from sitrep.reading.split import Opening

_LINK = re.compile(
    r"(?<!!)\[[^\[\]\n]{1,200}\]\((?!https?:|//|mailto:|tel:|#|<|\{)(?P<to>[^()\s]{1,200})[^()\n]{0,200}\)"
)
LOOKED_AT = 4
"""So many updates in a row with the same line tell that it comes in every one."""
_FEWEST_WORDS = 4
_SHOWN = 80
_LISTED = 5


def told_once(problems: Iterable[Problem], path: str, told: dict[str, str]) -> tuple[Problem, ...]:
    """The messages on a file without those that its folder was told already, at another file. ``told``: the
    topics its folder was told, and at which path; what this file tells first is added."""
    kept = []
    for problem in problems:
        at = [told.setdefault(topic, path) for topic in problem.topics]
        if not at or path in at or problem.severity is Severity.ERROR:
            kept.append(problem)
    return tuple(kept)


def remark_on_mail(source: Source, rows: Sequence[Row]) -> Iterator[Problem]:
    """That lines with names, addresses and numbers were left out: a writer may have meant them."""
    if left := [row.number for row in rows if row.marker == MAIL]:
        fact = f"lines of mails that are not published (senders, signatures, devices): {len(left)}"
        remedy = "nothing to do; what readers should have, such as a hotline, goes into a bullet"
        yield note(source.path, left[0], fact, remedy)


def remarks_on_marks(source: Source, found: Classified) -> Iterator[Problem]:
    """A comment without end (an error), elements of HTML that are not shown, links to files."""
    if found.unclosed is not None:
        fact = "a comment begins here (<!--) and never ends"
        remedy = "write --> where it ends; what stands in a comment is not published"
        yield Problem(path=source.path, line=found.unclosed, fact=fact, remedy=remedy)
    if found.lost:
        fact = f"HTML that is not shown: {', '.join(found.lost)}"
        remedy = "write what it shows as text, or nothing if it may be left out"
        first = min(found.lost.values())
        yield note(source.path, first, fact, remedy, *(f"html {name}" for name in found.lost))
    if "](" in source.text and (link := _LINK.search(source.text)):
        fact = f"{link['to'][:80]} is not published: only pictures are. The words of the link stay"
        remedy = "write a whole address (https://...), or the words alone"
        topics = ("link to a page",) if link["to"][0] == "/" else ()
        yield note(source.path, source.text.count("\n", 0, link.start()) + 1, fact, remedy, *topics)


def remark_on_repeats(updates: Sequence[Update], path: str) -> Iterator[Problem]:
    """One note on the items that stand word for word in each of these updates, the newest last. ``path``: the
    file whose writer is told. Two updates are enough to notice it; the writer decides."""
    said = [{standing_form(item.text): item for item in update.items} for update in updates[-LOOKED_AT:]]
    if len(said) < 2:
        return
    items = [item for form, item in said[-1].items() if all(form in forms for forms in said[:-1])]
    if len(items) == len(said[-1]):
        return  # The same text once more: to leave it all out is no advice.
    items = [item for item in items if len(item.text.split()) >= _FEWEST_WORDS]
    if not items:
        return
    lines = [json.dumps(_beginning(item.text), ensure_ascii=False) for item in items[:_LISTED]]
    what = "one item stands" if len(items) == 1 else f"{len(items)} items stand"
    fact = f"{what} word for word in each of the last {len(said)} updates"
    remedy = f"if this is no news, write into config.yaml: boilerplate: [{', '.join(lines)}]"
    yield note(path, items[0].line, fact, remedy, *(f"repeats {line}" for line in lines))


def _beginning(text: str) -> str:
    """The first words of a text: what is enough to know it by."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN].rpartition(" ")[0] or line[:_SHOWN]


# -- limits ----------------------------------------------------------------------------------------

_FEW, _SPARSE = 100, 80
"""Updates of a file that may be as short as they like; characters that each has in a longer one."""
_FREE, _TIMES = 1_000_000, 12
"""Bytes that a file may become however short it is, and how many times as many as it has."""
_BLOCKS_AN_ITEM = 3
"""Bullets and paragraphs at the margin that one item may take up, on the average of an update."""
_FRAME = 170
"""Bytes around an item: its paragraph, number and link."""
_MARKUP_BYTES = {
    "&": 4, "<": 3, ">": 3, '"': 5, "[^": 290, "](": 60, "://": 75, "@": 30, "*": 8, "_": 8, "`": 10, "~": 8,
    "|": 9, "\n": 5,
}  # fmt: skip
"""What a sign adds where it is markup, at most: half of an emphasis, an address with its link, a footnote."""


def too_many_lines(source: Source, lines: Sequence[str], limits: Limits) -> Iterator[Problem]:
    """One error if there are more lines than are looked at: reading takes as long as there are lines."""
    if len(lines) > limits.lines:
        yield _over(source, 1, f"{len(lines):,} lines", limits.lines, "lines")


def too_many_updates(source: Source, openings: Sequence[Opening], limits: Limits) -> Iterator[Problem]:
    """One error if a file would make more pages than it has words for, or than are made of one file."""
    count = sum(not opening.is_empty for opening in openings)
    if count > limits.updates:
        yield _over(source, openings[0].line, f"{count:,} updates", limits.updates, "updates")
    elif count > _FEW and len(source.text) < _SPARSE * count:
        fact = f"{count:,} updates in {len(source.text):,} characters would be pages without words"
        remedy = f"write the texts under their dates, or drop {_FEW} dates a file"
        yield Problem(path=source.path, line=openings[0].line, fact=fact, remedy=remedy)


def too_many_blocks(source: Source, line: int, blocks: Sequence[Block], limits: Limits) -> Iterator[Problem]:
    """One error if an update has so many bullets and paragraphs that its items must be too many. Told before
    each is looked at, which costs more than finding it."""
    if len(blocks) <= _BLOCKS_AN_ITEM * limits.items:
        return
    said = sum(block.shape in (Shape.BULLET, Shape.PARAGRAPH) and not block.first.indent for block in blocks)
    if said > _BLOCKS_AN_ITEM * limits.items:
        yield _over(source, line, f"{said:,} bullets and paragraphs", limits.items, "items")


def too_much_to_show(source: Source, updates: Sequence[Update], limits: Limits) -> Iterator[Problem]:
    """One error if an update, or a file, would make more of itself than a subscriber can take."""
    sizes = [_shown_bytes(update) for update in updates]
    most, written = max(sizes, default=0), len(source.text.encode())
    if large := next((update for update in updates if _pieces(update) > limits.items), None):
        what = "items" if len(large.items) == _pieces(large) else "items, passages and headings"
        yield _over(source, large.line, f"{_pieces(large):,} {what}", limits.items, "items")
    elif most > limits.shown_bytes:
        said = f"{most:,} bytes to show"
        yield _over(source, updates[sizes.index(most)].line, said, limits.shown_bytes, "shown_bytes")
    elif sum(sizes) > _FREE + _TIMES * written:
        fact = f"{written:,} bytes would become {sum(sizes):,} on pages and in feeds"
        remedy = "join items that are only a word or two, or drop it in several files"
        yield Problem(path=source.path, line=updates[0].line, fact=fact, remedy=remedy)


def _shown_bytes(update: Update) -> int:
    """About as many bytes as an update is as HTML: at least that many where there is much of anything."""
    texts = [item.text for item in update.items] + [passage.text for passage in update.passages]
    marks = sum(count * text.count(sign) for text in texts for sign, count in _MARKUP_BYTES.items())
    return _FRAME * len(texts) + sum(len(text.encode()) for text in texts) + marks


def _pieces(update: Update) -> int:
    """Its items, the passages beside them, and headings above nothing: each is a piece of its page."""
    bare = sum(not section.items for section in update.sections)
    return len(update.items) + len(update.passages) + bare


def _over(source: Source, line: int, said: str, most: int, key: str) -> Problem:
    fact = f"{said} are more than the limit of {most:,}"
    remedy = f"split it, or raise limits: {key}: in config.yaml"
    return Problem(path=source.path, line=line, fact=fact, remedy=remedy)
