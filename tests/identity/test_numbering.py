"""Numbers, stamps, corrections and withdrawals of one update."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from sitrep.base.changes import changes_of
from sitrep.base.claim import ClaimState, Followed
from sitrep.base.nouns import Certainty, Hearsay, Item, Passage, Picture, Role, Section, Severity, Update
from sitrep.base.values import replace
from sitrep.identity.numbering import forgotten, remains, withdraw
from sitrep.ledger.events import Event
from sitrep.ledger.history import fold
from sitrep.ledger.known import KnownUpdate
from tests.identity.samples import DAY, HOUR, NOW, REPORTS, numbers, settled, update

MINUTE = dt.timedelta(minutes=1)
NOON = dt.datetime(2024, 12, 6, 9, tzinfo=dt.UTC)
"""Noon in Damascus."""


def known(*wordings: Update) -> KnownUpdate:
    """What is known after these texts were published an hour apart."""
    kept = None
    for hours, text in enumerate(wordings):
        kept = settled(kept, text, NOW + hours * HOUR).kept
    assert kept is not None
    return kept


FULL = Item(
    text="A road is closed.",
    line=7,
    front="eastern",
    certainty=Certainty.STATEMENT,
    by="SDF",
    places=("Manbij",),
    reason="places: Manbij",
    opinion=True,
    depth=2,
    pictures=(Picture(file="a.jpg", alt="A road"),),
    claim="road-manbij",
    claim_state="confirmed",
    hearsay=Hearsay(gist="A road is closed.", slug="road-manbij"),
    followed=Followed(key="road-manbij", state=ClaimState.OPEN, at=NOW),
    lang="ku",
    untranslated=True,
    outdated=NOW,
)
"""Every field that settling leaves alone is set."""


@pytest.mark.parametrize("again", [False, True])
def test_everything_else_of_an_item_is_kept(again: bool) -> None:
    """Settling fills in number, stamps and revisions of an item and touches no other field, at any time."""
    text = replace(update("a"), sections=(Section(heading="East", line=5, level=2, items=(FULL,)),))
    first = settled(None, text)
    shown = settled(first.kept, text, NOW + HOUR).update if again else first.update
    [section] = shown.sections
    assert (section.heading, section.line, section.level) == ("East", 5, 2)
    for known in fields(FULL):
        ours = known.name in ("number", "published", "updated", "revisions", "origin", "returns")
        assert ours or getattr(FULL, known.name) != known.default
        assert ours or getattr(section.items[0], known.name) == getattr(FULL, known.name)


# -- stamps -------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [DAY, DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)])
def test_a_live_update_is_stamped_with_now(day: dt.date) -> None:
    """First seen on its date, the day after or before it: published at that very second."""
    shown = settled(
        None, update("a", date=day), NOW + dt.timedelta(microseconds=7), key=day.isoformat()
    ).update
    assert (shown.published, shown.updated, shown.exact) == (NOW, NOW, True)
    assert shown.items[0].published == shown.items[0].updated == NOW


@pytest.mark.parametrize(("key", "minute"), [("2024-12-06", 0), ("2024-12-06-2", 1), ("2024-12-06-75", 74)])
def test_an_import_gets_noon_of_its_date(key: str, minute: int) -> None:
    """Older texts get noon of their date in the site's zone, a minute later for each one that day."""
    late = NOW + 40 * 24 * HOUR
    one = settled(None, update("a"), late, key=key)
    assert one.update.published == NOON + minute * MINUTE
    assert not one.update.exact
    assert one.events == settled(None, update("a"), late + 900 * HOUR, key=key).events


def test_the_day_of_the_site_counts() -> None:
    """At 22:30 UTC it is already tomorrow in Damascus, so the day before yesterday there is an import."""
    text = update("a", date=dt.date(2024, 12, 5))
    assert settled(None, text, NOW.replace(hour=20), key="2024-12-05").update.exact
    assert not settled(None, text, NOW.replace(hour=22), key="2024-12-05").update.exact


