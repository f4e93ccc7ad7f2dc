"""What entries say: ids, content, stamps, opinion, pictures, places."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from sitrep.base.nouns import Certainty, Picture
from sitrep.base.values import replace
from sitrep.config.values import Feeds as FeedConfig
from sitrep.config.values import Limits
from sitrep.feeds.documents import FeedDocuments
from sitrep.site.addresses import FEED_FORMATS, feeds_of
from tests.feeds import samples
from tests.feeds.parsed import all_forms, checked, current, entries, feed, only, read
from tests.feeds.samples import LATER, ONE, TAG

# -- identity ---------------------------------------------------------------------------------------


def test_each_kind_of_feed_has_ids_of_its_own() -> None:
    """Updates, reports, items and opinion never share an id: a reader keeps one row for each id."""
    config, archive = samples.config(), samples.archive(ONE)
    ids = {one.id: [entry.id for entry in current(archive, config, one.id)] for one in feeds_of(config)}
    assert ids == {
        "updates": [f"{TAG}2024-12-06"],
        "western": [f"{TAG}2024-12-06/western"],
        "eastern": [f"{TAG}2024-12-06/eastern"],
        "rumors": [f"{TAG}2024-12-06/rumors"],
        "general": [f"{TAG}2024-12-06/general"],
        "items": [f"{TAG}2024-12-06/{number}" for number in range(1, 6)],
        "changes": [],
        "opinion": [f"{TAG}2024-12-06/opinion"],
    }


def test_the_three_formats_agree() -> None:
    """Ids, titles, links, stamps and text of every entry are the same in Atom, RSS and JSON."""
    archive, config = samples.archive(ONE, samples.ordinary("2024-12-07")), samples.config()
    for one in feeds_of(config):
        forms = all_forms(archive, config, one.id)
        for ours in zip(*forms.values(), strict=True):
            assert len({(e.id, e.title, e.link, e.published, e.updated, e.text) for e in ours}) == 1


def test_title_order_front_and_file_name_do_not_matter() -> None:
    """A new title, another file and another place in the update leave ids and stamps as they are."""
    moved = replace(
        ONE.with_items(tuple(reversed(ONE.items))), title="Another title", source="elsewhere/b.txt"
    )
    for name in ("updates", "items"):
        before = {(one.id, one.published, one.updated) for one in entries(ONE, name)}
        assert {(one.id, one.published, one.updated) for one in entries(moved, name)} == before


# -- content ----------------------------------------------------------------------------------------


def test_the_label_stands_in_the_content_too() -> None:
    """The text of a hedged item opens with the words of its label, in the update's and in its own entry."""
    for name in ("updates", "rumors", "items"):
        texts = [one.text for one in entries(ONE, name)]
        assert any("Rumor, not confirmed: A minister" in text for text in texts)


def test_an_update_is_there_in_full() -> None:
    """Lede, headings, items, sign-off, in the author's order, then where to go from here."""
    text = only(ONE, "updates").text
    wanted = [
        "A quiet morning", "Western front", "The road to Homs", "Shelling was heard", "The council says",
        "A minister is said", "We think this week", "Stay safe!", "Update of 6 December 2024",
    ]  # fmt: skip
    places = [text.index(words) for words in wanted]
    assert places == sorted(places)


def test_all_links_are_absolute() -> None:
    """No address in any content depends on where the feed is read."""
    note = samples.item(1, "A note[^1] and [a link](https://e.org/x).\n\n[^1]: the note")
    archive = samples.archive(ONE, samples.update("2024-12-07", [note]))
    for one in feeds_of(samples.config()):
        for entry in current(archive, samples.config(), one.id):
            found = re.findall(r'href="([^"]*)"', entry.markup)
            assert found
            assert all(address.startswith("https://") for address in found)


def test_each_item_has_its_permalink() -> None:
    """In an update's entry every item names its front and links to its anchor."""
    entry = only(ONE, "updates")
    for number in range(1, 6):
        assert f'href="https://example.org/2024-12-06/#i{number}"' in entry.markup


def test_an_entry_leads_to_the_update_before_it() -> None:
    """The closing line links to the page and to the older neighbour; the first of a month to its month."""
    archive = samples.archive(ONE, samples.ordinary("2024-12-08"))
    newer, older = current(archive, samples.config(), "western")
    assert '<a href="https://example.org/2024-12-06/">Earlier: 6 December 2024</a>' in newer.markup
    assert '<a href="https://example.org/western/">Western front</a>' in newer.markup
    assert '<a href="https://example.org/2024/12/">December 2024</a>' in older.markup


