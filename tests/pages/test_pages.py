"""Pages: whole, linked, safe, light, and a function of what the archive holds."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import json
import posixpath
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from sitrep.archive.archive import Archive
from sitrep.base.errors import TemplateError
from sitrep.base.nouns import Certainty, Item, Passage, Role, Section, Update, Withdrawal
from sitrep.base.values import replace
from sitrep.config.values import Config
from sitrep.pages.pages import Pages
from sitrep.site import addresses as at
from sitrep.text.summaries import wording
from tests.pages.samples import (
    Parsed,
    arabic,
    fifth,
    sample_archive,
    site_config,
    sixth,
    third,
    whole_site,
    withdrawn,
)

BUDGET = 14_000


@pytest.fixture(scope="module")
def config() -> Config:
    return site_config()


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    archive = sample_archive()
    yield archive
    archive.close()


@pytest.fixture(scope="module")
def pages(config: Config) -> Pages:
    return Pages(config, [], correction_months=True)


@pytest.fixture(scope="module")
def site(pages: Pages, archive: Archive, config: Config) -> dict[str, bytes]:
    return whole_site(pages, archive, config)


def machine_places(config: Config, archive: Archive) -> set[str]:
    """What other parts of the program write and pages link to."""
    places = {at.API, at.OPML, at.LATEST, at.OFFLINE, *at.ICONS}
    places |= {at.update_text(key) for key in archive.update_keys()}
    places |= {at.month_zip(key[:7]) for key in archive.update_keys()}
    return places | {feed.place(form) for feed in at.feeds_of(config) for form in at.FEED_FORMATS}


# -- links and structure ----------------------------------------------------------------------------


def test_every_link_of_the_site_leads_somewhere(
    site: dict[str, bytes], config: Config, archive: Archive
) -> None:
    """Each relative link names a page or file of the site, and each fragment an element on it."""
    parsed = {place: Parsed(page) for place, page in site.items()}
    known = set(site) | machine_places(config, archive)
    for place, page in parsed.items():
        for element in page.elements:
            href = element.attributes.get("href") or element.attributes.get("data-u") or ""
            if not href or re.match(r"[a-z]+:", href):
                continue
            path, _, fragment = href.partition("#")
            if place == at.NOT_FOUND and path.startswith("/"):
                target = path.lstrip("/") + ("index.html" if path.endswith("/") else "")
            else:
                target = (
                    posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(path)))
                    if path
                    else place
                )
            assert target in known, f"{place} links to {href}"
            if fragment and target in parsed:
                assert fragment in parsed[target].ids, f"{place} links to {href}"


def test_ids_are_unique_on_every_page(site: dict[str, bytes]) -> None:
    """No id stands twice on a page, and every aria reference finds its element."""
    for place, page in site.items():
        parsed = Parsed(page)
        assert len(parsed.ids) == len(set(parsed.ids)), place
        for element in parsed.elements:
            named = element.attributes.get("aria-labelledby")
            assert not named or named in parsed.ids, (place, named)


def test_every_page_has_its_head(site: dict[str, bytes], config: Config) -> None:
    """Title, description, canonical address, language, viewport, one h1, skip link to main, navigation."""
    for place, page in site.items():
        parsed = Parsed(page)
        assert parsed.all("title")[0].text.strip(), place
        assert parsed.all("meta", name="description")[0].attributes["content"], place
        assert parsed.all("link", rel="canonical")[0].attributes["href"] == at.absolute(config, place)
        assert parsed.all("html")[0].attributes["lang"]
        assert len(parsed.all("h1")) == 1, place
        assert parsed.all("a", class_="skip")[0].attributes["href"] == "#main"
        assert "main" in parsed.ids
        assert parsed.all("meta", name="referrer")[0].attributes["content"] == "no-referrer"
        for name in ("og:title", "og:description"):
            assert parsed.all("meta", property=name)[0].attributes["content"], place


def test_the_current_page_is_marked_in_the_menu(site: dict[str, bytes]) -> None:
    """The entry of the menu a page belongs to says so; an update belongs to none."""
    marked = {place: Parsed(page).all("a", **{"aria-current": "page"}) for place, page in site.items()}
    assert [e.text for e in marked[at.HOME]] == ["Latest"]
    assert [e.text for e in marked[at.ARCHIVE]] == ["Archive"]
    assert "Rumors" in [e.text for e in marked[at.front_page("rumors")]]
    assert not marked[at.update_page("2024-12-06")]


def test_a_front_announces_its_own_feed_first(pages: Pages, archive: Archive) -> None:
    """Autodiscovery: on a front's page its own three feeds, then those of everything."""
    links = Parsed(pages.front(archive, "eastern")).all("link", rel="alternate")
    assert [link.attributes["href"] for link in links] == [
        "../eastern/feed.xml", "../eastern/rss.xml", "../eastern/feed.json",
        "../feed.xml", "../rss.xml", "../feed.json",
    ]  # fmt: skip
    assert links[0].attributes["type"] == "application/atom+xml"


