"""The archive -> JSON for newsrooms: one file for each update, an index for each month, one to begin with.

Described by docs/api.schema.json, which stands on the site as well. Members come in alphabetical
order; instants are RFC 3339 in UTC.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path

from sitrep.archive.archive import Archive
from sitrep.base.claim import Followed
from sitrep.base.nouns import Item, Picture, Revision, Update, WithdrawnItem
from sitrep.base.values import encode
from sitrep.config.values import Config
from sitrep.site import addresses as at
from sitrep.text import feed_text, markdown, summaries

VERSION = 1
_SCHEMA = "api.schema.json"


def schema() -> bytes:
    """The JSON Schema of all of it: in a checkout from docs/, in the wheel from beside this module."""
    here = Path(__file__)
    packaged = here.with_name(_SCHEMA)
    return (packaged if packaged.is_file() else here.parents[2] / "docs" / _SCHEMA).read_bytes()


class Api:
    """Makes the files of one site. Remembers only what the config says."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._points = {place.name: place.at for front in config.fronts for place in front.places}
        self._fronts = {front.id: _front(front.id, front.name, config) for front in config.fronts}

    def index(self, archive: Archive) -> bytes:
        """Where everything is: fronts, feeds, months by year, and how their addresses are made (RFC 6570).

        It changes when a month is new, not with every update, and grows by a few bytes a month.
        """
        config = self._config
        site = config.site
        values = {
            "version": VERSION,
            "title": feed_text.clean(site.title),
            "description": feed_text.clean(site.description),
            "language": feed_text.language(site.language),
            "license": site.license,
            "url": at.absolute(config, at.HOME),
            "schema": at.absolute(config, at.API_SCHEMA),
            "latest": at.absolute(config, at.LATEST),
            "update": config.site.base_url + at.update_api("{key}"),
            "month": config.site.base_url + at.month_api("{month}"),
            "fronts": [self._fronts[front.id] | {"kind": front.kind} for front in config.fronts],
            "feeds": [_feed(feed, config) for feed in at.feeds_of(config)],
            "years": [
                {"year": year, "months": [month for month, _ in archive.months(year)]}
                for year in archive.years()
            ],
        }
        return encode(values) + b"\n"

    def update(self, archive: Archive, key: str) -> bytes | None:
        """An update with all its items, or that it was withdrawn, without its words; None if it never was."""
        update = archive.update(key)
        if update is None:
            return None
        values = self._head(update)
        values["withdrawn_items"] = [_gone(item, update, self._config) for item in update.withdrawn_items]
        if update.withdrawn:
            values["withdrawn"] = _withdrawal(
                update.withdrawn.at, update.withdrawn.reason, update.withdrawn.to, self._config
            )
        else:
            values |= self._text(update)
        return encode(values) + b"\n"

    def month(self, archive: Archive, month: str) -> bytes | None:
        """The updates of a month, oldest first, without their items; None if there are none."""
        updates, config = archive.month(month), self._config
        if not updates:
            return None
        older, newer = archive.month_neighbours(month)
        values = {
            "version": VERSION,
            "month": month,
            "url": at.absolute(config, at.month_page(month)),
            "older": at.absolute(config, at.month_api(older)) if older else None,
            "newer": at.absolute(config, at.month_api(newer)) if newer else None,
            "updates": [
                self._head(update)
                | {"api": at.absolute(config, at.update_api(update.key)), "items": len(update.items)}
                for update in reversed(updates)
            ],
        }
        return encode(values) + b"\n"

    def _head(self, update: Update) -> dict[str, object]:
        config = self._config
        fronts = () if update.withdrawn else update.fronts
        return {
            "version": VERSION,
            "id": at.tag(config, update.origin or update.key),
            "key": update.key,
            "url": at.absolute(config, at.update_page(update.key)),
            "date": update.date,
            "title": None if update.withdrawn else feed_text.title(summaries.headline(update, config)),
            "language": feed_text.language(summaries.language(update, config)),
            "author": feed_text.clean(update.author or config.site.author or config.site.title),
            "license": config.site.license,
            "published": _instant(update.published),
            "updated": _instant(update.updated),
            "exact": update.exact,
            "fronts": [self._fronts.get(front) or _front(front, front, config) for front in fronts],
        }

    def _text(self, update: Update) -> dict[str, object]:
        config, page = self._config, at.absolute(self._config, at.update_page(update.key))
        return {
            "summary": _clean(update.summary),
            "correction": _clean(update.correction),
            "key_points": [feed_text.clean(point.text) for point in summaries.key_points(update, config)],
            "passages": [{"role": passage.role, "text": _plain(passage.text)} for passage in update.passages],
            "items": [
                self._item(item, section.heading, update, page)
                for section in update.sections
                for item in section.items
            ],
        }

    def _item(self, item: Item, heading: str | None, update: Update, page: str) -> dict[str, object]:
        config, here = self._config, f"{page}#{at.anchor(item.number)}"
        return {
            "id": at.tag(config, item.origin or f"{update.key}/{item.number}"),
            "number": item.number,
            "url": here,
            "front": item.front,
            "certainty": item.certainty,
            "label": feed_text.clean(summaries.hedge(item, summaries.language(update, config))),
            "by": _clean(item.by),
            "opinion": item.opinion,
            "claim": _claim(item.followed, here, config) if item.followed else None,
            "text": _plain(item.words),
            "html": feed_text.content(item.words, item.number, page),
            "published": _instant(item.published or update.published),
            "updated": _instant(item.updated or update.updated),
            "revisions": [_revision(revision) for revision in item.latest_revisions],
            **_left_out(len(item.revisions) - len(item.latest_revisions)),
            "pictures": [_picture(picture, config) for picture in item.pictures if picture.place],
            "heading": _clean(heading),
            "places": [self._place(name) for name in item.places],
        }

    def _place(self, name: str) -> dict[str, str | float | None]:
        latitude, longitude = self._points.get(name) or (None, None)
        return {"name": feed_text.clean(name), "latitude": latitude, "longitude": longitude}


