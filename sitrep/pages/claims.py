"""The claims of the archive -> the board of rumors, and a page for each claim."""

from __future__ import annotations

import datetime as dt

from sitrep.archive.archive import Archive
from sitrep.pages import claim_views, lists
from sitrep.pages.items import label_html
from sitrep.pages.layout import Layout
from sitrep.pages.lists import PageLink
from sitrep.pages.templates import Markup
from sitrep.site import addresses as at
from sitrep.text.summaries import short_date


def board(archive: Archive, front_id: str, layout: Layout) -> bytes:
    """Open rumors with their age, later ones first, then what became of others.

    Ages count to the date of the newest update, so the board changes only with what is published.
    """
    newest = next((update.date for update in archive.latest(1)), dt.date.min)
    view = layout.sight(at.front_page(front_id), day=newest)
    open_claims = archive.claims.newest("open", claim_views.MOST_OPEN)
    settled = archive.claims.newest("settled", claim_views.MOST_SETTLED)
    true, untrue = claim_views.groups(settled)
    words = view.words
    shown = (
        ("open", words.board_open, open_claims),
        ("true", words.board_confirmed, true),
        ("ended", words.board_ended, untrue),
    )
    front = layout.fronts[front_id]
    reports = archive.reports(front_id, lists.MOST_REPORTS)
    counts = (("board_count_open", archive.claims.count("open")),
              ("board_count_settled", archive.claims.count("settled")))  # fmt: skip
    return layout.lay_out(
        "board.html",
        layout.page(
            view.here,
            title=front.name,
            description=front.scope or words.board_deck,
            current=front.place,
            front=front_id,
            translated=lists.languages_of_front(archive, front_id),
        ),
        front=front,
        facts=" · ".join(words.count(name, count) for name, count in counts if count),
        groups=[
            (kind, name, [claim_views.case(claim, view, newest) for claim in claims])
            for kind, name, claims in shown
            if claims
        ],
        months=lists.months_of_front(archive, front_id, reports, view),
        feed=layout.frame.links_of(front_id, view.here),
    )


def claim(archive: Archive, key: str, layout: Layout) -> bytes | None:
    """A claim's history in dated steps; None if there is no such claim.

    Nor if there is only the item that opened it, unless readers have a page of that. The page of one that
    was taken back, or that is followed under another key, says so and stays.
    """
    found = archive.claims.claim(key)
    if found is None or not (found.has_page or at.claim_page(key) in archive.kept_places()):
        return None
    last = found.steps[-1].there.date if found.steps else dt.date.min
    view = layout.sight(at.claim_page(key), day=last)
    front = next((front_view for front_view in layout.fronts.values() if front_view.kind == "rumors"), None)
    words = view.words
    title = found.title or words.claim_gone
    steps = claim_views.steps(found, archive, view)
    hedge = claim_views.hedge_of(found, view.words) if found.steps else words.claim
    return layout.lay_out(
        "claim.html",
        layout.page(
            view.here,
            title=f"{hedge}: {title}",
            description=f"{hedge}: {title}",
            current=front.place if front else "",
            front=front.id if front else "",
        ),
        mark=claim_views.mark(found),
        status=claim_views.status(found, view, None),
        lang=found.steps[0].lang if found.steps else None,
        hedge=Markup(label_html(hedge)),
        title=title,
        since=short_date(found.steps[0].there.date, dt.date.min, view.lang) if found.steps else "",
        steps=steps,
        near=claim_views.near(found, archive, view),
        left_out=len(found.steps) - len(steps),
        count=len(found.steps),
        into=view.to(at.claim_page(found.into)) if found.into else "",
        board=PageLink(name=front.name, link=view.to(front.place)) if front else None,
    )
