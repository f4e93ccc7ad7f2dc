"""What is particular to Atom."""

from __future__ import annotations

import re

import feedparser
import pytest
from lxml import etree

from sitrep.config.values import Feeds as FeedConfig
from sitrep.feeds.documents import FeedDocuments
from sitrep.site.addresses import feeds_of
from tests.feeds import samples
from tests.feeds.parsed import NS, feed, grammar

CONFIG = samples.config()
ARCHIVE = samples.archive(*(samples.ordinary(key) for key in samples.days("2024-11-28", 8)))


def atom(name: str, config: samples.Config = CONFIG) -> bytes:
    """A current feed."""
    return FeedDocuments(config).current(ARCHIVE, feed(config, name), "atom")


@pytest.mark.parametrize("name", [one.id for one in feeds_of(CONFIG)])
def test_every_feed_keeps_to_rfc_4287(name: str) -> None:
    """The grammar of the RFC takes every feed."""
    assert grammar().validate(etree.fromstring(atom(name))), grammar().error_log.last_error


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b"<updated>2024", b"<updated>24"),
        (b"+00:00</updated>", b"</updated>"),
        (b' href="https', b' hrex="https'),
        (b"<id>tag:", b"<id>tag "),
        (b"<published>", b"<unknown/><published>"),
        (b'type="xhtml"', b'type="CDATA"'),
    ],
)
def test_the_grammar_refuses_what_is_wrong(good: bytes, bad: bytes) -> None:
    """The grammar of these tests is not one that takes anything."""
    body = atom("western")
    assert good in body
    assert not grammar().validate(etree.fromstring(body.replace(good, bad)))


def test_a_feed_opens_as_a_page() -> None:
    """A stylesheet beside it, XHTML throughout, an explanation on top; no XSLT, no script."""
    body = atom("western").decode()
    assert '<?xml-stylesheet type="text/css" href="../feed.css"?>' in body
    assert '<?xml-stylesheet type="text/css" href="feed.css"?>' in atom("updates").decode()
    assert "This page is a feed." in body
    assert 'href="https://example.org/follow/"' in body
    assert not re.search("xsl|<script", body)
    assert set(re.findall(r'<(?:content|subtitle) type="(\w+)"', body)) == {"xhtml"}


def test_links_of_the_head() -> None:
    """Itself, its page, the hub, the licence, the archive before it; each once."""
    tree = etree.fromstring(atom("western"))
    links = [(link.get("rel"), link.get("href"), link.get("type")) for link in tree.iterfind("a:link", NS)]
    assert sorted(links) == [
        ("alternate", "https://example.org/western/", "text/html"),
        ("hub", "https://hub.example.org/", None),
        ("license", "https://creativecommons.org/licenses/by/4.0/", None),
        ("prev-archive", "https://example.org/western/feed-2024-11.xml", "application/atom+xml"),
        ("self", "https://example.org/western/feed.xml", "application/atom+xml"),
    ]


def test_a_part_links_back_and_to_the_current_feed() -> None:
    """An archive document says that it is one (RFC 5005) and where the others are."""
    archive = samples.archive(*(samples.ordinary(key) for key in ("2024-10-05", "2024-11-05", "2024-12-05")))
    config = samples.config(feeds=FeedConfig())
    body = FeedDocuments(config).archived(archive, feed(config, "western"), "2024-10", "atom")
    tree = etree.fromstring(body or b"")
    assert tree.find("fh:archive", NS) is not None
    links = {link.get("rel"): link.get("href") for link in tree.iterfind("a:link", NS)}
    assert links["self"] == "https://example.org/western/feed-2024-10.xml"
    assert "next-archive" not in links, "a closed part never changes, so it knows none that came later"
    assert links["current"] == "https://example.org/western/feed.xml"
    assert "prev-archive" not in links
    assert tree.findtext("a:id", "", NS) == "tag:example.org,2024:western"
    assert etree.fromstring(atom("western")).find("fh:archive", NS) is None


def test_the_generator_has_no_version_and_no_address_unless_asked() -> None:
    """Which version runs, and where it is to be had, is nobody's business by default."""
    assert "<generator>sitrep</generator>" in atom("western").decode()
    told = atom("western", samples.config(feeds=FeedConfig(generator_version=True))).decode()
    assert re.search(r'<generator version="[^"]+">sitrep</generator>', told)
    named = atom("western", samples.config(feeds=FeedConfig(generator_url="https://example.net/?a=1&b=2")))
    assert '<generator uri="https://example.net/?a=1&amp;b=2">sitrep</generator>' in named.decode()


def test_an_entry_has_its_front_as_category() -> None:
    """A report has its front, an update all of its fronts, by id and name."""
    entry = feedparser.parse(atom("western")).entries[0]
    assert [(one.term, one.label) for one in entry.tags] == [("western", "Western front")]
    whole = feedparser.parse(atom("updates")).entries[0]
    assert [one.term for one in whole.tags] == ["western", "eastern", "rumors", "general"]


def test_the_same_archive_gives_the_same_bytes() -> None:
    """No clock and no order of a set reaches a feed."""
    for one in feeds_of(CONFIG):
        assert atom(one.id) == atom(one.id)
