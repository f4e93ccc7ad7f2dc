"""The places an update names -> a small map of them in SVG, over a shipped outline.

It shows what was named, not who holds what. Only places of the configuration that have coordinates are
drawn. The names stand in the markup as links, so that without SVG the same markup is a list of places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, partial

from sitrep.base.nouns import Certainty, Item, Update
from sitrep.base.values import Struct, replace
from sitrep.config.values import Config
from sitrep.pages.maps.outlines import Outline, outline_of
from sitrep.pages.templates import Markup, escape
from sitrep.pages.views import Sight, front_or_unknown
from sitrep.text.summaries import format_date

_RADIUS = 7
_LINE = 12
_LETTER = 6.8
"""Mean width of a letter of the map's type, in pixels of the outline."""

_RING = '<circle class="bg" r="8"/><circle r="6.1" fill="none" stroke="currentColor"/>'
_SYMBOLS = {
    "west": _RING + '<path d="M-4.9 0 1.8-3.2v6.4z"/>',
    "east": _RING + '<path d="M4.9 0-1.8-3.2v6.4z"/>',
    "south": _RING + '<path d="M0 4.9-3.2-1.8h6.4z"/>',
    "north": _RING + '<path d="M0-4.9-3.2 1.8h6.4z"/>',
    "rumor": _RING.removesuffix("/>") + ' stroke-dasharray="1.8 1.4"/>',
    "ring": _RING + '<circle r="2.3"/>',
    "globe": _RING + '<path fill="none" stroke="currentColor" d="M-6 0H6M0-6a2.6 6 0 1 0 .1 0"/>',
    "lines": '<circle class="bg" r="8"/>'
    '<path stroke="currentColor" stroke-width="1.5" d="M-5.2-3.5H5.3M-5.2 0h7.6M-5.2 3.5H5.3"/>',
}
"""Around the middle of each, so that a mark needs no more than where it stands."""


class Window(Struct, frozen=True, kw_only=True):
    """The part of an outline that is shown: its corner, in the outline's pixels, and its enlargement."""

    left: float = 0
    top: float = 0
    scale: int = 1

    def of(self, x: float, y: float) -> tuple[int, int]:
        """Where a point of the outline stands."""
        return round((x - self.left) * self.scale), round((y - self.top) * self.scale)

    def drawn(self, outline: Outline) -> str:
        """The outline, with the names around it."""
        names = []
        for name, at_x, at_y in outline.labels:
            x, y = self.of(at_x, at_y)
            if 0 < x < outline.width and 0 < y < outline.height:
                names.append(f'<text class="g" x="{x}" y="{y}" text-anchor="middle">{escape(name)}</text>')
        return "\n".join((self.moved(outline.drawing), *names))

    def moved(self, drawing: str) -> str:
        """A drawing of the outline's size, as this part of it shows it."""
        moved = ""
        if self.scale > 1:
            x, y = self.of(0, 0)
            moved = f' class="z{self.scale}" transform="translate({x} {y}) scale({self.scale})"'
        return f"<g{moved}>{drawing}</g>"


def window(spots: Iterable[tuple[float, float]], outline: Outline) -> Window:
    """The whole outline, or the half or third of its width in which all the places lie."""
    across, down = zip(*spots, strict=True)
    for scale in (3, 2):
        wide, high = outline.width / scale, outline.height / scale
        if max(across) - min(across) < wide - 6 * _RADIUS and max(down) - min(down) < high - 4 * _RADIUS:
            return Window(
                left=min(max((max(across) + min(across) - wide) / 2, 0), outline.width - wide),
                top=min(max((max(down) + min(down) - high) / 2, 0), outline.height - high),
                scale=scale,
            )
    return Window()


class Spot(Struct, frozen=True, kw_only=True):
    """A place to be drawn."""

    name: str
    mark: str
    hue: str
    number: int
    x: int = 0
    y: int = 0


class Dot(Struct, frozen=True, kw_only=True):
    """A place on a small map, where there is no room for its name."""

    name: str
    at: tuple[float, float]
    rumor: bool

    def drawn(self, part: Window, outline: Outline) -> str:
        """It as SVG; that of a rumor is a dotted ring."""
        x, y = part.of(*self.at)
        kind = ' class="rum"' if self.rumor else ""
        return f'<circle{kind} cx="{x}" cy="{y}" r="{round(outline.width / 40)}"/>'


