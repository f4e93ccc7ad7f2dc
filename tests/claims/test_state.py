"""The fold of a claim: whatever order its steps come in, it is what they say, and items learn their fate."""

from __future__ import annotations

import datetime as dt

import hypothesis.strategies as st
from hypothesis import given

from sitrep.base.claim import ClaimState, Pointer, Step, parted
from sitrep.claims.claim_keys import next_key
from sitrep.claims.state import followed, told

S = ClaimState
TOLD = [S.OPEN, S.AGAIN, S.CONFIRMED, S.REFUTED, S.NOT_BORNE_OUT, S.SUPERSEDED]


def step(day: int, state: ClaimState = S.OPEN, *, item: int = 1, gone: int = 0, **more: str) -> Step:
    """An item of a day of June that says so; ``gone``: hour at which it went."""
    at = dt.datetime(2025, 6, day, 12, tzinfo=dt.UTC)
    return Step(
        there=Pointer(update=f"2025-06-{day:02d}", item=item),
        state=state,
        at=at,
        updated=at,
        front="rumors",
        text=f"what day {day} says",
        gone=at + dt.timedelta(hours=gone) if gone else None,
        into=more.get("into"),
    )


steps = st.lists(
    st.builds(
        step,
        st.integers(1, 28),
        st.sampled_from(TOLD),
        item=st.integers(1, 3),
        gone=st.sampled_from([0, 0, 0, 5]),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one.there,
)


@given(steps, st.randoms(use_true_random=False))
def test_the_order_of_telling_does_not_matter(some: list[Step], random: object) -> None:
    """The same steps give the same claim and the same fates."""
    other = list(some)
    random.shuffle(other)  # type: ignore[attr-defined]
    claim = told("k", some)
    assert told("k", other) == claim
    assert followed(claim, other) == followed(claim, some)


@given(steps)
def test_the_last_step_that_stands_says_what_is_known(some: list[Step]) -> None:
    """By the date of its update; a claim that nothing stands of is withdrawn."""
    claim = told("k", some)
    standing = sorted(
        (one for one in some if one.gone is None), key=lambda one: (one.there.update, one.there.item)
    )
    assert [one.there for one in claim.steps] == [one.there for one in standing]
    if not standing:
        assert claim.state is S.WITHDRAWN
    elif standing[-1].state.closes:
        assert claim.state is standing[-1].state
    else:
        assert claim.state is (S.AGAIN if len(standing) > 1 else S.OPEN)


@given(steps)
def test_every_item_knows_how_it_ended(some: list[Step]) -> None:
    """An item before a settling step carries it; the newest carries nothing; stamps are those of steps."""
    claim = told("k", some)
    marked = followed(claim, some)
    assert set(marked) == {one.there for one in claim.steps}
    instants = {one.at for one in some} | {one.gone for one in some if one.gone}
    for place, one in enumerate(claim.steps):
        part, since = marked[one.there]
        later = claim.steps[place + 1 :]
        assert bool(part.fates) <= bool(later)
        if claim.state.closes and later:
            assert any(fate.state is claim.state for fate in part.fates) or one.state is claim.state
        assert since in instants
        assert since >= one.at


@given(steps)
def test_what_refutes_a_rumor_is_never_the_rumor(some: list[Step]) -> None:
    """The words of a claim are those of a step that tells it, never those that refute it."""
    claim = told("k", some)
    refuting = {one.text for one in claim.steps if one.state.closes and one.state is not S.CONFIRMED}
    telling = {one.text for one in claim.steps if not one.state.closes or one.state is S.CONFIRMED}
    assert claim.title not in refuting - telling, "unless a rumor was told in the same words"


def test_only_what_changes_something_is_news() -> None:
    """Opening and hearing again are none; settling is, once; telling a settled one again is."""
    claim = told(
        "k",
        [step(1), step(2), step(3, S.REFUTED), step(4, S.REFUTED), step(5), step(6), step(7, S.CONFIRMED)],
    )
    marked = followed(claim, claim.steps)
    news = [one.there.date.day for one in claim.steps if marked[one.there][0].news]
    assert news == [3, 5, 7]


def test_a_rumor_told_again_touches_no_older_item() -> None:
    """However often it is heard, the pages of before stay as they are, until it is settled."""
    before = followed(told("k", [step(1), step(2)]), [step(1), step(2)])
    after = followed(told("k", [step(1), step(2), step(3)]), [step(1), step(2), step(3)])
    assert {there: after[there] for there in before} == before


def test_items_that_went_to_another_claim_lead_there() -> None:
    """A claim of which every item is part of another one now is superseded by it."""
    claim = told("a", [step(1, gone=3, into="b")])
    assert (claim.state, claim.into, claim.title) == (S.SUPERSEDED, "b", "")


@given(st.lists(st.sampled_from(["coup", "coup-damascus", "raid-elm", "", "coup-2"]), max_size=12))
def test_no_key_is_given_twice(slugs: list[str]) -> None:
    """The same words get the next ordinal."""
    taken: dict[str, int] = {}
    given_keys = []
    for slug in slugs:
        key = next_key(slug, taken)
        words, ordinal = parted(key)
        taken[words] = max(taken.get(words, 0), ordinal)
        given_keys.append(key)
    assert len(set(given_keys)) == len(given_keys)
