"""Headlines, key points, labels and sentences: the author's own words, never new ones."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.nouns import Certainty, Hearsay, Item, Section
from sitrep.base.values import replace
from sitrep.text import summaries
from sitrep.text.interface_words import wording
from tests.lanes import one_fast
from tests.pages.samples import fifth, site_config, sixth, third

CONFIG = site_config()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("Gen. Sharaf spoke. He left.", "Gen. Sharaf spoke."),
        ("The U.S. Army left. It rained.", "The U.S. Army left."),
        ("It began on 3. March 2024 there. Then", "It began on 3. March 2024 there."),
        ("See no. 5 of it. Then", "See no. 5 of it."),
        ("They said no. Nobody came.", "They said no."),
        ("It is 3.5 km away. Far.", "It is 3.5 km away."),
        ("He said “Stop.” Then he ran.", "He said “Stop.”"),
        ("Wait... what? Yes.", "Wait... what?"),
        ("a.k.a. Rojava holds. So", "a.k.a. Rojava holds."),
        ("Shelling near Hama (see p. 4). More.", "Shelling near Hama (see p. 4)."),
        ("وصل الجيش إلى حمص. ثم توقف.", "وصل الجيش إلى حمص."),
        ("هل عاد؟ نعم.", "هل عاد؟"),
        ("战斗开始了。他们走了。", "战斗开始了。"),
        ("no stop at all", "no stop at all"),
        ("one line\nstill the same. Next", "one line\nstill the same."),
        ("", ""),
    ],
)
def test_the_first_sentence_ends_where_a_reader_would_end_it(text: str, first: str) -> None:
    """Abbreviations, initials, ordinal days and decimals end no sentence; quotes belong to it."""
    assert summaries.first_sentence(text) == first


@given(st.text(max_size=200))
def test_the_first_sentence_is_how_the_text_begins(text: str) -> None:
    """No word is changed, and something is found wherever there is something."""
    first = summaries.first_sentence(text)
    assert text.startswith(first)
    assert bool(first.strip()) == bool(text.strip())


@pytest.mark.parametrize("part", one_fast(".", '."', "a. ", "a.\n", "?)", "e.g. ", "Gen.\n", "… ", ". x"))
def test_no_run_of_stops_takes_long(part: str) -> None:
    """A text of nothing but full stops, quotes or abbreviations is done in a moment."""
    started = time.process_time()
    summaries.first_sentence(part * (300_000 // len(part)))
    assert time.process_time() - started < 1


@given(st.text(max_size=300), st.integers(10, 100))
def test_a_shortened_text_is_no_longer_than_asked(text: str, limit: int) -> None:
    """Marked with an ellipsis, which never stands alone; a text that fits is left alone."""
    short = summaries.shortened(text, limit)
    assert len(short) <= limit
    assert short == text or (short.endswith("…") and len(short) > 1)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("one two three four five", "one two…"),
        ("one, and twothreefourfive", "one, and…"),
        ("w" * 30, "wwwwwwwwwww…"),
        ("a wwwwwwwwwwwwwwwwwwwwwwww", "a wwwwwwwww…"),
        ("\U0001f468\u200d" * 9, "\U0001f468\u200d" * 5 + "\U0001f468…"),
        ("\U0001f1f8\U0001f1fe" * 9, "\U0001f1f8\U0001f1fe" * 5 + "…"),
        ("e\u0301" * 20, "e\u0301" * 5 + "…"),
        ("ดิ" * 20, "ดิ" * 5 + "…"),
        ("क्षि" * 9, "क्षि" * 2 + "…"),
        ("-" * 30, "-----------…"),
    ],
)
def test_a_text_is_cut_where_a_reader_can_see_it(text: str, short: str) -> None:
    """At a word if that leaves half, else between letters, never inside a flag or a joined sign."""
    assert summaries.shortened(text, 12) == short


@pytest.mark.parametrize(
    ("certainty", "by", "label"),
    [
        (Certainty.SAID, None, ""),
        (Certainty.REPORTED, None, "Reported"),
        (Certainty.STATEMENT, "SNA", "Statement: SNA"),
        (Certainty.STATEMENT, None, "Statement"),
        (Certainty.RUMOR, None, "Rumor, not confirmed"),
    ],
)
def test_a_label_says_how_sure_the_author_is(certainty: Certainty, by: str | None, label: str) -> None:
    """Pages, feeds and plain text use the same words."""
    item = Item(text="x", line=1, front="western", certainty=certainty, by=by)
    assert summaries.label(item, "en") == label


def test_a_speaker_who_begins_the_words_is_named_once() -> None:
    """``Statement: SNA make a statement``, but ``Statement: SNA: It will ...`` and ``SNAP`` is another."""
    item = Item(text="x", line=1, front="western", certainty=Certainty.STATEMENT, by="SNA")
    said = [summaries.hedged(item, text, "en") for text in ("SNA wait.", "It waits.", "SNAP waits.")]
    assert said == ["Statement: SNA wait.", "Statement: SNA: It waits.", "Statement: SNA: SNAP waits."]


def test_a_speaker_whose_name_ends_in_a_full_stop_has_a_colon_behind_it() -> None:
    """Only how a rumor was settled is a sentence by itself."""
    item = Item(text="x", line=1, front="western", certainty=Certainty.STATEMENT, by="the U.N.")
    assert summaries.hedged(item, "It waits.", "en") == "Statement: the U.N.: It waits."
    assert summaries.stop_of_lead(item) == ":"


def test_a_headline_is_the_authors_or_the_date() -> None:
    """No headline is made up."""
    assert summaries.headline(sixth(), CONFIG) == "The army is coming apart on every front"
    assert summaries.headline(third(), CONFIG) == "Update of 3 December 2024"
    assert summaries.headline(replace(third(), key="2024-12-03-2"), CONFIG) == "Update 2 of 3 December 2024"
    assert summaries.headline(replace(third(), title="A *marked*\nline\u202e"), CONFIG) == "A marked line"


def test_key_points_are_the_authors_if_there_are_any() -> None:
    """Five at most, without markup."""
    points = summaries.key_points(
        replace(sixth(), key_points=tuple(f"*Point* {n}." for n in range(9))), CONFIG
    )
    assert [point.text for point in points] == [f"Point {n}." for n in range(5)]
    assert all(point.front is None for point in points)


def test_else_key_points_are_first_sentences_in_the_order_of_fronts() -> None:
    """One a front, hedges kept, no opinion."""
    points = summaries.key_points(sixth(), CONFIG)
    assert [point.front for point in points] == ["western", "eastern", "southern", "international", "rumors"]
    assert points[0].text == "The advance has reached the edge of Homs."
    assert points[3].text.startswith("Reported: Israel is said")
    assert points[4].text.startswith("Unconfirmed: A coup")


@pytest.mark.parametrize("text", [
    "desk@example.org", "https://example.org/a", "Photo: https://example.org/a.jpg", "36.2021, 37.1343",
    "#Homs #Hama", "`rm -rf /`", "| Town |\n| --- |\n| Homs |", "We heard the following:",
])  # fmt: skip
def test_no_address_number_tag_or_introduction_is_a_key_point(text: str) -> None:
    """It is passed over for the next item of its front, and heads no update."""
    without = fifth()
    item = replace(without.items[0], text=text)
    first, *others = without.sections
    update = replace(without, sections=(replace(first, items=(item, *first.items)), *others))
    assert summaries.key_points(update, CONFIG) == summaries.key_points(without, CONFIG)
    assert summaries.opening(update, CONFIG) == summaries.opening(without, CONFIG)


def test_what_only_leads_to_a_rumor_is_no_key_point() -> None:
    """The sentence that tells a rumor is, though another item introduces it."""
    told = next(item for item in sixth().items if item.front == "rumors")
    said = "We can also share rumors of unconfirmed information."
    leads = replace(told, text=said, hearsay=Hearsay(gist=said, slug=""))
    sections = [
        replace(part, items=(leads, *part.items)) if told in part.items else part for part in sixth().sections
    ]
    update = replace(sixth(), sections=tuple(sections))
    assert summaries.key_points(update, CONFIG) == summaries.key_points(sixth(), CONFIG)
    alone = replace(sixth(), title=None, passages=(), sections=(replace(sections[0], items=(leads, told)),))
    assert summaries.opening(alone, CONFIG).headline.startswith("Unconfirmed: A coup")


def test_a_single_point_is_none() -> None:
    """An update of one front needs no summary of itself."""
    one = replace(fifth(), sections=(Section(heading=None, line=1, items=fifth().sections[0].items),))
    assert summaries.key_points(one, CONFIG) == ()


def test_codes_count_within_their_front_in_reading_order() -> None:
    """W1, W2, E1: for citing by telephone, as short as can be."""
    assert summaries.codes(fifth(), CONFIG) == ("W1", "W2", "W3", "W4", "E1", "W5", "I1", "G1")


def test_a_moment_is_told_in_the_sites_zone() -> None:
    """The day is named only where it is another one, with its year only in another year."""
    day = dt.date(2024, 12, 6)
    late = dt.datetime(2024, 12, 6, 22, 30, tzinfo=dt.UTC)
    assert summaries.moment(late - dt.timedelta(hours=5), day, CONFIG, "en") == "20:30 Damascus time"
    assert summaries.moment(late, day, CONFIG, "en") == "7 Dec, 01:30 Damascus time"
    assert (
        summaries.moment(late.replace(year=2025), day, CONFIG, "en") == "7 December 2025, 01:30 Damascus time"
    )


def test_an_unknown_language_has_the_english_words() -> None:
    """A site in a language nobody has translated yet still works; a region falls back to its language."""
    for lang in ("xx", "en-GB", "../../etc"):
        assert wording(lang).lang == "en"
        assert wording(lang).latest == "Latest"
    assert wording("en").count("items", 1) == "1 item"
    assert wording("en").count("items", 3) == "3 items"
