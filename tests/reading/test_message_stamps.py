# ruff: noqa: E501  -- a chat is one line here
"""Chats as their programs copy and export them: one update a day, and no name of who wrote."""

from __future__ import annotations

import pytest

from sitrep.base.nouns import Source
from sitrep.reading.parse import parse
from tests.reading.dialect import CONFIG

OPEN, WATER = "The bridge at the mill is open again.", "Water comes to the camp twice a day."
LAYOUTS = {
    "Viber, day above": f"Friday, 6 December 2024\n20:31:05 Mara Lind: {OPEN}\n20:33:10 Jo Kern: {WATER}",
    "Element": f"6 Dec 2024, 20:31:05 - Mara Lind: {OPEN}\n6 Dec 2024, 20:33:10 - Jo Kern: {WATER}",
    "Matrix": f"2024-12-06, 20:31 - @mara:example.org: {OPEN}\n2024-12-06, 20:33 - @jo:example.org: {WATER}",
    "Discord": f"Mara Lind — 06/12/2024 20:31\n{OPEN}\nJo Kern — 06/12/2024 20:33\n{WATER}",
    "Signal Desktop": f"Mara Lind\nDec 6, 2024 8:31 PM\n{OPEN}\nJo Kern\nDec 6, 2024 8:33 PM\n{WATER}",
    "Signal, months": f"[6 Dec 2024, 20:31] Mara Lind: {OPEN}\n[6 Dec 2024, 20:33] Jo Kern: {WATER}",
    "in German": f"6. Dezember 2024 um 20:31 - Mara Lind: {OPEN}\n6. Dezember 2024 um 20:33 - Jo Kern: {WATER}",
    "in Spanish": f"6 de diciembre de 2024, 20:31 - Mara Lind: {OPEN}\n6 de diciembre de 2024, 20:33 - Jo Kern: {WATER}",
    "in Russian": f"6 декабря 2024 г., 20:31 - Mara Lind: {OPEN}\n6 декабря 2024 г., 20:33 - Jo Kern: {WATER}",
    "text messages": f"+491512345678 2024-12-06 20:31\n{OPEN}\n\n+491512345679 2024-12-06 20:33\n{WATER}",
    "IRC": f"[2024-12-06 20:31:05] <mara> {OPEN}\n[2024-12-06 20:33:10] <jo> {WATER}",
}


def read(text: str) -> list[tuple[str, str]]:
    """Each update's day, and all of its words."""
    found = parse(Source(path="chat.txt", digest="0", text=text + "\n"), CONFIG).updates
    return [
        (
            update.date.isoformat(),
            "\n".join(
                [*(i.text for i in update.items), *(p.text for p in update.passages), update.title or "",
                 *(s.heading or "" for s in update.sections)]
            ),
        )
        for update in found
    ]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_chat_is_an_update_without_its_names(layout: str) -> None:
    """The day is right, every word is there, and no sender, number or address."""
    [(day, words)] = read(LAYOUTS[layout])
    assert day == "2024-12-06"
    assert OPEN in words
    assert WATER in words
    assert not [name for name in ("Mara", "mara", "Kern", "<jo", "@jo", "4915") if name in words]


def test_datelines_with_a_dash_are_no_senders() -> None:
    """Two updates in one file, each under a word, a dash and its day, are no chat."""
    text = f"Update — 07/12/2024 20:00\n- {OPEN}\n\nUpdate — 06/12/2024 20:00\n- {WATER}"
    assert [day for day, _ in read(text)] == ["2024-12-07", "2024-12-06"]


def test_days_in_full_above_their_updates_are_no_messages() -> None:
    """Bare datelines with a time are read as before."""
    text = f"6 December 2024 20:31\n\n- {OPEN}\n\n5 December 2024 20:31\n\n- {WATER}"
    assert [day for day, _ in read(text)] == ["2024-12-06", "2024-12-05"]
