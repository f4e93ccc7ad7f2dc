"""Finished entries are kept: what is new costs itself, what is not costs nothing."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from sitrep.archive.archive import Archive
from sitrep.base.values import replace
from sitrep.config.values import Config
from sitrep.feeds import month_units
from sitrep.feeds.documents import FeedDocuments, MemoryEntryCache
from sitrep.feeds.xml_templates import Values
from sitrep.site.addresses import FEED_FORMATS, feeds_of
from tests.feeds import samples

ROOT = Path(__file__).parents[2]


class Counting(MemoryEntryCache):
    """Counts what is asked for and what is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()

    def get(self, name: str, stamp: bytes) -> bytes | None:
        found = super().get(name, stamp)
        self.counts["hit" if found else "miss"] += 1
        return found

    def put(self, name: str, stamp: bytes, body: bytes) -> None:
        self.counts["put"] += 1
        super().put(name, stamp, body)

    @property
    def size(self) -> int:
        return len(self._kept)


def all_feeds(config: Config, archive: Archive, fragments: Counting) -> dict[str, bytes]:
    """Every current feed, from a program that has just started."""
    feeds = FeedDocuments(config, fragments)
    return {
        one.place(form): feeds.current(archive, one, form)
        for one in feeds_of(config)
        for form in FEED_FORMATS
    }


def test_a_second_look_makes_nothing_anew_and_a_new_update_its_own_entries() -> None:
    """With everything kept, no entry is made and the bytes are the same; one drop makes one unit in each
    feed that has it, however many stand there."""
    config, kept = samples.config(), Counting()
    archive = samples.archive(*(samples.ordinary(key) for key in samples.days("2024-11-20", 20)))
    first = all_feeds(config, archive, kept)
    kept.counts.clear()
    assert all_feeds(config, archive, kept) == first
    assert kept.counts["miss"] == kept.counts["put"] == 0
    archive.put_update(samples.ordinary("2024-12-10"))
    made = all_feeds(config, archive, kept)
    assert kept.counts["put"] == 7
    assert made == all_feeds(config, archive, Counting())


def test_what_is_kept_is_bounded() -> None:
    """However many years there are, no more is left behind than four months of days can hold."""
    config, kept = samples.config(), Counting()
    archive = Archive(None)
    for number, key in enumerate(samples.days("2022-01-01", 140)):
        archive.put_update(samples.ordinary(key))
        if number % 20 == 19:
            all_feeds(config, archive, kept)
    feeds, days, months = 7, 31, 4
    assert 600 < kept.size <= months * days * feeds + 2


def test_a_change_of_the_config_makes_everything_anew() -> None:
    """Nothing kept under another configuration is used."""
    archive, kept = samples.archive(samples.ordinary("2024-12-06")), Counting()
    all_feeds(samples.config(), archive, kept)
    other = samples.config(author="Another collective")
    assert all_feeds(other, archive, kept) == all_feeds(other, archive, Counting())


def test_an_edit_is_seen_by_a_program_that_runs_on() -> None:
    """What the months hold in memory is dropped when the archive changes, also by another connection."""
    config = samples.config()
    archive = samples.archive(samples.ordinary("2024-12-06"))
    feeds, one = FeedDocuments(config), feeds_of(config)[0]
    before = feeds.current(archive, one, "atom")
    archive.put_update(replace(samples.ordinary("2024-12-06"), title="Edited"))
    after = feeds.current(archive, one, "atom")
    assert b"<title>Edited</title>" in after
    assert after != before
    archive.drop_update("2024-12-06")
    assert b"<entry" not in feeds.current(archive, one, "atom")


def test_feedgen_is_not_loaded_when_its_blank_is_kept() -> None:
    """A drop in a new process pays neither for feedgen nor for lxml."""
    code = """
import sys
from sitrep.site.addresses import FEED_FORMATS, feeds_of
from sitrep.feeds.documents import FeedDocuments, MemoryEntryCache
from tests.feeds import samples

config, kept = samples.config(), MemoryEntryCache()
archive = samples.archive(samples.ordinary("2024-12-06"))
for form in FEED_FORMATS:
    FeedDocuments(config, kept).current(archive, feeds_of(config)[0], form)
assert "feedgen" in sys.modules
for name in [name for name in sys.modules if name.partition(".")[0] in ("feedgen", "lxml")]:
    del sys.modules[name]
del sys.modules["sitrep.feeds.rss_atom"]
archive.put_update(samples.ordinary("2024-12-07"))
for form in FEED_FORMATS:
    assert b"2024-12-07" in FeedDocuments(config, kept).current(archive, feeds_of(config)[0], form)
assert "feedgen" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_one_drop_asks_for_few_entries(monkeypatch: object) -> None:
    """The number of entries that are filled for a drop does not depend on how many there are."""
    made: list[int] = []
    for count in (5, 60):
        config, kept = samples.config(), Counting()
        archive = samples.archive(*(samples.ordinary(key) for key in samples.days("2024-10-01", count)))
        all_feeds(config, archive, kept)
        archive.put_update(samples.ordinary("2024-12-10"))
        filled = Counter[str]()
        real = month_units.xml_templates.entry_values

        def counted(entry: object, filled: Counter[str] = filled, real: object = real) -> Values:
            filled["entry"] += 1
            return real(entry)  # type: ignore[operator, no-any-return]

        monkeypatch.setattr(month_units.xml_templates, "entry_values", counted)  # type: ignore[attr-defined]
        all_feeds(config, archive, kept)
        monkeypatch.undo()  # type: ignore[attr-defined]
        made.append(filled["entry"])
    assert made[0] == made[1] == 1 + 4 + 5 + 1
