"""Corrections, withdrawals and outcomes -> the pages that list them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from difflib import SequenceMatcher
from operator import attrgetter

from sitrep.archive.archive import Archive
from sitrep.base.changes import Change, ChangeKind
from sitrep.base.claim import Pointer
from sitrep.base.values import Struct
from sitrep.pages.layout import Layout
from sitrep.pages.lists import MOST_CHANGES, PageLink, in_full, month_name
from sitrep.pages.templates import Markup, escape
from sitrep.pages.views import Sight, front_or_unknown
from sitrep.site import addresses as at
from sitrep.site import change_parts
from sitrep.text.markdown import to_html
from sitrep.text.summaries import format_date, one_line, state_name

_COMPARED = 90_000
"""Pairs of words beyond which two wordings are shown one after the other."""


class ChangeView(Struct, frozen=True, kw_only=True):
    """A correction, withdrawal or outcome."""

    date: dt.date
    when: str
    kind: str
    where: str
    link: str
    difference: Markup
    """The new wording; what went is struck out. For an outcome, what was said of the rumor."""
    rumor: str
    """For an outcome, the rumor it settles."""
    told: PageLink | None
    """For an outcome, where that was first told."""
    reason: str
    anchor: str = ""


def words_of_change(change: Change) -> str:
    """What is shown of a change besides its kind and where it was made."""
    return f"{change.before} {change.after} {change.reason or ''}"


def change(change: Change, view: Sight, *, placed: bool = False, bare: bool = False) -> ChangeView:
    """One change, with the words that went struck out and those that came marked; ``bare``: without them.

    ``placed`` where it has a place of its own on the page.
    """
    as_said = change.kind in (ChangeKind.OUTCOME, ChangeKind.RETURN)
    place = at.update_page(change.update)
    before, after = one_line(change.before), one_line(change.after)
    return ChangeView(
        date=change.at.date(),
        when=view.when(change.at),
        kind=_kind(change, view),
        where=_where(change, view),
        link=view.to(f"{place}#{at.anchor(change.item)}" if change.item else place),
        difference=Markup() if bare else escape(after) if as_said else difference(before, after),
        rumor=before if as_said and not bare else "",
        told=_told(change.began, view) if change.began and not bare else None,
        reason="" if bare else one_line(change.reason or ""),
        anchor=at.change_anchor(change.name) if placed else "",
    )


def _kind(change: Change, view: Sight) -> str:
    if change.kind is ChangeKind.OUTCOME:
        return state_name(change.state, view.words) if change.state else view.words.outcome
    if change.kind is ChangeKind.RETURN:
        return view.words.published_again
    return view.words.withdrawn if change.kind is ChangeKind.WITHDRAWAL else view.words.correction


def _where(change: Change, view: Sight) -> str:
    day_of = dt.date.fromisoformat(change.update[:10])
    where = view.words.update_of.format(format_date(day_of, view.lang, "long"))
    return f"{where}, {front_or_unknown(view.fronts, change.front).name}" if change.front else where


def _told(began: Pointer, view: Sight) -> PageLink:
    day_of = format_date(began.date, view.lang, "long")
    return PageLink(
        name=view.words.first_told.format(day_of),
        link=view.to(at.beside(view.config, at.item_link(began.update, began.item))),
    )


def difference(before: str, after: str) -> Markup:
    """Two wordings as one text: what went in ``del``, what came in ``ins``."""
    old, new = before.split(), after.split()
    if not old or not new or len(old) * len(new) > _COMPARED:
        parts = [_tagged("del", old), _tagged("ins", new)]
        return Markup(" ").join(part for part in parts if part)
    made = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            made.append(escape(" ".join(old[i:j])))
        else:
            made += [part for part in (_tagged("del", old[i:j]), _tagged("ins", new[k:m])) if part]
    return Markup(" ").join(made)


def _tagged(tag: str, words: list[str]) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), " ".join(words)) if words else Markup()


def newest(archive: Archive, layout: Layout, *, months: bool) -> bytes:
    """The page of the newest changes. ``months``: the site has pages of months that it may link to."""
    view = layout.sight(at.CORRECTIONS)
    found = archive.changes(MOST_CHANGES)
    told_in = dict.fromkeys(change.at.isoformat()[:7] for change in found) if months else {}
    ways, both = _ways(view, *((month, 0) for month in told_in)), archive.languages_where(Archive.live)
    return _page(view, layout, view.words.corrections, found, ways, both)


def of_month(archive: Archive, month: str, layout: Layout, *, part: int, months: bool) -> bytes | None:
    """The page of the newest changes made in a month (UTC), or of a closed part; None without any."""
    count = archive.count_changes(month)
    closed = change_parts.closed(count)
    if not count or part > closed:
        return None
    view = layout.sight(at.corrections_month_page(month, part))
    start = change_parts.begins(count, part)
    found = archive.changes_month(month, start, change_parts.EACH if part else -1)
    title = view.words.front_month.format(view.words.corrections, _part_name(month, part, view))
    older, newer = archive.change_month_neighbours(month)
    before = (part or closed + 1) - 1
    beside = (
        (month, before) if before else (older, 0),
        (month, (part + 1) % (closed + 1)) if part else (newer, 0),
    )
    newest_first = sorted(found, key=attrgetter("at"), reverse=True)
    # Closed parts of a month hold other changes in another language.
    both = () if part else archive.languages_where(lambda there: there.has_change_month(month))
    return _page(view, layout, title, newest_first, _ways(view, *beside) if months else (), both)


def _part_name(month: str, part: int, view: Sight) -> str:
    return f"{month_name(month, view.lang)}{f' ({part})' if part else ''}"


def _ways(view: Sight, *pages: tuple[str | None, int]) -> tuple[PageLink, ...]:
    return tuple(
        PageLink(name=_part_name(month, part, view), link=view.to(at.corrections_month_page(month, part)))
        for month, part in pages
        if month
    )


def _page(
    view: Sight,
    layout: Layout,
    title: str,
    found: Sequence[Change],
    ways: tuple[PageLink, ...],
    translated: Sequence[str],
) -> bytes:
    most = in_full(map(words_of_change, found))
    page = layout.page(
        view.here,
        title=title,
        description=view.words.corrections_deck,
        front="changes",
        translated=translated,
    )
    return layout.lay_out(
        "corrections.html",
        page,
        title=title,
        changes=tuple(
            change(made, view, placed=True, bare=place >= most) for place, made in enumerate(found)
        ),
        months=ways,
        care="" if found else Markup(to_html(layout.config.site.care)),
    )
