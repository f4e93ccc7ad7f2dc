"""How the verbs answer: lines for people, JSON for scripts, problems apart."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sitrep.base.nouns import Problem
from sitrep.base.progress import show
from sitrep.site.folders import Folders, folders_of
from sitrep.verbs.options import as_typed


def folders_named(options: argparse.Namespace) -> Folders:
    """The folders of the site that the options name, or in whose feeds/ one stands."""
    site = options.site if options.site != Path() or options.config else _site_here()
    return folders_of(site, feeds=options.feeds, output=options.output, config=options.config)


def site_named(options: argparse.Namespace) -> Folders:
    """The same, where something of a site is there. Raises ConfigError for a folder that is none."""
    from sitrep.publish.open_site import no_site

    folders = folders_named(options)
    if not any(place.exists() for place in (folders.config, folders.feeds, folders.ledger, folders.archive)):
        raise no_site(folders)
    return folders


def _site_here() -> Path:
    """Where one stands, unless that is within the drop folder of a site."""
    here = Path.cwd()
    around = (place.parent for place in (here, *here.parents) if place.name == "feeds")
    return next((site for site in around if (site / "config.yaml").is_file()), Path())


def file_named(path: Path, folders: Folders) -> Path:
    """A file as it was typed: from where one stands, or else from the site's folder or from feeds/."""
    elsewhere = (folder / path for folder in (folders.site, folders.feeds))
    found = next(filter(os.path.exists, (path, *elsewhere)), path)
    return found if found == path else Path(os.path.relpath(found))


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
