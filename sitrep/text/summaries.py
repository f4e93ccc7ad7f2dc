"""An update or item -> the short texts that stand for it: headline, key points, label, first sentence.

Headlines and key points are the author's own words, never new ones; pages and feeds share them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from sitrep.base.languages.direction import direction
from sitrep.base.languages.written_dates import DateForm, format_instant
from sitrep.base.languages.written_dates import format_date as _format_date
from sitrep.base.nouns import Certainty, Item, Picture, Role, Update
from sitrep.base.remember import remembering
from sitrep.base.values import Struct
from sitrep.config.values import Config, Front
from sitrep.text.interface_words import Wording, wording, words_of
from sitrep.text.labels import (
    Words,
    certainty_name,
    hedge,
    hedge_of_lead,
    hedge_of_report,
    hedged,
    label,
    once_hedged,
    one_line,
    opened,
    rumor_settled,
    says,
    settled,
    settles,
    state_name,
    stop_of_lead,
    with_opinion,
)
from sitrep.text.markdown import prose
from sitrep.text.sentences import first_sentence, shortened, tells

format_date = lru_cache(maxsize=512)(_format_date)
"""``languages.format_date``, remembered: a page names few days many times."""

_KEY_POINTS = 5
_HEADLINE = 200
"""Characters of a sentence that may stand as a headline."""
_WORDS_A_MINUTE = 230


def language(update: Update, config: Config) -> str:
    """The language an update is written in."""
    return update.lang or config.site.language


def language_of_item(item: Item, config: Config) -> str:
    """The language an item's words are in."""
    return item.lang or config.site.original


def translation_note(item: Item, words: Wording, config: Config) -> str:
    """What a reader of a translation must know of an item: not translated, or changed since; or nothing."""
    if item.untranslated:
        return words.untranslated
    if item.outdated:
        return words.outdated.format(format_date(local_date(item.outdated, config), words.lang, "long"))
    return ""


def picture_words(picture: Picture, lang: Words) -> tuple[str, str]:
    """What is said of a picture beside its link: ``Picture: a queue at the mill``, and ``48 KB``."""
    words = wording(lang)
    shows = one_line(picture.alt)
    size = words.kilobytes.format(max(1, round(picture.length / 1000)))
    return f"{words.picture}: {shows}" if shows else words.picture, size


def short_name(front: Front) -> str:
    """A front's name where space is small."""
    return front.short or front.name.split()[0]


def code_letters(front: Front) -> str:
    """The letters of a front's item codes: W of W1."""
    return front.code or front.id[0].upper()


def codes(update: Update, config: Config) -> tuple[str, ...]:
    """A code for each item in reading order, as an author names it beside a date: R1 of 6 December."""
    return tuple(f"{letters}{number}" for letters, number in _numbered(update, config))


def references(update: Update, config: Config) -> tuple[str, ...]:
    """What each item is cited by, by telephone or in a chat: front, day and number, W6-1. Not an address. A
    day's second update has its letter: W6b-1."""
    ordinal = int(update.key[11:] or 1)
    day = f"{update.date.day}{chr(ord('a') + min(ordinal, 26) - 1) if ordinal > 1 else ''}"
    return tuple(f"{letters}{day}-{number}" for letters, number in _numbered(update, config))


def references_by_number(update: Update, config: Config) -> dict[int, str]:
    """The same by the numbers of the items."""
    return dict(zip((item.number for item in update.items), references(update, config), strict=True))


def day_of(key: str, lang: str) -> str:
    """The date of an update or item by its key: ``26 November 2024``, a day's second with ``(2)``."""
    key = key.partition("/")[0]
    day = format_date(dt.date.fromisoformat(key[:10]), lang, "long")
    return f"{day} ({key[11:]})" if key[11:] else day


