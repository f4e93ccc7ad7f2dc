"""What an item was part of is told to the ledger in the order in which it was: a clone follows it alike."""

from __future__ import annotations

from pathlib import Path

from tests.publishing import Studio, tree

TOLD = "Update 30-05-2025\n\n# {}\n\n- Reportedly the convoy is on the road to Elm.\n"
ENDED = "Update 31-05-2025\n\n# Rumors\n\n- Superseded: {} of 30 May\n"


def test_an_item_leaves_a_claim_and_is_named_again_in_one_publish(tmp_path: Path) -> None:
    """Its heading is no more that of rumors, and a text that comes with it cites it by its new code."""
    studio = Studio(tmp_path / "site")
    studio.drop("a.txt", TOLD.format("Rumors"))
    studio.publish()
    studio.later(hours=8)
    studio.drop("a.txt", TOLD.format("Northern front"))
    studio.drop("b.txt", ENDED.format("N1"))
    studio.publish()
    clone = studio.clone(tmp_path / "clone")
    clone.publish()
    assert clone.tree() == studio.tree()
    assert tree(clone.folders.ledger) == tree(studio.folders.ledger)
    assert b"Superseded" in studio.tree()["2025-05-30.txt"]
