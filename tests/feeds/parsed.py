"""Feeds read back by parsers that are not ours."""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
from lxml import etree

from sitrep.archive.archive import Archive
from sitrep.base.nouns import Update
from sitrep.config.values import Config
from sitrep.feeds.documents import FeedDocuments
from sitrep.site.addresses import FEED_FORMATS, Feed, FeedFormat, feeds_of
from tests.feeds import samples

ROOT = Path(__file__).parents[2]
NS = {
    "a": "http://www.w3.org/2005/Atom",
    "h": "http://www.w3.org/1999/xhtml",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "fh": "http://purl.org/syndication/history/1.0",
    "georss": "http://www.georss.org/georss",
    "media": "http://search.yahoo.com/mrss/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
}


@dataclass(frozen=True)
class Read:
    """What every format says of an entry."""

    id: str
    title: str
    link: str
    published: dt.datetime
    updated: dt.datetime
    markup: str
    text: str


@cache
def grammar() -> Any:
    """RFC 4287 as RELAX NG."""
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


@cache
def schema(name: str) -> Any:
    """A JSON Schema of docs/."""
    values = json.loads((ROOT / "docs" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(values, format_checker=jsonschema.FormatChecker())


def feed(config: Config, name: str) -> Feed:
    """The feed of that id."""
    return next(one for one in feeds_of(config) if one.id == name)


@cache
def checked(body: bytes, form: FeedFormat) -> None:
    """Every parser takes it without a complaint, and it is what its format prescribes; looked at once."""
    if form == "json":
        schema("jsonfeed").validate(json.loads(body))
        return
    tree = etree.fromstring(body)
    if form == "atom":
        assert grammar().validate(tree), grammar().error_log.last_error
    parsed = feedparser.parse(body)
    assert not parsed.bozo, parsed.bozo_exception


def read(body: bytes, form: FeedFormat) -> list[Read]:
    """The entries of a feed in its order."""
    return {"atom": _atom, "rss": _rss, "json": _json}[form](body)


def _atom(body: bytes) -> list[Read]:
    found = []
    for entry in etree.fromstring(body).iterfind("a:entry", NS):
        div = entry.find("a:content/h:div", NS)
        found.append(
            Read(
                id=entry.findtext("a:id", "", NS),
                title=entry.findtext("a:title", "", NS),
                link=entry.find("a:link[@rel='alternate']", NS).get("href"),
                published=dt.datetime.fromisoformat(entry.findtext("a:published", "", NS)),
                updated=dt.datetime.fromisoformat(entry.findtext("a:updated", "", NS)),
                markup=re.sub(r' xmlns(:\w+)?="[^"]*"', "", etree.tostring(div, encoding="unicode")),
                text="".join(div.itertext()),
            )
        )
    return found


def _rss(body: bytes) -> list[Read]:
    found = []
    for item in etree.fromstring(body).iterfind("channel/item"):
        markup = item.findtext("content:encoded", "", NS)
        guid = item.find("guid")
        assert guid.get("isPermaLink") == "false"
        found.append(
            Read(
                id=guid.text,
                title=item.findtext("title", ""),
                link=item.findtext("link", ""),
                published=email.utils.parsedate_to_datetime(item.findtext("pubDate", "")),
                updated=dt.datetime.fromisoformat(item.findtext("a:updated", "", NS)),
                markup=markup,
                text=text_of(markup),
            )
        )
    return found


def _json(body: bytes) -> list[Read]:
    return [
        Read(
            id=item["id"],
            title=item["title"],
            link=item["url"],
            published=dt.datetime.fromisoformat(item["date_published"]),
            updated=dt.datetime.fromisoformat(item["date_modified"]),
            markup=item["content_html"],
            text=text_of(item["content_html"]),
        )
        for item in json.loads(body)["items"]
    ]


def text_of(markup: str) -> str:
    """The text of a markup that is well-formed XML."""
    return "".join(etree.fromstring(markup).itertext())


def all_forms(archive: Archive, config: Config, name: str) -> dict[FeedFormat, list[Read]]:
    """A current feed in its three formats."""
    feeds = FeedDocuments(config)
    bodies = {form: feeds.current(archive, feed(config, name), form) for form in FEED_FORMATS}
    for form, body in bodies.items():
        checked(body, form)
    return {form: read(body, form) for form, body in bodies.items()}


def current(archive: Archive, config: Config, name: str) -> list[Read]:
    """A current feed, after a look that its three formats say the same."""
    forms = all_forms(archive, config, name)
    first = [without_markup(one) for one in forms["atom"]]
    for form in ("rss", "json"):
        assert [without_markup(one) for one in forms[form]] == first  # type: ignore[index]
    return forms["atom"]


def without_markup(one: Read) -> tuple[object, ...]:
    """What must be the same in every format."""
    return one.id, one.title, one.link, one.published, one.updated, one.text


def entries(update: Update, name: str, config: Config | None = None) -> list[Read]:
    """The entries of a site with one update."""
    return current(samples.archive(update), config or samples.config(), name)


def only(update: Update, name: str, config: Config | None = None) -> Read:
    """The one entry of a feed of a site with one update."""
    (entry,) = entries(update, name, config)
    return entry