def _feed(feed: at.Feed, config: Config) -> dict[str, str]:
    values = {"id": at.tag(config, feed.id), "name": feed_text.clean(feed.name)}
    return values | {str(form): at.absolute(config, feed.place(form)) for form in at.FEED_FORMATS}


def _front(front: str, name: str, config: Config) -> dict[str, str]:
    return {"id": front, "name": feed_text.clean(name), "url": at.absolute(config, at.front_page(front))}


def _picture(picture: Picture, config: Config) -> dict[str, object]:
    return {
        "url": at.absolute(config, picture.place),
        "type": picture.type,
        "bytes": picture.length,
        "width": picture.width,
        "height": picture.height,
        "description": feed_text.one_line(picture.alt) or None,
    }


def _claim(part: Followed, here: str, config: Config) -> dict[str, object]:
    return {
        "key": part.key,
        "url": at.absolute(config, at.claim_page(part.key)) if part.has_page else here,
        "state": part.state,
        "at": _instant(part.at),
        "outcomes": [
            {
                "state": fate.state,
                "at": _instant(fate.at),
                "url": at.absolute(config, at.item_link(fate.there.update, fate.there.item)),
                "text": feed_text.clean(fate.text),
            }
            for fate in part.fates
        ],
    }


def _revision(revision: Revision) -> dict[str, object]:
    return {
        "at": _instant(revision.at),
        "before": _plain(revision.before),
        "after": _plain(revision.after),
        "correction": revision.correction,
        "reason": _clean(revision.reason),
    }


def _left_out(wordings: int) -> dict[str, int]:
    return {"revisions_left_out": wordings} if wordings else {}


def _gone(item: WithdrawnItem, update: Update, config: Config) -> dict[str, object]:
    return {
        "id": at.tag(config, item.origin or f"{update.key}/{item.number}"),
        "number": item.number,
        "front": item.front,
        "published": _instant(item.published),
        **_withdrawal(item.at, item.reason, item.to or _beside(update, item), config),
    }


def _beside(update: Update, item: WithdrawnItem) -> str:
    """The item of the same update that holds its words now."""
    return "" if item.into is None else f"{update.key}/{item.into}"


def _withdrawal(since: dt.datetime, reason: str | None, to: str, config: Config) -> dict[str, object]:
    there = at.absolute(config, at.place_link(to)) if to else None
    return {"at": _instant(since), "reason": _clean(reason), "now_at": there}


@lru_cache(maxsize=256)
def _instant(instant: dt.datetime | None) -> str | None:
    """Whole seconds, UTC, with a Z."""
    if instant is None:
        return None
    return f"{instant.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def _plain(text: str) -> str:
    return markdown.to_text(feed_text.clean(text))


def _clean(text: str | None) -> str | None:
    return None if text is None else feed_text.clean(text)
