"""Which entries stand in the current feed, and in which part of the archive."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sitrep.archive.archive import Archive
from sitrep.archive.feed_shares import ENTRY
from sitrep.base.nouns import Passage, Role
from sitrep.base.values import replace
from sitrep.config.values import Feeds as FeedConfig
from sitrep.feeds.documents import FeedDocuments
from sitrep.feeds.windows import HEAD, LEAST, Unit, cuts, fill, part_limit, part_name
from sitrep.site.addresses import FEED_FORMATS, FeedFormat, feeds_of
from tests.feeds import samples
from tests.feeds.parsed import NS, feed, read
from tests.lanes import one_fast

WEIGHTS = st.lists(st.integers(1, 500), max_size=40)
SMALL = FeedConfig(bytes=30_000, archive_formats=FEED_FORMATS)


@given(WEIGHTS, st.lists(st.integers(1, 500), max_size=5), st.integers(50, 1_000))
def test_a_part_stays_where_it_was_cut(weights: list[int], later: list[int], limit: int) -> None:
    """New units never move a cut that is already there."""
    before, after = cuts(weights, limit), cuts([*weights, *later], limit)
    assert after[: len(before)] == before


@given(WEIGHTS, st.integers(50, 1_000))
def test_parts_are_full_but_not_too_full(weights: list[int], limit: int) -> None:
    """A part weighs no more than the limit unless it is one unit, and takes the next if that fits."""
    begins = (*cuts(weights, limit), len(weights))
    for begin, end in pairwise(begins):
        part = weights[begin:end]
        assert sum(part) <= limit or len(part) == 1
        assert end == len(weights) or sum(part) + weights[end] > limit


def units(weights: list[int], first: str = "2024-12-01") -> list[Unit]:
    """One unit a day, oldest first."""
    start = dt.date.fromisoformat(first)
    return [
        Unit(name=str(n), month="", log=str(n), day=start + dt.timedelta(days=n), weight=weight, updated=0)
        for n, weight in enumerate(weights)
    ]


@given(WEIGHTS, st.integers(0, 40), st.integers(1, 50))
def test_the_current_feed_is_whole_bounded_and_unbroken(
    weights: list[int], open_size: int, days: int
) -> None:
    """It holds the open part, then as many older units as fit, without a gap, newest first."""
    made = units(weights or [1])
    begin = max(0, len(made) - max(1, open_size))
    chosen = fill(made[begin:], reversed(made[:begin]), cap=HEAD + 3_000, days=days)
    assert list(chosen) == list(reversed(made))[: len(chosen)]
    assert len(chosen) >= len(made) - begin
    extra = chosen[len(made) - begin :]
    if extra:
        assert sum(unit.weight for unit in chosen) <= 3_000
        late = [unit for unit in chosen if (made[-1].day - unit.day).days >= days]
        assert not late or len(chosen) <= max(LEAST, len(made) - begin)


def chain(archive: Archive, config: samples.Config, name: str, form: FeedFormat) -> list[list[str]]:
    """Ids of the current feed and of every part, as a reader who follows the links finds them."""
    feeds, it = FeedDocuments(config), feed(config, name)
    places = {it.place(form): feeds.current(archive, it, form)}
    for month in {key[:7] for key in archive.update_keys()}:
        for part in feeds.parts(archive, it, month):
            body = feeds.archived(archive, it, part, form)
            assert body is not None
            places[it.place(form, part)] = body
    found, place = [], it.place(form)
    while place:
        body = places.pop(place)
        found.append([one.id for one in read(body, form)])
        place = previous(body, form).removeprefix("https://example.org/")
    assert not places, "a part that no link leads to"
    return found


def previous(body: bytes, form: FeedFormat) -> str:
    """Address of the part before."""
    if form == "json":
        return str(json.loads(body).get("next_url", ""))
    links = etree.fromstring(body).iterfind(".//a:link[@rel='prev-archive']", NS)
    return "".join(link.get("href") for link in links)


@pytest.mark.parametrize("name", one_fast("items", "updates", "western", "opinion"))
@pytest.mark.parametrize("form", one_fast("atom", "rss", "json"))
def test_the_whole_history_can_be_fetched(name: str, form: FeedFormat) -> None:
    """Following prev-archive (next_url in JSON) from the current feed meets every entry there ever was."""
    keys = samples.days("2024-10-20", 60)
    archive, config = (
        samples.archive(*(samples.ordinary(key, 6) for key in keys)),
        samples.config(feeds=SMALL),
    )
    documents = chain(archive, config, name, form)
    assert len(documents) > 4
    once = {one for document in documents for one in document}
    per_update = 5 if name == "items" else 1
    assert len(once) == per_update * len(keys)
    parts = [one for document in documents[1:] for one in document]
    assert len(parts) == len(set(parts)), "an entry stands in one part only"


@pytest.mark.slow
def test_the_three_formats_have_the_same_windows() -> None:
    """Every document has the same entries in the same order in Atom, RSS and JSON."""
    archive = samples.archive(*(samples.ordinary(key, 6) for key in samples.days("2024-11-15", 30)))
    config = samples.config(feeds=SMALL)
    for one in feeds_of(config):
        atom, rss, feed_json = (chain(archive, config, one.id, form) for form in FEED_FORMATS)
        assert atom == rss == feed_json


def test_a_new_update_leaves_closed_parts_as_they_were() -> None:
    """A closed part is written once: it keeps every byte when the month goes on."""
    config, keys = samples.config(feeds=SMALL), samples.days("2024-12-01", 28)
    feeds = FeedDocuments(config)
    it, archive = feed(config, "updates"), samples.archive()
    seen: dict[str, bytes] = {}
    for key in keys:
        archive.put_update(samples.ordinary(key, 12))
        for part in feeds.parts(archive, it, "2024-12"):
            body = feeds.archived(archive, it, part, "atom")
            assert body is not None
            if part in seen:
                assert body == seen[part]
            seen[part] = body
    assert len(seen) > 2


def test_late_news_changes_no_closed_part_and_stands_in_the_current_feed() -> None:
    """An update dated two months back that comes out now is the newest entry; every closed part stays."""
    config, keys = samples.config(feeds=SMALL), samples.days("2024-10-01", 90)
    archive, feeds = samples.archive(*(samples.ordinary(key, 6) for key in keys)), FeedDocuments(config)
    it = feed(config, "updates")

    def parts() -> dict[str, bytes | None]:
        return {
            part: feeds.archived(archive, it, part, "atom")
            for month in ("2024-10", "2024-11", "2024-12")
            for part in feeds.parts(archive, it, month)
        }

    before = parts()
    late = samples.update(
        "2024-10-15-2", [samples.item(1, "Only now do we hear of it.")], published=samples.at("2024-12-30")
    )
    archive.put_update(late)
    after = parts()
    assert {part: after[part] for part in before} == before
    newest = read(feeds.current(archive, it, "atom"), "atom")[0]
    assert newest.id == "tag:example.org,2024:2024-10-15-2"


@given(count=st.integers(1, 60), words=st.integers(1, 30), cap=st.integers(10_000, 60_000))
@pytest.mark.slow
def test_a_current_feed_is_not_larger_than_the_config_allows(count: int, words: int, cap: int) -> None:
    """In every format the bytes stay under the cap, except for an update that alone is larger."""
    config = samples.config(feeds=FeedConfig(bytes=cap))
    archive = samples.archive(*(samples.ordinary(key, words) for key in samples.days("2024-11-20", count)))
    first = samples.archive(samples.ordinary("2024-11-20", words))
    feeds = FeedDocuments(config)
    for one in feeds_of(config):
        for form in FEED_FORMATS:
            body = feeds.current(archive, one, form)
            entries = read(body, form)
            alone = FeedDocuments(config).current(first, one, form)
            assert len(body) <= cap or len(alone) > cap - 2 * HEAD or len(entries) <= 1


def test_an_update_larger_than_the_cap_is_whole_and_pushes_nothing_out() -> None:
    """A single update that no feed could hold is not cut, and the one before it stays."""
    config = samples.config(feeds=FeedConfig(bytes=20_000))
    archive = samples.archive(samples.ordinary("2024-12-01"), samples.ordinary("2024-12-02", 400))
    body = FeedDocuments(config).current(archive, feed(config, "updates"), "atom")
    entry, other = read(body, "atom")
    assert entry.text.count("The road to Homs") == 400
    assert other.id.endswith("2024-12-01")


@pytest.mark.parametrize(
    "sign",
    one_fast("|---|---\n", "a word ", "| a | b |\n", "> quoted\n", "[a](b) ", "[", '<&" ', "- x\n", "水"),
)
@pytest.mark.parametrize("items", one_fast(1, 30))
def test_one_huge_text_pushes_nothing_out_of_the_feeds(sign: str, items: int) -> None:
    """Whatever it is made of, the updates of the days before stay, and what an entry leaves out is linked."""
    config = samples.config()
    text = (sign * (100_000 // len(sign) // items)).strip()
    huge = samples.update("2024-12-20", [samples.item(n, f"Item {n}. {text}") for n in range(1, items + 1)])
    if items == 1:
        huge = replace(huge, passages=(Passage(text=text, role=Role.LEDE, line=2),))
    archive = samples.archive(*map(samples.ordinary, samples.days("2024-12-13", 6)), huge)
    for name in ("updates", "western", "items"):
        body = FeedDocuments(config).current(archive, feed(config, name), "json")
        entries = json.loads(body)["items"]
        assert len({entry["url"].partition("#")[0] for entry in entries}) == 7
        newest = entries[0]["content_html"]
        assert len(newest.encode()) < ENTRY + 2_000
        assert "Whole update" in newest or (name == "items" and items > 1)


def test_the_window_of_days_counts_from_the_newest_entry() -> None:
    """Entries older than the configured days stay out, whatever day it is for the reader; but the newest
    ten are there, however seldom the site writes."""
    config = samples.config(feeds=FeedConfig(days=20))
    days = [f"2024-{month:02d}-02" for month in range(1, 12)] + ["2024-12-02", "2024-12-06"]
    archive = samples.archive(*map(samples.ordinary, days))
    read_now = read(FeedDocuments(config).current(archive, feed(config, "updates"), "atom"), "atom")
    assert [one.id for one in read_now] == [f"tag:example.org,2024:{day}" for day in reversed(days[-LEAST:])]
    often = [*(f"2024-11-{day:02d}" for day in range(1, 31)), "2024-12-01"]
    archive = samples.archive(*map(samples.ordinary, often))
    read_now = read(FeedDocuments(config).current(archive, feed(config, "updates"), "atom"), "atom")
    assert [one.id for one in read_now] == [f"tag:example.org,2024:{day}" for day in reversed(often[-20:])]


def test_part_names_count_from_the_oldest() -> None:
    """The first part of a month has the month's name, the next ones a number."""
    assert [part_name("2024-12", index) for index in range(3)] == ["2024-12", "2024-12-2", "2024-12-3"]


