"""A fragment of HTML -> the Markdown a drop is written in. The one door to markdownify."""

from __future__ import annotations

import re

from sitrep.base.patterns import lazy_pattern
from sitrep.importing.values import not_installed

_SILENT = lazy_pattern(
    r"<(script|style|noscript|iframe|object|svg|form)\b.*?(?:</\1\s*>|\Z)|<!--.*?-->", re.I | re.S
)


def markdown_of(html: str, origin: str) -> str:
    """Headings, lists, links, emphasis and quotations of a fragment; scripts, frames and forms are left out.
    Raises SiteError if the library is not installed."""
    try:
        from markdownify import markdownify
    except ImportError as fault:
        raise not_installed(origin, "HTML", fault) from None
    text: str = markdownify(
        _SILENT.sub("", html), heading_style="ATX", bullets="-", escape_misc=False, escape_underscores=False
    )
    return re.sub(r"\n{3,}", "\n\n", text.replace("\xa0\n", "\n")).strip("\n")
