"""The newest days in one file: whole in itself, bounded, hedged as everywhere."""

from __future__ import annotations

import re

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
