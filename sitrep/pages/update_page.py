"""One update -> its page; a withdrawn one -> a page that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sitrep.base.nouns import Item, Passage, Role, Update
from sitrep.base.values import Struct, replace
from sitrep.pages import json_ld, views
from sitrep.pages.correction_box import fixes, now_elsewhere
from sitrep.pages.items import sections
from sitrep.pages.layout import ANY_PART, ANY_UPDATE, BANNER, Layout
from sitrep.pages.lists import PageLink
from sitrep.pages.templates import Markup, escape
from sitrep.site import addresses as at
from sitrep.site.update_parts import has_room_for_search_engines, parts
from sitrep.text.markdown import to_html
from sitrep.text.summaries import (
    dated,
    day_of,
    format_date,
    language,
    one_line,
    opening,
    point,
    references_by_number,
    shortened,
)

PARTS = "parts.js"
_TITLE = 120
_BESIDE = 10
"""Items of a further part to which one link leads."""


class PartLink(Struct, frozen=True, kw_only=True):
    """A further part of an update, and the ways to its items."""

    name: str
    link: str
    items: Markup


def render(update: Update, older: str | None, newer: str | None, layout: Layout) -> bytes:
    """The page of an update; ``older`` and ``newer`` are the keys of the updates beside it.

    The page of a withdrawn update holds none of its words; the anchors of its items still resolve.
    """
    lang = language(update, layout.config)
    view = layout.sight(ANY_UPDATE, lang, update.date, of=update)
    values = {
        "older": _beside(older, view),
        "newer": _beside(newer, view),
        "corrections": view.to(at.CORRECTIONS),
    }
    if update.withdrawn:
        return _withdrawn(update, view, layout, values)
    return _live(update, view, layout, values)


def _live(update: Update, view: views.Sight, layout: Layout, values: dict[str, Any]) -> bytes:
    newest, shown = values["newer"] is None, parts(update)
    told = layout.config.seo and has_room_for_search_engines(update)
    head, drawn = views.head(update, view, ""), layout.maps.figure(update, view, "")
    page = layout.page(
        at.update_page(update.key),
        title=_title(update, view, layout),
        description=head.deck or _first_words(update, view),
        lang=view.lang,
        article=True,
        script=" ".join([*([PARTS] if len(shown) > 1 else []), *([BANNER] if newest else [])]),
        card=at.update_card(update.key),
        translated=_translated(update),
        mapped=bool(drawn),
    )
    return layout.lay_out(
        "update.html",
        page,
        **values,
        key=update.key,
        newest=newest,
        head=head,
        lede=opening_of(update, head),
        sections=sections(update, view, shown[0]),
        parts=_ways_on(update, shown, view),
        contents=views.contents(update, view),
        closing=views.passages(update.passages_of(Role.OUTRO, Role.BOILERPLATE, Role.SIGNOFF), view.lang),
        fixes=fixes(update, view),
        correction=one_line(update.correction or ""),
        home=view.to(at.HOME),
        latest=view.to(at.LATEST),
        text=f"../{at.update_text(update.key)}",
        data=json_ld.script(update, layout.config) if told else Markup(),
        map=drawn,
    )


def part(update: Update, number: int, layout: Layout) -> bytes | None:
    """A further page of a long update, counted from 2; None if it has no such part."""
    shown = parts(update)
    if update.withdrawn or number > len(shown):
        return None
    here, lang = at.update_part(update.key, number), language(update, layout.config)
    view = replace(layout.sight(ANY_PART, lang, update.date), first="../index.html")
    head, name = views.head(update, view, view.first), view.words.part.format(number, len(shown))
    page = layout.page(
        here,
        title=f"{_title(update, view, layout)}, {name}",
        description=point(shown[number - 1][0], view.lang),
        lang=lang,
        article=True,
        card=at.update_card(update.key),
    )
    return layout.lay_out(
        "update_part.html",
        page,
        head=head,
        name=name,
        first=view.first,
        sections=sections(update, view, shown[number - 1]),
        beside=[
            PageLink(
                name=view.words.part.format(near, len(shown)),
                link=f"../{near}/index.html" if near > 1 else view.first,
                line="prev" if near < number else "next",
            )
            for near in (number - 1, number + 1)
            if near <= len(shown)
        ],
    )


def _ways_on(update: Update, shown: Sequence[Sequence[Item]], view: views.Sight) -> tuple[PartLink, ...]:
    """The further parts of an update; each of their items has its address here, on a link to it."""
    codes = references_by_number(update, view.config)
    return tuple(
        PartLink(
            name=view.words.part.format(number, len(shown)),
            link=f"{number}/index.html",
            items=Markup(
                "\n".join(
                    _way(number, items[near : near + _BESIDE], codes)
                    for near in range(0, len(items), _BESIDE)
                )
            ),
        )
        for number, items in enumerate(shown[1:], 2)
    )


def _way(part: int, near: Sequence[Item], codes: Mapping[int, str]) -> str:
    """One link for a few items: an id of its own is cheap, an address of its own weighs three times that."""
    first, last = near[0].number, near[-1].number
    ids = "".join(f"<i id={at.anchor(item.number)}></i>" for item in near)
    name = codes[first] if first == last else f"{codes[first]} – {codes[last]}"
    return f'<a href="{part}/index.html#{at.anchor(first)}">{ids}{name}</a>'


def _translated(update: Update) -> list[str]:
    """The editions that show it now, the original first."""
    return ["", *(one.lang for one in update.translations if one.lang and one.withdrawn is None)]


def _title(update: Update, view: views.Sight, layout: Layout) -> str:
    name = dated(update, layout.config)
    title = shortened(opening(update, layout.config).headline, _TITLE)
    return name if title == name else f"{title} ({name})"


def _first_words(update: Update, view: views.Sight) -> str:
    return point(update.items[0], view.lang) if update.items else ""


def opening_of(update: Update, head: views.HeadView) -> Markup:
    """The author's opening, but for the sentence that already stands above it as the headline."""
    found = update.passages_of(Role.LEDE)
    if head.lede:
        found = tuple(rest for passage in found if (rest := _without(head.title, passage)).text)
    lede = views.passages(found, head.lang)
    if update.summary and (head.titled or one_line(update.summary) != head.title):
        return Markup(to_html(update.summary)) + lede
    return lede


