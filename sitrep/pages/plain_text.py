"""An update -> its plain-text twin: 72 columns, labels in words, addresses written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from sitrep.base.nouns import Item, Passage, Role, Section, Update
from sitrep.base.patterns import lazy_pattern
from sitrep.config.values import Config
from sitrep.site import addresses as at
from sitrep.text.markdown import to_text
from sitrep.text.summaries import (
    dated,
    day_of,
    format_date,
    headline,
    hedge,
    hedge_of_report,
    language,
    moment,
    one_line,
    picture_words,
    references,
    references_by_number,
    state_name,
    translation_note,
    words_of,
)

WIDTH = 72
"""Columns; only a word or address longer than this stands out."""


def render(update: Update, config: Config) -> str:
    """The whole update as text with ``\\n`` line ends; a withdrawn one says so and nothing else."""
    parts = _withdrawn(update, config) if update.withdrawn else _parts(update, config)
    return "\n\n".join(part for part in parts if part) + "\n"


def _parts(update: Update, config: Config) -> Iterator[str]:
    lang = language(update, config)
    words = words_of(config, lang)
    fronts = {front.id: front.name for front in config.fronts}
    yield _underlined(headline(update, config), "=")
    yield _facts(update, config)
    if update.summary:
        yield wrapped(to_text(update.summary, links=True))
    yield from _passages(update.passages_of(Role.LEDE))
    care = update.passages_of(Role.DISCLAIMER)
    yield from _passages(care)
    if not care and config.site.care:
        yield wrapped(to_text(config.site.care, links=True))
    if update.key_points:
        yield _underlined(words.key_points, "-")
        yield "\n".join(wrapped(f"* {one_line(point)}") for point in update.key_points)
    code = iter(references(update, config))
    for section in update.sections:
        yield from _section(section, [next(code) for _ in section.items], fronts, config, lang)
    yield from _passages(update.passages_of(Role.OUTRO, Role.BOILERPLATE, Role.SIGNOFF))
    yield from _fixes(update, config)
    yield at.absolute(config, at.update_page(update.key))


def _facts(update: Update, config: Config) -> str:
    lang = language(update, config)
    words = words_of(config, lang)
    facts = [config.site.title]
    if update.title:
        facts.append(format_date(update.date, lang, "full"))
    if update.exact and update.published:
        facts.append(words.published.format(moment(update.published, update.date, config, lang)))
    return wrapped(" · ".join(facts))


def _section(
    section: Section, its_codes: list[str], fronts: dict[str, str], config: Config, lang: str
) -> Iterator[str]:
    words = words_of(config, lang)
    opinion = bool(section.items) and all(item.opinion for item in section.items)
    if section.heading:
        yield _underlined(one_line(section.heading), "-")
    if opinion:
        yield f"({words.opinion_caption})"
    for item, code in zip(section.items, its_codes, strict=True):
        name = fronts.get(item.front, item.front)
        said = (section.heading or "").casefold()
        where = "" if opinion or said.startswith(name.casefold()) else name
        for fate in item.followed.fates if item.followed else ():
            day = format_date(fate.there.date, lang, "long")
            yield wrapped(f"{state_name(fate.state, words)}, {day}. {fate.text}".strip())
        if note := translation_note(item, words, config):
            yield wrapped(f"({note})")
        said = (hedge_of_report if opinion else hedge)(item, words)
        yield _item(item, code, where, said)
        for picture in item.pictures:
            if picture.place:
                said = ", ".join(picture_words(picture, words))
                yield wrapped(f"{said}: {at.absolute(config, picture.place)}", "  " * min(item.depth + 1, 8))


def _item(item: Item, code: str, front: str, said: str) -> str:
    head = f"{code} [{front}]" if front else code
    text = to_text(item.words, links=True)
    return wrapped(f"{head} {said}: {text}" if said else f"{head} {text}", "  " * min(item.depth, 8))


def _passages(passages: Iterable[Passage]) -> Iterator[str]:
    return (wrapped(to_text(passage.text, links=True)) for passage in passages)


def _fixes(update: Update, config: Config) -> Iterator[str]:
    lang = language(update, config)
    words = words_of(config, lang)
    if update.correction:
        yield wrapped(one_line(update.correction))
    for item, code in zip(update.items, references(update, config), strict=True):
        for revision in item.latest_corrections if item.revisions else ():
            when = words.corrected_on.format(moment(revision.at, update.date, config, lang))
            yield wrapped(f"{code}: {when} {one_line(revision.reason or '')}".rstrip())
    names = references_by_number(update, config)
    for gone in update.withdrawn_items:
        if gone.to:
            yield wrapped(words.now_under.format(day_of(gone.to, lang)))
            continue
        if gone.into is not None:
            yield wrapped(words.now_part_of.format(names.get(gone.into, gone.into)))
            continue
        when = moment(gone.at, update.date, config, lang)
        yield wrapped(f"{words.withdrawn_part.format(when)} {one_line(gone.reason or '')}".rstrip())


def _withdrawn(update: Update, config: Config) -> Iterator[str]:
    assert update.withdrawn is not None
    lang = language(update, config)
    words = words_of(config, lang)
    yield _underlined(dated(update, config), "=")
    if update.withdrawn.to:
        yield wrapped(words.now_under.format(day_of(update.withdrawn.to, lang)))
        yield at.absolute(config, at.beside(config, at.update_page(update.withdrawn.to)))
        return
    yield wrapped(f"{words.withdrawn_on.format(moment(update.withdrawn.at, update.date, config, lang))}.")
    yield wrapped(words.withdrawn_note)
    if update.withdrawn.reason:
        yield wrapped(words.withdrawn_why.format(one_line(update.withdrawn.reason)))
    yield at.absolute(config, at.update_page(update.key))


def _underlined(text: str, sign: str) -> str:
    lines = wrapped(text)
    return f"{lines}\n{sign * min(WIDTH, max(map(len, lines.split(chr(10)))))}"


def wrapped(text: str, indent: str = "") -> str:
    """Paragraphs filled to 72 columns; words and addresses are never broken."""
    lines = _lines(WIDTH - len(indent))
    filled = ("\n".join(lines.findall(" ".join(part.split()))) for part in text.split("\n\n"))
    whole = "\n\n".join(filled)
    return indent + whole.replace("\n", f"\n{indent}") if indent else whole


@cache
def _lines(width: int) -> re.Pattern[str]:
    # A word longer than a line, else as many words as fit.
    return lazy_pattern(rf"(\S{{{width + 1},}}|.{{1,{width}}})(?: |$)")
