"""Deletions that look like a mishap wait for a person; those that are meant are carried out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitrep.base.errors import SiteError
from tests.lanes import one_fast
from tests.publish.samples import BRIDGE, CONVOY, DAYS, SCHOOL, seen, six_days, update
from tests.publishing import CONFIG, Studio, tree

pytestmark = pytest.mark.usefixtures("whole")


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A site with six updates, published."""
    return six_days(tmp_path / "site")


def test_many_deletions_at_once_wait_for_a_person(studio: Studio) -> None:
    """Four files gone at once stay online and are named, until it is confirmed or they come back."""
    before = studio.tree()
    texts = {day: (studio.folders.feeds / f"{day}.txt").read_text() for day in DAYS[:4]}
    for day in DAYS[:4]:
        studio.take(f"{day}.txt")
    outcome = studio.publish()
    assert (outcome.exit_code, outcome.withdrawn, outcome.kept_back) == (1, (), DAYS[:4])
    assert studio.tree() == before
    assert studio.publish().kept_back == DAYS[:4]
    for day, text in texts.items():
        studio.drop(f"again-{day}.txt", text)
    outcome = studio.publish()
    assert (outcome.exit_code, outcome.kept_back) == (0, ())
    assert studio.tree() == before


def test_texts_that_vanish_while_the_archive_is_made_anew_keep_their_pages(studio: Studio) -> None:
    """Without an archive (another version of the program, a deleted `.sitrep`) nobody knows what the texts
    said; their pages stand untouched until they come back or somebody says that they are gone."""
    before = studio.tree()
    texts = {day: (studio.folders.feeds / f"{day}.txt").read_text() for day in DAYS[:4]}
    for day in DAYS[:4]:
        studio.take(f"{day}.txt")
    shutil.rmtree(studio.folders.work)
    for _ in range(2):
        assert studio.publish().kept_back == DAYS[:4]
        tree = studio.tree()
        own = [place for place in before if any(day in place for day in DAYS[:4])]
        assert len(own) >= 3 * 4
        assert [place for place in own if tree.get(place) != before[place]] == []
    for day, text in texts.items():
        studio.drop(f"{day}.txt", text)
    assert studio.publish().kept_back == ()
    assert studio.tree() == before


def test_a_confirmed_deletion_is_believed(studio: Studio) -> None:
    """Said to be meant, the four are withdrawn, once."""
    for day in DAYS[:4]:
        studio.take(f"{day}.txt")
    studio.publish()
    outcome = studio.publish(confirm=True)
    assert (outcome.withdrawn, outcome.kept_back, outcome.exit_code) == (DAYS[:4], (), 0)
    assert studio.publish().kept_back == ()
    assert not seen(studio).holding("It is 2025-05-27 in Elm.")


def test_an_emptied_folder_takes_nothing_back(studio: Studio) -> None:
    """All texts gone looks like an unplugged drive: nothing is withdrawn, not even a byte is written."""
    before = studio.tree()
    for day in DAYS:
        studio.take(f"{day}.txt")
    for _ in range(2):
        outcome = studio.publish()
        assert (outcome.withdrawn, outcome.kept_back, outcome.written) == ((), DAYS, 0)
    assert studio.tree() == before


def test_a_vanished_folder_takes_nothing_back(studio: Studio) -> None:
    """feeds/ itself missing is a clear message; when it is back, nothing has happened."""
    before, ledger = studio.tree(), tree(studio.folders.ledger)
    away = studio.root / "elsewhere"
    studio.folders.feeds.rename(away)
    for _ in range(2):
        with pytest.raises(SiteError) as caught:
            studio.publish(confirm=True)
        (problem,) = caught.value.problems
        assert problem.path == "feeds"
        assert "nothing was changed" in problem.remedy
    assert (studio.tree(), tree(studio.folders.ledger)) == (before, ledger)
    away.rename(studio.folders.feeds)
    assert studio.publish().written == 0


def test_updates_cut_from_a_file_are_guarded_too(tmp_path: Path, studio: Studio) -> None:
    """A file of six updates that is saved nearly empty takes nothing back before somebody confirms it."""
    other = Studio(tmp_path / "one-file")
    texts = {day: update(day, BRIDGE, f"It is {day} in Elm.") for day in reversed(DAYS)}
    other.drop("all.txt", "\n\n".join(texts.values()))
    other.publish()
    before = other.tree()
    other.later(hours=1)
    other.drop("all.txt", texts[DAYS[-1]])
    outcome = other.publish()
    assert (outcome.withdrawn, outcome.kept_back) == ((), DAYS[:-1])
    assert other.tree() == before
    assert other.publish(confirm=True).withdrawn == DAYS[:-1]


