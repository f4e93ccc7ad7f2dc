"""Places of one name in two countries are two places: on pages, on the map, in lists."""

from __future__ import annotations

from pathlib import Path

from sitrep.config.load import load_config
from tests.publishing import published

TWO = """
site: {title: Two, base_url: "https://example.org/", authority: "example.org,2024"}
fronts:
  - {id: leb, name: Lebanon, places: [{name: Tripoli, at: [34.4, 35.8]}, {name: Arsal, at: [34.2, 36.4]}]}
  - {id: libya, name: Libya, places: [{name: TRIPOLI, at: [32.9, 13.2]}, {name: Misrata, at: [32.4, 15.1]}]}
  - {id: syria, name: Syria, places: [{name: Arsal, at: [34.2, 36.3]}, Tripoli]}
"""


def test_namesakes_far_apart_carry_their_front() -> None:
    """What is near, or lies nobody says where beside it, is one place that two fronts list."""
    names = {front.id: [place.name for place in front.places] for front in load_config(TWO).fronts}
    assert names["leb"] == ["Tripoli (Lebanon)", "Arsal"]
    assert names["libya"] == ["TRIPOLI (Libya)", "Misrata"]
    assert names["syria"][0] == "Arsal"


def test_each_has_a_page_of_its_own(tmp_path: Path) -> None:
    """An item stands on that of the place it means; one that does not tell which, on neither."""
    text = "Update 30-05-2025\n\n# Lebanon\n\n- Tripoli has power.\n\n# Libya\n\n- Tripoli has water.\n"
    site = TWO.replace(", Tripoli]", "]")
    tree = published(
        tmp_path / "site", {"a.txt": f"{text}\n# News\n\n- Tripoli has bread.\n"}, config=site
    ).tree()
    pages = {place: content.decode() for place, content in tree.items() if place.startswith("places/tripoli")}
    assert sorted(pages) == ["places/tripoli-lebanon/index.html", "places/tripoli-libya/index.html"]
    told = {place: [what in page for what in ("power", "water", "bread")] for place, page in pages.items()}
    assert list(told.values()) == [[True, False, False], [False, True, False]]
