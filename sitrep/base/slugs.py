"""A name in any script -> a folder's name of small Latin letters, digits and hyphens."""

from __future__ import annotations

import re
import unicodedata


def slug(name: str) -> str:
    """``kherson-oblast``, ``kharkiv`` of Харків, ``hlb`` of حلب; empty without any letter."""
    plain = unicodedata.normalize("NFKD", name)
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    if not plain.isascii():
        # The one door to anyascii, loaded only for what is not Latin.
        from anyascii import anyascii

        plain = anyascii(plain)
    return re.sub("[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")
