"""An address -> its QR code as an inline SVG. The one door to segno."""

from __future__ import annotations

from functools import lru_cache


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
