"""The page of a rumor: what was heard in its own words, what became of it, and what else was told then."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path
from random import Random

import pytest

from tests.publishing import Studio, published

FIRST = "Update 30-05-2025\n\n# Rumors\n\n- [claim: raid-elm] A raid on Elm is rumored. Two drivers say so.\n"
LATER = "Update 01-06-2025\n\n# Rumors\n\n- [claim: raid-elm] The raid on Elm is told again.\n"
PAGE = "claims/raid-elm/index.html"


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return published(tmp_path / "site", {"a.txt": FIRST, "b.txt": LATER})


def test_the_page_of_a_rumor_holds_all_that_was_heard(studio: Studio) -> None:
    """Not the first sentence alone, with the way to the place it names."""
    page = studio.tree()[PAGE].decode()
    assert "Two drivers say so." in page
    assert 'href="../../places/elm/index.html"' in page


def test_the_page_of_a_rumor_that_is_told_for_months_is_light(tmp_path: Path) -> None:
    """However many tell it, in however many words: it keeps the first and the newest."""
    random = Random(3)

    def told(number: int) -> str:
        words = " ".join(f"{random.getrandbits(40):x}" for _ in range(100))
        day = dt.date(2025, 3, 1) + dt.timedelta(number)
        return f"Update {day:%d-%m-%Y}\n\n# Rumors\n\n- [claim: raid-elm] Elm is raided, some say: {words}.\n"

    studio = published(tmp_path / "site", {f"{n}.txt": told(n) for n in range(40)})
    page = studio.tree()[PAGE]
    assert len(gzip.compress(page, mtime=0)) < 14_000
    assert all(f">{day}</time>" in page.decode() for day in ("1 Mar", "9 Apr"))
    assert "reports in between" in page.decode()


def test_rumors_of_the_same_days_name_each_other(studio: Studio, tmp_path: Path) -> None:
    """They come and go and are settled there as in a clean build, three on a side."""
    for day in range(20, 29):
        studio.drop(
            f"{day}.txt",
            f"Update {day}-05-2025\n\n# Rumors\n\n- There are rumors of {day} tents at Dogwood.\n",
        )
    studio.later(hours=1)
    studio.publish()
    said = [f"rumors of {day} tents" in studio.tree()[PAGE].decode() for day in range(20, 29)]
    assert said == [False] * 6 + [True] * 3
    studio.take("27.txt")
    studio.drop("c.txt", "Update 01-06-2025\n\n# Rumors\n\n- Refuted: tent-dogwood-9. The field was empty.\n")
    studio.later(hours=1)
    studio.publish(confirm=True)
    page = studio.tree()[PAGE].decode()
    assert "27 tents" not in page
    assert "25 tents" in page
    assert "Refuted" in page
    clone = studio.clone(tmp_path / "clone")
    clone.publish()
    assert clone.tree() == studio.tree()