# -- safety -----------------------------------------------------------------------------------------


def test_the_policy_allows_only_what_the_page_itself_holds(site: dict[str, bytes]) -> None:
    """The content security policy names the hash of the inline style and script, and nothing else runs."""
    for place, page in site.items():
        parsed = Parsed(page)
        policy = parsed.all("meta", **{"http-equiv": "Content-Security-Policy"})[0].attributes["content"]
        assert policy.startswith("default-src 'none'; ")
        for tag, directive in (("style", "style-src"), ("script", "script-src")):
            for element in parsed.all(tag):
                digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
                assert f"{directive} 'sha256-{digest}'" in policy, place
        assert ("script-src" in policy) == bool(parsed.all("script"))


def test_no_page_asks_anything_from_elsewhere(site: dict[str, bytes]) -> None:
    """No image, frame, form target, foreign link element, style attribute or event handler."""
    for place, page in site.items():
        for element in Parsed(page).elements:
            names = set(element.attributes)
            assert element.tag not in {"img", "iframe", "object", "embed", "video", "audio", "base"}, place
            assert not names & {"style", "src", "srcset", "action", "background"}, (place, element.tag)
            assert not [name for name in names if name.startswith("on")], place
            if element.tag == "link" and element.attributes["rel"] != "canonical":
                assert "//" not in element.attributes["href"], place


CANARY = "<canary onx=\"y\" a='b'>&amp;{{ 7*7 }}</p></article>"


def hostile_update() -> Update:
    """An update whose every field tries to leave its place."""
    item = Item(
        text=CANARY, line=1, front="nowhere", certainty=Certainty.STATEMENT, by=CANARY, places=(CANARY,),
        number=1, published=dt.datetime(2024, 12, 9, tzinfo=dt.UTC),
    )  # fmt: skip
    return Update(
        date=dt.date(2024, 12, 9), line=1, key="2024-12-09", title=CANARY, summary=CANARY, correction=CANARY,
        author=CANARY, key_points=(CANARY, CANARY), source=CANARY, published=item.published,
        sections=(Section(heading=CANARY, line=1, items=(item, replace(item, number=2, front="western"))),),
        passages=tuple(
            Passage(role=role, text=CANARY, line=1) for role in (Role.LEDE, Role.DISCLAIMER, Role.OUTRO)
        ),
    )  # fmt: skip


def test_no_field_of_a_drop_or_of_the_config_can_leave_its_place(config: Config) -> None:
    """Markup in a title, heading, name, place, reason or setting is text on every page."""
    site = replace(config.site, title=CANARY, description=CANARY, about=CANARY, care=CANARY, contact=CANARY)
    fronts = tuple(replace(front, name=f"{front.name} {CANARY}", scope=CANARY) for front in config.fronts)
    hostile = replace(config, site=site, fronts=fronts)
    archive = Archive(None)
    archive.put_update(hostile_update())
    archive.put_update(
        replace(hostile_update(), key="2024-12-08", date=dt.date(2024, 12, 8),
                withdrawn=Withdrawal(at=dt.datetime(2024, 12, 9, tzinfo=dt.UTC), reason=CANARY))
    )  # fmt: skip
    for place, page in whole_site(Pages(hostile, []), archive, hostile).items():
        for element in Parsed(page).elements:
            assert element.tag != "canary", place
            assert not any(name.startswith("on") for name in element.attributes), place
        assert b"49" not in re.sub(rb"<style>.*?</style>|sha256-[^']*", b"", page, flags=re.S), place


