"""What an import found -> lines for a terminal: what comes in, what was taken out, what stays outside."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from sitrep.importing.values import Drop, ImportFindings, LeftOut

_FEW = 10


def tell(found: ImportFindings, where: str) -> Iterator[str]:
    """The report. ``where``: the place in feeds/ they go to; empty if nothing is written."""
    if found.drops:
        done, goal = ("imported", f" -> {where}") if where else ("would import", "")
        yield f"  {done:<13}{_counts(found)}{goal}"
        if days := [day for drop in found.drops for day in drop.dates]:
            yield f"  {'dates':<13}{min(days)}{f' to {max(days)}' if min(days) != max(days) else ''}"
    for drop in found.drops if len(found.drops) <= _FEW else ():
        yield f"  {drop.name}  {_count(drop.items, 'item')}"
    yield from _removed(found.drops)
    if found.odd:
        yield "  not understood, and taken out:"
        for name, count in found.odd.most_common(_FEW):
            first = next(drop.origin for drop in found.drops if name in drop.odd)
            yield f"    {count:>5}  {name}   first in {first}"
    yield from _left_out(found.left_out)


def _counts(found: ImportFindings) -> str:
    drafts = sum(drop.draft for drop in found.drops)
    texts = len(found.drops) - drafts
    parts = [_count(number, what) for number, what in ((texts, "text"), (drafts, "draft")) if number]
    return f"{', '.join(parts)} of a {found.kind}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _removed(drops: tuple[Drop, ...]) -> Iterator[str]:
    removed = Counter((cut.reason, cut.text) for drop in drops for cut in drop.removed)
    if not removed:
        return
    yield f"  taken out: {_count(sum(removed.values()), 'line')} that are no part of the text"
    for (reason, text), count in removed.most_common(_FEW):
        often = f" ({count} times)" if count > 1 else ""
        yield f"    {reason}: {json.dumps(_short(text), ensure_ascii=False)}{often}"
    if len(removed) > _FEW:
        yield f"    and {len(removed) - _FEW} others"


def _left_out(left_out: tuple[LeftOut, ...]) -> Iterator[str]:
    if not left_out:
        return
    yield f"  left out: {len(left_out)}"
    for reason, count in Counter(left.reason for left in left_out).most_common(_FEW):
        first = next(left for left in left_out if left.reason == reason)
        yield f"    {count:>5}  {reason}   first: {first.origin}"
        if first.remedy:
            yield f"           hint: {first.remedy}"


def _short(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:69]}…"