def test_a_new_update_leaves_the_entries_before_it_alone() -> None:
    """Nothing in an entry tells of what came later, so an entry that is out keeps its bytes."""
    archive, config = samples.archive(ONE), samples.config()
    before = {
        one.id: one for name in ("updates", "western", "items") for one in current(archive, config, name)
    }
    archive.put_update(samples.ordinary("2024-12-07"))
    after = {
        one.id: one for name in ("updates", "western", "items") for one in current(archive, config, name)
    }
    assert {key: after[key] for key in before} == before


def test_language_and_direction_are_said() -> None:
    """Content in another language is marked with it, and with its direction."""
    arabic = samples.update("2024-12-06", [samples.item(1, "وصلت القوات إلى حمص.")], lang="ar")
    config, archive = samples.config(), samples.archive(arabic)
    for form in FEED_FORMATS:
        body = FeedDocuments(config).current(archive, feed(config, "western"), form).decode()
        assert re.search(r'<div lang=\\?"ar\\?" dir=\\?"rtl\\?"', body)
        assert {"atom": '<entry xml:lang="ar">', "rss": "", "json": '"language":"ar"'}[form] in body


# -- stamps -----------------------------------------------------------------------------------------


def test_stamps_are_those_of_the_ledger() -> None:
    """``published`` and ``updated`` come from the ledger, in whole seconds, in UTC, whatever the clock."""
    zone = dt.timezone(dt.timedelta(hours=3))
    moment = dt.datetime(2024, 12, 7, 1, 30, 15, 999_999, zone)
    update = samples.update("2024-12-06", [samples.item(1, "One.")], published=moment, updated=moment)
    entry = only(update, "updates")
    assert entry.published == entry.updated == dt.datetime(2024, 12, 6, 22, 30, 15, tzinfo=dt.UTC)


def test_an_edit_moves_its_item_its_report_and_the_update_only() -> None:
    """``updated`` of other items and other fronts stays; ``published`` stays everywhere."""
    first, *rest = ONE.items
    edited = replace(
        ONE.with_items((replace(first, text="The road to Homs is shut.", updated=LATER), *rest)),
        updated=LATER,
    )
    for name in ("updates", "western", "eastern", "items"):
        before, after = entries(ONE, name), entries(edited, name)
        assert [one.published for one in after] == [one.published for one in before]
        moved = [new.id for old, new in zip(before, after, strict=True) if new.updated != old.updated]
        expected = {"updates": ["2024-12-06"], "western": ["2024-12-06/western"], "items": ["2024-12-06/1"]}
        assert moved == [TAG + tail for tail in expected.get(name, [])]


def test_a_feed_was_updated_when_its_newest_entry_was() -> None:
    """No build time: the feed's own stamp is the latest of its entries."""
    config, archive = samples.config(), samples.archive(replace(ONE, updated=LATER))
    feeds = FeedDocuments(config)
    assert b"<updated>2024-12-07T09:05:00+00:00</updated>" in feeds.current(
        archive, feed(config, "updates"), "atom"
    )
    assert b"<updated>2024-12-06T20:40:00+00:00</updated>" in feeds.current(
        archive, feed(config, "eastern"), "atom"
    )


def test_an_empty_feed_was_updated_when_its_ids_were_chosen() -> None:
    """A feed without entries has a stamp that depends on nothing but the config."""
    config, archive = samples.config(), samples.archive()
    for form in FEED_FORMATS:
        body = FeedDocuments(config).current(archive, feed(config, "western"), form)
        assert read(body, form) == []
        assert {"atom": b"2024-01-01T00:00:00", "rss": b"Mon, 01 Jan 2024 00:00:00 +0000",
                "json": b"2024-01-01T00:00:00"}[form] in body  # fmt: skip


def test_order_is_newest_first_and_the_authors_within_an_update() -> None:
    """Several updates on one day keep their order; items stand as the author wrote them."""
    archive = samples.archive(ONE, samples.ordinary("2024-12-06-10"), samples.ordinary("2024-12-06-2"))
    ids = [one.id.removeprefix(TAG) for one in current(archive, samples.config(), "updates")]
    assert ids == ["2024-12-06-10", "2024-12-06-2", "2024-12-06"]
    numbers = [one.id.rpartition("/")[2] for one in current(archive, samples.config(), "items")]
    assert numbers == ["1", "2", "3", "4", "5"] * 3


# -- opinion, pictures, places ----------------------------------------------------------------------


def test_opinion_can_be_left_out_of_the_feed_of_everything() -> None:
    """A setting keeps the authors' own view to its own feed; an update of nothing else has no entry."""
    config = samples.config(feeds=FeedConfig(opinion=False))
    assert "We think" not in only(ONE, "updates", config).text
    assert "We think" in only(ONE, "opinion", config).text
    view = samples.update("2024-12-07", [samples.item(1, "We think so.", "general", opinion=True)])
    assert entries(view, "updates", config) == []
    assert len(entries(view, "updates")) == 1


