"""Pages that list: home, fronts, archive, corrections and the page to follow by."""

from __future__ import annotations

import datetime as dt
import gzip
import re

import pytest

from sitrep.archive.archive import Archive
from sitrep.base.nouns import Item, Section, Update
from sitrep.base.values import replace
from sitrep.config.values import Config
from sitrep.pages.pages import Pages
from sitrep.site import addresses as at
from sitrep.text.summaries import wording
from tests.pages.samples import (
    Parsed,
    site_config,
)
from tests.pages.test_pages import BUDGET

# -- pages that list --------------------------------------------------------------------------------


def test_home_shows_the_newest_update_and_the_newest_of_every_front(pages: Pages, archive: Archive) -> None:
    """Headline, key points, a chip a front, at most three items a front, rumors apart, earlier updates."""
    parsed = Parsed(pages.home(archive))
    assert parsed.all("h1")[0].text == "The army is coming apart on every front"
    keys = [e.text for e in parsed.all("a") if "The army has pulled out" in e.text]
    assert keys
    assert "Unconfirmed: A coup against the government" in parsed.text
    chips = [" ".join(e.text.split()) for e in parsed.all("ul", class_="chips")]
    assert "Western front, 3 items Eastern" in chips[0]
    assert "The army gives up Hama; a convoy from Shehba is taken" in parsed.text
    assert "Rumors, not confirmed" in parsed.text
    assert "nobody may read again" not in parsed.text


def test_an_empty_site_says_how_to_publish(pages: Pages) -> None:
    """Before the first drop the home page explains the one thing to do."""
    parsed = Parsed(pages.home(Archive(None)))
    assert "save it in the folder feeds" in parsed.text
    assert not parsed.all("script")


def test_a_front_lists_its_reports_newest_first(pages: Pages, archive: Archive) -> None:
    """Days in descending order, each with a link to the whole update."""
    parsed = Parsed(pages.front(archive, "western"))
    days = [e.attributes["id"][1:] for e in parsed.all("h2", class_="day")]
    assert days == ["2024-12-06", "2024-12-05", "2024-12-03", "2024-11-30"]
    assert "November 2024" in parsed.text


def busy_archive(days: int) -> Archive:
    """A front with five long items a day."""
    archive = Archive(None)
    text = "A village on the northern road changed hands in the night. " + "People describe shelling. " * 8
    for day in range(days):
        date = dt.date(2024, 1, 1) + dt.timedelta(days=day)
        stamp = dt.datetime(date.year, date.month, date.day, 9, tzinfo=dt.UTC)
        items = tuple(
            Item(text=f"{text}{day}.{n}", line=n, front="western", number=n, published=stamp)
            for n in range(1, 6)
        )
        archive.put_update(
            Update(date=date, line=1, key=date.isoformat(), published=stamp, updated=stamp,
                   sections=(Section(heading="West", line=1, items=items),))
        )  # fmt: skip
    return archive


def test_a_long_front_stays_light_and_leads_to_its_months(pages: Pages) -> None:
    """A front's page holds whole days up to its budget; a full month is cut to first sentences."""
    archive = busy_archive(70)
    front, month = pages.front(archive, "western"), pages.front_month(archive, "western", "2024-01") or b""
    assert len(gzip.compress(front)) <= BUDGET
    assert len(gzip.compress(month)) <= BUDGET
    assert front.count(b"<article") % 5 == 0
    assert 5 <= front.count(b"<article") < 350
    assert month.count(b"<article") == 31 * 5
    assert b"February 2024" in front
    assert b"January 2024" in front


def test_a_month_that_goes_on_stands_on_its_fronts_page(pages: Pages) -> None:
    """The front's page holds all of it, the later days in full, and its own address leads there."""
    archive = busy_archive(31 + 12)
    front = Parsed(pages.front(archive, "western"))
    assert all(f"d2024-02-{day:02}" in front.ids for day in range(1, 13))
    assert "Shortened to first sentences" in front.text
    links = [element.attributes["href"] for element in front.all("a")]
    assert "2024-01/index.html" in links
    assert "2024-02/index.html" not in links
    way = pages.front_month(archive, "western", "2024-02") or b""
    assert b'url=../../western/index.html"' in way
    assert pages.front_month(archive, "southern", "2024-02") is None
    assert len(gzip.compress(pages.front(archive, "western"))) <= BUDGET


def test_a_month_too_full_for_its_fronts_page_has_its_own(pages: Pages) -> None:
    """Where a front's page cannot hold even the first sentences, it leads to a page that does.

    While the month goes on, that page is made anew once in seven reports, and no report is on neither.
    """
    made = set()
    for days in range(29, 37, 2):
        archive = busy_archive(days)
        front = pages.front(archive, "western")
        assert b'href="2024-01/index.html"' in front
        month = pages.front_month(archive, "western", "2024-01") or b""
        assert len(_days_on(front) | _days_on(month)) >= min(days, 31)
        made.add(month)
    assert len(made) <= 3
    assert month.count(b"<article") == 31 * 5


def _days_on(page: bytes) -> set[str]:
    return {name for name in Parsed(page).ids if name.startswith("d2024")}


