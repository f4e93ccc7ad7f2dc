"""A new site as values -> the text of its config.yaml: commented, valid YAML whatever the names hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from sitrep.base.patterns import lazy_pattern
from sitrep.base.slugs import slug
from sitrep.base.values import Struct, replace
from sitrep.config.front_names import called_in
from sitrep.gazetteer.listed import Listed
from sitrep.gazetteer.one_front_each import Area

_WIDTH = 110
# What YAML 1.1 or 1.2 would take for something else than this text.
_PLAIN = lazy_pattern(r"[^\W\d_][\w'’ʼ.-]*(?: [\w'’ʼ.(-][\w'’ʼ.)-]*)*")
_NOT_TEXT = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])
_UNSEEN = lazy_pattern(
    "[\x00-\x1f\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)


class NewSite(Struct, frozen=True, kw_only=True):
    """What a person says of a site that is to be made."""

    title: str
    languages: tuple[str, ...] = ("en",)
    """The first is the site's."""
    areas: tuple[Area, ...]
    world: Area | None = None
    home: tuple[str, ...] = ()
    """Names of the country, its people and the parties: they speak for no front of their own."""
    rumors: bool = True
    map: tuple[str, ...] = ()
    """Codes of the countries on the map."""
    zone: str = "UTC"
    base_url: str | None = None
    authority: str = "example.org,2024"
    order: str = "dmy"


def config_text(site: NewSite) -> str:
    """The config.yaml of the site."""
    return "\n".join([*_head(site), *_fronts(site), *_tail(site)]) + "\n"


