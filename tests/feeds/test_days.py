"""What writers do over days, as a reader that forgets nothing lives it: looked at after every save."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.feeds.followers import FORMS, GONE, Following, follow
from tests.lanes import slow
from tests.publishing import Studio

FERRY = "The ferry at Alder carries passengers again since this morning."
WATER = "Birch has had no drinking water for three days and tankers are on the way."
FAMILIES = "Forty families from Cedar Bridge sleep in the school gymnasium."
BREAD = "Two bakeries in Dogwood are open and sell bread at the old price."
ROAD = "The road to Elm is blocked by a fallen pylon near the quarry."
CLINIC = "A nurse in Elm says that the clinic is out of insulin."
SIX = (FERRY, WATER, FAMILIES, BREAD, ROAD, CLINIC)
SNOW = "Snow fell on the hills above the pass and closed the upper village."
MAST = "The radio mast over Birch was repaired by volunteers overnight."
SHELLS = "Shelling was heard west of Elm between two and four in the night."
OTHERS = (SNOW, MAST, SHELLS)
JOINED = f"{ROAD[:-1]}, and shelling was heard west of Elm between two and four in the night."
TURNED = "The gymnasium of the school now houses forty families from Cedar Bridge."

Saved = dict[str, tuple[str, tuple[str, ...]]]
"""Day and items of each file."""


def cut_and_pasted() -> Iterator[Saved]:
    """Cut out of one update in one save, put into another one in the next; then there and back."""
    for split in (4, 6):
        yield {"a": ("31-05", SIX[:4]), "b": ("01-06", OTHERS)}
        yield {"a": ("31-05", SIX[:4]), "b": ("01-06", OTHERS + SIX[4:])}
        yield {"a": ("31-05", SIX[:4]), "b": ("01-06", OTHERS)}
        yield {"a": ("31-05", SIX[:split]), "b": ("01-06", OTHERS)}


def deleted_and_dropped_under_another_date() -> Iterator[Saved]:
    """The file is deleted; the same text comes with another date, and with the first one again."""
    yield {"b": ("31-05", OTHERS)}
    for day in ("30-05", "01-06"):
        yield {"a": (day, SIX), "b": ("31-05", OTHERS)}
        yield {"b": ("31-05", OTHERS)}
    yield {"a": ("01-06", SIX), "b": ("31-05", OTHERS)}


def said_as_before() -> Iterator[Saved]:
    """An item is rewritten until nothing of it is left, and says what it said at first again."""
    yield {"a": ("01-06", SIX)}
    for words in (
        "The small ferry at Alder carries cars since noon.",
        "The small boat stopped at noon.",
        FERRY,
    ):
        yield {"a": ("01-06", (words, *SIX[1:]))}


def repeated() -> Iterator[Saved]:
    """A line is said again the next day, and taken out of the first."""
    yield {"a": ("31-05", SIX), "b": ("01-06", (*OTHERS, ROAD))}
    yield {"a": ("31-05", (*SIX[:4], CLINIC)), "b": ("01-06", (*OTHERS, ROAD))}


def joined_and_parted() -> Iterator[Saved]:
    """Two updates of a day become one, two items of them one; and these are parted again."""
    yield {"a": ("01-06", SIX), "b": ("01-06", OTHERS)}
    yield {"a": ("01-06", (*SIX[:4], JOINED, CLINIC, SNOW, MAST))}
    yield {"a": ("01-06", (*SIX, *OTHERS))}


def a_part_lives_on() -> Iterator[Saved]:
    """A file is deleted, and a third of it put into another update in the same save."""
    yield {"a": ("31-05", SIX), "b": ("01-06", OTHERS), "c": ("29-05", ("The mill is quiet today as well.",))}
    yield {"b": ("01-06", (*OTHERS, *SIX[:2])), "c": ("29-05", ("The mill is quiet today as well.",))}


def turned_round() -> Iterator[Saved]:
    """Everything in another order, and a sentence put the other way round."""
    yield {"a": ("01-06", (*SIX, *OTHERS))}
    yield {"a": ("01-06", (*OTHERS, TURNED, CLINIC, ROAD, BREAD, WATER, FERRY))}


STORIES = (
    cut_and_pasted, deleted_and_dropped_under_another_date, said_as_before, repeated, joined_and_parted,
    a_part_lives_on, turned_round,
)  # fmt: skip


def save(studio: Studio, files: Saved) -> None:
    """The drop folder as it is after a save."""
    for path in studio.folders.feeds.iterdir():
        path.unlink()
    for name, (day, items) in files.items():
        rows = "".join(f"- {words}\n" for words in items)
        studio.drop(f"{name}.txt", f"Update {day}-2025\n\n# Northern front\n\n{rows}")


def rows(reader: Following, folder: str) -> dict[str, tuple[bool, str]]:
    """Of each entry, whether it is told as taken back or moved, and its text."""
    found = reader.entries(folder).items()
    plain = {name: html.unescape(re.sub(r"<[^>]+>", "", text)) for name, (_, text) in found}
    return {name: (title.startswith(GONE), plain[name]) for name, (title, _) in found}


@pytest.mark.parametrize("form", [*slow(FORMS[:1]), *FORMS[1:]])
@pytest.mark.parametrize("story", STORIES)
def test_after_every_save_each_item_stands_once_under_its_id(
    story: Callable[[], Iterator[Saved]], form: str, tmp_path: Path
) -> None:
    """Nothing twice, nothing that is gone as live, nothing that stands as withdrawn; ids follow the words."""
    studio = Studio(tmp_path / "site")
    save(studio, next(story()))
    studio.publish()
    reader = follow(studio, form)
    ids: dict[str, str] = {}
    for files in story():
        save(studio, files)
        studio.publish(confirm=True)
        studio.later(hours=4)
        standing = [words for _, items in files.values() for words in items]
        found = rows(reader, "items/")
        live = {name: text for name, (gone, text) in found.items() if not gone}
        for name, text in live.items():
            assert any(words in text for words in standing), name
        for words in standing:
            names = [name for name, text in live.items() if words in text]
            assert len(names) == standing.count(words), words
            if len(names) == 1:
                assert ids.setdefault(words, names[0]) == names[0]
        texts = [text for gone, text in rows(reader, "").values() if not gone]
        for words in standing:
            assert sum(text.count(words) for text in texts) == standing.count(words), words
    clone = studio.clone(tmp_path / "clone")
    clone.publish()
    assert clone.tree() == studio.tree()
