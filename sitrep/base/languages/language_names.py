"""The name of a language -> its code, and back."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping
from types import MappingProxyType

from sitrep.base.folding import fold
from sitrep.base.languages.locales import locale_of
from sitrep.base.shipped import shipped_rows


def language_name(lang: str) -> str:
    """What the language is called in English; the code itself where CLDR knows no name."""
    locale = locale_of(lang)
    name = locale.english_name if locale else ("English" if lang.partition("-")[0] == "en" else lang)
    return str(name or lang)


def own_name(lang: str) -> str:
    """What the language calls itself; the code where CLDR knows no name."""
    if lang.partition("-")[0] == "en":
        return "English"
    locale = locale_of(lang)
    return str((locale and locale.get_display_name()) or lang)


def language_named(text: str) -> str | None:
    """The code of a language given by code or by name, in English or its own; None if there is none such."""
    first, *rest = text.strip().replace("_", "-").split("-")
    if first.lower() in _english_names():
        return "-".join((first.lower(), *rest))
    return _languages_by_name().get(fold(text))


def nearest_languages(text: str) -> tuple[str, ...]:
    """Up to three languages with names or codes spelled like ``text``, as ``uk (Ukrainian)``."""
    known, english = _languages_by_name(), _english_names()
    near = difflib.get_close_matches(fold(text), known, n=6, cutoff=0.7)
    codes = dict.fromkeys(known[name] for name in near)
    return tuple(f"{code} ({english[code]})" for code in codes if english[code])[:3]


@functools.cache
def _english_names() -> Mapping[str, str]:
    """The languages that CLDR has data for by their codes; empty where a name is not known."""
    return MappingProxyType({code: english for code, english, _ in shipped_rows(_TABLE)})


@functools.cache
def _languages_by_name() -> Mapping[str, str]:
    """Codes of the languages by their folded names, in English and their own."""
    known: dict[str, str] = {}
    for code, english, own in shipped_rows(_TABLE):
        for name in filter(None, (own, english, code)):
            known.setdefault(fold(name), code)
    return MappingProxyType(known)


_TABLE = "base/languages/language_names.tsv"
"""Read from a file: asking CLDR for them costs a second, since every language has a file of its own."""