def site_outline(config: Config) -> Outline | None:
    """The outline of a site's countries; None where it has no map."""
    return outline_of(config.map, config.site.language) if config.map else None


class Maps:
    """Draws the maps of one site; without ``config.map`` it draws none."""

    def __init__(self, config: Config, outline: Callable[[], Outline | None] | None = None) -> None:
        """``outline``: gives that of the site's countries where it is kept; else it is drawn when needed."""
        self._find = outline or partial(site_outline, config)
        self._marks = {front.id: front.mark for front in config.fronts}
        self._places: dict[str, dict[str, tuple[float, float]]] = {}
        """Where each place lies, by its name and the fronts that have it."""
        for front in config.fronts:
            for place in front.places:
                if place.at:
                    self._places.setdefault(place.name, {})[front.id] = place.at

    @cached_property
    def _outline(self) -> Outline | None:
        return self._find()

    def figure(self, update: Update, view: Sight, page: str) -> Markup:
        """The map of what an update names; ``page`` is the link to its page, empty if shown there."""
        outline = self._outline
        found = tuple(self._spots(update, outline, view)) if outline else ()
        if outline is None or not found:
            return Markup()
        part = window([place for _, place in found], outline)
        spots = tuple(_placed(spot, part.of(*place)) for spot, place in found)
        day = format_date(update.date, view.lang, "long")
        names = ", ".join(spot.name for spot in spots)
        title = view.words.map_title.format(names)
        drawn = "\n".join(_drawn(spots, outline, partial(view.item, page)))
        caption = f"{view.words.map_caption.format(day)} {outline.credit}."
        return Markup(
            f'<figure id="map">'
            f'<svg class="map" viewBox="0 0 {outline.width} {outline.height}" role="group" '
            f'paint-order="stroke" aria-labelledby="mt">'
            f'<title id="mt">{escape(title)}</title>{_symbols(spots)}'
            # A line end between two names and after the last: without SVG they are words one after the other.
            f"{part.drawn(outline)}\n{drawn}</svg>\n"
            f"<figcaption>{escape(caption)}</figcaption></figure>"
        )

    def strip(self, days: Iterable[tuple[str, str, Iterable[Item]]], view: Sight) -> Markup:
        """A small map of each day with the places its items name: a day's name, its link, its items.

        The countries' own outline stands in the first of them; the others show it again. Nothing for fewer
        than two days.
        """
        outline = self._outline
        if outline is None:
            return Markup()
        drawn = [(day, link, found) for day, link, items in days if (found := self._dots(items, outline))]
        if len(drawn) < 2:
            return Markup()
        part = window([dot.at for _, _, found in drawn for dot in found], outline)
        land = f'<g id="land">{part.moved(outline.own)}</g>'
        shown = []
        for day, link, found in drawn:
            dots = "".join(dot.drawn(part, outline) for dot in found)
            names = ", ".join(view.called.get(dot.name, dot.name) for dot in found)
            shown.append(
                f'<li><a href="{link}"><svg class="map" viewBox="0 0 {outline.width} {outline.height}" '
                f'aria-hidden="true">{land}{dots}</svg> {escape(day)}</a> '
                f'<span class="meta">{escape(names)}</span></li>'
            )
            land = '<use href="#land"/>'
        return Markup(
            f'<section aria-labelledby="mp"><h2 id="mp">{escape(view.words.map)}</h2><ol class="maps">\n'
            + "\n".join(shown)
            + "</ol></section>"
        )

    def _dots(self, items: Iterable[Item], outline: Outline) -> tuple[Dot, ...]:
        """Each place that these items name and the outline holds; a rumor's only where nothing else does."""
        found: dict[tuple[str, tuple[float, float]], Dot] = {}
        for item in sorted(items, key=_standing):
            for name, where in self._where(item, outline):
                found.setdefault((name, where), Dot(name=name, at=where, rumor=_standing(item) == _RUMOR))
        return tuple(found.values())

    def _where(self, item: Item, outline: Outline) -> Iterable[tuple[str, tuple[float, float]]]:
        """Where on the outline the places lie that an item names.

        Of one name on two fronts, that of the item's own; where that has none of it, neither is shown.
        """
        for name in item.places:
            known = self._places.get(name, {})
            at = known.get(item.front) or (next(iter(known.values())) if len(known) == 1 else None)
            if at and (spot := outline.spot(at, _RADIUS)):
                yield name, spot

    def _spots(
        self, update: Update, outline: Outline, view: Sight
    ) -> Iterable[tuple[Spot, tuple[float, float]]]:
        """Each place once with where it lies, in the colour of the first item that names it.

        A report goes before an opinion, and that before a rumor.
        """
        seen: dict[tuple[str, tuple[float, float]], tuple[Spot, tuple[float, float]]] = {}
        for item in sorted(update.items, key=_standing):
            rumor = _standing(item) == _RUMOR
            for name, where in self._where(item, outline):
                if (name, where) not in seen:
                    mark = "rumor" if rumor else self._marks.get(item.front, "ring")
                    hue = "grey" if rumor else front_or_unknown(view.fronts, item.front).hue
                    spot = Spot(
                        name=view.called.get(name, name),
                        mark=mark if mark in _SYMBOLS else "ring",
                        hue=f"{hue} op" if _standing(item) == _OPINION else hue,
                        number=item.number,
                    )
                    seen[name, where] = spot, where
        return seen.values()


