"""What the tests of texts that wait have in common."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from sitrep.base.nouns import Reading
from sitrep.lexicon.waiting.lists import by_language

LISTS = by_language("headers")
BODY = "# Western front\n\n– The road to Hama is open.\n"
DATE = "Update 05-12-2024"
FAR = dt.datetime(2029, 1, 1, tzinfo=dt.UTC)


def waits(reading: Reading) -> bool:
    """True if nothing of it can come out before 2029."""
    return reading.refused or all(
        update.draft
        or (update.publish_at is not None and update.publish_at > FAR)
        or update.date > FAR.date()  # A text of a day to come waits for it.
        for update in reading.updates
    )


def every(*names: str) -> list[str]:
    return sorted({word for lists in LISTS.values() for name in names for word in lists[name]})


CASE = st.sampled_from([str, str.upper, str.title, str.capitalize])
