"""A third of a month of the archive -> the index that a browser searches in."""

from __future__ import annotations

from sitrep.archive.archive import Archive
from sitrep.base.values import encode
from sitrep.config.values import Config
from sitrep.site.search_thirds import third_of
from sitrep.text import feed_text, summaries


def of_third(archive: Archive, config: Config, third: str) -> bytes | None:
    """The items of a third to search in, newest update first; None if there are none.

    A script of one call, ``listed({"items": [[key, number, front, label, text, places], ...],
    "places": {name: spellings}})``: the label hedges the item in words and is empty where it is said plainly;
    the text is plain and on one line; places are found by each of their spellings.
    """
    updates = [update for update in archive.month(third[:7]) if third_of(update.date) == third]
    if not updates:
        return None
    items = [
        (update.key, item.number, item.front, summaries.hedge(item, summaries.language(update, config)),
         feed_text.one_line(item.words), item.places)
        for update in updates
        for item in update.items
    ]  # fmt: skip
    named = {name for *_, places in items for name in places}
    spelled = {
        place.name: " ".join((place.name, *place.aliases))
        for front in config.fronts
        for place in front.places
        if place.name in named
    }
    made = encode({"items": items, "places": spelled})
    # Two ends of a line to scripts of before 2019, though not to JSON.
    for end, escaped in (("\u2028", b"\\u2028"), ("\u2029", b"\\u2029")):
        made = made.replace(end.encode(), escaped)
    return b"listed(" + made + b")\n"
