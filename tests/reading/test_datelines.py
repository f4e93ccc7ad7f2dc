"""Which lines date an update, and which only look as if they did."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.languages.written_dates import format_date
from sitrep.lexicon.phrases import vocabulary_of
from sitrep.reading.dates.datelines import Dateline, Misdated, Place, read_dateline
from sitrep.reading.dates.dates import Order
from sitrep.reading.dates.zones import tzinfo_of, zone_named
from tests.reading.dialect import CONFIG, config, read

WORDS = vocabulary_of(CONFIG, None)


def dateline(
    text: str, place: Place = "plain", order: Order = "dmy", year: int | None = None
) -> Dateline | Misdated | None:
    return read_dateline(text, place, WORDS, order, year)


def date_in(text: str, place: Place = "plain", order: Order = "dmy", year: int | None = None) -> str | None:
    found = dateline(text, place, order, year)
    assert not isinstance(found, Misdated), found
    return found.date.isoformat() if found and found.date else None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Updates 06-12-24", "2024-12-06"),
        ("UPDATE: 6.12.2024", "2024-12-06"),
        ("04-12-2024 Situation update", "2024-12-04"),
        ("Update 01/12/24", "2024-12-01"),
        ("Update 3 – 06-12-2024", "2024-12-06"),
        ("Update 06 - 12 - 2024", "2024-12-06"),
        ("Update 06-12-2024 (corrected, 2nd)", "2024-12-06"),
        ("Situation Report No. 12, 28 April 2023", "2023-04-28"),
        ("Day 1,017 – 6 December 2024", "2024-12-06"),
        ("As of 6 December 2024, 10:00 (UTC+3)", "2024-12-06"),
        ("Friday, 6th of December 2024", "2024-12-06"),
        ("06-Dec-2024", "2024-12-06"),
        ("Dec. 6, 2024", "2024-12-06"),
        ("2024 December 6", "2024-12-06"),
        ("Syria Situation Update 06-12-2024", "2024-12-06"),
        ("🔴 UPDATE 6.12.2024 🔴", "2024-12-06"),
        ("6 December 2024, evening", "2024-12-06"),
        ("2024-12-06T14:30:00+03:00", "2024-12-06"),
        ("28-29.11.2024", "2024-11-29"),
        ("09.06 – 15.06.25", "2025-06-15"),
        ("December 30, 2024 – January 2, 2025", "2025-01-02"),
        ("Update 12-04-99", "1999-04-12"),
        ("٦-١٢-٢٠٢٤", "2024-12-06"),
    ],
)
def test_a_line_ruled_by_its_date_is_a_dateline(text: str, date: str) -> None:
    """A date with words that say nothing beside it dates what follows."""
    assert date_in(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "On 5 December 2024 the army left Hama", "5 December 2024: the army leaves Hama",
        "Update: an attack on the port on 5 December 2024.", "More in yesterday's update (05-12-2024)",
        "See update 06-12-2024", "Next update: 9 December 2024", "Since February 15, 2016", "December 2024",
        "Dec 1st-2nd", "14:30", "Kherson 12", "Update on the north: 3 villages",
        "[Update 05-12-2024](/2024-12-05/)", "https://example.org/2024-12-06", "192.168.01.20", "Update 2024",
        "12.13 million people on 1.1.",
    ],
)  # fmt: skip
def test_a_line_that_says_more_is_none(text: str) -> None:
    """A date inside a sentence, a reference or a number opens no update."""
    assert dateline(text) is None


@pytest.mark.parametrize("text", ["Bpm 1.2.11 to 1.2.12", "Version 1.2.8", "Pump 1.0.10", "Pump v1.12.24"])
def test_a_version_of_a_program_is_no_date(text: str) -> None:
    """As a heading it neither opens an update of that day nor is refused for a day that is none."""
    assert dateline(text, place="heading") is None


@pytest.mark.parametrize(
    ("text", "time", "zone"),
    [
        ("UPDATE 2028 GMT", "20:28", "UTC"),
        ("Update 14:30", "14:30", None),
        ("Update 8 pm", "20:00", None),
        ("14:30 UTC update", "14:30", "UTC"),
        ("Update 14h30 CET", "14:30", "+01:00"),
        ("Update 12:05 am", "00:05", None),
    ],
)
def test_an_update_word_with_a_time_is_one_of_the_same_day(text: str, time: str, zone: str | None) -> None:
    """Time and zone are understood; the day is that of the update above."""
    found = dateline(text)
    assert isinstance(found, Dateline)
    assert (found.date, found.zone) == (None, zone)
    assert found.time == dt.time.fromisoformat(time)


@pytest.mark.parametrize(
    ("text", "order", "date"),
    [
        ("06/12/2024", "dmy", "2024-12-06"),
        ("06/12/2024", "mdy", "2024-06-12"),
        ("2024/06/12", "mdy", "2024-06-12"),
    ],
)
def test_the_order_of_digits_is_the_config_s(text: str, order: Order, date: str) -> None:
    """Day or month first is the config's choice; a year in front settles it."""
    assert date_in(text, order=order) == date


