"""Pictures from the drop folder to the site: which are published, what of them, and at what cost."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import Phase, given, settings

pytest.importorskip("PIL", reason="Pillow is not installed (make setup installs it)")

from PIL import Image

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Severity
from sitrep.inbox.scan import Look, glance
from sitrep.pictures import cache, clean_image
from sitrep.pictures.cache import PictureCache
from sitrep.publish import read_files, write_output, write_site
from sitrep.publish.open_site import open_site
from sitrep.publish.outcome import Outcome
from sitrep.publish.output_writer import Writer
from sitrep.publish.spine import publish
from tests.feeds.parsed import read, schema
from tests.publishing import CONFIG, Studio

DAY = "2025-05-31"
CANARY = b"Canary of the informant"
ROOT = Path(__file__).parents[2]


def text(*lines: str, day: str = "31-05-2025") -> str:
    return "\n".join((f"Update {day}", "", "# Northern front", "", *lines, ""))


MILL = text("– A queue at the mill in Alder. ![people waiting](mill.jpg)")


def jpeg(colour: str = "olive", *, size: tuple[int, int] = (640, 480), telling: bool = False) -> bytes:
    """An image; a telling one says who took it, and where."""
    written, note = io.BytesIO(), Image.Exif()
    if telling:
        note[0x010F] = note[0x8298] = CANARY.decode()
        note.get_ifd(0x8825).update({1: "N", 2: (36.0, 12.0, 7.0), 3: "E", 4: (37.0, 9.0, 1.0)})
    Image.new("RGB", size, colour).save(written, "JPEG", exif=note.tobytes(), comment=CANARY)
    return written.getvalue() + CANARY


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path / "site")


def put(studio: Studio, name: str, content: bytes) -> Path:
    """Lay a file into the drop folder."""
    path = studio.folders.feeds / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def media(studio: Studio) -> list[str]:
    """Places of the published pictures."""
    return [place for place in studio.tree() if place.startswith("media/")]


def page(studio: Studio, key: str = DAY) -> str:
    return studio.tree()[f"{key}/index.html"].decode()


def warnings(outcome: Outcome) -> list[str]:
    return [one.fact for one in outcome.problems if one.severity is Severity.WARNING]


def as_if_built_anew(studio: Studio) -> None:
    """Fail unless a clean build on another machine gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        clone = studio.clone(Path(folder) / "clone")
        clone.publish(confirm=True)
        assert clone.tree() == studio.tree()


# -- what is published ------------------------------------------------------------------------------


def test_a_named_picture_is_published_and_nothing_else_of_it(studio: Studio) -> None:
    """The page links to it with description and size; no byte of the camera, no name of a file gets out."""
    put(studio, "mill.jpg", jpeg(telling=True))
    put(studio, "unnamed-source.jpg", jpeg("navy", telling=True))
    studio.drop("a.txt", MILL)
    outcome = studio.publish()
    (place,) = media(studio)
    content = studio.tree()[place]
    assert re.fullmatch(r"media/[0-9a-f]{16}\.jpg", place)
    assert clean_image.is_sound(place.removeprefix("media/"), content)
    assert f'<a href="../{place}"><bdi>Picture: people waiting</bdi></a>, 2 KB' in page(studio)
    for name, body in studio.tree().items():
        assert CANARY not in body, name
        for word in ("mill.jpg", "unnamed", "Exif"):
            assert word.encode() not in body, name
            assert word not in name
    assert outcome.problems == ()
    assert outcome.exit_code == 0


def test_every_way_of_naming_a_picture_leads_to_it(studio: Studio) -> None:
    """Markdown, a line with a caption, a wiki embed, a folder below, %20, other case, other accents."""
    put(studio, "one.jpg", jpeg("red"))
    put(studio, "two.jpg", jpeg("green"))
    put(studio, "three.jpg", jpeg("blue"))
    put(studio, "below/four.jpg", jpeg("yellow"))
    put(studio, "Photo five.JPG", jpeg("purple"))
    put(studio, "cafe\u0301.jpg", jpeg("orange"))
    put(studio, "50%25.jpg", jpeg("black"))
    studio.drop(
        "a.txt",
        text(
            "– First. ![a](one.jpg)",
            "two.jpg: a bridge",
            "– Second. ![[three.jpg]]",
            "– Third. ![d](./below/four.jpg)",
            "– Fourth. ![e](photo%20five.jpg)",
            "– Fifth. ![f](caf\u00e9.jpg)",
            "– Sixth. ![g](50%25.jpg)",
        ),
    )
    outcome = studio.publish()
    assert warnings(outcome) == []
    assert len(media(studio)) == 7


def test_a_picture_without_a_description_is_noted(studio: Studio) -> None:
    """It is published; whoever wrote it is told, with the line, and what to write."""
    put(studio, "mill.jpg", jpeg())
    studio.drop("a.txt", text("– A queue at the mill.", "mill.jpg"))
    (note,) = studio.publish().problems
    assert (note.severity, note.path, note.line) == (Severity.NOTE, "a.txt", 5)
    assert "no description" in note.fact
    assert len(media(studio)) == 1


