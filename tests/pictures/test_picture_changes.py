"""Pictures that come, change, go or are lost: the site follows, and at what cost."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import Phase, given, settings

pytest.importorskip("PIL", reason="Pillow is not installed (make setup installs it)")

from sitrep.base.errors import SiteError
from sitrep.inbox.scan import Look, glance
from sitrep.pictures import cache, clean_image
from sitrep.pictures.cache import PictureCache
from sitrep.publish import read_files, write_output, write_site
from sitrep.publish.open_site import open_site
from sitrep.publish.output_writer import Writer
from sitrep.publish.spine import publish
from tests.pictures.test_pictures import DAY, MILL, ROOT, as_if_built_anew, jpeg, media, page, put, text
from tests.publishing import Studio

# -- changes ----------------------------------------------------------------------------------------


def test_a_picture_that_comes_changes_or_goes_is_followed(studio: Studio) -> None:
    """The text is read again though nobody touched it; its words decide ``updated``, not its pictures."""
    studio.drop("a.txt", MILL)
    studio.publish()
    before = json.loads(studio.tree()[f"api/updates/{DAY}.json"])
    seen = set()
    for content in (jpeg("red"), jpeg("green"), None, jpeg("red")):
        studio.later(hours=3)
        if content is None:
            studio.take("mill.jpg")
        else:
            put(studio, "mill.jpg", content)
        outcome = studio.publish()
        assert outcome.published == (DAY,)
        assert len(media(studio)) == (content is not None)
        seen.update(media(studio))
        after = json.loads(studio.tree()[f"api/updates/{DAY}.json"])
        assert (after["updated"], after["published"]) == (before["updated"], before["published"])
        assert not after["items"][0]["revisions"]
        assert [place for place in seen if place in page(studio)] == media(studio)
        as_if_built_anew(studio)
    assert len(seen) == 2
    assert studio.publish().written == 0


def test_an_edited_text_leaves_its_pictures_alone(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is drawn or written twice: not for new words, a touched picture or a new theme."""
    path = put(studio, "mill.jpg", jpeg())
    studio.drop("a.txt", MILL)
    studio.publish()
    (place,) = media(studio)
    stamp = (studio.folders.output / place).stat().st_mtime_ns
    monkeypatch.setattr(clean_image, "make", lambda content: pytest.fail("it was drawn again"))
    studio.drop("a.txt", MILL + "\n– More words.\n")
    studio.publish()
    assert "More words" in page(studio)
    monkeypatch.undo()
    os.utime(path, ns=(1, 1))
    assert studio.publish().written == 0
    (studio.root / "templates").mkdir()
    (studio.root / "templates" / "foot.html").write_text("<footer>new</footer>")
    studio.publish()
    assert "<footer>new" in page(studio)
    assert (studio.folders.output / place).stat().st_mtime_ns == stamp


def test_a_watcher_that_saw_the_picture_alone_brings_its_text(studio: Studio) -> None:
    """A look at one picture has the texts that name it read again, and no others."""
    studio.drop("a.txt", MILL)
    studio.drop("b.txt", text("– Elsewhere.", day="30-05-2025"))
    studio.publish()
    put(studio, "mill.jpg", jpeg())
    found = glance(studio.folders.feeds, "mill.jpg")
    assert found
    site = open_site(studio.folders, processes=1)
    outcome = publish(site, Look(found=(found,)), now=studio.now)
    site.close()
    assert [one.path for one in outcome.files] == ["a.txt", "mill.jpg"]
    assert len(media(studio)) == 1
    as_if_built_anew(studio)


# -- kept, lost, torn -------------------------------------------------------------------------------


