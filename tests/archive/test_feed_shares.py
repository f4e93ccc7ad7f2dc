"""What an update weighs in a feed, without writing it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitrep.archive.feed_shares import FIRM, ITEMS, OPINION, UPDATES, shares
from sitrep.base.nouns import PLACE, WithdrawnItem
from sitrep.base.values import replace
from sitrep.feeds.month_units import MemoryEntryCache, Months
from sitrep.site.addresses import FEED_FORMATS, feeds_of
from tests.feeds import samples
from tests.feeds.parsed import feed
from tests.feeds.test_hostile import HOSTILE, Lenient, update_of

SIGNS = st.text(st.sampled_from('ab \n&<>"\\*_[]()`|~!:/@^-#.1\u00e9\u0645\u4e2d😅\x0b\u00a0'), max_size=400)
DECODED = [text for text in HOSTILE if text == text.encode("utf-8", "ignore").decode()]
"""No file has half a pair: it is no UTF-8."""
MARKUP = (
    "[x](http://e.org)", "[r]", "[r]: http://e.org/" + "long" * 40, "| a | b |", "|---|---|", "a|", "[^1]",
    "[^1]: note", "http://e.org/?a=1&b=2", "<me@e.org>", "*a*", "**b**", "`c`", "> q", "- l", "1. n",
    "```", "\n", "\n\n", "plain words here. ", "قوات ", "    - deep", "![p](http://e.org/p.png)", '"&<>"',
    "\\\\",
)  # fmt: skip
SNIPPETS = st.lists(st.sampled_from(MARKUP), max_size=40).map("".join)


@given(SIGNS | SNIPPETS | SNIPPETS.map(lambda text: text.replace("][", "]\n[")) | st.sampled_from(DECODED))
@example("| a | b | c | d | e | f | g | h |\n|---|---|---|---|---|---|---|---|\n" + "a |\n" * 30)
@example("[r] " * 50 + "\n\n[r]: http://example.org/" + "x" * 300)
@example("[^1]" * 30 + "\n\n[^1]: note")
def test_a_weight_is_never_too_small(text: str) -> None:
    """In no format are the entries of an update larger than the weight that windows are cut by."""
    config = samples.config()
    archive = Heavy(text)
    months = Months(config, MemoryEntryCache())
    for one in feeds_of(config):
        for unit in months.units(archive, one, "2024-12"):
            sizes = [len(months.written(archive, one, unit, form, keep=True)) for form in FEED_FORMATS]
            assert max(sizes) <= unit.weight, (one.id, sizes, unit.weight)


class Heavy(Lenient):
    """An archive whose shares are those of the hostile update itself."""

    def __init__(self, text: str) -> None:
        super().__init__(update_of(text))
        sizes = {one.feed: one for one in shares(self.given)}
        for name, one in sizes.items():
            self._run(
                "UPDATE reports SET items = ?, size = ?, updated = ? WHERE front = ?",
                (one.items, one.size, one.updated, name),
            )


@pytest.mark.parametrize("name", ["updates", "western", "eastern", "items"])
def test_a_weight_is_close_for_prose(name: str) -> None:
    """For plain text the weight is at most half as much again as the bytes: windows are well filled."""
    texts = ["The road to Homs is open again, and drivers say that the bridge holds. " * 5] * 12
    fronts = ["western", "eastern"] * 6
    items = [
        samples.item(n, text, front) for n, (text, front) in enumerate(zip(texts, fronts, strict=True), 1)
    ]
    config, archive = samples.config(), samples.archive(samples.update("2024-12-06", items))
    months, one = Months(config, MemoryEntryCache()), feed(config, name)
    (unit,) = months.units(archive, one, "2024-12")
    largest = max(len(months.written(archive, one, unit, form, keep=True)) for form in FEED_FORMATS)
    assert unit.weight <= 1.5 * largest


def test_shares_name_each_feed_that_has_the_update() -> None:
    """An update has a share in the feed of everything, of items, of opinion and of each of its fronts."""
    every = {one.feed: one.items for one in shares(samples.ordinary("2024-12-06"))}
    found = {feed: items for feed, items in every.items() if not feed.startswith(PLACE)}
    assert every.keys() > found.keys()
    assert found == {
        UPDATES: 5,
        FIRM: 4,
        ITEMS: 5,
        OPINION: 1,
        "western": 2,
        "eastern": 1,
        "rumors": 1,
        "general": 1,
    }


def test_an_update_of_opinion_alone_is_not_firm() -> None:
    """A feed of everything that leaves opinion out has no entry for an update that holds nothing else."""
    update = samples.update("2024-12-06", [samples.item(1, "We think so.", "general", opinion=True)])
    assert {one.feed for one in shares(update)} == {UPDATES, ITEMS, OPINION, "general"}


def test_an_update_without_items_is_an_entry_still() -> None:
    """A lede alone is news enough for the feed of everything."""
    assert {one.feed for one in shares(samples.update("2024-12-06", []))} == {UPDATES, FIRM}


def test_updated_is_that_of_the_feed() -> None:
    """A front's share was updated when one of its items was, or was taken back; others stay as they were."""
    late = samples.at("2024-12-07")
    update = samples.update(
        "2024-12-06",
        [
            samples.item(1, "One.", updated=late, published=samples.at("2024-12-06")),
            samples.item(2, "Two.", "eastern"),
            samples.item(3, "Three.", "rumors"),
        ],
        updated=late,
    )
    taken = late + dt.timedelta(days=1)
    gone = WithdrawnItem(number=4, front="rumors", published=samples.at("2024-12-06"), at=taken)
    found = {one.feed: one.updated for one in shares(replace(update, withdrawn_items=(gone,)))}
    first, second, third = (int(moment.timestamp()) for moment in (samples.at("2024-12-06"), late, taken))
    assert found == {
        UPDATES: second, FIRM: second, ITEMS: second, "western": second, "eastern": first, "rumors": third,
    }  # fmt: skip
