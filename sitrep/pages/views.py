"""An update as the archive holds it -> frozen values that a page template only has to lay out.

Everything a template prints is decided here and in ``itemviews`` and ``listviews``; fields of type
Markup are safe HTML, all others are text that the template escapes.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from sitrep.base.languages.direction import attributes
from sitrep.base.nouns import Passage, Role, Update
from sitrep.base.values import Struct, field
from sitrep.config.values import Config
from sitrep.config.values import Front as FrontConfig
from sitrep.lexicon.language_of import language_of_passage
from sitrep.pages.piece_cache import PieceCache
from sitrep.pages.templates import Markup, escape
from sitrep.site import addresses as at
from sitrep.text.markdown import to_html
from sitrep.text.summaries import (
    Wording,
    format_date,
    key_points,
    local_date,
    minutes,
    moment,
    opening,
    short_date,
    short_name,
)

_relative = lru_cache(maxsize=2048)(at.relative)
LINES = Markup('<i class="m lines" aria-hidden="true"></i>')
_PASSAGE = 100_000
"""From here on passages are numbered: their footnotes never meet those of an item."""


class FrontView(Struct, frozen=True, kw_only=True):
    """A front as pages show it."""

    id: str
    name: str
    short: str
    kind: str
    hue: str
    scope: str
    icon: Markup
    place: str
    """Its page; empty for a front the configuration no longer has."""


def _front(front: FrontConfig) -> FrontView:
    # The Arabic article begins most names: the letter after it tells them apart.
    initial = next((sign for sign in front.name.removeprefix("ال") if sign.isalnum()), "").upper()
    letter = Markup(' data-c="{}"').format(initial) if front.mark == "ring" else ""
    return FrontView(
        id=front.id,
        name=front.name,
        short=short_name(front),
        kind=front.kind,
        hue="grey" if front.hue == "auto" else front.hue,
        scope=front.scope,
        icon=Markup('<i class="m {}"{} aria-hidden="true"></i>').format(front.mark, letter),
        place=at.front_page(front.id),
    )


def fronts_of(config: Config) -> dict[str, FrontView]:
    """The configured fronts by id, in the configuration's order."""
    return {front.id: _front(front) for front in config.fronts}


def front_or_unknown(fronts: dict[str, FrontView], front_id: str) -> FrontView:
    """The front, or a plain stand-in for one that the configuration no longer has."""
    known = fronts.get(front_id)
    if known:
        return known
    name = front_id.replace("-", " ").capitalize()
    return FrontView(
        id=front_id, name=name, short=name, kind="theme", hue="grey", scope="", icon=LINES, place=""
    )


class Sight(Struct, frozen=True, kw_only=True):
    """The page something is shown on: whose configuration, which language, from where links start."""

    config: Config
    fronts: dict[str, FrontView]
    lang: str
    words: Wording
    rtl: bool
    here: str
    day: dt.date = dt.date.min
    """The date beside which other dates are read: those of its year need no year."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Where the pages of places stand, by name."""
    called: Mapping[str, str] = field(default_factory=dict)
    """What an edition calls places, by the name that stands in the configuration."""
    kept: PieceCache = field(default_factory=PieceCache)
    """Pieces that pages of this site have in common."""
    beyond: Mapping[int, str] = field(default_factory=dict)
    """Where items of the update that is shown stand which its first page does not hold, by number."""
    first: str = ""
    """On a further page of an update the link to its first one."""

    def to(self, place: str) -> str:
        """The link to a place of the site."""
        return _relative(self.here, place)

    def item(self, page: str, number: int) -> str:
        """The link to an item of the update that is shown, whose first page is ``page`` (empty: this one)."""
        there = self.beyond.get(number)
        return self.to(there) if there else f"{page}#{at.anchor(number)}"

    def date_of(self, instant: dt.datetime) -> str:
        """The date of a moment in the site's zone."""
        return short_date(local_date(instant, self.config), self.day, self.lang)

    def when(self, instant: dt.datetime) -> str:
        """A moment in the site's zone, as told beside the page's own date."""
        return moment(instant, self.day, self.config, self.lang)


class KeyView(Struct, frozen=True, kw_only=True):
    """One key point, with the front it speaks of."""

    text: str
    link: str
    front: FrontView | None
    spoken: Markup
    """Attributes of its language, where that is surely not the page's."""


class Chip(Struct, frozen=True, kw_only=True):
    """A front with one line about it."""

    front: FrontView
    link: str
    line: str
    current: bool = False


