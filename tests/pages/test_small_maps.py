"""What a front's page and the archive remember: small maps of days, a month as a calendar."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.languages.month_names import week
from sitrep.base.nouns import Item, Section
from sitrep.base.values import replace
from sitrep.config.values import Front, Place
from sitrep.pages import archive_pages
from sitrep.pages.layout import Layout
from sitrep.pages.pages import Pages
from sitrep.site import addresses as at
from tests.pages.samples import Parsed, fifth, sample_archive, site_config, sixth


def test_small_maps_show_each_day_on_one_outline() -> None:
    """The outline is drawn once; each day has its link and its places in words; a rumor's is a ring."""
    layout = Layout(site_config(), [])
    view = layout.sight("western/index.html")
    days = [(u.key, f"../{u.key}/index.html", u.items) for u in (sixth(), fifth())]
    drawn = layout.maps.strip(days, view)
    parsed = Parsed(drawn.encode())
    assert drawn.count('id="land"') == 1
    assert drawn.count('href="#land"') == 1
    assert [e.attributes["href"] for e in parsed.all("a")] == [link for _, link, _ in days]
    assert "Homs" in drawn
    assert 'class="rum"' in drawn


def test_one_day_or_no_outline_makes_no_strip() -> None:
    """A strip compares days; a site without a map has none."""
    layout = Layout(site_config(), [])
    view = layout.sight("western/index.html")
    day = ("6 Dec", "../2024-12-06/index.html", sixth().items)
    assert layout.maps.strip([day], view) == ""
    assert Layout(site_config(map=()), []).maps.strip([day, day], view) == ""


def test_a_place_of_two_fronts_is_shown_where_its_item_says() -> None:
    """Each front has its own; what is said elsewhere of either is not put on the map of one of them."""
    north, south = (Place(name="Tripoli", at=at) for at in ((36.5, 38.0), (33.5, 36.5)))
    fronts = (Front(id="a", name="A", places=(north,)), Front(id="b", name="B", places=(south,)))
    layout = Layout(site_config(fronts=fronts), [])
    view = layout.sight("a/index.html")

    def drawn(front: str) -> set[str]:
        items = [Item(text="x", line=1, front=said, places=("Tripoli",), number=1) for said in (front, "a")]
        days = [("6 Dec", "", items[:1]), ("5 Dec", "", items[1:])]
        return set(re.findall(r'<circle cx="\d+" cy="(\d+)"', layout.maps.strip(days, view)))

    assert [len(drawn(front)) for front in "abc"] == [1, 2, 0]


@given(st.lists(st.integers(3, 14), min_size=2, max_size=4), st.floats(35, 36), st.floats(36.5, 39))
def test_names_on_a_map_do_not_cover_each_other(lengths: list[int], north: float, east: float) -> None:
    """Places that lie on one spot, as the quarters of a city do, can all be read."""
    names = [chr(ord("A") + place) * length for place, length in enumerate(lengths)]
    places = tuple(Place(name=name, at=(north, east)) for name in names)
    config = site_config(fronts=(Front(id="here", name="Here", places=places),))
    item = Item(text="Shelling.", line=1, front="here", places=tuple(names), number=1)
    update = replace(sixth(), sections=(Section(heading="Here", line=1, items=(item,)),))
    layout = Layout(config, [])
    drawn = layout.maps.figure(update, layout.sight(at.HOME), "")
    shown = re.findall(r'<text x="(\d+)" y="(\d+)"(?: text-anchor="(\w+)")?>(.)(.*?)</text>', drawn)
    assert len(shown) == len(names)
    boxes = []
    for x, y, anchor, first, rest in shown:
        width = 6.5 * len(first + rest)
        left = int(x) - {"": 0, "middle": 0.5, "end": 1}[anchor] * width
        boxes.append((left, int(y), left + width))
    for one, (left, y, right) in enumerate(boxes):
        assert all(r <= left or right <= a or abs(y - v) >= 12 for a, v, r in boxes[one + 1 :])


@given(
    st.lists(st.integers(1, 28), unique=True, max_size=28), st.sampled_from(["en", "ar", "fa", "uk", "de"])
)
def test_a_calendar_leads_to_every_day_that_has_an_update(days: list[int], lang: str) -> None:
    """Each day of the month stands once, those with updates as links; weeks begin as the language has it."""
    layout = Layout(site_config(), [])
    view = replace(layout.sight(at.ARCHIVE), lang=lang)
    updates = [
        replace(sixth(), date=dt.date(2025, 2, day), key=f"2025-02-{day:02}") for day in sorted(days)[::-1]
    ]
    grid = archive_pages.month_grid([one.key for one in updates], "2025-02", view)
    cells = [cell for row in grid.weeks for cell in row if cell[0]]
    assert [number for number, _ in cells] == list(range(1, 29))
    assert {number for number, link in cells if link} == set(days)
    first = dt.date(2025, 2, 1).weekday()
    assert [number for number, _ in grid.weeks[0]].index(1) == (first - week(lang)[0]) % 7
    assert len(grid.weekdays) == 7


@pytest.mark.parametrize("place", [at.ARCHIVE, at.month_page("2024-11")])
def test_the_archive_shows_its_month(place: str) -> None:
    """On its first page, and on the page of a month that is over, each day leads to its update."""
    archive, pages = sample_archive(), Pages(site_config(), [])
    made = pages.archive_index(archive) if place == at.ARCHIVE else pages.month(archive, "2024-11")
    assert made is not None
    table = made[made.index(b'<table class="cal">') : made.index(b"</table>") + 8]
    links = [e.attributes["href"] for e in Parsed(table).all("a")]
    assert links
    assert all(link is not None and link.endswith("/index.html") for link in links)