def test_output_is_made_again_without_drawing(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lost output/ takes its pictures from where they are kept, a lost keep from output/, or feeds/."""
    put(studio, "mill.jpg", jpeg())
    studio.drop("a.txt", MILL)
    studio.publish()
    whole = studio.tree()
    with monkeypatch.context() as patch:
        patch.setattr(clean_image, "make", lambda content: pytest.fail("it was drawn again"))
        shutil.rmtree(studio.folders.output)
        studio.publish()
        assert studio.tree() == whole
        shutil.rmtree(studio.folders.media)
        studio.publish()
        (studio.root / "templates").mkdir()
        (studio.root / "templates" / "foot.html").write_text("<footer>new</footer>")
        studio.publish()
        assert media(studio)
        shutil.rmtree(studio.root / "templates")
        studio.publish()
        assert studio.tree() == whole
    shutil.rmtree(studio.folders.output)
    shutil.rmtree(studio.folders.media, ignore_errors=True)
    studio.publish()
    assert studio.tree() == whole


def test_a_torn_keep_is_noticed(studio: Studio) -> None:
    """What a power cut left of a kept picture is never published: its name tells that it is torn."""
    put(studio, "mill.jpg", jpeg())
    studio.drop("a.txt", MILL)
    studio.publish()
    whole = studio.tree()
    (kept,) = studio.folders.media.iterdir()
    kept.write_bytes(kept.read_bytes()[:100])
    shutil.rmtree(studio.folders.output)
    studio.publish()
    assert studio.tree() == whole


def test_a_full_disk_is_said_and_mended(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a picture cannot be kept the site stays as it was, and the next publish goes on from there."""
    studio.drop("a.txt", text("– A quiet night."))
    studio.publish()
    before = studio.tree()
    put(studio, "mill.jpg", jpeg())
    studio.drop("a.txt", MILL)
    with monkeypatch.context() as patch:
        patch.setattr(
            cache.os, "replace", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "No space left"))
        )
        with pytest.raises(SiteError, match="could not be kept"):
            studio.publish()
    assert studio.tree() == before
    assert list(studio.folders.media.iterdir()) == []
    studio.publish()
    assert len(media(studio)) == 1


def test_a_keep_forgets_what_nothing_shows(tmp_path: Path) -> None:
    """Only what is wanted stays."""
    keep = PictureCache(tmp_path / "media")
    keep.sweep(frozenset())
    keep.keep("media/0123.jpg", b"a")
    keep.keep("media/4567.jpg", b"b")
    keep.sweep(frozenset({"media/4567.jpg"}))
    assert [one.name for one in keep.folder.iterdir()] == ["4567.jpg"]
    assert keep.read("media/4567.jpg") is None


