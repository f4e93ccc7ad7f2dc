"""Finds the language of a source: as its front matter or its name gives it, else as its words tell.

And tells which updates are translations, by the same two.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

from sitrep.base.folding import folded
from sitrep.base.languages.language_names import language_name
from sitrep.base.languages.month_names import month_names
from sitrep.base.nouns import Problem, Update, note
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import replace
from sitrep.config.own_words import own_lexicon
from sitrep.config.values import Config
from sitrep.lexicon.language_of import FUNCTION_WORDS, Guess, language_of
from sitrep.reading.text import Text

_SUFFIX = lazy_pattern(r"\.([a-z]{2,3}(?:[-_][A-Za-z]{2,4})?)\.[^./]+$")
"""The language in the name of a file: ``note.es.md``."""
_DATED = lazy_pattern(r"\d[^/]*$")
_NAMED_DAY = lazy_pattern(r"\b\d{1,2}\.?\s(?P<month>[^\W\d_]{4,}),?\s20\d\d\b")
_HEAD = 200
_MAIL_HEAD = lazy_pattern(r"\s*(?:[A-Za-z-]{2,40}: [^\n]*\n){2,60}")
"""Names and addresses of a mail say nothing of the language of its words; its subject does."""
_SUBJECT = lazy_pattern(r"^Subject: .*", re.IGNORECASE | re.MULTILINE)
_TELLING = 30
"""A text of so many words has small words in it, if its language is known."""


class Language(NamedTuple):
    """In which language a source is read and shown."""

    lang: str | None
    """None: the site's."""
    problems: tuple[Problem, ...] = ()


def language_of_source(path: str, text: str, given: str | None, config: Config) -> Language:
    """The language that front matter (``given``) or file name (``note.es.md``) gives, else that of the words.
    A text in doubt is read in the likelier language, whose words of doubt are looked for beside the site's,
    with a note. A language without words of doubt is told, since nothing in it will be marked as reported."""
    usual = config.site.language
    known = given or _of_name(path, config)
    problems: list[Problem] = []
    if known is None:
        if head := _MAIL_HEAD.match(text):
            text = "\n".join((*_SUBJECT.findall(head[0]), text[head.end() :]))
        guess = language_of(text, usual)
        if guess.lang in (None, usual) and (lang := _of_month(text, (usual, *config.languages, "en"))):
            guess = Guess(lang)
        known = guess.lang or usual
        if known != usual and not guess.sure:
            fact = f"this reads like {language_name(known)}, and was read so"
            remedy = f"write the language at the top of the file: ---, lang: {known}, ---"
            problems.append(note(path, 1, fact, remedy))
        elif guess.lang is None and (guess.sure or text.count(" ") > _TELLING):
            fact = f"the language of this text is not known; it was read as {language_name(known)}"
            remedy = "write it at the top of the file, for example: ---, lang: nl, ---"
            problems.append(note(path, 1, fact, remedy))
    own = own_lexicon(config, known)
    if own is None or not (own.reported or own.rumor):
        fact = f"no words of doubt are known for {known}: nothing is marked as reported"
        remedy = f"add them to config.yaml under languages: {known}: reported: [...]"
        problems.append(note(path, 1, fact, remedy, f"words of doubt {known}"))
    return Language(None if known == usual and given is None else known, tuple(problems))


def _of_name(path: str, config: Config) -> str | None:
    found = _SUFFIX.search(path)
    if found is None:
        return None
    code = found[1].replace("_", "-")
    base = code.partition("-")[0]
    return code if base in FUNCTION_WORDS or code in config.languages or base in config.languages else None


def _of_month(text: str, usual: Iterable[str]) -> str | None:
    """The language that calls a month as the head of a text does; None where a usual one or none does."""
    found = _NAMED_DAY.search(folded(text[:_HEAD]))
    if found is None or any(found["month"] in month_names(lang) for lang in usual):
        return None
    return next((lang for lang in FUNCTION_WORDS if found["month"] in month_names(lang)), None)


def as_translations(updates: tuple[Update, ...], text: Text) -> tuple[Update, ...] | Problem:
    """The updates, marked as translations if header or name of the file say so; or why they can be none."""
    path, header, config = text.source.path, text.header, text.config
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
        return text.error(1, fact, "write each translation into a file of its own")
    own = dt.date.fromisoformat(header.translates[:10]) if header.translates else None
    return tuple(replace(update, translates=original, date=own or update.date) for update in updates)


def _original_by_name(path: str, lang: str | None, config: Config) -> str:
    """The path without ending of what a file named ``2024-12-06.ar.md`` translates; empty if it is a text of
    its own. With ``~`` before it where the name holds no date: only a file of that name makes it one."""
    found = _SUFFIX.search(path)
    if found is None or lang is None or _base(lang) == _base(config.site.language):
        return ""
    if _base(found[1].replace("_", "-")) != _base(lang):
        return ""
    stem = path[: found.start()]
    return stem if _DATED.search(stem) else f"~{stem}"


def _base(lang: str) -> str:
    return lang.partition("-")[0].lower()
