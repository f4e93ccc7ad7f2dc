"""Later wordings of one update: what moves its stamps, what is a correction."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from sitrep.base.changes import changes_of
from sitrep.base.nouns import Passage, Revision, Role, Section
from sitrep.base.values import replace
from tests.identity.samples import HOUR, NOW, REPORTS, known, settled, update

MINUTE = dt.timedelta(minutes=1)
# -- updated ------------------------------------------------------------------------------------


def test_updated_moves_exactly_with_the_words() -> None:
    """Punctuation moves nothing, a word moves its item and the update, nothing else."""
    first = settled(None, update(*REPORTS))
    spaced = settled(first.kept, update(*[t.replace(",", " –") for t in REPORTS]), NOW + HOUR)
    assert (spaced.events, spaced.update.updated) == ((), NOW)
    worded = settled(first.kept, update(REPORTS[0] + " Again.", *REPORTS[1:]), NOW + HOUR)
    assert [i.updated for i in worded.update.items] == [NOW + HOUR] + [NOW] * 5
    assert worded.update.updated == NOW + HOUR


@pytest.mark.parametrize("change", [("title", "New"), ("lede", "New."), ("key_points", ("New",))])
def test_the_rest_of_the_text_moves_the_update_only(change: tuple[str, str]) -> None:
    """A changed title, lede, summary or key point moves ``updated`` of the update and of no item."""
    first = settled(None, update(*REPORTS))
    second = settled(first.kept, update(*REPORTS, **dict([change])), NOW + HOUR)
    assert second.update.updated == NOW + HOUR
    assert {i.updated for i in second.update.items} == {NOW}


def test_order_of_sections_and_passages_is_no_wording() -> None:
    """Sections and passages that change places leave ``updated`` alone."""
    a, b = Section(heading="North", line=1), Section(heading="South", line=5)
    p, q = (Passage(role=Role.OUTRO, text=t, line=9) for t in ("one", "two"))
    base = replace(update("a"), passages=(p, q))
    one = settled(None, replace(base, sections=(*base.sections, a, b)))
    other = settled(one.kept, replace(base, sections=(*base.sections, b, a), passages=(q, p)), NOW + HOUR)
    assert other.events == ()


def test_updated_never_moves_backwards() -> None:
    """A clock that was set back, or an edit in the same second, still moves ``updated`` on."""
    first = settled(None, update("one report"))
    for now in (NOW, NOW - 3 * HOUR):
        second = settled(first.kept, update("one other report"), now)
        assert second.update.updated == NOW + dt.timedelta(seconds=1)


# -- corrections --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "after", "correction"),
    [
        (5, "Four houses burned down in the east.", False),
        (11, "Four houses burned down in the east.", True),
        (11, "Three houses bruned down in the east.", False),
        (11, "Three houses burned down in the west.", True),
    ],
)
def test_what_is_a_correction(minutes: int, after: str, correction: bool) -> None:
    """After the grace time an edit of more than spelling is a correction; the revision is kept anyhow."""
    before = "Three houses burned down in the east."
    first = settled(None, update(before))
    shown = settled(first.kept, update(after), NOW + minutes * MINUTE).update
    (revision,) = shown.items[0].revisions
    assert (revision.before, revision.after, revision.correction) == (before, after, correction)
    assert bool(changes_of(shown)) == correction


def test_of_endless_corrections_of_an_item_the_first_hundred_are_told() -> None:
    """Each in turn as it is made; later ones tell nothing more and take nothing back."""
    shown = settled(None, update(*REPORTS)).update
    first, *rest = shown.items
    fixes = tuple(
        Revision(at=NOW + n * HOUR, before=f"{n}", after=f"{n + 1}", correction=True) for n in range(130)
    )
    told = [
        changes_of(shown.with_items((replace(first, revisions=fixes[:made]), *rest)))
        for made in (1, 99, 100, 101, 130)
    ]
    assert [len(changes) for changes in told] == [1, 99, 100, 100, 100]
    assert all(after[: len(before)] == before for before, after in pairwise(told))


def test_the_grace_time_runs_from_the_first_sight() -> None:
    """Edits do not prolong the grace time, and an item added later has its own."""
    a, b, *_ = REPORTS
    one = settled(None, update(a))
    two = settled(one.kept, update(a + " First.", b), NOW + 8 * MINUTE)
    three = settled(two.kept, update(a + " Second.", b + " Second."), NOW + 16 * MINUTE)
    assert [[r.correction for r in i.revisions] for i in three.update.items] == [[False, True], [False]]


def test_a_reason_makes_a_correction_and_is_used_once() -> None:
    """Who gives a reason means a correction, also in the grace time; it explains no later change."""
    one = settled(None, update("Three houses burned."))
    two = settled(one.kept, update("Four houses burned.", correction="We misheard."), NOW + MINUTE)
    assert [(r.correction, r.reason) for r in two.update.items[0].revisions] == [(True, "We misheard.")]
    three = settled(two.kept, update("Five houses burned.", correction="We misheard."), NOW + HOUR)
    assert [r.reason for r in three.update.items[0].revisions] == ["We misheard.", None]


def test_a_reason_given_afterwards_explains_the_last_correction() -> None:
    """A note added in a later save belongs to the newest correction."""
    kept = known(update("Three houses burned."), update("Four houses burned."))
    shown = settled(kept, update("Four houses burned.", correction="We misheard."), NOW + 5 * HOUR)
    assert [r.reason for r in shown.update.items[0].revisions] == ["We misheard."]
    again = settled(shown.kept, update("Four houses burned.", correction="We misheard."), NOW + 6 * HOUR)
    assert again.events == ()
