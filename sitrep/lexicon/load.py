"""A config and the language of a text become the word lists by which the text is read."""

from __future__ import annotations

from sitrep.config.own_words import shipped
from sitrep.config.values import Config
from sitrep.config.word_lists import Lexicon


def lexicons_of(config: Config, lang: str) -> list[Lexicon]:
    """The lists that serve a text in that language, the nearest first, at most four: its own, those of its
    base language (``ar`` for ``ar-SY``), the site's, English. A list that the package ships serves without
    being named in the config."""
    found: dict[str, Lexicon] = {}
    base = lang.partition("-")[0]
    for code in dict.fromkeys((lang, base, config.site.language, "en")):
        lexicon = config.languages.get(code)
        if lexicon is None and code == base:
            lexicon = shipped(code)
        if lexicon is not None:
            found[code] = lexicon
    return list(found.values())


def is_known(config: Config, lang: str) -> bool:
    """True if the config has lists of that very language or of its base language."""
    return lang in config.languages or lang.partition("-")[0] in config.languages
