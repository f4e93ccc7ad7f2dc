"""Items, passages, corrections and withdrawals -> the markup and summaries of feed entries.

Everything is said in words, because nothing else survives a feed reader: the label that hedges an
item, its front, that it was corrected or taken back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from html import escape

from sitrep.archive.feed_shares import ENTRY
from sitrep.base.claim import ClaimState, Fate
from sitrep.base.languages.direction import attributes, direction
from sitrep.base.nouns import Certainty, Item, Passage, Picture, Role, Section, Update
from sitrep.base.values import Struct
from sitrep.config.own_words import own_lexicon
from sitrep.config.values import Config
from sitrep.feeds.model import Enclosure
from sitrep.feeds.title_words import clause_words
from sitrep.lexicon.language_of import language_of_passage
from sitrep.site import addresses as at
from sitrep.text import feed_text, summaries
from sitrep.text.clause_words import ClauseWords
from sitrep.text.interface_words import words_of

_HUGE = ENTRY // 2
"""Bytes of markup beyond which an item stands in feeds by its first sentence."""


class ItemText(Struct, frozen=True):
    """An item in words."""

    block: str
    """Markup: label, text, what it is called on the site with its permalink, corrections."""
    alone: str
    """The same without what it is called: that may change with the items above it, and the item has not."""
    point: str
    """Plain text: the first sentence, with its label."""


class EntryPage:
    """An update as its entries see it: where it stands, what it is called, what its items come to.

    An item stands in three feeds; what was made of it for one is remembered for the others.
    """

    def __init__(
        self,
        update: Update,
        config: Config,
        fronts: Mapping[str, str],
        rumors: frozenset[str] = frozenset(),
    ) -> None:
        """``fronts``: names by id; ``rumors``: ids of those that hold what is unconfirmed."""
        self.update = update
        self.config = config
        self.fronts = fronts
        self.rumors = rumors
        self.lang = feed_text.language(summaries.language(update, config))
        self.wording = words_of(config, self.lang)
        self.address = at.absolute(config, at.update_page(update.key))
        self.permalink = escape(self.address)
        """Its address as it stands in markup."""
        self._div = f'<div lang="{escape(self.lang)}" dir="{direction(self.lang)}">'
        self._items: dict[int, ItemText] = {}
        self._front_links: dict[str, str] = {}
        self._front_names: dict[str, tuple[str, ...]] = {}
        self._closings: dict[tuple[str | None, str | None, int | None, bool], str] = {}

    @cached_property
    def link(self) -> str:
        """The link to it, as markup."""
        return feed_text.link(self.address, self.dated)

    @cached_property
    def dated(self) -> str:
        """``Update of 6 December 2024``."""
        return summaries.dated(self.update, self.config)

    @cached_property
    def day(self) -> str:
        """``6 December 2024``."""
        return summaries.format_date(self.update.date, self.lang, "long")

    @cached_property
    def codes(self) -> dict[int, str]:
        """What its items are called on the site, by number: ``W3``."""
        return summaries.references_by_number(self.update, self.config)

    @cached_property
    def clause_words(self) -> ClauseWords:
        """The words of its language by which titles are cut."""
        return clause_words(own_lexicon(self.config, self.lang))

    def front_names(self, front: str) -> tuple[str, ...]:
        """How a title may name a front, the best first: whole, short, not at all."""
        if front not in self._front_names:
            known = next((known for known in self.config.fronts if known.id == front), None)
            short = feed_text.one_name(summaries.short_name(known)).rstrip(".") if known else ""
            self._front_names[front] = (self.fronts.get(front, front), *filter(None, (short,)), "")
        return self._front_names[front]

    def item_address(self, number: int) -> str:
        """The permalink of an item."""
        return f"{self.address}#{at.anchor(number)}"

    def date_of(self, instant: dt.datetime) -> str:
        """The date of an instant in the site's zone."""
        return summaries.format_date(summaries.local_date(instant, self.config), self.lang, "long")

    def wrap(self, markup: str) -> str:
        """All content of an entry, with its language and direction."""
        return f"{self._div}{markup}</div>"

    def spoken(self, lang: str) -> str:
        """Attributes of what is in that language; none where that is the update's own."""
        return attributes(feed_text.language(lang), self.lang)

    def in_language(self, lang: str, markup: str) -> str:
        """Markup of words in that language, marked so where it is another than the update's."""
        spoken = self.spoken(lang)
        return f"<div{spoken}>{markup}</div>" if spoken else markup

    def passage(self, text: str) -> str:
        """A passage of the update as markup."""
        lang = language_of_passage(text, self.lang) or self.lang
        return self.in_language(lang, feed_text.content(text, 0, self.address))

    def text(self, item: Item) -> ItemText:
        """What an item comes to in a feed."""
        made = self._items.get(item.number)
        if made is None:
            made = self._items[item.number] = _item_text(self, item)
        return made

    def code(self, item: Item) -> str:
        """What an item is called on the site."""
        return self.codes.get(item.number, f"#{item.number}")

    def enclosures(self, item: Item) -> Iterator[Enclosure]:
        """The published pictures of an item."""
        for picture in item.pictures:
            if picture.place:
                url, alt = at.absolute(self.config, picture.place), feed_text.one_line(picture.alt)
                yield Enclosure(url=url, type=picture.type, length=picture.length, alt=alt)

    def front_link(self, front: str) -> str:
        """The link to a front's page, as markup."""
        if front not in self._front_links:
            address = at.absolute(self.config, at.front_page(front))
            self._front_links[front] = feed_text.link(address, self.fronts[front])
        return self._front_links[front]

    def closing(
        self, older: str | None, front: str | None, *, item: int | None = None, beside: bool = True
    ) -> str:
        """Where to go from here: the page (at an item), the front, the update before, else the month."""
        slot = (older, front, item, beside)
        if slot not in self._closings:
            self._closings[slot] = _closing(self, older, front, item, beside)
        return self._closings[slot]


