"""A text that cannot be shown is refused before it is recorded: what is online stays, others come out."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from sitrep.inbox.survey import State
from tests.lanes import slow
from tests.publishing import Studio

GOOD = "Update 01-06-2025\n\n# Northern front\n\n- The mill grinds again.\n"
FIRST = "Update 30-05-2025\n\n# Southern front\n\n- The school in Elm is open.\n"
LATER = FIRST.replace("open", "planted shut")


def _plant(monkeypatch: pytest.MonkeyPatch, module: str, name: str) -> None:
    owner = import_module(module)
    real = getattr(owner, name)

    def failing(*given: Any, **named: Any) -> Any:
        if "planted" in repr((given, named)):
            raise ZeroDivisionError("planted")
        return real(*given, **named)

    monkeypatch.setattr(owner, name, failing)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("sitrep.feeds.entry_text", "digest"),
        ("sitrep.pages.items", "to_html"),
        *slow(
            [
                ("sitrep.text.feed_text", "content"),
                ("sitrep.text.summaries", "headline"),
                ("sitrep.text.summaries", "deck"),
                ("sitrep.pages.plain_text", "to_text"),
            ]
        ),
    ],
)
def test_a_fault_in_showing_a_text_costs_that_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str
) -> None:
    """The correction that cannot be shown is refused with a reference; the version before it stays online."""
    studio = Studio(tmp_path / "site")
    studio.drop("bad.txt", FIRST)
    studio.publish()
    _plant(monkeypatch, module, name)
    studio.drop("bad.txt", LATER)
    studio.drop("good.txt", GOOD)
    files = {one.path: one for one in studio.publish().files}
    assert files["good.txt"].state is State.PUBLISHED
    assert files["bad.txt"].state is State.REFUSED
    assert any("ZeroDivisionError" in problem.fact for problem in files["bad.txt"].problems)
    tree = studio.tree()
    assert b"The school in Elm is open" in tree["2025-05-30/index.html"]
    assert b"The mill grinds again" in tree["2025-06-01/index.html"]
    assert b"The mill grinds again" in tree["feed.xml"]


@pytest.mark.parametrize(
    "count",
    [pytest.param(25, id="in this process"), pytest.param(205, id="shared", marks=pytest.mark.slow)],
)
def test_a_fault_in_one_text_of_many_costs_that_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """A whole archive that is dropped at once comes out, but for the text that no feed can show."""
    studio = Studio(tmp_path / "site")
    for number in range(count):
        day = dt.date(2024, 1, 1) + dt.timedelta(days=number)
        studio.drop(f"{day}.txt", f"Update {day}\n\n- The mill grinds {number} sacks.\n")
    studio.drop("bad.txt", LATER)
    _plant(monkeypatch, "sitrep.feeds.entry_titles", "item_title")
    files = {one.path: one for one in studio.publish(processes=2).files}
    assert [path for path, file in files.items() if file.state is State.REFUSED] == ["bad.txt"]
    assert len(files) == count + 1
