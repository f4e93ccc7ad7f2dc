"""The model text, dropped unchanged into an empty site with the shipped configuration."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from pathlib import Path

import feedparser
import pytest

from sitrep.inbox.survey import State
from sitrep.publish.outcome import Outcome
from tests.inspecting import Site, site_in
from tests.other_machine import publish_elsewhere
from tests.publishing import Studio, tree

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
GOLD = ROOT.parent / "shared" / "gold" / "sorting-4-5-6-december.json"
MODEL = SEEDS / "004_10e97d663d89f50e.txt"
ARTICLES = sorted(SEEDS.glob("00[0-3]_*.txt"))
ADDRESS = "http://127.0.0.1:8000/"
DAYS = tuple(f"2024-12-0{day}" for day in range(6, 0, -1))
LATER = dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC)

pytestmark = pytest.mark.skipif(
    not (MODEL.exists() and GOLD.exists()), reason="the model text is not beside this checkout"
)


def studio_with(root: Path, *texts: Path) -> Studio:
    """A site with the shipped configuration and these files dropped into it."""
    studio = Studio(root, now=LATER, config=(ROOT / "config.yaml").read_text(encoding="utf-8"))
    for text in texts:
        shutil.copy(text, studio.folders.feeds / text.name)
    return studio


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return studio_with(tmp_path_factory.mktemp("seed") / "site", MODEL)


@pytest.fixture(scope="module")
def outcome(studio: Studio) -> Outcome:
    return studio.publish()


@pytest.fixture(scope="module")
def site(studio: Studio, outcome: Outcome) -> Site:
    return site_in(studio.folders.output, ADDRESS)


def test_six_updates_come_out(outcome: Outcome, site: Site) -> None:
    """One page, text and entry for each of the six days, and the lost link of line 100 is reported."""
    assert outcome.exit_code == 0
    assert set(outcome.published) == set(DAYS)
    assert tuple(site.ids()) == DAYS
    assert all({f"{day}/index.html", f"{day}.txt"} < site.files.keys() for day in DAYS)
    assert 100 in {problem.line for problem in outcome.problems}


def test_seventy_three_items_come_out(site: Site) -> None:
    """Every bullet and paragraph of news is an item with a number, an anchor and an entry; none is lost."""
    ids = site.ids("items/feed.json")
    assert len(ids) == 73
    for day in DAYS:
        numbers = sorted(int(name.partition("/")[2]) for name in ids if name.startswith(day))
        assert numbers == list(range(1, len(numbers) + 1))
        for number in numbers:
            assert f'id="i{number}"' in site.pages[f"{day}/index.html"]


def test_what_the_editor_calls_no_item_is_none(site: Site) -> None:
    """Intros, disclaimers, outros and sign-offs stand on their page and in no entry of the items feed."""
    lines = MODEL.read_text(encoding="utf-8").splitlines()
    wanted = json.loads(GOLD.read_text(encoding="utf-8"))["updates"]
    places = {part["line"] for day in wanted for part in (*day["intro"], *day["outro"])}
    places |= {number for number, line in enumerate(lines, 1) if line.startswith("Revolutionary greetings")}
    assert len(places) >= 7
    items = [item["content_html"] for item in site.items("items/feed.json")]
    for place in places:
        opening = lines[place - 1].split("’")[0][:40].strip()
        assert opening
        assert not [item for item in items if opening in item], place


def test_every_feed_parses(site: Site) -> None:
    """Each file that is a feed is one to feedparser or a JSON reader, and each page announces feeds."""
    site.check()
    assert len(site.feeds) >= 30
    for place, page in site.pages.items():
        if place == "offline.html" or "<title>Moved: " in page:
            continue  # one file that needs nothing else; a page that only leads to another
        assert 'type="application/atom+xml"' in page, place
        assert 'type="application/rss+xml"' in page, place
        assert 'type="application/feed+json"' in page, place


@pytest.mark.parametrize(
    "folder", ["", "western/", "eastern/", "southern/", "international/", "rumors/", "items/"]
)
def test_the_three_formats_say_the_same(site: Site, folder: str) -> None:
    """Atom, RSS and JSON have the same entries with the same ids, dates and titles, in the same order."""
    json_items = [
        (one["id"], one["date_published"], one["date_modified"], one["title"])
        for one in site.items(f"{folder}feed.json")
    ]
    assert json_items
    for name in ("feed.xml", "rss.xml"):
        parsed = feedparser.parse(site.files[f"{folder}{name}"])
        found = [(e.id, stamp(e.published_parsed), stamp(e.updated_parsed), e.title) for e in parsed.entries]
        assert found == json_items, name


def stamp(parsed: tuple[int, ...]) -> str:
    """What feedparser makes of a date, as the JSON feed writes it."""
    return dt.datetime(*parsed[:6], tzinfo=dt.UTC).isoformat()


def test_the_dates_are_those_of_the_texts(site: Site) -> None:
    """An import is stamped with noon of each day in the site's zone, not with the moment of the import."""
    stamps = {item["date_published"] for item in site.items()}
    assert stamps == {f"{day}T09:00:00+00:00" for day in DAYS}
    assert {item["id"] for item in site.items()} == {f"tag:example.org,2024:{day}" for day in DAYS}


@pytest.mark.slow
@pytest.mark.parametrize("ledger", [False, True])
def test_a_clone_elsewhere_builds_the_same_bytes(
    studio: Studio, outcome: Outcome, tmp_path: Path, *, ledger: bool
) -> None:
    """Another path, zone, locale, home, umask, hash seed, file name and mtime: the same bytes, with or
    without the ledger."""
    clone = studio.clone(tmp_path / "über all" / "mirror")
    if not ledger:
        shutil.rmtree(clone.folders.ledger)
    renamed = (clone.folders.feeds / MODEL.name).rename(clone.folders.feeds / "situation.md")
    os.utime(renamed, (1, 1))
    publish_elsewhere(
        clone.root,
        LATER + dt.timedelta(days=777),
        processes=2,
        umask=0o077,
        cwd=tmp_path,
        TZ="Pacific/Kiritimati",
        LC_ALL="C",
        LANG="tr_TR.UTF-8",
        HOME="/nowhere",
        USER="somebody",
        PYTHONHASHSEED="4711",
    )
    assert clone.tree() == studio.tree()
    assert tree(clone.folders.ledger) == tree(studio.folders.ledger)


@pytest.mark.slow
def test_undated_articles_are_refused_and_harm_nothing(
    studio: Studio, outcome: Outcome, tmp_path: Path
) -> None:
    """Texts without a date get a receipt line each, and the site is the same as without them."""
    assert len(ARTICLES) == 4
    other = studio_with(tmp_path / "site", MODEL, *ARTICLES)
    told = other.publish()
    refused = {one.path: one for one in told.files if one.state is State.REFUSED}
    assert set(refused) == {path.name for path in ARTICLES}
    for one in refused.values():
        (problem,) = [problem for problem in one.problems if "no date" in problem.fact]
        assert problem.remedy
    assert told.exit_code == 1
    assert other.tree() == studio.tree()