@pytest.mark.parametrize("now", [NOW, NOW + 4000 * HOUR])
@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        (None, 12),
        ("Europe/Berlin", 14),
        ("+05:30", 9),
        ("-03:00", 18),
        ("UTC", 15),
        ("../etc", 12),
        ("No", 12),
    ],
)
def test_a_time_in_the_text_wins(now: dt.datetime, zone: str | None, hour: int) -> None:
    """A time the author gave is when it was published, in the author's zone or else in the site's."""
    text = update("a", time=dt.time(15), zone=zone)
    shown = settled(None, text, now).update
    assert shown.published is not None
    assert shown.published.replace(minute=0) == NOW.replace(hour=hour, minute=0, second=0)
    assert shown.exact


def test_a_time_ahead_is_not_believed() -> None:
    """No live update is stamped in the future; the writer is told."""
    one = settled(None, update("a", time=dt.time(23, 59)))
    assert one.update.published == NOW
    assert [p.severity for p in one.problems] == [Severity.WARNING]


def test_an_embargoed_import_is_not_older_than_its_embargo() -> None:
    """Without a ledger, the end of an embargo stands for the moment it came out."""
    until = dt.datetime(2024, 12, 6, 16, tzinfo=dt.UTC)
    assert settled(None, update("a", publish_at=until), NOW + 9000 * HOUR).update.published == until


# -- numbers ------------------------------------------------------------------------------------


def test_numbers_are_sticky_and_never_reused() -> None:
    """Inserted, moved and deleted items leave the other numbers alone; a freed number stays free."""
    a, b, c, d, e, f = REPORTS
    kept = known(update(a, b, c), update(d, c, a, b), update(d, a, b))
    assert [(i.number, i.text) for i in kept.live_items] == [(4, d), (1, a), (2, b)]
    shown = settled(kept, update(d, e, a, b, f), NOW + 9 * HOUR).update
    assert numbers(shown) == [4, 5, 1, 2, 6]
    assert [(w.number, w.front) for w in shown.withdrawn_items] == [(3, "northern")]


texts = st.lists(st.sampled_from([f"{r} ({n})" for n in range(3) for r in REPORTS]), max_size=8, unique=True)


@given(st.lists(st.tuples(texts, st.sampled_from(["", "lede one", "lede two"])), min_size=1, max_size=6))
def test_any_history_keeps_ids(steps: list[tuple[list[str], str]]) -> None:
    """After any sequence of texts: one number never means two texts that stand side by side, published
    never changes, updated moves exactly with the words, and settling again changes nothing."""
    kept: KnownUpdate | None = None
    events: list[Event] = []
    for hours, (wording, lede) in enumerate(steps):
        now = NOW + hours * HOUR
        one = settled(kept, update(*wording, lede=lede), now)
        events += one.events
        before = {item.number: item for item in kept.items} if kept else {}
        assert len(set(numbers(one.update))) == len(wording)
        for item in one.update.items:
            old = before.get(item.number)
            assert item.published == (old.published if old else now)
            if old and not old.withdrawn:
                assert item.updated == (old.updated if old.text == item.text else now)
        if kept:
            same = [i.text for i in kept.live_items] == wording
            assert one.update.published == kept.published
            assert {i.number for i in kept.items} <= {i.number for i in one.kept.items}
            if same and not one.events:
                assert one.update.updated == kept.updated
        again = settled(one.kept, update(*wording, lede=lede), now + 9 * HOUR)
        assert (again.events, again.update) == ((), one.update)
        assert fold(events)["2024-12-06"] == one.kept
        kept = one.kept