# -- an update --------------------------------------------------------------------------------------


def test_sections_and_items_stand_in_the_authors_order(pages: Pages, archive: Archive) -> None:
    """Headings and items come in the order of the text, each item once under its sticky anchor."""
    parsed = Parsed(pages.update(archive, "2024-12-06") or b"")
    headings = [e.text for e in parsed.all("h2") if e.attributes.get("id", "").startswith("h-")]
    assert headings == [section.heading for section in sixth().sections]
    anchors = [e.attributes["id"] for e in parsed.all("article") if "id" in e.attributes]
    assert anchors == [f"i{item.number}" for item in sixth().items]
    words = " ".join(parsed.text.split())
    assert all(item.text in words for item in sixth().items)


def test_a_hedge_is_said_in_words_that_survive_copying(pages: Pages, archive: Archive) -> None:
    """The label is text with a colon right before the item's first word."""
    parsed = Parsed(pages.update(archive, "2024-12-06") or b"")
    words = {e.attributes["id"]: e.text for e in parsed.all("article") if "id" in e.attributes}
    assert words["i3"].startswith("Reported: The advance")
    assert words["i8"].startswith("Statement: SNA: SNA has")
    assert words["i15"].startswith("Rumor, not confirmed: A coup")
    assert words["i1"].startswith("The advance")


def test_the_first_of_several_sentences_is_bold_but_not_of_a_rumor(pages: Pages, archive: Archive) -> None:
    """Scanning help without rewriting: a lead of a headline's length, never on a rumor or opinion."""
    parsed = Parsed(pages.update(archive, "2024-12-06") or b"")
    bold = [e.text for e in parsed.all("b")]
    assert "The advance has reached the edge of Homs." in bold
    assert not [words for words in bold if words.startswith(("Assad has left", "Nobody seems", "At least"))]


def test_items_of_several_fronts_under_one_heading_say_whose_they_are(pages: Pages, archive: Archive) -> None:
    """Where a heading is no front's, each item names its front beside its code."""
    parsed = Parsed(pages.update(archive, "2024-12-05") or b"")
    fronts = [e.text.strip() for e in parsed.all("span", class_="fr")]
    assert fronts == ["Eastern", "Western", "International"]


def test_opinion_is_captioned_and_lede_care_and_greetings_are_kept(pages: Pages, archive: Archive) -> None:
    """What is no report says so; what is no item stands at the top and the end."""
    text = Parsed(pages.update(archive, "2024-12-06") or b"").text
    assert "Our view, not a report" in text
    positions = [
        text.index(words)
        for words in (
            "Soldiers are leaving",
            "The advance",
            "We are no intelligence",
            "This is long",
            "greetings",
        )
    ]
    assert positions == sorted(positions)


def test_corrections_are_told_under_the_update_and_on_their_item(pages: Pages, archive: Archive) -> None:
    """What an item first said, when and why it was put right stand in a box; the item says it changed."""
    parsed = Parsed(pages.update(archive, "2024-12-06") or b"")
    box = next(e for e in parsed.all("aside") if e.attributes.get("id") == "fix").text
    assert "Corrected 7 Dec, 10:15 Damascus time." in box
    assert "Al-Quraya" in box
    assert "The name of the town was wrong." in box
    item = next(e for e in parsed.all("article") if e.attributes.get("id") == "i6")
    assert "corrected 7 Dec" in item.text


