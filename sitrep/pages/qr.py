"""An address -> its QR code as an inline SVG. The one door to segno."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sitrep.pages.frame import FeedLinks
from sitrep.pages.templates import Markup


@lru_cache(maxsize=64)  # the same few addresses at every publish of a program that stays
def svg(address: str, name: str) -> str:
    """Markup of the code: black on white, whatever the colours of the page, with its margin (ISO 18004).

    ``name`` is read out in its place. Raises ValueError for an address too long for a code.
    """
    import segno

    try:
        code = segno.make_qr(address, error="m")
    except segno.DataOverflowError as fault:
        raise ValueError(f"{len(address)} characters do not fit into a QR code") from fault
    drawn: str = code.svg_inline(border=4, dark="#000", light="#fff", title=name, omitsize=True)
    return drawn


_CODES = 18_000
"""Bytes of codes on one page, uncompressed: a quarter of that compressed."""


def codes(feeds: Sequence[FeedLinks]) -> dict[str, Markup]:
    """Codes of these feeds by their ids, the first of them as far as a light page holds them."""
    found: dict[str, Markup] = {}
    room = _CODES
    for feed in feeds:
        drawn = code(feed.atom, feed.name)
        room -= len(drawn)
        if room < 0:
            break
        found[feed.id] = drawn
    return found


def code(address: str, name: str) -> Markup:
    """The address as a QR code, or nothing where it is too long for one."""
    try:
        return Markup(svg(address, name))
    except ValueError:
        return Markup()