def test_a_month_is_closed_when_a_later_one_begins() -> None:
    """The open part of the newest month has no document of its own until there is a newer month."""
    config, archive = samples.config(), samples.archive(samples.ordinary("2024-11-30"))
    feeds, it = FeedDocuments(config), feed(config, "western")
    assert feeds.parts(archive, it, "2024-11") == ()
    assert feeds.archived(archive, it, "2024-11", "atom") is None
    archive.put_update(samples.ordinary("2024-12-01"))
    assert feeds.parts(archive, it, "2024-11") == ("2024-11",)
    assert feeds.parts(archive, it, "2024-12") == ()
    body = feeds.archived(archive, it, "2024-11", "atom")
    assert body is not None
    assert etree.fromstring(body).find("fh:archive", NS) is not None


def test_the_limit_of_a_part_leaves_room_for_older_entries() -> None:
    """A current feed can hold a full part and half as much again, and a part no more days than the window."""
    assert part_limit(150_000, 31) * 3 / 2 <= 150_000 - HEAD
    assert part_limit(150_000, 8) <= part_limit(150_000, 31) * 8 / 31


def test_archives_stand_in_atom_and_every_format_leads_there() -> None:
    """A closed part is written once, in Atom; RSS and JSON name it, JSON not as its own next page."""
    config = samples.config(feeds=FeedConfig(bytes=30_000))
    archive = samples.archive(*(samples.ordinary(key, 6) for key in samples.days("2024-10-20", 30)))
    feeds, it = FeedDocuments(config), feed(config, "western")
    last = feeds.parts(archive, it, "2024-10")[-1]
    assert feeds.archived(archive, it, last, "atom")
    assert feeds.archived(archive, it, last, "rss") is None
    there = previous(feeds.current(archive, it, "atom"), "atom")
    assert there.endswith(".xml")
    assert previous(feeds.current(archive, it, "rss"), "rss") == there
    document = json.loads(feeds.current(archive, it, "json"))
    assert "next_url" not in document
    assert document["_sitrep"]["prev_archive"] == there


