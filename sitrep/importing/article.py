"""The words of an article and what is known of it -> a drop that says where it comes from.

The text is read as any drop would be. Lines that the reading drops (what a page leaves behind, a headline
that is repeated, a byline) are taken out and listed; every item stays as it is.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import string
import unicodedata

from sitrep.base.nouns import Reading, Role, Source
from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import UNSPACED
from sitrep.base.values import replace
from sitrep.config.values import Config
from sitrep.importing.values import Details, Drop, LeftOut, Removed, days_of, left_out
from sitrep.reading.dates.remarks import CHAT
from sitrep.reading.parse import parse

_TITLE = "title"
_UNSAFE = lazy_pattern(r"[^\w]+")
_SLUG_WORDS = 8
FEWEST_WORDS = 4
"""A menu, a button or a heading of a page has fewer words than that."""
_UNSPACED = lazy_pattern(f"[{UNSPACED}]")


def article(text: str, details: Details, config: Config, origin: str) -> Drop | LeftOut:
    """One text as a drop. What ``details`` say counts before what the text says of itself. A text that holds
    several dated updates is taken over as it is, a chat without its senders."""
    text = text.strip("\n") + "\n"
    if details.date is None:
        own = _read(text, origin, config)
        if (plain := _without_senders(own)) not in (None, text):
            return article(plain, details, config, origin)
        if len(own.updates) > 1:
            return _as_it_is(text, own, origin)
        if not own.updates:
            return left_out(own, origin)
        details = details.over(Details(date=own.updates[0].date, time=own.updates[0].time))
    head = _head(details)
    reading = _read("".join(head) + text, "article.txt", config)
    if _without_senders(reading):
        return article(text, replace(details, date=None), config, origin)
    if len(reading.updates) != 1:
        # The date that is given beside it makes nonsense of a text with dates of its own.
        own = _read(text, origin, config)
        return _as_it_is(text, own, origin) if own.updates else left_out(reading, origin)
    return _drop(text, reading, len(head), details, config, origin)


def _read(text: str, path: str, config: Config) -> Reading:
    return parse(Source(path=path, digest="", text=text), config)


def _without_senders(reading: Reading) -> str | None:
    """A chat as dated updates with an item for each message; None for any other text."""
    if not any(problem.fact == CHAT for problem in reading.problems):
        return None
    days = (
        f"Update {update.date}\n\n" + "".join(f"– {item.text}\n" for item in update.items)
        for update in reading.updates
    )
    return "\n".join(days)


def _as_it_is(text: str, reading: Reading, origin: str) -> Drop:
    dates = days_of(reading.updates)
    return Drop(
        name=f"{dates[0]}-{slug(origin)}.txt",
        text=text,
        origin=origin,
        dates=dates,
        items=sum(len(update.items) for update in reading.updates),
    )


def _drop(
    text: str, reading: Reading, above: int, details: Details, config: Config, origin: str
) -> Drop | LeftOut:
    (update,) = reading.updates
    titles = [line.number for line in reading.lines if line.role is Role.LEDE and line.reason == _TITLE]
    dropped = [line for line in reading.lines if line.role is Role.DROPPED and line.number > above]
    # The title and the author stand in the front matter.
    gone = {number - above for number in (*titles, *(line.number for line in dropped)) if number > above}
    # "Donate", "Next": beside what a page leaves behind a few words are of the same kind.
    longest = max((words(item.text) for item in update.items), default=0)
    if longest < (FEWEST_WORDS if gone else 1):
        return LeftOut(origin=origin, reason="nothing in it is a text: it is all headings and leftovers")
    known = details.over(
        Details(title=update.title, author=update.author, time=update.time, lang=update.lang)
    )
    kept = [line for number, line in enumerate(text.split("\n"), 1) if number not in gone]
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")
    made = "".join((*_head(known), "\n", body, "\n", *_credit(known)))
    return Drop(
        name=f"{known.date}-{slug(known.title or origin)}.txt",
        text=made,
        origin=origin,
        dates=(update.date,),
        items=len(update.items),
        draft=known.draft,
        removed=tuple(Removed(text=line.text, reason=line.reason) for line in dropped),
    )


def words(text: str) -> int:
    """How many words a text has; where there are no blanks between words each sign counts as one."""
    return len(_UNSPACED.sub(" x ", text).split())


def _head(details: Details) -> tuple[str, ...]:
    """The lines of the front matter."""
    date = details.date and details.date.isoformat()
    moment = f"{date} {details.time:%H:%M}" if details.time else date
    said = ("title", details.title), ("date", moment), ("author", details.author), ("lang", details.lang)
    lines = [f"{key}: {_quoted(value)}\n" for key, value in (*said, ("publish", details.publish)) if value]
    lines += ["draft: true\n"] if details.draft else []
    return ("---\n", *lines, "---\n")


def _quoted(value: str) -> str:
    """A YAML scalar on one line: plain where nothing in it could mean something else."""
    flat = " ".join(value.split())
    plain = re.fullmatch(r"[\w][\w ./-]*(?: ?\d\d:\d\d)?", flat)
    return flat if plain else json.dumps(flat, ensure_ascii=False)


def _credit(details: Details) -> tuple[str, ...]:
    """Who published it first, as a line that is kept on the page and is no item."""
    if not (details.source or details.address):
        return ()
    where = " ".join(filter(None, (details.source and f"by {details.source}", details.address)))
    where = where if details.source else f"at {where}"
    rights = f" (licence: {details.licence})" if details.licence else ""
    return (f"\nFirst published {where}{rights}\n",)


def slug(text: str) -> str:
    """Words of a text as a file name: letters and digits of any script, and hyphens."""
    stem = text.rsplit("/", 1)[-1]
    stem = re.sub(r"\.\w{2,8}$", "", stem)
    flat = unicodedata.normalize("NFC", stem).lower()
    words = [word for word in _UNSAFE.split(flat.replace("_", " ")) if word]
    # A number at the front might be taken for part of the date before it.
    return "-".join(words[:_SLUG_WORDS]).lstrip(string.digits + "-") or "text"


def parse_date(given: str) -> dt.date | None:
    """The date in ``2024-12-07``, or None."""
    try:
        return dt.date.fromisoformat(given.strip())
    except ValueError:
        return None