@given(st.data())
def test_what_is_done_to_one_item_leaves_all_other_ids(data: st.DataObject) -> None:
    """Insert, delete, move or edit one item at random: every other keeps number and both stamps."""
    wording = list(REPORTS)
    place = data.draw(st.integers(0, len(wording) - 1))
    action = data.draw(st.sampled_from(["insert", "delete", "move", "edit"]))
    fresh = " ".join(data.draw(st.lists(st.sampled_from(" ".join(REPORTS).split()), min_size=1, max_size=20)))
    if action == "insert":
        wording.insert(place, fresh)
    elif action == "move":
        wording.insert(data.draw(st.integers(0, len(wording) - 1)), wording.pop(place))
    elif action == "edit":
        wording[place] = fresh
    else:
        wording.pop(place)
    first = settled(None, update(*REPORTS))
    second = settled(first.kept, update(*wording), NOW + HOUR)
    stamps = {i.text: (i.number, i.published, i.updated) for i in first.update.items}
    for item in second.update.items:
        if item.text in stamps:
            assert (item.number, item.published, item.updated) == stamps[item.text]
    assert action != "move" or second.update.updated == first.update.updated


def test_front_title_order_and_source_are_no_identity() -> None:
    """Another front, title, file or order moves no number and no stamp of an item."""
    first = settled(None, update(*REPORTS, title="One", source="a.txt"))
    text = update(*reversed(REPORTS), title="Two", source="b/c.md", front="southern")
    second = settled(first.kept, text, NOW + HOUR)
    assert numbers(second.update) == [6, 5, 4, 3, 2, 1]
    assert {i.updated for i in second.update.items} == {NOW}
    assert second.update.published == NOW
    assert not second.problems


def test_a_re_sorted_update_yields_no_event() -> None:
    """When only fronts differ, there is nothing for the ledger to learn."""
    kept = known(update(*REPORTS))
    assert settled(kept, update(*REPORTS, front="southern"), NOW + HOUR).events == ()


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


# -- withdrawals --------------------------------------------------------------------------------


def test_a_deleted_item_comes_back_under_its_number() -> None:
    """Its front is the last one it stood in; put back, it has its number and first stamp again."""
    a, b, c, *_ = REPORTS
    first = settled(None, update(a, b, c))
    gone = settled(first.kept, update(a, c), NOW + HOUR, fronts={2: "eastern"})
    assert [(w.number, w.front, w.at) for w in gone.update.withdrawn_items] == [(2, "eastern", NOW + HOUR)]
    assert [(p.severity, p.quote) for p in gone.problems] == [(Severity.NOTE, b[:79].rstrip() + "…")]
    back = settled(gone.kept, update(a, c, b), NOW + 2 * HOUR)
    assert numbers(back.update) == [1, 3, 2]
    assert (back.update.items[2].published, back.update.items[2].updated) == (NOW, NOW + 2 * HOUR)
    assert back.update.withdrawn_items == ()


def test_words_that_stand_outside_the_items_are_not_taken_back() -> None:
    """A line that was an item and is the opening of its text now is gone as an item, and nothing is told."""
    a, b, c = REPORTS[:3]
    first = settled(None, update(a, b, c))
    second = settled(first.kept, update(b, c, lede=a), NOW + HOUR)
    assert [item.number for item in second.update.items] == [2, 3]
    assert second.update.withdrawn_items == ()
    assert second.problems == ()
    third = settled(second.kept, update(b, c), NOW + 2 * HOUR)
    assert [gone.number for gone in third.update.withdrawn_items] == [1], "now it is taken back"


def test_merged_items_know_each_other() -> None:
    """An item whose words went into another says into which."""
    a, b, c, *_ = REPORTS
    first = settled(None, update(a, b, c))
    shown = settled(first.kept, update(a + " " + b, c), NOW + HOUR)
    (gone,) = shown.update.withdrawn_items
    assert {gone.number, gone.into} == {1, 2}
    assert [p.severity for p in shown.problems] == [Severity.WARNING, Severity.NOTE]


