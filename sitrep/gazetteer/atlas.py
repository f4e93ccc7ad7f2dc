"""What a person calls a front's area (regions, towns, countries) becomes its places."""

from __future__ import annotations

import difflib
import math
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple

from sitrep.base.countries import Country, country_named
from sitrep.base.folding import fold
from sitrep.base.slugs import slug
from sitrep.config.load import shipped_lexicon
from sitrep.gazetteer.compass import by_compass, middle
from sitrep.gazetteer.listed import (
    Listed,
    country_place,
    district_place,
    is_part,
    other_names,
    seat_of,
    town_place,
)
from sitrep.gazetteer.regions import (
    Region,
    areas,
    called_together,
    districts_of,
    is_adjective,
    regions_of,
    without_kind,
)
from sitrep.gazetteer.smaller import names_in, smaller_places
from sitrep.gazetteer.spellings import is_written_in, name_in, spellings_in
from sitrep.gazetteer.towns import Town, seats_of, towns_among, towns_of
from sitrep.lexicon.forms import Forms
from sitrep.lexicon.inflection import Endings
from sitrep.text.spelling import consonants

_SHORTEST = 4
"""Letters of a word of a region's name by which it may be called."""
_ABROAD = 150
"""Towns of another country that a front takes with it, the largest ones."""
_FEWEST_CONSONANTS = 3
"""So many consonants tell names apart."""
_MOST = 0.8
"""Share of the people of a region; it is hardly more than the town where so many live."""
_BY_REGION = 8
"""So many regions can be fronts themselves; more are put together by the points of the compass."""


class UnknownPlace(NamedTuple):
    """A name in nobody's list, and the names nearest to it."""

    name: str
    near: tuple[str, ...]