def test_a_published_picture_is_an_enclosure() -> None:
    """Its address, type and length stand in every format, its description beside it; a file name nowhere."""
    config = samples.config()
    found = Picture(file="smoke.jpg", alt="Smoke over <the> bridge")
    shown = replace(found, place="media/ab12.jpg", type="image/jpeg", length=48_000)
    archive = samples.archive(samples.update("2024-12-06", [samples.item(1, "Smoke.", pictures=(shown,))]))
    without = samples.archive(samples.update("2024-12-06", [samples.item(1, "Smoke.", pictures=(found,))]))
    for form, wanted in {
        "atom": 'rel="enclosure" href="https://example.org/media/ab12.jpg" type="image/jpeg" length="48000"',
        "rss": '<enclosure url="https://example.org/media/ab12.jpg" length="48000" type="image/jpeg"/>',
        "json": '"mime_type":"image/jpeg","size_in_bytes":48000,"title":"Smoke over <the> bridge"',
    }.items():
        feeds = FeedDocuments(config)
        body = feeds.current(archive, feed(config, "items"), form)  # type: ignore[arg-type]
        assert wanted in body.decode()
        (entry,) = read(body, form)  # type: ignore[arg-type]
        assert 'href="https://example.org/media/ab12.jpg"' in entry.markup
        assert "Picture: Smoke over <the> bridge, 48 KB" in entry.text
        bare = FeedDocuments(config).current(without, feed(config, "items"), form)  # type: ignore[arg-type]
        for one in (body, bare):
            assert b"smoke.jpg" not in one
        assert b"image/jpeg" not in bare


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        (
            "desk@example.org",
            ("<email>desk@example.org</email>", "desk@example.org (", "mailto:desk@example.org"),
        ),
        ("https://example.org/desk", ("<uri>https://example.org/desk</uri>", "", "https://example.org/desk")),
        ("call us", ("", "", "")),
    ],
)
def test_a_feed_says_how_to_reach_its_authors(contact: str, said: tuple[str, str, str]) -> None:
    """As each format has it, where the configuration gives an address."""
    config = samples.config()
    config = replace(config, site=replace(config.site, contact=contact))
    archive = samples.archive(ONE)
    for form, address in zip(FEED_FORMATS, said, strict=True):
        made = FeedDocuments(config).current(archive, feed(config, "updates"), form)
        checked(made, form)
        document = made.decode()
        assert ("desk" in document) is bool(address)
        assert address in document


def test_an_item_says_its_own_language() -> None:
    """Readers choose voice, script and direction by it: of title, summary and words."""
    told = samples.item(1, "الجسر مفتوح من جديد أمام السيارات الصغيرة.", lang="ar")
    archive, config = samples.archive(samples.update("2024-12-06", [told])), samples.config()
    atom = FeedDocuments(config).current(archive, feed(config, "items"), "atom").decode()
    assert '<entry xml:lang="ar">' in atom
    made = json.loads(FeedDocuments(config).current(archive, feed(config, "items"), "json"))
    assert made["items"][0]["language"] == "ar"


def test_pictures_are_shown_on_request() -> None:
    """Where pages show pictures feeds do, with what they show and their size, in well-formed markup."""
    picture = Picture(
        file="a.jpg",
        alt='Smoke "over"',
        place="media/ab.jpg",
        type="image/jpeg",
        length=9,
        width=40,
        height=30,
    )
    archive = samples.archive(samples.update("2024-12-06", [samples.item(1, "Smoke.", pictures=(picture,))]))
    config = replace(samples.config(), limits=Limits(inline_pictures=True))
    for body in all_forms(archive, config, "items").values():
        assert 'src="https://example.org/media/ab.jpg"' in body[0].markup
        assert 'width="40"' in body[0].markup
        assert "Smoke &quot;over&quot;" in body[0].markup


def test_places_are_points() -> None:
    """A place with coordinates is a GeoRSS point; a rumor puts none on an entry that says other things."""
    config = samples.config()
    feeds, archive = FeedDocuments(config), samples.archive(ONE)
    for form in ("atom", "rss"):
        body = feeds.current(archive, feed(config, "western"), form)
        assert b"<georss:point>34.73 36.71</georss:point><georss:point>35.13 36.75</georss:point>" in body
        assert b"georss:point>" in feeds.current(archive, feed(config, "rumors"), form)
        assert b"georss:point>" not in feeds.current(archive, feed(config, "eastern"), form)
    said = samples.item(1, "Quiet.", places=())
    told = samples.item(2, "Homs is said to burn.", "rumors", certainty=Certainty.RUMOR, places=("Homs",))
    mixed = samples.archive(samples.update("2024-12-06", [said, told]))
    assert b"georss:point>" not in feeds.current(mixed, feed(config, "updates"), "atom")