def test_an_update_withdrawn_by_its_author() -> None:
    """``withdraw:`` leaves address, stamps and numbers, but no words; taking it out brings all back."""
    first = settled(None, update(*REPORTS, title="Secret"))
    text = update(*REPORTS, title="Secret", withdraw="wrong day")
    gone = settled(first.kept, text, NOW + HOUR)
    assert gone.update.withdrawn is not None
    assert (gone.update.withdrawn.at, gone.update.withdrawn.reason) == (NOW + HOUR, "wrong day")
    assert (gone.update.items, gone.update.title, gone.update.passages) == ((), None, ())
    assert [w.number for w in gone.update.withdrawn_items] == [1, 2, 3, 4, 5, 6]
    assert settled(gone.kept, text, NOW + 9 * HOUR).events == ()
    back = settled(gone.kept, update(*REPORTS, title="Secret"), NOW + 2 * HOUR)
    assert (numbers(back.update), back.update.published) == ([1, 2, 3, 4, 5, 6], NOW)
    assert back.update.updated == back.update.items[0].updated == NOW + 2 * HOUR
    assert back.update.withdrawn is None
    assert [p.severity for p in back.problems] == [Severity.NOTE]


def test_a_deleted_update_looks_the_same_from_the_ledger_alone() -> None:
    """``remains`` after ``withdraw`` needs nothing but the events, and remembers the last fronts."""
    first = settled(None, update(*REPORTS))
    event = withdraw(first.kept, NOW + HOUR, fronts={1: "eastern", 2: "northern"})
    kept = fold([*first.events, event])["2024-12-06"]
    shown = remains(kept)
    assert shown.updated == NOW + HOUR
    assert [w.front for w in shown.withdrawn_items][:2] == ["eastern", "northern"]
    assert event.fronts == ((1, "eastern"),)


def test_an_update_that_was_withdrawn_before_it_was_seen() -> None:
    """Without a ledger, a withdrawn text claims its id and shows no words."""
    one = settled(None, update(*REPORTS, withdraw="wrong"), NOW + 5000 * HOUR)
    assert [event.event for event in one.events] == ["published", "withdrawn"]
    assert one.update.items == ()
    assert fold(one.events)["2024-12-06"] == one.kept


def test_a_forgotten_item_leaves_only_its_number() -> None:
    """No words are left of it, its number is not given again, and the rest stands."""
    kept = forgotten(known(update(*REPORTS)), NOW + HOUR, 3)
    assert REPORTS[2] not in repr(kept)
    shown = settled(kept, update(*REPORTS[:2], *REPORTS[3:], "New."), NOW + 2 * HOUR).update
    assert numbers(shown) == [1, 2, 4, 5, 6, 7]


def test_a_forgotten_update_is_never_published_again() -> None:
    """A text that is settled under a forgotten key is refused, with no words in what is shown."""
    kept = forgotten(known(update(*REPORTS)), NOW + HOUR)
    one = settled(kept, update(*REPORTS), NOW + 2 * HOUR)
    assert one.events == ()
    assert [p.severity for p in one.problems] == [Severity.ERROR]
    assert REPORTS[0] not in repr(one.update)
    assert [w.number for w in one.update.withdrawn_items] == [1, 2, 3, 4, 5, 6]


# -- what the writer is told --------------------------------------------------------------------


def test_a_doubtful_match_names_line_and_words() -> None:
    """The message has the file, the line of the new wording, its words and a remedy."""
    half = "Shelling was heard in the eastern suburbs all evening, but nothing is known of damage."
    first = settled(None, update(*REPORTS))
    one = settled(first.kept, update(*REPORTS[:2], half, *REPORTS[3:]), NOW + HOUR)
    (problem,) = one.problems
    assert (problem.path, problem.line, problem.severity) == ("a.txt", 5, Severity.WARNING)
    assert problem.quote is not None
    assert half.startswith(problem.quote.rstrip("…"))
    assert "item 3" in problem.fact
    assert problem.remedy


def test_a_wholly_new_text_is_reported() -> None:
    """A text that shares nothing with its predecessor keeps the address, and the writer is warned."""
    first = settled(None, update(*REPORTS[:2]))
    one = settled(first.kept, update("Snow.", "Rain."), NOW + HOUR)
    assert numbers(one.update) == [3, 4]
    assert Severity.WARNING in {p.severity for p in one.problems}
