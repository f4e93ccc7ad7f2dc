"""Events to what is known of an update."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.nouns import Revision
from sitrep.ledger.events import KINDS, Departure, Event, FirstWording, Rewording
from sitrep.ledger.history import fold
from tests.identity.samples import HOUR, NOW

KEY = "2024-12-06"
FIRST = Event(
    at=NOW,
    update=KEY,
    event="published",
    published=NOW,
    exact=True,
    words="0123456789abcdef",
    items=(FirstWording(1, "western", "one"), FirstWording(2, "eastern", "two")),
)


def revised(hours: int, **members: object) -> Event:
    """A revision so many hours later."""
    return Event(at=NOW + hours * HOUR, update=KEY, event="revised", **members)  # type: ignore[arg-type]


def test_a_published_update() -> None:
    """The first record gives stamps, numbers, words and order."""
    kept = fold([FIRST])[KEY]
    assert (kept.published, kept.updated, kept.exact, kept.words) == (NOW, NOW, True, FIRST.words)
    assert [(i.number, i.front, i.text) for i in kept.live_items] == [
        (1, "western", "one"),
        (2, "eastern", "two"),
    ]


def test_a_revision_keeps_the_earlier_wording() -> None:
    """Each rewording adds what it said before, when and why; stamps of other items stand."""
    kept = fold([FIRST, revised(1, changed=(Rewording(2, "three", True),), reason="misheard")])[KEY]
    assert kept.items[1].revisions == (
        Revision(at=NOW + HOUR, before="two", after="three", correction=True, reason="misheard"),
    )
    assert [item.updated for item in kept.items] == [NOW, NOW + HOUR]
    assert (kept.published, kept.updated) == (NOW, NOW + HOUR)


def test_order_alone_moves_no_stamp() -> None:
    """A record that tells only of another order changes the order and nothing else."""
    kept = fold([FIRST, revised(1, order=(2, 1))])[KEY]
    assert (kept.order, kept.updated) == ((2, 1), NOW)


def test_gone_and_back() -> None:
    """An item that goes and comes back keeps its number and ``published``."""
    departure = revised(1, gone=(Departure(1, "southern", 2),))
    gone = fold([FIRST, departure])[KEY]
    assert (gone.order, gone.items[0].front, gone.items[0].into) == ((2,), "southern", 2)
    back = fold(
        [
            FIRST,
            revised(1, gone=(Departure(1, "southern", 2),)),
            revised(2, back=(FirstWording(1, "western", "one"),)),
        ]
    )
    assert back[KEY].order == (2, 1)
    assert (back[KEY].items[0].withdrawn, back[KEY].items[0].published) == (None, NOW)


def test_updated_never_moves_backwards() -> None:
    """A record with an earlier instant, folded after a later one, leaves the later stamp."""
    late, early = (revised(h, changed=(Rewording(2, f"at {h}", False),)) for h in (5, 1))
    kept = fold([FIRST, late, early])[KEY]
    assert (kept.updated, kept.items[1].updated) == (NOW + 5 * HOUR, NOW + 5 * HOUR)


def test_a_kind_of_later_days_is_passed_over() -> None:
    """Records this program does not know change nothing."""
    claim = Event(at=NOW, update=KEY, event="claim", reason="coup")
    assert fold([FIRST, claim]) == fold([FIRST])


def test_a_record_without_its_beginning() -> None:
    """If the first record of an update is missing, its numbers are still known to be taken."""
    kept = fold(
        [revised(1, changed=(Rewording(7, "seven", False),), items=(FirstWording(9, "western", "nine"),))]
    )[KEY]
    assert kept.used == 9
    assert [item.number for item in kept.items] == [7, 9]


entries = st.builds(FirstWording, st.integers(1, 5), st.just("w"), st.sampled_from(["a", "b", None]))
changes = st.builds(Rewording, st.integers(1, 5), st.sampled_from(["c", None]), st.booleans())
departures = st.builds(Departure, st.integers(1, 5), st.just("e"), st.none())
events = st.builds(
    Event,
    at=st.integers(0, 50).map(lambda n: NOW + n * HOUR),
    update=st.sampled_from([KEY, KEY + "-2"]),
    event=st.sampled_from([*sorted(KINDS), "claim"]),
    published=st.none() | st.just(NOW - HOUR),
    items=st.lists(entries, max_size=3).map(tuple),
    changed=st.lists(changes, max_size=3).map(tuple),
    gone=st.lists(departures, max_size=3).map(tuple),
    back=st.lists(entries, max_size=3).map(tuple),
    order=st.none() | st.lists(st.integers(1, 6), max_size=4).map(tuple),
    item=st.none() | st.integers(1, 5),
    reason=st.none() | st.just("why"),
)


@given(st.lists(events, max_size=8))
def test_no_sequence_of_records_is_impossible(records: list[Event]) -> None:
    """Whatever a merge or a hand has put together folds without an error; what was published or
    forgotten once stays so, and ``updated`` never moves backwards."""
    seen: dict[str, tuple[set[int], dt.datetime]] = {}
    forgotten: set[tuple[str, int]] = set()
    for count in range(1, len(records) + 1):
        for key, kept in fold(records[:count]).items():
            taken = {item.number for item in kept.items}
            before, updated = seen.get(key, (set(), kept.updated))
            assert before <= taken
            assert updated <= kept.updated
            assert kept.published <= kept.updated
            assert set(kept.order) == {i.number for i in kept.items if not i.withdrawn}
            assert kept.used >= max(taken, default=0)
            seen[key] = taken, kept.updated
            forgotten |= {(key, item.number) for item in kept.items if item.forgotten}
            assert not any(i.text or i.revisions for i in kept.items if (key, i.number) in forgotten)
