"""Corrections and withdrawals within an update -> the box that tells them under it."""

from __future__ import annotations

import datetime as dt

from sitrep.base.nouns import Update, Withdrawal, WithdrawnItem
from sitrep.base.values import Struct
from sitrep.pages.templates import Markup, escape
from sitrep.pages.views import Sight
from sitrep.site import addresses as at
from sitrep.text.summaries import day_of, one_line, references, references_by_number


class FixView(Struct, frozen=True, kw_only=True):
    """One correction or withdrawal under an update."""

    at: dt.datetime
    when: str
    anchor: str = ""
    """Where what was taken back stood; links to it still arrive."""
    code: str = ""
    link: str = ""
    before: str = ""
    reason: str = ""
    now: Markup = Markup()
    """Where the words of what is not here any more stand now."""


def now_elsewhere(gone: WithdrawnItem | Withdrawal, update: Update, view: Sight) -> Markup:
    """Where the words of something that is not here any more stand now, with a link."""
    said, into = view.words.now_under, gone.into if isinstance(gone, WithdrawnItem) else None
    name = day_of(gone.to, view.lang) if gone.to else ""
    link = view.to(at.beside(view.config, at.place_link(gone.to))) if gone.to else ""
    if into is not None and not gone.to:
        said, link = view.words.now_part_of, view.item("", into)
        name = references_by_number(update, view.config).get(into, f"#{into}")
    return Markup(str(escape(said)).replace("{}", f'<a href="{escape(link)}">{escape(name)}</a>'))


def fixes(update: Update, view: Sight) -> tuple[FixView, ...]:
    """What was put right or taken back in an update, oldest first."""
    found = [
        FixView(
            at=gone.at,
            when="" if gone.to or gone.into else view.words.withdrawn_part.format(view.when(gone.at)),
            anchor=at.anchor(gone.number),
            reason=one_line(gone.reason or ""),
            now=now_elsewhere(gone, update, view) if gone.to or gone.into else Markup(),
        )
        for gone in update.withdrawn_items
    ]
    if any(item.revisions for item in update.items):
        found += [
            FixView(
                at=revision.at,
                when=view.words.corrected_on.format(view.when(revision.at)),
                code=code,
                link=view.item("", item.number),
                before=one_line(revision.before),
                reason=one_line(revision.reason or ""),
            )
            for item, code in zip(update.items, references(update, view.config), strict=True)
            for revision in item.latest_corrections
        ]
    return tuple(sorted(found, key=lambda fix: fix.at))
