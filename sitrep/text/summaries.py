"""An update or item -> the short texts that stand for it: headline, key points, label, first sentence.

Headlines and key points are the author's own words, never new ones; pages and feeds share them.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from sitrep.base.languages import DateForm, direction, format_instant
from sitrep.base.languages import format_date as _format_date
from sitrep.base.nouns import Certainty, ClaimState, Fate, Item, Picture, Role, Update
from sitrep.base.values import Struct
from sitrep.config.values import Config, Front
from sitrep.text.interface_words import Wording, wording
from sitrep.text.markdown import to_text

format_date = lru_cache(maxsize=512)(_format_date)
"""``languages.format_date``, remembered: a page names few days many times."""

_KEY_POINTS = 5
_WORDS_A_MINUTE = 230
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def language(update: Update, config: Config) -> str:
    """The language an update is written in."""
    return update.lang or config.site.language


def label(item: Item, lang: str) -> str:
    """How sure the author is, in words: empty, ``Reported``, ``Statement: SNA``, ``Rumor, not confirmed``."""
    words = wording(lang)
    match item.certainty:
        case Certainty.REPORTED:
            return words.reported
        case Certainty.STATEMENT:
            return words.statement.format(one_line(item.by)) if item.by else words.statement_plain
        case Certainty.RUMOR:
            return words.rumor
        case _:
            return ""


def settled(item: Item) -> Fate | None:
    """What a rumor came to, if it is settled by now."""
    fates = item.followed.fates if item.followed else ()
    return fates[-1] if fates and fates[-1].state.closes else None


def state_name(state: ClaimState, lang: str) -> str:
    """``Confirmed``, ``Not borne out``."""
    name: str = getattr(wording(lang), f"state_{state.name.lower()}")
    return name


def picture_words(picture: Picture, lang: str) -> tuple[str, str]:
    """What is said of a picture beside its link: ``Picture: a queue at the mill``, and ``48 KB``."""
    words = wording(lang)
    shows = one_line(picture.alt)
    size = words.kilobytes.format(max(1, round(picture.length / 1000)))
    return f"{words.picture}: {shows}" if shows else words.picture, size


def one_line(text: str) -> str:
    """The text without markup, line breaks and characters that turn the direction of what follows."""
    return _remembered_line(text) if len(text) < _MEMORABLE else _line(text)


def _line(text: str) -> str:
    plain = to_text(text)
    if not plain.isascii():
        plain = _DIRECTIONS.sub("", plain)
    return " ".join(plain.split())


_MEMORABLE = 4_000
_remembered_line = lru_cache(maxsize=2048)(_line)


def short_name(front: Front) -> str:
    """A front's name where space is small."""
    return front.short or front.name.split()[0]


def code_letters(front: Front) -> str:
    """The letters of a front's item codes: W of W1."""
    return front.code or front.id[0].upper()


def codes(update: Update, config: Config) -> tuple[str, ...]:
    """A code for each item in reading order, for citing by telephone: W1, E1, W2. Not an address."""
    letters = {front.id: code_letters(front) for front in config.fronts}
    seen: dict[str, int] = {}
    found = []
    for item in update.items:
        letter = letters.get(item.front) or item.front[:1].upper()
        seen[letter] = seen.get(letter, 0) + 1
        found.append(f"{letter}{seen[letter]}")
    return tuple(found)


def codes_by_number(update: Update, config: Config) -> dict[int, str]:
    """The same codes by the numbers of the items."""
    return dict(zip((item.number for item in update.items), codes(update, config), strict=True))


def day_of(key: str, lang: str) -> str:
    """The date of an update or item by its key: ``26 November 2024``, a day's second with ``(2)``."""
    key = key.partition("/")[0]
    day = format_date(dt.date.fromisoformat(key[:10]), lang, "long")
    return f"{day} ({key[11:]})" if key[11:] else day


# -- sentences --------------------------------------------------------------------------------------

