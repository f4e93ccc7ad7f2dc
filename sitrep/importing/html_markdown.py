"""A fragment of HTML -> the Markdown a drop is written in. The one door to markdownify."""

from __future__ import annotations

import re

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem

_SILENT = re.compile(
    r"<(script|style|noscript|iframe|object|svg|form)\b.*?(?:</\1\s*>|\Z)|<!--.*?-->", re.I | re.S
)


def markdown_of(html: str, origin: str) -> str:
    """Headings, lists, links, emphasis and quotations of a fragment; scripts, frames and forms are left out.

    Raises SiteError if the library is not installed.
    """
    try:
        from markdownify import markdownify
    except ImportError as fault:
        raise SiteError(
            Problem(
                path=origin,
                fact=f"reading HTML needs a library that is not installed: {fault.name}",
                remedy="install the extra: pip install 'sitrep-feed[import]'",
            )
        ) from None
    text: str = markdownify(
        _SILENT.sub("", html), heading_style="ATX", bullets="-", escape_misc=False, escape_underscores=False
    )
    return re.sub(r"\n{3,}", "\n\n", text.replace("\xa0\n", "\n")).strip("\n")
