"""Codes of countries become their regions: states, provinces, oblasts, and the districts of these."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from sitrep.base.folding import fold
from sitrep.base.patterns import lazy_pattern
from sitrep.base.shipped import shipped_rows
from sitrep.gazetteer.spellings import is_written_in, name_in

# What kinds of region are called: left out, a name is what people say (Kharkiv of Kharkiv Oblast).
_KINDS = frozenset(fold(word) for (row,) in shipped_rows("gazetteer/kind_words.txt") for word in row.split())


_CITIES = frozenset(("City", "Capital city", "Metropolitan city", "Capital district", "Special municipality"))
_OF_TOWN = frozenset(("Raion", "Rayon", "Mis’krada", "Okrug", "Oblast"))
_ADJECTIVE = lazy_pattern("[sc]k(?:aya|iy|yi|a|y)$")
_NUMERAL = lazy_pattern("[IVXLC]+")
"""Region VII."""
_LINKS = frozenset(("of", "in", "the", "de", "da", "do", "das", "dos", "du", "des", "del"))


class Region(NamedTuple):
    """A first-level region of a country."""

    code: str
    """GeoNames: UA.07."""
    name: str
    """As people say it: Kharkiv."""
    names: tuple[str, ...]
    """All its names, with and without the word for its kind."""
    is_city: bool = False
    """It is a city by itself, within or beside another region."""

    @property
    def country(self) -> str:
        """Code of its country."""
        return self.code[:2]


@functools.cache
def regions_of(country: str) -> tuple[Region, ...]:
    """The regions of one country, by name."""
    found = (
        _region(code, name, also.split("|") if also else [])._replace(is_city=kind in _CITIES)
        for code, name, kind, also in _by_country().get(country, ())
    )
    return tuple(sorted(found, key=lambda r: r.name))


@functools.cache
def _by_country() -> dict[str, list[list[str]]]:
    found = defaultdict[str, list[list[str]]](list)
    for row in shipped_rows("gazetteer/regions.tsv"):
        found[row[0].partition(".")[0]].append(row)
    return found


@functools.cache
def districts_of(code: str) -> tuple[str, ...]:
    """The names of the second-level regions in the region of this code, as people say them.

    Left out are those called by an adjective of their town (Sambirskyi Raion), which no text has alone.
    """
    names = (name for name in _districts().get(code, "").split("|") if not _OF_TOWN & set(name.split()))
    return tuple(dict.fromkeys(without_kind(name) or name for name in names if name))


@functools.cache
def _districts() -> dict[str, str]:
    return {row[0]: row[1] for row in shipped_rows("gazetteer/districts.tsv")}


def divisions_of(code: str) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """The smaller divisions in the region of this code, and the villages that the list of towns has not, each
    in its spellings."""
    divisions, villages = _divisions().get(code, ("", ""))
    return _spelt(divisions), _spelt(villages)


def _spelt(names: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(name.split("/")) for name in names.split("|") if name)


@functools.cache
def _divisions() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in shipped_rows("gazetteer/divisions.tsv.gz")}


@functools.cache
def areas() -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    """What people call several regions together, or one otherwise than maps: names, and codes of regions."""
    return _with_codes("areas")


@functools.cache
def groups() -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    """Armed groups and movements that stand in some regions of a country: names, and codes of regions."""
    return _with_codes("groups")


def _with_codes(table: str) -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    rows = shipped_rows(f"gazetteer/{table}.tsv")
    return tuple((tuple(names.split("|")), frozenset(codes.split("|"))) for names, codes in rows)


@functools.cache
def part_words() -> frozenset[str]:
    """What stands in the names of many towns and is hardly ever one: Nova, Port; as towns.plain_words."""
    return frozenset(word for (row,) in shipped_rows("gazetteer/part_words.txt") for word in row.split())


def _region(code: str, name: str, also: list[str]) -> Region:
    full = list(dict.fromkeys((name, *also)))
    bare = [short for each in full if (short := without_kind(each))]
    latin = [n for n in bare if is_written_in(("en",), n) and n[0].isupper() and not n.isupper()]
    agreed = Counter(map(fold, latin))

    def rank(name: str) -> tuple[float, ...]:
        """What most spellings agree on; else plain letters, no adjective, its own name, the shortest."""
        own, plain = name == bare[0], name.isascii() and "'" not in name
        return (agreed[fold(name)], plain or own / 2, not is_adjective(name), own, -len(name))

    usual = max(dict.fromkeys(latin), key=rank, default=bare[0] if bare else name)
    usual = name_in("en", usual, bare)
    # Without its noun a Slavic name is an adjective: Харківська область is Kharkiv, Харківська is anything.
    said = [short for short in bare if not ("\u0400" <= short[0] <= "\u04ff" or is_adjective(short))]
    return Region(code, usual, tuple(dict.fromkeys((usual, *said, *full))))


def is_adjective(bare: str) -> bool:
    """It is a Slavic name in Latin letters that no text in English has without its noun: Kharkivska."""
    return _ADJECTIVE.search(bare) is not None


def without_kind(name: str) -> str:
    """A region's name without the words for its kind: Kharkiv of Kharkiv Oblast, حلب of محافظة حلب, Murcia
    of Murcia, Región de."""
    words = name.partition(",")[0].split()
    while words and _is_kind(words[-1].rpartition("-")[2]):
        words[-1:] = [before for before in (words[-1].rpartition("-")[0],) if before]
    while words and (_is_kind(words[0]) or (len(words) < len(name.split()) and fold(words[0]) in _LINKS)):
        words.pop(0)
    return " ".join(words)


def called_together(
    regions: Collection[Region], others: Iterable[Region], directions: Collection[str]
) -> tuple[str, ...]:
    """What several regions are called without the point of the compass, if no other one is: Darfur, Kivu.

    ``directions``: folded words for points of the compass.
    """
    spelled: dict[str, str] = {}
    count: Counter[str] = Counter()
    for region in regions:
        found = (_beside_direction(name, directions) for name in region.names)
        words = {fold(word): word for word in found if word}
        spelled = words | spelled
        count.update(words.keys())
    elsewhere = {fold(word) for region in others for name in region.names for word in name.split()}
    return tuple(spelled[word] for word, n in count.items() if n > 1 and word not in elsewhere)


def _beside_direction(name: str, directions: Collection[str]) -> str | None:
    words = without_kind(name).split()
    left = [word for word in words if fold(word) not in directions]
    return left[0] if len(words) == 2 and len(left) == 1 else None


def _is_kind(word: str) -> bool:
    return fold(word.strip("'’")) in _KINDS or _NUMERAL.fullmatch(word) is not None
