"""What a person asks of a new site -> the site, or every wish that cannot be met, with the nearest names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from sitrep.base.countries import UNDRAWN, Country, country_named, nearest_countries, sharing
from sitrep.base.errors import SiteError
from sitrep.base.folding import fold
from sitrep.base.languages.language_names import language_named, nearest_languages
from sitrep.base.nouns import Problem
from sitrep.base.say import listed
from sitrep.base.slugs import slug
from sitrep.base.values import Struct, replace
from sitrep.config.front_names import called_in
from sitrep.config.load import shipped_lexicon
from sitrep.config.word_lists import Lexicon
from sitrep.gazetteer.around import find_around
from sitrep.gazetteer.atlas import Atlas, UnknownPlace
from sitrep.gazetteer.config_text import NewSite, authority_of
from sitrep.gazetteer.groups import with_groups
from sitrep.gazetteer.listed import Listed
from sitrep.gazetteer.one_front_each import Area, settled
from sitrep.gazetteer.regions import Region
from sitrep.gazetteer.towns import capitals, need_data
from sitrep.gazetteer.world import abroad, at_home, everyday_words, leaders_of
from sitrep.lexicon.inflection import conjugated

_MEANT = 10**12
"""Counted as the people of a place that was named by itself: its name is that front's."""
_NAMED = 8
"""Names that a note lists."""


class Wishes(Struct, frozen=True, kw_only=True):
    """What was said of the site: on the command line, or in answer to questions."""

    title: str
    countries: tuple[str, ...] = ()
    fronts: tuple[str, ...] = ()
    """``North=Kyiv, Chernihiv``; a name alone is a front with that region, or without places."""
    world: str | None = None
    parties: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    """``East=Donetsk republic``."""
    languages: tuple[str, ...] = ("en",)
    rumors: bool = True
    base_url: str | None = None
    year: int = 2024


class Planned(Struct, frozen=True, kw_only=True):
    """A site that can be written, and what is worth knowing of it."""

    site: NewSite
    notes: tuple[str, ...] = ()


def plan_site(wishes: Wishes) -> Planned:
    """The site that was asked for.

    Raises SiteError with every unknown country, region, language or front, each with the nearest names.
    """
    problems: list[Problem] = []
    langs = languages_of(wishes.languages, problems)
    own = countries_of(wishes.countries, langs, "--country", problems)
    if problems:
        raise SiteError(*problems)
    atlas = Atlas(own, langs)
    named = [_parted(text) for text in wishes.fronts] or list(atlas.proposed().items())
    if not named:
        raise SiteError(_no_fronts(own))
    areas = _with_actors(_areas(named, atlas, problems), wishes.actors, problems)
    parties, groups = parties_of(wishes.parties, langs)
    if problems:
        raise SiteError(*problems)
    near = (*own, *_abroad_but_near(named, langs))
    world = abroad(wishes.world, near, parties, langs) if wishes.world and own else None
    world = world or (Area(name=wishes.world) if wishes.world else None)
    left = atlas.left_by({name for _, wanted in named for name in wanted})
    rest = chain.from_iterable(map(atlas.names_in, left))
    kept, doubtful = settled(areas, world, chain(_common(langs), leaders_of(own, langs)), atlas.forms, rest)
    site = NewSite(
        title=wishes.title,
        languages=langs,
        areas=kept[: len(areas)],
        world=kept[-1] if world else None,
        home=at_home(own, parties, groups, langs),
        rumors=wishes.rumors,
        map=tuple(country.code for country in own if country.code not in UNDRAWN),
        zone=capitals()[own[0].code].zone if own and own[0].code in capitals() else "UTC",
        base_url=wishes.base_url,
        authority=authority_of(wishes.base_url, wishes.year),
        order="mdy" if [country.code for country in own] == ["US"] else "dmy",
    )
    return Planned(site=site, notes=tuple(_notes(doubtful, named, left, atlas)))


