"""A number -> that many made-up updates of about 4.6 KB, shaped like those of a real collective.

Deterministic: update ``i`` is the same text in every run. One a day, newest last, so that a corpus of
100 is the beginning of one of 10,000 with later dates on top.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

LAST_DAY = dt.date(2024, 12, 20)
"""In the middle of a month, as most days are."""
AGAIN = 5
"""Times that a short step is taken; the one in the middle counts."""
NEW_MONTH = 2 * AGAIN + 2
"""Days from then to the first of the next month: after the drops in new processes and in one that stays."""

_PLACES = (
    *(
        "Aleppo",
        "Hama",
        "Homs",
        "Idlib",
        "Raqqa",
        "Manbij",
        "Kobane",
        "Hasakah",
        "Qamishli",
        "Daraa",
        "Sweida",
    ),
    *(
        "Quneitra",
        "Damascus",
        "Palmyra",
        "Latakia",
        "Tartus",
        "Afrin",
        "Azaz",
        "Tabqa",
        "Salamiyah",
        "Mayadin",
    ),
)
_WHO = (
    "Local groups",
    "Army units",
    "Councils",
    "Aid convoys",
    "SDF",
    "HTS",
    "SNA",
    "Residents",
    "Rescue teams",
)
_DID = (
    "moved towards", "left their posts around", "set up checkpoints near", "reached the outskirts of",
    "reopened the road to", "asked for help in", "reported shelling close to", "held talks in",
)  # fmt: skip
_THEN = (
    "The road stayed closed for most of the day and traffic went round by the villages.",
    "Bakeries worked again by noon, though flour for only two days is left.",
    "Families who had left in the morning came back before dark.",
    "Phone lines were down for some hours, so numbers are hard to check.",
    "Two schools serve as shelters and more blankets are needed.",
    "A second convoy is waiting at the crossing for its papers.",
    "Drones were heard all night and nobody slept much.",
    "Allegedly both sides agreed on a pause until Friday.",
    "It seems that the bridge can be used by light cars only.",
    "Water was pumped for three hours and then the fuel ran out.",
    "The market opened late, and bread was sold by the piece.",
    "Teachers walked from house to house to tell who may come tomorrow.",
    "A clinic moved into the cellar of the post office.",
    "Snow on the pass keeps lorries waiting on either side.",
    "Power came back in the old town only.",
    "Reportedly a list of names was read out at the gate.",
    "Farmers brought their sheep down because of the noise.",
    "The ferry ran twice and took nobody without a permit.",
    "Volunteers cleared glass from the main street all afternoon.",
    "Rents doubled within a week and many sleep at relatives.",
    "One of the two wells turned out to be salted.",
)
_SAID_A_DAY, _APART = 9, 3
"""So many of these an update draws from; of a further update of the day so many are others."""
_HEADINGS = ("Western front", "Eastern front", "Southern front", "International", "Rumors")


def update_text(number: int, day: dt.date, before: int = 0) -> str:
    """The text of update ``number``, dated ``day``, of which so many came ``before`` on that day.

    Those of one day differ in their sentences, or they would be taken for copies of each other.
    """
    chance = random.Random(number)
    then = _THEN[before * _APART :][:_SAID_A_DAY]
    lines = [f"Update {day:%d-%m-%Y}", "", f"A long day again, the {number}th. " + _sentence(chance), ""]
    for heading in _HEADINGS:
        lines += [f"# {heading}", ""]
        lines += [f"– {_item(chance, then)}" for _ in range(2 if heading == "Rumors" else 3)]
        lines.append("")
    lines += ["Stay safe, all of you!", ""]
    return "\n".join(lines)


def late_text(day: dt.date) -> str:
    """A second update of a day, in other words than any of the corpus."""
    lines = [f"Update {day:%d-%m-%Y}", "", "# Eastern front", ""]
    lines += [
        f"– Late word number {number} about {place}: nothing moved there, and people queue for water."
        for number, place in enumerate(_PLACES[:14])
    ]
    return "\n".join(lines) + "\n"


def _sentence(chance: random.Random) -> str:
    who, did, place = chance.choice(_WHO), chance.choice(_DID), chance.choice(_PLACES)
    return f"{who} {did} {place}, {chance.randint(2, 90)} km away."


def _item(chance: random.Random, then: Sequence[str]) -> str:
    seen = (
        f"Seen by {chance.choice(_WHO).lower()} from {chance.choice(_PLACES)}, post {chance.randrange(9999)}."
    )
    sentences = [_sentence(chance), *chance.sample(then, 3), seen]
    if chance.random() < 0.05:
        sentences.append("More in [the long version](https://example.org/long).")
    return " ".join(sentences)


_MOST_DAYS = 20_000
"""A larger corpus has several updates a day: a hundred thousand days ago there was no press."""


def days(count: int) -> list[dt.date]:
    """The dates of a corpus of that size, oldest first."""
    a_day = -(-count // _MOST_DAYS)
    return [LAST_DAY - dt.timedelta(days=back // a_day) for back in reversed(range(count))]


def write_corpus(folder: Path, count: int) -> int:
    """Write ``count`` updates into ``folder``, one a file; returns their bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    total, that_day = 0, Counter[dt.date]()
    for number, day in enumerate(days(count)):
        content = update_text(number, day, that_day[day]).encode()
        that_day[day] += 1
        ordinal = f"-{that_day[day]}" if that_day[day] > 1 else ""
        (folder / f"{day.isoformat()}{ordinal}.txt").write_bytes(content)
        total += len(content)
    return total
