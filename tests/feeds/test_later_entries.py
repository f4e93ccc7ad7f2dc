"""What entries say of what changed later: corrections, withdrawals, the fate of rumors."""

from __future__ import annotations

import re

import pytest

from sitrep.base.claim import ClaimState, Fate, Followed, Pointer
from sitrep.base.nouns import Certainty, EndedReport, Revision, Update, Withdrawal, WithdrawnItem
from sitrep.base.values import replace
from sitrep.config.values import Feeds as FeedConfig
from sitrep.feeds.documents import FeedDocuments
from tests.feeds import samples
from tests.feeds.parsed import current, entries, feed, only
from tests.feeds.samples import LATER, ONE, TAG


def corrected() -> Update:
    """An update with one corrected item."""
    first, *rest = ONE.items
    fix = Revision(at=LATER, before=first.text, after="It is *shut*.", correction=True, reason="We misread.")
    return replace(
        ONE.with_items((replace(first, text="It is *shut*.", updated=LATER, revisions=(fix,)), *rest)),
        updated=LATER,
    )


def test_a_correction_is_an_entry_of_its_own() -> None:
    """It has an id of its own, links to the item, and says what was said before, what now, and why."""
    entry = only(corrected(), "changes")
    assert entry.id == f"{TAG}changes/2024-12-06/1/20241207T090500Z"
    assert entry.link == "https://example.org/corrections/2024-12/#c2024-12-06-1-20241207T090500Z"
    assert 'href="https://example.org/2024-12-06/#i1"' in entry.markup
    assert entry.title == "Correction: Western front, 6 December 2024: It is shut."
    assert entry.published == entry.updated == LATER
    for words in ("The road to Homs is open", "It is shut.", "We misread."):
        assert words in entry.text


def test_a_correction_is_noted_on_the_item() -> None:
    """The corrected item says so wherever it stands."""
    for name in ("updates", "western", "items"):
        assert "Corrected 7 December 2024. We misread." in entries(corrected(), name)[0].text


def test_several_changes_of_one_second_are_told_apart() -> None:
    """Ids of changes never collide."""
    update = corrected()
    first, *rest = update.items
    twice = replace(first, revisions=first.revisions * 2)
    ids = [one.id for one in entries(update.with_items((twice, *rest)), "changes")]
    assert len(set(ids)) == 2


def withdrawn() -> Update:
    """An update that was taken back as a whole."""
    return replace(ONE, withdrawn=Withdrawal(at=LATER, reason="It was wrong."), updated=LATER)


@pytest.mark.parametrize(
    ("name", "ids", "title"),
    [
        ("updates", [""], "Withdrawn: Update of 6 December 2024"),
        ("western", ["/western"], "Withdrawn: Western front, 6 December 2024"),
        ("items", ["/1", "/2", "/3", "/4", "/5"], "Withdrawn: Western front, 6 December 2024"),
        ("opinion", ["/opinion"], "Withdrawn: 6 December 2024"),
    ],
)
def test_what_was_withdrawn_keeps_its_id_and_loses_its_words(name: str, ids: list[str], title: str) -> None:
    """The entry stays, under its id and first stamp, says when and why, and repeats nothing."""
    found = entries(withdrawn(), name)
    assert [one.id for one in found] == [f"{TAG}2024-12-06{tail}" for tail in ids]
    assert found[0].title == title
    for one in found:
        assert one.published == ONE.published
        assert one.updated == LATER
        assert "Withdrawn on 7 December 2024. Why: It was wrong." in one.text
        assert not re.search("Homs|Shelling|council|minister|week decides", one.text + one.title)


@pytest.mark.parametrize(
    ("left", "place", "name"),
    [
        ({"western": "eastern"}, "eastern/", "Eastern front"),
        ({"western": "rumors", "rumors": "eastern"}, "eastern/", "Eastern front"),
        ({"western": "gone"}, "2024-12-06/", "6 December 2024"),
    ],
)
def test_what_left_a_front_says_where_it_stands_now(left: dict[str, str], place: str, name: str) -> None:
    """Also where it went on from there, and where that front is no more; never to what is not there."""
    ends = tuple(EndedReport(front, LATER, to) for front, to in left.items())
    update = samples.update("2024-12-06", [samples.item(1, "The road is open.", "eastern")], left=ends)
    entry = only(update, "western")
    assert (entry.title, entry.id) == ("Moved: Western front, 6 December 2024", f"{TAG}2024-12-06/western")
    assert f'Now under <a href="https://example.org/{place}">{name}</a>.' in entry.markup


def test_a_tombstone_is_added_in_atom() -> None:
    """RFC 6721: the id of what was taken back, and when."""
    config = samples.config()
    body = FeedDocuments(config).current(samples.archive(withdrawn()), feed(config, "western"), "atom")
    assert b'ref="tag:example.org,2024:2024-12-06/western" when="2024-12-07T09:05:00+00:00"/>' in body


