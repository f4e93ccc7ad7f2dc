"""The shipped theme -> a list of its files, or copies of some in the site's templates/."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sitrep.base.disk import disk_faults, replace_file
from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.site.folders import packaged_theme


def files_of_theme() -> tuple[str, ...]:
    """Names of the files of the theme."""
    return tuple(sorted(file.name for file in packaged_theme().iterdir() if file.is_file()))


def listed(templates: Path) -> Iterator[str]:
    """Each file of the theme, and whether the site has its own."""
    for name in files_of_theme():
        yield f"{name}  (yours: templates/{name})" if (templates / name).is_file() else name


def eject(templates: Path, names: Sequence[str]) -> Iterator[str]:
    """Copy files of the theme into ``templates``; yields what was done.

    Raises SiteError if there is no such file, or if the site has one of its own already: that stays.
    """
    known = files_of_theme()
    for name in names:
        if name not in known:
            fact, remedy = (
                f'the theme has no file "{name}"',
                "for a list of them type: python sitegen.py theme",
            )
            raise SiteError(Problem(path=f"templates/{name}", fact=fact, remedy=remedy))
        if (templates / name).exists():
            fact, remedy = "it is there already and was left as it is", "move it away first"
            raise SiteError(Problem(path=f"templates/{name}", fact=fact, remedy=remedy))
    for name in names:
        with disk_faults(f"templates/{name}", "it cannot be written", "see whose folder it is, and its room"):
            replace_file(templates, name, (packaged_theme() / name).read_bytes())
        yield f"templates/{name}: yours now; delete it to have the theme's own again"
    if any(name.endswith(".html") for name in names):
        yield "to change one part only, keep its block and begin with the template's own name:"
        yield f'  {{% extends "{names[0]}" %}}'
