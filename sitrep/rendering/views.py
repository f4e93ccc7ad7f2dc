"""An update as the archive holds it -> frozen values that a page template only has to lay out.

Everything a template prints is decided here; fields of type Markup are safe HTML, all others are text
that the template escapes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from sitrep.config import Config
from sitrep.config import Front as FrontConfig
from sitrep.model import Certainty, Item, Passage, Role, Section, Update
from sitrep.rendering import addresses as at
from sitrep.rendering.markup import to_html
from sitrep.rendering.words import (
    Wording,
    code_letters,
    codes,
    deck,
    direction,
    first_sentence,
    format_date,
    headline,
    key_points,
    label,
    language,
    minutes,
    moment,
    one_line,
    short_name,
    shortened,
)

_CERTAINTY = {
    Certainty.SAID: "it",
    Certainty.REPORTED: "it rep",
    Certainty.STATEMENT: "it cla",
    Certainty.RUMOR: "it rum",
}
# Letters written from right to left, and characters that turn the direction.
_MIXED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LEAD = range(12, 121)


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
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


def front_view(front: FrontConfig) -> Front:
    """The look of a configured front."""
    letter = Markup(' data-c="{}"').format(code_letters(front)[:1]) if front.mark == "ring" else ""
    return Front(
        id=front.id,
        name=front.name,
        short=short_name(front),
        kind=front.kind,
        hue=front.hue,
        scope=front.scope,
        icon=Markup('<i class="m {}"{} aria-hidden="true"></i>').format(front.mark, letter),
        place=at.front_page(front.id),
    )


def fronts_of(config: Config) -> dict[str, Front]:
    """The configured fronts by id, in the configuration's order."""
    return {front.id: front_view(front) for front in config.fronts}


