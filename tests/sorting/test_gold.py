"""The model text, parsed and sorted, against what a careful human editor made of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sitrep.base.nouns import Certainty, Item, Role, Update
from tests.sorting.bench import GOLD, SEED, read_text

pytestmark = pytest.mark.skipif(
    not (GOLD.exists() and SEED.exists()), reason="the model text is not beside this checkout"
)
HEDGED = (Certainty.REPORTED, Certainty.RUMOR)


@pytest.fixture(scope="module")
def updates() -> dict[str, Update]:
    return {u.date.isoformat(): u for u in read_text(SEED.read_text(encoding="utf-8"), path="notes.txt")}


@pytest.fixture(scope="module")
def scored(updates: dict[str, Update]) -> list[tuple[dict[str, Any], Item]]:
    """Every item the editor judged, with ours of the same line."""
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    pairs = []
    for day in gold["updates"]:
        ours = {item.line: item for item in updates[day["date"]].items}
        for wanted in (i for s in day["sections"] for i in s["items"] if i["scored"]):
            assert wanted["line"] in ours, f"line {wanted['line']} is no item"
            pairs.append((wanted, ours[wanted["line"]]))
    return pairs


def test_the_front_is_right_for_all_but_two_items(scored: list[tuple[dict[str, Any], Item]]) -> None:
    """At most two of the editor's items stand in another front than the editor's own choice."""
    wrong = [(w["id"], i.front) for w, i in scored if i.front != w["front"]]
    assert len(wrong) <= 2, wrong


def test_no_front_is_one_the_editor_would_call_an_error(scored: list[tuple[dict[str, Any], Item]]) -> None:
    """Every item stands in the editor's front or in one that the editor accepts."""
    wrong = [(w["id"], i.front) for w, i in scored if i.front not in (w["front"], *w["also"])]
    assert wrong == []


def test_hedges_are_found(scored: list[tuple[dict[str, Any], Item]]) -> None:
    """At most one hedged item is taken as plainly said, and at most one plain item as hedged."""
    missed = [w["id"] for w, i in scored if w["hedge"] == "yes" and i.certainty not in HEDGED]
    false = [w["id"] for w, i in scored if w["hedge"] == "no" and i.certainty in HEDGED]
    assert len(missed) <= 1, missed
    assert len(false) <= 1, false


def test_what_is_no_item_stays_out_of_the_fronts(updates: dict[str, Update]) -> None:
    """Intros, disclaimers, outros and sign-offs stay with the update and become no items."""
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    for day in gold["updates"]:
        ours = updates[day["date"]]
        lines = {item.line for item in ours.items}
        inner = [i for s in day["sections"] for i in s["items"] if i["role"] != "item"]
        for passage in (*day["intro"], *inner, *day.get("outro", ())):
            assert passage["line"] not in lines, passage["id"]
            assert passage["line"] in {p.line for p in ours.passages if p.role is not Role.ITEM}


def test_every_item_says_why(updates: dict[str, Update]) -> None:
    """No item is without a front and a reason in words."""
    assert all(item.front and item.reason for update in updates.values() for item in update.items)


def test_the_authors_view_is_marked(updates: dict[str, Update]) -> None:
    """What stands under a heading of evaluation or analysis is opinion, and nothing else is."""
    marked = {d: sum(i.opinion for i in u.items) for d, u in updates.items()}
    assert marked == {
        "2024-12-06": 4, "2024-12-05": 0, "2024-12-04": 0, "2024-12-03": 0, "2024-12-02": 5, "2024-12-01": 0,
    }  # fmt: skip
