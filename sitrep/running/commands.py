"""The verbs of the command line: each takes the options, prints its answer and returns an exit code."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sitrep.running.folders import Folders, folders_of


def _folders(options: argparse.Namespace) -> Folders:
    return folders_of(options.site, feeds=options.feeds, output=options.output, config=options.config)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    print()


def build(options: argparse.Namespace) -> int:
    """Publish once."""
    from sitrep.running.engine import Engine
    from sitrep.running.locking import locked
    from sitrep.running.opening import open_site
    from sitrep.running.telling import tell_outcome

    folders = _folders(options)
    with locked(folders.work):
        opened = open_site(folders, base_url=options.base_url)
        engine = Engine(opened, clock=_now)
        outcome = engine.publish()
        engine.close()
    if options.json:
        _print_json(asdict(outcome))
    else:
        _print(tell_outcome(outcome, opened.config))
        print(f"  look at {folders.output / 'index.html'}")
    return outcome.exit_code


def check(options: argparse.Namespace) -> int:
    """Say what would become of files."""
    from sitrep.running.opening import read_config
    from sitrep.running.rehearsal import rehearse
    from sitrep.running.telling import tell_rehearsal, worst

    folders = _folders(options)
    config = read_config(folders, base_url=options.base_url)
    rehearsals = [rehearse(path, config, folders.ledger, _now()) for path in options.files]
    if options.json:
        _print_json([_as_json(one.path, one.updates, one.problems) for one in rehearsals])
    else:
        for one in rehearsals:
            _print(tell_rehearsal(one, config))
    return worst(rehearsals)


def _as_json(path: str, updates: Iterable[Any], problems: Iterable[Any]) -> dict[str, Any]:
    return {
        "path": path,
        "updates": [
            {"update": u.key, "date": u.date, "title": u.title, "items": len(u.items)} for u in updates
        ],
        "problems": [asdict(problem) for problem in problems],
    }


def explain(options: argparse.Namespace) -> int:
    """Show where every line of a file would go."""
    from sitrep.running.explaining import explain as explained
    from sitrep.running.opening import read_config
    from sitrep.running.rehearsal import rehearse
    from sitrep.running.telling import tell_explained, worst

    folders = _folders(options)
    config = read_config(folders, base_url=options.base_url)
    rehearsal = rehearse(options.file, config, folders.ledger, _now())
    if options.json:
        _print_json([one.as_json() for one in explained(rehearsal)])
    else:
        _print(tell_explained(explained(rehearsal), config))
    for problem in rehearsal.problems:
        print(problem, file=sys.stderr)
    return 2 if rehearsal.reading.refused else worst([rehearsal]) and 1


def new(options: argparse.Namespace) -> int:
    """Write a dated skeleton into the drop folder."""
    from sitrep.running.opening import read_config
    from sitrep.running.skeleton import write_skeleton

    folders = _folders(options)
    config = read_config(folders)
    path = write_skeleton(folders, config, _now(), options.date)
    print(f"  made  {path}")
    return 0
