"""A text that has more of something than a file may -> an error that says where, and how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitrep.base.nouns import Problem, Source, Update
from sitrep.config.values import Limits
from sitrep.reading.blocks import Block, Shape
from sitrep.reading.split import Opening

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
