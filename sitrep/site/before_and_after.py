"""What a changed update was and is, as far as other artifacts depend on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from sitrep.archive.updates import log_of
from sitrep.base.changes import changes_of
from sitrep.base.nouns import OWN_VIEW, Update
from sitrep.base.values import Struct
from sitrep.site import addresses as at
from sitrep.site.update_parts import parts


class Touch(Struct, frozen=True, kw_only=True):
    """What a changed update was and is, as far as other artifacts depend on it."""

    key: str
    month: str
    fronts: frozenset[str]
    places: frozenset[str]
    opinion: bool
    changed: frozenset[str]
    """When its corrections, withdrawals and outcomes were made that are not what they were (UTC)."""
    news: bool = False
    """It says, or said, what became of a rumor."""
    out_months: frozenset[str] = frozenset()
    """The month (UTC) in which it came out; two where another stamp was found to be its own."""
    media: frozenset[str] = frozenset()
    """Places of pictures that it shows now and did not, or the other way round."""
    parts: int = 1
    """Pages it is cut into, or was, if those were more."""

    @property
    def change_months(self) -> frozenset[str]:
        """Months (UTC) whose corrections, withdrawals and outcomes of it are not what they were."""
        return frozenset(at[:7] for at in self.changed)

    @property
    def news_months(self) -> frozenset[str]:
        """Months (UTC) of everything a reader who comes back is told of it."""
        return self.change_months | self.out_months

    def months(self, feed: at.Feed) -> frozenset[str]:
        """The months of a feed that it stands in: in which it came out, or those of its changes."""
        return self.change_months if feed.id == "changes" else self.out_months


def touch(before: Update | None, after: Update | None) -> Touch:
    """Compare two states of one update. One of them may be None, not both."""
    known = [update for update in (before, after) if update is not None]
    return Touch(
        key=known[-1].key,
        month=known[-1].month,
        fronts=frozenset(front for update in known for front in (*update.fronts, *_gone(update))),
        places=frozenset(place for update in known for item in update.items for place in item.places),
        opinion=any(map(_views, known)),
        changed=_changed(before, after),
        news=any(item.followed.news for state in known for item in state.items if item.followed),
        out_months=frozenset(log_of(state)[:7] for state in known),
        media=_media(before) ^ _media(after),
        parts=max(len(parts(update)) for update in known),
    )


def _media(update: Update | None) -> frozenset[str]:
    return frozenset(picture.place for picture in update.pictures if picture.place) if update else frozenset()


def _changed(before: Update | None, after: Update | None) -> frozenset[str]:
    told = [changes_of(state) if state else () for state in (before, after)]
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(*told, strict=False)))
    then, now = (Counter(changes[same:]) for changes in told)
    return frozenset(change.at.isoformat() for change in (then - now) + (now - then))


def _gone(update: Update) -> Iterator[str]:
    yield from (item.front for item in update.withdrawn_items)
    yield from (report.front for report in update.left if report.front != OWN_VIEW)


def _views(update: Update) -> bool:
    """True if it holds the authors' own view, or held it."""
    own = any(item.opinion for item in update.items)
    gone = any(gone.opinion for gone in update.withdrawn_items)
    return own or gone or any(report.front == OWN_VIEW for report in update.left)