def front_or_unknown(fronts: dict[str, Front], front_id: str) -> Front:
    """The front, or a plain stand-in for one that the configuration no longer has."""
    known = fronts.get(front_id)
    if known:
        return known
    name = front_id.replace("-", " ").capitalize()
    icon = Markup('<i class="m lines" aria-hidden="true"></i>')
    return Front(id=front_id, name=name, short=name, kind="theme", hue="grey", scope="", icon=icon, place="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One item."""

    anchor: str
    link: str
    """From the page it is shown on."""
    kind: str
    """Its classes: certainty, nesting, front where it differs from its section's."""
    body: Markup
    """Label, text and, where it helps, the first sentence in bold."""
    code: str
    places: str
    front: Front | None
    """Only where the section does not say it."""
    note: str
    """``corrected 7 Dec, 10:15``, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A heading with its items, in the author's order."""

    anchor: str
    heading: str
    hue: str
    icon: Markup
    link: str
    caption: str
    opinion: bool
    rumors: bool
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyView:
    """One key point, with the front it speaks of."""

    text: str
    link: str
    front: Front | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A front with one line about it."""

    front: Front
    link: str
    line: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FixView:
    """One correction or withdrawal under an update."""

    anchor: str
    when: str
    code: str
    link: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands on top of an update, on its own page and on the home page."""

    lang: str
    rtl: bool
    date: dt.date
    full_date: str
    label: str
    """``Update``, where the title is the date; else empty."""
    dated: tuple[str, str]
    """What stands before and after the date in ``Update of ...``."""
    title: str
    deck: str
    care: Markup
    facts: tuple[str, ...]
    minutes: str
    corrected: str
    keys: tuple[KeyView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The page something is shown on: whose configuration, which language, from where links start."""

    config: Config
    fronts: dict[str, Front]
    lang: str
    words: Wording
    here: str
    day: dt.date = dt.date.min
    """The date beside which other dates are read: those of its year need no year."""

    def to(self, place: str) -> str:
        """The link to a place of the site."""
        return at.relative(self.here, place)


# -- items ------------------------------------------------------------------------------------------


def body(item: Item, view: Sight, *, opinion: bool = False) -> Markup:
    """The item's text as HTML, opening with its label; ``opinion`` adds that it is the authors' view."""
    html = to_html(item.text, item.number)
    said = label(item, view.lang)
    if opinion and item.opinion:
        said = f"{view.words.opinion}, {said}" if said else view.words.opinion
    if not item.opinion and item.certainty is not Certainty.RUMOR:
        html = _with_bold_lead(html, item.text)
    if said:
        mark = f'<bdi class="k">{escape(said)}<i>:</i></bdi> '
        html = f"<p>{mark}{html[3:]}" if html.startswith("<p>") else f"<p>{mark}</p>{html}"
    if view.words.lang != "en" or _MIXED.search(item.text):
        html = f'<div dir="auto">{html}</div>'
    return Markup(html)


def _with_bold_lead(html: str, text: str) -> str:
    """Bold the first of several sentences if it is of a headline's length and holds no markup."""
    first = first_sentence(text)
    if len(first) not in _LEAD or len(first) == len(text):
        return html
    opening = f"<p>{escape(first)}"
    following = html[len(opening) : len(opening) + 1]
    if not html.startswith(opening) or not following.isspace() or "://" in first:
        return html
    return f"<p><b>{opening[3:]}</b>{html[len(opening) :]}"


def item_view(item: Item, code: str, view: Sight, link: str, front: Front | None = None) -> ItemView:
    """One item; ``front`` is given where its surroundings do not tell it."""
    kind = _CERTAINTY[item.certainty]
    if item.depth:
        kind += " sub"
    if front:
        kind += f" {front.hue}"
    corrected = [revision.at for revision in item.revisions if revision.correction]
    return ItemView(
        anchor=at.anchor(item.number),
        link=link,
        kind=kind,
        body=body(item, view, opinion=bool(front)),
        code=code,
        places=", ".join(item.places),
        front=front,
        note=view.words.corrected.format(_when(corrected[-1], view)) if corrected else "",
    )


def sentence_view(item: Item, code: str, view: Sight, link: str) -> ItemView:
    """An item as one linked sentence, for pages that give an overview."""
    text = shortened(first_sentence(one_line(item.text)), 180)
    said = label(item, view.lang)
    if item.opinion:
        said = f"{view.words.opinion}, {said}" if said else view.words.opinion
    mark = Markup('<bdi class="k">{}<i>:</i></bdi> ').format(said) if said else Markup()
    return ItemView(
        anchor="",
        link=link,
        kind=_CERTAINTY[item.certainty],
        body=mark + Markup('<a href="{}" dir="auto">{}</a>').format(link, text),
        code=code,
        places="",
        front=None,
        note="",
    )


def _when(instant: dt.datetime, view: Sight) -> str:
    return moment(instant, view.day, view.config, view.lang)


# -- sections ---------------------------------------------------------------------------------------


def sections(update: Update, view: Sight) -> tuple[SectionView, ...]:
    """The update's sections in the author's order under the author's headings."""
    code = iter(codes(update, view.config))
    found = []
    for place, section in enumerate(update.sections, 1):
        if section.items:
            found.append(_section(section, f"s{place}", [next(code) for _ in section.items], view))
    return tuple(found)


def _section(section: Section, anchor: str, its_codes: list[str], view: Sight) -> SectionView:
    ids = dict.fromkeys(item.front for item in section.items)
    opinion = all(item.opinion for item in section.items)
    only = front_or_unknown(view.fronts, next(iter(ids))) if len(ids) == 1 and section.heading else None
    shown = tuple(
        item_view(
            item,
            code,
            view,
            f"#{at.anchor(item.number)}",
            None if only or opinion else front_or_unknown(view.fronts, item.front),
        )
        for item, code in zip(section.items, its_codes, strict=True)
    )
    plain = opinion or only is None
    return SectionView(
        anchor=anchor,
        heading=one_line(section.heading or ""),
        hue="plain" if plain or only is None else only.hue,
        icon=_LINES if plain or only is None else only.icon,
        link=view.to(only.place) if only and only.place and not opinion else "",
        caption=_caption(section, None if opinion else only, opinion, view),
        opinion=opinion,
        rumors=bool(only and only.kind == "rumors" and not opinion),
        items=shown,
    )


_LINES = Markup('<i class="m lines" aria-hidden="true"></i>')


def _caption(section: Section, only: Front | None, opinion: bool, view: Sight) -> str:
    if opinion:
        return view.words.opinion_caption
    count = view.words.count(view.words.items, len(section.items))
    if only and only.kind == "rumors":
        return f"{count}, {view.words.not_confirmed}"
    if only and only.name.casefold() != (section.heading or "").casefold():
        return f"{only.short} · {count}"
    return count


# -- heads ------------------------------------------------------------------------------------------


def head(update: Update, view: Sight, page: str) -> Head:
    """The top of an update as shown on ``view``'s page; links lead to items of ``page``."""
    lang = language(update, view.config)
    words = view.words
    title = headline(update, view.config) if update.title else format_date(update.date, lang, "full")
    corrections = [r.at for item in update.items for r in item.revisions if r.correction]
    corrections += [gone.at for gone in update.withdrawn_items]
    before, _, after = words.update_of.partition("{}")
    facts = [words.count(words.items, len(update.items))]
    if update.exact and update.published:
        when = moment(update.published, update.date, view.config, lang)
        facts.insert(0, words.published.format(when))
    return Head(
        lang=lang,
        rtl=direction(lang) == "rtl",
        date=update.date,
        full_date=format_date(update.date, lang, "full"),
        label="" if update.title else words.update,
        dated=(before, after),
        title=title,
        deck=deck(update),
        care=_care(update, view),
        facts=tuple(facts),
        minutes=words.count(words.minutes, minutes(update)),
        corrected=words.corrected.format(_when(max(corrections), view)) if corrections else "",
        keys=tuple(
            KeyView(
                text=one.text,
                link=view.to(f"{page}#{at.anchor(one.number)}") if one.number else "",
                front=front_or_unknown(view.fronts, one.front) if one.front else None,
            )
            for one in key_points(update, view.config)
        ),
    )


def _care(update: Update, view: Sight) -> Markup:
    own = update.passages_of(Role.DISCLAIMER)
    if own:
        return passages(own)
    return Markup(to_html(view.config.site.care)) if view.config.site.care else Markup()


def passages(found: Iterable[Passage]) -> Markup:
    """Passages one after the other, as HTML."""
    return Markup("\n").join(Markup(to_html(passage.text, 900 + passage.line)) for passage in found)


def contents(update: Update, view: Sight) -> tuple[Chip, ...]:
    """The fronts an update speaks of, each with the first item it has there."""
    first: dict[str, Item] = {}
    counts: dict[str, int] = {}
    for item in update.items:
        first.setdefault(item.front, item)
        counts[item.front] = counts.get(item.front, 0) + 1
    order = {front: place for place, front in enumerate(view.fronts)}
    return tuple(
        Chip(
            front=front_or_unknown(view.fronts, front),
            link=f"#{at.anchor(first[front].number)}",
            line=view.words.count(view.words.items, counts[front]),
        )
        for front in sorted(first, key=lambda front: order.get(front, len(order)))
    )


def fixes(update: Update, view: Sight) -> tuple[FixView, ...]:
    """What was put right or taken back in an update, oldest first."""
    found = [
        (
            revision.at,
            FixView(
                anchor="",
                when=view.words.corrected_on.format(_when(revision.at, view)),
                code=code,
                link=f"#{at.anchor(item.number)}",
                before=one_line(revision.before),
                after="",
                reason=one_line(revision.reason or ""),
            ),
        )
        for item, code in zip(update.items, codes(update, view.config), strict=True)
        for revision in item.revisions
        if revision.correction
    ]
    found += [
        (
            gone.at,
            FixView(
                anchor=at.anchor(gone.number),
                when=view.words.withdrawn_part.format(_when(gone.at, view)),
                code="",
                link="",
                before="",
                after="",
                reason=one_line(gone.reason or ""),
            ),
        )
        for gone in update.withdrawn_items
    ]
    return tuple(fix for _, fix in sorted(found, key=lambda pair: pair[0]))