def test_a_missing_picture_is_told_and_the_text_published(studio: Studio) -> None:
    """With the line of its item; the page says nothing of it."""
    studio.drop("a.txt", text("– A quiet night.", "– A queue at the mill in Alder. ![people](mill.jpg)"))
    (warning,) = studio.publish().problems
    assert (warning.severity, warning.path, warning.line) == (Severity.WARNING, "a.txt", 6)
    assert "mill.jpg is not there" in warning.fact
    assert warning.remedy
    assert "queue at the mill" in page(studio)
    assert "mill.jpg" not in page(studio)


def test_equal_pictures_are_one(studio: Studio) -> None:
    """Named by two updates under two names it is stored once, and stays while one of them shows it."""
    put(studio, "mill.jpg", jpeg())
    put(studio, "sub/again.jpg", jpeg())
    studio.drop("a.txt", MILL)
    studio.drop("sub/b.txt", text("– The same queue. ![again](again.jpg)", day="30-05-2025"))
    studio.publish()
    assert len(media(studio)) == 1
    studio.drop("a.txt", text("– A queue at the mill in Alder."))
    studio.publish()
    assert len(media(studio)) == 1
    assert "media/" in page(studio, "2025-05-30")
    studio.drop("sub/b.txt", text("– The same queue.", day="30-05-2025"))
    outcome = studio.publish()
    assert media(studio) == []
    assert outcome.removed == 1
    as_if_built_anew(studio)


def test_drafts_and_held_texts_keep_their_pictures(studio: Studio) -> None:
    """No picture comes out before the text that names it, nor with one that is taken back."""
    put(studio, "mill.jpg", jpeg())
    put(studio, "later.jpg", jpeg("red"))
    studio.drop("_draft.txt", MILL)
    studio.drop("b.txt", text("– Tomorrow. ![a gate](later.jpg)", day="02-06-2025"))
    studio.publish()
    assert media(studio) == []
    studio.later(days=1)
    studio.publish()
    assert len(media(studio)) == 1
    studio.drop("b.txt", "withdraw: wrong place\n" + text("– Gone. ![a gate](later.jpg)", day="02-06-2025"))
    studio.publish()
    assert media(studio) == []
    assert list(studio.folders.media.iterdir()) == []


# -- what is not ------------------------------------------------------------------------------------

HOSTILE = {
    "../secret.jpg": "lies outside",
    "/etc/secret.jpg": "lies outside",
    "a/../../secret.jpg": "lies outside",
    "%2e%2e/secret.jpg": "lies outside",
    "link.jpg": "is a link",
    "linked/secret.jpg": "is not there",
    "pipe.jpg": "is a link or no ordinary file",
    "folder.jpg": "is not there",
    ".hidden.jpg": "never published",
    ".git/secret.jpg": "never published",
    "drafts/secret.jpg": "among drafts",
    "mill.jpg.part": "never published",
    "drawing.svg": "is a drawing in SVG",
    "renamed.jpg": "is a drawing in SVG",
    "page.png": "SVG or a web page",
    "a.txt": "is no picture",
    "huge.jpg": "is larger",
    "bomb.png": "too many pixels",
    "torn.jpg": "is damaged",
    "empty.png": "is no JPEG",
}


def lay_hostile(studio: Studio) -> None:
    """Files that must not be published, each under a name that a text can give."""
    secret, feeds = jpeg("navy", telling=True), studio.folders.feeds
    (studio.root / "secret.jpg").write_bytes(secret)
    put(studio, "mill.jpg", jpeg())
    (feeds / "link.jpg").symlink_to(studio.root / "secret.jpg")
    (feeds / "linked").symlink_to(studio.root)
    os.mkfifo(feeds / "pipe.jpg")
    (feeds / "folder.jpg").mkdir()
    for name in (".hidden.jpg", ".git/secret.jpg", "drafts/secret.jpg", "mill.jpg.part"):
        put(studio, name, secret)
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for name in ("drawing.svg", "renamed.jpg"):
        put(studio, name, svg)
    put(studio, "page.png", b"<!doctype html><script>alert(1)</script>")
    with put(studio, "huge.jpg", secret).open("r+b") as opened:
        opened.truncate(21_000_000)
    head = b"IHDR" + (30_000).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    check = zlib.crc32(head).to_bytes(4, "big")
    put(
        studio,
        "bomb.png",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\r" + head + check + b"\x00\x00\x00\x10IDAT" + bytes(20),
    )
    put(studio, "torn.jpg", jpeg()[:900])
    put(studio, "empty.png", b"")