def languages_of(texts: Iterable[str], problems: list[Problem]) -> tuple[str, ...]:
    """The codes of languages; adds a problem for each that nobody knows."""
    codes: dict[str, None] = {}
    for text in texts:
        if code := language_named(text):
            codes[code] = None
        else:
            fact = f'there is no language "{text}"'
            problems.append(_unknown("--language", fact, nearest_languages(text), "uk"))
    return tuple(codes) or ("en",)


def countries_of(
    texts: Iterable[str], langs: Sequence[str], option: str, problems: list[Problem]
) -> tuple[Country, ...]:
    """The countries of these codes or names; adds a problem for each that nobody knows."""
    found: dict[str, Country] = {}
    for text in texts:
        several = tuple(f"{country.code} ({country.name})" for country in sharing(text))
        if not several and (country := country_named(text, *langs)):
            found[country.code] = country
        else:
            near = several or nearest_countries(text, *langs)
            problems.append(_unknown(option, f'there is no country "{text}"', near, "UA"))
    if found:
        need_data()
    return tuple(found.values())


def parties_of(texts: Iterable[str], langs: Sequence[str]) -> tuple[tuple[Country, ...], tuple[str, ...]]:
    """The parties that are countries, by code or name, and those that are groups."""
    named = [(text, country_named(text, *langs)) for text in texts]
    return tuple(c for _, c in named if c), tuple(text for text, c in named if not c)


def check_fronts(texts: Iterable[str], atlas: Atlas) -> list[Problem]:
    """What is wrong with fronts as they are typed: ``North=Kyiv, Chernihiv``."""
    problems: list[Problem] = []
    _areas([_parted(text) for text in texts], atlas, problems)
    return problems


def _areas(named: Sequence[tuple[str, tuple[str, ...]]], atlas: Atlas, problems: list[Problem]) -> list[Area]:
    called = {name: atlas.regions_called(name) for _, wanted in named for name in wanted}
    _check_once(named, called, problems)
    taken = frozenset(chain.from_iterable(called.values()))
    # Who asks for Darfur and for North Darfur wants that one in a front of its own.
    alone = {(front, called[name][0]) for front, wanted in named for name in wanted if len(called[name]) == 1}
    areas = [
        _area(name, wanted, atlas, taken, frozenset(r for front, r in alone if front != name), problems)
        for name, wanted in named
    ]
    return with_groups(areas, [{r.code for name in wanted for r in called[name]} for _, wanted in named])


def _unknown(path: str, fact: str, near: Sequence[str], example: str) -> Problem:
    remedy = (
        f"did you mean {' or '.join(near)}?" if near else f"write a name or a code, for example {example}"
    )
    return Problem(path=path, fact=fact, remedy=remedy)


def _no_fronts(own: Sequence[Country]) -> Problem:
    if own:
        return Problem(
            path="--front",
            fact=f"the data has no regions of {own[0].name}",
            remedy='name the fronts yourself: --front "North" --front "South"',
        )
    return Problem(
        path="--front",
        fact="nothing says what the site is to be sorted into",
        remedy='name a country (--country UA), or fronts (--front "North=Kyiv, Sumy", several times)',
    )


def _parted(text: str) -> tuple[str, tuple[str, ...]]:
    name, equals, listed = text.partition("=")
    if not equals:
        return name.strip(), (name.strip(),)
    return name.strip(), tuple(part.strip() for part in listed.split(",") if part.strip())


def _check_once(
    named: Sequence[tuple[str, tuple[str, ...]]],
    called: Mapping[str, tuple[Region, ...]],
    problems: list[Problem],
) -> None:
    """A region that stands in two fronts, in whatever spelling, and two fronts of one name."""
    homes: dict[object, str] = {}
    of_all = {slug(called_in("en")[kind]) for kind in ("rumors", "general")}
    names = set(of_all)
    for front, wanted in named:
        key = slug(front) or fold(front)
        if not front or key in names:
            twice = "every site has a front" if key in of_all else "two fronts are called"
            fact = f'{twice} "{front}"' if front else "a front has no name"
            problems.append(Problem(path="--front", fact=fact, remedy="give each a name of its own"))
        names.add(key)
        if front and not wanted:
            remedy = "name its regions behind it, or leave the = away"
            problems.append(Problem(path=f'--front "{front}="', fact="nothing follows =", remedy=remedy))
        for name in wanted:
            home = homes.setdefault(called[name] or fold(name), front)
            if home != front:
                problems.append(
                    Problem(
                        path="--front",
                        fact=f'"{name}" is in two fronts: {home} and {front}',
                        remedy="keep it in the one its news should go to",
                    )
                )


