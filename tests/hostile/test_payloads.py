"""No text in a drop does anything but be read: some 400 places with payloads, and a good file beside them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitrep.inbox.survey import State
from sitrep.publish.outcome import FileOutcome
from tests.hostile.judging import CONTROLS, faults
from tests.hostile.payloads import HEADS, PAYLOADS, PLACES
from tests.lanes import one_fast
from tests.publishing import NOON, Studio

GOOD = "The mill at Cedar Bridge grinds again since Monday."


@dataclass
class Published:
    """What became of every payload."""

    studio: Studio
    files: dict[str, FileOutcome]
    days: dict[str, str]
    marks: dict[str, Sequence[int]]
    tree: dict[str, bytes]


def text_of(day: dt.date, payload: str, marks: Sequence[int]) -> str:
    """An update with a payload in these places of an item, each marked by a word of its own."""
    places = list(PLACES.values())
    items = "".join(f"\n- Mark{n}. {places[n].format(payload)}\n" for n in marks)
    head = "".join(f"{key}: {json.dumps(payload)}\n" for key in HEADS)
    return f"---\n{head}---\nUpdate {day:%d-%m-%Y}\n\n# Northern front\n{items}"


@pytest.fixture(scope="module", params=one_fast("in one place each", "in every place"))
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """All of them dropped at once, with a good file, and published once."""
    studio = Studio(tmp_path_factory.mktemp("hostile") / "site")
    days: dict[str, str] = {}
    marks: dict[str, Sequence[int]] = {}
    for back, (name, payload) in enumerate(PAYLOADS.items(), 1):
        day = NOON.date() - dt.timedelta(days=back)
        days[name] = day.isoformat()
        marks[name] = [back % len(PLACES)] if "one" in request.param else range(len(PLACES))
        studio.drop(f"{days[name]}.txt", text_of(day, payload, marks[name]))
    studio.drop("good.txt", f"Update {NOON:%d-%m-%Y}\n\n# Northern front\n\n- {GOOD}\n")
    outcome = studio.publish()
    return Published(studio, {one.path: one for one in outcome.files}, days, marks, studio.tree())


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_is_shown_or_refused(published: Published, name: str) -> None:
    """It is out in every place, as text; or its file is refused with a place, a fact and a remedy."""
    day = published.days[name]
    outcome = published.files[f"{day}.txt"]
    if outcome.state is not State.PUBLISHED:
        assert outcome.state is State.REFUSED
        assert any(one.fact and one.remedy for one in outcome.problems)
        assert f"{day}/index.html" not in published.tree
        return
    pages = [
        content
        for place, content in published.tree.items()
        if re.fullmatch(rf"{day}/(\d/)?index\.html", place)
    ]
    shown = b"".join(pages).decode()
    assert not [n for n in published.marks[name] if f"Mark{n}" not in shown]


def test_nothing_in_any_file_runs_or_breaks_a_reader(published: Published) -> None:
    """Every XML and JSON file is parsed, every page read; the good item is in all; nothing runs, loads,
    or steers a terminal or the direction of what follows."""
    assert not list(faults(published.tree, GOOD))


def test_the_good_file_is_out(published: Published) -> None:
    """Its page, its plain text and the home page have it, whatever lies beside it."""
    assert published.files["good.txt"].state is State.PUBLISHED
    day = NOON.date().isoformat()
    assert all(GOOD in published.tree[name].decode() for name in (f"{day}/index.html", f"{day}.txt"))


def test_nothing_of_the_machine_is_read(published: Published, tmp_path: Path) -> None:
    """No include, entity or path of a drop brings in a file, and no template is filled in."""
    everything = "\n".join(content.decode("utf-8", "replace") for content in published.tree.values())
    assert "root:x:0" not in everything
    assert str(published.studio.root) not in everything
    page = published.tree[f"{published.days['jinja']}/index.html"].decode()
    assert "{{ 7*7 }}" in page
    assert " 49 " not in page


def test_what_is_read_by_a_terminal_does_nothing_there(published: Published) -> None:
    """No problem of any file holds a control character but a line break once it is printed."""
    from sitrep.base.say import printable

    for outcome in published.files.values():
        for problem in outcome.problems:
            assert not CONTROLS.search(printable(str(problem)).replace("\n", ""))