_STOP = re.compile(r"[.!?…؟。！？۔][.!?…\"'”’»)\]。！？]{0,8}(?:(?<=[。！？])|\s+(?![a-zß-öø-ÿ]))")
_TITLES = frozenset((
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "maj", "capt", "sgt", "brig", "adm", "sen",
    "rep", "gov", "pres", "rev", "hon", "jr", "sr", "st", "mt", "ft", "mme", "mlle", "inc", "ltd",
    "co", "corp", "vs", "approx", "ca", "cf", "eg", "ie", "al", "dept", "ed", "est", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "bzw", "usw", "hr", "fr",
    "abs", "nr",
))  # fmt: skip
_BEFORE_NUMBERS = frozenset(("no", "nos", "art", "p", "pp", "fig", "vol", "ch", "sec", "km", "para"))


@lru_cache(maxsize=512)
def first_sentence(text: str) -> str:
    """The first sentence of plain text, or all of it; ``Gen. Hulusi``, ``U.S.`` and ``3. March`` end none."""
    for stop in _STOP.finditer(text):
        at = stop.start()
        if text[at] != "." or text[at + 1 : at + 2] == "." or not _abbreviates(text, at, stop.end()):
            return text[: stop.end()].rstrip()
    return text


def _abbreviates(text: str, at: int, then: int) -> bool:
    """True if the full stop at ``at`` ends an abbreviation, an initial or a day's number."""
    word = text[text.rfind(" ", max(0, at - 24), at) + 1 : at].lstrip("(\"'“‘«[").lower()
    if len(word) == 1 or word in _TITLES or (word.isdigit() and len(word) < 3):
        return word.isalnum()
    if word in _BEFORE_NUMBERS:
        return text[then : then + 1].isdigit()
    return "." in word and all(len(part) == 1 for part in word.split("."))


def shortened(text: str, limit: int) -> str:
    """Plain text cut within ``limit`` characters, with an ellipsis where something is left out.

    Cut at a word if there is one in the second half, else between any two characters that a reader
    sees as two; never down to the ellipsis alone.
    """
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rpartition(" ")[0]
    if len(at_word) < limit // 2:
        at_word = re.sub(_JOINED, r"\1\2", cut)
    return (at_word.rstrip(" ,;:–—-") or cut) + "…"


# Signs that belong to the character before or after them: joiners, variation selectors, accents; the
# first half of a flag. Few texts need it: compiled when the first one does.
_FLAG = "[\U0001f1e6-\U0001f1ff]"
_JOINED = f"()(?:.?[\u200d\ufe00-\ufe0f\u0300-\u036f])+$|(?<!{_FLAG})((?:{_FLAG}{{2}})*){_FLAG}$"


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
    words, day = wording(lang), format_date(update.date, lang, "long")
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
    """The author's key points, else the first sentence of the first item of each front.

    Opinion and what is too long to be a point are left out; fewer than two say nothing and are none.
    """
    if update.key_points:
        return tuple(KeyPoint(text=one_line(text)) for text in update.key_points[:_KEY_POINTS])
    first: dict[str, Item] = {}
    for item in update.items:
        if not item.opinion:
            first.setdefault(item.front, item)
    order = {front.id: place for place, front in enumerate(config.fronts)}
    chosen = sorted(first.values(), key=lambda item: order.get(item.front, len(order)))[:_KEY_POINTS]
    lang = language(update, config)
    points = tuple(KeyPoint(text=point(item, lang), front=item.front, number=item.number) for item in chosen)
    return points if len(points) > 1 else ()


def point(item: Item, lang: str, limit: int = 180) -> str:
    """The first sentence of an item, opening with its label where it is hedged."""
    sentence = shortened(one_line(first_sentence(item.text)), limit)
    fate = settled(item)
    if fate:
        return f"{state_name(fate.state, lang)}: {sentence}"
    if item.certainty is Certainty.RUMOR:
        return wording(lang).unconfirmed.format(sentence)
    hedge = label(item, lang)
    return f"{hedge}: {sentence}" if hedge else sentence


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
    "KeyPoint", "Wording", "code_letters", "codes", "codes_by_number", "dated", "day_of", "deck",
    "direction", "first_sentence", "format_date", "headline", "key_points", "label", "language",
    "local_date", "minutes", "moment", "one_line", "point", "settled", "short_date", "short_name",
    "shortened", "state_name", "wording",
]  # fmt: skip
