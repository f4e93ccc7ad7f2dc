"""An update -> schema.org LiveBlogPosting as JSON-LD, for search engines; only where ``seo`` is on.

The headline of every item opens with its label, so that a hedge is not lost in a search result. Its words are
not said again: they stand on the page, where its address leads.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sitrep.base.nouns import Item, Update
from sitrep.config.values import Config
from sitrep.pages.templates import Markup
from sitrep.site import addresses as at
from sitrep.text.summaries import (
    first_sentence,
    hedged,
    language,
    one_line,
    opening,
    shortened,
    state_name,
    words_of,
)

_HEADLINE = 110
_UNSAFE = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def script(update: Update, config: Config) -> Markup:
    """The element that holds it. It cannot be ended from inside."""
    text = json.dumps(_posting(update, config), ensure_ascii=False, separators=(",", ":"))
    return Markup(f'<script type="application/ld+json">{text.translate(_UNSAFE)}</script>')


def _posting(update: Update, config: Config) -> dict[str, Any]:
    page = at.absolute(config, at.update_page(update.key))
    return _without_empty(
        {
            "@context": "https://schema.org",
            "@type": "LiveBlogPosting",
            "url": page,
            "headline": shortened(opening(update, config).headline, _HEADLINE),
            "inLanguage": language(update, config),
            "coverageStartTime": update.date.isoformat(),
            "datePublished": _stamp(update.published),
            "dateModified": _stamp(update.updated),
            "author": {"@type": "Person", "name": update.author} if update.author else None,
            "publisher": {"@type": "Organization", "name": config.site.title},
            "license": config.site.license,
            "liveBlogUpdate": [_item(item, update, config) for item in update.items],
        }
    )


def _item(item: Item, update: Update, config: Config) -> dict[str, Any]:
    lang = words_of(config, language(update, config))
    sentence = first_sentence(one_line(item.words))
    return _without_empty(
        {
            "@type": "BlogPosting",
            "url": at.absolute(config, at.item_link(update.key, item.number)),
            "headline": shortened(hedged(item, sentence, lang), _HEADLINE),
            "datePublished": _stamp(item.published),
            "dateModified": _stamp(item.updated) if item.updated != item.published else None,
            "contentLocation": [{"@type": "Place", "name": place} for place in item.places],
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "datePublished": _stamp(revision.at),
                    "text": one_line(revision.reason or revision.before),
                }
                for revision in item.latest_corrections
            ]
            + [
                {
                    "@type": "CorrectionComment",
                    "datePublished": _stamp(fate.at),
                    "url": at.absolute(
                        config, at.beside(config, at.item_link(fate.there.update, fate.there.item))
                    ),
                    "text": f"{state_name(fate.state, lang)}. {fate.text}".strip(),
                }
                for fate in (item.followed.fates if item.followed else ())
            ],
        }
    )


def _stamp(instant: dt.datetime | None) -> str | None:
    return f"{instant.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}" if instant else None


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
