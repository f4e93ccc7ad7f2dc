"""Corrections, outcomes and withdrawals -> the markup and titles of feed entries of their own.

A withdrawal says when and why, and none of the words that are gone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from sitrep.base.changes import Change, ChangeKind
from sitrep.base.nouns import WithdrawnItem
from sitrep.feeds.entry_text import EntryPage, labelled, state_words
from sitrep.site import addresses as at
from sitrep.text import feed_text, summaries
from sitrep.text.clauses import Clauses


def withdrawn(page: EntryPage, since: dt.datetime, reason: str | None) -> str:
    """What stands in place of something taken back; none of its words."""
    said = because(page.wording.withdrawn_on, since, reason, page)
    return f"<p>{said}</p>\n<p>{feed_text.escaped(page.wording.withdrawn_note)}</p>"


def change_text(page: EntryPage, change: Change) -> str:
    """What was put right, settled or taken back; before and after, and why."""
    if change.kind is ChangeKind.RETURN or change.back:
        return _there_and_back(page, change)
    if change.kind is ChangeKind.WITHDRAWAL:
        return withdrawn(page, change.at, change.reason)
    if change.kind is ChangeKind.OUTCOME:
        return "\n".join(_outcome(page, change))
    lines = [
        labelled(label.rstrip(":").capitalize(), feed_text.content(text, 0, page.address))
        for label, text in ((page.wording.first_said, change.before), (page.wording.now_says, change.after))
        if text
    ]
    if change.reason:
        lines.append(f"<p>{feed_text.escaped(feed_text.one_line(change.reason))}</p>")
    return "\n".join(lines)


def _there_and_back(page: EntryPage, change: Change) -> str:
    """When it was taken back and when it was published again, and what it says now."""
    gone, back = (change.gone, change.at) if change.gone else (change.at, change.back)
    times = [because(page.wording.withdrawn_on, gone, change.reason, page)]
    times += [because(page.wording.again_on, back, None, page)] if back else []
    said = feed_text.content(change.after, 0, page.address) if change.after else ""
    return f"<p>{' '.join(times)}</p>{said}"


def _outcome(page: EntryPage, change: Change) -> Iterator[str]:
    state = state_words(page, change.state) if change.state else page.wording.outcome
    yield labelled(state, feed_text.content(change.after, 0, page.address), stop=".")
    if change.before:
        rumor = feed_text.escaped(feed_text.one_line(change.before))
        label = feed_text.escaped(page.wording.rumor)
        yield f"<p><b>{label}{_first_told(page, change)}:</b> {rumor}</p>"


def _first_told(page: EntryPage, change: Change) -> str:
    if change.began is None:
        return ""
    day = summaries.format_date(change.began.date, page.lang, "long")
    there = at.absolute(
        page.config, at.beside(page.config, at.item_link(change.began.update, change.began.item))
    )
    return ", " + feed_text.escaped(page.wording.first_told).replace("{}", feed_text.link(there, day))


def change_title(page: EntryPage, change: Change) -> str:
    """``Correction: Western front, 6 December 2024: what it says now``."""
    front = page.fronts.get(change.front or "", "")
    about = ", ".join(filter(None, (front, page.day))) if change.item else page.dated
    if change.kind is ChangeKind.WITHDRAWAL:
        return f"{page.wording.withdrawn}: {about}"
    kind = page.wording.correction
    if change.kind is ChangeKind.RETURN:
        kind = page.wording.published_again
    if change.kind is ChangeKind.OUTCOME:
        kind = state_words(page, change.state) if change.state else page.wording.outcome
    # What an outcome is of is the rumor: what refutes it would be read as what is refuted.
    told = change.before or change.after if change.kind is ChangeKind.OUTCOME else change.after
    said = feed_text.one_line(told or "")
    return ": ".join(filter(None, (kind, about, Clauses(said).within(feed_text.LISTED, 24) or said)))


def taken_back(page: EntryPage, gone: Iterable[WithdrawnItem]) -> str:
    """A line for each item that is not there any more."""
    return "".join(f"\n<p><small>{_gone(page, item)}</small></p>" for item in gone)


def _gone(page: EntryPage, item: WithdrawnItem) -> str:
    if item.to or item.into is not None:
        return now_elsewhere(page, item.to, item.into)
    return because(page.wording.withdrawn_part, item.at, item.reason, page)


def now_elsewhere(page: EntryPage, to: str, into: int | None) -> str:
    """Where the words of an item or update stand now, as markup: another update, or an item beside it."""
    if into is not None and not to:
        link = feed_text.link(page.item_address(into), page.codes.get(into, f"#{into}"))
        return feed_text.escaped(page.wording.now_part_of).replace("{}", link)
    there = at.absolute(page.config, at.beside(page.config, at.place_link(to)))
    link = feed_text.link(there, summaries.day_of(to, page.lang))
    return feed_text.escaped(page.wording.now_under).replace("{}", link)


def now_on(page: EntryPage, front: str) -> str:
    """On which front the words of a report stand now, having gone to that one first, as markup."""
    ends = {report.front: report.to for report in page.update.left}
    for _ in ends:
        front = ends.get(front, front)
    if front not in page.fronts:
        return now_elsewhere(page, page.update.key, None)
    link = feed_text.link(at.absolute(page.config, at.front_page(front)), page.fronts[front])
    return feed_text.escaped(page.wording.now_under).replace("{}", link)


def because(sentence: str, since: dt.datetime, reason: str | None, page: EntryPage) -> str:
    """When something was taken back, and why, as markup."""
    said = sentence.format(page.date_of(since)).rstrip(".") + "."
    if reason:
        said = f"{said} {page.wording.withdrawn_why.format(feed_text.one_line(reason))}"
    return feed_text.escaped(said)
