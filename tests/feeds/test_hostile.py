"""Whatever stands in a text field, every feed is well-formed and loses nothing that XML can hold."""

from __future__ import annotations

import datetime as dt
import json
import re

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sitrep.archive.archive import Archive
from sitrep.base.changes import Change, changes_of
from sitrep.base.nouns import (
    Certainty,
    Item,
    Passage,
    Revision,
    Role,
    Section,
    Update,
    Withdrawal,
    WithdrawnItem,
)
from sitrep.base.values import replace
from sitrep.config.values import Feeds as FeedConfig
from sitrep.feeds import xml_templates
from sitrep.feeds.documents import FeedDocuments
from sitrep.feeds.model import Enclosure, Entry, FeedHead, FeedLink
from sitrep.feeds.month_units import MemoryEntryCache, Months
from sitrep.feeds.rss_atom import blank, whole_feed
from sitrep.site.addresses import FEED_FORMATS, feeds_of
from sitrep.text import feed_text
from tests.feeds import samples
from tests.feeds.parsed import NS, checked, feed, read, text_of
from tests.lanes import one_fast

HOSTILE = [
    "a & b < c > d ]]> e",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp;amp; &#0; &nbsp; &undefined;",
    "\x00\x01\x08\x0b\x0c\x1f\x7f\x85\u2028\ufffe\uffff",
    "lone \ud800 high, lone \udfff low",
    "\u202e\u202dright to left override\u2066\u2068",
    "word " * 2_000,
    "w" * 10_000,
    "👩‍👩‍👧‍👦 🏳️‍🌈 🇸🇾 ❤️‍🔥" * 40,
    "{{ 7*7 }} {% include 'x' %} ${HOME} `id`",
    "'\"><x y='",
    "%s %d %(name)s %% \ue000title\ue001 <?region gone?> <?end?>",
    "![alt](javascript:alert(1)) [x](data:text/html,x) [y](//evil.example) <http://ok.example/?a=1&b=2>",
    "| a | b |\n|---|---|\n| < | & |",
    "a[^1] b\n\n[^1]: a & note",
    "```\n]]>\n```",
    "\r\rcarriage\rreturns\t\ttabs",
    "   \u00a0\u200b\u3000 ",
    "",
]  # fmt: skip

any_text = st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from(HOSTILE)


def update_of(text: str) -> Update:
    """An update with that text in every field that an author fills."""
    stamp = samples.at("2024-12-06")
    storable = text.encode("utf-8", "replace").decode()  # the archive refuses lone surrogates anyway
    item = Item(
        text=text,
        line=3,
        front="western",
        by=storable,
        certainty=Certainty.STATEMENT,
        places=(text, "Homs"),
        number=1,
        published=stamp,
        updated=stamp,
        revisions=(Revision(at=stamp, before=text, after=text, correction=True, reason=text),),
    )
    rumor = replace(item, number=2, front="rumors", certainty=Certainty.RUMOR, opinion=True)
    return Update(
        date=stamp.date(),
        line=1,
        key="2024-12-06",
        sections=(Section(heading=text, line=2, items=(item, rumor)),),
        passages=tuple(Passage(role=role, text=text, line=9) for role in (Role.LEDE, Role.DISCLAIMER)),
        title=storable,
        author=text,
        summary=storable,
        key_points=(storable, storable),
        correction=text,
        source="a.md",
        published=stamp,
        updated=stamp,
        withdrawn_items=(WithdrawnItem(number=3, front="western", published=stamp, at=stamp, reason=text),),
    )


def config_of(text: str) -> samples.Config:
    """A config with that text in every field that is no address or id."""
    fronts = tuple(replace(front, name=text or "x") for front in samples.FRONTS)
    return samples.config(fronts=fronts, title=text or "x", description=text, author=text, care=text)


