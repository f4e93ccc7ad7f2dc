"""Pages: whole, linked, safe, light, and a function of what the archive holds."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import posixpath
import re
import time
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
from tests.pages.samples import (
    Parsed,
    arabic,
    fifth,
    sixth,
    third,
    whole_site,
    withdrawn,
)

BUDGET = 14_000


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


def standing(site: dict[str, bytes]) -> list[tuple[str, bytes]]:
    """All pages but those that only lead to another."""
    return [(place, page) for place, page in site.items() if b'http-equiv="refresh"' not in page]


def test_every_page_has_its_head(site: dict[str, bytes], config: Config) -> None:
    """Title, description, canonical address, language, viewport, one h1, skip link to main, navigation."""
    for place, page in standing(site):
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
    for place, page in standing(site):
        parsed = Parsed(page)
        policy = parsed.all("meta", **{"http-equiv": "Content-Security-Policy"})[0].attributes["content"]
        assert policy.startswith("default-src 'none'; ")
        for tag, directive in (("style", "style-src"), ("script", "script-src")):
            data = parsed.all(tag, type="application/ld+json")  # is not run
            for element in [one for one in parsed.all(tag) if one not in data]:
                digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
                assert f"{directive} 'sha256-{digest}'" in policy, place
            assert tag == "style" or ("script-src" in policy) == (len(parsed.all(tag)) > len(data))


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
    assert b"ld+json" not in (Pages(config, []).update(archive, "2024-12-06") or b"")


def test_a_blank_stands_between_any_two_links(site: dict[str, bytes]) -> None:
    """A text browser, a reader aloud and who copies meet words, not one after the other without a gap."""
    joined = re.compile(rb"</a><a|</(?:li|td|th)><a|</svg><figcaption")
    assert [place for place, page in site.items() if joined.search(page)] == []
