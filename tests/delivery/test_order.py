"""The order of a delivery: cut off at any moment, every feed and every page leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.delivery.deploy import standing
from sitrep.delivery.order import shipment
from tests.delivery.sites import FIRST, LATER, SECOND, site
from tests.inspecting import Site
from tests.lanes import one_fast
from tests.publishing import Studio

_NAMES = st.sampled_from(
    ["index.html", "feed.xml", "a/index.html", "a/index.txt", "style.css", "media/1.jpg", "SHA256SUMS",
     "SHA256SUMS.sig", "sums/2024-12.sha256", "latest.json", "robots.txt", "b/index.html", "feed.json"]
)  # fmt: skip
_TREES = st.dictionaries(_NAMES, st.binary(min_size=1, max_size=1))


@given(wanted=_TREES, held=_TREES)
def test_a_shipment_is_the_difference(wanted: dict[str, bytes], held: dict[str, bytes]) -> None:
    """What a shipment sends and removes, and nothing else, makes of what is held what is wanted."""
    due = shipment(wanted, held)
    after = {place: digest for place, digest in held.items() if place not in due.removed}
    assert after | {place: wanted[place] for place in due.sent} == wanted
    assert all(held.get(place) != wanted[place] for place in due.sent)
    assert len(set(due.sent)) == len(due.sent)


@given(wanted=_TREES, held=_TREES)
def test_machine_files_follow_pages(wanted: dict[str, bytes], held: dict[str, bytes]) -> None:
    """Pages come before feeds, new pages before changed ones, and sums and signature after everything."""
    sent = shipment(wanted, held).sent
    pages = [place for place in sent if place.endswith((".html", "index.txt"))]
    feeds = [place for place in sent if place.endswith((".xml", ".json"))]
    assert not pages or not feeds or sent.index(pages[-1]) < sent.index(feeds[0])
    assert [place in held for place in pages] == sorted(place in held for place in pages)
    if "SHA256SUMS.sig" in sent:
        assert sent[-1] == "SHA256SUMS.sig"


def _stages(studio: Studio, there: dict[str, bytes], held: dict[str, bytes]) -> Iterator[dict[str, bytes]]:
    """What a target holds after each file, by place."""
    files, due = studio.tree(), shipment(standing(studio.folders), held)
    for place in due.sent:
        there[place] = files[place]
        yield there
    for place in due.removed:
        del there[place]
        yield there


@pytest.mark.parametrize(
    "drops",
    one_fast(
        {"b.txt": SECOND, "c.txt": LATER},
        {"a.txt": FIRST.replace("open", "closed"), "c.txt": LATER},
        {"old.txt": "Update 03-02-2025\n\n- The ferry at Dogwood runs.\n"},
    ),
)
def test_a_delivery_cut_off_leads_nowhere_wrong(tmp_path: Path, drops: dict[str, str]) -> None:
    """Whatever was dropped, and after whichever file it ends: what a reader finds leads somewhere."""
    studio = site(tmp_path / "site")
    there, held = studio.tree(), standing(studio.folders)
    studio.later(hours=2)
    for name, text in drops.items():
        studio.drop(name, text)
    studio.publish()
    stages = 0
    for stage in _stages(studio, there, held):
        stages += 1
        now = Site(stage)
        entrances = ["index.html", *(place for place in now.feeds if place in stage)]
        assert now.dead_links(entrances) == []
    assert stages > 10
    assert there == studio.tree()
