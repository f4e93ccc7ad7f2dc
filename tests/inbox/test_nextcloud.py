"""What Nextcloud's client does to a folder that it keeps in step, and what readers see of that."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitrep.archive.archive import Archive
from sitrep.inbox.survey import State
from tests.publishing import Studio

TEXT = "Update 31-05-2025\n\n- The road to Alder is open.\n- Birch has water.\n"
COPY = "a (conflicted copy 2025-06-01 101500).txt"
OWN = (".sync_3f9c0a1b2d.db", ".sync_3f9c0a1b2d.db-wal", ".sync_3f9c0a1b2d.db-shm", ".nextcloudsync.log")


def comes(studio: Studio, name: str, text: str) -> None:
    """A download: half of it under the client's own name, looked at; then the rest, renamed."""
    half = studio.folders.feeds / f".{name}.~7f3a1c0d"
    half.write_text(text[: len(text) // 2])
    before = studio.tree()
    assert studio.publish().published == ()
    assert studio.tree() == before
    half.write_text(text)
    half.rename(studio.folders.feeds / name)


@pytest.mark.slow
def test_what_the_client_does_is_what_its_users_did(tmp_path: Path) -> None:
    """Downloads come whole, edits keep their ids, renames are no news, conflict copies stay unpublished."""
    studio = Studio(tmp_path)
    for name in OWN:
        studio.drop(name, "not for readers")
    studio.publish()
    comes(studio, "a.txt", TEXT)
    assert studio.publish().published == ("2025-05-31",)
    comes(studio, "a.txt", TEXT.replace("open", "open again"))
    assert studio.publish().published == ("2025-05-31",)
    # Two have changed it: the client lays the one of this machine aside and takes that of the server.
    (studio.folders.feeds / "a.txt").rename(studio.folders.feeds / COPY)
    comes(studio, "a.txt", TEXT.replace("open", "closed"))
    assert studio.publish().published == ("2025-05-31",)
    page = studio.tree()["2025-05-31/index.html"].decode()
    assert "closed" in page
    assert 'id="i1"' in page
    archive = Archive(studio.folders.archive, read_only=True)
    assert [source.path for source in archive.sources_in((State.CONFLICT,))] == [COPY]
    archive.close()
    (studio.folders.feeds / "a.txt").rename(studio.folders.feeds / "renamed by Anna.txt")
    assert studio.publish().published == ()
    for name in (COPY, "renamed by Anna.txt"):
        (studio.folders.feeds / name).unlink()
    studio.publish(confirm=True)
    assert "Withdrawn" in studio.tree()["2025-05-31/index.html"].decode()
    assert not any(b"not for readers" in content for content in studio.tree().values())
