"""What is forgotten is gone from everything the program has, and what is left somewhere is named loudly."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from sitrep.base.errors import LedgerError
from sitrep.forgetting.forget import Forgotten, target_of
from sitrep.report.log import Log
from sitrep.service.publisher import Publisher
from tests.lanes import one_fast
from tests.publishing import Studio, once, tree

CANARIES = ("Zanziba", "Kortum", "Petrosch", "zanziba", "petrosch")
FERRY = "The ferry at Alder runs again, and Zanziba Kortum steers it for the first time since the flood."
NOTE = f"""\
Update 01-06-2025

# Northern front

- {FERRY}
- Water is short in Birch since Monday.
"""
RUMOR = """\
Update 30-05-2025

# Rumors

- There are rumors of an abduction in Elm: two men took Petrosch away at night.

# Southern front

- The school in Dogwood is closed.
"""


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return once(tmp_path / "site", corrected)


def corrected(root: Path) -> Studio:
    """A site with two updates, one of them corrected since."""
    studio = Studio(root)
    studio.drop("rumor.txt", RUMOR)
    for words in ("first", "second"):
        studio.drop("note.txt", NOTE.replace("first", words))
        studio.publish()
        studio.later(hours=1)
    return studio


def forget(studio: Studio, *ids: str) -> Forgotten:
    """Forget as the command does."""
    publisher = Publisher(studio.folders, lambda: studio.now, Log(io.StringIO()))
    try:
        return publisher.forget([target for one in ids if (target := target_of(one))])
    finally:
        publisher.close()


def holding(root: Path, words: Iterable[str]) -> list[str]:
    """Files below a folder whose bytes hold one of these words."""
    return [
        path.relative_to(root).as_posix()
        for path in sorted(root.rglob("*"))
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words)
    ]


def test_an_item_is_forgotten_everywhere(studio: Studio) -> None:
    """No byte of any of its wordings is left below the site; its neighbours and its id stay."""
    assert holding(studio.root, CANARIES[:2])
    done = forget(studio, "2025-06-01/1")
    assert not done.left
    assert holding(studio.root, (*CANARIES[:2], "first time since the flood", "second time since")) == []
    page = studio.tree()["2025-06-01/index.html"].decode()
    assert "Water is short" in page
    assert 'id="i1"' in page, "a link to it still arrives"
    assert 'id="i2"' in page


def test_what_is_forgotten_is_told_as_gone_when_it_went(studio: Studio) -> None:
    """Not on the day of its update: who has it still is to hear of it, of a site made anew too."""
    studio.later(days=40)
    forget(studio, "2025-06-01/1")
    day = f"{studio.now:%Y-%m-%d}"
    for feed in ("items/feed.xml", "changes/feed.xml"):
        told = [one for one in studio.tree()[feed].decode().split("<entry") if "2025-06-01/1" in one]
        assert any("Withdrawn" in one and f"<updated>{day}" in one for one in told), feed
    clone = studio.clone(studio.root.parent / "clone")
    clone.publish()
    assert clone.tree() == studio.tree()


def test_an_id_is_never_given_again(studio: Studio) -> None:
    """A text written into its place gets the next number."""
    forget(studio, "2025-06-01/1")
    studio.drop("note.txt", NOTE.replace("Zanziba Kortum steers it", "it carries carts"))
    studio.publish()
    page = studio.tree()["2025-06-01/index.html"].decode()
    assert 'id="i3"' in page
    assert page.count('id="i1"') == 1


def test_an_update_is_forgotten_with_its_file(studio: Studio) -> None:
    """The file is deleted, the page says that it is withdrawn, and no feed has a word of it."""
    done = forget(studio, "2025-06-01")
    assert not done.left
    assert not (studio.folders.feeds / "note.txt").exists()
    assert holding(studio.root, ("ferry", "Water is short")) == []
    assert "Withdrawn on" in studio.tree()["2025-06-01/index.html"].decode()


def test_one_of_several_updates_is_cut_out_of_its_file(studio: Studio) -> None:
    """The others of a rolling file stay as they were typed, line ends too."""
    both = f"{NOTE}\n{RUMOR}".replace("\n", "\r\n").encode()
    studio.take("rumor.txt")
    (studio.folders.feeds / "note.txt").write_bytes(both)
    studio.publish(confirm=True)
    forget(studio, "2025-06-01")
    left = (studio.folders.feeds / "note.txt").read_bytes()
    assert left.strip() == RUMOR.strip().replace("\n", "\r\n").encode()


def test_a_rumor_is_forgotten_with_the_name_of_its_claim(studio: Studio) -> None:
    """The key, made of its words, goes too, and the page of that name; a later item stays what it was."""
    (studio.folders.ledger / "places").write_text("claims/abduction-elm/index.html\n", encoding="utf-8")
    studio.drop(
        "late.txt", "Update 01-06-2025\n\n# Southern front\n\n- Denied: R1 of 30 May. All are at home.\n"
    )
    studio.publish()
    assert "claims/abduction-elm/index.html" in studio.tree()
    done = forget(studio, "2025-05-30#i1")
    assert not done.left
    assert holding(studio.root / "output", ("abduction", "Petrosch")) == []
    assert holding(studio.root / "ledger", ("abduction", "Petrosch")) == []
    assert not any(place.startswith("claims/abduction") for place in studio.tree())
    assert holding(studio.root / "output", ("All are at home",)) != []


def test_the_archive_is_written_anew(studio: Studio) -> None:
    """Neither the database nor its log holds what was deleted, and it is whole."""
    forget(studio, "2025-06-01/1")
    assert holding(studio.folders.work, CANARIES[:2]) == []
    assert holding(studio.folders.work, CANARIES[2:]), "the other rumor is still there"
    forget(studio, "2025-05-30/1")
    assert holding(studio.folders.work, CANARIES) == []
    with sqlite3.connect(studio.folders.archive) as archive:
        assert archive.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_is_left_is_named_loudly(studio: Studio) -> None:
    """A draft, a copy beside the site's folders, and a name in another text."""
    studio.drop("drafts/old.txt", NOTE)
    (studio.root / "copy.txt").write_text(NOTE, encoding="utf-8")
    studio.drop("other.txt", "Update 29-05-2025\n\n- Asked about it, Zanziba said nothing.\n")
    studio.publish()
    done = forget(studio, "2025-06-01/1")
    left = {one.path for one in done.left}
    assert {"feeds/drafts/old.txt", "copy.txt"} <= left
    assert len(done.problems) == len(done.left)
    assert all("Zanziba" not in str(problem) for problem in done.problems), "the words are not repeated"


