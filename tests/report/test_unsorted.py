"""An editor sees what found no front, by the names that are met most and are in no list."""

from __future__ import annotations

from pathlib import Path

from sitrep.config.load import load_config
from sitrep.report.unsorted import tell_unsorted, unsorted
from sitrep.site.folders import folders_of

CONFIG = "site: {title: T}\nfronts: [{id: a, name: Alder side, places: [Alder]}, Beech side]\n"
TEXT = """Update 2024-12-06

- Shots were heard in Zamzam all night.
- People flee from Zamzam to Um Dukhun.
- The bridge at Alder holds.
- He said nothing more about it on Monday.
"""
DOUBTED = "2024-12-06\n\n- Reportedly the bridge is down.\n"


def test_names_that_no_front_knows_are_counted(tmp_path: Path) -> None:
    """Unknown names of unsorted items are listed, the most frequent first, with the command that adds one."""
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "a.txt").write_text(TEXT, encoding="utf-8")
    config = load_config(CONFIG)
    found = unsorted(folders_of(tmp_path), config)
    assert (found.items, found.of) == (3, 4)
    assert found.names[:2] == (("Zamzam", 2), ("Um Dukhun", 1))
    assert "Alder" not in dict(found.names)
    assert any('explain --add "Alder=Zamzam"' in line for line in tell_unsorted(found, config))


def test_scripts_without_capitals_are_looked_through_too(tmp_path: Path) -> None:
    """In Arabic a name is found by being in no list of the language."""
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "a.txt").write_text(
        "2024-12-06\n\n- قصف على زمزم\n- نزوح من زمزم\n", encoding="utf-8"
    )
    config = load_config(
        "site: {title: T, language: ar}\nfronts: [{id: a, name: شمال, places: [حلب]}, شرق]\n"
    )
    assert "زمزم" in dict(unsorted(folders_of(tmp_path), config).names)


def test_a_name_is_offered_whole_and_no_person(tmp_path: Path) -> None:
    """With its article, as it is written, and nobody whose office stands before the name."""
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "a.txt").write_text(
        "2024-12-06\n\n- Queues in El Zamzam.\n- We saw Minister Ann Del Fowler.\n", encoding="utf-8"
    )
    assert unsorted(folders_of(tmp_path), load_config(CONFIG)).names == (("El Zamzam", 1),)


def test_an_item_in_doubt_is_listed_too_with_its_line(tmp_path: Path) -> None:
    """What is only reported finds no front either; without a name to add, the mark in brackets is told."""
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "a.txt").write_text(DOUBTED, encoding="utf-8")
    config = load_config(CONFIG)
    found = unsorted(folders_of(tmp_path), config)
    assert (found.items, found.at) == (1, ("a.txt:3",))
    assert "write [Alder] at its start" in "".join(tell_unsorted(found, config))