def _area(
    name: str,
    wanted: Sequence[str],
    atlas: Atlas,
    taken: Collection[Region],
    without: Collection[Region],
    problems: list[Problem],
) -> Area:
    places: list[Listed] = []
    for each in wanted:
        found = atlas.find(each, without)
        if isinstance(found, UnknownPlace):
            found = find_around(each, atlas) or found
        if not isinstance(found, UnknownPlace):
            places += [found[0]._replace(people=_MEANT), *found[1:]]
        elif atlas.countries and wanted != (name,):
            fact = (
                f'nothing is called "{each}" in {" or ".join(c.name for c in atlas.countries)} or around it'
            )
            remedy = (
                f"did you mean {' or '.join(found.near)}?"
                if found.near
                else (
                    "write a region, a town or a country; what is on no list is added to config.yaml by hand"
                )
            )
            problems.append(Problem(path=f'--front "{name}"', fact=fact, remedy=remedy))
        elif wanted != (name,):
            places.append(Listed(each))
    places += atlas.called_together(wanted)
    for city in atlas.city_beside(wanted):
        places += atlas.places_of(city) if city not in taken else ()
    return Area(name=name, places=tuple(places))


def _with_actors(areas: Sequence[Area], texts: Iterable[str], problems: list[Problem]) -> list[Area]:
    added: dict[str, list[str]] = {fold(area.name): [] for area in areas}
    for text in texts:
        front, listed = _parted(text)
        if fold(front) in added and listed and "=" in text:
            added[fold(front)] += listed
        else:
            names = " or ".join(area.name for area in areas)
            known = fold(front) in added
            fact = (
                f'no actor is named for "{front}"' if known else f'there is no front "{front}" for an actor'
            )
            remedy = f'write it like --actor "{areas[0].name}=Name"; fronts: {names}'
            problems.append(Problem(path="--actor", fact=fact, remedy=remedy))
    return [replace(area, actors=(*added[fold(area.name)], *area.actors)) for area in areas]


def _abroad_but_near(
    named: Iterable[tuple[str, tuple[str, ...]]], langs: Sequence[str]
) -> tuple[Country, ...]:
    """Countries that a front asks for: they are not of the world's front."""
    found = (country_named(name, *langs) for _, wanted in named for name in wanted)
    return tuple(country for country in found if country)


def _common(langs: Sequence[str]) -> Iterable[str]:
    """Words of the languages that are no names of places wherever they stand."""
    yield from everyday_words(langs)
    for lang in dict.fromkeys((*langs, "en")):
        words = shipped_lexicon(lang) or Lexicon()
        verbs = conjugated(words.statement_verbs, words.verb_forms)
        for phrases in (words.common, words.not_names, words.directions, words.place_nouns, words.officials,
                        words.anonymous, verbs, words.events, words.join_words):  # fmt: skip
            yield from phrases


def _notes(
    doubtful: Sequence[str],
    named: Iterable[tuple[str, tuple[str, ...]]],
    left: Collection[Region],
    atlas: Atlas,
) -> Iterable[str]:
    if doubtful:
        some = listed(doubtful, _NAMED)
        yield f"names that several fronts have were left out where none is much larger: {some}"
    for front, wanted in named:
        if wanted == (front,) and atlas.countries and isinstance(found := atlas.find(front), UnknownPlace):
            near = f" (did you mean {' or '.join(found.near)}?)" if found.near else ""
            yield f'front "{front}" has no places, for nothing is called so{near}: add some in config.yaml'
    if left:
        yield f"regions in no front, whose items go to General: {listed([r.name for r in left], _NAMED)}"