def test_a_picture_is_there_before_the_page_and_stays_until_after_it(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader never meets a link to a picture that is not there yet, or not any more."""
    done: list[str] = []
    write, remove = Writer.write, Writer.remove
    monkeypatch.setattr(
        Writer, "write", lambda self, place, body: (done.append(place), write(self, place, body))
    )
    monkeypatch.setattr(Writer, "remove", lambda self, place: (done.append(f"-{place}"), remove(self, place)))
    put(studio, "mill.jpg", jpeg("red"))
    studio.drop("a.txt", MILL)
    studio.publish()
    (first,) = media(studio)
    assert done[0] == first
    done.clear()
    put(studio, "mill.jpg", jpeg("blue"))
    studio.publish()
    assert done[0] == media(studio)[0]
    assert done[-1] == f"-{first}"
    assert f"{DAY}/index.html" in done[1:-1]


@pytest.mark.slow
def test_a_large_build_in_several_processes_is_the_same(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures are drawn where their texts are read; the site is what one process makes."""
    for number in range(1, 13):
        put(studio, f"{number}.jpg", jpeg(size=(100 + number, 80)))
        studio.drop(f"{number}.txt", text(f"– Item. ![x]({number}.jpg)", day=f"{number}-05-2025"))
    studio.publish()
    other = studio.clone(tmp_path / "other")
    monkeypatch.setattr(read_files, "MANY", 2)
    monkeypatch.setattr(write_site, "MANY", 10)
    monkeypatch.setattr(write_output, "_PORTION", 20)
    other.publish(processes=2)
    assert len(media(other)) == 12
    assert other.tree() == studio.tree()


NAMES = ["a.jpg", "b.jpg", "C.JPG"]
COLOURS = ["red", "green", "blue"]
steps = st.lists(
    st.one_of(
        st.tuples(st.just("picture"), st.sampled_from(NAMES), st.sampled_from(COLOURS)),
        st.tuples(st.just("gone"), st.sampled_from(NAMES), st.just("")),
        st.tuples(
            st.just("text"), st.integers(1, 3), st.lists(st.sampled_from([*NAMES, "c.jpg"]), max_size=3)
        ),
        st.tuples(st.just("taken"), st.integers(1, 3), st.just("")),
        st.tuples(st.just("renamed"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    ),
    min_size=2,
    max_size=8,
)


@settings(max_examples=max(1, settings().max_examples // 12), phases=(Phase.explicit, Phase.generate))
@given(steps=steps)
@pytest.mark.slow
def test_incremental_equals_from_scratch(steps: list[tuple[str, object, object]]) -> None:
    """However pictures and texts come, change, move and go, the site is that of a clean build."""
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Path(folder) / "site")
        studio.drop("anchor.txt", text("– Always there. ![x](a.jpg)", day="01-05-2025"))
        for step in steps:
            _take_step(studio, *step)
            studio.publish(confirm=True)
            studio.later(hours=1)
            as_if_built_anew(studio)
            shown = set(
                re.findall(r"media/[0-9a-f]{16}\.(?:jpg|png)", "".join(map(str, studio.tree().values())))
            )
            assert shown == set(media(studio))


def _take_step(studio: Studio, kind: str, what: object, how: object) -> None:
    feeds = studio.folders.feeds
    if kind == "picture":
        put(studio, str(what), jpeg(str(how), size=(40, 30)))
    elif kind == "gone":
        (feeds / str(what)).unlink(missing_ok=True)
    elif kind == "text":
        named = [f"– Item {n}. ![it shows {name}]({name})" for n, name in enumerate(how)]  # type: ignore[arg-type, var-annotated]
        studio.drop(f"{what}.txt", text("– Words.", *named, day=f"{what}-05-2025"))
    elif kind == "taken":
        (feeds / f"{what}.txt").unlink(missing_ok=True)
    elif (feeds / str(what)).exists():
        (feeds / str(what)).rename(feeds / str(how))


# -- what it costs ----------------------------------------------------------------------------------


def test_an_update_without_pictures_costs_nothing(studio: Studio) -> None:
    """It asks the archive for none, and Pillow is not loaded; nor for a picture that was made before."""
    studio.publish()
    site = open_site(studio.folders, processes=1)
    asked: list[str] = []
    site.archive._db.set_trace_callback(asked.append)
    for day in range(1, 6):
        studio.drop(f"{day}.txt", text("– Words.", day=f"{day}-05-2025"))
        publish(site, now=studio.now)
    site.close()
    about = [sql for sql in asked if re.search(r"\b(pictures|media)\b", sql)]
    # Whether there are any is asked once.
    assert len(about) <= 2
    put(studio, "mill.jpg", jpeg())
    studio.drop("a.txt", MILL)
    studio.publish()
    studio.drop("a.txt", MILL + "\n– More.\n")
    code = (
        "import sys; from pathlib import Path; from tests.publishing import Studio;"
        f"print(Studio(Path({str(studio.root)!r})).publish().written, 'PIL' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    written, loaded = run.stdout.split()
    assert int(written) > 0
    assert loaded == "False"


@pytest.mark.slow
def test_one_picture_costs_the_same_at_any_size_of_the_archive(studio: Studio) -> None:
    """A changed picture has one text read again and its own pages written, however many others there are."""
    for number in range(1, 21):
        put(studio, f"{number}.jpg", jpeg(size=(60 + number, 40)))
        studio.drop(f"{number}.txt", text(f"– Item. ![x]({number}.jpg)", day=f"{number}-05-2025"))
    studio.publish()
    put(studio, "3.jpg", jpeg("red"))
    outcome = studio.publish()
    assert [one.path for one in outcome.files] == ["3.jpg", "3.txt"]
    assert outcome.published == ("2025-05-03",)
    assert outcome.written < 40