def _numbered(update: Update, config: Config) -> Iterator[tuple[str, int]]:
    """The letters of each item's front, and its place among those of its front."""
    known = {front.id: code_letters(front) for front in config.fronts}
    seen: Counter[str] = Counter()
    for item in update.items:
        letters = known.get(item.front) or item.front[:1].upper()
        seen[letters] += 1
        yield letters, seen[letters]


def minutes(update: Update) -> int:
    """Time to read an update, in minutes, at least one."""
    words = sum(item.text.count(" ") + 1 for item in update.items)
    words += sum(passage.text.count(" ") + 1 for passage in update.passages)
    return max(1, round(words / _WORDS_A_MINUTE))


# -- headlines --------------------------------------------------------------------------------------


def headline(update: Update, config: Config) -> str:
    """The author's title, else ``Update of 6 December 2024`` (or ``Update 2 of ...`` of a day's second)."""
    return one_line(update.title) if update.title else dated(update, config)


def dated(update: Update, config: Config) -> str:
    """``Update of 6 December 2024``, in the update's language."""
    lang = language(update, config)
    words, day = words_of(config, lang), format_date(update.date, lang, "long")
    ordinal = update.key[11:]
    return words.update_numbered.format(ordinal, day) if ordinal else words.update_of.format(day)


class KeyPoint(Struct, frozen=True, kw_only=True):
    """One of the two to five sentences that stand for an update."""

    text: str
    """Plain text; a hedged one opens with its label."""
    front: str | None = None
    """None for a point the author wrote, which belongs to no item."""
    number: int | None = None


def key_points(update: Update, config: Config) -> tuple[KeyPoint, ...]:
    """The author's key points, else the leading sentence of the first item of each front. Opinion and items
    that hold no sentence (a table, an address) are left out, and before a rumor what only leads to it; fewer
    than two points say nothing and are none."""
    if update.key_points:
        return tuple(KeyPoint(text=one_line(text)) for text in update.key_points[:_KEY_POINTS])
    first: dict[str, Item] = {}
    for item in sorted(update.items, key=_leads_on):
        if not item.opinion and item.front not in first and (lead_sentence(item) or rumor_settled(item)):
            first[item.front] = item
    order = {front.id: place for place, front in enumerate(config.fronts)}
    chosen = sorted(first.values(), key=lambda item: order.get(item.front, len(order)))[:_KEY_POINTS]
    lang = words_of(config, language(update, config))
    points = tuple(KeyPoint(text=point(item, lang), front=item.front, number=item.number) for item in chosen)
    return points if len(points) > 1 else ()


def _leads_on(item: Item) -> bool:
    """True of what stands among rumors and tells none: ``we can also share what we could not check``."""
    return item.hearsay is not None and not item.hearsay.slug


def point(item: Item, lang: Words, limit: int = 180) -> str:
    """The leading sentence of an item, opening with its hedge; of an open rumor with ``Unconfirmed``. Of one
    that settles a rumor, that rumor and its outcome: what settles it would be read as what is refuted."""
    if made := settles(item):
        told = f"{with_opinion(item, state_name(made, lang), lang)}: {rumor_settled(item)}"
        return shortened(told, limit)
    sentence = shortened(once_hedged(item, lead_or_words(item), lang), limit)
    if item.certainty is Certainty.RUMOR and not item.opinion and settled(item) is None:
        speaker = one_line(item.by or "")
        told = f"{speaker}: {sentence}" if speaker not in sentence else sentence
        label_only = wording(lang).unconfirmed.format("").strip()
        return told if says(told, label_only) else wording(lang).unconfirmed.format(told)
    return opened(item, sentence, hedge_of_lead(item, lang), lang, stop_of_lead(item))


def lead_sentence(item: Item) -> str:
    """The sentence that stands for an item: of a rumor the one that tells it, else its first one. Plain text
    on one line; empty if the item holds no sentence, but a table, code or an address."""
    return _lead(item.words, item.gist)


@remembering
def _lead(words: str, gist: str) -> str:
    written = gist or prose(words)
    return one_line(gist) or first_sentence(one_line(written)) if tells(written) else ""


