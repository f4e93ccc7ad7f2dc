"""Fronts with all their places -> the same with each name in one of them only, and no common words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sitrep.base.folding import fold
from sitrep.base.values import Struct, replace
from sitrep.gazetteer.listed import Listed
from sitrep.lexicon.forms import Forms

_SHORTEST, _SHORTEST_LARGE = 4, 3
"""Letters of a Latin name, and of a place where many live; shorter ones are words of too many languages."""
_SYLLABLES = "\u0900"
"""Before it in Unicode are the alphabets, whose words of two letters are words of any kind; after it are the
writings of syllables and of whole words."""
_LARGE = 10_000
_FAR_MORE = 10
"""Times as many people, and the larger of two places of one name is meant."""
_ALSO_CALLED = 2 * _FAR_MORE
"""What a place is also called yields to the name of one as large."""
_NEAR = _FAR_MORE**2
"""What the people of a place in the crisis count for, against one in the rest of the world."""
_AS_WRITTEN = Forms(())


class Area(Struct, frozen=True, kw_only=True):
    """A front to be: what it is called, and what lies in it."""

    name: str
    places: tuple[Listed, ...] = ()
    actors: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def settled(
    areas: Sequence[Area],
    world: Area | None,
    common: Iterable[str],
    forms: Forms = _AS_WRITTEN,
    rest: Iterable[Listed] = (),
) -> tuple[tuple[Area, ...], tuple[str, ...]]:
    """The fronts, ``world`` last, with each name in one of them only, and what was left out, in words.

    ``rest`` is what lies in the crisis's countries and in no front.

    A name that two fronts have is kept where far more people live (a region before a hamlet), else in none;
    against one of the world, or of the rest, that of a front on the ground only must be larger: in Lebanon
    Tripoli is not in Libya. Short names and common words go. Names are one where texts would be compared
    with one form of both, as ``forms`` makes it: As Said is the word "said".
    """
    fronts = len(areas)
    areas = [*areas, *([world] if world else [])]
    words = frozenset(forms.name(word) for word in common)
    owners = _owners(areas, fronts, forms)
    _add_owners(owners, len(areas), rest, _NEAR, forms)
    doubtful: dict[tuple[str, ...], str] = {}
    kept: list[Area] = []
    for number, area in enumerate(areas):
        seen = set(words)
        places = []
        for place in _merged(area.places):
            fit = []
            for name in (place.name, *place.aliases):
                form = forms.name(name)
                is_alias = name != place.name
                if form in seen or _is_short(name, place.people, forms.articles, is_alias=is_alias):
                    continue
                if not _is_owner(number, owners[form], fronts):
                    doubtful[form] = name
                    continue
                seen.add(form)
                fit.append(name)
            if fit:
                places.append(place._replace(name=fit[0], aliases=tuple(fit[1:])))
        kept.append(replace(area, places=tuple(places)))
    taken = {forms.name(name) for area in kept for place in area.places for name in _names(place)}
    return tuple(kept), tuple(sorted(name for form, name in doubtful.items() if form not in taken))


def _names(place: Listed) -> Iterator[str]:
    yield place.name
    yield from place.aliases


def _owners(areas: Sequence[Area], fronts: int, forms: Forms) -> dict[tuple[str, ...], dict[int, int]]:
    """How many live under each name in each front; those behind the first ``fronts`` are elsewhere."""
    owners: dict[tuple[str, ...], dict[int, int]] = {}
    for number, area in enumerate(areas):
        _add_owners(owners, number, area.places, _NEAR if number < fronts else 1, forms)
    return owners


def _add_owners(
    owners: dict[tuple[str, ...], dict[int, int]],
    number: int,
    places: Iterable[Listed],
    near: int,
    forms: Forms,
) -> None:
    for place in places:
        for name in _names(place):
            people = place.people if name == place.name else place.people // _ALSO_CALLED
            own = owners.setdefault(forms.name(name), {})
            own[number] = max(own.get(number, 0), near * people + 1)


def _merged(places: Iterable[Listed]) -> Iterable[Listed]:
    """A region and the town of the same name are one place."""
    found: dict[str, Listed] = {}
    for place in places:
        name = fold(place.name.replace("-", " "))
        old = found.get(name)
        found[name] = place if old is None else Listed(
            old.name, tuple(dict.fromkeys((*old.aliases, *place.aliases))), old.at or place.at,
            max(old.people, place.people), old.capital or place.capital,
        )  # fmt: skip
    return found.values()


def _is_owner(number: int, people: Mapping[int, int], fronts: int) -> bool:
    """Of the fronts that have a name, the one where far more live under it than in any other; a front on the
    ground need not have far more than what is elsewhere, and of that nothing takes a name from another."""
    return all(
        people[number] > (_FAR_MORE if front < fronts else 1) * count
        for front, count in people.items()
        if front != number and min(front, number) < fronts
    )


def _is_short(name: str, people: int, articles: Collection[str], *, is_alias: bool) -> bool:
    words = name.replace("-", " ").split()
    letters = [c for w in words if fold(w) not in articles for c in w if c.isalpha()]
    if not letters:
        return True
    if not name.isascii() and letters[0] >= "\u0250":
        return len(letters) < (3 if is_alias and letters[0] < _SYLLABLES else 2)
    return len(letters) < (_SHORTEST_LARGE if people >= _LARGE else _SHORTEST)
