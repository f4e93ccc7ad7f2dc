"""Tells which updates are translations: by their front matter, or by the name of their file."""

from __future__ import annotations

import datetime as dt
import re

from sitrep.base.nouns import Problem, Update
from sitrep.base.values import replace
from sitrep.config.values import Config
from sitrep.reading.headers.header import Header
from sitrep.reading.source_language import SUFFIX

_DATED = re.compile(r"\d[^/]*$")


def as_translations(
    updates: tuple[Update, ...], path: str, header: Header, config: Config
) -> tuple[Update, ...] | Problem:
    """The updates, marked as translations if header or name of the file say so; or why they can be none."""
    original = header.translates or _original_by_name(path, header.lang, config)
    if not original or not updates:
        return updates
    if header.lang is None or header.lang == config.site.language:
        fact = f"it translates {original}, and does not say into which language"
        return Problem(
            path=path, line=1, fact=fact, remedy="write the language below it, for example lang: ar"
        )
    if header.translates and len(updates) > 1:
        fact = f"it translates {original}, and holds {len(updates)} updates"
        return Problem(path=path, line=1, fact=fact, remedy="write each translation into a file of its own")
    own = dt.date.fromisoformat(header.translates[:10]) if header.translates else None
    return tuple(replace(update, translates=original, date=own or update.date) for update in updates)


def _original_by_name(path: str, lang: str | None, config: Config) -> str:
    """The path without ending of what a file named ``2024-12-06.ar.md`` translates; empty if it is a text of
    its own. With ``~`` before it where the name holds no date: only a file of that name makes it one."""
    found = SUFFIX.search(path)
    if found is None or lang is None or _base(lang) == _base(config.site.language):
        return ""
    if _base(found[1].replace("_", "-")) != _base(lang):
        return ""
    stem = path[: found.start()]
    return stem if _DATED.search(stem) else f"~{stem}"


def _base(lang: str) -> str:
    return lang.partition("-")[0].lower()
