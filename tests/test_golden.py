"""A small site, looked at byte for byte: tests/golden/before/ is built and compared with after/.

Of pages only the part between <main> and </main> is kept: the frame around it is the theme's, and is
tested there. A wanted change is accepted with ``python -m tests.test_golden``; look at the diff then.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
import unicodedata
from difflib import unified_diff
from pathlib import Path

from sitrep.site.addresses import ICONS
from tests.inspecting import site_in
from tests.publishing import Studio, tree

GOLDEN = Path(__file__).parent / "golden"
NOW = dt.datetime(2025, 2, 1, 12, 0, tzinfo=dt.UTC)
THEME = frozenset({"feed.css", *ICONS})


def built(root: Path) -> Studio:
    """The site of before/, published."""
    shutil.copytree(GOLDEN / "before", root)
    studio = Studio(root, now=NOW)
    studio.publish()
    return studio


def essence(files: dict[str, bytes]) -> dict[str, bytes]:
    """What of each file is compared."""
    found = {}
    for place, content in files.items():
        start, end = content.find(b"<main"), content.find(b"</main>")
        found[place] = content[start : end + 7] + b"\n" if start >= 0 else content
    return {place: content for place, content in found.items() if place not in THEME}


def test_every_byte_is_as_expected(tmp_path: Path) -> None:
    """No file more, none less, and in each the expected bytes."""
    found, expected = essence(built(tmp_path / "site").tree()), tree(GOLDEN / "after")
    assert sorted(found) == sorted(expected)
    different = [place for place in expected if found[place] != expected[place]]
    assert not different, "\n".join(_difference(place, expected[place], found[place]) for place in different)


def test_no_two_files_differ_by_case_or_composition_alone() -> None:
    """A site and its ledger stand whole on disks of macOS and Windows, whose names are compared otherwise."""
    places = list(tree(GOLDEN / "after"))
    assert len({unicodedata.normalize("NFC", place).casefold() for place in places}) == len(places)
    assert not [place for place in places if re.search(r'[\\:*?"<>|\x00-\x1f]|[ .](?:/|$)', place)]


def test_the_ledger_says_it_all(tmp_path: Path) -> None:
    """Nothing is added to the ledger of a site that was published before."""
    assert tree(built(tmp_path / "site").folders.ledger) == tree(GOLDEN / "before" / "ledger")


def test_the_golden_site_is_whole(tmp_path: Path) -> None:
    """What is compared byte for byte is also sound."""
    site_in(built(tmp_path / "site").folders.output, "https://valley.example.org/").check()


def _difference(place: str, expected: bytes, found: bytes) -> str:
    lines = (content.decode().replace("><", ">\n<").splitlines() for content in (expected, found))
    return "\n".join(unified_diff(*lines, f"after/{place}", f"now/{place}", lineterm="", n=0))


def accept() -> None:
    """Take what is built now for what is expected."""
    with tempfile.TemporaryDirectory() as folder:
        found = essence(built(Path(folder) / "site").tree())
    shutil.rmtree(GOLDEN / "after", ignore_errors=True)
    for place, content in found.items():
        path = GOLDEN / "after" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    accept()