def test_no_page_grows_with_the_archive(pages: Pages) -> None:
    """Home, front and archive pages of a site of two months and of one of two years have the same weight."""
    small, large = busy_archive(60), busy_archive(700)
    for make in (pages.home, pages.archive_index, pages.follow, pages.search, pages.corrections,
                 lambda archive: pages.front(archive, "western")):  # fmt: skip
        assert abs(len(make(large)) - len(make(small))) < 1_600


def test_archive_pages_lead_from_years_to_months_to_updates(site: dict[str, bytes]) -> None:
    """The archive lists years, a year its months with counts once they are final, a month its updates.

    The month that goes on stands on the first page of the archive, and its own address leads there.
    """
    assert "../2024/index.html" in [e.attributes["href"] for e in Parsed(site[at.ARCHIVE]).all("a")]
    year = Parsed(site[at.year_page("2024")]).text
    assert "November 2024 1 update" in year
    assert not re.search(r"December 2024 \d", year)
    first = Parsed(site[at.ARCHIVE])
    assert "The army is coming apart on every front" in first.text
    assert "Western\xa03" in first.text
    assert b'url=../../archive/index.html"' in site[at.month_page("2024-12")]
    assert "Newer: December 2024" in Parsed(site[at.month_page("2024-11")]).text


def test_the_corrections_page_shows_what_went_and_what_came(site: dict[str, bytes]) -> None:
    """Words taken out are struck, words put in are marked, withdrawals give their reason."""
    parsed = Parsed(site[at.CORRECTIONS])
    assert [e.text for e in parsed.all("del")] == ["Al-Quraya,"]
    assert [e.text for e in parsed.all("ins")] == ["Al-Quriyah,"]
    assert "It put people at risk." in parsed.text
    assert "nobody may read again" not in parsed.text


def test_the_follow_page_shows_every_feeds_address_as_text(site: dict[str, bytes], config: Config) -> None:
    """Each address can be read and copied, in three formats."""
    text = Parsed(site[at.FOLLOW]).text
    for feed in at.feeds_of(config):
        for form in at.FEED_FORMATS:
            assert at.absolute(config, feed.place(form)) in text
    assert at.absolute(config, at.API) in text


def test_codes_stand_beside_the_addresses_they_hold(site: dict[str, bytes], config: Config) -> None:
    """The feed of everything and each front have one, named for who cannot see it."""
    sections = re.findall(r"(?s)<section class=\"feed\".*?</section>", site[at.FOLLOW].decode())
    assert len(sections) == len(at.feeds_of(config))
    for section, feed in zip(sections, at.feeds_of(config), strict=True):
        main = feed.id == "updates" or feed.id in {front.id for front in config.fronts}
        assert section.count("<svg") == main
        assert (f"<title>{feed.name}</title>" in section) == main
        assert f">{at.absolute(config, feed.place('atom'))}<" in section.replace("<wbr>", "")


@pytest.mark.parametrize(("fronts", "folder"), [(30, ""), (12, "a-very-long-folder-of-the-site/" * 8)])
def test_the_follow_page_stays_light_however_many_fronts(fronts: int, folder: str, archive: Archive) -> None:
    """Codes are left out before the page grows too heavy; the first feed keeps its own."""
    config = site_config()
    many = tuple(replace(config.fronts[0], id=f"front-number-{n}", name=f"Front {n}") for n in range(fronts))
    site = replace(config.site, base_url=f"https://notes.example/{folder}")
    page = Pages(replace(config, fronts=many, site=site), ()).follow(archive)
    assert b"<svg" in page
    assert len(gzip.compress(page)) <= BUDGET


@pytest.mark.parametrize(("lang", "way"), [("en", "ltr"), ("ar", "rtl"), ("fr", "ltr")])
def test_the_style_of_feeds_speaks_the_sites_language(lang: str, way: str, archive: Archive) -> None:
    """The line on top of an RSS feed in a browser is in the site's words, and runs their way."""
    config = site_config()
    config = replace(config, site=replace(config.site, language=lang))
    style = Pages(config, ()).feed_style(archive).decode()
    assert f'content:"{wording(lang).feed_elsewhere}"' in style
    assert f"direction:{way}" in style
    assert "{{" not in style


def test_the_page_for_missing_pages_links_from_the_root(config: Config, archive: Archive) -> None:
    """It is shown at any depth, so its links begin with the site's own path."""
    below = replace(config, site=replace(config.site, base_url="https://host.example/news/"))
    links = [e.attributes["href"] for e in Parsed(Pages(below, []).not_found(archive)).all("a")]
    assert all(link.startswith(("/news/", "#")) for link in links)


def test_what_does_not_exist_is_none(pages: Pages, archive: Archive) -> None:
    """An unknown update, an empty month and an empty year give no page."""
    assert pages.update(archive, "2020-01-01") is None
    assert pages.text(archive, "2020-01-01") is None
    assert pages.month(archive, "2020-01") is None
    assert pages.year(archive, "2020") is None
    assert pages.front_month(archive, "western", "2020-01") is None
    assert pages.corrections_month(archive, "2020-01") is None