class Atlas:
    """The countries of one crisis with their regions and towns, in the spellings of its languages."""

    def __init__(self, countries: Sequence[Country], langs: Sequence[str]) -> None:
        self.countries = tuple(countries)
        self.langs = tuple(langs)
        codes = [country.code for country in countries]
        self.towns = tuple(t for t in towns_of(codes) if not is_part(t)) if codes else ()
        self.regions = tuple(self._by_its_seat(region) for code in codes for region in regions_of(code))
        lexicons = [lexicon for lang in dict.fromkeys((*langs, "en")) if (lexicon := shipped_lexicon(lang))]
        self.forms = Forms(line for lexicon in lexicons for line in lexicon.spellings)
        self._directions = {fold(word) for lexicon in lexicons for word in lexicon.directions}
        self._endings = [Endings(lexicon.endings) for lexicon in lexicons]
        # Of a country's own capital news can be news of its government; with several countries it is a place.
        self._seats = frozenset(seat.name for seat in seats_of(codes)) if len(codes) == 1 else frozenset()

    def find(self, name: str, without: Collection[Region] = ()) -> tuple[Listed, ...] | UnknownPlace:
        """The places of regions, of a country, or a single town, by its name in any of its spellings.

        The first is or can be called ``name``: what a person types is what the texts will have. Of several
        regions called so those ``without`` are left out: other fronts have them.
        """
        if not (found := self._found(name, without)):
            return UnknownPlace(name, self._near(name))
        if len(self.regions_called(name)) > 1:
            return (Listed(name), *found)
        first, *others = found
        if (bare := without_kind(name)) != name and country_named(bare, *self.langs):
            # Niger State is in Nigeria, Niger is beside it.
            full = [alias for alias in first.aliases if without_kind(alias) not in ("", alias)]
            first = first._replace(name=name, aliases=tuple(full))
        return (first._replace(aliases=self._said(first.name, (name, *first.aliases))), *others)

    def _found(self, name: str, without: Collection[Region] = ()) -> tuple[Listed, ...]:
        if regions := self.regions_called(name):
            own = [r for r in regions if len(regions) == 1 or r not in without]
            with_city = (*own, *self._city_called(name, regions))
            return tuple(place for region in with_city for place in self._of_region(region))
        # Bo is a town of Sierra Leone, BO is Bolivia.
        if country := country_named(name, *self.langs) if len(name) > 3 or name.isupper() else None:
            return tuple(self._of_country(country))
        if town := self._town_called(name):
            return (self._of_town(town),)
        return self._district_called(name) or self._found_without_kind(name)

    def _district_called(self, name: str) -> tuple[Listed, ...]:
        """A second-level region, which is known by its name alone."""
        known = (n for r in self.regions for n in districts_of(r.code))
        return next(((district_place(n),) for n in known if self._plain(n) == self._plain(name)), ())

    def _found_without_kind(self, name: str) -> tuple[Listed, ...]:
        """Kupiansk district is Kupiansk, and so is its adjective: Куп'янський район."""
        if (bare := without_kind(name)) in ("", name):
            return ()
        wanted = self._plain(bare)
        of_town = (
            t for t in self.towns if any(wanted in self._endings_of(n) for n in (t.name, *t.spellings))
        )
        return self._found(bare) or tuple(map(self._of_town, islice(of_town, 1)))

    def _endings_of(self, name: str) -> Iterable[str]:
        """A name in one word as it ends in sentences."""
        return chain.from_iterable(endings.forms(fold(name)) for endings in self._endings)

    def called_together(self, names: Iterable[str]) -> tuple[Listed, ...]:
        """What the regions of these names, some or one of them, are called and no other one is, in these
        languages."""
        regions = {region for name in names for region in self.regions_called(name)}
        others = [region for region in self.regions if region not in regions]
        together = called_together(sorted(regions), others, self._directions)
        words: list[tuple[str, ...]] = [(word,) for word in together]
        words += [called for called, codes in areas() if codes <= {region.code for region in regions}]
        written = (tuple(w for w in called if is_written_in((*self.langs, "en"), w)) for called in words)
        return tuple(Listed(called[0], called[1:]) for called in written if called)

    def regions_called(self, name: str) -> tuple[Region, ...]:
        """The regions called so together, else those of that name, or that have it among their words, or one
        of it without its kind or as an adjective: Metro Manila, Харківська область.

        Else the one with the same consonants: Socotra of Suqutra, unless a town elsewhere is called so.
        """
        wanted = self._plain(name)
        codes = {c for names, codes in areas() if wanted in map(self._plain, names) for c in codes}
        found = [r for r in self.regions if r.code in codes or (not codes and wanted == self._plain(r.name))]
        found = (not codes and [r for r in found if r.name == name]) or found  # Shanxi is not Shaanxi.
        town = self._town_called(name)
        if not found and town:
            # The seat of a region in another spelling is the region: Zawia.
            found = [r for r in self.regions if self._plain(town.name) in map(self._plain, r.names)]
        if not found:
            found = [r for r in self.regions if wanted in map(self._plain, r.names)]
            parts = [r for r in self.regions if any(f" {wanted} " in self._bare(n) for n in r.names)]
            found = list(dict.fromkeys((*found, *(parts if len(wanted) >= _SHORTEST else ()))))
        if not found and (bare := without_kind(name)):
            found = [r for r in self.regions if self._plain(bare) in self._as_said(r)]
            found = found or ([*self.regions_called(bare)] if bare != name else [])
        if not found and len(sound := consonants(slug(wanted))) >= _FEWEST_CONSONANTS:
            found = [r for r in self.regions if sound in (consonants(slug(self._plain(n))) for n in r.names)]
            found = found if len(found) == 1 and town in (None, *self.towns_in(found[0])) else []
        return tuple(found)

    def _bare(self, name: str) -> str:
        """A region's name without its kind, in compared form, between blanks."""
        return f" {self._plain(without_kind(name))} "

    def _as_said(self, region: Region) -> frozenset[str]:
        """The region's names and that of its seat, in one word also as they end in a sentence."""
        names = {n for r in region.names for n in (r, without_kind(r)) if n}
        seats = [t for t in self.towns_in(region) if t.name in names]
        names |= {spelling for seat in seats[:1] for spelling in seat.spellings}
        return frozenset((*map(self._plain, names), *chain.from_iterable(map(self._endings_of, names))))

    def _by_its_seat(self, region: Region) -> Region:
        """A region that has no name but its kind is called by the capital in it: the National Capital Region,
        the Distrito Capital."""
        if any(map(without_kind, region.names)):
            return region
        seat = next((t for t in seats_of([region.country]) if t.region == region.code), None)
        return region._replace(name=seat.name, names=(seat.name, *region.names)) if seat else region

    def towns_in(self, region: Region) -> tuple[Town, ...]:
        """The towns of a region, the largest first."""
        return tuple(t for t in self.towns if t.region == region.code)

    def _town_called(self, name: str) -> Town | None:
        return self._towns_by_name.get(self._plain(name))

    @cached_property
    def _towns_by_name(self) -> dict[str, Town]:
        """The largest town of each name, in compared form."""
        return {self._plain(n): t for t in reversed(self.towns) for n in (t.name, *t.spellings)}

    def _city_called(self, name: str, regions: Iterable[Region]) -> tuple[Region, ...]:
        """The region that is hardly more than the town of that name, beside those of that name."""
        town = self._town_called(name)
        beside = [r for r in self.regions if town and r.code == town.region and r not in regions]
        return tuple(
            r for r in beside if town and town.people > _MOST * sum(t.people for t in self.towns_in(r))
        )

    def city_beside(self, names: Iterable[str]) -> tuple[Region, ...]:
        """The cities that are regions of their own, are not named, and lie beside one of these."""
        asked = frozenset(map(self._plain, names))
        spots = {r.code: middle(towns) for r in self.regions if (towns := self.towns_in(r))}
        known = [r for r in self.regions if r.code in spots]
        found = []
        for city in known:
            if not city.is_city or asked & set(map(self._plain, city.names)):
                continue
            near = min(
                (r for r in known if not r.is_city),
                key=lambda r: math.dist(spots[r.code], spots[city.code]),
                default=None,
            )
            if near and asked & set(map(self._plain, near.names)):
                found.append(city)
        return tuple(found)

    def left_by(self, names: Collection[str]) -> tuple[Region, ...]:
        """The regions that these names leave out; none where one of them is a country."""
        taken = {*self.city_beside(names), *chain.from_iterable(map(self.regions_called, names))}
        return () if any(map(country_named, names)) else tuple(r for r in self.regions if r not in taken)

    def names_in(self, region: Region) -> Iterable[Listed]:
        """A region and its towns, each by its own name."""
        return names_in(region, self.towns_in(region), self.langs, self._plain)

    def places_of(self, region: Region) -> tuple[Listed, ...]:
        """A region and its towns."""
        return tuple(self._of_region(region))

    def _of_region(self, region: Region) -> Iterable[Listed]:
        towns = self.towns_in(region)
        seat = seat_of([self._plain(name) for name in region.names], towns, self._plain)
        own = (seat.name, seat.spellings) if seat else (region.name, region.names)
        called = name_in(self.langs[0], *own)
        names = (*(n for n in region.names if is_written_in(self.langs, n)),
                 *spellings_in(self.langs, called, region.names))  # fmt: skip
        yield Listed(
            called,
            self._said(called, names),
            seat.at if seat else None,
            sum(t.people for t in towns),
            seat is not None and seat.name in self._seats,
        )
        yield from map(self._of_town, towns)
        yield from smaller_places(region, towns, self.langs, self._plain)

    def _of_town(self, town: Town) -> Listed:
        return town_place(town, self.langs, capital=town.name in self._seats)

    def _of_country(self, country: Country) -> Iterable[Listed]:
        yield country_place(country, self.langs)
        own = country in self.countries
        towns = self.towns if own else towns_among(frozenset((country.code,)))[:_ABROAD]
        yield from (self._of_town(t) for t in towns if t.country == country.code)
        for region in regions_of(country.code):
            yield next(iter(self._of_region(region)))
            if own:
                yield from smaller_places(region, self.towns_in(region), self.langs, self._plain)

    def _said(self, called: str, names: Iterable[str]) -> tuple[str, ...]:
        """The names beside ``called`` that say more than it, or a name before them, with its kind of region.

        A text that has "Kharkiv Oblast" has Kharkiv, and Харківська is an ending of Харків.
        """
        # The Somali region of Ethiopia is Somalia to nobody.
        every = [n for n in other_names(called, names) if len(n) < 4 or not country_named(n, *self.langs)]
        known = {self._plain(called), *self._endings_of(called)}
        known |= {self._plain(name) for name in every if without_kind(name) in ("", name)}
        bare = {name: without_kind(name) for name in every}
        return tuple(
            name
            for name, short in bare.items()
            if short in ("", name) or not (self._plain(short) in known or is_adjective(short))
        )

    def _plain(self, name: str) -> str:
        """The form in which texts are compared with a name."""
        return " ".join(self.forms.name(name))

    def _near(self, name: str) -> tuple[str, ...]:
        known = {self._plain(n): r.name for r in self.regions for n in r.names}
        known |= {self._plain(t.name): t.name for t in reversed(self.towns)} | known
        near = difflib.get_close_matches(self._plain(name), list(known), n=5, cutoff=0.6)
        return tuple(dict.fromkeys(known[n] for n in near))[:3]

    def proposed(self) -> dict[str, tuple[str, ...]]:
        """Fronts that the map suggests, each with the names of its countries or regions.

        Several countries are a front each; few regions as well; many are put together by where they lie.
        """
        if len(self.countries) > 1:
            return {c.name: (c.name,) for c in self.countries}
        lived = [r for r in self.regions if any(t.region == r.code for t in self.towns)]
        names = list(dict.fromkeys(r.name for r in lived))
        if len(names) <= _BY_REGION:
            return {name: (name,) for name in names}
        codes = {name: {r.code for r in lived if r.name == name} for name in names}
        return by_compass({name: [t for t in self.towns if t.region in codes[name]] for name in names})
