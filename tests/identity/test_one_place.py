"""Two sites that put one update, or one item, to two places and then merge: an id lives in one place."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.identity.test_moves import HEAD, NORTH, OTHER, SOUTH, ids, items
from tests.lanes import one_fast
from tests.publishing import Studio, published, tree

FEEDS = ("feed.xml", "north/feed.xml", "south/feed.xml", "rumors/feed.xml", "items/feed.xml")
TEXT = HEAD + NORTH + SOUTH


def dated(day: str) -> str:
    """The update under another date."""
    return TEXT.replace("05-12-2024", day)


def pair(root: Path) -> tuple[Studio, Studio]:
    """Two machines with one update of six items, and one of another day."""
    one, two = (published(root / name, {"a.txt": TEXT, "other.txt": OTHER}) for name in ("one", "two"))
    one.later(days=2)
    two.later(days=2, minutes=5)
    return one, two


def merge(one: Studio, two: Studio, files: Studio | None = None, seed: int = 0) -> None:
    """Give both the lines of both ledgers, in any order, and the files of one of them (None: of each)."""
    ledgers = [studio.folders.ledger for studio in (one, two)]
    for name in {path.name for ledger in ledgers for path in ledger.glob("*.jsonl")}:
        found = [path.read_bytes().splitlines() for ledger in ledgers if (path := ledger / name).exists()]
        lines = sorted({line for part in found for line in part})
        random.Random(seed).shuffle(lines)
        for ledger in ledgers:
            (ledger / name).write_bytes(b"".join(line + b"\n" for line in lines))
    texts = {path: text for studio in (one, two) for path, text in tree(studio.folders.feeds).items()}
    texts = tree(files.folders.feeds) if files else texts
    for studio in (one, two):
        for path in tree(studio.folders.feeds):
            studio.take(path)
        for path, text in texts.items():
            studio.drop(path, text.decode())
    one.now = two.now = max(one.now, two.now)


def live(studio: Studio, feed: str) -> list[str]:
    """Ids of the entries of a feed that show words; each id is there once (``ids`` asserts it)."""
    gone = ("Withdrawn", "Moved")
    return [name for name, title in ids(studio, feed).items() if not title.startswith(gone)]


def publish(*studios: Studio) -> None:
    """Publish each, as if somebody had confirmed what is gone."""
    for studio in studios:
        studio.publish(confirm=True)


def merge_to_one(sites: tuple[Studio, Studio], winner: int, before: set[str]) -> None:
    """Merge in the winner's favour, twice: both have the same site, with the ids of before, each once."""
    for seed in (0, 1):
        merge(*sites, sites[winner], seed=seed)
        publish(*sites)
    for studio in sites:
        assert set(live(studio, "items/feed.xml")) == before
        assert set(live(studio, "feed.xml")) == {"2024-12-05", "2024-12-06"}
    assert sites[0].tree() == sites[1].tree()


@pytest.mark.parametrize("winner", one_fast(0, 1))
@pytest.mark.parametrize(
    "days", one_fast(["29-11-2024", "04-12-2024"], ["04-12-2024", "03-12-2024"]), ids=" and ".join
)
def test_an_update_put_to_two_dates(tmp_path: Path, winner: int, days: list[str]) -> None:
    """Whoever's file is kept, the update has its first id under that date, once; nothing is taken back."""
    sites = pair(tmp_path)
    before = items(sites[0])
    for studio, day in zip(sites, days, strict=True):
        studio.drop("a.txt", dated(day))
        studio.publish()
    merge_to_one(sites, winner, before)
    for studio in sites:
        assert "Withdrawn" not in repr([ids(studio, feed) for feed in FEEDS])
    clone = sites[0].clone(tmp_path / "clone")
    clone.publish()
    assert clone.tree() == sites[0].tree()


@pytest.mark.parametrize("winner", one_fast(1, 0))
def test_one_edits_and_one_moves(tmp_path: Path, winner: int) -> None:
    """The text that is kept stands under the first id, wherever that is."""
    sites = pair(tmp_path)
    before = items(sites[0])
    sites[0].drop("a.txt", TEXT.replace("no water", "no water and no power"))
    sites[1].drop("a.txt", dated("04-12-2024"))
    publish(*sites)
    merge_to_one(sites, winner, before)