def lead_or_words(item: Item) -> str:
    """The sentence that stands for an item, or the first words of one that holds no sentence."""
    return lead_sentence(item) or one_line(first_sentence(item.words))


class Lead(Struct, frozen=True, kw_only=True):
    """What stands on top of an update: a headline and what follows it, in the author's words."""

    headline: str
    titled: bool
    """The author wrote it as a title; else it is a sentence of the text."""
    deck: str
    """One or two sentences under it, or nothing."""
    lede: bool
    """The headline is the first sentence of the first lede."""


def opening(update: Update, config: Config) -> Lead:
    """The headline and the sentences under it. An update without a title is headed by the first sentence of
    its summary, else of its lede, else by the author's first key point, else by its first report, else by its
    date; a greeting that only leads on (``here it is:``) is passed over."""
    said = deck(update)
    if update.title:
        return Lead(headline=headline(update, config), titled=True, deck=said, lede=False)
    first = first_sentence(said)
    if first and len(first) <= _HEADLINE:
        rest = said[len(first) :].strip()
        return Lead(headline=first, titled=False, deck=rest, lede=not update.summary)
    leading = one_line(update.key_points[0]) if update.key_points else _leading_point(update, config)
    return Lead(headline=leading or dated(update, config), titled=False, deck=said, lede=False)


def _leading_point(update: Update, config: Config) -> str:
    """The first item that holds a sentence, as a point: a report before a rumor, that before an opinion."""
    firm_first = sorted(update.items, key=lambda i: (i.opinion, i.certainty is Certainty.RUMOR, _leads_on(i)))
    leading = next((item for item in firm_first if lead_sentence(item) or rumor_settled(item)), None)
    return point(leading, words_of(config, language(update, config))) if leading else ""


def deck(update: Update) -> str:
    """One or two sentences under the headline: the author's summary, else the opening of the lede."""
    if update.summary:
        return one_line(update.summary)
    for passage in update.passages_of(Role.LEDE):
        text = one_line(passage.text)
        sentence = first_sentence(text)
        following = first_sentence(text[len(sentence) :].strip())
        if following and len(sentence) + len(following) < 260 and not following.endswith(":"):
            sentence = f"{sentence} {following}"
        if not sentence.endswith(":"):
            return shortened(sentence, 320)
    return ""


# -- times ------------------------------------------------------------------------------------------


def moment(at: dt.datetime, day: dt.date, config: Config, lang: str) -> str:
    """When something happened, in the site's zone: with its date if that is not ``day``."""
    local = local_date(at, config)
    clock = format_instant(at, config.site.timezone, lang)
    return clock if local == day else f"{short_date(local, day, lang)}, {clock}"


def local_date(at: dt.datetime, config: Config) -> dt.date:
    """The date of an instant in the site's zone."""
    import zoneinfo

    try:
        return at.astimezone(zoneinfo.ZoneInfo(config.site.timezone)).date()
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return at.astimezone(dt.UTC).date()


def short_date(day: dt.date, beside: dt.date, lang: str) -> str:
    """A date without its year where the year is that of the date beside it."""
    form: DateForm = "day" if day.year == beside.year else "long"
    return format_date(day, lang, form)


__all__ = [
    "KeyPoint", "Lead", "Wording", "certainty_name", "code_letters", "codes", "dated", "day_of",
    "deck", "direction", "first_sentence", "format_date", "headline", "hedge", "hedge_of_lead",
    "hedge_of_report", "hedged", "key_points", "label", "language", "lead_or_words", "lead_sentence",
    "local_date", "minutes", "moment", "once_hedged", "one_line", "opening", "point", "references",
    "references_by_number", "settled", "short_date",
    "short_name", "shortened", "state_name", "stop_of_lead", "translation_note", "with_opinion", "wording",
    "words_of",
]  # fmt: skip
