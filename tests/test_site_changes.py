"""Changes around the texts: configuration, templates, missing folders, deletions that look like a mishap."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitrep.base.errors import SiteError
from sitrep.publish.open_site import open_site
from sitrep.publish.spine import publish
from tests.inspecting import site_in
from tests.lanes import one_fast
from tests.publish.test_publish import BRIDGE, CONVOY, SCHOOL, seen, update
from tests.publishing import CONFIG, Studio, published, tree

DAYS = ("2025-05-26", "2025-05-27", "2025-05-28", "2025-05-29", "2025-05-30", "2025-05-31")


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A site with six updates, published."""
    return published(
        tmp_path / "site",
        {f"{day}.txt": update(day, BRIDGE, f"It is {day} in Elm.", CONVOY) for day in DAYS},
    )


@pytest.fixture(autouse=True, params=one_fast("whole", "as a clone builds it"))
def _whole(request: pytest.FixtureRequest, studio: Studio, tmp_path: Path) -> Iterator[None]:
    """After every test the site is whole; in the slow lane a clone builds the same bytes."""
    yield
    base_url = re.findall(r"base_url: (\S+)", studio.folders.config.read_text(encoding="utf-8"))[0]
    site_in(studio.folders.output, base_url).check()
    if request.param == "whole":
        return
    clone = studio.clone(tmp_path / "clone")
    clone.publish()
    assert clone.tree() == studio.tree() or not list(studio.folders.feeds.iterdir())


def configure(studio: Studio, before: str, after: str) -> None:
    """Change one thing in the configuration."""
    assert before in CONFIG
    studio.folders.config.write_text(CONFIG.replace(before, after), encoding="utf-8")


# -- configuration and templates --------------------------------------------------------------------


def test_a_new_address_moves_every_absolute_link(studio: Studio) -> None:
    """base_url changed: feeds and machine files name the new address, ids and stamps stay."""
    before = seen(studio)
    configure(studio, "https://example.org/", "https://mirror.example.net/notes/")
    studio.publish()
    after = site_in(studio.folders.output, "https://mirror.example.net/notes/")
    assert not after.holding("https://example.org/")
    stamps = ("id", "date_published", "date_modified")
    for one, other in zip(before.items("items/feed.json"), after.items("items/feed.json"), strict=True):
        assert [one[name] for name in stamps] == [other[name] for name in stamps]


def test_a_changed_front_sorts_again(studio: Studio) -> None:
    """A place moved to another front, and a renamed front, show everywhere; no id or stamp moves."""
    before = seen(studio).items("items/feed.json")
    configure(studio, "places: [Alder, Birch,", "headings: [Other front]\n    places: [Birch,")
    studio.folders.config.write_text(
        studio.folders.config.read_text().replace("name: Northern front", "name: Upper valley"),
        encoding="utf-8",
    )
    outcome = studio.publish()
    assert outcome.exit_code == 0
    after = seen(studio).items("items/feed.json")
    assert [(i["id"], i["date_published"]) for i in before] == [(i["id"], i["date_published"]) for i in after]
    assert "Upper valley" in seen(studio).pages["north/index.html"]


def test_a_front_that_is_given_up_leaves_its_addresses_behind(studio: Studio) -> None:
    """The page of a front that is given up says so and leads home, its items stand elsewhere."""
    studio.drop("south.txt", update("2025-06-01", SCHOOL, heading="Southern front"))
    studio.publish()
    start, end = CONFIG.index("  - id: south"), CONFIG.index("  - {id: rumors")
    configure(studio, CONFIG[start:], CONFIG[end:] + "ended: [south]\n")
    studio.publish()
    left = {place for place in studio.tree() if place.startswith("south/")}
    assert left == {f"south/{name}" for name in ("index.html", "feed.xml", "rss.xml", "feed.json")}
    assert SCHOOL.encode() not in studio.tree()["south/feed.json"]
    stub = studio.tree()["south/index.html"].decode()
    assert "south: Ended. <a href=" in stub
    assert "Moved" not in stub
    assert "refresh" not in stub
    assert seen(studio).ids("items/feed.json")[0] == "2025-06-01/1"


def test_a_changed_configuration_rebuilds_once(studio: Studio) -> None:
    """The change is told and acted on once; the next publish writes nothing."""
    configure(studio, "Notes from the valley", "Voices from the valley")
    outcome = studio.publish()
    assert any("configuration" in note for note in outcome.notes)
    assert outcome.written
    again = studio.publish()
    assert (again.written, again.notes) == (0, ())


def test_an_own_template_is_used_and_given_up_again(studio: Studio) -> None:
    """A page of the theme can be replaced in templates/; without it the old bytes come back."""
    before = studio.tree()
    studio.folders.templates.mkdir()
    theme = Path(__file__).parents[1] / "templates" / "update.html"
    (studio.folders.templates / "update.html").write_text(
        theme.read_text(encoding="utf-8").replace("</article>", "<p>Our own line.</p></article>"),
        encoding="utf-8",
    )
    outcome = studio.publish()
    assert any("template" in note for note in outcome.notes)
    assert len(seen(studio).holding("Our own line.")) == len(DAYS)
    shutil.rmtree(studio.folders.templates)
    studio.publish()
    assert studio.tree() == before


# -- output/ and .sitrep/ are disposable ------------------------------------------------------------


