"""Numbers of the items of one update: sticky, never reused; what a writer is told of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from sitrep.base.claim import ClaimState, Followed
from sitrep.base.nouns import Certainty, Hearsay, Item, Naming, Picture, Section, Severity
from sitrep.base.values import replace
from sitrep.ledger.events import Event
from sitrep.ledger.history import fold
from sitrep.ledger.known import KnownUpdate
from tests.identity.samples import HOUR, NOW, REPORTS, known, numbers, settled, update

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
    naming=Naming(words="Confirmed: road manbij", rest=""),
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
    for one in fields(FULL):
        ours = one.name in ("number", "published", "updated", "revisions", "origin", "returns")
        assert ours or getattr(FULL, one.name) != one.default
        assert ours or getattr(section.items[0], one.name) == getattr(FULL, one.name)


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


def test_of_a_re_sorted_update_only_reports_that_end_or_begin_are_told() -> None:
    """No word has changed and no stamp moves; who follows a front that says nothing more is to know."""
    kept: KnownUpdate | None = known(update(*REPORTS))
    assert kept
    here = kept.live_items[0].front
    for front, left in (("southern", [here]), (here, ["southern"]), ("southern", [here])):
        put = settled(kept, update(*REPORTS, front=front), NOW + HOUR)
        (event,) = put.events
        assert kept
        assert event.fronts == tuple((item.number, front) for item in kept.live_items)
        assert (put.update.updated, [report.front for report in put.update.left]) == (kept.updated, left)
        kept = put.kept
        for then in (front, left[0]):  # the latter: the archive was not written before the program was killed
            stood = dict.fromkeys([1, 2, 3], then)
            assert settled(kept, update(*REPORTS, front=front), NOW + HOUR, fronts=stood).events == ()


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
