"""Updates of our own wording, stamped as the ledger would stamp them, and an archive of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sitrep.archive.archive import Archive
from sitrep.base.nouns import Certainty, Item, Passage, Role, Section, Update
from sitrep.config.values import Config, Feeds, Front, Place, Site

FRONTS = (
    Front(
        id="western",
        name="Western front",
        mark="west",
        hue="blue",
        places=(Place(name="Homs", at=(34.73, 36.71)), Place(name="Hama", at=(35.13, 36.75))),
    ),
    Front(id="eastern", name="Eastern front", mark="east", hue="brown"),
    Front(id="rumors", name="Rumors", kind="rumors", mark="rumor", hue="grey"),
    Front(id="general", name="Overview", kind="general", mark="lines", hue="teal"),
)


def config(*, feeds: Feeds | None = None, fronts: Sequence[Front] = FRONTS, **site: object) -> Config:
    """A small site."""
    values: dict[str, object] = {
        "title": "Notes from the north-east",
        "description": "What we hear, day by day.",
        "base_url": "https://example.org/",
        "timezone": "Asia/Damascus",
        "author": "The notes collective",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    return Config(
        site=Site(**(values | site)),  # type: ignore[arg-type]
        fronts=tuple(fronts),
        feeds=feeds or Feeds(hubs=("https://hub.example.org/",)),
    )


def at(day: str, hour: int = 20, minute: int = 40) -> dt.datetime:
    """An instant of that day, UTC."""
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour, minute), dt.UTC)


def item(number: int, text: str, front: str = "western", **more: object) -> Item:
    """An item as the ledger has stamped it."""
    return Item(text=text, line=number + 2, front=front, number=number, **more)  # type: ignore[arg-type]


def update(key: str, items: Iterable[Item], *, headings: bool = True, **more: object) -> Update:
    """An update of items in sections by front, stamped at 20:40 UTC of its day unless told otherwise."""
    stamp = more.setdefault("published", at(key[:10]))
    more.setdefault("updated", stamp)
    stamped = [
        one if one.published else _stamped(one, stamp)  # type: ignore[arg-type]
        for one in items
    ]
    fronts = dict.fromkeys(one.front for one in stamped)
    sections = tuple(
        Section(
            heading=f"{front.capitalize()} front" if headings else None,
            line=1 + place * 100,
            items=tuple(one for one in stamped if one.front == front),
        )
        for place, front in enumerate(fronts)
    )
    more.setdefault("source", f"notes/{key}.md")
    return Update(
        date=dt.date.fromisoformat(key[:10]),
        line=1,
        key=key,
        sections=sections,
        **more,  # type: ignore[arg-type]
    )


def _stamped(one: Item, stamp: dt.datetime) -> Item:
    from sitrep.base.values import replace

    return replace(one, published=stamp, updated=stamp)


def ordinary(key: str, words: int = 1) -> Update:
    """An update with an item of each kind."""
    said = f"The road to Homs is open again. Drivers say the bridge holds, on {key}."
    return update(
        key,
        (
            item(1, " ".join([said] * words), places=("Homs", "Hama")),
            item(2, "Shelling was heard *near* the grain silos & the station.", certainty=Certainty.REPORTED),
            item(3, "The council says schools stay shut.", "eastern", certainty=Certainty.STATEMENT,
                 by="The council"),
            item(4, "A minister is said to have left by plane.", "rumors", certainty=Certainty.RUMOR,
                 places=("Homs",)),
            item(5, "We think this week decides much.", "general", opinion=True),
        ),
        passages=(
            Passage(role=Role.LEDE, text="A quiet morning, a loud evening.", line=0),
            Passage(role=Role.SIGNOFF, text="Stay safe!", line=999),
        ),
    )  # fmt: skip


def archive(*updates: Update) -> Archive:
    """An archive in memory that holds these updates."""
    made = Archive(None)
    for one in updates:
        made.put_update(one)
    return made


def days(first: str, count: int) -> list[str]:
    """Keys of one update a day."""
    start = dt.date.fromisoformat(first)
    return [(start + dt.timedelta(days=n)).isoformat() for n in range(count)]


ONE = ordinary("2024-12-06")
LATER = at("2024-12-07", 9, 5)
TAG = "tag:example.org,2024:"
