"""Previews of drafts: the page it would be, whole in one file beside the draft, and nowhere else."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

from sitrep.report.files_beside import MARK
from sitrep.report.log import Log
from sitrep.service.publisher import Publisher
from tests.publishing import Studio

TEXT = """\
Update 31-05-2025

# Northern front

- The road at Alder is open again, see [the map](https://example.org/map).
- Reportedly the school at Birch was hit.

# Rumors

- There are rumors of a <b>truce</b> at Elm.
"""


def publish(studio: Studio) -> str:
    said = StringIO()
    publisher = Publisher(studio.folders, lambda: studio.now, Log(said), processes=1)
    try:
        publisher.publish()
    finally:
        publisher.close()
    return said.getvalue()


def preview(studio: Studio, name: str) -> str:
    return (studio.folders.feeds / f"{name}.preview.html").read_text("utf-8")


def test_a_draft_gets_the_page_it_would_be(tmp_path: Path) -> None:
    """The preview holds the items as the page would show them; the ledger and output/ know nothing of it."""
    studio = Studio(tmp_path)
    studio.drop("drafts/a.txt", TEXT)
    publish(studio)
    page = preview(studio, "drafts/a.txt")
    assert "<main" in page
    assert "The road at Alder is open again" in page
    assert MARK in page
    assert not any(b"Alder" in content for content in studio.tree().values())
    assert not list(studio.folders.ledger.glob("*")) if studio.folders.ledger.exists() else True


def test_it_says_what_the_feeds_would_call_it_and_why_items_go_where(tmp_path: Path) -> None:
    """Above the page it says so; below stand its titles in each feed, and why its items go where they go."""
    studio = Studio(tmp_path)
    studio.drop("_a.txt", TEXT)
    publish(studio)
    page = preview(studio, "_a.txt")
    assert "not published" in page[: page.index("</aside>")]
    box = page[page.index("</main>") :]
    for feed in ("Everything", "Northern front", "Rumors"):
        assert f"<bdi>{feed}</bdi>" in box
    assert "Rumor, not confirmed: " in box
    assert "heading" in box
    assert "&lt;b&gt;" in box or "<b>truce" not in box


def test_it_is_whole_in_itself(tmp_path: Path) -> None:
    """Nothing is loaded from anywhere, no script runs, and no link leads to a page that is not there."""
    studio = Studio(tmp_path)
    studio.drop("_a.txt", TEXT)
    publish(studio)
    page = preview(studio, "_a.txt")
    assert "<script" not in page
    assert "<link" not in page
    assert re.search(r"""\bsrc=["']?(?!data:)""", page) is None
    assert re.findall(r'<a\b[^>]* href="(?!#|https?:)', page) == []
    assert 'href="https://example.org/map"' in page
    assert "default-src 'none'" in page


def test_a_draft_that_could_not_be_published_says_why(tmp_path: Path) -> None:
    """A draft without a date has a preview that tells what is missing."""
    studio = Studio(tmp_path)
    studio.drop("_a.txt", "- The road at Alder is open.\n")
    publish(studio)
    assert "no date found" in preview(studio, "_a.txt")
    assert str(tmp_path) not in preview(studio, "_a.txt")


def test_several_updates_in_one_draft_are_all_shown(tmp_path: Path) -> None:
    """A draft with two dated updates shows both, one below the other."""
    studio = Studio(tmp_path)
    studio.drop("_a.txt", TEXT + "\n" + TEXT.replace("31-05", "30-05").replace("Alder", "Cedar Bridge"))
    publish(studio)
    page = preview(studio, "_a.txt")
    assert page.count("<main") == 2
    assert page.count("<!doctype") == 1
    assert "Cedar Bridge" in page[page.rindex("<main") :] + page[: page.rindex("<main")]


def test_a_preview_follows_its_draft(tmp_path: Path) -> None:
    """An edit makes it anew, and it goes when the draft is deleted or published."""
    studio = Studio(tmp_path)
    studio.drop("_a.txt", TEXT)
    studio.drop("_b.txt", TEXT.replace("31-05", "30-05"))
    publish(studio)
    studio.drop("_a.txt", TEXT.replace("open again", "closed again"))
    publish(studio)
    assert "closed again" in preview(studio, "_a.txt")
    studio.take("_a.txt")
    (studio.folders.feeds / "_b.txt").rename(studio.folders.feeds / "b.txt")
    publish(studio)
    assert sorted(path.name for path in studio.folders.feeds.iterdir()) == ["b.txt"]


def test_a_draft_by_its_first_lines_has_one_too(tmp_path: Path) -> None:
    """``draft: true`` makes a draft as a name does; without that line it is published."""
    studio = Studio(tmp_path)
    studio.drop("a.txt", f"---\ndraft: true\n---\n{TEXT}")
    publish(studio)
    assert "The road at Alder" in preview(studio, "a.txt")
    assert not any(b"Alder" in content for content in studio.tree().values())
    studio.drop("a.txt", TEXT)
    publish(studio)
    assert not (studio.folders.feeds / "a.txt.preview.html").exists()
    assert b"The road at Alder" in studio.tree()["2025-05-31/index.html"]


def test_an_unchanged_draft_leaves_its_preview_alone(tmp_path: Path) -> None:
    """Another publish does not write the preview again."""
    studio = Studio(tmp_path)
    studio.drop("_a.txt", TEXT)
    publish(studio)
    before = (studio.folders.feeds / "_a.txt.preview.html").stat()
    studio.drop("b.txt", TEXT.replace("31-05", "29-05"))
    publish(studio)
    assert (studio.folders.feeds / "_a.txt.preview.html").stat() == before
