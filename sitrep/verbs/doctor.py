"""A site's folders -> of each thing that a site needs whether it is well, and what to do where it is not.

Nothing is changed, and a program that works on the site is not disturbed.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shlex
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from sitrep.archive.archive import Archive
from sitrep.base.countries import country_named
from sitrep.base.disk import TEMPORARY, disk_faults
from sitrep.base.errors import ConfigError, SitrepError
from sitrep.base.languages.language_names import language_name
from sitrep.base.nouns import Problem, Severity
from sitrep.base.values import Struct
from sitrep.config.own_words import own_lexicon
from sitrep.config.placeholders import check_authority, check_base_url
from sitrep.config.values import Config
from sitrep.config.word_lists import Lexicon
from sitrep.ledger.standing import ended_fronts, lost_fronts, other_authority
from sitrep.publish.leftovers import leftovers
from sitrep.publish.open_site import config_remarks, read_config
from sitrep.publish.recover import is_unfinished
from sitrep.report.terminal import tell_problems
from sitrep.site.addresses import SECURITY
from sitrep.site.folders import Folders, misplaced
from sitrep.site.lock import holder
from sitrep.verbs.verify import check_ledger

_BUILD = "type: python sitegen.py build"
_NAMED = 3
_SOON = dt.timedelta(days=60)


class Check(Struct, frozen=True, kw_only=True):
    """One thing that was looked at."""

    name: str
    said: str
    """What is so if it is well."""
    problems: tuple[Problem, ...] = ()

    @property
    def well(self) -> bool:
        """True if there is nothing to do; a note is only worth knowing."""
        return all(problem.severity is Severity.NOTE for problem in self.problems)


def examine(folders: Folders, *, today: dt.date, base_url: str | None = None) -> tuple[Check, ...]:
    """Look at everything, whatever is wrong with some of it. ``base_url`` stands in for the configured one.

    A configuration that cannot be used has all its faults in the first check, and those of its values
    are left out. Where there is none, there is no site to look at.
    """
    try:
        config = read_config(folders, base_url=base_url)
    except ConfigError as fault:
        disk = _on_disk(folders, today) if folders.config.exists() else ()
        return (Check(name="config", said="", problems=fault.problems), *disk)
    said = f"{folders.config.name} is sound, {len(config.fronts)} fronts"
    sound = Check(name="config", said=said, problems=config_remarks(folders))
    return (sound, *_configured(folders, config), *_on_disk(folders, today))


def tell_checks(checks: Iterable[Check]) -> Iterator[str]:
    """A line on each check, and what is wrong or worth knowing below it."""
    for check in checks:
        yield f"  {'ok' if check.well else 'WRONG':<5}  {check.name}{f': {check.said}' if check.well else ''}"
        yield from (f"         {line.strip()}" for line in tell_problems(check.problems))


def _check(name: str, said: str, look: Callable[[], Iterable[Problem]]) -> Check:
    """The check that ``look`` makes; what hinders it is what it finds."""
    try:
        return Check(name=name, said=said, problems=tuple(look()))
    except SitrepError as fault:
        return Check(name=name, said=said, problems=fault.problems)


def _configured(folders: Folders, config: Config) -> Iterator[Check]:
    """Zone and map are known, or the configuration would not be sound."""
    site, path = config.site, folders.config.name
    yield _check("base_url", site.base_url, lambda: check_base_url(config, path))
    yield _check("authority", site.authority, lambda: _authority(folders, config))
    fronts = partial(lost_fronts, folders.ledger, config.fronts, config.ended, path)
    over = [f"{front.id} ended on {front.at:%Y-%m-%d}" for front in ended_fronts(folders.ledger)]
    yield _check("fronts", "; ".join(["all that were published are there, renamed or ended", *over]), fronts)
    yield Check(name="timezone", said=site.timezone)
    yield _check("language", language_name(site.language), lambda: _language(config, path))
    drawn = [country.name for code in config.map if (country := country_named(code, site.language))]
    yield Check(name="map", said=", ".join(drawn) or "none is drawn")


def _authority(folders: Folders, config: Config) -> Iterator[Problem]:
    if other := other_authority(folders.ledger, config.site.authority, folders.config.name):
        yield other
    else:
        yield from check_authority(config, folders.config.name)


def _language(config: Config, path: str) -> Iterator[Problem]:
    lang = config.site.language
    # A language that is named but has no list anywhere stands in a configuration with empty ones.
    if own_lexicon(config, lang) in (None, Lexicon()):
        kind = "an unknown code" if language_name(lang) == lang else "a language without words of doubt"
        fact = f'site.language is "{lang}", {kind}: nothing is marked as reported'
        remedy = f"write another code, or add words under languages: {lang}: reported: [...]"
        yield Problem(path=path, fact=fact, remedy=remedy)


def _on_disk(folders: Folders, today: dt.date) -> Iterator[Check]:
    for name, folder in (("feeds", folders.feeds), ("output", folders.output)):
        yield _check(name, f"{folder.name}/ is there", partial(_there, name, folder))
    own = "templates/ is there" if folders.templates.is_dir() else "the packaged ones, no folder templates/"
    yield _check("templates", own, lambda: _a_folder(folders.templates))
    yield _check(
        "apart", "no folder of the site lies inside another", lambda: filter(None, [misplaced(folders)])
    )
    yield _check("readable", "everybody may read output/", lambda: _unreadable(folders.output))
    yield _check("links", "no link in output/ leads nowhere", lambda: _dangling(folders.output))
    yield _check("contact", "security.txt holds, or there is none", lambda: _contact(folders.output, today))
    yield _check("ledger", "every chain is whole", lambda: check_ledger(folders))
    yield _check("archive", "it can be read", lambda: _archive(folders))
    yield _check("leftovers", "nothing waits, nothing is left over", lambda: _left(folders))


def _there(name: str, folder: Path) -> Iterator[Problem]:
    if not os.path.lexists(folder):
        remedy = f"make it: mkdir -p {shlex.quote(str(folder))}" if name == "feeds" else _BUILD
        yield Problem(path=folder.name, fact="there is no such folder", remedy=remedy)
    yield from _a_folder(folder)


def _a_folder(folder: Path) -> Iterator[Problem]:
    if os.path.lexists(folder) and not folder.is_dir():
        remedy = "move what stands in its place, or bring back what it leads to"
        yield Problem(path=folder.name, fact="it is no folder", remedy=remedy)


def _unreadable(output: Path) -> Iterator[Problem]:
    """By modes, so that root is told as well: folders need reading and entering, files reading."""
    closed = [place for place, mode in _below(output) if mode is not None and not _is_open(mode)]
    remedy = f"allow it: chmod -R a+rX {shlex.quote(str(output))}"
    yield from _told(closed, "a web server of another user cannot read it", remedy)


def _is_open(mode: int) -> bool:
    needed = 0o005 if stat.S_ISDIR(mode) else 0o004
    return mode & needed == needed


def _dangling(output: Path) -> Iterator[Problem]:
    dangling = [place for place, mode in _below(output) if mode is None]
    yield from _told(dangling, "it is a link that leads nowhere", "remove it, or bring back what it leads to")


def _below(output: Path) -> Iterator[tuple[str, int | None]]:
    """Modes of the folder and all in it, by place; None for a link that leads nowhere. Raises SiteError."""
    remedy = f"allow reading it: chmod -R a+rX {shlex.quote(str(output))}"
    with disk_faults(output.name, "the folder cannot be looked through", remedy):
        if output.is_dir():
            yield output.name, output.stat().st_mode
            for folder, folders, files in os.walk(output, onerror=_refuse):
                for path in (Path(folder, name) for name in (*folders, *files)):
                    if not path.name.startswith(TEMPORARY) and os.path.lexists(path):
                        mode = path.stat().st_mode if path.exists() else None
                        yield f"{output.name}/{path.relative_to(output).as_posix()}", mode


def _refuse(fault: OSError) -> None:
    raise fault


def _contact(output: Path, today: dt.date) -> Iterator[Problem]:
    """Nobody need heed a security.txt that has expired (RFC 9116)."""
    path = output / SECURITY
    told = re.search(r"^Expires: (\d{4}-\d\d-\d\d)", path.read_text() if path.is_file() else "", re.M)
    if told and (until := dt.date.fromisoformat(told[1])) < today + _SOON:
        fact = f"it {'has expired' if until < today else 'expires'} on {until}, for the newest update is old"
        remedy = f"write under site: contact_until: {today.year + 1}-12-31; then {_BUILD}"
        yield Problem(path=f"output/{SECURITY}", fact=fact, remedy=remedy)


def _archive(folders: Folders) -> Iterator[Problem]:
    if not folders.archive.exists():
        yield Problem(path=".sitrep/archive.sqlite", fact="there is no archive yet", remedy=_BUILD)
        return
    with closing(Archive(folders.archive, read_only=True)) as archive, archive.trouble():
        archive.marks()


def _left(folders: Folders) -> Iterator[Problem]:
    """Work of a publish that did not end, and files that no publish takes away by itself."""
    if not folders.archive.exists() or holder(folders.work) is not None:
        return
    with closing(Archive(folders.archive, read_only=True)) as archive, archive.trouble():
        unfinished, wanted = is_unfinished(archive), archive.artifacts()
    if unfinished:
        yield Problem(path="output", fact="an earlier publish did not come to its end", remedy=_BUILD)
    else:
        stale = [f"output/{place}" for place in sorted(leftovers(folders.output, wanted))]
        remedy = f"delete it; or delete the folder .sitrep/, then {_BUILD}"
        yield from _told(stale, "it is left over from an earlier publish", remedy)


def _told(places: list[str], fact: str, remedy: str) -> Iterator[Problem]:
    """The first few one by one, the rest counted."""
    for place in places[:_NAMED]:
        yield Problem(path=place, fact=fact, remedy=remedy)
    if len(places) > _NAMED:
        yield Problem(path="output", fact=f"{len(places) - _NAMED} more: {fact}", remedy=remedy)
