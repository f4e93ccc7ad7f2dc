"""Compressed copies of published texts: made, kept and taken away with what they are copies of."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sitrep.archive.archive import Archive
from sitrep.archive.notes import Note
from sitrep.base.errors import ConfigError
from sitrep.site import copies
from sitrep.site.copies import ENDINGS
from tests.lanes import one_fast
from tests.publishing import CONFIG, Studio

brotli, zstandard = pytest.importorskip("brotli"), pytest.importorskip("zstandard")

READ: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.decompress,
    ".br": brotli.decompress,
    ".zst": zstandard.ZstdDecompressor().decompress,
}
ALL = "output: {precompress: [gzip, brotli, zstd]}\n"
TWO = "output: {precompress: [gzip, zstd]}\n"
"""Without the one that takes its time."""


def site(root: Path, more: str = TWO) -> Studio:
    studio = Studio(root, config=CONFIG + more)
    studio.drop("2025-05-01.txt", "Update 2025-05-01\n\n- Water at Alder.\n")
    studio.publish()
    return studio


def from_scratch(studio: Studio) -> dict[str, bytes]:
    clone = studio.clone(studio.root / "clone")
    clone.publish()
    made = clone.tree()
    shutil.rmtree(clone.root)
    return made


def copied(tree: dict[str, bytes]) -> dict[str, bytes]:
    return {place: content for place, content in tree.items() if place.endswith(tuple(READ))}


def is_right(tree: dict[str, bytes], *ways: str) -> bool:
    """True if every text of some length has a copy of each way, and they say the same; none is left over."""
    endings = (".html", ".xml", ".json", ".js", ".txt")
    texts = {p: c for p, c in tree.items() if p.endswith(endings) and len(c) >= 256}
    for place, content in texts.items():
        if any(READ[ending](tree[place + ending]) != content for ending in ways):
            return False
    return all(copies.original_of(place) in tree for place in copied(tree))


def test_every_text_has_copies_that_say_the_same(tmp_path: Path) -> None:
    """Each way of compressing gives one copy of each text; they tell no time, so two sites have the same."""
    one, two = site(tmp_path / "one", ALL), site(tmp_path / "two", ALL)
    assert is_right(one.tree(), *READ)
    assert copied(one.tree()) == copied(two.tree()) != {}


def test_copies_follow_what_they_are_copies_of(tmp_path: Path) -> None:
    """A drop, an edit and a withdrawal leave copies that a build from nothing makes as well."""
    studio = site(tmp_path)
    for name, text in (
        ("2025-05-02.txt", "Update 2025-05-02\n\n- Bread at Alder.\n"),
        ("2025-05-01.txt", "Update 2025-05-01\n\n- Water and salt at Alder.\n"),
        ("2025-05-02.txt", "---\nwithdraw: wrong day\n---\nUpdate 2025-05-02\n\n- Bread at Alder.\n"),
    ):
        studio.drop(name, text)
        studio.publish()
        assert is_right(studio.tree(), ".gz", ".zst")
    assert studio.tree() == from_scratch(studio)


def test_nothing_is_compressed_again_that_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drop compresses what it writes and nothing else."""
    studio = site(tmp_path, "output: {precompress: [gzip]}\n")
    made: list[bytes] = []
    pack = copies._gzip
    monkeypatch.setattr(copies, "_gzip", lambda content: made.append(content) or pack(content))
    copies._compressor.cache_clear()
    before = studio.tree()
    studio.drop("2025-05-02.txt", "Update 2025-05-02\n\n- Bread at Alder.\n")
    studio.publish()
    copies._compressor.cache_clear()
    after = studio.tree()
    changed = {p for p, c in after.items() if before.get(p) != c and not p.endswith(".gz") and len(c) >= 256}
    assert made
    assert len(made) == len(changed)


@pytest.mark.parametrize("left", one_fast("output: {precompress: [gzip]}\n", ""))
def test_copies_that_are_not_wanted_any_more_are_taken_away(tmp_path: Path, left: str) -> None:
    """A method that is taken out of config.yaml takes its copies with it, and leaves the others."""
    studio = site(tmp_path)
    studio.folders.config.write_text(CONFIG + left, encoding="utf-8")
    studio.publish()
    assert {Path(place).suffix for place in copied(studio.tree())} == ({".gz"} if left else set())
    assert studio.tree() == from_scratch(studio)


def test_a_copy_that_was_damaged_is_made_again(tmp_path: Path) -> None:
    """After an unclean stop a copy that is not what it was, or is gone, comes back."""
    studio = site(tmp_path)
    before = studio.tree()
    (studio.folders.output / "feed.xml.gz").write_bytes(b"torn")
    (studio.folders.output / "index.html.zst").unlink()
    archive = Archive(studio.folders.archive)
    archive.set_meta(Note.SESSION, b"open")
    archive.close()
    studio.publish()
    assert studio.tree() == before


def test_a_library_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra the message says what to install, and the site stays as it is."""

    def missing() -> copies.Compress:
        raise ImportError

    monkeypatch.setattr(copies, "_brotli", missing)
    copies._compressor.cache_clear()
    with pytest.raises(ConfigError, match="compress"):
        site(tmp_path, ALL)
    copies._compressor.cache_clear()


def test_the_endings_are_those_that_web_servers_look_for() -> None:
    """nginx, Caddy and Apache find the copies by these names."""
    assert ENDINGS == {"gzip": ".gz", "brotli": ".br", "zstd": ".zst"}