def _without(sentence: str, passage: Passage) -> Passage:
    """The passage without a sentence that it opens with, as far as that is written without any markup."""
    if not passage.text.startswith(sentence):
        return passage
    return replace(passage, text=passage.text[len(sentence) :].strip())


def _withdrawn(update: Update, view: views.Sight, layout: Layout, values: dict[str, Any]) -> bytes:
    assert update.withdrawn is not None
    taken = update.withdrawn
    title, note = (
        view.words.withdrawn_on.format(view.when(taken.at)),
        Markup(escape(view.words.withdrawn_note)),
    )
    if taken.to:
        title = view.words.now_under.format(day_of(taken.to, view.lang)).rstrip(".")
        note = now_elsewhere(taken, update, view)
    page = layout.page(
        at.update_page(update.key),
        title=f"{dated(update, layout.config)}: {title}",
        description=note.striptags(),
        lang=view.lang,
        article=True,
        translated=_translated(update),
    )
    now = {gone.number: now_elsewhere(gone, update, view) for gone in update.withdrawn_items if gone.to}
    numbers = {item.number for item in update.items} | {gone.number for gone in update.withdrawn_items}
    return layout.lay_out(
        "withdrawn.html",
        page,
        **values,
        title=title,
        note=note,
        label=dated(update, layout.config),
        reason=one_line(taken.reason or ""),
        anchors=[(at.anchor(number), now.get(number)) for number in sorted(numbers)],
    )


def _beside(key: str | None, view: views.Sight) -> PageLink | None:
    if key is None:
        return None
    name = format_date(dt.date.fromisoformat(key[:10]), view.lang, "long")
    return PageLink(name=f"{name} ({key[11:]})" if key[11:] else name, link=f"../{key}/index.html")
