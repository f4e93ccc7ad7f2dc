"""A whole site in a temporary folder, published for real: the workbench of the end-to-end tests."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sitrep.publish.open_site import open_site
from sitrep.publish.outcome import Outcome
from sitrep.publish.spine import publish
from sitrep.site.folders import Folders, folders_of

CONFIG = """\
site:
  title: Notes from the valley
  base_url: https://example.org/
  authority: example.org,2024
  timezone: Asia/Damascus
fronts:
  - id: north
    name: Northern front
    mark: north
    places: [Alder, Birch, {name: Cedar Bridge, at: [36.2, 37.1]}]
  - id: south
    name: Southern front
    mark: south
    places: [Dogwood, Elm]
  - {id: rumors, name: Rumors, kind: rumors, mark: rumor}
  - {id: general, name: General, kind: general, mark: lines}
"""

_BEGUN = "SITEGEN_TESTS_COMPILED"
_OWN = None if os.environ.get(_BEGUN) else tempfile.TemporaryDirectory(prefix="compiled-templates-")
COMPILED = os.environ.setdefault(_BEGUN, _OWN.name if _OWN else "")
"""Compiled templates of all sites, also of processes that tests start: half of what a small site costs."""

PUBLISHED = tempfile.TemporaryDirectory(prefix="published-sites-")
"""Sites as ``published`` made them, to be copied."""

NOON = dt.datetime(2025, 6, 1, 9, 0, tzinfo=dt.UTC)


@dataclass
class Studio:
    """One site: drop texts, let the clock run, publish, look at the tree."""

    root: Path
    now: dt.datetime = NOON
    config: str = CONFIG
    folders: Folders = field(init=False)

    def __post_init__(self) -> None:
        self.folders = folders_of(self.root)
        self.folders.feeds.mkdir(parents=True, exist_ok=True)
        if not self.folders.config.exists():
            self.folders.config.write_text(self.config, encoding="utf-8")
        self.folders.compiled.parent.mkdir(exist_ok=True)
        if not self.folders.compiled.exists():
            self.folders.compiled.symlink_to(COMPILED)

    def drop(self, name: str, text: str) -> None:
        """Put a file into the drop folder, or overwrite it."""
        path = self.folders.feeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def configure(self, before: str, after: str) -> None:
        """Change one thing in the configuration it began with."""
        assert before in CONFIG
        self.folders.config.write_text(CONFIG.replace(before, after), encoding="utf-8")

    def take(self, name: str) -> None:
        """Delete a file from the drop folder."""
        (self.folders.feeds / name).unlink()

    def publish(self, *, processes: int = 1, confirm: bool = False) -> Outcome:
        """Publish as one run of the program would."""
        site = open_site(self.folders, processes=processes)
        try:
            return publish(site, now=self.now, confirmed=confirm)
        finally:
            site.close()

    def later(self, **span: float) -> None:
        """Let the clock run on."""
        self.now += dt.timedelta(**span)

    def tree(self) -> dict[str, bytes]:
        """Every file of output/."""
        return tree(self.folders.output)

    def copy(self, root: Path) -> Studio:
        """The same site in another folder, with all that is derived."""
        shutil.copytree(self.root, root, symlinks=True)
        return Studio(root, now=self.now)

    def clone(self, root: Path) -> Studio:
        """What another machine gets from version control: texts, ledger, config; nothing derived."""
        root.mkdir(parents=True)
        for name in ("feeds", "ledger", "templates"):
            if (self.root / name).exists():
                shutil.copytree(self.root / name, root / name)
        shutil.copy(self.folders.config, root / "config.yaml")
        return Studio(root, now=self.now)


def published(
    root: Path, texts: Mapping[str, str], *, now: dt.datetime = NOON, config: str = CONFIG
) -> Studio:
    """A site whose texts were published together: the first time for real, then a copy of that."""
    return _first_published(tuple(texts.items()), now, config).copy(root)


def once(root: Path, build: Callable[[Path], Studio]) -> Studio:
    """A site as ``build`` makes it: the first time for real, then a copy of that."""
    return _built(build).copy(root)


@cache
def _built(build: Callable[[Path], Studio]) -> Studio:
    return build(Path(tempfile.mkdtemp(dir=PUBLISHED.name)) / "site")


@cache
def _first_published(texts: tuple[tuple[str, str], ...], now: dt.datetime, config: str) -> Studio:
    studio = Studio(Path(tempfile.mkdtemp(dir=PUBLISHED.name)) / "site", now=now, config=config)
    for name, text in texts:
        studio.drop(name, text)
    studio.publish()
    return studio


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path relative to it."""
    paths = (Path(root, name) for root, _, names in os.walk(folder) for name in names)
    start = len(str(folder)) + 1
    return {str(path)[start:]: path.read_bytes() for path in sorted(paths, key=str) if path.is_file()}