def test_output_can_be_deleted(studio: Studio) -> None:
    """The next publish makes the same bytes again."""
    before = studio.tree()
    shutil.rmtree(studio.folders.output)
    studio.later(days=9)
    studio.publish()
    assert studio.tree() == before


def test_the_archive_can_be_deleted(studio: Studio) -> None:
    """Without .sitrep/ everything is read again, and not one byte of output/ or ledger/ changes."""
    before, ledger = studio.tree(), tree(studio.folders.ledger)
    mtimes = {path: path.stat().st_mtime_ns for path in studio.folders.output.rglob("*") if path.is_file()}
    shutil.rmtree(studio.folders.work)
    studio.later(days=9)
    outcome = studio.publish()
    assert outcome.written == 0
    assert (studio.tree(), tree(studio.folders.ledger)) == (before, ledger)
    assert {path: path.stat().st_mtime_ns for path in mtimes} == mtimes


def test_both_can_be_deleted(studio: Studio) -> None:
    """The ledger and the texts are enough."""
    before = studio.tree()
    shutil.rmtree(studio.folders.work)
    shutil.rmtree(studio.folders.output)
    studio.later(days=400)
    studio.publish()
    assert studio.tree() == before


def test_files_lost_in_an_unclean_stop_are_mended(studio: Studio) -> None:
    """A file of output/ that is gone or cut off after a crash is made again at the next start."""
    before = studio.tree()
    site = open_site(studio.folders, processes=1)
    studio.drop("new.txt", update("2025-06-01", SCHOOL))
    publish(site, now=studio.now)
    site.archive.close()  # as a kill would: nobody has said goodbye
    (studio.folders.output / "feed.xml").write_bytes(b"")
    (studio.folders.output / "2025-05-26" / "index.html").unlink()
    (studio.folders.output / "items" / "rss.xml").write_bytes(b"<rss")
    shutil.rmtree(studio.folders.output / "north")
    studio.publish()
    assert set(before) < set(studio.tree())
    seen(studio).check()


def test_a_leftover_temporary_file_goes(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed writer left under its temporary name is cleaned up at the next start."""
    real, calls = os.replace, iter(range(100))

    def replace(source: str, target: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        folder = str(Path(f"/proc/self/fd/{dst_dir_fd}").readlink())
        if "/output" in folder and next(calls) == 3:
            raise KeyboardInterrupt
        real(source, target, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)

    studio.drop("new.txt", update("2025-06-01", SCHOOL))
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            studio.publish()
    assert len(list(studio.folders.output.rglob(".sitrep-*"))) == 1
    studio.take("new.txt")
    studio.publish()
    assert not list(studio.folders.output.rglob(".sitrep-*"))


@pytest.mark.parametrize("lost", one_fast(True, False))
def test_nothing_stale_stays_when_the_archive_was_lost(studio: Studio, *, lost: bool) -> None:
    """Pages of an earlier site go although nothing tells of them; files of somebody else stay."""
    studio.drop("south.txt", update("2025-04-01", SCHOOL, heading="Southern front"))
    studio.publish()
    start, end = CONFIG.index("  - id: south"), CONFIG.index("  - {id: rumors")
    configure(studio, CONFIG[start:end], "")
    (studio.folders.ledger / "fronts").unlink()
    foreign = {"CNAME": b"example.org\n", "south/index.html": b"<p>mine</p>", "2025-06-07.txt": b"mine\n"}
    shutil.rmtree(studio.folders.output / "south")
    for place, content in foreign.items():
        (studio.folders.output / place).parent.mkdir(exist_ok=True)
        (studio.folders.output / place).write_bytes(content)
    if lost:
        shutil.rmtree(studio.folders.work)
    else:
        studio.folders.archive.write_bytes(b"no archive at all")
    (studio.folders.feeds / "south.txt").unlink()
    (studio.folders.ledger / "2025-04.jsonl").unlink()
    studio.publish()
    found = studio.tree()
    assert {place: found.get(place) for place in foreign} == foreign
    assert not [place for place in found if "2025-04" in place]
    for place in foreign:
        (studio.folders.output / place).unlink()


# -- deletions that look like a mishap --------------------------------------------------------------


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
    configure(studio, "Notes from the valley", "Voices from the valley")
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
    configure(studio, CONFIG[start:], CONFIG[end:] + "ended: [south]\n")
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


def test_an_item_withdrawn_from_a_front_that_is_no_more(studio: Studio) -> None:
    """What was taken back on a front that was then removed does not trouble later edits."""
    text = "Update 01-06-2025\n\n# Northern front\n\n– " + BRIDGE + "\n\n"
    studio.drop("both.txt", text + "# Southern front\n\n– " + SCHOOL + "\n")
    studio.publish()
    studio.later(hours=1)
    studio.drop("both.txt", text)
    studio.publish()
    start, end = CONFIG.index("  - id: south"), CONFIG.index("  - {id: rumors")
    configure(studio, CONFIG[start:], CONFIG[end:] + "ended: [south]\n")
    studio.publish()
    studio.later(hours=1)
    studio.drop("both.txt", text + "– " + CONVOY + "\n")
    assert studio.publish().published == ("2025-06-01",)
    studio.take("both.txt")
    assert studio.publish().withdrawn == ("2025-06-01",)