def test_a_withdrawn_item_leaves_its_anchor_and_no_word(pages: Pages, archive: Archive) -> None:
    """A link to an item taken back arrives at a line that says when and why."""
    parsed = Parsed(pages.update(archive, "2024-12-05") or b"")
    line = next(e for e in parsed.all("p") if e.attributes.get("id") == "i9")
    assert "withdrawn on 6 Dec, 13:00 Damascus time" in line.text
    assert "It named a person." in line.text


def test_a_withdrawn_update_says_so_and_nothing_else(pages: Pages, archive: Archive) -> None:
    """Its page stands, gives day and reason, resolves old anchors, and holds none of its words."""
    page = pages.update(archive, "2024-12-02") or b""
    parsed = Parsed(page)
    assert "Withdrawn on 4 Dec, 12:00 Damascus time" in parsed.text
    assert "It put people at risk." in parsed.text
    assert "i1" in parsed.ids
    assert b"nobody may read again" not in page
    assert b"nobody may read again" not in (pages.text(archive, "2024-12-02") or b"")


def test_updates_lead_to_their_neighbours_and_old_ones_say_so(pages: Pages, archive: Archive) -> None:
    """Earlier and later lead on; only the newest asks for news, the others say that there is a newer one."""
    newest, older = (Parsed(pages.update(archive, key) or b"") for key in ("2024-12-06", "2024-12-05"))
    assert newest.all("a", rel="prev")[0].attributes["href"] == "../2024-12-05/index.html"
    assert not newest.all("a", rel="next")
    assert older.all("a", rel="next")[0].attributes["href"] == "../2024-12-06/index.html"
    assert "There is a newer update: 6 December 2024." in older.text
    assert newest.all("script")
    assert not older.all("script")


def test_an_update_page_depends_on_nothing_but_itself_and_its_neighbours(pages: Pages) -> None:
    """Other updates come and go without changing a byte of it."""
    few, many = Archive(None), Archive(None)
    for archive in (few, many):
        for update in (sixth(), fifth(), third()):
            archive.put_update(update)
    for day in range(1, 20):
        many.put_update(replace(third(), key=f"2023-05-{day:02}", date=dt.date(2023, 5, day)))
    assert pages.update(few, "2024-12-05") == pages.update(many, "2024-12-05")


def test_an_untitled_update_is_headed_by_a_sentence_of_its_own(pages: Pages, archive: Archive) -> None:
    """Without a title the first thing said is the headline, in the author's words; the date is its label."""
    parsed = Parsed(pages.update(archive, "2024-12-03") or b"")
    assert parsed.all("h1", class_="said")[0].text == "Aleppo is firmly in the hands of HTS."
    assert parsed.all("p", class_="lab")[0].text == "Update of Tuesday 3 December 2024"
    title = parsed.all("title")[0].text
    assert title.startswith("Aleppo is firmly in the hands of HTS. (Update of 3 December 2024)")


def test_a_sentence_of_the_lede_that_is_the_headline_is_not_said_twice(pages: Pages) -> None:
    """The page of an update without a title goes on under it with what the lede says next."""
    archive = Archive(None)
    archive.put_update(replace(sixth(), title=None, summary=None))
    parsed = Parsed(pages.update(archive, "2024-12-06") or b"")
    said = parsed.all("h1")[0].text
    assert said.startswith("Soldiers are leaving")
    assert parsed.all("main")[0].text.count(said) == 1


def test_the_second_update_of_a_day_tells_itself_apart(pages: Pages) -> None:
    """Two updates of one date have different titles."""
    archive = Archive(None)
    for key in ("2024-12-03", "2024-12-03-2"):
        archive.put_update(replace(third(), key=key))
    titles = {Parsed(pages.update(archive, key) or b"").all("title")[0].text for key in archive.update_keys()}
    assert len(titles) == 2