class Lenient(Archive):
    """An archive that hands out updates as they were given: the real one takes no lone surrogates."""

    def __init__(self, update: Update) -> None:
        super().__init__(None)
        self.given = update
        withdrawal = update.withdrawn and replace(update.withdrawn, reason="clean")
        self.put_update(replace(update_of("clean"), withdrawn=withdrawal))

    def update(self, key: str) -> Update:
        return self.given

    def changes_month(self, month: str) -> tuple[Change, ...]:
        return tuple(change for change in changes_of(self.given) if change.at.isoformat()[:7] == month)


def documents(text: str, withdrawn: bool = False) -> list[tuple[str, str, bytes]]:
    """Feed, form and bytes of every feed of a site that says nothing but this."""
    update = update_of(text)
    if withdrawn:
        update = replace(update, withdrawn=Withdrawal(at=samples.at("2024-12-07"), reason=text))
    archive, feeds = Lenient(update), FeedDocuments(config_of("ok"))
    return [
        (one.id, form, feeds.current(archive, one, form))
        for one in feeds_of(config_of("ok"))
        if one.id in ("updates", "western", "items")
        for form in FEED_FORMATS
    ]


@pytest.mark.parametrize("withdrawn", one_fast(False, True))
@pytest.mark.parametrize("text", HOSTILE)
def test_every_feed_is_well_formed(text: str, withdrawn: bool) -> None:
    """lxml, feedparser, the grammar of Atom and the schema of JSON Feed take any text in any field."""
    for _, form, body in documents(text, withdrawn):
        checked(body, form)  # type: ignore[arg-type]


@given(any_text)
def test_every_entry_is_well_formed(text: str) -> None:
    """Any characters at all, lone surrogates included, come out as an entry that parses."""
    months = Months(samples.config(), MemoryEntryCache())
    page = months._entries.page(update_of(text))
    for entry in (months._entries.update(page, None), *months._entries.items(page)):
        assert entry is not None
        assert entry.title.strip()
        assert entry.summary
        assert len(entry.title) <= feed_text.TITLE + 1
        assert not set("<>") & set(entry.title)
        text_of(entry.content)
        etree.fromstring(_document(months, (entry,), "atom"))
        etree.fromstring(_document(months, (entry,), "rss"))
        json.loads(months.write((entry,), "json"))


def _document(months: Months, entries: tuple[Entry, ...], form: str) -> bytes:
    template = months.templates(form)  # type: ignore[arg-type]
    head = template.head(xml_templates.head_values(HEAD)).encode()
    return head + months.write(entries, form) + template.tail  # type: ignore[arg-type]


@given(any_text.filter(str.strip))
def test_the_config_may_say_anything(text: str) -> None:
    """Titles, names and descriptions of the site come through whatever they hold."""
    config = config_of(text)
    archive = samples.archive(samples.ordinary("2024-12-06"))
    for form in FEED_FORMATS:
        checked(FeedDocuments(config).current(archive, feed(config, "western"), form), form)


PLAIN = st.text(
    st.characters(exclude_categories=("Cs", "Zl", "Zp", "Cc"), exclude_characters="\\`*_[]<>|~&:@#-+."),
    min_size=1,
    max_size=80,
).filter(str.strip)  # fmt: skip


@given(PLAIN)
def test_nothing_is_lost(text: str) -> None:
    """What an author writes is in the content of every format, letter for letter."""
    config = samples.config()
    text = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text.strip())
    text = f"x {text} x"
    archive = samples.archive(samples.update("2024-12-06", [samples.item(1, text)]))
    for name in ("updates", "western", "items"):
        for form in FEED_FORMATS:
            (entry,) = read(FeedDocuments(config).current(archive, feed(config, name), form), form)
            assert squeezed(text) in squeezed(entry.text)


