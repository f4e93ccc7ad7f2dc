"""A language code -> which way it is written, and the attributes of HTML that say so."""

from __future__ import annotations

import html
from typing import Literal

_RTL_LANGUAGES = frozenset((
    "apc", "ar", "arc", "bal", "bgn", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "nqo", "pnb",
    "prs", "ps", "rhg", "sd", "sdh", "skr", "syr", "trw", "ug", "ur", "yi",
))  # fmt: skip
_RTL_SCRIPTS = frozenset(("adlm", "arab", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"))


def direction(lang: str) -> Literal["ltr", "rtl"]:
    """Which way the language is written; a script in the code (``ku-Arab``) decides before the language."""
    first, *rest = lang.replace("_", "-").lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), None)
    if script:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    return "rtl" if first in _RTL_LANGUAGES else "ltr"


def attributes(lang: str, around: str) -> str:
    """`` lang="ar" dir="rtl"`` for what stands in another language than what is around it; else nothing."""
    if lang == around:
        return ""
    return f' lang="{html.escape(lang)}" dir="{direction(lang)}"'
