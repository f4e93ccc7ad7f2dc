"""What no single type can tell of a configuration: addresses, zones, codes, and names that stand twice.

Works on plain values, before they are typed, so that these faults are found together with all others.
"""

from __future__ import annotations

import math
import re
import zoneinfo
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import quote, urlsplit, urlunsplit

from sitrep.base.countries import UNDRAWN, country_named, nearest_countries
from sitrep.base.doubt_stems import Stem
from sitrep.base.folding import fold
from sitrep.base.nouns import Severity
from sitrep.base.patterns import lazy_pattern
from sitrep.base.slugs import slug
from sitrep.config.delivery_checks import check_targets
from sitrep.config.faults import Faults, Keypath, choice, name_of, short
from sitrep.config.fronts import DATE_LIKE, RESERVED

Entry: TypeAlias = Mapping[str, Any]
Fronts: TypeAlias = Sequence[tuple[int, Entry]]
"""Each front that is a mapping, with its place in the list."""

_SLUG = lazy_pattern(r"[a-z0-9]+(-[a-z0-9]+)*")
_NO_ZONES = frozenset(("localtime", "posixrules", "Factory"))
"""Files beside those of the zones: which zone they are depends on the machine."""
_WEB = lazy_pattern(r"https?://[^\s/?#@]+(/\S*)?")
_AUTHORITY = lazy_pattern(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?,\d{4}(-\d\d(-\d\d)?)?")
_LANGUAGE = lazy_pattern(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CODE = lazy_pattern(r"[^\W\d_]{1,3}")
_ADDRESSES = {
    "base_url": "https://example.org/",
    "license": "https://creativecommons.org/licenses/by-sa/4.0/",
    "onion": "http://NAME.onion/",
}


_SHARED_PLACE = (
    "nothing to do if an item that names no other place may go to the general front; otherwise keep it in "
    "one of them, or give each a longer name (Upper Alder, Lower Alder) and this one as an alias"
)


def remark(raw: Entry, faults: Faults) -> None:
    """Add what is no fault of the values of config.yaml, and worth knowing: a place of several fronts."""
    for here, name, there in _shared(_fronts(raw), _place_names):
        if not ("aliases" in there and "aliases" in here):
            fact = f'"{short(name)}" is among the places of two fronts; '
            fact += f"the other is on line {faults.line(there)}"
            faults.add(here, fact, _SHARED_PLACE, Severity.NOTE)


def check(raw: Entry, faults: Faults) -> None:
    """Add every fault of this kind that the values of config.yaml have."""
    _check_site(_group(raw.get("site")), faults)
    fronts = _fronts(raw)
    _check_ids(fronts, faults)
    _check_former(raw, fronts, faults)
    _check_kinds(fronts, faults)
    _check_codes(fronts, faults)
    _check_headings(fronts, faults)
    _check_map(raw, faults)
    for code, words in _group(raw.get("languages")).items():
        _check_language(code, ("languages", code), faults)
        _check_doubt(words, ("languages", code, "doubt"), faults)
    for number, hub in enumerate(_texts(_group(raw.get("feeds")).get("hubs"))):
        _check_address(hub, ("feeds", "hubs", number), "a hub", "https://hub.example.org/", faults)
    if where := _group(raw.get("feeds")).get("generator_url"):
        _check_address(where, ("feeds", "generator_url"), "the program", "https://example.org/sitrep", faults)
    for key, text in _group(raw.get("watch")).items():
        if isinstance(text, str) and _is_endless(text):
            faults.add(("watch", key), f'watch.{key} is "{text}", not a number of seconds', "write a number")
    check_targets(raw.get("deploy"), faults)
    check_blanks(raw, faults)


def check_blanks(raw: Any, faults: Faults, keypath: Keypath = (), inner: Any = None) -> None:
    """Add every empty entry of a list; as a word to look for it would match everything."""
    value = inner if keypath else raw
    if isinstance(value, dict):
        for key, below in value.items():
            check_blanks(raw, faults, (*keypath, key), below)
    elif isinstance(value, list):
        for number, below in enumerate(value):
            if below is None or (isinstance(below, str) and not below.strip()):
                fact = f"an empty entry in {name_of(keypath, raw)}"
                faults.add((*keypath, number), fact, "remove the dash, or write the text after it")
            else:
                check_blanks(raw, faults, (*keypath, number), below)


def _group(value: Any) -> Entry:
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> Iterator[str]:
    """The texts of a list; what is no text keeps its place as an empty one."""
    return (entry if isinstance(entry, str) else "" for entry in (value if isinstance(value, list) else ()))


def _check_site(site: Entry, faults: Faults) -> None:
    for key, example in _ADDRESSES.items():
        if isinstance(text := site.get(key), str):
            _check_address(text, ("site", key), f"site.{key}", example, faults)
    base_url, authority, zone = (site.get(key) for key in ("base_url", "authority", "timezone"))
    if (onion := site.get("onion")) and not re.match(r"https?://[^/]+\.onion[:/]", f"{onion}/"):
        faults.add(("site", "onion"), "site.onion is no onion service", "write the address that Tor gave it")
    if re.search("[?#]", str(base_url)):
        faults.add(("site", "base_url"), "site.base_url has a ? or # in it", "write it without that part")
    if isinstance(authority, str) and not _AUTHORITY.fullmatch(authority):
        fact = f'site.authority is "{short(authority)}", not a domain and a year'
        remedy = "write a domain in lower case and a year in which it was yours, for example example.org,2024"
        faults.add(("site", "authority"), fact, remedy)
    if isinstance(language := site.get("language"), str):
        _check_language(language, ("site", "language"), faults)
    if isinstance(zone, str) and not _zone_exists(zone):
        remedy = choice(
            zone, zoneinfo.available_timezones() - _NO_ZONES, "write a name such as Asia/Damascus or UTC"
        )
        faults.add(("site", "timezone"), f'there is no time zone "{short(zone)}"', remedy)


def _check_map(raw: Entry, faults: Faults) -> None:
    language = _group(raw.get("site")).get("language")
    langs = (language,) if isinstance(language, str) else ()
    for number, name in enumerate(_texts(raw.get("map"))):
        country = country_named(name, *langs) if name else None
        if name and country is None:
            near = nearest_countries(name, *langs)
            remedy = f"did you mean {' or '.join(near)}?" if near else "write a country, for example map: UA"
            faults.add(("map", number), f'there is no country "{short(name)}" to draw a map of', remedy)
        elif country and country.code in UNDRAWN:
            fact = f"{country.name} is too small for a map"
            faults.add(("map", number), fact, "name the country around it, or leave map: out")


def _check_address(text: str, keypath: Keypath, name: str, example: str, faults: Faults) -> None:
    if text and not (_WEB.fullmatch(text) and text.isascii()):
        if _WEB.fullmatch(text) and (plain := _in_ascii(text)):
            fact = f'{name} is "{short(text)}", with letters that machines do not take in an address'
            faults.add(keypath, fact, f"write it as they do: {plain}")
            return
        remedy = f"begin it with http:// or https://, for example {example}"
        faults.add(keypath, f'{name} is "{short(text)}", not an address of the web', remedy)


def _in_ascii(address: str) -> str | None:
    """The same address with its host in Punycode and its path in percent signs; None if it has none."""
    parts = urlsplit(address)
    try:
        host = parts.netloc.encode("idna").decode()
    except UnicodeError:
        return None
    return urlunsplit(parts._replace(netloc=host, path=quote(parts.path)))


def _check_language(code: str, keypath: Keypath, faults: Faults) -> None:
    if not _LANGUAGE.fullmatch(code):
        remedy = "write two or three lower-case letters, for example en, ar or ckb; with a region ar-SY"
        faults.add(keypath, f'"{short(code)}" is no language code', remedy)


def _check_doubt(words: Any, keypath: Keypath, faults: Faults) -> None:
    for number, line in enumerate(_texts(_group(words).get("doubt"))):
        kind = line.split()[0] if line.strip() else ""
        if kind and kind not in set(Stem):
            fact = f'"{short(kind)}" is no kind of word that makes doubt'
            faults.add((*keypath, number), fact, f"begin the line with one: {choice(kind, Stem)}")


def _zone_exists(name: str) -> bool:
    if name in _NO_ZONES or name.startswith(("posix/", "right/")):
        return False
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_endless(text: str) -> bool:
    try:
        return math.isinf(float(text))
    except ValueError:
        return False


def _check_ids(fronts: Fronts, faults: Faults) -> None:
    for number, front in _twice(fronts, "id", "give one of them another id", faults):
        front_id, where = front["id"], ("fronts", number, "id")
        if not _SLUG.fullmatch(front_id):
            fact = f'the id "{short(front_id)}" cannot be a folder of the site'
            example = slug(front_id) or slug(str(front.get("name", ""))) or "north"
            faults.add(where, fact, f"write lower-case letters, digits and hyphens, for example {example}")
        elif front_id in RESERVED:
            fact = f'the id "{front_id}" is the name of a folder the site has already'
            faults.add(where, fact, f"choose another, for example {front_id}-front")
        elif DATE_LIKE.fullmatch(front_id):
            fact = f'the id "{front_id}" looks like a date, and updates stand under their dates'
            faults.add(where, fact, f"choose another, for example front-{front_id}")


def _check_former(raw: Entry, fronts: Fronts, faults: Faults) -> None:
    """A former id, or one that is given up, is one that a front could have had, and stands once."""
    taken = {front_id for _, front in fronts if isinstance(front_id := front.get("id"), str)}
    # These two are made where no front is of their kind.
    taken |= {"rumors", "general"}.difference(str(front.get("kind")) for _, front in fronts)
    former = [(("fronts", n, "formerly"), front.get("formerly")) for n, front in fronts]
    for where, names in (*former, (("ended",), raw.get("ended"))):
        for number, name in enumerate(_texts(names)):
            here: Keypath = (*where, number)
            if name in taken:
                fact = f'the former id "{short(name)}" is that of a front here, or stands twice'
                faults.add(here, fact, "keep it in one place, and give a new front an id that none has had")
            elif name and (name in RESERVED or DATE_LIKE.fullmatch(name) or not _SLUG.fullmatch(name)):
                fact = f'no front can have had the id "{short(name)}"'
                faults.add(here, fact, "write the id as it was, for example western")
            taken.add(name)


def _check_codes(fronts: Fronts, faults: Faults) -> None:
    for number, front in _twice(fronts, "code", "give one of them other letters, up to three", faults):
        if not _CODE.fullmatch(front["code"]):
            fact = f'the code "{short(front["code"])}" is not one to three letters'
            faults.add(("fronts", number, "code"), fact, "write letters only, for example code: W")


def _twice(fronts: Fronts, key: str, remedy: str, faults: Faults) -> Iterator[tuple[int, Entry]]:
    """The fronts that have a text under that key; adds a fault for each that another has already."""
    first: dict[str, int] = {}
    for number, front in fronts:
        text = front.get(key)
        if not isinstance(text, str) or not text:
            continue
        if (before := first.setdefault(text.casefold(), number)) != number:
            line = faults.line(("fronts", before, key))
            fact = f'two fronts have the {key} "{short(text)}"; the other is on line {line}'
            faults.add(("fronts", number, key), fact, remedy)
        yield number, front


def _check_kinds(fronts: Fronts, faults: Faults) -> None:
    for kind in ("rumors", "general"):
        numbers = [number for number, front in fronts if front.get("kind") == kind]
        for number in numbers[1:]:
            fact = (
                f"a second front of kind {kind}; the first is on line {faults.line(('fronts', numbers[0]))}"
            )
            faults.add(("fronts", number, "kind"), fact, "keep one, and make the other kind: theme")
        for number, front in fronts:
            if not numbers and front.get("id") == kind:
                fact = f'the front "{kind}" is not of kind {kind}'
                faults.add(("fronts", number, "id"), fact, f"add kind: {kind}, or give it another id")


def _headings(front: Entry) -> Iterator[tuple[str, Keypath]]:
    if isinstance(name := front.get("name"), str):
        yield name, ("name",)
    for number, heading in enumerate(_texts(front.get("headings"))):
        yield heading, ("headings", number)


def _place_names(front: Entry) -> Iterator[tuple[str, Keypath]]:
    places = front.get("places")
    for number, place in enumerate(places if isinstance(places, list) else ()):
        if isinstance(name := _group(place).get("name"), str):
            yield name, ("places", number, "name")
        for position, alias in enumerate(_texts(_group(place).get("aliases"))):
            yield alias, ("places", number, "aliases", position)


def _check_headings(fronts: Fronts, faults: Faults) -> None:
    """A heading that would send its items to two fronts is a fault."""
    for here, name, there in _shared(fronts, _headings):
        fact = (
            f'"{short(name)}" is among the headings of two fronts; the other is on line {faults.line(there)}'
        )
        faults.add(here, fact, "keep it in the front it should lead to, and remove the other")


def _shared(
    fronts: Fronts, names: Callable[[Entry], Iterator[tuple[str, Keypath]]]
) -> Iterator[tuple[Keypath, str, Keypath]]:
    """Each name that an earlier front has as well, with the places of both; within one it may stand twice."""
    first: dict[str, tuple[int, Keypath]] = {}
    for number, front in fronts:
        for name, tail in names(front):
            here = ("fronts", number, *tail)
            other, there = first.setdefault(fold(name.replace("-", " ")), (number, here))
            if other != number and name:
                yield here, name, there


def _fronts(raw: Entry) -> Fronts:
    listed = raw.get("fronts")
    return [(n, f) for n, f in enumerate(listed if isinstance(listed, list) else ()) if isinstance(f, dict)]