# -- content ----------------------------------------------------------------------------------------


def whole_text(page: EntryPage, items: tuple[Item, ...]) -> str:
    """An update in the author's order, with those of its items that are wanted."""
    return bounded(page, filter(None, _blocks(page, set(map(id, items)))))


def bounded(page: EntryPage, blocks: Iterable[str]) -> str:
    """Blocks of markup, as many from the first as an entry may hold, but for huge ones, with a link to all.

    One text shall neither push others out of a feed nor cost those dearly who fetch it unasked.
    """
    said, room = [], ENTRY
    for block in blocks:
        size = _size(block)
        if size <= room:
            said.append(block)
            room -= size
            continue
        if (link := _whole(page, page.address)) not in said:
            said.append(link)
        if size <= _HUGE:
            break
    return "\n".join(said)


def _size(markup: str) -> int:
    return len(markup.encode("utf-8", "surrogatepass")) + 1


def _whole(page: EntryPage, address: str) -> str:
    return f"<p>{feed_text.link(address, page.wording.whole_update)}</p>"


def _blocks(page: EntryPage, wanted: set[int]) -> Iterator[str]:
    update = page.update
    if update.summary:
        yield feed_text.content(update.summary, 0, page.address)
    if update.correction:
        yield labelled(page.wording.correction, feed_text.content(update.correction, 0, page.address))
    if update.key_points:
        points = "".join(
            f"<li>{feed_text.content(point, 0, page.address)}</li>" for point in update.key_points
        )
        yield f"<ul>{points}</ul>"
    passages = [passage for passage in update.passages if passage.role is not Role.BOILERPLATE]
    parts: list[Passage | Section] = [*passages, *update.sections]
    for part in sorted(parts, key=_place):
        if isinstance(part, Passage):
            yield page.passage(part.text)
            continue
        here = [item for item in part.items if id(item) in wanted]
        if part.heading and (here or not part.items):
            spoken = page.spoken(language_of_passage(part.heading, page.lang) or page.lang)
            yield f"<h3{spoken}>{feed_text.escaped(feed_text.one_line(part.heading))}</h3>"
        yield from (page.text(item).block for item in here)
    if page.config.site.care and not update.passages_of(Role.DISCLAIMER):
        yield f"<p><small>{feed_text.escaped(page.config.site.care)}</small></p>"


def _place(part: Passage | Section) -> tuple[bool, int]:
    ending = isinstance(part, Passage) and part.role in (Role.OUTRO, Role.SIGNOFF)
    return ending, part.line


def _item_text(page: EntryPage, item: Item) -> ItemText:
    label = label_of(page, item)
    plain = feed_text.one_line(item.words)
    sentence = feed_text.one_line(item.gist) or summaries.first_sentence(plain[: 3 * feed_text.TITLE])
    sentence = summaries.once_hedged(item, sentence, page.wording)
    point = summaries.shortened(sentence, feed_text.SUMMARY)
    before, body, notes = _before(page, item), _body(page, item), _notes(page, item)
    lang = summaries.language_of_item(item, page.config)
    return ItemText(
        block=before + page.in_language(lang, _with_reference(page, item, body)) + notes,
        alone=before + page.in_language(lang, body) + notes,
        point=f"{label}{summaries.stop_of_lead(item)} {point}" if label else point,
    )


def _before(page: EntryPage, item: Item) -> str:
    """What stands before its words: that they are not translated, what became of a rumor."""
    note = summaries.translation_note(item, page.wording, page.config)
    told = f"<p><small>{feed_text.escaped(note)}</small></p>" if note else ""
    return told + "".join(_fate(page, fate) for fate in (item.followed.fates if item.followed else ()))


