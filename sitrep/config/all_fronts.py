"""The fronts of a configuration -> all that the site has, each with a short name, a code and a hue."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from string import ascii_uppercase

from sitrep.base.values import replace
from sitrep.config.front_names import called_in
from sitrep.config.values import Front, FrontKind, Hue

_HUES: tuple[Hue, ...] = ("blue", "brown", "green", "violet", "teal", "red", "ochre")

_EVERYWHERE: tuple[FrontKind, ...] = ("general", "rumors")


def all_fronts(fronts: Sequence[Front], lang: str) -> tuple[Front, ...]:
    """The fronts and, where none is there, one for rumors and one for the rest, named in a language."""
    kinds = {front.kind for front in fronts}
    extra = (_everywhere(kind, lang) for kind in _EVERYWHERE if kind not in kinds)
    return _named((*map(_first_called, fronts), *extra))


def _everywhere(kind: FrontKind, lang: str) -> Front:
    """A front that every site has."""
    name = (called_in(lang) or called_in("en"))[kind]
    return Front(id=kind, name=name, kind=kind, mark="lines" if kind == "general" else "rumor", hue="grey")


def _first_called(front: Front) -> Front:
    """A front under its first id, which is part of ids and addresses and never changes."""
    names = (*front.formerly, front.id)
    return replace(front, id=names[0], formerly=names) if front.formerly else front


def _named(fronts: Sequence[Front]) -> tuple[Front, ...]:
    """The fronts with short names and codes; no two codes are equal."""
    taken = {front.code.upper() for front in fronts}
    named: list[Front] = []
    # The front of rumors chooses first: its items are called by their codes, R1 of 6 December.
    for front in sorted(fronts, key=lambda f: f.kind != "rumors"):
        code = front.code or next(code for code in _codes(front.id) if code not in taken)
        taken.add(code.upper())
        named.append(replace(front, code=code, short=front.short or _short(front, fronts)))
    order = {front.id: n for n, front in enumerate(fronts)}
    return tuple(_coloured(sorted(named, key=lambda front: order[front.id])))


def _coloured(fronts: Sequence[Front]) -> Iterator[Front]:
    """The fronts with a hue each; one that names none gets the first that no other has."""
    taken = {front.hue for front in fronts}
    free = itertools.chain((hue for hue in _HUES if hue not in taken), itertools.cycle(_HUES))
    for front in fronts:
        if front.hue != "auto":
            yield front
        else:
            yield replace(front, hue="grey" if front.kind in ("rumors", "general") else next(free))


def _short(front: Front, fronts: Sequence[Front]) -> str:
    """The first word of a front's name; all of it where another begins alike, as North Darfur."""
    first = front.name.split()[0]
    alike = any(other.id != front.id and other.name.split()[0] == first for other in fronts)
    return front.name if alike else first


def _codes(front_id: str) -> Iterator[str]:
    """Codes for a front, the best first: the beginning of its id, as short as can be."""
    letters = re.sub("[^A-Z]", "", front_id.upper()) or "F"
    yield from (letters[:length] for length in (1, 2, 3))
    yield from (letters[0] + letter for letter in ascii_uppercase)
    yield from map("".join, itertools.product(ascii_uppercase, repeat=3))
