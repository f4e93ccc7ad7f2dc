"""An update with its translations -> what each language's edition of the site shows of it.

An edition is a site within the site: its pages stand under ``ar/``, its updates are those that are translated
into its language. Fronts, hedges, places, claims and numbers are the original's, the words the translation's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from sitrep.base.nouns import Item, Picture, Section, Update
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import replace
from sitrep.identity.translations import outdated_since
from sitrep.text.sentences import first_sentence

TABLES = lazy_pattern(r"\b(updates|reports|changes|gone|months|total|month_more|month_less)(_[a-z]+)?\b")
"""Tables, indexes and triggers that an edition has for itself; everything else is the site's."""


@lru_cache(maxsize=1024)
def table_names(sql: str, lang: str) -> str:
    """An SQL statement about the site's updates as one about those of an edition."""
    return TABLES.sub(rf"\g<0>_{folder_of(lang)}", sql)


def folder_of(lang: str) -> str:
    """A language as the name of a folder or table: ``pt-BR`` -> ``pt-br``."""
    return lang.lower().replace("-", "_")


def editions_of(update: Update | None) -> Iterator[tuple[str, Update]]:
    """What each edition shows of an update, by language."""
    if update is not None:
        yield from (
            (translation.lang or "", in_language(update, translation)) for translation in update.translations
        )


def in_language(update: Update, translation: Update) -> Update:
    """An update in another language. What is not translated stands in the original's words, and says so."""
    own = translation.withdrawn
    named = tuple(
        replace(translation, sections=(), passages=(), key_points=()) for translation in update.translations
    )
    if update.withdrawn or own:
        taken = update if update.withdrawn else replace(update, sections=(), passages=(), withdrawn=own)
        return replace(
            taken,
            title=None,
            summary=None,
            key_points=(),
            correction=None,
            lang=translation.lang,
            published=translation.published,
            translations=named,
        )
    return replace(
        update,
        sections=tuple(_sections(update, translation)),
        passages=translation.passages,
        title=translation.title,
        lang=translation.lang,
        author=translation.author or update.author,
        summary=translation.summary,
        key_points=translation.key_points,
        correction=translation.correction,
        published=translation.published,
        updated=_latest(update, translation),
        translations=named,
    )


def _sections(update: Update, translation: Update) -> Iterator[Section]:
    """The sections of the original, their items in the words of the translation where it has them."""
    out = translation.published or update.published
    words = {item.number: item for item in translation.items}
    parallel = translation.sections if len(translation.sections) == len(update.sections) else update.sections
    for section, theirs in zip(update.sections, parallel, strict=True):
        items = tuple(_in_words(item, words.get(item.number), update, out) for item in section.items)
        yield replace(section, heading=theirs.heading or section.heading, items=items)


def _in_words(item: Item, translated: Item | None, update: Update, out: dt.datetime | None) -> Item:
    """An item in the words of its translation, or its own where it has none. ``out``: when that came out."""
    item = replace(item, pictures=tuple(map(_beside, item.pictures)))
    if translated is None:
        published = max((at for at in (item.published, out) if at), default=None)
        updated = max((at for at in (item.updated, published) if at), default=None)
        return replace(item, untranslated=True, published=published, updated=updated)
    hearsay = item.hearsay and replace(
        item.hearsay, gist=translated.hearsay.gist if translated.hearsay else first_sentence(translated.text)
    )
    return replace(
        item,
        text=translated.text,
        naming=translated.naming,
        lang=translated.lang,
        by=item.by and (translated.by or item.by),
        pictures=tuple(map(_beside, translated.pictures)) or item.pictures,
        hearsay=hearsay,
        published=translated.published,
        updated=translated.updated,
        revisions=(),
        outdated=outdated_since(item, translated),
    )


def _beside(picture: Picture) -> Picture:
    """A picture as an edition finds it: it stands once, for all languages."""
    return replace(picture, place=f"../{picture.place}") if picture.place else picture


def _latest(update: Update, translation: Update) -> dt.datetime | None:
    stamps = (translation.updated, translation.published, *(gone.at for gone in update.withdrawn_items))
    return max((at for at in stamps if at), default=update.updated)
