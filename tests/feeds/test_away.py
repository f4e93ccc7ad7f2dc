"""Somebody who was away for 32 days from a site with two updates a day: what the reader library has lost."""

from __future__ import annotations

import logging
import sys
from functools import cache
from pathlib import Path

import feedparser_sgmllib
import pytest
import reader

from sitrep.archive.archive import Archive
from sitrep.feeds.documents import FeedDocuments
from sitrep.site.addresses import FeedFormat
from tests.feeds import samples
from tests.feeds.parsed import feed
from tests.feeds.test_windows import chain, prose
from tests.lanes import one_fast

# reader brings a feedparser of its own, which looks for the module by its old name.
sys.modules.setdefault("sgmllib", feedparser_sgmllib)

KEYS = [key + more for key in samples.days("2024-10-01", 40) for more in ("", "-2")]
LEFT = 14
"""Updates that were out when the reader was last switched on."""


@cache
def archive_of(count: int) -> Archive:
    """A site with so many updates."""
    return samples.archive(*(samples.update(key, prose(n)) for n, key in enumerate(KEYS[:count])))


@pytest.mark.slow
@pytest.mark.parametrize("form", one_fast("atom", "rss", "json"))
@pytest.mark.parametrize("name", one_fast("western", "updates"))
def test_after_32_days_a_tenth_is_lost_at_most(name: str, form: FeedFormat, tmp_path: Path) -> None:
    """Without RFC 5005 the current feed alone brings nine tenths of what came out; nothing comes twice."""
    logging.getLogger("reader").setLevel(logging.ERROR)
    config = samples.config()
    it = feed(config, name)
    path = tmp_path / it.place(form)
    path.parent.mkdir(exist_ok=True)
    follower = reader.make_reader(":memory:", feed_root=str(tmp_path))
    follower.add_feed(it.place(form))
    for count in (LEFT, LEFT + 64):
        path.write_bytes(FeedDocuments(config).current(archive_of(count), it, form))
        follower.update_feeds(scheduled=False)
    seen = {entry.id for entry in follower.get_entries()}
    assert len(seen) <= LEFT + 64
    assert len(seen) - LEFT >= 0.9 * 64


@pytest.mark.parametrize("name", one_fast("western", "updates", "items"))
def test_with_archives_nothing_is_lost(name: str) -> None:
    """Whoever follows prev-archive meets every entry of the 32 days, of items too."""
    config = samples.config()
    count = LEFT + 64
    found = {entry for document in chain(archive_of(count), config, name, "atom") for entry in document}
    assert len(found) == count * (14 if name == "items" else 1)
