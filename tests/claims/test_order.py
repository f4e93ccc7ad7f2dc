"""What an item was part of is told to the ledger in the order in which it was: a clone follows it alike."""

from __future__ import annotations

import re
from pathlib import Path

from tests.publishing import Studio, tree

TOLD = "Update 30-05-2025\n\n# {}\n\n- Reportedly the convoy is on the road to Elm.\n"
RUMOR = "Update 0{}-06-2025\n\n# Rumors\n\n- {}\n"
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


def test_what_settles_a_rumor_says_so_wherever_it_is_shown_alone(tmp_path: Path) -> None:
    """The lead of an item that refutes one leaves out these words of its author: panel, lists and titles of
    feeds say them before it; the headline of an update that does no more is that rumor with its outcome."""
    studio = Studio(tmp_path / "site")
    studio.drop("1.txt", RUMOR.format(1, "[claim: coup-alder] A coup is under way in Alder."))
    studio.publish()
    studio.later(days=1)
    studio.drop("2.txt", RUMOR.format(2, "Refuted: coup-alder Officers sat at their desks."))
    studio.publish()
    tree = studio.tree()
    for place in ("index.html", "2025-06-02/index.html", "archive/index.html"):
        words = re.sub(r"<[^>]+>", "", re.sub(r"(?s)^.*<main", "<main", tree[place].decode()))
        assert "Refuted: A coup is under way in Alder." in words
        assert not re.search(r"(?<!Refuted[.] )Officers", words.replace("RefutedOfficers", ""))
    assert b"<title>Refuted. Officers sat at their desks</title>" in tree["items/feed.xml"]
