"""A text that cannot be shown is refused before it is recorded: what is online stays, others come out."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from types import FrameType, FunctionType
from typing import Any

import pytest

from sitrep.base.errors import EndlessTemplateError, TemplateError
from sitrep.inbox.survey import State
from sitrep.pages import templates
from tests.lanes import one_fast
from tests.publishing import Studio

FIRST = "Update 30-05-2025\n\n# Southern front\n\n- The school in Elm is open.\n"
LATER = FIRST.replace("open", "planted shut")


def _plant(monkeypatch: pytest.MonkeyPatch, function: Callable[..., Any]) -> None:
    """It fails wherever it is called over a text that says "planted"."""

    @wraps(function)
    def failing(*given: Any, **named: Any) -> Any:
        if "planted" in repr((given, named)):
            raise ZeroDivisionError("planted")
        return function(*given, **named)

    for owner in _owners():
        for name, value in list(vars(owner).items()):
            if value is function:
                monkeypatch.setattr(owner, name, failing)


def _owners() -> Iterator[Any]:
    """Every module of the program, and every class of one."""
    for name, module in list(sys.modules.items()):
        if name.startswith("sitrep."):
            yield module
            yield from (value for value in list(vars(module).values()) if isinstance(value, type))


def _named(name: str) -> Callable[..., Any]:
    """``module:function`` or ``module:Class.method``."""
    module, _, path = name.partition(":")
    return attrgetter(path)(import_module(module))  # type: ignore[no-any-return]


def _good(studio: Studio, count: int) -> None:
    for number in range(count):
        day = dt.date(2025, 1, 1) + dt.timedelta(days=number)
        studio.drop(f"{day}.txt", f"Update {day}\n\n# Northern front\n\n- The mill grinds {number} sacks.\n")


def _costs_one_file(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, count: int, met: bool | None = True
) -> None:
    """The correction is refused with a reference, its first version stays, all is as if it had not come."""
    sites = [Studio(root / "hit"), Studio(root / "spared")]
    for studio in sites:
        studio.drop("bad.txt", FIRST)
        studio.publish()
        _good(studio, count - 1)
    hit, spared = sites
    hit.drop("bad.txt", LATER)
    spared.publish(processes=2)
    _plant(monkeypatch, _named(name))
    files = {one.path: one for one in hit.publish(processes=2).files}
    monkeypatch.undo()
    refused = [path for path, file in files.items() if file.state is State.REFUSED]
    if not refused and not met:  # what it makes was known already
        return
    assert refused == ["bad.txt"]
    assert "ZeroDivisionError" in files["bad.txt"].problems[-1].fact
    assert len(files) == count
    assert hit.tree() == spared.tree()
    hit.publish()
    hit.drop("bad.txt", LATER.replace("planted", "slammed"))
    hit.publish()
    assert b"slammed shut" in hit.tree()["2025-05-30/index.html"]


@pytest.mark.parametrize(
    ("name", "count"),
    one_fast(
        ("sitrep.site.before_and_after:_media", 2),
        ("sitrep.feeds.entry_text:digest", 2),
        ("sitrep.text.feed_text:content", 2),
        ("sitrep.text.summaries:headline", 2),
        ("sitrep.text.summaries:deck", 2),
        ("sitrep.pages.plain_text:to_text", 2),
        ("sitrep.pages.items:to_html", 2),
        ("sitrep.feeds.entry_titles:item_title", 25),
        ("sitrep.feeds.entry_titles:item_title", 205),
        ("sitrep.pages.items:to_html", 60),
        ("sitrep.pages.items:to_html", 205),
        ("sitrep.claims.update_claims:events_of", 19),
        ("sitrep.api.newsroom:_revision", 60),
    ),
)
def test_a_text_that_cannot_be_shown_is_refused_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, count: int
) -> None:
    """However many files come with it, in one process or shared among two."""
    _costs_one_file(tmp_path, monkeypatch, name, count)


def test_a_broken_theme_is_no_file_s_fault(tmp_path: Path) -> None:
    """A template that fails keeps everything waiting, and no file is refused; put right, all is out."""
    studio = Studio(tmp_path)
    studio.drop("bad.txt", FIRST)
    studio.publish()
    own = studio.folders.templates / "update.html"
    own.parent.mkdir(exist_ok=True)
    own.write_text("{{ none.of_this }}")
    _good(studio, 1)
    with pytest.raises(TemplateError):
        studio.publish()
    own.unlink()
    assert not [file for file in studio.publish().files if file.state is State.REFUSED]
    assert b"grinds 0 sacks" in studio.tree()["2025-01-01/index.html"]


def test_a_template_without_end_is_tried_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many files come, it is broken off once and no text is suspected."""
    told: list[Exception] = []
    error = templates.Templates._error
    monkeypatch.setattr(templates, "SECONDS", 0.5)
    monkeypatch.setattr(
        templates.Templates, "_error", lambda of, name, fault: told.append(fault) or error(of, name, fault)
    )
    studio = Studio(tmp_path)
    own = studio.folders.templates / "update.html"
    own.parent.mkdir()
    own.write_text("{% for a in range(9**5) %}{% for b in range(9**5) %}{% endfor %}{% endfor %}")
    for number in range(9):
        _good(studio, number)
    with pytest.raises(EndlessTemplateError):
        studio.publish()
    assert len(told) == 1


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 19, 60])
def test_a_fault_in_whichever_function_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """Of all functions that see a text while it is recorded and shown, a sample by the number of files."""
    names = sorted(_seeing(tmp_path / "seeing"))
    assert len(names) > 100
    for place, name in enumerate(names[count % 7 :: 7 + count // 2]):
        _costs_one_file(tmp_path / f"{place}", monkeypatch, name, count, met=None)


def _seeing(root: Path) -> set[str]:
    """Functions that are given a text that says "planted" while it is recorded and shown."""
    studio, met = Studio(root), set()

    def look(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code not in met and _ROOMS.search(frame.f_code.co_filename):
            met.update([frame.f_code] if "planted" in repr(list(frame.f_locals.values())) else ())

    studio.drop("bad.txt", FIRST)
    studio.publish()
    studio.drop("bad.txt", LATER)
    sys.setprofile(look)
    try:
        studio.publish()
    finally:
        sys.setprofile(None)
    functions = (value for owner in _owners() for value in list(vars(owner).values()))
    return {
        f"{one.__module__}:{one.__qualname__}"
        for one in functions
        if isinstance(one, FunctionType) and one.__code__ in met and "<" not in one.__qualname__
    }


_ROOMS = re.compile("/sitrep/(?:pages|feeds|api|text|cards|site|claims|publish/render)")