@pytest.mark.parametrize(
    "text", ["Update 31-02-2024", "2022-02-29", "Update 31 April 2024", "Update 12/25/2024", "00-12-2024"]
)
def test_an_impossible_day_is_named(text: str) -> None:
    """A line that is meant as a date and gives none says so, with what to write."""
    found = dateline(text)
    assert isinstance(found, Misdated)
    assert found.fact
    assert found.remedy


def test_what_stands_after_the_date_is_the_title() -> None:
    """A headline behind a colon or dash is kept in the author's words."""
    found = dateline("Update 06-12-2024: The bridge is down!")
    assert isinstance(found, Dateline)
    assert found.title == "The bridge is down!"


def test_headings_may_say_more() -> None:
    """A line marked as heading may hold a headline beside the date."""
    assert date_in("2024-12-06: The bridge is down", "heading") == "2024-12-06"
    assert date_in("Events on 5 December 2024 in the whole valley and beyond", "heading") is None


@pytest.mark.parametrize("lang", ["de", "fr", "es", "tr", "uk", "ru", "ar", "fa"])
def test_months_are_known_in_the_site_s_language(lang: str) -> None:
    """A date as the language writes it is read in a site of that language."""
    words = vocabulary_of(config(language=lang), None)
    day = dt.date(2024, 12, 6)
    for form in ("long", "full"):
        text = format_date(day, lang, form)  # type: ignore[arg-type]
        found = read_dateline(text, "heading", words, "dmy")
        assert isinstance(found, Dateline), text
        assert found.date == day


@given(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)), st.sampled_from("-/."))
def test_every_day_can_be_written_in_every_form(day: dt.date, sign: str) -> None:
    """What is written in one of the forms is read as the same day."""
    year, month, number = f"{day:%Y}", f"{day:%m}", f"{day:%d}"
    for text in (
        f"Update {number}{sign}{month}{sign}{year}",
        f"Update {number}{sign}{month}{sign}{year[2:]}",
        f"{day.day}{sign}{day.month}{sign}{year}",
        f"{year}{sign}{day.month}{sign}{day.day}",
        f"{year}{month}{number}",
        f"{day.day} {day:%B} {year}",
        f"{day:%b} {day.day}, {year}",
    ):
        assert date_in(text) == day.isoformat(), text
    assert date_in(f"{month}{sign}{number}{sign}{year}", order="mdy") == day.isoformat()


@given(st.text(max_size=130), st.sampled_from(["plain", "heading", "first"]))
def test_any_line_is_judged(text: str, place: Place) -> None:
    """No line makes the judgement fail."""
    dateline(text, place, year=2024)


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("GMT", "UTC"), ("z", "UTC"), ("UTC+3", "+03:00"), ("gmt-05:30", "-05:30"), ("+0300", "+03:00"),
        ("EEST", "+03:00"), ("+00:00", "UTC"), ("Mars", None), ("UTC+99", None),
    ],
)  # fmt: skip
def test_zones_are_understood(name: str, zone: str | None) -> None:
    """A zone as people write it becomes UTC or an offset that can be reckoned with."""
    assert zone_named(name) == zone
    if zone:
        assert dt.datetime(2024, 12, 6, tzinfo=tzinfo_of(zone)).utcoffset() is not None


def test_iana_zones_are_zones() -> None:
    """The site's zone passes through the same door; nonsense is a ValueError."""
    assert tzinfo_of("Asia/Damascus")
    with pytest.raises(ValueError, match="no such"):
        tzinfo_of("Asia/Nowhere")


@pytest.mark.parametrize(
    "text", ["Update {d}.{r}.{y}", "{d}/{r}/{y}", "Update {d}-{r}-{y}", "Update {y}-W{w:02}-{n}"]
)
@given(st.dates(dt.date(1999, 1, 1), dt.date(2060, 12, 31)))
def test_roman_months_and_days_of_a_week_are_read(text: str, day: dt.date) -> None:
    """A month in Roman numerals, and a day of a week by ISO 8601, is that day in every language."""
    roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"][day.month - 1]
    year, week, weekday = day.isocalendar()
    written = text.format(d=day.day, r=roman, y=year if "W" in text else day.year, w=week, n=weekday)
    found = dateline(written)
    assert isinstance(found, Dateline)
    assert found.date == day


def test_a_hebrew_date_beside_the_common_one_is_passed_over() -> None:
    """The common one dates the update; alone a Hebrew date dates nothing."""
    words = vocabulary_of(config(language="he"), None)
    beside = read_dateline("יום שישי, ה' בכסלו תשפ\"ה, 6 בדצמבר 2024", "plain", words, "dmy", None)
    assert isinstance(beside, Dateline)
    assert beside.date == dt.date(2024, 12, 6)
    assert read_dateline("5 בכסלו 5785", "plain", words, "dmy", None) is None


