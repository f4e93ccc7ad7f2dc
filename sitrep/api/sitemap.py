"""The archive -> sitemaps: one of each month, one of what every site has, and their index (sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from sitrep.archive.archive import Archive
from sitrep.base.nouns import Update
from sitrep.base.say import rfc3339, whole_second
from sitrep.config.values import Config
from sitrep.site import addresses as at

_XML = "<?xml version='1.0' encoding='UTF-8'?>\n"
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def index(archive: Archive, config: Config) -> bytes:
    """The sitemap of what every site has, then those of all months, oldest first (sitemaps.org)."""
    places = (
        f"{at.folder_of(lang)}{place}"
        for lang in ("", *archive.languages())
        for place in (at.SITEMAP_PAGES, *map(at.sitemap_month, _months(archive.edition(lang))))
    )
    return _sitemap("sitemapindex", "sitemap", ((at.absolute(config, place), None) for place in places))


def _months(archive: Archive) -> Iterator[str]:
    return (month for year in archive.years() for month, _ in archive.months(year))


def pages(config: Config) -> bytes:
    """The pages every site has: home, fronts, archive, corrections, follow, about.

    Without a time of change: that would be the time of every update.
    """
    fronts = (at.front_page(front.id) for front in config.fronts)
    places = (at.HOME, *fronts, at.ARCHIVE, at.CORRECTIONS, at.FOLLOW, at.ABOUT)
    return _sitemap("urlset", "url", ((at.absolute(config, place), None) for place in places))


def of_month(archive: Archive, config: Config, month: str) -> bytes | None:
    """The pages of a month with the time of their last change; None if there are none."""
    updates = archive.month(month)
    if not updates:
        return None
    return _sitemap("urlset", "url", _pages_of(updates, month, config, over=not archive.goes_on(month)))


def _pages_of(
    updates: tuple[Update, ...], month: str, config: Config, *, over: bool
) -> Iterator[tuple[str, str | None]]:
    newest = max((update.updated for update in updates if update.updated), default=None)
    changed = rfc3339(whole_second(newest)) if newest else None
    yield at.absolute(config, at.month_page(month)), changed
    here = {front for update in updates for front in update.fronts if over}
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
