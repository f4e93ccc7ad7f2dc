"""The name of a language -> its code, and back."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping
from types import MappingProxyType

from sitrep.base.folding import fold
from sitrep.base.languages.locales import locale_of


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
    if first.lower() in _languages():
        return "-".join((first.lower(), *rest))
    return _languages_by_name().get(fold(text))


def nearest_languages(text: str) -> tuple[str, ...]:
    """Up to three languages with names or codes spelled like ``text``, as ``uk (Ukrainian)``."""
    known = _languages_by_name()
    near = difflib.get_close_matches(fold(text), known, n=6, cutoff=0.7)
    codes = dict.fromkeys(known[name] for name in near)
    return tuple(f"{code} ({_english_languages()[code]})" for code in codes if code in _english_languages())[
        :3
    ]


@functools.cache
def _english_languages() -> Mapping[str, str]:
    from babel import Locale

    return MappingProxyType(dict(Locale.parse("en").languages))


@functools.cache
def _languages() -> frozenset[str]:
    """Codes of the languages that CLDR has data for."""
    from babel.localedata import locale_identifiers

    return frozenset(name.partition("_")[0] for name in locale_identifiers())


@functools.cache
def _languages_by_name() -> Mapping[str, str]:
    """Codes of the languages by their folded names. Opens the data of every language: a second or two."""
    from babel import Locale

    known: dict[str, str] = {}
    for code in sorted(_languages()):
        own = Locale.parse(code).languages.get(code, "")
        for name in (own, _english_languages().get(code, ""), code):
            if name:
                known.setdefault(fold(name), code)
    return MappingProxyType(known)