@pytest.mark.parametrize(
    "text", ["Update 31.XI.2024", "Update 6.XIII.2024", "Update 2024-W54-1", "5 x 2024", "Louis XIV 2024"]
)
def test_what_looks_like_one_and_is_none_is_no_date(text: str) -> None:
    """A day that is not, and a letter between two numbers, make no date."""
    found = dateline(text)
    assert not isinstance(found, Dateline) or found.date is None


@pytest.mark.parametrize(
    ("first", "fact"),
    [
        ("Update week 49 2024", "week 49 is 2024-12-02 to 2024-12-08"),
        ("Lagebericht KW 49", "week 49 is no day"),
        ("Update of yesterday", '"yesterday" is another day'),
        ("تحديث 5 جمادى الآخرة 1446", "Islamic calendar"),
        ("Update 5 Kislev 5785", "Hebrew calendar"),
    ],
)
def test_a_day_that_is_not_reckoned_is_told_as_such(first: str, fact: str) -> None:
    """A week, a day that moves, another calendar: the file is refused with the reason and what to write."""
    reading = read(f"{first}\n\n- The bridge is closed.\n")
    assert not reading.updates
    assert fact in reading.problems[0].fact
    assert "Update 07-12-2024" in reading.problems[0].remedy


_DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1))
_COVERS = st.sampled_from(
    ("Reporting period: {} - {}", "Period: {} to {}", "Berichtszeitraum: {} bis {}", "Covering {} – {}")
)
_ELSEWHERE = st.sampled_from(
    ("Valid until: {}", "Gültig bis {}", "Next update: {}", "Event began {}", "Since {}", "Действует до {}")
)
_ISSUED = st.sampled_from(
    ("Date: {}", "Published {}", "Update {}", "{}", "Datum: {}", "Fecha: {}", "Дата: {}", "التاريخ: {}")
)


@given(
    day=_DAYS,
    begun=_DAYS,
    ends=_DAYS,
    covers=_COVERS,
    elsewhere=_ELSEWHERE,
    issued=_ISSUED,
    order=st.permutations((0, 1, 2)),
)
def test_what_a_head_covers_or_lasts_until_is_not_its_day(
    day: dt.date, begun: dt.date, ends: dt.date, covers: str, elsewhere: str, issued: str, order: list[int]
) -> None:
    """Whatever stands first: days that a text covers, and when something begins or ends, are not its date."""
    lines = (covers.format(min(begun, ends), max(begun, ends)), elsewhere.format(ends), issued.format(day))
    head = "\n".join(lines[number] for number in order)
    found = read(f"Bulletin\n{head}\n\n- Water at Alder.\n")
    assert found.refused or [update.date for update in found.updates] == [day]


@given(day=_DAYS, covers=_COVERS, issued=_ISSUED)
def test_a_day_stands_below_what_it_covers(day: dt.date, covers: str, issued: str) -> None:
    """The day that a head gives below the days it covers is found."""
    head = f"{covers.format(day - dt.timedelta(7), day - dt.timedelta(1))}\n{issued.format(day)}"
    found = read(f"Bulletin\n{head}\n\n- Water at Alder.\n")
    assert [update.date for update in found.updates] == [day]


@pytest.mark.parametrize("place", ["plain", "early", "heading", "first"])
@pytest.mark.parametrize(
    "text",
    [
        "bosh-dns 1.36.12 to 1.37.1",
        "syslog 11.8.17 to 12.2.3",
        "Release 10.13.22",
        "Diego 42.0.140",
        "Upgrade to 10.4.22 finished",
    ],
)
def test_the_number_of_a_program_is_no_date(text: str, place: Place) -> None:
    """Neither a day nor a slip of one, wherever it stands."""
    assert dateline(text, place) is None


@given(
    key=st.sampled_from([("report", "date"), ("issue", "date"), ("date", "published"), ("reported", "on")]),
    between=st.sampled_from(["_", "-", " ", ""]),
    fence=st.sampled_from(["---\n", ""]),
)
def test_a_key_of_two_words_is_the_same_however_they_are_joined(
    key: tuple[str, str], between: str, fence: str
) -> None:
    """``report_date``, ``Report date`` and ``reportdate`` tell the day; that of an end does not."""
    name = between.join(key).capitalize()
    head = f"title: Day six\n{name}: 2024-12-06\nEnd{between}date: 2024-12-12\n"
    found = read(f"{fence}{head}{fence}\n- Water at Alder.\n")
    assert [update.date for update in found.updates] == [dt.date(2024, 12, 6)]


@pytest.mark.parametrize(
    "inside",
    [
        "- Water at Alder.\n\n  **UPDATE (July 2)**: More water.\n",
        "### West\n\n#### One (2–4 December)\n\n- Water at Alder.\n",
        "#### 一、第一阶段（2月24日—26日）\n\n- Water at Alder.\n",
    ],
)
def test_days_inside_a_dated_text_part_it_not(inside: str) -> None:
    """A day without its year in what an item goes on to say, or the days that a chapter tells of, open no
    update of a file that has its day."""
    found = read(f"Tea came.\n\n{inside}\n- Flour came.\n", "2024-12-07.md")
    assert [str(update.date) for update in found.updates] == ["2024-12-07"]
