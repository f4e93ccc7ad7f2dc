"""What the site prints it can read: dates, calendars and clocks of every language."""

from __future__ import annotations

import datetime as dt

import pytest
from babel import Locale, dates, localedata
from hypothesis import example, given
from hypothesis import strategies as st

from sitrep.base.folding import ascii_digits, folded
from sitrep.base.languages.written_dates import DateForm, format_date
from sitrep.reading.dates.calendars import ethiopian, ethiopian_day_in, persian
from sitrep.reading.dates.clocks import clock
from sitrep.reading.dates.dates import Dated, dated, order_in

LANGUAGES = sorted({code.partition("_")[0] for code in localedata.locale_identifiers()})
# CLDR gives these a short name that two of their months share.
ALIKE = {("dyo", "medium"), ("dyo", "day")}
FORMS: tuple[DateForm, ...] = ("full", "long", "day")


def read(text: str, lang: str, year: int | None = None) -> Dated:
    return dated(folded(text), order="dmy", languages=("en", lang), year=year)


@given(
    st.sampled_from(LANGUAGES),
    st.sampled_from(("full", "long", "medium", "day")),
    st.dates(dt.date(1990, 1, 1), dt.date(2069, 12, 31)),
)
@example("zh", "day", dt.date(2024, 12, 27))
@example("ja", "full", dt.date(2024, 11, 1))
@example("ko", "medium", dt.date(2024, 12, 27))
@example("ku", "full", dt.date(2024, 12, 7))
@example("he", "long", dt.date(2024, 12, 7))
@example("ar", "medium", dt.date(2024, 12, 7))
@example("my", "long", dt.date(2024, 12, 7))
@example("th", "full", dt.date(2024, 12, 7))
def test_what_is_printed_can_be_read(lang: str, form: str, day: dt.date) -> None:
    """A date in the full, long, medium or short form of any language of CLDR is read as the day it is."""
    if form == "medium":
        text = dates.format_date(day, "medium", locale=Locale.parse(lang))
    else:
        text = format_date(day, lang, form)  # type: ignore[arg-type]
    bare = form == "day" and all(not c.isalpha() for c in text)
    if (lang, form) not in ALIKE and not bare:
        assert read(text, lang, day.year).date == day, text


@pytest.mark.parametrize(
    ("text", "lang", "date"),
    [
        ("2024年12月7日（星期六）", "zh", "2024-12-07"),
        ("２０２４年１２月７日", "zh", "2024-12-07"),
        ("2024年12月7日(土)", "ja", "2024-12-07"),
        ("2024. 12. 7.", "ko", "2024-12-07"),
        ("11月27日至12月3日", "zh", "2024-12-03"),
        ("12月5日至7日", "zh", "2024-12-07"),
        ("2024年12月30日至1月3日", "zh", "2025-01-03"),
        ("7 كانون الأول/ديسمبر 2024", "ar", "2024-12-07"),
        ("\u200f7\u200f/12\u200f/2024", "ar", "2024-12-07"),
        ("۱۷ آذر ۱۴۰۳", "fa", "2024-12-07"),
        ("۱۴۰۳/۰۹/۱۷", "fa", "2024-12-07"),
        ("شنبه ۱۷ آذر", "fa", "2024-12-07"),
        ("7 ธันวาคม พ.ศ. 2567", "th", "2024-12-07"),
        ("7/12/2567", "th", "2024-12-07"),
        ("ኅዳር 28 ቀን 2017 ዓ.ም.", "am", "2024-12-07"),
        ("7ê Kanûna Pêşîn 2024", "ku", "2024-12-07"),
        ("7ی کانوونی یەکەمی 2024", "ckb", "2024-12-07"),
        ("7 грудня 2024 року", "uk", "2024-12-07"),
        ("7 בדצמבר 2024", "he", "2024-12-07"),
        ("27 November 2024 – 3 December", "en", "2024-12-03"),
        ("December the 7th, 2024", "en", "2024-12-07"),
        ("W nocy z 6 na 7 grudnia 2024 r.", "pl", "2024-12-07"),
        ("ဒီဇင်ဘာ ၇၊ ၂၀၂၄", "my", "2024-12-07"),
        ("Samdi 7 desanm 2024", "ht", "2024-12-07"),
        ("7 ޑިސެމްބަރު 2024", "dv", "2024-12-07"),
    ],
)
def test_dates_as_people_write_them(text: str, lang: str, date: str) -> None:
    """Weekdays, ranges, double names of months, marks of direction and other calendars are understood."""
    found = read(text, lang, 2024).date
    assert found is not None
    assert found.isoformat() == date