def _body(page: EntryPage, item: Item) -> str:
    body = feed_text.content(item.words, item.number, page.address)
    if _size(body) > _HUGE:
        said = summaries.shortened(feed_text.one_line(item.words), feed_text.SUMMARY)
        body = f"<p>{feed_text.escaped(said)}</p>{_whole(page, page.item_address(item.number))}"
    label = summaries.with_opinion(item, summaries.label(item, page.wording), page.wording)
    foreign = page.spoken(summaries.language_of_item(item, page.config))
    return labelled(label, body, attributes(page.lang, "") if foreign else "") if label else body


def _with_reference(page: EntryPage, item: Item, body: str) -> str:
    mark = f'<small><a href="{page.permalink}#{at.anchor(item.number)}">{escape(page.code(item))}</a></small>'
    return f"{body[:-4]} {mark}</p>" if body.endswith("</p>") else f"{body}<p>{mark}</p>"


def _notes(page: EntryPage, item: Item) -> str:
    """Its pictures, and that it was corrected."""
    body = "".join(f"\n<p>{_picture(page, picture)}</p>" for picture in item.pictures if picture.place)
    if item.corrections:
        fix = item.corrections[-1]
        note = page.wording.corrected_on.format(page.date_of(fix.at))
        note = f"{note} {feed_text.one_line(fix.reason)}" if fix.reason else note
        body += f"\n<p><small>{feed_text.escaped(note)}</small></p>"
    return body


def _picture(page: EntryPage, picture: Picture) -> str:
    """The picture where the site shows pictures, else a link to it with what it shows and its size."""
    address = at.absolute(page.config, picture.place)
    if page.config.limits.inline_pictures:
        alt = escape(feed_text.one_line(picture.alt))
        size = f' width="{picture.width}" height="{picture.height}"' if picture.width else ""
        return f'<img src="{escape(address)}" alt="{alt}"{size}/>'
    name, size = summaries.picture_words(picture, page.wording)
    return f"{feed_text.link(address, feed_text.clean(name))}, {feed_text.escaped(size)}"


def label_of(page: EntryPage, item: Item) -> str:
    """What is to be said before the lead of an item: what became of it, else how sure the author is."""
    return feed_text.clean(summaries.hedge_of_lead(item, page.wording))


def state_words(page: EntryPage, state: ClaimState) -> str:
    """``Confirmed``, ``Not borne out``."""
    known: str = getattr(page.wording, f"state_{state.name.lower()}")
    return known


def _fate(page: EntryPage, fate: Fate) -> str:
    """What a later item made of it, with a link."""
    day = summaries.format_date(fate.there.date, page.lang, "long")
    there = at.absolute(page.config, at.beside(page.config, at.item_link(fate.there.update, fate.there.item)))
    state, said = feed_text.escaped(state_words(page, fate.state)), feed_text.escaped(fate.text)
    said = f".</b> {said}" if said else "</b>"
    return f"<p><b>{state}, {feed_text.link(there, day)}{said}</p>\n"


def stamps_of(item: Item) -> Iterator[dt.datetime]:
    """When an item, or what is known of it, last changed."""
    if item.updated:
        yield item.updated
    if item.followed:
        yield from (fate.at for fate in item.followed.fates)


def labelled(label: str, body: str, spoken: str = "", stop: str = ":") -> str:
    """Markup that opens with a label, which is no markup yet. ``spoken``: attributes of its language."""
    bold = f"<b{spoken}>{feed_text.escaped(label)}{stop}</b>"
    return f"<p>{bold} {body[3:]}" if body.startswith("<p>") else f"<p>{bold}</p>{body}"


def _closing(page: EntryPage, older: str | None, front: str | None, item: int | None, beside: bool) -> str:
    links = [feed_text.link(page.item_address(item), page.dated) if item else page.link]
    if front is not None and front in page.fronts:
        links.append(page.front_link(front))
    if beside and older:
        day = summaries.format_date(dt.date.fromisoformat(older[:10]), page.lang, "long")
        earlier = page.wording.earlier.format(day)
        links.append(feed_text.link(at.absolute(page.config, at.update_page(older)), earlier))
    elif beside:
        month = summaries.format_date(page.update.date, page.lang, "month")
        links.append(feed_text.link(at.absolute(page.config, at.month_page(page.update.month)), month))
    return f"\n<p>{' · '.join(links)}</p>"


# -- summaries --------------------------------------------------------------------------------------


def digest(page: EntryPage, items: Iterable[Item]) -> str:
    """The first sentences of some items in plain text, each with its label."""
    said: list[str] = []
    room = feed_text.SUMMARY
    for item in items:
        point = page.text(item).point
        if point:
            said.append(point)
            room -= len(point)
        if room < 0:
            break
    return summaries.shortened(" ".join(said), feed_text.SUMMARY)


def is_firm(item: Item) -> bool:
    """True unless it is only a rumor."""
    return item.certainty is not Certainty.RUMOR
