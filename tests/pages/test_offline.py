"""The newest days in one file: whole in itself, bounded, hedged as everywhere."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from sitrep.archive.archive import Archive
from sitrep.base.values import replace
from sitrep.config.values import Offline
from sitrep.pages.pages import Pages
from tests.pages.samples import Parsed, sample_archive, site_config


def made(days: int) -> str:
    config = replace(site_config(), offline=Offline(days=days))
    return Pages(config, []).offline(sample_archive()).decode()


def test_nothing_is_needed_beside_it() -> None:
    """It loads nothing, and its links lead to its own parts or are whole addresses."""
    page = made(30)
    parsed = Parsed(page.encode())
    ids = [one.attributes["id"] for one in parsed.elements if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    for element in parsed.elements:
        assert "src" not in element.attributes
        link = element.attributes.get("href", "")
        assert not link or link.startswith(("#", "http", "mailto:"))
        if link.startswith("#"):
            assert link[1:] in ids


@pytest.mark.parametrize("days", [1, 3, 30])
def test_it_holds_the_days_that_it_says(days: int) -> None:
    """Counted back from the newest update, not from the clock; the span stands on top."""
    page = made(days)
    dates = sorted(set(re.findall(r'<h2 id="u(\d{4}-\d\d-\d\d)', page)))
    assert dates[-1] == "2024-12-06"
    assert all(date > f"2024-12-{6 - days:02}" for date in dates) if days < 6 else len(dates) > 2
    assert "6 December 2024" in page


def test_a_rumor_keeps_its_label_in_it() -> None:
    """What is unsure says so before its words."""
    assert "Rumor, not confirmed" in made(30)


def test_an_empty_site_has_one_too() -> None:
    """The page is there from the start, so that links to it lead somewhere."""
    assert b"Nothing here yet." in Pages(site_config(), []).offline(Archive(None))


def test_a_month_that_is_over_is_one_file() -> None:
    """Its updates as one page, always the same bytes; a month that goes on has none."""
    pages, archive = Pages(site_config(), []), sample_archive()
    content = pages.month_zip(archive, "2024-11")
    assert content is not None
    assert content == pages.month_zip(archive, "2024-11")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.namelist() == ["2024-11/index.html"]
        page = packed.read("2024-11/index.html").decode()
    assert "default-src 'none'" in page
    found = [f"{item.number}" for update in archive.month("2024-11") for item in update.items]
    assert re.findall(r'class="pm" href="[^"]+#i(\d+)"', page) == found
    assert pages.month_zip(archive, "2024-12") is None
    assert b"2024-11.zip" in (pages.month(archive, "2024-11") or b"")
    assert b"2024-12.zip" not in (pages.month(archive, "2024-12") or b"")
