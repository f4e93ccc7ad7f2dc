"""Pages of places: every item that names one, whatever front it stands on."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.site.addresses import place_pages
from sitrep.site.place_lists import place_lists
from sitrep.text.spelling import fold
from tests.pages.samples import site_config
from tests.publishing import Studio

FIRST = "Update 05-12-2024\n\n# Northern front\n\n- Alder has water. The pumps of Elm run again.\n"
SECOND = "Update 06-12-2024\n\n# Southern front\n\n- Elm rests.\n\n# Rumors\n\n- Elm is said to be mined.\n"


def test_each_place_has_an_address_of_its_own() -> None:
    """No two configured places share a page."""
    pages = place_pages(site_config())
    assert len(set(pages.values())) == len(pages) > 0


@given(st.lists(st.text(string.ascii_letters + "ش é", min_size=1), unique=True, max_size=40))
def test_each_place_is_in_one_part_of_the_list(names: list[str]) -> None:
    """In the order of letters, whatever their case."""
    parts = place_lists(names, room=60)
    listed = [name for part in parts for name in part]
    assert sorted(listed) == sorted(names)
    assert [*map(fold, listed)] == sorted(map(fold, names))
    assert all(parts) or not names


def test_a_place_has_what_names_it_on_any_front(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Newest first, counted, hedged as everywhere, led to from a list in parts; gone with its last item."""
    monkeypatch.setattr(place_lists, "__kwdefaults__", {"room": 1})
    studio = Studio(tmp_path / "site")
    studio.drop("a.md", FIRST)
    studio.drop("b.md", SECOND)
    studio.publish()
    tree = studio.tree()
    page = tree["places/elm/index.html"].decode()
    assert page.index("Elm rests") < page.index("The pumps of Elm")
    assert "3 items on 2 days" in page
    assert "Rumor, not confirmed" in page
    assert '<div class="cols plain">' in page  # marks of certainty take the colour of what they stand in
    assert "places/alder/index.html" in tree
    assert "elm/index.html" in tree["places/2.html"].decode()
    assert 'href="2.html" dir="auto">Elm – Elm<' in tree["places/index.html"].decode()
    assert "places/index.html" in tree["archive/index.html"].decode()
    assert "../places/elm/index.html" in tree["south/index.html"].decode()
    studio.later(hours=1)
    studio.drop("a.md", FIRST.replace("Alder has", "The village has"))
    studio.publish()
    assert not {"places/alder/index.html", "places/2.html"} & set(studio.tree())
    again = studio.clone(tmp_path / "again")
    again.publish()
    assert again.tree() == studio.tree()
