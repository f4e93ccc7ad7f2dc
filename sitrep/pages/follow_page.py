"""The feeds of a site -> the page that says what a feed is and where each of them stands."""

from __future__ import annotations

from sitrep.archive.archive import Archive
from sitrep.base.values import replace
from sitrep.pages import qr
from sitrep.pages.layout import Layout
from sitrep.site import addresses as at


def page(archive: Archive, layout: Layout) -> bytes:
    """What a feed is, and the address of each; the main ones also as codes for a camera."""
    links = layout.frame.feed_links(at.FOLLOW, absolute=True)
    feeds = tuple(replace(link, note=_repeats(layout, link.id, links[0].name)) for link in links)
    return layout.lay_out(
        "follow.html",
        layout.page(
            at.FOLLOW,
            title=layout.words.follow,
            description=layout.words.feed_what,
            current=at.FOLLOW,
            translated=archive.languages_where(Archive.live),
        ),
        feeds=feeds,
        codes=qr.codes(feeds[: len(layout.config.fronts) + 1]),
        onion_code=qr.code(layout.config.site.onion, layout.words.onion) if layout.config.site.onion else "",
        opml=at.absolute(layout.config, at.OPML),
        api=at.absolute(layout.config, at.beside(layout.config, at.API)),
        site=layout.config.site,
        offline=at.OFFLINE if layout.config.offline.days else "",
    )


def _repeats(layout: Layout, feed: str, everything: str) -> str:
    """What a feed has in common with the others, so that nobody takes the same twice."""
    words = layout.words
    opinion = words.feed_opinion_part if layout.config.feeds.opinion else words.feed_opinion_apart
    known = {
        "updates": words.feed_most,
        "items": words.feed_items_part,
        "changes": words.feed_changes_part,
        "opinion": opinion,
    }
    return known.get(feed, words.feed_front_part).replace("{}", everything)