def scalar(text: str) -> str:
    """A text as YAML: plain where that can only be this text, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT and not _UNSEEN.search(text):
        return text
    return _UNSEEN.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))


def _head(site: NewSite) -> Iterator[str]:
    yield "# yaml-language-server: $schema=config.schema.json"
    yield "# The whole site. Save this file while the program runs and the site is made anew."
    yield "# Only title and fronts are needed; what is not here has a sensible value."
    yield ""
    yield "site:"
    yield f"  title: {scalar(site.title)}"
    yield '  description: ""            # one sentence that says what this is; it stands in the feeds'
    yield "  # The public address, with a final slash. Feeds need it."
    yield f"  base_url: {site.base_url or 'http://127.0.0.1:8000/'}"
    yield "  # A domain and a year in which it was yours: part of every id. Choose it before you publish."
    yield f'  authority: "{site.authority}"'
    yield f"  language: {site.languages[0]}"
    yield f"  timezone: {site.zone}"
    yield "  # author: who writes this"
    yield "  # care: a word of caution, shown with every update that has none of its own"
    if site.map:
        yield ""
        yield "# A small map of the places an update names."
        yield f"map: {', '.join(site.map)}"
    yield ""


def _fronts(site: NewSite) -> Iterator[str]:
    yield "# What items are sorted into. A heading decides where it names a front; under other headings, and"
    yield "# under none, an item decides for itself: by its places, then by who acts, then by words."
    yield "# Write [East] at the start of an item to sort it yourself; more: python sitegen.py help sorting"
    yield "#"
    yield "#   id      part of addresses and ids: never change it; the name can change any day"
    yield "#   places  name, other spellings, and where it lies (for the map); case and accents do not"
    yield "#           matter, and one slip of the pen is understood"
    yield "#   actors  who acts there; they weigh less than places"
    yield "#"
    yield "# Place names: GeoNames (geonames.org), CC BY 4.0; smaller ones (c) OpenStreetMap contributors,"
    yield "# ODbL (openstreetmap.org/copyright): who hands this list on keeps these two lines. Unknown names:"
    yield "# python sitegen.py explain --unsorted"
    yield "fronts:"
    called = called_in(site.languages[0]) or called_in("en")
    for area, front_id in zip(site.areas, ids_of(site.areas), strict=True):
        side = area.name == called_in("en").get(front_id)
        yield from _front(replace(area, name=called[front_id]) if side else area, front_id)
    if site.world is not None:
        yield from _front(site.world, "international", kind="theme")
    if site.rumors:
        yield from (
            "  - id: rumors",
            f"    name: {called['rumors']}",
            "    kind: rumors           # takes what is not confirmed",
            "",
        )
    yield from (
        "  - id: general",
        f"    name: {called['general']}",
        "    kind: general          # takes what no other front has",
    )
    if site.home:
        yield "    # The country, and who acts on every front: they decide where nothing else is named."
        yield from _listing("actors", site.home)
    yield ""


def authority_of(base_url: str | None, year: int) -> str:
    """The authority of the ids of a site at this address, or one that is to be changed."""
    host = (base_url or "").partition("://")[2].partition("/")[0].partition(":")[0].lower()
    return f"{host},{year}" if "." in host and not host[0].isdecimal() else f"example.org,{year}"


def ids_of(areas: Sequence[Area]) -> tuple[str, ...]:
    """An id for each front: the slug of its name, with a number where two are alike."""
    taken = {"rumors", "general", "international"}
    found = []
    for area in areas:
        base = slug(area.name) or "front"
        base = f"front-{base}" if base[0].isdecimal() else base
        front_id = next(i for n in range(1, 1000) if (i := base if n == 1 else f"{base}-{n}") not in taken)
        taken.add(front_id)
        found.append(front_id)
    return tuple(found)


def _front(area: Area, front_id: str, kind: str = "") -> Iterator[str]:
    yield f"  - id: {front_id}"
    yield f"    name: {scalar(area.name)}"
    if kind:
        yield f"    kind: {kind}            # sorted by who acts rather than by where"
    for key, texts in (("headings", area.headings), ("actors", area.actors), ("words", area.words)):
        yield from _listing(key, texts)
    if area.places:
        yield "    places:"
        yield from (f"      - {_place(place)}" for place in area.places)
    yield ""


def _place(place: Listed) -> str:
    if not place.aliases and place.at is None and not place.capital:
        return scalar(place.name)
    parts = [f"name: {scalar(place.name)}"]
    if place.aliases:
        parts.append(f"aliases: [{', '.join(map(scalar, place.aliases))}]")
    if place.at is not None:
        parts.append(f"at: [{place.at[0]:.2f}, {place.at[1]:.2f}]")
    if place.capital:
        parts.append("capital: true")
    return "{" + ", ".join(parts) + "}"


def _listing(key: str, texts: Sequence[str]) -> Iterator[str]:
    """A list of texts on as few lines as they need."""
    if not texts:
        return
    line = f"    {key}: ["
    for number, text in enumerate(texts):
        part = scalar(text) + ("," if number < len(texts) - 1 else "]")
        if len(line) + len(part) > _WIDTH:
            yield line.rstrip()
            line = "      "
        line += part + (" " if part[-1] == "," else "")
    yield line


def _tail(site: NewSite) -> Iterable[str]:
    yield "dates:"
    yield f"  order: {site.order}               # how 06-12-24 is read: dmy or mdy"
    yield "  undated: refuse          # a text without a date; or: arrival, the day it came in"
    more = [lang for lang in site.languages[1:] if lang != "en"]
    if more:
        yield ""
        yield "# Languages of texts besides the site's own and English; each may add words of its own."
        yield "languages:"
        yield from (f"  {lang}: {{}}" for lang in more)
    fronts = (*ids_of(site.areas), *(["rumors"] if site.rumors else []), "general")
    others = {lang: names for lang in site.languages[1:] if (names := called_in(lang))}
    if others:
        yield ""
        yield "# What pages in another language call the fronts; title: and care: can stand here as well."
        yield "translations:"
        for lang, names in others.items():
            given = ", ".join(f"{front}: {scalar(names[front])}" for front in fronts if front in names)
            yield f"  {lang}: {{fronts: {{{given}}}}}"
