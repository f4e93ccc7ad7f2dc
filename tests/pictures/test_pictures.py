"""Pictures from the drop folder to the site: which are published, what of them, and at what cost."""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
import zlib
from pathlib import Path

import pytest

pytest.importorskip("PIL", reason="Pillow is not installed (make setup installs it)")

from PIL import Image

from sitrep.base.nouns import Severity
from sitrep.pictures import clean_image
from sitrep.publish.outcome import Outcome
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
