"""An update or item -> the short texts that stand for it: headline, key points, label, first sentence.

Headlines and key points are the author's own words, never new ones; pages and feeds share them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from sitrep.base.claim import ClaimState, Fate
from sitrep.base.languages import DateForm, direction, format_instant
from sitrep.base.languages import format_date as _format_date
from sitrep.base.nouns import Certainty, Item, Picture, Role, Update
from sitrep.base.remember import remembering
from sitrep.base.values import Struct
from sitrep.config.values import Config, Front
from sitrep.text.hedges import unhedged
from sitrep.text.interface_words import Wording, wording, words_of
from sitrep.text.markdown import prose, to_text
from sitrep.text.sentences import first_sentence, shortened, tells

format_date = lru_cache(maxsize=512)(_format_date)
"""``languages.format_date``, remembered: a page names few days many times."""

_KEY_POINTS = 5
_HEADLINE = 200
"""Characters of a sentence that may stand as a headline."""
_WORDS_A_MINUTE = 230
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


Words = str | Wording
"""A language, or its words as a site wants them."""


def language(update: Update, config: Config) -> str:
    """The language an update is written in."""
    return update.lang or config.site.language


def language_of_item(item: Item, config: Config) -> str:
    """The language an item's words are in."""
    return item.lang or config.site.original


def label(item: Item, lang: Words, *, named: bool = True) -> str:
    """How sure the author is, in words: empty, ``Reported``, ``Statement: SNA``, ``Rumor, not confirmed``.

    A rumor that somebody states is ``Rumor, not confirmed (SNA)``. ``named``: who says so is named.
    """
    if item.certainty is Certainty.SAID:
        return ""
    words, by = wording(lang), one_line(item.by) if named and item.by else ""
    match item.certainty:
        case Certainty.REPORTED:
            return words.reported
        case Certainty.STATEMENT:
            return words.statement.format(by) if by else words.statement_plain
        case Certainty.RUMOR:
            return f"{words.rumor} ({by})" if by else words.rumor
        case _:
            return ""


def certainty_name(item: Item) -> str:
    """How sure an item is, for a writer: said, reported, statement, rumor, or opinion."""
    return "opinion" if item.opinion else item.certainty.value


def translation_note(item: Item, words: Wording, config: Config) -> str:
    """What a reader of a translation must know of an item: not translated, or changed since; or nothing."""
    if item.untranslated:
        return words.untranslated
    if item.outdated:
        return words.outdated.format(format_date(local_date(item.outdated, config), words.lang, "long"))
    return ""


def hedge_of_report(item: Item, lang: Words) -> str:
    """What became of a rumor, else how sure the author is, in words; empty where it is plainly said."""
    fate = settled(item)
    return state_name(fate.state, lang) if fate else label(item, lang)


def hedge(item: Item, lang: Words) -> str:
    """What goes before an item's words wherever they are shown away from their section.

    ``Our view`` for the authors' own, and what ``hedge_of_report`` says; empty where neither is needed.
    """
    return with_opinion(item, hedge_of_report(item, lang), lang)


def hedge_of_lead(item: Item, lang: Words) -> str:
    """What goes before an item's lead sentence: its hedge, or how it settles a rumor (``Refuted``).

    The lead of such an item leaves out the words that say so.
    """
    made = _outcome(item)
    return with_opinion(item, state_name(made, lang), lang) if made else hedge(item, lang)


def stop_of_lead(item: Item) -> str:
    """What stands between that and the lead: a colon, but a full stop behind an outcome, for what refutes a
    rumor would be read as what is refuted."""
    return "." if _outcome(item) else ":"


def _settles(item: Item) -> ClaimState | None:
    """How an item settles a rumor that was told by another one."""
    made = item.followed.state if item.followed and item.followed.title else None
    return made if made and made.closes else None


def rumor_settled(item: Item) -> str:
    """The rumor that an item settles, in its first words; empty if it settles none."""
    return item.followed.title if item.followed and _settles(item) else ""


def _outcome(item: Item) -> ClaimState | None:
    """How an item settles a rumor, where its lead leaves that out."""
    made = item.followed.state if item.followed and item.gist else None
    return made if made and made.closes else None


def with_opinion(item: Item, said: str, lang: Words) -> str:
    """What is said before an item's words, and that they are the authors' own view where they are."""
    opinion = wording(lang).opinion if item.opinion else ""
    return ", ".join(part for part in (opinion, said) if part)


def hedged(item: Item, text: str, lang: Words) -> str:
    """Words of an item, opening with its hedge: ``Reported: ...``; who begins them is not named twice."""
    return _opened(item, text, hedge(item, lang), lang, ":")


def _opened(item: Item, text: str, said: str, lang: Words, stop: str) -> str:
    speaker = one_line(item.by or "")
    if speaker and text.startswith((f"{speaker} ", f"{speaker}:", f"{speaker},")):
        said = said.replace(label(item, lang), label(item, lang, named=False))
    return f"{said}{stop} {text}" if said and not _says(text, said) else text


def _says(text: str, said: str) -> bool:
    """True if a text opens with the very word of its label: ``Reportedly``."""
    return text.casefold().startswith(said.casefold())


