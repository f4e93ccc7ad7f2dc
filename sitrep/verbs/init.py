"""A folder without a site -> feeds/, a commented config.yaml, its schema, and a draft to fill in."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from pathlib import Path

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.base.values import replace
from sitrep.config.load import config_schema, load_config
from sitrep.gazetteer.atlas import Atlas
from sitrep.gazetteer.config_text import config_text
from sitrep.gazetteer.new_site import Wishes, check_fronts, countries_of, languages_of, plan_site
from sitrep.site.folders import Folders
from sitrep.verbs.new import write_skeleton

SCHEMA = "config.schema.json"
Ask = Callable[[str], str]
"""Puts a question to a person and returns the answer."""


def found(folders: Folders) -> tuple[str, ...]:
    """Make what is missing of a site; returns what was made, in words. What is there is left alone.

    Raises SiteError if the folder takes no files.
    """
    text = files("sitrep").joinpath("config", "default.yaml").read_text("utf-8")
    made = []
    with _writing(folders):
        if not folders.feeds.exists():
            folders.feeds.mkdir(parents=True)
            made.append(f"{folders.feeds.name}/ (put text files here)")
        if not folders.config.exists():
            _write_new(folders.config, text)
            made.append(f"{folders.config.name} (commented: your title, fronts and places)")
    return tuple(made)


def make_site(folders: Folders, wishes: Wishes, now: dt.datetime) -> tuple[str, ...]:
    """Make the site that was asked for; returns what was made and what is worth knowing, in words.

    Nothing that is there is written over. Raises SiteError if the folder has a config.yaml, takes no files,
    or if a wish cannot be met; then nothing is made.
    """
    check_free(folders)
    planned = plan_site(wishes)
    text = config_text(planned.site)
    config = load_config(text)
    made = []
    with _writing(folders):
        if not folders.feeds.exists():
            folders.feeds.mkdir(parents=True)
            made.append(f"made  {folders.feeds.name}/")
        _write_new(folders.config, text)
        count = sum(len(front.places) for front in config.fronts)
        made.append(f"made  {folders.config.name}: {len(config.fronts)} fronts, {count:,} places")
        schema = folders.config.with_name(SCHEMA)
        if not schema.exists():
            _write_new(schema, json.dumps(config_schema(), indent=2, ensure_ascii=False) + "\n")
            made.append(f"made  {SCHEMA}, by which editors check {folders.config.name} while you type")
    if not any(folders.feeds.iterdir()):
        draft = write_skeleton(folders, config, now, None)
        made.append(
            f"made  {folders.feeds.name}/{draft.name}, a draft: fill it in and take the _ off its name"
        )
    return (*made, *(f"note  {note}" for note in planned.notes))


def check_free(folders: Folders) -> None:
    """Raise SiteError if the folder has a site already."""
    if folders.config.exists():
        raise SiteError(
            Problem(
                path=folders.config.name,
                fact="this folder has a site already; nothing was written",
                remedy="name another folder, as in: python sitegen.py init another-folder",
            )
        )
    if folders.feeds.exists() and not folders.feeds.is_dir():
        fact, remedy = "this is no folder, and texts are dropped into it", "move it away, and type init again"
        raise SiteError(Problem(path=folders.feeds.name, fact=fact, remedy=remedy))


def wishes_of(options: argparse.Namespace, now: dt.datetime) -> Wishes:
    """What the command line says of the site; ``title`` is empty if it is not told."""
    return Wishes(
        title=(options.title or "").strip(),
        countries=_listed(options.country),
        fronts=tuple(options.front),
        world=options.world,
        parties=_listed(options.parties),
        actors=tuple(options.actor),
        languages=_listed(options.language) or ("en",),
        rumors=options.rumors is not False,
        base_url=options.base_url,
        year=now.year,
    )


def completed(wishes: Wishes, options: argparse.Namespace, terminal: bool, ask: Ask = input) -> Wishes:
    """The wishes with what is missing asked for on a terminal, or with its default where ``--yes`` says so.

    Raises SiteError where nobody can be asked and too little is told.
    """
    if terminal and not options.yes:
        return _asked(wishes, options, ask)
    if not wishes.fronts and not wishes.countries:
        raise SiteError(
            Problem(
                path="init",
                fact="neither a country nor a front is named"
                + ("" if options.yes else ", and there is no terminal to ask on"),
                remedy='type, for example: python sitegen.py init --title "Our updates" --country UA '
                "--world International --language uk,en --yes",
            )
        )
    names = " and ".join(c.name for c in countries_of(wishes.countries, wishes.languages, "--country", []))
    return replace(wishes, title=wishes.title or f"Updates on {names or 'the situation'}")


def _asked(wishes: Wishes, options: argparse.Namespace, ask: Ask) -> Wishes:
    say = sys.stdout.write
    say("A new site. Enter takes what stands in brackets; Ctrl-C stops, and nothing is written.\n\n")
    title = wishes.title or _answer(ask, "Title", "Situation updates")
    languages = wishes.languages
    if not options.language:
        languages = _until(ask, "Languages of your texts, the site's first", "en", _languages)
    countries = wishes.countries
    if not options.country:
        countries = _until(ask, "Country, or several: UA, Sudan (none: a hyphen)", "-", _countries(languages))
    fronts = wishes.fronts or _asked_fronts(countries, languages, ask)
    world = wishes.world
    if world is None:
        answer = _answer(ask, "Front for other states and world bodies (none: a hyphen)", "International")
        world = None if answer == "-" else answer
    parties = wishes.parties
    if not options.parties:
        parties = _listed([_answer(ask, "Parties that act everywhere: RU, UA, or names of groups", "-")])
    rumors = wishes.rumors
    if options.rumors is None:
        rumors = _answer(ask, "A front for rumors", "yes").lower()[:1] not in ("n", "-")
    return replace(
        wishes, title=title, languages=languages, countries=countries, fronts=fronts, world=world,
        parties=parties, rumors=rumors,
    )  # fmt: skip


def _asked_fronts(countries: Sequence[str], languages: Sequence[str], ask: Ask) -> tuple[str, ...]:
    """The proposed fronts if they are taken, else those typed, a line each."""
    atlas = Atlas(countries_of(countries, languages, "--country", []), languages)
    proposed = [f"{name}={', '.join(regions)}" for name, regions in atlas.proposed().items()]
    if proposed:
        sys.stdout.write("\n" + "".join(f"  {line}\n" for line in proposed))
        if _answer(ask, "Take these fronts", "yes").lower()[:1] != "n":
            return tuple(proposed)
    sys.stdout.write("Fronts, one a line, like North=Kyiv, Sumy; an empty line ends the list.\n")
    typed: list[str] = []
    while (line := ask("> ").strip()) or not typed:
        if not line:
            sys.stdout.write("  a site has at least one front: type its name, or North=Kyiv, Sumy\n")
        elif problems := check_fronts([*typed, line], atlas):
            _say(problems)
        else:
            typed.append(line)
    return tuple(typed)


def _until(
    ask: Ask, question: str, otherwise: str, check: Callable[[tuple[str, ...], list[Problem]], object]
) -> tuple[str, ...]:
    """The answer, asked for until it is one; what is wrong is said each time."""
    while True:
        answer = _listed([_answer(ask, question, otherwise)])
        problems: list[Problem] = []
        check(answer, problems)
        if not problems:
            return answer
        _say(problems)


def _say(problems: Iterable[Problem]) -> None:
    for problem in problems:
        sys.stdout.write(f"  {problem.fact}; {problem.remedy}\n")


def _languages(texts: Iterable[str], problems: list[Problem]) -> object:
    return languages_of(texts, problems)


def _countries(languages: Sequence[str]) -> Callable[[Iterable[str], list[Problem]], object]:
    return lambda texts, problems: countries_of(texts, languages, "--country", problems)


def _answer(ask: Ask, question: str, otherwise: str) -> str:
    return ask(f"{question} [{otherwise}]: ").strip() or otherwise


def _listed(texts: Iterable[str]) -> tuple[str, ...]:
    """What is written with commas, or by giving an option several times."""
    parts = (part.strip() for text in texts for part in text.split(","))
    return tuple(part for part in parts if part and part != "-")


def _write_new(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as opened:
        opened.write(text)


class _writing:
    """Turns a fault of the disk into a SiteError that says what to do."""

    def __init__(self, folders: Folders) -> None:
        self._path = folders.site.name or "."

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> None:
        if isinstance(fault, OSError):
            raise SiteError(
                Problem(
                    path=self._path,
                    fact=f"the site could not be set up: {(fault.strerror or str(fault)).lower()}",
                    remedy="allow writing in the site's folder, or name another one with --site",
                )
            ) from fault