def test_a_withdrawn_item_is_gone_from_its_update() -> None:
    """Its own entry says so, its report and update note it, and the changes feed announces it."""
    kept = ONE.with_items(ONE.items)
    one, two, *rest = kept.sections
    update = replace(
        kept,
        sections=(one, *rest),
        updated=LATER,
        withdrawn_items=(
            WithdrawnItem(
                number=3, front="eastern", published=samples.at("2024-12-06"), at=LATER, reason="Doubled."
            ),
        ),
    )
    assert len(two.items) == 1
    found = {one.id: one for one in entries(update, "items")}
    assert found[f"{TAG}2024-12-06/3"].title == "Withdrawn: Eastern front, 6 December 2024"
    assert "Doubled." in found[f"{TAG}2024-12-06/3"].text
    report = only(update, "eastern")
    assert report.title == "Withdrawn: Eastern front, 6 December 2024"
    assert "Why: Doubled." in report.text
    assert (
        "A part of this update was withdrawn on 7 December 2024. Why: Doubled."
        in only(update, "updates").text
    )
    assert only(update, "changes").title == "Withdrawn: Eastern front, 6 December 2024"
    assert only(update, "western").updated == ONE.updated


def test_a_withdrawal_is_told_for_the_configured_time() -> None:
    """It leaves the feed when an entry is newer by more than the configured days, whatever the clock."""
    config = samples.config(feeds=FeedConfig(withdrawn_days=30, days=400))
    archive = samples.archive(withdrawn(), samples.ordinary("2025-01-05"))
    assert len(current(archive, config, "western")) == 2
    archive.put_update(samples.ordinary("2025-01-07"))
    assert [one.id for one in current(archive, config, "western")] == [
        f"{TAG}2025-01-07/western",
        f"{TAG}2025-01-05/western",
    ]


def test_all_withdrawals_are_told_and_crowd_out_nothing() -> None:
    """Every withdrawn entry is told, small as it is, and what is there keeps its window."""
    config = samples.config(feeds=FeedConfig(bytes=20_000))
    gone = [
        replace(samples.ordinary(key), withdrawn=Withdrawal(at=LATER))
        for key in samples.days("2024-11-01", 30)
    ]
    found = current(samples.archive(*gone, ONE), config, "updates")
    assert found[0].id == f"{TAG}2024-12-06"
    assert sum(one.title.startswith("Withdrawn") for one in found) == 30


def rumor(*fates: Fate) -> Update:
    """A rumor of which something became known."""
    there = Pointer(update="2024-12-06", item=1)
    followed = Followed(
        key="coup", state=ClaimState.OPEN, at=samples.at("2024-12-06"), began=there, fates=fates
    )
    item = samples.item(1, "A coup is under way.", "rumors", certainty=Certainty.RUMOR, followed=followed)
    return samples.update("2024-12-06", [item])


def test_the_fate_of_a_rumor_stands_above_it() -> None:
    """The old entry opens with what became of it, with a link, and was updated then."""
    fate = Fate(
        state=ClaimState.REFUTED, there=Pointer(update="2024-12-07", item=2), at=LATER, text="No coup."
    )
    for name in ("rumors", "items"):
        entry = only(rumor(fate), name)
        assert entry.title == "Refuted: A coup is under way"
        assert entry.text.startswith("Refuted, 7 December 2024. No coup.")
        assert '<a href="https://example.org/2024-12-07/#i2">7 December 2024</a>' in entry.markup
        assert entry.updated == LATER
        assert entry.published == samples.at("2024-12-06")
        assert "Rumor, not confirmed: A coup is under way." in entry.text


def test_an_open_rumor_is_a_rumor() -> None:
    """While nothing became of it the label is the author's."""
    assert only(rumor(), "rumors").title == "Rumor, not confirmed: A coup is under way"


def test_the_outcome_of_a_rumor_is_news_of_its_own() -> None:
    """What settles a claim is an entry of the changes feed that links to the item and to the old rumor."""
    followed = Followed(
        key="coup",
        state=ClaimState.REFUTED,
        at=LATER,
        news=True,
        title="A coup is under way.",
        began=Pointer(update="2024-12-06", item=1),
    )
    item = samples.item(2, "There was no coup.", followed=followed)
    entry = only(samples.update("2024-12-07", [item], published=LATER, updated=LATER), "changes")
    assert entry.title == "Refuted: Western front, 7 December 2024: A coup is under way."
    assert entry.link == "https://example.org/corrections/2024-12/#c2024-12-07-2-20241207T090500Z"
    assert 'href="https://example.org/2024-12-07/#i2"' in entry.markup
    assert 'href="https://example.org/2024-12-06/#i1"' in entry.markup
    assert "A coup is under way." in entry.text
