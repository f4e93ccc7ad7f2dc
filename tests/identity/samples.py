"""Short ways to make updates for the tests of this room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sitrep.base.nouns import Item, Passage, Role, Section, Update
from sitrep.identity.item_ids import SettledUpdate, settle
from sitrep.ledger.known import KnownUpdate

DAY = dt.date(2024, 12, 6)
NOW = dt.datetime(2024, 12, 6, 20, 40, 11, tzinfo=dt.UTC)
ZONE = ZoneInfo("Asia/Damascus")
GRACE = dt.timedelta(minutes=10)
HOUR = dt.timedelta(hours=1)

REPORTS = (
    "Troops left two checkpoints on the road to the airport during the night, witnesses say.",
    "The bridge over the river is closed to cars; people cross on foot with what they can carry.",
    "Shelling was heard in the eastern suburbs until dawn, and three houses burned down.",
    "A convoy of eleven lorries with flour reached the central bakery before noon.",
    "The hospital asks for blood donors and has run out of fuel for its second generator.",
    "Negotiations about the dam continue; neither side would comment on the new proposal.",
)


def update(*texts: str, date: dt.date = DAY, source: str = "a.txt", lede: str = "", **fields: Any) -> Update:
    """An update whose items are these texts, one a line from line 3 on."""
    front = fields.pop("front", "northern")
    items = tuple(Item(text=text, line=line, front=front) for line, text in enumerate(texts, 3))
    passages = (Passage(role=Role.LEDE, text=lede, line=2),) if lede else ()
    return Update(
        **{"date": date, "line": 1, "source": source}
        | fields
        | {"sections": (Section(heading=None, line=3, items=items),), "passages": passages}
    )


def settled(
    kept: KnownUpdate | None,
    text: Update,
    now: dt.datetime = NOW,
    *,
    key: str = "2024-12-06",
    fronts: Mapping[int, str] | None = None,
) -> SettledUpdate:
    """``settle`` with the zone and grace time of these tests."""
    return settle(kept, text, key=key, now=now, zone=ZONE, grace=GRACE, fronts=fronts)


def numbers(shown: Update) -> list[int]:
    """Numbers of the items in the author's order."""
    return [item.number for item in shown.items]


def history_of(*texts: Sequence[str]) -> KnownUpdate:
    """What is known after these wordings were published an hour apart."""
    kept = None
    for hours, wording in enumerate(texts):
        kept = settled(kept, update(*wording), NOW + hours * HOUR).kept
    assert kept is not None
    return kept


def known(*wordings: Update) -> KnownUpdate:
    """What is known after these texts were published an hour apart."""
    kept = None
    for hours, text in enumerate(wordings):
        kept = settled(kept, text, NOW + hours * HOUR).kept
    assert kept is not None
    return kept
