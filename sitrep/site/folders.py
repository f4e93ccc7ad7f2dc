"""Where one site lives on disk: its folders and files, resolved once from what was asked for."""

from __future__ import annotations

import os
from itertools import permutations
from pathlib import Path

import sitrep
from sitrep.base.nouns import Problem
from sitrep.base.values import Struct


class Folders(Struct, frozen=True, kw_only=True):
    """The places of one site, absolute. Nothing here says that they exist."""

    site: Path
    feeds: Path
    output: Path
    ledger: Path
    templates: Path
    config: Path
    work: Path
    """``.sitrep/``: the archive, the lock and the status page; disposable, never uploaded."""

    @property
    def archive(self) -> Path:
        """The SQLite file of the archive."""
        return self.work / "archive.sqlite"

    @property
    def compiled(self) -> Path:
        """Where compiled templates are kept for the next start."""
        return self.work / "templates"

    @property
    def media(self) -> Path:
        """Published pictures, kept so that output/ can be made again without their files being read."""
        return self.work / "media"

    @property
    def websub(self) -> Path:
        """What the hubs were told, and what they are still to be told."""
        return self.work / "websub.json"

    @property
    def confirm(self) -> Path:
        """File by which another run of the program says that deletions are meant."""
        return self.work / "confirm-deletions"

    @property
    def themes(self) -> tuple[Path, ...]:
        """Template folders in order of search: the site's own, then the packaged theme."""
        return tuple(folder for folder in (self.templates, packaged_theme()) if folder.is_dir())


def folders_of(
    site: Path, *, feeds: Path | None = None, output: Path | None = None, config: Path | None = None
) -> Folders:
    """The folders of the site at ``site``, each of which may lie elsewhere if named."""
    site = site.absolute()
    return Folders(
        site=site,
        feeds=(feeds or site / "feeds").absolute(),
        output=(output or site / "output").absolute(),
        ledger=site / "ledger",
        templates=site / "templates",
        config=(config or site / "config.yaml").absolute(),
        work=site / ".sitrep",
    )


def misplaced(folders: Folders) -> Problem | None:
    """Why these folders cannot be those of a site: one lies inside another, or output/ leads nowhere.

    Told by real paths, whatever links lie between.
    """
    output = folders.output
    if output.is_symlink() and not output.exists():
        remedy = "bring its drive back, or remove the link; nothing was published"
        return Problem(
            path=output.name, fact=f"it is a link to {output.readlink()}, which is not there", remedy=remedy
        )
    named = {
        "feeds": folders.feeds,
        "output": output,
        "ledger": folders.ledger,
        "templates": folders.templates,
    }
    real = {name: Path(os.path.realpath(path)) for name, path in named.items()}
    for inner, outer in permutations(real, 2):
        if real[inner] == real[outer] or real[outer] in real[inner].parents:
            remedy = f"name another folder, outside of {outer}/, for {inner}"
            return Problem(
                path=inner, fact=f"the folder for {inner} lies inside that for {outer}", remedy=remedy
            )
    return None


def packaged_theme() -> Path:
    """The theme shipped with the program: in the wheel ``sitrep/theme``, in a checkout ``templates/``."""
    theme = Path(sitrep.__file__).parent / "theme"
    return theme if theme.is_dir() else theme.parent.parent / "templates"