def once_hedged(item: Item, text: str, lang: Words) -> str:
    """The words of a hedged item without the hedge that opens them: what its label says, it says once."""
    if item.certainty in (Certainty.REPORTED, Certainty.RUMOR):
        return unhedged(text, wording(lang).hedges)
    return text


def settled(item: Item) -> Fate | None:
    """What a rumor came to, if it is settled by now; nothing of an item that denies one."""
    denies = item.followed and item.followed.state in (ClaimState.REFUTED, ClaimState.NOT_BORNE_OUT)
    fates = item.followed.fates if item.followed and not denies else ()
    return fates[-1] if fates and fates[-1].state.closes else None


def state_name(state: ClaimState, lang: Words) -> str:
    """``Confirmed``, ``Not borne out``."""
    name: str = getattr(wording(lang), f"state_{state.name.lower()}")
    return name


def picture_words(picture: Picture, lang: Words) -> tuple[str, str]:
    """What is said of a picture beside its link: ``Picture: a queue at the mill``, and ``48 KB``."""
    words = wording(lang)
    shows = one_line(picture.alt)
    size = words.kilobytes.format(max(1, round(picture.length / 1000)))
    return f"{words.picture}: {shows}" if shows else words.picture, size


@remembering
def one_line(text: str) -> str:
    """The text without markup, line breaks and characters that turn the direction of what follows."""
    plain = to_text(text)
    if not plain.isascii():
        plain = _DIRECTIONS.sub("", plain)
    return " ".join(plain.split())


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
    """What each item is cited by, by telephone or in a chat: front, day and number, W6-1. Not an address.

    A day's second update has its letter: W6b-1.
    """
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
    """The author's key points, else the leading sentence of the first item of each front.

    Opinion and items that hold no sentence (a table, an address) are left out, and before a rumor what only
    leads to it; fewer than two points say nothing and are none.
    """
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
    """The leading sentence of an item, opening with its hedge; of an open rumor with ``Unconfirmed``.

    Of one that settles a rumor, that rumor and its outcome: what settles it would be read as what is refuted.
    """
    if made := _settles(item):
        told = f"{with_opinion(item, state_name(made, lang), lang)}: {rumor_settled(item)}"
        return shortened(told, limit)
    sentence = shortened(once_hedged(item, lead_or_words(item), lang), limit)
    if item.certainty is Certainty.RUMOR and not item.opinion and settled(item) is None:
        speaker = one_line(item.by or "")
        told = f"{speaker}: {sentence}" if speaker not in sentence else sentence
        label_only = wording(lang).unconfirmed.format("").strip()
        return told if _says(told, label_only) else wording(lang).unconfirmed.format(told)
    return _opened(item, sentence, hedge_of_lead(item, lang), lang, stop_of_lead(item))


def lead_sentence(item: Item) -> str:
    """The sentence that stands for an item: of a rumor the one that tells it, else its first one.

    Plain text on one line; empty if the item holds no sentence, but a table, code or an address.
    """
    written = item.gist or prose(item.words)
    return one_line(item.gist) or first_sentence(one_line(written)) if tells(written) else ""


def lead_or_words(item: Item) -> str:
    """The sentence that stands for an item, or the first words of one that holds no sentence."""
    return lead_sentence(item) or one_line(first_sentence(item.words))


class Opening(Struct, frozen=True, kw_only=True):
    """What stands on top of an update: a headline and what follows it, in the author's words."""

    headline: str
    titled: bool
    """The author wrote it as a title; else it is a sentence of the text."""
    deck: str
    """One or two sentences under it, or nothing."""
    lede: bool
    """The headline is the first sentence of the first lede."""


def opening(update: Update, config: Config) -> Opening:
    """The headline and the sentences under it.

    An update without a title is headed by the first sentence of its summary, else of its lede, else by the
    author's first key point, else by its first report, else by its date; a greeting that only leads on
    (``here it is:``) is passed over.
    """
    said = deck(update)
    if update.title:
        return Opening(headline=headline(update, config), titled=True, deck=said, lede=False)
    first = first_sentence(said)
    if first and len(first) <= _HEADLINE:
        rest = said[len(first) :].strip()
        return Opening(headline=first, titled=False, deck=rest, lede=not update.summary)
    leading = one_line(update.key_points[0]) if update.key_points else _leading_point(update, config)
    return Opening(headline=leading or dated(update, config), titled=False, deck=said, lede=False)


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
    "KeyPoint", "Opening", "Wording", "certainty_name", "code_letters", "codes", "dated", "day_of",
    "deck", "direction", "first_sentence", "format_date", "headline", "hedge", "hedge_of_lead",
    "hedge_of_report", "hedged", "key_points", "label", "language", "lead_or_words", "lead_sentence",
    "local_date", "minutes", "moment", "once_hedged", "one_line", "opening", "point", "references",
    "references_by_number", "settled", "short_date",
    "short_name", "shortened", "state_name", "stop_of_lead", "translation_note", "with_opinion", "wording",
    "words_of",
]  # fmt: skip