def test_a_clone_comes_to_the_same_site(studio: Studio, tmp_path: Path) -> None:
    """What forgetting leaves is what a clean build makes."""
    forget(studio, "2025-06-01/1", "2025-05-30/1")
    clone = studio.clone(tmp_path / "clone")
    clone.publish()
    assert tree(clone.folders.output) == studio.tree()


def test_an_id_that_never_was_is_refused(studio: Studio) -> None:
    """Nothing is changed."""
    before = tree(studio.root / "feeds"), tree(studio.root / "ledger")
    with pytest.raises(LedgerError):
        forget(studio, "2025-06-01/9")
    assert (tree(studio.root / "feeds"), tree(studio.root / "ledger")) == before


@pytest.mark.parametrize(
    ("name", "content"),
    one_fast(
        ("please.forget", "https://example.org/2025-06-01/#i1\n"),
        ("please.forget", "2025-06-01/1\n"),
        ("2025-06-01 1.forget", ""),
    ),
)
def test_a_file_in_the_drop_folder_asks_for_it(studio: Studio, name: str, content: str) -> None:
    """It is done with the next publish, and the request goes."""
    studio.drop(name, content)
    publish(studio)
    assert holding(studio.root, CANARIES[:2]) == []
    assert not (studio.folders.feeds / name).exists()


def test_a_text_renamed_is_forgotten_whole(studio: Studio) -> None:
    """note.txt renamed to note.txt.forget: its words go with it."""
    (studio.folders.feeds / "note.txt").rename(studio.folders.feeds / "note.txt.forget")
    publish(studio)
    assert holding(studio.root, CANARIES[:2]) == []
    assert not list(studio.folders.feeds.glob("note.txt*"))


def test_a_request_that_names_nothing_is_told(studio: Studio) -> None:
    """It stays, nothing is changed, and a receipt says how to ask."""
    studio.drop("who-knows.forget", "")
    publish(studio)
    assert (studio.folders.feeds / "who-knows.forget").exists()
    receipt = studio.folders.feeds / "who-knows.forget.error.txt"
    assert "2024-12-06.forget" in receipt.read_text(encoding="utf-8")


def publish(studio: Studio) -> None:
    """Publish with receipts, as the watcher does."""
    publisher = Publisher(studio.folders, lambda: studio.now, Log(io.StringIO()))
    try:
        publisher.publish()
    finally:
        publisher.close()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2024-12-06", "2024-12-06"),
        ("2024-12-06-2", "2024-12-06-2"),
        ("2024-12-06/3", "2024-12-06/3"),
        ("2024-12-06#i3", "2024-12-06/3"),
        ("2024-12-06 3", "2024-12-06/3"),
        ("/2024-12-06/#i3", "2024-12-06/3"),
        ("https://example.org/news/2024-12-06-2/#i14", "2024-12-06-2/14"),
        ("2024-12-06/index.html#i3", "2024-12-06/3"),
        ("note.txt", "None"),
        ("yesterday", "None"),
    ],
)
def test_an_id_is_understood_as_people_copy_it(text: str, shown: str) -> None:
    """As in the ledger, from a permalink, or typed with a blank."""
    assert str(target_of(text)) == shown


@pytest.mark.parametrize("asked", one_fast("2025-05-20/1", "2025-05-25/1", "2025-05-25"))
def test_words_that_were_moved_are_forgotten_wherever_they_stood(studio: Studio, asked: str) -> None:
    """A date was put right: by the old id and by the new one the words leave the ledger of both months."""
    text = "# Northern front\n\n- Quince harvest failed near Alder.\n- Birch has water.\n- Alder has none.\n"
    studio.drop("moved.txt", f"Update 25-05-2025\n\n{text}")
    publish(studio)
    studio.drop("moved.txt", f"Update 20-05-2025\n\n{text}")
    publish(studio)
    assert holding(studio.folders.ledger, ["Quince"])
    forget(studio, asked)
    assert not holding(studio.root, ["Quince"])
