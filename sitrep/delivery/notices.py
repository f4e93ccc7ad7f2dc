"""An update -> a short notice of it, in the author's words: headline, points, address.

Every point is a whole sentence that opens with its label where it is hedged; where there is no room for
one it is left out, never cut, so no notice sounds surer than the update.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sitrep.base.nouns import Update
from sitrep.base.say import instant_text
from sitrep.base.values import Struct
from sitrep.config.values import Config
from sitrep.site import addresses as at
from sitrep.text.summaries import (
    deck,
    headline,
    key_points,
    language,
    one_line,
    point,
    short_name,
    words_of,
)

LONGEST = 1_000
"""Characters of a notice, where a service takes as many; an address at its end counts."""
_POINTS = 4


class Notice(Struct, frozen=True, kw_only=True):
    """What followers are told of one thing."""

    title: str
    lines: tuple[str, ...]
    """In order of weight, each a whole statement."""
    link: str

    def text(self, limit: int) -> str:
        """As many of the lines as fit into so many characters, then the address, which always stands."""
        room = min(limit, LONGEST) - len(self.link) - 2
        said: list[str] = []
        for line in self.lines:
            room -= len(line) + 1
            if room < 0:
                break
            said.append(line)
        return "\n".join((*said, "", self.link)) if said else self.link


def notice_of(update: Update, config: Config) -> Notice:
    """What to say of an update that has just come out."""
    return Notice(
        title=f"{config.site.title}: {headline(update, config)}",
        lines=tuple(_lines(update, config)),
        link=at.absolute(config, at.update_page(update.key)),
    )


def notice_of_many(updates: Sequence[Update], config: Config) -> Notice:
    """One notice for many updates, newest first: nobody wants a dozen at once."""
    newest = sorted(updates, key=lambda update: (update.date, update.key), reverse=True)
    return Notice(
        title=f"{config.site.title}: {len(newest)}",
        lines=tuple(f"– {headline(update, config)}" for update in newest),
        link=at.absolute(config, ""),
    )


def corrections_of(update: Update, since: dt.datetime) -> tuple[str, ...]:
    """A mark for each item whose newest wording is a correction made since then; ``update_of`` reads it."""
    newest = ((item, item.revisions[-1]) for item in update.items if item.revisions)
    return tuple(
        f"{update.key}#{item.number}@{instant_text(revision.at)}"
        for item, revision in newest
        if revision.correction and revision.at >= since
    )


def update_of(mark: str) -> str:
    """The key of the update that a mark, or a key, speaks of."""
    return mark.partition("#")[0]


def notice_of_corrections(update: Update, marks: Sequence[str], config: Config) -> Notice | None:
    """What was wrong in an update and what is right, with its label; None if the items are gone."""
    lang = words_of(config, language(update, config))
    numbers = {mark.partition("#")[2].partition("@")[0] for mark in marks}
    items = [item for item in update.items if str(item.number) in numbers]
    if not items:
        return None
    what = lang.correction
    reasons = (item.revisions[-1].reason for item in items if item.revisions)
    return Notice(
        title=f"{config.site.title}: {what}",
        lines=(
            f"{what}: {headline(update, config)}",
            *(f"– {point(item, lang)}" for item in items),
            *(one_line(reason) for reason in reasons if reason),
        ),
        link=at.absolute(config, f"{at.update_page(update.key)}#{at.anchor(items[0].number)}"),
    )


def _lines(update: Update, config: Config) -> Iterator[str]:
    if summary := deck(update):
        yield summary
    lang = words_of(config, language(update, config))
    points = [key_point.text for key_point in key_points(update, config)]
    points = points or [point(item, lang) for item in update.items if not item.opinion]
    yield from (f"– {text}" for text in points[:_POINTS])
    counts = Counter(item.front for item in update.items)
    told = (f"{short_name(front)} {counts[front.id]}" for front in config.fronts if counts[front.id])
    yield ", ".join(told)


def whole(updates: Iterable[Update | None]) -> tuple[Update, ...]:
    """Those that are still there and not taken back."""
    return tuple(update for update in updates if update is not None and update.withdrawn is None)