@given(st.integers(1, 12), st.integers(1, 31), st.sampled_from(["zh", "ja", "yue"]))
def test_a_month_is_never_found_inside_a_number(month: int, day: int, lang: str) -> None:
    """A month by its number is that month or none: "12月" is no February, "11月" alone is no day."""
    assert read(f"{month}月", lang, 2024).date is None
    found = read(f"{month}月{day}日", lang, 2024).date
    assert found is None or (found.month, found.day) == (month, day)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_calendars_count_every_day_once(day: dt.date) -> None:
    """Each day is one day of the Persian and of the Ethiopian year, and the next day follows it."""
    assert persian(1403, 1, 1) == dt.date(2024, 3, 20)
    assert persian(1400, 1, 1) == dt.date(2021, 3, 21)
    assert ethiopian(2017, 1, 1) == dt.date(2024, 9, 11)
    assert ethiopian(2016, 1, 1) == dt.date(2023, 9, 12)
    for reckon, months, offset in ((persian, 12, 621), (ethiopian, 13, 8)):
        found = []
        for year in (day.year - offset - 1, day.year - offset, day.year - offset + 1):
            for month in range(1, months + 1):
                for number in range(1, 32):
                    try:
                        found.append(reckon(year, month, number))
                    except ValueError:
                        break
        assert found == [found[0] + dt.timedelta(n) for n in range(len(found))]
        assert day in found


@pytest.mark.parametrize(
    ("text", "lang", "time"),
    [
        ("٨:٣٠ م", "ar", "20:30"),
        ("8:30 مساءً", "ar", "20:30"),
        ("08:30 ص", "ar", "08:30"),
        ("11:30 ليلا", "ar", "23:30"),
        ("ساعت ۸:۳۰ ب.ظ", "fa", "20:30"),
        ("8:30 p. m.", "es", "20:30"),
        ("8 de la noche", "es", "20:00"),
        ("下午8点30分", "zh", "20:30"),
        ("20时30分", "zh", "20:30"),
        ("오후 8시 30분", "ko", "20:30"),
        ("午後8時", "ja", "20:00"),
        ("8 вечора", "uk", "20:00"),
        ("2 ночи", "ru", "02:00"),
        ("9 Uhr abends", "de", "21:00"),
        ("14h30", "fr", "14:30"),
        ("ÖS 8:30", "tr", "20:30"),
        ("12:15 am", "en", "00:15"),
        ("2030 GMT", "en", "20:30"),
    ],
)
def test_clocks_as_people_write_them(text: str, lang: str, time: str) -> None:
    """The halves of the day are understood as each language calls them."""
    found = clock(ascii_digits(folded(text)), ("en", lang))
    assert found is not None
    assert f"{found.time:%H:%M}" == time


_CHARACTERS = "〇一二三四五六七八九"