class HeadView(Struct, frozen=True, kw_only=True):
    """What stands on top of an update, on its own page and on the home page."""

    lang: str
    rtl: bool
    date: dt.date
    full_date: str
    dated: tuple[str, str]
    """What stands before and after the date in ``Update of ...``."""
    title: str
    titled: bool
    """The author wrote the title; else it is a sentence of the text, which is set smaller."""
    lede: bool
    """The title is the first sentence of the lede."""
    deck: str
    care: Markup
    facts: str
    minutes: str
    corrected: str
    keys: tuple[KeyView, ...]


def spoken_in(text: str, lang: str) -> Markup:
    """Attributes of the language of words on a page in ``lang``; empty where it is surely no other."""
    return Markup(attributes(language_of_passage(text, lang) or lang, lang))


def head(update: Update, view: Sight, page: str) -> HeadView:
    """The top of an update on ``view``'s page; ``page`` is the link to its own, empty if that is it."""
    words = view.words
    full_date = format_date(update.date, view.lang, "full")
    before, _, after = words.update_of.partition("{}")
    top = opening(update, view.config)
    return HeadView(
        lang=view.lang,
        rtl=view.rtl,
        date=update.date,
        full_date=full_date,
        dated=(before, after),
        title=top.headline,
        titled=top.titled,
        lede=top.lede,
        deck=top.deck,
        care=_care(update, view),
        facts=_facts(update, view),
        minutes=words.count("minutes", minutes(update)),
        corrected=_corrected(update, view),
        keys=tuple(
            KeyView(
                text=key_point.text,
                link=view.item(page, key_point.number) if key_point.number else "",
                front=front_or_unknown(view.fronts, key_point.front) if key_point.front else None,
                spoken=spoken_in(key_point.text, view.lang),
            )
            for key_point in key_points(update, view.config)
            if key_point.text != top.headline
        ),
    )


def _facts(update: Update, view: Sight) -> str:
    count = view.words.count("items", len(update.items))
    if update.exact and update.published:
        return f"{view.words.published.format(view.when(update.published))} · {count}"
    return count


def _corrected(update: Update, view: Sight) -> str:
    """The day of the last change a reader should know of, as ``corrected 7 Dec``."""
    found = [fix.at for item in update.items if item.revisions for fix in item.corrections]
    found += [gone.at for gone in update.withdrawn_items]
    return view.words.corrected.format(view.date_of(max(found))) if found else ""


def _care(update: Update, view: Sight) -> Markup:
    """The author's caution, else the site's, ending with the way to how it is checked."""
    own = update.passages_of(Role.DISCLAIMER)
    html = str(passages(own, view.lang)) if own else to_html(view.config.site.care)
    if not html.endswith("</p>"):
        return Markup(html)
    link = f'<a href="{view.to(at.ABOUT)}">{escape(view.words.how_we_check)}</a>'
    return Markup(f"{html.removesuffix('</p>')} {link}</p>")


def passages(found: Iterable[Passage], lang: str) -> Markup:
    """Passages one after the other, as HTML; the same wherever in its file an update stands.

    One that is surely in another language than ``lang`` says so.
    """
    return Markup(
        "\n".join(_passage(passage, _footnotes(n, passage), lang) for n, passage in enumerate(found))
    )


def _passage(passage: Passage, footnotes: int, lang: str) -> str:
    html = to_html(passage.text, footnotes)
    spoken = spoken_in(passage.text, lang)
    return f"<div{spoken}>{html}</div>" if spoken else html


def _footnotes(place: int, passage: Passage) -> int:
    return _PASSAGE + 1_000 * tuple(Role).index(passage.role) + place


def contents(update: Update, view: Sight) -> tuple[Chip, ...]:
    """The fronts an update speaks of, each with its number of items and a link to the first of them."""
    items = update.items
    counts = Counter(item.front for item in items)
    if len(counts) < 2:
        return ()
    first = {item.front: item.number for item in reversed(items)}
    return tuple(
        Chip(
            front=front_or_unknown(view.fronts, front),
            link=view.item("", first[front]),
            line=view.words.count("items", counts[front]),
        )
        for front in in_order(counts, view)
    )


def in_order(fronts: Iterable[str], view: Sight) -> list[str]:
    """Ids of fronts in the configuration's order, unknown ones last."""
    order = {front: place for place, front in enumerate(view.fronts)}
    return sorted(fronts, key=lambda front: order.get(front, len(order)))
