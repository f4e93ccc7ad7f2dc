"""Items and updates -> the titles that a list of entries shows: said once, to the end of a clause.

A title opens with how sure the author is; its words are the author's own. What the label has said already and
what follows the clause are left out, and so is the front where nothing fits beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitrep.base.nouns import Item, Section
from sitrep.base.remember import remembering
from sitrep.feeds.entry_text import EntryPage, is_firm, label_of
from sitrep.lexicon.word_cuts import is_unspaced
from sitrep.text import feed_text, summaries
from sitrep.text.clause_words import ClauseWords
from sitrep.text.clauses import Clauses, source_at_end
from sitrep.text.markdown import holds_table, prose
from sitrep.text.sentences import first_sentence, shortened

_GOOD, _LEAST = 50, 24
"""Characters of a title that says enough; characters that it says of an item, at least."""
_SHORTEST = 12
"""Characters of a clause that is said whole where no longer one fits."""
_SHORT = 30
"""Characters of a title to a comma near its beginning, at least: better than one too long for a list."""
_LONGER = 100
"""Characters beyond its room that a title may have where it ends whole only then."""
_LOOKED_AT = 500
"""Characters of a text of which a title is made: more than any may have."""
_TELLING = 3


def item_title(page: EntryPage, item: Item, *, own_feed: bool = False, room: int = feed_text.LISTED) -> str:
    """What a list shows of an item within ``room`` characters: how sure, on which front, and a clause.

    A rumor needs no front, nor does an entry of the front's ``own_feed``.
    """
    label = label_of(page, item)
    names = ("",) if own_feed or (label and item.front in page.rumors) else page.front_names(item.front)
    befores = tuple(_befores(page, item, label, names))
    return _fitted(_said_of(page, item)[:_LOOKED_AT], page.clause_words, befores, room, sourced=not label)


@remembering
def _fitted(
    plain: str, words: ClauseWords, befores: tuple[tuple[str, str], ...], room: int, *, sourced: bool
) -> str:
    """The words of an item after the best of ``befores`` with which they fit, with their source if wanted."""
    clauses = Clauses(plain, words)
    shortest = sorted(befores, key=lambda pair: len(pair[0]))
    source = source_at_end(first_sentence(plain), words) if sourced else ""
    for good, least, adjuncts, short, tries in (
        (_GOOD, _LEAST, False, False, befores),
        (0, _LEAST, False, False, befores),
        (_GOOD, _LEAST, True, False, shortest),
        (0, _LEAST, True, False, shortest),
        (_SHORT, _SHORTEST, False, True, befores),
    ):
        for before, speaker in tries:
            limit, enough = room - len(before), max(least, good - len(before))
            said = clauses.within(max(_LEAST, limit), enough, adjuncts=adjuncts, short=short)
            if source not in (said or ""):
                shorter = clauses.within(limit - len(source) - 2, _LEAST, adjuncts=adjuncts)
                said = _with_source(shorter, source)
            if said and speaker.casefold() in said.casefold():
                return _joined(before, said)
    return _longer(clauses, befores, room, source) or next(
        _joined(before, said)
        for before, speaker in befores
        for said in (
            clauses.within(max(_LEAST, room - len(before)), _SHORTEST, adjuncts=False),
            shortened(plain, max(_LEAST, room - len(before))),
        )
        if said and speaker.casefold() in said.casefold()
    )


def _longer(clauses: Clauses, befores: tuple[tuple[str, str], ...], room: int, source: str) -> str | None:
    """The shortest title that ends whole though it is longer than its room."""
    found = []
    for before, speaker in befores:
        limit = room - len(before)
        said = clauses.beyond(max(_LEAST, limit), limit + _LONGER)
        if said and source not in said:
            shorter = clauses.beyond(max(_LEAST, limit - len(source) - 2), limit + _LONGER)
            said = _with_source(shorter, source)
        if said and speaker.casefold() in said.casefold():
            found.append(_joined(before, said))
    return min(found, key=len, default=None)


def _with_source(said: str | None, source: str) -> str | None:
    return said and f"{said}{'،' if '،' in source + said else ','} {source}"


def update_title(page: EntryPage, items: Sequence[Item]) -> str:
    """The author's title; else its day with a key point, a heading that says something, or an item."""
    update = page.update
    if update.title:
        return feed_text.title(summaries.one_line(update.title))
    news = [item for item in items if is_firm(item) and not item.opinion] or items
    day = summaries.format_date(update.date, page.lang, "day")
    day = f"{day} ({update.key[11:]}): " if update.key[11:] else f"{day}: "
    room = feed_text.LISTED - len(day)
    written = next(iter(update.key_points), None) or next(
        (head for section in update.sections if _is_news(head := _telling(page, section) or "")), None
    )
    if written:
        plain = feed_text.one_line(written)
        clauses = Clauses(plain, page.clause_words)
        whole = clauses.within(room, _LEAST) or clauses.beyond(room, room + _LONGER)
        return _joined(day, whole or shortened(plain, room))
    told = next((item for item in news if _plain(item)), None)
    return day + item_title(page, told, own_feed=True, room=room) if told else feed_text.title(page.dated)


def _befores(page: EntryPage, item: Item, label: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What may stand before the words, the best first, and the speaker whom they must then name."""
    named, plain = (
        summaries.with_opinion(item, summaries.label(item, page.wording, named=naming), page.wording)
        for naming in (True, False)
    )
    if item.by and label == named:
        yield from ((_before(plain, name, ":"), _surname(feed_text.one_line(item.by))) for name in names)
    yield from ((_before(label, name, summaries.stop_of_lead(item)), "") for name in names)


def _before(label: str, name: str, stop: str) -> str:
    said = ", ".join(filter(None, (label, name)))
    return f"{said}{stop} " if said else ""


def _surname(speaker: str) -> str:
    """By what a text may name a speaker again: the last of several names."""
    last = speaker.rpartition(" ")[2]
    return last if last[:1].isupper() else speaker


def _joined(before: str, said: str) -> str:
    if said.endswith(".") and not said.endswith(".."):
        said = said[:-1]
    return feed_text.flat_title(before + said)


# -- the words of an item ---------------------------------------------------------------------------


def _said_of(page: EntryPage, item: Item) -> str:
    """What a title says of an item: the sentence that tells a rumor, its words, or a table's heading."""
    plain = _plain(item) or _heading_of(page, item) or page.day
    return summaries.once_hedged(item, plain, page.wording)


def _plain(item: Item) -> str:
    words = item.gist or item.words
    return feed_text.one_line(prose(words) if holds_table(words) else words)


def _telling(page: EntryPage, section: Section) -> str | None:
    """The heading of a section of news if it says more than the name of a front."""
    if not any(is_firm(item) and not item.opinion for item in section.items):
        return None
    said = (section.heading or "").casefold()
    names = (
        name for front in page.config.fronts for name in (front.id, front.name, summaries.short_name(front))
    )
    return section.heading if not any(name.casefold() in said for name in names) else None


def _is_news(heading: str) -> bool:
    """True if a heading is more than a town or a subject: three words, where words stand apart."""
    return heading.count(" ") >= _TELLING - 1 or is_unspaced(heading)


def _heading_of(page: EntryPage, item: Item) -> str:
    """The heading above an item, empty if there is none or it names a front alone."""
    above = (section for section in page.update.sections if any(item is other for other in section.items))
    return feed_text.one_line(next(filter(None, (_telling(page, section) for section in above)), ""))
