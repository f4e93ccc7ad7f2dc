"""A config and a language -> the word lists of that language, or those that the package has."""

from __future__ import annotations

from sitrep.config.values import Config
from sitrep.config.word_lists import Lexicon


def own_lexicon(config: Config, lang: str) -> Lexicon | None:
    """The lists of that very language or of its base language; None where there are none."""
    base = lang.partition("-")[0]
    return config.languages.get(lang) or config.languages.get(base) or shipped(base)


def shipped(code: str) -> Lexicon | None:
    """The lists that the package has for a language; None where it has none."""
    # Imported on use: it loads what checks a config, which reading in the languages of the config needs not.
    from sitrep.config.load import shipped_lexicon

    return shipped_lexicon(code)