def test_a_text_written_from_right_to_left_is_marked_as_such(pages: Pages, archive: Archive) -> None:
    """An Arabic update has an Arabic page, right to left; on an English page its items turn by themselves."""
    parsed = Parsed(pages.update(archive, "2024-11-30") or b"")
    assert parsed.all("html")[0].attributes == {"lang": "ar", "dir": "rtl"}
    english = Parsed(pages.front(archive, "western"))
    assert "dir" not in english.all("html")[0].attributes
    assert english.all("div", dir="auto")


def test_the_map_shows_named_places_and_rumors_only_as_rings(pages: Pages, archive: Archive) -> None:
    """Places with coordinates are drawn in their front's colour, a place of rumors as a dotted ring."""
    parsed = Parsed(pages.update(archive, "2024-12-06") or b"")
    drawn = {
        e.text: e for e in parsed.all("a") if e.attributes.get("class") in {"blue", "brown", "green", "grey"}
    }
    assert {"Homs", "Raqqa", "Palmyra", "Damascus"} <= set(drawn)
    marks = [e.attributes["href"] for e in parsed.all("use")]
    assert marks.count("#m-rumor") == 1
    assert not Parsed(pages.update(archive, "2024-11-30") or b"").all("a", class_="grey")


def test_structured_data_is_there_only_on_wish_and_keeps_every_hedge(config: Config) -> None:
    """With ``seo`` a page carries LiveBlogPosting; items open with their label, and nothing can leave it."""
    archive = Archive(None)
    for update in (sixth(), hostile_update()):
        archive.put_update(update)
    pages = Pages(replace(config, seo=True), [])
    element = Parsed(pages.update(archive, "2024-12-06") or b"").all("script", type="application/ld+json")[0]
    posting = json.loads(element.text)
    assert posting["@type"] == "LiveBlogPosting"
    bodies = [item["articleBody"] for item in posting["liveBlogUpdate"]]
    assert len(bodies) == len(sixth().items)
    assert bodies[14].startswith("Rumor, not confirmed: A coup")
    assert posting["liveBlogUpdate"][5]["correction"][0]["text"] == "The name of the town was wrong."
    hostile = Parsed(pages.update(archive, "2024-12-09") or b"")
    assert not hostile.all("canary")
    assert "<canary onx" in json.loads(hostile.all("script", type="application/ld+json")[0].text)["headline"]
    assert b"ld+json" not in (Pages(config, []).update(archive, "2024-12-06") or b"")


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


def test_no_page_grows_with_the_archive(pages: Pages) -> None:
    """Home, front and archive pages of a site of two months and of one of two years have the same weight."""
    small, large = busy_archive(60), busy_archive(700)
    for make in (pages.home, pages.archive_index, pages.follow, pages.search, pages.corrections,
                 lambda archive: pages.front(archive, "western")):  # fmt: skip
        assert abs(len(make(large)) - len(make(small))) < 1_500


def test_archive_pages_lead_from_years_to_months_to_updates(site: dict[str, bytes]) -> None:
    """The archive lists years, a year its months with counts once they are final, a month its updates."""
    assert "../2024/index.html" in [e.attributes["href"] for e in Parsed(site[at.ARCHIVE]).all("a")]
    year = Parsed(site[at.year_page("2024")]).text
    assert "November 2024 1 update" in year
    assert "December 2024 " not in year
    month = Parsed(site[at.month_page("2024-12")])
    assert "The army is coming apart on every front" in month.text
    assert "Western\xa03" in month.text
    assert "Older: November 2024" in month.text


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


# -- a function of its inputs -----------------------------------------------------------------------


