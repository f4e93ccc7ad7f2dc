"""How the verbs answer: lines for people, JSON for scripts, problems apart."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterable
from typing import Any

from sitrep.base.nouns import Problem
from sitrep.base.progress import show
from sitrep.site.folders import Folders, folders_of
from sitrep.verbs.options import as_typed


def folders_named(options: argparse.Namespace) -> Folders:
    """The folders of the site that the options name."""
    return folders_of(options.site, feeds=options.feeds, output=options.output, config=options.config)


def now() -> dt.datetime:
    """This moment (UTC)."""
    return dt.datetime.now(dt.UTC)


def say(lines: Iterable[str]) -> None:
    """Lines on standard output, commands in them as the program was called."""
    show(map(as_typed, lines))


def warn(problems: Iterable[Problem]) -> None:
    """Problems on standard error."""
    show((as_typed(line) for problem in problems for line in str(problem).splitlines()), sys.stderr)


def say_json(value: Any) -> None:
    """A value for scripts, on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    print()