def test_no_other_file_gets_out(studio: Studio) -> None:
    """Outside, links, pipes, hidden, drafts, SVG, bombs: each is told with its line, and harms no other."""
    lay_hostile(studio)
    names = list(HOSTILE)
    studio.drop(
        "a.txt", text("– Good. ![good](mill.jpg)", *(f"– Item {name[:2]}. ![x]({name})" for name in names))
    )
    told = {one.fact: one for one in studio.publish().problems if one.severity is Severity.WARNING}
    for place, (name, why) in enumerate(HOSTILE.items()):
        (found,) = (one for fact, one in told.items() if fact.startswith(f"the picture {name} "))
        assert why in found.fact, name
        assert (found.path, found.line) == ("a.txt", 6 + place)
        assert found.remedy
    assert len(media(studio)) == 1
    for name, body in studio.tree().items():
        assert CANARY not in body, name
        assert b"<script>alert" not in body, name


def test_so_many_pictures_and_no_more(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that names a flood of files does not hold up the others."""
    monkeypatch.setattr("sitrep.pictures.develop.MOST", 3)
    for number in range(5):
        put(studio, f"{number}.jpg", jpeg(size=(40 + number, 30)))
    studio.drop("a.txt", text(*(f"– Item {n}. ![x]({n}.jpg)" for n in (0, 1, 2, 0, 3, 4))))
    outcome = studio.publish()
    assert len(media(studio)) == 3
    assert len(warnings(outcome)) == 2


def test_without_pillow_the_text_is_published_alone(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a warning; once Pillow is there the next publish brings the picture, with no file touched."""
    put(studio, "mill.jpg", jpeg())
    studio.drop("a.txt", MILL)
    with monkeypatch.context() as patch:
        patch.setattr(clean_image, "recipe", lambda: "")
        outcome = studio.publish()
        assert "Pillow is not installed" in warnings(outcome)[0]
        assert media(studio) == []
        assert "queue at the mill" in page(studio)
        assert studio.publish().written == 0
    studio.publish()
    assert len(media(studio)) == 1
    as_if_built_anew(studio)


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


@settings(max_examples=settings().max_examples // 12, phases=(Phase.explicit, Phase.generate))
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


# -- where they are shown ---------------------------------------------------------------------------


def test_every_twin_of_an_update_names_its_pictures(studio: Studio) -> None:
    """The front's page, plain text, the JSON for newsrooms and the feeds: address, size and description."""
    put(studio, "mill.jpg", jpeg())
    studio.drop("a.txt", MILL)
    studio.publish()
    tree, (place,) = studio.tree(), media(studio)
    address, size = f"https://example.org/{place}", len(tree[place])
    assert f'href="../{place}"' in tree["north/index.html"].decode()
    plain = tree[f"{DAY}.txt"].decode()
    assert "Picture: people waiting, 2 KB:" in plain
    assert address in plain
    known = json.loads(tree[f"api/updates/{DAY}.json"])
    schema("api").validate(known)
    assert known["items"][0]["pictures"] == [
        {
            "url": address,
            "type": "image/jpeg",
            "bytes": size,
            "width": 640,
            "height": 480,
            "description": "people waiting",
        }
    ]
    for name in ("items/", "north/", ""):
        rss, atom = tree[f"{name}rss.xml"].decode(), tree[f"{name}feed.xml"].decode()
        assert f'<enclosure url="{address}" length="{size}" type="image/jpeg"/>' in rss
        assert '<media:description type="plain">people waiting</media:description>' in rss
        assert f'rel="enclosure" href="{address}" type="image/jpeg" length="{size}"' in atom
        (entry,) = json.loads(tree[f"{name}feed.json"])["items"]
        assert entry["attachments"] == [
            {"url": address, "mime_type": "image/jpeg", "size_in_bytes": size, "title": "people waiting"}
        ]
        for form, body in (("atom", atom), ("rss", rss)):
            (found,) = read(body.encode(), form)  # type: ignore[arg-type]
            assert address in found.markup


def test_pictures_are_shown_only_if_config_says_so(tmp_path: Path) -> None:
    """Then with width and height, so that nothing jumps, and loaded when they are reached."""
    studio = Studio(tmp_path / "site", config=CONFIG + "limits:\n  inline_pictures: true\n")
    put(studio, "mill.jpg", jpeg())
    studio.drop("a.txt", MILL)
    studio.publish()
    (place,) = media(studio)
    shown = f'<img src="../{place}" width="640" height="480" alt="Picture" loading="lazy" decoding="async">'
    assert shown in page(studio)
    assert '<figcaption dir="auto">people waiting</figcaption>' in page(studio)
    assert "img-src 'self'" in page(studio)
    assert shown in studio.tree()["north/index.html"].decode()
    in_feeds = f'<img src="https://example.org/{place}" alt="people waiting"'
    assert in_feeds in studio.tree()["feed.xml"].decode()


def test_a_description_is_text(studio: Studio) -> None:
    """Markup in it is shown, not run, and cannot turn what stands beside it round."""
    put(studio, "mill.jpg", jpeg())
    studio.drop("a.txt", text("– A queue.", "", 'mill.jpg: <b onclick="x">"bold" & \u202eback'))
    studio.publish()
    found = page(studio)
    assert "<b onclick" not in found
    assert "\u202e" not in found
    assert "Picture: &#34;bold&#34; &amp; back" in found


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
