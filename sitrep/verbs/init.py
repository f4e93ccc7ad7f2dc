"""An empty folder -> a site that can be started: feeds/ and a config.yaml whose comments explain it."""

from __future__ import annotations

from importlib.resources import files

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.site.folders import Folders


def found(folders: Folders) -> tuple[str, ...]:
    """Make what is missing of a site; returns what was made, in words. What is there is left alone.

    Raises SiteError if the folder takes no files.
    """
    made = []
    try:
        if not folders.feeds.exists():
            folders.feeds.mkdir(parents=True)
            made.append(f"{folders.feeds.name}/ (put text files here)")
        if not folders.config.exists():
            folders.config.parent.mkdir(parents=True, exist_ok=True)
            with folders.config.open("x", encoding="utf-8") as opened:
                opened.write(files("sitrep").joinpath("config", "default.yaml").read_text("utf-8"))
            made.append(f"{folders.config.name} (commented: your title, fronts and places)")
    except OSError as fault:
        raise SiteError(
            Problem(
                path=folders.site.name or ".",
                fact=f"the site could not be set up: {(fault.strerror or str(fault)).lower()}",
                remedy="allow writing in the site's folder, or name another one with --site",
            )
        ) from fault
    return tuple(made)
