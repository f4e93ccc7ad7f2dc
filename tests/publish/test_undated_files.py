"""`undated: arrival`: a text without a date counts as of the day it came in, at every later reading too."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitrep.inbox.survey import State
from tests.inspecting import site_in
from tests.lanes import one_fast
from tests.publish.samples import BRIDGE, CONVOY, SCHOOL, seen, update
from tests.publishing import CONFIG, Studio, published, tree

BARE = f"# Northern front\n\n– {BRIDGE}\n– {CONVOY}\n"
OTHER = f"# Southern front\n\n– {SCHOOL}\n– Rain in Elm since noon.\n"


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A site on which a text without a date came in on 1 June."""
    texts = {"bare.txt": BARE, "dated.txt": update("2025-05-20", "Calm in Birch.")}
    return published(tmp_path / "site", texts, config=CONFIG + "dates:\n  undated: arrival\n")


@pytest.fixture(autouse=True, params=one_fast("whole", "and a month later"))
def _sticks(request: pytest.FixtureRequest, studio: Studio, tmp_path: Path) -> Iterator[None]:
    """Whatever a test did: a month later a clone with other file names builds the same bytes."""
    yield
    site_in(studio.folders.output).check()
    if request.param == "whole":
        return
    studio.later(days=33)
    assert studio.publish().written == 0
    clone = studio.clone(tmp_path / "clone")
    for number, path in enumerate(sorted(clone.folders.feeds.rglob("*.*"), reverse=True)):
        path.rename(clone.folders.feeds / f"{number}.md")
    clone.publish()
    assert clone.tree() == studio.tree()
    assert tree(clone.folders.ledger) == tree(studio.folders.ledger)


def test_a_text_without_a_date_counts_as_of_today(studio: Studio) -> None:
    """It is published under the day it came in, and its writer is told."""
    assert seen(studio).ids() == ["2025-06-01", "2025-05-20"]


def test_it_is_told_once_more_when_asked(studio: Studio) -> None:
    """The remark says which day was taken."""
    studio.later(days=2)
    studio.drop("late.txt", OTHER)
    (file,) = [file for file in studio.publish().files if file.path == "late.txt"]
    assert file.state is State.PUBLISHED
    assert "2025-06-03" in file.problems[0].fact
    assert seen(studio).ids() == ["2025-06-03", "2025-06-01", "2025-05-20"]


def test_an_edit_keeps_the_day(studio: Studio) -> None:
    """Changed a week later, even in every word, it is the same update under the same id."""
    studio.later(days=7)
    studio.drop("bare.txt", BARE.replace("open", "closed"))
    assert studio.publish().published == ("2025-06-01",)
    studio.later(days=1)
    studio.drop("bare.txt", OTHER)
    outcome = studio.publish()
    assert (outcome.published, outcome.withdrawn) == (("2025-06-01",), ())
    assert seen(studio).entry("2025-06-01")["date_published"] == "2025-06-01T09:00:00+00:00"


def test_a_touch_and_a_rename_keep_the_day(studio: Studio) -> None:
    """Saved again unchanged, and renamed: not one byte is written."""
    before = studio.tree()
    studio.later(days=7)
    studio.drop("bare.txt", BARE)
    studio.publish()
    studio.later(days=1)
    (studio.folders.feeds / "bare.txt").rename(studio.folders.feeds / "other.md")
    assert studio.publish().withdrawn == ()
    assert studio.tree() == before


def test_a_rename_with_an_edit_keeps_the_day(studio: Studio) -> None:
    """Renamed and changed between two looks it is told by its words."""
    studio.later(days=7)
    studio.take("bare.txt")
    studio.drop("other.md", BARE + "– Snow in the hills.\n")
    outcome = studio.publish()
    assert (outcome.published, outcome.withdrawn) == (("2025-06-01",), ())


def test_a_changed_configuration_keeps_the_day(studio: Studio) -> None:
    """Everything read again on another day: the same ids."""
    studio.later(days=7)
    text = studio.folders.config.read_text(encoding="utf-8")
    studio.folders.config.write_text(text.replace("from the valley", "from the hills"), encoding="utf-8")
    studio.publish()
    assert seen(studio).ids() == ["2025-06-01", "2025-05-20"]


def test_a_lost_archive_keeps_the_day(studio: Studio) -> None:
    """Built again from texts and ledger a month later, not one byte changes; the rest is nothing new."""
    before = studio.tree()
    studio.later(days=30)
    shutil.rmtree(studio.folders.work)
    outcome = studio.publish()
    assert (outcome.written, outcome.withdrawn, outcome.kept_back) == (0, (), ())
    assert studio.tree() == before


def test_the_same_words_on_two_days_are_two_updates(studio: Studio) -> None:
    """A text that is dropped again another day under another name came in again."""
    studio.later(days=3)
    studio.drop("again.txt", BARE)
    assert studio.publish().published == ("2025-06-04",)
    assert seen(studio).ids() == ["2025-06-04", "2025-06-01", "2025-05-20"]


def test_two_copies_on_one_day_are_one_update(studio: Studio) -> None:
    """And stay one, also when everything is read again, and when the first copy goes."""
    studio.drop("copy.txt", BARE)
    assert studio.publish().published == ()
    studio.later(days=5)
    text = studio.folders.config.read_text(encoding="utf-8")
    studio.folders.config.write_text(text + "seo: false\n", encoding="utf-8")
    studio.publish()
    assert seen(studio).ids() == ["2025-06-01", "2025-05-20"]
    out = [name for name in ("bare.txt", "copy.txt") if name in _sources(studio)]
    studio.take(out[0])
    outcome = studio.publish()
    assert (outcome.withdrawn, outcome.published) == ((), ())
    assert seen(studio).ids() == ["2025-06-01", "2025-05-20"]


def _sources(studio: Studio) -> list[str]:
    """Files of which something is online."""
    from sitrep.archive.archive import Archive

    archive = Archive(studio.folders.archive, read_only=True)
    try:
        return [name for name in ("bare.txt", "copy.txt") if archive.keys_of(name)]
    finally:
        archive.close()


def test_a_text_that_came_with_its_ledger_keeps_the_day(studio: Studio, tmp_path: Path) -> None:
    """Text and ledger arrive from another machine on another day, into a site that is up."""
    other = studio.clone(tmp_path / "other")
    other.publish()
    studio.later(days=1)
    studio.drop("new.txt", OTHER)
    studio.publish()
    shutil.copytree(studio.folders.ledger, other.folders.ledger, dirs_exist_ok=True)
    other.now = studio.now
    other.later(days=9)
    other.drop("from-there.txt", OTHER)
    outcome = other.publish()
    assert (outcome.published, outcome.kept_back) == (("2025-06-02",), ())
    assert other.tree() == studio.tree()
