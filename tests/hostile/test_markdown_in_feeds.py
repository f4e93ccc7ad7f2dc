"""Whatever Markdown somebody writes, every feed holds it as text that every parser takes."""

from __future__ import annotations

import json
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from sitrep.archive.archive import Archive
from sitrep.base.nouns import Certainty, Passage, Revision, Role, Withdrawal, WithdrawnItem
from sitrep.base.values import replace
from sitrep.config.values import Config
from sitrep.feeds.documents import FeedDocuments
from sitrep.site.addresses import FEED_FORMATS, feeds_of
from sitrep.text.feed_text import content, one_line
from sitrep.text.markdown import to_html, to_text
from tests.feeds import samples
from tests.hostile.fuzz import seeds
from tests.hostile.judging import faults, inert
from tests.hostile.random_markdown import markdown
from tests.hostile.showing import show, speaks_plainly

CONFIG = samples.config()


def has(words: tuple[str, ...], markup: str) -> None:
    """Every word stands there: to be read, or in the address or title of a link."""
    assert not [word for word in words if word not in unescape(markup)]


@given(markdown())
@example(("[]([w2w](https://e.example/a 'b')*", ("w2w",)))
@example(("[w0w][r](w1w)", ("w0w", "w1w")))
def test_markup_is_whole_and_loses_no_word(given: tuple[str, tuple[str, ...]]) -> None:
    """The HTML of a page and the content of a feed hold every word, run nothing and parse."""
    text, words = given
    made = content(text, 1, "https://e.example/")
    assert not list(inert(made))
    for shown in (to_html(text, 1), made):
        speaks_plainly(shown)
        has(words, shown)
    for said in (to_text(text), to_text(text, links=True), one_line(text)):
        speaks_plainly(said)


def site_of(text: str, config: Config) -> Archive:
    """An update that holds the text wherever an author, a correction or a withdrawal may put it."""
    stamp = samples.at("2024-12-06")
    said = Revision(at=stamp, before=text, after=text, correction=True, reason=text)
    items = (
        samples.item(1, text, by=text, certainty=Certainty.STATEMENT, revisions=(said,)),
        samples.item(2, text, "rumors", certainty=Certainty.RUMOR, opinion=True),
    )
    update = samples.update(
        "2024-12-06",
        items,
        title=text,
        author=text,
        summary=text,
        key_points=(text,),
        correction=text,
        passages=tuple(Passage(role=role, text=text, line=9) for role in (Role.LEDE, Role.DISCLAIMER)),
        withdrawn_items=(WithdrawnItem(number=3, front="western", published=stamp, at=stamp, reason=text),),
    )
    gone = samples.update("2024-12-05", (samples.item(1, text),))
    return samples.archive(update, replace(gone, withdrawn=Withdrawal(at=stamp, reason=text)))


def check(text: str, words: tuple[str, ...]) -> None:
    """Every feed in every format parses, runs nothing, and has the words in the entry of their update."""
    archive, feeds = site_of(text, CONFIG), FeedDocuments(CONFIG)
    tree = {
        feed.place(form): feeds.current(archive, feed, form)
        for feed in feeds_of(CONFIG)
        for form in FEED_FORMATS
    }
    archive.close()
    assert not list(faults(tree))
    for place, body in tree.items():
        speaks_plainly(body.decode())
        if not place.endswith(".json"):
            etree.fromstring(body)
    has(words, "".join(entry["content_html"] for entry in json.loads(tree["items/feed.json"])["items"]))


@given(markdown())
def test_every_feed_parses(given: tuple[str, tuple[str, ...]]) -> None:
    """Atom, RSS and JSON of everything, of items, fronts and changes, with the text in every field."""
    check(*given)


@pytest.mark.slow
@given(markdown(most=60))
@settings(max_examples=100)
def test_every_feed_parses_long(given: tuple[str, tuple[str, ...]]) -> None:
    """The same for longer texts, many times."""
    check(*given)


@given(st.sampled_from(seeds()), st.binary(max_size=60) | markdown().map(lambda made: made[0].encode()))
def test_any_bytes_are_read_and_shown(first: bytes, second: bytes) -> None:
    """What ``make fuzz`` does for long: bytes of any kind come through reading, sorting, pages and feeds."""
    show(first + second)
