"""What of one update is taken back, comes back, or is forgotten."""

from __future__ import annotations

from sitrep.base.nouns import Severity
from sitrep.identity.item_ids import forgotten, remains, withdraw
from sitrep.ledger.history import fold
from tests.identity.samples import HOUR, NOW, REPORTS, known, numbers, settled, update


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