def prose(number: int) -> list[samples.Item]:
    """Fourteen items of some 300 characters, in sentences that come again and others that do not."""
    again = "The road stayed closed for most of the day and traffic went round by the villages."
    words = ("north", "bridge", "mill", "school", "river", "clinic", "market")
    return [
        samples.item(
            n,
            f"{again} Post {number * 14 + n} saw a convoy of {n + 3} trucks by the {words[n % 7]}."
            f" Bakeries worked again by noon, though flour for only {n} days is left."
            " Families who had left in the morning came back before dark,"
            f" {number + n} of them by the {words[number % 7]}.",
        )
        for n in range(1, 15)
    ]


def test_who_was_away_for_a_month_misses_nothing() -> None:
    """Two updates a day: thirty days of everything and of fronts, seven of items, within 64 KB of gzip."""
    config = samples.config()
    keys = [key + more for key in samples.days("2024-10-20", 34) for more in ("", "-2")]
    archive, feeds = (
        samples.archive(*(samples.update(key, prose(n)) for n, key in enumerate(keys))),
        FeedDocuments(config),
    )
    for name, least in (("updates", 30), ("western", 30), ("items", 7)):
        for form in FEED_FORMATS:
            body = feeds.current(archive, feed(config, name), form)
            assert (
                len({found[-10:] for found in re.findall(rb"tag:example.org,2024:[0-9-]{10}", body)}) >= least
            )
            assert len(gzip.compress(body, 6)) <= 64_000