@pytest.mark.parametrize("text", HOSTILE[:10])
def test_what_xml_can_hold_is_kept(text: str) -> None:
    """Of hostile text only what XML forbids, and controls, are replaced; Markdown's own signs may be read."""
    config = samples.config()
    shown = re.sub("[\x7f-\x9f]", "\ufffd", f"x {text} x".replace("*", "").replace("`", ""))
    wanted = squeezed(feed_text.clean(shown))
    update = samples.update("2024-12-06", [samples.item(1, f"x {text} x")])
    for form in FEED_FORMATS:
        body = FeedDocuments(config).current(Lenient(update), feed(config, "western"), form)
        (entry,) = read(body, form)
        found = squeezed(entry.text.replace("`", ""))
        if "&lt;" not in text and "{" not in text:
            assert wanted in found
        for word in re.findall(r"(?<!&)\b[a-z]{4,}", text):
            assert word in found


def squeezed(text: str) -> str:
    return " ".join(text.split())


# -- the short way and the long way -----------------------------------------------------------------

INSTANT = st.datetimes(
    min_value=dt.datetime(1000, 1, 1), max_value=dt.datetime(2999, 1, 1), timezones=st.just(dt.UTC)
).map(lambda moment: moment.replace(microsecond=0))
CLEAN = any_text.map(feed_text.clean).filter(lambda text: bool(text))
CONTENT = any_text.map(
    lambda text: f'<div lang="en" dir="ltr">{feed_text.content(text, 7, "https://e.org/")}x</div>'
)
POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
ENCLOSURES = st.builds(Enclosure, url=CLEAN, type=st.just("image/jpeg"), length=st.integers(0), alt=CLEAN)
ENTRIES = st.builds(
    Entry,
    id=CLEAN,
    title=CLEAN,
    link=CLEAN,
    published=INSTANT,
    updated=INSTANT,
    content=CONTENT,
    summary=CLEAN,
    lang=st.sampled_from(["en", "ar", "ku-Arab"]),
    author=CLEAN,
    signed=st.booleans(),
    summed_up=st.booleans(),
    categories=st.lists(st.tuples(CLEAN, CLEAN), max_size=3).map(tuple),
    points=st.lists(POINTS, max_size=3).map(tuple),
    enclosures=st.lists(ENCLOSURES, max_size=2).map(tuple),
)
HEAD = FeedHead(
    icon="https://example.org/icon.png",
    logo="https://example.org/logo.png",
    id="tag:example.org,2024:updates",
    title="Notes & more",
    description="What <we> hear",
    explanation="<p><b>This page is a feed.</b> Read <a href=\"https://example.org/\">on</a>.</p>",
    home="https://example.org/?a=1&b=2",
    updated=samples.at("2024-12-06"),
    author="The notes collective",
    lang="en",
    style="../feed.css",
    links=(
        FeedLink(rel="self", href="https://example.org/feed.xml", type="application/atom+xml"),
        FeedLink(rel="hub", href="https://hub.example.org/?x=1&y=2"),
    ),
)  # fmt: skip
HEADS = st.builds(
    lambda title, archive, gone, version, email, uri: replace(
        HEAD, title=title, archive=archive, gone=gone, generator_version=version, email=email, uri=uri
    ),
    CLEAN,
    st.booleans(),
    st.lists(st.tuples(CLEAN, INSTANT), max_size=2).map(tuple),
    st.sampled_from([None, "1.2"]),
    st.sampled_from(["", "desk@example.org"]),
    st.sampled_from(["", "https://example.org/?a=1&b=2"]),
)


@pytest.mark.parametrize("form", ["atom", "rss"])
@given(head=HEADS, entries=st.lists(ENTRIES, max_size=3))
def test_the_short_way_writes_what_feedgen_writes(form: str, head: FeedHead, entries: list[Entry]) -> None:
    """A filled template has the same bytes as the whole feed made by feedgen, whatever the values."""
    template = xml_templates.templates_of(blank(form, head.generator_version))  # type: ignore[arg-type]
    filled = [
        template.head(xml_templates.head_values(head)),
        *(template.entry(xml_templates.entry_values(one)) for one in entries),
    ]
    assert "".join(filled).encode() + template.tail == whole_feed(head, entries, form)  # type: ignore[arg-type]


