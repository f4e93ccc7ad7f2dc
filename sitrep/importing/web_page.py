"""A saved web page -> its article as text, and what the page says of it. The one door to trafilatura."""

from __future__ import annotations

import datetime as dt
import logging
import re

from sitrep.base.patterns import lazy_pattern
from sitrep.importing.values import Details, not_installed

_PAGE = lazy_pattern(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_LICENCE = lazy_pattern(
    r"""<(?:link|a)\b[^>]*?\brel=["']?[^"'>]*\blicense\b[^>]*?\bhref=["']([^"']+)"""
    r"""|<(?:link|a)\b[^>]*?\bhref=["']([^"']+)["'][^>]*?\brel=["']?[^"'>]*\blicense\b""",
    re.I,
)
# What a browser writes into a page that it saves.
_SAVED_FROM = lazy_pattern(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.I)


def is_page(text: str) -> bool:
    """True if a text is a whole HTML page."""
    return bool(_PAGE.match(text))


def page(html: str, origin: str) -> tuple[str, Details] | None:
    """The article of a page and its details; None if there is none to be found. Nothing is loaded from
    anywhere. Raises SiteError if the library is not installed."""
    try:
        import trafilatura
    except ImportError as fault:
        raise not_installed(origin, "web pages", fault) from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    text = trafilatura.extract(
        html,
        output_format="markdown",
        include_comments=False,
        include_links=True,
        include_formatting=True,
        include_tables=True,
        favor_recall=True,
    )
    if not text or not text.strip():
        return None
    said = trafilatura.extract_metadata(html, extensive=False)  # else a year of the text is its date
    details = Details(
        title=_line(said.title),
        date=_date(said.date),
        author=_line(said.author and said.author.replace("; ", ", ")),
        lang=said.language,
        source=_line(said.sitename),
        address=_address(said.url) or _first(_SAVED_FROM, html[:2_000]),
        licence=_line(said.license) or _first(_LICENCE, html),
    )
    return _without_title(text, details.title), details


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _address(text: str | None) -> str | None:
    return text if text and text.startswith(("http://", "https://")) else None


def _first(pattern: re.Pattern[str], html: str) -> str | None:
    found = pattern.search(html)
    return _address(next(filter(None, found.groups()), None)) if found else None


def _without_title(text: str, title: str | None) -> str:
    """The text without a first heading that is the title."""
    first, _, rest = text.lstrip().partition("\n")
    same = title and first.lstrip("# ").casefold().strip() == title.casefold()
    return rest if same else text