def invented(seed: int, size: int) -> str:
    """Prose of a language that nobody speaks, as varied as a real one: about ``size`` characters."""
    chance = random.Random(seed)
    syllables = (
        "ta", "ner", "mo", "is", "del", "ka", "rin", "su", "bo", "an", "te", "ler", "vi", "gos", "ma", "ed",
    )  # fmt: skip
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(9_000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    return " ".join(chance.choices(words, weights, k=size // 6))


@pytest.mark.parametrize("name", one_fast("updates", "western"))
def test_prose_that_never_comes_again_fills_what_it_may(name: str) -> None:
    """As it travels a feed keeps to the limit by a thirtieth, and uses most of it."""
    config, text = samples.config(), invented(7, 60 * 7_000)
    keys = [key + more for key in samples.days("2024-11-01", 30) for more in ("", "-2")]
    archive = samples.archive(
        *(
            samples.update(
                key,
                [
                    samples.item(n, text[start : start + 580])
                    for n, start in enumerate(range(at, at + 6_960, 580), 1)
                ],
            )
            for key, at in zip(keys, range(0, 60 * 7_000, 7_000), strict=True)
        )
    )
    feeds = FeedDocuments(config)
    for form in FEED_FORMATS:
        size = len(gzip.compress(feeds.current(archive, feed(config, name), form), 6))
        assert 52_000 <= size <= 64_000 * 31 / 30


def test_what_was_said_before_takes_little_room() -> None:
    """Texts that come again, whole or in part, are not weighed as if they were new."""
    text = invented(8, 16_000)
    config = samples.config()
    keys = [key + more for key in samples.days("2024-11-01", 31) for more in ("", "-2")]
    archive = samples.archive(
        *(
            samples.update(
                key, [samples.item(n, text[(n * 900 + k % 3) % 9_000 :][:580]) for n in range(1, 13)]
            )
            for k, key in enumerate(keys)
        )
    )
    body = FeedDocuments(config).current(archive, feed(config, "updates"), "atom")
    assert len(read(body, "atom")) >= 60
