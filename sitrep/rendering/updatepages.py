"""One update -> its page; a withdrawn one -> a page that says so."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sitrep.model import Role, Update
from sitrep.rendering import addresses as at
from sitrep.rendering import jsonld, views
from sitrep.rendering.itemviews import sections
from sitrep.rendering.listviews import Link
from sitrep.rendering.markup import to_html
from sitrep.rendering.press import ANY_UPDATE, BANNER, Press
from sitrep.rendering.templates import Markup
from sitrep.rendering.words import dated, first_sentence, format_date, headline, language, one_line


def render(update: Update, older: str | None, newer: str | None, press: Press) -> bytes:
    """The page of an update; ``older`` and ``newer`` are the keys of the updates beside it.

    The page of a withdrawn update holds none of its words; the anchors of its items still resolve.
    """
    lang = language(update, press.config)
    view = press.sight(ANY_UPDATE, lang, update.date)
    values = {
        "older": _beside(older, view),
        "newer": _beside(newer, view),
        "corrections": view.to(at.CORRECTIONS),
    }
    if update.withdrawn:
        return _withdrawn(update, view, press, values)
    return _live(update, view, press, values)


def _live(update: Update, view: views.Sight, press: Press, values: dict[str, Any]) -> bytes:
    newest = values["newer"] is None
    head = views.head(update, view, "")
    page = press.page(
        at.update_page(update.key),
        title=_title(update, view, press),
        description=head.deck or _first_words(update),
        lang=view.lang,
        article=True,
        script=BANNER if newest else "",
    )
    return press.lay_out(
        "update.html",
        page,
        **values,
        key=update.key,
        newest=newest,
        head=head,
        lede=_lede(update),
        sections=sections(update, view),
        contents=views.contents(update, view),
        closing=views.passages((*update.passages_of(Role.OUTRO), *update.passages_of(Role.SIGNOFF))),
        fixes=views.fixes(update, view),
        correction=one_line(update.correction or ""),
        home=view.to(at.HOME),
        latest=view.to(at.LATEST),
        text=f"../{at.update_text(update.key)}",
        data=jsonld.script(update, press.config) if press.config.seo else Markup(),
        map=press.maps.figure(update, view, ""),
    )


def _title(update: Update, view: views.Sight, press: Press) -> str:
    name = dated(update, press.config)
    return f"{headline(update, press.config)} ({name})" if update.title else name


def _first_words(update: Update) -> str:
    return one_line(first_sentence(update.items[0].text)) if update.items else ""


def _lede(update: Update) -> Markup:
    lede = views.passages(update.passages_of(Role.LEDE))
    return Markup(to_html(update.summary)) + lede if update.summary else lede


def _withdrawn(update: Update, view: views.Sight, press: Press, values: dict[str, Any]) -> bytes:
    assert update.withdrawn is not None
    title = view.words.withdrawn_on.format(view.when(update.withdrawn.at))
    page = press.page(
        at.update_page(update.key),
        title=f"{dated(update, press.config)}: {title}",
        description=view.words.withdrawn_note,
        lang=view.lang,
        article=True,
    )
    numbers = {item.number for item in update.items} | {gone.number for gone in update.withdrawn_items}
    return press.lay_out(
        "withdrawn.html",
        page,
        **values,
        title=title,
        label=dated(update, press.config),
        reason=one_line(update.withdrawn.reason or ""),
        anchors=[at.anchor(number) for number in sorted(numbers)],
    )


def _beside(key: str | None, view: views.Sight) -> Link | None:
    if key is None:
        return None
    name = format_date(dt.date.fromisoformat(key[:10]), view.lang, "long")
    return Link(name=f"{name} ({key[11:]})" if key[11:] else name, link=f"../{key}/index.html")
