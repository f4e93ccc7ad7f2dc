"""Turns the path of a file into the date it names, if any."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from sitrep.base.patterns import lazy_pattern
from sitrep.config.values import Config
from sitrep.lexicon.phrases import Vocabulary, fold
from sitrep.reading.dates.dates import Impossible, dated

_DIGIT = lazy_pattern(r"\d")
_PLAIN = lazy_pattern(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_BREAKS = lazy_pattern(r"[_\s]+|(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)")


def date_of_path(path: str, config: Config, vocabulary: Vocabulary) -> dt.date | Impossible | None:
    """The date a file name gives, or else its folders (``2024/12/06/update.md``)."""
    folders, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0] or name
    if _PLAIN.fullmatch(stem):
        with suppress(ValueError):
            return dt.date.fromisoformat(stem)
    for text in (stem, f"{folders}/{stem}" if folders else ""):
        if not _DIGIT.search(text) or len(text) > 1000:
            continue
        folded = fold(_BREAKS.sub(" ", text.replace("_", " ")))
        when = dated(folded, order=config.dates.order, languages=("en",))
        if when.date is None and when.impossible is None and not text.isascii():
            when = dated(folded, order=config.dates.order, languages=vocabulary.languages)
        if when.date or when.impossible:
            return when.date or when.impossible
    return None