def test_a_changed_configuration_does_not_believe_a_doubtful_deletion(studio: Studio) -> None:
    """What is kept back stays kept back when everything is read again."""
    for day in DAYS[:4]:
        studio.take(f"{day}.txt")
    studio.publish()
    studio.configure("Notes from the valley", "Voices from the valley")
    outcome = studio.publish()
    assert (outcome.withdrawn, outcome.kept_back) == ((), DAYS[:4])
    assert len(seen(studio).holding("It is 2025-05-27 in Elm.")) > 0
    for day in DAYS[:4]:
        studio.drop(f"{day}.txt", update(day, BRIDGE, f"It is {day} in Elm.", CONVOY))
    studio.publish()


def test_a_refused_text_outlives_its_front(studio: Studio) -> None:
    """The last good version of a broken file stays online when the front it stood in is taken out."""
    studio.drop("south.txt", update("2025-06-01", SCHOOL, heading="Southern front"))
    studio.publish()
    studio.drop("south.txt", "broken: no date any more\n")
    studio.publish()
    start, end = CONFIG.index("  - id: south"), CONFIG.index("  - {id: rumors")
    studio.configure(CONFIG[start:], CONFIG[end:] + "ended: [south]\n")
    studio.publish()
    assert seen(studio).ids("items/feed.json")[0] == "2025-06-01/1"
    assert SCHOOL.encode() in seen(studio).files["2025-06-01/index.html"]
    studio.drop("south.txt", update("2025-06-01", SCHOOL, heading="Southern front"))
    studio.publish()


def test_a_refused_text_that_is_deleted_goes(studio: Studio) -> None:
    """A published file that was broken, and then deleted, is withdrawn like any other."""
    studio.drop("south.txt", update("2025-06-01", SCHOOL))
    studio.publish()
    studio.drop("south.txt", "broken: no date any more\n")
    studio.publish()
    studio.take("south.txt")
    assert studio.publish().withdrawn == ("2025-06-01",)
    assert not seen(studio).holding(SCHOOL)


@pytest.mark.parametrize("front", one_fast("draft: true", "publish: 2030-01-01"))
def test_a_published_text_that_becomes_a_draft_and_goes(studio: Studio, front: str) -> None:
    """Set back to a draft, what was out stays out; the file deleted, it is withdrawn."""
    studio.drop("note.txt", update("2025-06-01", SCHOOL))
    studio.publish()
    before = studio.tree()
    studio.drop("note.txt", f"---\n{front}\n---\n" + update("2025-06-01", SCHOOL, BRIDGE))
    studio.publish()
    assert studio.tree() == before
    studio.take("note.txt")
    assert studio.publish().withdrawn == ("2025-06-01",)


def test_a_new_text_on_the_day_of_a_missing_one_stands_beside_it(studio: Studio) -> None:
    """While a deletion is in doubt, another text of that day is another update, and nothing is replaced."""
    texts = {day: (studio.folders.feeds / f"{day}.txt").read_text() for day in DAYS[:4]}
    for day in DAYS[:4]:
        studio.take(f"{day}.txt")
    studio.publish()
    studio.drop("other.txt", update(DAYS[0], SCHOOL))
    outcome = studio.publish()
    assert outcome.published == (f"{DAYS[0]}-2",)
    assert outcome.kept_back == DAYS[:4]
    for day, text in texts.items():
        studio.drop(f"{day}.txt", text)
    outcome = studio.publish()
    assert (outcome.kept_back, outcome.withdrawn) == ((), ())


def test_missing_texts_may_come_back_in_one_file(studio: Studio) -> None:
    """Four files merged into one by hand are the same four updates, and nothing is withdrawn."""
    texts = [(studio.folders.feeds / f"{day}.txt").read_text() for day in DAYS[:4]]
    before = studio.tree()
    for day in DAYS[:4]:
        studio.take(f"{day}.txt")
    studio.publish()
    studio.drop("all.txt", "\n\n".join(reversed(texts)))
    outcome = studio.publish()
    assert (outcome.kept_back, outcome.withdrawn) == ((), ())
    assert studio.tree() == before


def test_an_undone_cut_takes_nothing_back(studio: Studio, tmp_path: Path) -> None:
    """A file saved nearly empty and then put right: other drops in between do not make anybody forget it."""
    other = Studio(tmp_path / "one-file")
    texts = {day: update(day, BRIDGE, f"It is {day} in Elm.") for day in reversed(DAYS)}
    other.drop("all.txt", "\n\n".join(texts.values()))
    other.publish()
    other.drop("all.txt", texts[DAYS[-1]])
    other.publish()
    other.drop("more.txt", update("2025-06-01", SCHOOL))
    other.drop("more-2.txt", update(DAYS[1], CONVOY))
    outcome = other.publish()
    assert outcome.published == (f"{DAYS[1]}-2", "2025-06-01")
    assert outcome.kept_back == DAYS[:-1]
    other.drop("all.txt", "\n\n".join(texts.values()))
    outcome = other.publish()
    assert (outcome.kept_back, outcome.withdrawn, outcome.exit_code) == ((), (), 0)
    clone = other.clone(tmp_path / "one-clone")
    clone.publish()
    assert clone.tree() == other.tree()
