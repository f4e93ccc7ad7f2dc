"""A fault anywhere in reading and sorting costs the file that met it, and no other."""

from __future__ import annotations

import inspect
import io
import logging
import pkgutil
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from types import CodeType, FunctionType

import pytest

import sitrep.lexicon
import sitrep.reading
import sitrep.sorting
import sitrep.text
from sitrep.config.load import load_config
from sitrep.inbox.scan import scan
from sitrep.inbox.survey import State
from sitrep.publish import read_files
from sitrep.publish.read_files import ReadingContext, read_file
from sitrep.sorting.front_rules import compile_rules
from tests.publishing import CONFIG, NOON

TEXT = """\
---
title: A *quiet* day
lang: en
---
Update 01-06-2025

Disclaimer: we try to be exact.

# Northern front

- According to the council, *Alder* is open again [source](https://example.org/a).
- Reportedly the ferry at Birch runs[^1].
  - It carries grain.

# Rumors

- There are rumors that Cedar Bridge is closed.

Stay safe!

[^1]: Seen by two.
"""


def functions() -> Iterator[tuple[str, FunctionType]]:
    """Every function and method of the rooms in which a text is read and sorted."""
    for package in (sitrep.reading, sitrep.sorting, sitrep.lexicon, sitrep.text):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            own = vars(import_module(found.name))
            classes = [value for value in own.values() if isinstance(value, type)]
            for value in (*own.values(), *(one for made in classes for one in vars(made).values())):
                value = getattr(value, "fget", None) or getattr(value, "func", None) or value
                value = inspect.unwrap(value) if callable(value) else value
                if (
                    isinstance(value, FunctionType)
                    and value.__module__ == found.name
                    and not value.__closure__
                ):
                    yield f"{found.name}.{value.__qualname__}", value


def called(work: Callable[[], object]) -> set[CodeType]:
    """What runs while that is done: a fault in anything else is not met."""
    met: set[CodeType] = set()
    sys.setprofile(lambda frame, *_: met.add(frame.f_code))
    try:
        work()
    finally:
        sys.setprofile(None)
    return met


def fail(*_: object, **__: object) -> None:
    raise ZeroDivisionError("planted")


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> ReadingContext:
    feeds = tmp_path_factory.mktemp("feeds")
    (feeds / "a.txt").write_text(TEXT, encoding="utf-8")
    config = load_config(CONFIG, "config.yaml")
    return ReadingContext(feeds=feeds, rules=compile_rules(config), now=NOON)


def test_a_fault_in_any_function_refuses_the_file_alone(context: ReadingContext) -> None:
    """Whichever fails, the file is refused with a reference or read without it; nothing is raised."""
    (found,) = scan(context.feeds)
    sound, met = read_file(found, context), 0
    assert sound.state is State.PUBLISHED
    run = called(lambda: read_file(found, context))
    for name, function in dict(functions()).items():
        if (code := function.__code__) not in run:
            continue
        function.__code__ = fail.__code__
        try:
            read = read_file(found, context)
        finally:
            function.__code__ = code
        if any("ZeroDivisionError" in problem.fact for problem in read.problems):
            met += 1
            assert read.state is State.REFUSED, name
            assert all(problem.remedy for problem in read.problems), name
    assert met > 300
    assert read_file(found, context) == sound


@pytest.mark.parametrize(("level", "told"), [(logging.WARNING, False), (logging.DEBUG, True)])
def test_the_log_has_the_whole_fault_for_who_asks(
    context: ReadingContext, monkeypatch: pytest.MonkeyPatch, level: int, told: bool
) -> None:
    """With --debug the log says where in the program it was; without, no line of that is written."""
    monkeypatch.setattr(read_files, "_read_file", fail)
    log, written = logging.getLogger("sitrep"), io.StringIO()
    monkeypatch.setattr(log, "isEnabledFor", lambda at: at >= level)
    monkeypatch.setattr(log, "handlers", [logging.StreamHandler(written)])
    (found,) = scan(context.feeds)
    read_file(found, context)
    assert ("Traceback" in written.getvalue()) == told
