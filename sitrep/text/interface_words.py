"""A language code -> the words of the pages themselves: names of links, captions, labels, counts.

Each language is a file of ``interface/``; what it leaves out is said in English, whose file has everything.
One with ``_review`` has not been read over yet by somebody who speaks it. ``words:`` in config.yaml may put
others in their place. What an author wrote is never translated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitrep.base.errors import ConfigError
from sitrep.base.languages.locales import plural_category
from sitrep.base.nouns import Problem
from sitrep.base.remember import for_the_latest
from sitrep.config.own_words import own_lexicon
from sitrep.config.values import Config

_FOLDER = Path(__file__).with_name("interface")


class Wording:
    """The words of one language, each by its name; ``{}`` in one stands for what is filled in."""

    def __init__(self, lang: str, said: Mapping[str, Any], hedges: tuple[str, ...] = ()) -> None:
        self.__dict__.update(said)
        self.lang, self._said = lang, said
        self.hedges = hedges
        """What opens a sentence that a label need not hedge once more."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> str: ...

    def count(self, name: str, n: int) -> str:
        """The form for ``n`` things, by CLDR's plural rules, filled in."""
        forms = self._said[name]
        return str(forms.get(plural_category(n, self.lang), forms["other"])).format(n)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text with the name it stands under."""
        for name, said in self._said.items():
            parts = said.values() if isinstance(said, dict) else said if isinstance(said, list) else (said,)
            yield from ((name, part) for part in parts)

    def but(self, own: Mapping[str, Any], hedges: tuple[str, ...]) -> Wording:
        """The same with some words of one's own, and the hedges of texts."""
        return Wording(self.lang, {**self._said, **own} if own else self._said, hedges)


def wording(lang: str | Wording) -> Wording:
    """The words of a language, or of the language without its region, or English. Words stay as they are."""
    return lang if isinstance(lang, Wording) else _wording(lang)


@cache
def _wording(lang: str) -> Wording:
    english = _read("en")
    for code in (lang.lower(), lang.lower().partition("-")[0]):
        if code == "en":
            break
        if code.replace("-", "").isalnum() and (_FOLDER / f"{code}.json").is_file():
            return Wording(code, {**english, **_read(code)})
    return Wording("en", english)


@cache
def _read(code: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_FOLDER / f"{code}.json").read_text(encoding="utf-8"))
    found.pop("_review", None)
    return found


def words_of(config: Config, lang: str) -> Wording:
    """The words of a language as a site wants them."""
    return _words_of(config, lang)


@for_the_latest
def _words_of(config: Config, lang: str | None) -> Wording:
    words = wording(lang or config.site.language)
    texts = own_lexicon(config, lang or config.site.language)
    return words.but(config.words.get(words.lang, {}), texts.hedge_openings if texts else ())


def check_words(config: Config) -> None:
    """Raise ConfigError for every word of config.yaml that no page shows, or that would lose something."""
    faults = [fault for lang, own in config.words.items() for fault in _faults(lang, own)]
    if faults:
        raise ConfigError(*(Problem(path="config.yaml", fact=fact, remedy=remedy) for fact, remedy in faults))


def _faults(lang: str, own: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    usual = wording(lang)
    known = dict[str, str](_read("en"))
    for name, said in own.items():
        where = f"words: {lang}: {name}"
        if name not in known:
            yield f"{where} is no word of the pages", "take one of sitrep/text/interface/en.json"
            continue
        texts = [text for there, text in usual.texts() if there == name]
        fits = isinstance(said, str) and isinstance(known[name], str)
        fits = fits or (isinstance(said, dict) and isinstance(known[name], dict) and "other" in said)
        if not fits:
            example = "{other: ...}" if isinstance(known[name], dict) else "one text"
            yield f"{where} has another form", f"write {example}, as in sitrep/text/interface/en.json"
            continue
        blanks = max(text.count("{}") for text in texts)
        for text in said.values() if isinstance(said, dict) else (said,):
            if not text.strip() or text.count("{}") > blanks or text.replace("{}", "").count("{"):
                yield f'{where}: "{text}" cannot be used', f"write a text with {blanks} times {{}} in it"
            elif text.count("{}") < blanks and not isinstance(said, dict):
                yield f'{where}: "{text}" leaves something out', f"write {{}} {blanks} times"