def test_a_whole_feed_made_by_feedgen_has_the_same_bytes() -> None:
    """The current feed of real entries is the same from templates, from kept bytes and from feedgen."""
    config = samples.config(feeds=FeedConfig(hubs=("https://hub.example.org/",)))
    archive = samples.archive(*(samples.ordinary(key) for key in samples.days("2024-12-01", 5)))
    feeds = FeedDocuments(config)
    for one in feeds_of(config):
        for form in ("atom", "rss"):
            made = feeds.current(archive, one, form)
            assert feeds.current(archive, one, form) == made
            head, body = feeds._current(archive, one, form)  # type: ignore[arg-type]
            entries = [e for part in body for e in feeds._months.entries(archive, one, part)]  # type: ignore[arg-type]
            assert whole_feed(head, entries, form) == made  # type: ignore[arg-type]


@given(any_text)
def test_content_means_the_same_as_xml_and_as_html(text: str) -> None:
    """One markup for all formats: an HTML parser and an XML parser find the same elements and text."""
    from lxml import html

    markup = f"<div>{feed_text.content(text, 7, 'https://example.org/')}</div>"
    as_xml, as_html = etree.fromstring(markup), html.fragment_fromstring(markup)
    assert [(one.tag, dict(one.attrib)) for one in as_xml.iter()] == [
        (one.tag, dict(one.attrib)) for one in as_html.iter()
    ]
    assert squeezed("".join(as_xml.itertext())) == squeezed("".join(as_html.itertext()))


TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(st.text(st.sampled_from(f"ab{TURNS}"), max_size=20))
def test_no_sign_turns_the_direction(text: str) -> None:
    """No embedding, override or isolate of an author's text gets into a feed: all letters do."""
    assert not set(TURNS) & set(feed_text.content(text, 7, "https://example.org/"))
    assert feed_text.clean(text) == "".join(sign for sign in text if sign in "ab")


@pytest.mark.parametrize("broken", ["<b>planted", "planted &nbsp; &x;", "planted\x02w:0\x03", "\ud800"])
@pytest.mark.parametrize("form", FEED_FORMATS)
def test_an_entry_that_cannot_be_read_is_shown_as_its_words(form: str, broken: str) -> None:
    """Whatever markup an entry is given, by any kind of change, it comes out as text that every parser takes,
    and the entry beside it as it was."""
    months = Months(samples.config(), MemoryEntryCache())
    page = months._entries.page(samples.ordinary("2024-12-06"))
    entry, good, *_ = months._entries.items(page)
    bad = replace(entry, content=f"<div>The <i>words</i> {broken}</div>")
    if form == "json":
        first, second = json.loads(b"[%s]" % months.write((bad, good), form))
        found = first["content_html"]
        assert second["content_html"] == good.content
    else:
        tree = etree.fromstring(_document(months, (bad, good), form))
        first, second = tree.iterfind("a:entry", NS) if form == "atom" else tree.iterfind("channel/item")
        found = " ".join(first.itertext())
    assert "words" in found
    assert ("planted" in found) == ("planted" in broken)
    assert not set("\x02\x03\ud800") & set(found)


def test_feedparser_keeps_the_markup() -> None:
    """What a popular parser hands on after its own cleaning still has links and emphasis."""
    config = samples.config()
    update = samples.update("2024-12-06", [samples.item(1, "A *word* and [a link](https://e.org/?a=1&b=2).")])
    archive = samples.archive(update)
    for form in ("atom", "rss"):
        (entry,) = feedparser.parse(
            FeedDocuments(config).current(archive, feed(config, "items"), form)
        ).entries
        assert "<em>word</em>" in entry.content[0].value
        assert 'href="https://e.org/?a=1&amp;b=2"' in entry.content[0].value
