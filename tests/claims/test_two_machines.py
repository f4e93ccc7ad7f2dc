"""Two machines that publish and merge their ledgers follow the same claims under the same names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.publishing import Studio, tree

BASE = "Update 30-05-2025\n\n# Rumors\n\n- There are rumors of a raid on Elm.\n"


def merge(one: Studio, other: Studio) -> None:
    """Bring the texts and the ledgers of both together on both, as version control's union merge does."""
    for source, target in ((one, other), (other, one)):
        for path in source.folders.feeds.iterdir():
            shutil.copy(path, target.folders.feeds / path.name)
    names = {path.name for studio in (one, other) for path in studio.folders.ledger.glob("*.jsonl")}
    for name in names:
        lines: dict[str, None] = {}
        for studio in (one, other):
            path = studio.folders.ledger / name
            lines |= dict.fromkeys(path.read_text(encoding="utf-8").splitlines() if path.exists() else [])
        for studio in (one, other):
            (studio.folders.ledger / name).write_text(
                "".join(f"{line}\n" for line in lines), encoding="utf-8"
            )


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Studio, Studio]:
    """Two clones of a site with one rumor."""
    one = Studio(tmp_path / "one")
    one.drop("base.txt", BASE)
    one.publish()
    other = one.clone(tmp_path / "other")
    other.publish()
    return one, other


def published(pair: tuple[Studio, Studio], first: str, second: str) -> dict[str, bytes]:
    """What both come to, after each has published a text of its own and they have merged."""
    one, other = pair
    one.drop("first.txt", first)
    one.publish()
    other.later(minutes=7)
    other.drop("second.txt", second)
    other.publish()
    one.later(hours=1)
    other.now = one.now
    merge(one, other)
    one.publish()
    other.publish()
    assert one.tree() == other.tree()
    assert tree(one.folders.ledger) == tree(other.folders.ledger)
    return one.tree()


def test_each_settles_the_same_rumor(pair: tuple[Studio, Studio]) -> None:
    """One refutes it, the other confirms it a day later: both count, and the later date has the last word."""
    site = published(
        pair,
        "Update 31-05-2025\n\n- Refuted: raid-elm. All is calm.\n",
        "Update 01-06-2025\n\n- Confirmed: R1 of 30 May. Two shops are burnt.\n",
    )
    page = site["claims/raid-elm/index.html"].decode()
    assert "Refuted." in page
    assert "Confirmed." in page
    assert b"Confirmed" in site["2025-05-30/index.html"]


@pytest.mark.slow
def test_both_give_the_same_name(pair: tuple[Studio, Studio]) -> None:
    """The same words on two days, told on two machines: one claim with two steps, on both."""
    site = published(
        pair,
        "Update 31-05-2025\n\n# Rumors\n\n- There are rumors of a coup in Birch.\n",
        "Update 01-06-2025\n\n# Rumors\n\n- Again there are rumors of a coup in Birch.\n",
    )
    assert [place for place in site if place.startswith("claims/coup")] == ["claims/coup-birch/index.html"]
    page = site["claims/coup-birch/index.html"].decode()
    assert 'href="../../2025-05-31/index.html#i1"' in page
    assert 'href="../../2025-06-01/index.html#i1"' in page


def test_a_name_given_before_a_merge_is_not_given_again(pair: tuple[Studio, Studio]) -> None:
    """A rumor dropped after the merge gets the next name, on a fresh clone too."""
    one, _ = pair
    published(
        pair,
        "Update 31-05-2025\n\n# Rumors\n\n- There are rumors of a coup in Birch.\n",
        "Update 01-06-2025\n\n# Rumors\n\n- A rumor about a truce in Alder.\n",
    )
    clone = one.clone(one.root.parent / "clone")
    clone.drop("early.txt", "Update 15-04-2025\n\n# Rumors\n\n- There are rumors of a coup in Birch.\n")
    clone.publish()
    board = clone.tree()["rumors/index.html"].decode()
    first, second = (board.partition(f'id="c-{key}"')[2] for key in ("coup-birch", "coup-birch-2"))
    assert "31 May" in first.partition("</article>")[0]
    assert "15 Apr" in second.partition("</article>")[0]


def test_an_item_that_waits_for_a_claim_goes_on_waiting(tmp_path: Path) -> None:
    """Also when a later update speaks of its update before the claim is opened."""
    site = Studio(tmp_path / "site")
    site.drop(
        "a.txt", "Update 30-05-2025\n\n- The road to Alder.\n- Confirmed: bridge-elm. Two drivers saw it.\n"
    )
    site.publish()
    site.drop("b.txt", "Update 31-05-2025\n\n- Superseded: N1 of 30 May\n")
    site.publish()
    site.drop("c.txt", "Update 29-05-2025\n\n- [claim: bridge-elm] The bridge at Elm is said to be down.\n")
    site.publish()
    assert "Confirmed" in (site.folders.output / "2025-05-29" / "index.html").read_text(encoding="utf-8")
