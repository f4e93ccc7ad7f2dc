"""What a feed shows of itself and of its entries in the list of a reader: pictures, summaries, names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import feedparser
from lxml import etree

from sitrep.base.values import replace
from sitrep.feeds.documents import FeedDocuments
from sitrep.text.feed_text import SUMMARY
from tests.feeds import samples
from tests.feeds.parsed import NS, feed, only
from tests.feeds.test_atom import CONFIG, atom
from tests.publishing import published

SITE = "https://example.org/"
ICO, PNG = b"\0\0\1\0", b"\x89PNG\r\n\x1a\n"
TEXT = "Update 01-06-2025\n\n# Northern front\n\n- The ferry runs.\n"


def test_what_feeds_name_is_there(tmp_path: Path) -> None:
    """Icon and logo of every format, what browsers ask for unasked, and what tells of our own members."""
    tree = published(tmp_path / "site", {"a.txt": TEXT}).tree()
    for folder in ("", "north/", "items/"):
        atom_feed = etree.fromstring(tree[f"{folder}feed.xml"])
        json_feed = json.loads(tree[f"{folder}feed.json"])
        assert json_feed["icon"] == json_feed["favicon"] == atom_feed.findtext("a:icon", "", NS)
        for address in (json_feed["icon"], atom_feed.findtext("a:logo", "", NS)):
            assert tree[address.removeprefix(SITE)].startswith(PNG)
        assert json.loads(tree[json_feed["_sitrep"]["about"].removeprefix(SITE)])
    assert tree["favicon.ico"].startswith(ICO)
    assert all("version" not in one.attrib for one in etree.fromstring(tree["feeds.opml"]).iter("outline"))


def test_items_have_the_names_they_have_on_the_site(tmp_path: Path) -> None:
    """Who writes of N1-1 and who reads it in a feed mean the same; every entry says its day."""
    tree = published(tmp_path / "site", {"a.txt": TEXT}).tree()
    ((link, name),) = re.findall(r'<small><a href="[^"]+(#\w+)">([^<]+)<', tree["feed.xml"].decode())
    assert re.search(rf'href="{link}"[^>]*>(?:<[^>]+>)*{name}<', tree["2025-06-01/index.html"].decode())
    for folder in ("", "north/", "items/"):
        (entry,) = json.loads(tree[f"{folder}feed.json"])["items"]
        assert "1 June 2025" in entry["content_html"]


def test_no_paragraph_says_its_front_again() -> None:
    """The heading above it says it, or the feed."""
    update = samples.ordinary("2024-12-06")
    for name in ("updates", "western"):
        paragraphs = re.findall("<p>(.*?)</p>", only(update, name).markup)
        assert not any("front" in said for said in paragraphs if "Update of" not in said)


def test_an_entry_of_atom_is_summed_up_where_it_says_several_things() -> None:
    """Plain and bounded, each sentence with its doubt; an item by itself needs none."""
    for name in ("updates", "western", "rumors", "items", "changes"):
        for entry in etree.fromstring(atom(name)).iterfind("a:entry", NS):
            summaries = entry.findall("a:summary", NS)
            assert len(summaries) == (len(entry.findall(".//h:small/h:a", NS)) > 1)
            assert all(0 < len(summary.text) <= SUMMARY and "<" not in summary.text for summary in summaries)
    (rumor, *_) = etree.fromstring(atom("rumors")).iterfind("a:entry", NS)
    assert "".join(rumor.find("a:content", NS).itertext()).startswith("Rumor, not confirmed: A minister")


def test_the_author_of_a_feed_stands_in_it_once() -> None:
    """Atom (RFC 4287, 4.2.1) and JSON Feed hand it to the entries; one that is signed has its own."""
    signed = replace(samples.ordinary("2024-12-07"), author="A friend")
    archive = samples.archive(samples.ordinary("2024-12-06"), signed)
    feeds = FeedDocuments(CONFIG)
    tree = etree.fromstring(feeds.current(archive, feed(CONFIG, "updates"), "atom"))
    names = [entry.findtext("a:author/a:name", None, NS) for entry in tree.iterfind("a:entry", NS)]
    assert names == ["A friend", None]
    assert tree.findtext("a:author/a:name", None, NS) == "The notes collective"
    made = json.loads(feeds.current(archive, feed(CONFIG, "updates"), "json"))
    assert [item.get("authors") for item in made["items"]] == [[{"name": "A friend"}], None]
    parsed = feedparser.parse(feeds.current(archive, feed(CONFIG, "updates"), "rss"))
    assert [entry.author for entry in parsed.entries] == ["A friend", "The notes collective"]
