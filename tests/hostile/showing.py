"""Any bytes -> what is made of them on pages and in feeds, with everything that must hold of it checked."""

from __future__ import annotations

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from sitrep.config.load import load_config
from sitrep.feeds.entries import Entries
from sitrep.feeds.month_units import MemoryEntryCache, Months
from sitrep.identity.item_ids import settle
from sitrep.reading.decoding.decode import Decoded, decode
from sitrep.site.addresses import FEED_FORMATS
from sitrep.sorting.front_rules import SortingRules, compile_rules
from sitrep.sorting.sort_items import read
from sitrep.text.markdown import to_html, to_text
from tests.hostile.judging import CONTROLS, PLACEHOLDER, TURNS, inert
from tests.publishing import CONFIG, NOON


@cache
def rules() -> SortingRules:
    """How the workbench's site sorts."""
    return compile_rules(load_config(CONFIG, "config.yaml"))


def speaks_plainly(text: str) -> None:
    """No control character, no sign that turns the direction, no placeholder of a library."""
    for pattern in (CONTROLS, TURNS, PLACEHOLDER):
        found = pattern.search(text)
        assert not found, (pattern.pattern, text[max(0, found.start() - 80) : found.end() + 80])


def show(content: bytes, most: int = 20) -> None:
    """Read, sort and show a text; fails where any of it raises, is not inert or does not parse.

    ``most``: updates of it that are shown, and items of each.
    """
    decoded = decode("a.txt", content, limit=10**7)
    if not isinstance(decoded, Decoded):
        return
    config = rules().config
    entries, months = Entries(config), Months(config, MemoryEntryCache())
    for update in read(decoded.source, rules()).updates[:most]:
        key, none = update.date.isoformat(), dt.timedelta()
        update = settle(None, update, key=key, now=NOON, zone=ZoneInfo("UTC"), grace=none).update
        page = entries.page(update)
        for item in update.items[:most]:
            speaks_plainly(to_html(item.text, item.number))
            speaks_plainly(to_text(item.text, links=True))
        for entry in (entries.update(page, None), *entries.items(page)[:most]):
            if entry is None:
                continue
            assert not list(inert(entry.content))
            speaks_plainly(f"{entry.title} {entry.summary} {entry.content} {entry.author}")
            for form in FEED_FORMATS:
                months.write((entry,), form)