def test_the_same_archive_gives_the_same_bytes(
    config: Config, archive: Archive, site: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process, order of pages or machine's time zone changes nothing."""
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    time.tzset()
    try:
        assert whole_site(Pages(config, [], correction_months=True), archive, config) == site
    finally:
        monkeypatch.undo()
        time.tzset()


def test_pages_of_an_ordinary_update_stay_within_the_budget(site: dict[str, bytes]) -> None:
    """Every page, style and map included, is at most 14,000 bytes compressed: one flight of packets."""
    heavy = {place: size for place, page in site.items() if (size := len(gzip.compress(page, 9))) > BUDGET}
    assert not heavy


def test_nothing_of_the_source_or_the_machine_is_shown(site: dict[str, bytes]) -> None:
    """No file name of the drop folder and no path gets out."""
    for place, page in site.items():
        assert b"Update 06-12-2024.txt" not in page, place
        assert str(Path.cwd()).encode() not in page, place


# -- templates --------------------------------------------------------------------------------------


def problem_of(config: Config, folder: Path, archive: Archive) -> str:
    with pytest.raises(TemplateError) as caught:
        Pages(config, [folder]).about(archive)
    return str(caught.value)


def test_a_sites_own_template_takes_the_place_of_the_packaged_one(
    config: Config, archive: Archive, tmp_path: Path
) -> None:
    """One file in the site's folder is enough; the rest of the theme stays."""
    (tmp_path / "about.html").write_text(
        '{% extends "base.html" %}{% block main %}<h1>Ours & {{ site.title }}</h1>{% endblock %}',
        encoding="utf-8",
    )
    page = Pages(config, [tmp_path]).about(archive)
    assert b"<h1>Ours & Notes" in page
    assert b'class="foot"' in page


@pytest.mark.parametrize(
    ("text", "line", "fact"),
    [
        ('{% extends "base.html" %}\n{% block main %}\n{% if %}\n', 3, "Expected an expression"),
        ('{% extends "base.html" %}\n{% block main %}\n\n{{ sitee.title }}{% endblock %}', 4, "'sitee'"),
        ('{% extends "base.html" %}\n{% block main %}{{ site.nothing.at_all }}{% endblock %}', 2, "nothing"),
        ('{% extends "basis.html" %}', None, "basis.html"),
        ("{{ 1 // 0 }}", 1, "zero"),
    ],
)  # fmt: skip
def test_a_broken_template_is_named_with_line_and_fact(
    config: Config, archive: Archive, tmp_path: Path, text: str, line: int | None, fact: str
) -> None:
    """The message gives file, line and fact, and no path of the machine."""
    (tmp_path / "about.html").write_text(text, encoding="utf-8")
    message = problem_of(config, tmp_path, archive)
    if line:
        assert message.startswith(f"templates/about.html:{line}: ")
    assert fact in message
    assert "hint: " in message
    assert str(tmp_path) not in message


def test_a_style_sheet_that_is_no_text_is_named(config: Config, archive: Archive, tmp_path: Path) -> None:
    """A file of the theme that cannot be decoded is a template's fault, too."""
    (tmp_path / "style.css").write_bytes(b"\xff\xfe\x00")
    assert problem_of(config, tmp_path, archive).startswith("templates/style.css: ")


def test_samples_are_what_they_say() -> None:
    """The hand-made updates number their items without gaps and hold every certainty."""
    for update in (sixth(), fifth(), third(), withdrawn(), arabic()):
        assert [item.number for item in update.items] == list(range(1, len(update.items) + 1))
    assert {item.certainty for item in sixth().items} == set(Certainty)


def test_the_follow_page_says_what_repeats_what(site: dict[str, bytes], config: Config) -> None:
    """Everything comes first, as what most people want; each other feed is said to be a part of it or not."""
    page = site["follow/index.html"].decode()
    assert page.index("Most people take this one") < page.index("A part of “Everything”")
    assert page.count("what is said on this front") == len(config.fronts)
    assert page.count("In no other feed") == 1


def test_structured_data_never_makes_a_page_heavy(config: Config) -> None:
    """An update that says very much has none: its page is for readers first."""
    archive, long = Archive(None), sixth()
    more = tuple(replace(item, text=item.text + " It goes on." * 200) for item in long.sections[0].items)
    archive.put_update(replace(long, sections=(replace(long.sections[0], items=more), *long.sections[1:])))
    assert b"ld+json" not in (Pages(replace(config, seo=True), []).update(archive, "2024-12-06") or b"")
