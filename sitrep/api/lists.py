"""The archive -> lists for machines: OPML, sitemap, robots.txt, latest.json, a month's search index.

Each is bounded by a month or by the config, except the sitemap's index, which only changes when a
month is new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from sitrep.archive.archive import Archive
from sitrep.base.nouns import Update
from sitrep.base.say import rfc3339, whole_second
from sitrep.base.values import encode
from sitrep.config.values import Config
from sitrep.site import addresses as at
from sitrep.text import feed_text, summaries

_XML = "<?xml version='1.0' encoding='UTF-8'?>\n"
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LATEST = 8
"""Updates among which the newest edit is looked for."""


def opml(config: Config) -> bytes:
    """Every feed once, in Atom, to import into a reader (OPML 2.0)."""
    title = _attribute(feed_text.title(config.site.title))
    lines = [f'{_XML}<opml version="2.0">\n<head><title>{title}</title></head>\n<body>\n']
    for feed in at.feeds_of(config):
        own = feed_text.title(config.site.title)
        name = _attribute(feed_text.title(f"{own}: {feed.name}" if feed.folder else own))
        address = _attribute(at.absolute(config, feed.place("atom")))
        home = _attribute(at.absolute(config, at.page_of(feed, config)))
        lines.append(
            f'<outline type="rss" text="{name}" title="{name}" xmlUrl="{address}" htmlUrl="{home}"/>\n'
        )
    return "".join((*lines, "</body>\n</opml>\n")).encode()


def robots(config: Config) -> bytes:
    """Everything may be read and copied."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {at.absolute(config, at.SITEMAP)}\n".encode()


def security(archive: Archive, config: Config) -> bytes:
    """Whom to tell of a fault of the site (RFC 9116).

    It must say how long it holds: until the end of the year after that of the newest update.
    """
    began = config.site.authority.rpartition(",")[2][:4]
    year = next((update.date.year for update in archive.latest(1)), int(began) if began.isdecimal() else 2024)
    lines = (
        f"Contact: {at.contact_of(config)}",
        f"Expires: {year + 1:04}-12-31T23:59:59Z",
        f"Preferred-Languages: {config.site.language}",
        f"Canonical: {at.absolute(config, at.SECURITY)}",
    )
    return ("\n".join(lines) + "\n").encode()


def latest(archive: Archive, config: Config) -> bytes:
    """Key of the newest update (``id``), how many items it has (``n``), and the newest edit (``t``, UTC).

    Small, to be asked for often; ``t`` looks at the last few updates.
    """
    newest = archive.latest(_LATEST)
    if not newest:
        return encode({"id": "", "n": 0, "t": ""}) + b"\n"
    edits = [update.updated for update in newest if update.updated]
    edit = f"{whole_second(max(edits)):%Y-%m-%dT%H:%MZ}" if edits else ""
    return encode({"id": newest[0].key, "n": len(newest[0].items), "t": edit}) + b"\n"


def sitemap_index(archive: Archive, config: Config) -> bytes:
    """The sitemap of what every site has, then those of all months, oldest first (sitemaps.org)."""
    places = (
        f"{at.folder_of(lang)}{place}"
        for lang in ("", *archive.languages())
        for place in (at.SITEMAP_PAGES, *map(at.sitemap_month, _months(archive.edition(lang))))
    )
    return _sitemap("sitemapindex", "sitemap", ((at.absolute(config, place), None) for place in places))


def _months(archive: Archive) -> Iterator[str]:
    return (month for year in archive.years() for month, _ in archive.months(year))


def sitemap_pages(config: Config) -> bytes:
    """The pages every site has: home, fronts, archive, corrections, follow, about.

    Without a time of change: that would be the time of every update.
    """
    fronts = (at.front_page(front.id) for front in config.fronts)
    places = (at.HOME, *fronts, at.ARCHIVE, at.CORRECTIONS, at.FOLLOW, at.ABOUT)
    return _sitemap("urlset", "url", ((at.absolute(config, place), None) for place in places))


def sitemap_month(archive: Archive, config: Config, month: str) -> bytes | None:
    """The pages of a month with the time of their last change; None if there are none."""
    updates = archive.month(month)
    if not updates:
        return None
    return _sitemap("urlset", "url", _pages(updates, month, config))


def _pages(updates: tuple[Update, ...], month: str, config: Config) -> Iterator[tuple[str, str | None]]:
    newest = max((update.updated for update in updates if update.updated), default=None)
    changed = rfc3339(whole_second(newest)) if newest else None
    yield at.absolute(config, at.month_page(month)), changed
    here = {front for update in updates for front in update.fronts}
    for front in (front.id for front in config.fronts if front.id in here):
        yield at.absolute(config, at.front_month_page(front, month)), None
    for update in updates:
        stamp = rfc3339(whole_second(update.updated)) if update.updated else None
        yield at.absolute(config, at.update_page(update.key)), stamp


def _sitemap(root: str, element: str, pages: Iterable[tuple[str, str | None]]) -> bytes:
    lines = []
    for address, changed in pages:
        stamp = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<{element}><loc>{escape(address)}</loc>{stamp}</{element}>")
    return "\n".join((f'{_XML}<{root} xmlns="{_SITEMAPS}">', *lines, f"</{root}>\n")).encode()


def search_month(archive: Archive, config: Config, month: str) -> bytes | None:
    """The items of a month to search in, newest update first; None if there are none.

    A script of one call, ``listed({"month": ..., "items": [[key, number, front, label, text], ...]})``: the
    label hedges the item in words and is empty where it is said plainly; the text is plain and on one line.
    """
    updates = archive.month(month)
    if not updates:
        return None
    items = [
        (update.key, item.number, item.front, summaries.hedge(item, summaries.language(update, config)),
         feed_text.one_line(item.text))
        for update in updates
        for item in update.items
    ]  # fmt: skip
    made = encode({"month": month, "items": items})
    # Two ends of a line to scripts of before 2019, though not to JSON.
    for end, escaped in (("\u2028", b"\\u2028"), ("\u2029", b"\\u2029")):
        made = made.replace(end.encode(), escaped)
    return b"listed(" + made + b")\n"


def _attribute(text: str) -> str:
    return escape(feed_text.clean(text))