_REPORT, _OPINION, _RUMOR = range(3)


def _standing(item: Item) -> int:
    if item.certainty is Certainty.RUMOR:
        return _RUMOR
    return _OPINION if item.opinion else _REPORT


def _placed(spot: Spot, place: tuple[int, int]) -> Spot:
    return replace(spot, x=place[0], y=place[1])


def _symbols(spots: Iterable[Spot]) -> str:
    marks = dict.fromkeys(spot.mark for spot in spots)
    drawn = "".join(f'<g id="m-{mark}">{_SYMBOLS[mark]}</g>' for mark in marks)
    return f"<defs>{drawn}</defs>"


Box = tuple[float, float, float, float]
Label = tuple[int, int, str, Box]


def _drawn(spots: tuple[Spot, ...], outline: Outline, link: Callable[[int], str]) -> Iterable[str]:
    taken: list[Box] = [(s.x - 8, s.y - 8, s.x + 8, s.y + 8) for s in spots]
    for spot in spots:
        x, y, anchor, box = _label(spot, outline, taken)
        taken.append(box)
        yield (
            f'<a class="{spot.hue}" href="{link(spot.number)}">'
            f'<use href="#m-{spot.mark}" x="{spot.x}" y="{spot.y}"/>'
            f'<text x="{x}" y="{y}"{anchor}>{escape(spot.name)}</text></a>'
        )


_MIDDLE, _END = ' text-anchor="middle"', ' text-anchor="end"'
_SIDES = (
    (11, 4, "", 0.0), (-11, 4, _END, 1.0), (0, -11, _MIDDLE, 0.5), (0, 19, _MIDDLE, 0.5),
    (9, -6, "", 0.0), (9, 14, "", 0.0), (-9, -6, _END, 1.0), (-9, 14, _END, 1.0),
)  # fmt: skip
# Above and below also farther off: two places may lie on one spot.
_AROUND = _SIDES + tuple(
    (dx, dy + further if dy > 4 else dy - further, anchor, part)
    for further in (4, 8, 14)
    for dx, dy, anchor, part in _SIDES[2:]
)


def _label(spot: Spot, outline: Outline, taken: list[Box]) -> Label:
    """The first place around a mark where its name covers nothing, else where it covers least."""
    width = len(spot.name) * _LETTER
    best: Label = (spot.x + 11, spot.y + 4, "", (spot.x, spot.y, spot.x, spot.y))
    least = float("inf")
    for dx, dy, anchor, part in _AROUND:
        x, y = spot.x + dx, spot.y + dy
        left, top, bottom = x - width * part, y - _LINE + 2, y + 3
        right = left + width
        if left < 2 or right > outline.width - 2 or top < 0 or bottom > outline.height:
            continue
        covered = sum(
            (min(right, c) - max(left, a)) * (min(bottom, d) - max(top, b))
            for a, b, c, d in taken
            if a < right and left < c and b < bottom and top < d
        )
        if covered < least:
            best, least = (x, y, anchor, (left, top, right, bottom)), covered
        if not covered:
            break
    return best