def test_both_texts_are_kept(tmp_path: Path) -> None:
    """Of two that stand one keeps the id, the other has one of its own, and its writer is asked."""
    sites = pair(tmp_path)
    for studio, day, name in zip(sites, ("04-12-2024", "03-12-2024"), "bc", strict=True):
        studio.take("a.txt")
        studio.drop(f"{name}.txt", dated(day))
        studio.publish()
    merge(*sites)
    outcomes = [studio.publish(confirm=True) for studio in sites]
    for outcome in outcomes:
        assert any("ids of its own" in problem.fact for problem in outcome.problems)
    merge(*sites, seed=1)
    publish(*sites)
    assert sites[0].tree() == sites[1].tree()
    assert len(live(sites[0], "feed.xml")) == 3
    assert Counter(live(sites[0], "items/feed.xml")).most_common(1)[0][1] == 1


@pytest.mark.slow
def test_an_item_put_into_two_updates(tmp_path: Path) -> None:
    """An item moved to one update here and to another one there keeps its id in one of them."""
    root = Studio(tmp_path / "one")
    root.drop("a.txt", TEXT)
    root.drop("other.txt", OTHER)
    root.drop("third.txt", OTHER.replace("06-12", "07-12").replace("quiet", "loud"))
    root.publish()
    sites = root, root.clone(tmp_path / "two")
    sites[1].publish()
    before = items(root)
    for studio, name in zip(sites, ("other.txt", "third.txt"), strict=True):
        studio.later(days=2)
        studio.drop("a.txt", HEAD + NORTH)
        path = studio.folders.feeds / name
        path.write_text(path.read_text() + SOUTH)
        studio.publish()
    merge(*sites, sites[1])
    publish(*sites)
    merge(*sites, sites[1], seed=1)
    publish(*sites)
    for studio in sites:
        assert set(live(studio, "items/feed.xml")) == before
    assert sites[0].tree() == sites[1].tree()


STEPS = {
    "early": {"a.txt": dated("04-12-2024")},
    "november": {"a.txt": dated("29-11-2024")},
    "home": {"a.txt": TEXT},
    "edited": {"a.txt": TEXT.replace("no water", "no water and no power")},
    "joined": {"a.txt": "", "other.txt": OTHER + NORTH + SOUTH},
    "parted": {"a.txt": HEAD + NORTH, "other.txt": OTHER + SOUTH},
    "gone": {"a.txt": ""},
}


histories = st.lists(st.sampled_from(sorted(STEPS)), max_size=3)


@pytest.mark.slow
@settings(max_examples=12, phases=[Phase.explicit, Phase.generate])
@given(histories, histories, st.integers(0, 1), st.integers(0, 9))
def test_whatever_two_sites_do_an_id_lives_in_one_place(
    first: list[str], second: list[str], winner: int, seed: int
) -> None:
    """After any moves on both sides and a merge in any order both show the same, and no id twice."""
    with tempfile.TemporaryDirectory() as folder:
        sites = pair(Path(folder))
        for studio, steps in zip(sites, (first, second), strict=True):
            for step in steps:
                for name, text in {"other.txt": OTHER, **STEPS[step]}.items():
                    (studio.folders.feeds / name).unlink(missing_ok=True)
                    if text:
                        studio.drop(name, text)
                studio.publish(confirm=True)
                studio.later(hours=3)
        for turn in range(2):
            merge(*sites, sites[winner], seed=seed + turn)
            publish(*sites)
        for feed in FEEDS:
            assert ids(sites[0], feed) == ids(sites[1], feed)


def test_what_stands_nowhere_leads_nowhere(tmp_path: Path) -> None:
    """A date put elsewhere, each item replaced there, the date put back: a site made anew says the same."""
    studio = Studio(tmp_path / "site")
    for day, words in (
        ("2024-12-01", ("The school is open again.", "The bridge at Alder is down.")),
        ("2025-06-01", ("The school is open again.", "The bridge at Alder is down.")),
        ("2025-06-01", ("Cattle grazed on the hills.", "The bridge at Alder is down.")),
        ("2025-06-01", ("Cattle grazed on the hills.", "Two markets sold no bread.")),
        ("2024-11-30", ("Cattle grazed on the hills.", "Two markets sold no bread.")),
        ("2024-12-01", ("Cattle grazed on the hills.", "Two markets sold no bread.")),
    ):
        studio.drop("a.txt", f"Update {day}\n\n" + "".join(f"- {said}\n" for said in words))
        studio.publish(confirm=True)
        studio.later(hours=1)
    clone = studio.clone(tmp_path / "clone")
    clone.publish(confirm=True)
    assert clone.tree() == studio.tree()
    assert tree(clone.folders.ledger) == tree(studio.folders.ledger)
