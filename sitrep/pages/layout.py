"""Config and theme -> whole pages: a template, what the page is, and the values it lays out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sitrep.base.languages.direction import direction
from sitrep.base.languages.language_names import own_name
from sitrep.base.nouns import Update
from sitrep.base.values import Struct
from sitrep.config.values import Config
from sitrep.lexicon.language_of import script_of
from sitrep.pages import views
from sitrep.pages.frame import Frame, Surrounds
from sitrep.pages.maps.map import Maps
from sitrep.pages.maps.outlines import Outline
from sitrep.pages.piece_cache import PieceCache
from sitrep.pages.templates import Markup, Templates
from sitrep.site import addresses as at
from sitrep.site.update_parts import places
from sitrep.text.interface_words import check_words, words_of
from sitrep.text.summaries import shortened

_PACKAGED = (Path(__file__).parent.parent / "theme", Path(__file__).parent.parent.parent / "templates")
BANNER = "banner.js"
_DESCRIPTION = 200
ANY_UPDATE = "-/index.html"
"""Stands for the page of any update: they lie at one depth, so links out of them are the same."""
ANY_PART = "-/-/index.html"
"""The same of the further pages of long updates."""


class LanguageLink(Struct, frozen=True, kw_only=True):
    """A page in one of its languages."""

    lang: str
    name: str
    """What the language calls itself."""
    link: str
    address: str
    """Absolute."""
    current: bool


class Page(Struct, frozen=True, kw_only=True):
    """What every template knows of its page."""

    title: str
    description: str
    canonical: str
    onion: str
    """Its address on the onion service, which the Tor Browser offers; empty if there is none."""
    kind: str
    sign: str
    """Address of the picture that stands beside a link to the page where links are shared."""
    wide: bool
    """It is a card as wide as the link itself, not a small square."""
    feeds: Markup
    around: Surrounds
    languages: tuple[LanguageLink, ...] = ()
    """The same page in every language it has; none if it is in one only."""

    @property
    def alternates(self) -> tuple[LanguageLink, ...]:
        """What machines are told of that: nothing where the page says only that it has no such words."""
        return self.languages if any(language.current for language in self.languages) else ()


class Layout:
    """What the pages of one site share: compiled templates, finished surrounds, the look of its fronts."""

    def __init__(
        self,
        config: Config,
        folders: Sequence[Path],
        cache: Path | None = None,
        outline: Callable[[], Outline | None] | None = None,
    ) -> None:
        """``folders`` hold templates, the site's own first; the packaged theme is the last resort."""
        packaged = tuple(folder for folder in _PACKAGED if (folder / "base.html").is_file())
        self.config = config
        self.lang = config.site.language
        check_words(config)
        self.words = words_of(config, self.lang)
        self.templates = Templates((*folders, *packaged), cache)
        self.fronts = views.fronts_of(config)
        self.frame = Frame(config, self.templates, self.fronts.values())
        self.maps = Maps(config, outline)
        self.places = at.place_pages(config)
        self.kept = PieceCache()
        """Pieces that its pages have in common."""
        self.called = _called(config)

    def sight(
        self, here: str, lang: str = "", day: dt.date = dt.date.min, *, of: Update | None = None
    ) -> views.Sight:
        """The page at ``here`` in a language (the site's if empty); other dates are read beside ``day``.

        ``of``: the update that it shows items of.
        """
        lang = lang or self.lang
        return views.Sight(
            config=self.config,
            fronts=self.fronts,
            lang=lang,
            words=words_of(self.config, lang),
            rtl=direction(lang) == "rtl",
            here=here,
            day=day,
            places=self.places,
            kept=self.kept,
            called=self.called,
            beyond=places(of) if of else {},
        )

    def lead_on(self, here: str, place: str, name: str, *, ended: str = "") -> bytes:
        """A page at ``here`` that is nothing but the way to another. If something has ``ended`` it says
        so, and sends nobody elsewhere without a word.
        """
        name, site = Markup.escape(name), self.config.site
        way, address = at.relative(here, place), at.absolute(self.config, place)
        title = f"{ended}: {self.words.ended} · {name}" if ended else f"{self.words.moved}: {name}"
        said = f"{ended}: {self.words.ended}." if ended else f"{self.words.moved}:"
        goes = "" if ended else f'<meta http-equiv="refresh" content="0; url={way}">\n'
        return (
            f'<!doctype html>\n<html lang="{site.language}" dir="{direction(site.language)}">\n'
            f'<meta charset="utf-8">\n<title>{title}</title>\n'
            f'<link rel="canonical" href="{address}">\n{goes}'
            f'<meta name="referrer" content="no-referrer">\n'
            f'<p>{said} <a href="{way}">{name}</a></p>\n</html>\n'
        ).encode()

    def page(
        self,
        place: str,
        *,
        title: str,
        description: str,
        lang: str = "",
        current: str = "",
        front: str = "",
        article: bool = False,
        card: str = "",
        script: str = "",
        translated: Sequence[str] = (),
        mapped: bool = False,
    ) -> Page:
        """What a page is. ``current`` is its menu entry's place, ``front`` the feed announced first.

        ``card``: the place of its own card, where the site has any. ``translated``: the editions in which it
        has something to read, the original's as an empty text. ``mapped``: it has a map.
        """
        # All pages of a depth share their surrounds: the way to the menu's places is the same.
        here = place if place == at.NOT_FOUND else at.any_beside(place)
        name = self.config.site.title
        return Page(
            title=f"{title} · {name}" if title else name,
            description=shortened(description, _DESCRIPTION),
            canonical=at.absolute(self.config, place),
            onion=at.onion_of(self.config, place),
            kind="article" if article else "website",
            sign=at.absolute(self.config, self._sign(card)),
            wide=self.config.cards,
            feeds=self.frame.feed_tags(here, front),
            around=self.frame.around(here, lang or self.lang, current, script, mapped),
            languages=tuple(self._languages(place, translated)),
        )

    def _sign(self, card: str) -> str:
        if self.config.cards:
            return card or at.CARD
        return at.beside(self.config, at.LOGO)

    def _languages(self, place: str, translated: Sequence[str]) -> Iterator[LanguageLink]:
        found = [lang or self.config.site.original for lang in translated]
        for lang in found if {*found} - {self.lang} else ():
            there = at.of_language(self.config, lang, place)
            yield LanguageLink(
                lang=lang,
                name=own_name(lang),
                link=at.relative(place, there),
                address=at.absolute(self.config, there),
                current=lang == self.lang,
            )

    def lay_out(self, template: str, page: Page, /, **values: Any) -> bytes:
        """The page as UTF-8, with the part of the style that it can use. Raises TemplateError."""
        made = self.templates.render(template, page=page, w=page.around.words, **values)
        return self.frame.style.put_into(made).encode()


def _called(config: Config) -> dict[str, str]:
    """What an edition in other letters calls places: the plainest of their other names in these letters."""
    if not config.site.edition:
        return {}
    own = script_of(own_name(config.site.edition)[0])
    found = {}
    for place in (place for front in config.fronts for place in front.places):
        names = [name for name in place.aliases if script_of(name[0]) == own]
        if names and script_of(place.name[0]) != own:
            found[place.name] = min(
                names, key=lambda name: (name.count(" "), own == "latin" and not name.isascii())
            )
    return found