def _in_characters(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = ("十" if tens == 1 else f"{_CHARACTERS[tens]}十") if tens else ""
    return ten + (_CHARACTERS[ones] if ones or not tens else "")


@given(st.dates(dt.date(2019, 5, 1), dt.date(2099, 12, 31)), st.sampled_from(["ja", "zh"]))
def test_years_of_east_asia_are_read(day: dt.date, lang: str) -> None:
    """A date in characters, or of an era, is the day it means; in Japan and on Taiwan as well."""
    month_day = f"{_in_characters(day.month)}月{_in_characters(day.day)}日"
    year = "".join(_CHARACTERS[int(digit)] for digit in str(day.year))
    reiwa = "元" if day.year == 2019 else _in_characters(day.year - 2018)
    for text in (
        f"{year}年{month_day}",
        f"令和{reiwa}年{month_day}",
        f"令和{day.year - 2018}年{day.month}月{day.day}日" if day.year > 2019 else f"令和元年{month_day}",
        f"民國{day.year - 1911}年{day.month}月{day.day}日",
    ):
        assert dated(folded(text), order="dmy", languages=("en", lang)).date == day, text
    assert dated(folded(month_day), order="dmy", languages=("en", lang), year=day.year).date == day


@pytest.mark.parametrize("text", ["0.10.36", "0.11.16 is out", "## 0.10.36"])
def test_a_version_is_no_date(text: str) -> None:
    """No day and no month is nought: such a heading opens no update, and is no mistyped date."""
    found = read(text, "en", 2024)
    assert found.date is None
    assert found.impossible is None


@pytest.mark.parametrize(
    "text",
    ["the sixth of December 2024", "December the sixth, 2024", "on the sixth day of December 2024"],
)
def test_a_day_in_words_is_a_day(text: str) -> None:
    """English ordinals beside the name of a month are its days."""
    found = read(text, "en", None).date
    assert found is not None
    assert found.isoformat() == "2024-12-06"


@given(
    st.sampled_from(
        [
            ("en", "{d}-{b}-{yy}"),
            ("en", "{d}.{m}.'{yy}"),
            ("en", "{dd}{hm}Z {b} {yy}"),
            ("es", "{d}º de {b} de {y}"),
            ("ru", "на утро {d}-го {b} {y}г."),
            ("ar", "5 جمادى الآخرة 1446هـ الموافق {d} {b} {y}م"),
            ("th", "{d} {b} {be} 18:30 น."),
            ("th", "{d}/{m}/{be}"),
            ("ja", "{y}年{m}月1日~{d}日"),
            ("ja", "{y}年{m}月{d}日18時"),
            ("ja", "{m}月{d}日({y}年)"),
            ("my", "{y} ခုနှစ် {b}လ {d} ရက်"),
            ("de", "Freitag | {d}. {b} | {y}"),
            ("ko", "'{yy}. {m}. {d}. 18:00"),
            ("ko", "{yy}.{mm}.{dd}"),
            ("vi", "ngày {d} tháng {m} năm {y}"),
            ("fi", "{d}. {b} {y} klo 18.30"),
            ("es", "{d} de {b} del {y} a las 6:30"),
        ]
    ),
    st.dates(dt.date(2012, 1, 2), dt.date(2049, 12, 31)),
)
def test_what_people_make_of_a_date_is_that_day(form: tuple[str, str], day: dt.date) -> None:
    """Years of two digits, of another era or first, ordinals, ranges, military groups are the day meant."""
    lang, written = form
    month = dates.format_date(day, "MMMM", locale=lang)
    text = written.format(
        d=day.day, dd=f"{day.day:02}", m=day.month, mm=f"{day.month:02}", b=month, hm="1830", y=day.year,
        yy=f"{day.year % 100:02}", be=(day.year + 543) % 100,
    )  # fmt: skip
    found = dated(folded(text), order=order_in(lang, "dmy"), languages=("en", lang))
    assert found.date == day, text


def test_a_short_persian_date_is_none() -> None:
    """Two digits each may be year or day first, of two calendars: no day is guessed."""
    assert read("۰۳/۰۹/۱۶", "fa").date is None


@given(st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31)))
def test_an_ethiopian_year_may_have_been_a_common_one(day: dt.date) -> None:
    """Of a day read by its Ethiopian year the one in the common year of that number is told."""
    years = [year for year in range(day.year - 9, day.year) if ethiopian(year, 1, 1) <= day]
    other = ethiopian_day_in(day)
    assert other is None or (other.year == years[-1] and 7 * 365 < (day - other).days < 8 * 366 + 2)
    assert ethiopian_day_in(ethiopian(2024, 4, 5)) == dt.date(2024, 12, 14)
