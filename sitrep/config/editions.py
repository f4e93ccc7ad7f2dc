"""The configuration -> that of a language's edition: other names and texts, and a folder of its own."""

from __future__ import annotations

from sitrep.base.values import replace
from sitrep.config.values import Config, EditionSite, Front, Site, Translation


def edition_of(config: Config, lang: str) -> Config:
    """The configuration of the pages and feeds in a language; for the original (empty), itself."""
    if not lang:
        return config
    said = config.translations.get(lang, Translation())
    return replace(
        config,
        site=_site(config.site, said, lang),
        fronts=tuple(_front(front, _name(front, said)) for front in config.fronts),
        # The hubs are told of the feeds of the original only.
        feeds=replace(config.feeds, hubs=()),
    )


def _name(front: Front, said: Translation) -> str:
    return next((said.fronts[name] for name in reversed(front.names) if name in said.fronts), "")


def _site(site: Site, said: Translation, lang: str) -> EditionSite:
    own = {name: getattr(site, name) for name in site.__struct_fields__}
    own |= {
        name: text
        for name in ("title", "description", "author", "about", "care")
        if (text := getattr(said, name))
    }
    own |= {"language": lang, "base_url": f"{site.base_url}{lang.lower()}/", "of": site.language}
    return EditionSite(**own)


def _front(front: Front, name: str) -> Front:
    """A front under another name; its codes, by which items are cited, stay."""
    return replace(front, name=name, short="") if name else front
