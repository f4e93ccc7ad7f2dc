"""Items and sections -> safe HTML pieces that a template lays out.

This is the hot path of a cold build (130,000 items in 10,000 updates), so an item's pieces are joined
here and not by a template's loop over its fields.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from sitrep.base.claim import Fate
from sitrep.base.languages.direction import attributes
from sitrep.base.nouns import Certainty, Item, Picture, Section, Update
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct
from sitrep.pages.templates import Markup, escape
from sitrep.pages.views import LINES, FrontView, Sight, front_or_unknown, spoken_in
from sitrep.site import addresses as at
from sitrep.text.clauses import Clauses
from sitrep.text.markdown import escaped, to_html
from sitrep.text.summaries import (
    first_sentence,
    hedge,
    hedge_of_lead,
    hedge_of_report,
    language_of_item,
    lead_or_words,
    one_line,
    picture_words,
    references_by_number,
    short_date,
    shortened,
    state_name,
    stop_of_lead,
    translation_note,
)

_KIND = {
    Certainty.SAID: "it",
    Certainty.REPORTED: "it rep",
    Certainty.STATEMENT: "it cla",
    Certainty.RUMOR: "it rum",
}
_FROM_RIGHT = lazy_pattern("[\u05d0-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters written from right to left."""
_SHORTEST_LEAD, _LONGEST_LEAD = 12, 120
_SENTENCE, _SHORTEST_CLAUSE = 120, 60


class SectionView(Struct, frozen=True, kw_only=True):
    """A heading with its items, in the author's order."""

    anchor: str
    heading: str
    spoken: Markup
    """Attributes of its language, where that is not the page's."""
    hue: str
    icon: Markup
    link: str
    caption: str
    opinion: bool
    rumors: bool
    items: Markup


def item_html(item: Item, code: str, view: Sight, page: str = "", front: FrontView | None = None) -> str:
    """One item in full, as safe HTML; ``page`` is the link to its own page if it is shown elsewhere.

    Its classes tell certainty, nesting and colour; its foot has the reference with the permalink, the
    places and what was corrected. ``front`` is given where the surroundings do not tell it; there, and
    away from its own page, an opinion is labelled as well.
    """
    anchor = f"i{item.number}"
    kind = _KIND[item.certainty]
    if item.opinion:
        kind += " op"
    if item.depth:
        kind += " sub"
    foot = f'<footer><a class="pm" href="{page or view.first}#{anchor}">{code}</a>'
    if front:
        kind += f" {front.hue}"
        foot += f' <span class="fr">{front.icon} {escape(front.short)}</span>'
    if item.places:
        foot += f" <span>{_places(item, view, page)}</span>"
    if item.revisions:
        foot += _note(item, view, page)
    if item.followed and item.followed.has_page:
        history = view.to(at.beside(view.config, at.claim_page(item.followed.key)))
        foot += f' <a href="{history}">{escape(view.words.claim_here)}</a>'
    own = "" if page else f' id="{anchor}"'
    body = _body(item, view, opinion=bool(front or page))
    if item.followed and item.followed.title and not item.outcome:
        body += f'<p class="meta"><bdi>{escape(item.followed.title)}</bdi></p>'
    if item.pictures:
        body += "".join(_picture(picture, view) for picture in item.pictures if picture.place)
    return f'<article class="{kind}"{own}>{body}{foot}</footer></article>'


def _places(item: Item, view: Sight, page: str) -> str:
    """The places it names, each with the way to what else is said of it; on its own page without."""
    named = ((name, escape(view.called.get(name, name))) for name in item.places)
    return ", ".join(
        f'<a href="{view.to(view.places[name])}">{shown}</a>' if page and name in view.places else shown
        for name, shown in named
    )


def sentence_html(item: Item, view: Sight, page: str) -> str:
    """An item as one linked sentence, for pages that give an overview."""
    text = _overview(lead_or_words(item))
    mark = label_html(hedge_of_lead(item, view.words), stop=stop_of_lead(item))
    kind = _KIND[item.certainty] + (" op" if item.opinion else "")
    spoken = attributes(language_of_item(item, view.config), view.lang) or ' dir="auto"'
    link = f'<a href="{view.item(page, item.number)}"{spoken}>{escape(text)}</a>'
    return f'<article class="{kind}"><p>{mark}{link}</p></article>'


def _overview(sentence: str) -> str:
    """A sentence to the end of a clause, or as far as there is room; what is left out is seen."""
    if len(sentence) <= _SENTENCE:
        return sentence
    whole = Clauses(sentence).within(_SENTENCE, _SHORTEST_CLAUSE)
    return f"{whole}…" if whole else shortened(sentence, _SENTENCE)


def _body(item: Item, view: Sight, opinion: bool) -> str:
    text = item.words
    html = to_html(text, item.number)
    if not item.opinion and item.certainty is not Certainty.RUMOR:
        html = _with_bold_lead(html, text)
    spoken = attributes(language_of_item(item, view.config), view.lang)
    if item.certainty is not Certainty.SAID or item.followed or (opinion and item.opinion):
        said = hedge(item, view.words) if opinion else hedge_of_report(item, view.words)
        mark = label_html(said, view.lang if spoken else "")
        html = f"<p>{mark}{html[3:]}" if html.startswith("<p>") else f"<p>{mark}</p>{html}"
    if spoken:
        html = f"<div{spoken}>{html}</div>"
    if item.followed:
        html = "".join(_fate(fate, view) for fate in item.followed.fates) + html
    if note := translation_note(item, view.words, view.config):
        html = f'<p class="meta">{escape(note)}</p>{html}'
    if not spoken and (way := _against(text, view.rtl)):
        html = f'<div dir="{way}">{html}</div>'
    return html


def _against(text: str, rtl: bool) -> str:
    """Which way most letters of a text run where that is not the way of its page. Its first letter, by which
    browsers go, may be that of a foreign name: ``UNHCR: أعيد``."""
    turned = 0 if text.isascii() else len(_FROM_RIGHT.findall(text))
    letters = sum(map(str.isalpha, text))
    way = "rtl" if 2 * turned > letters else "ltr"
    return way if letters and (way == "rtl") != rtl else ""


def _picture(picture: Picture, view: Sight) -> str:
    """A link that says what it shows and what it weighs; the picture itself only where config wants that."""
    link, (name, size) = view.to(picture.place), picture_words(picture, view.words)
    if not view.config.limits.inline_pictures:
        return f'<p class="pic"><a href="{link}"><bdi>{escape(name)}</bdi></a>, {escape(size)}</p>'
    shows = one_line(picture.alt)
    caption = f'<figcaption dir="auto">{escape(shows)}</figcaption>' if shows else ""
    return (
        f'<figure class="pic"><img src="{link}" width="{picture.width}" height="{picture.height}"'
        f' alt="{escape(view.words.picture)}" loading="lazy" decoding="async">{caption}</figure>'
    )


def _fate(fate: Fate, view: Sight) -> str:
    """What a later item made of a rumor, with the way there."""
    day = short_date(fate.there.date, view.day, view.lang)
    link = view.to(at.beside(view.config, at.item_link(fate.there.update, fate.there.item)))
    state = escape(state_name(fate.state, view.words))
    said = f".</b> <bdi>{escape(fate.text)}</bdi>" if fate.text else "</b>"
    return f'<p class="fate"><b>{state}, <a href="{link}">{day}</a>{said}</p>'


@lru_cache(maxsize=256)
def label_html(said: str, lang: str = "", stop: str = ":") -> str:
    """A hedge as the label before what it hedges; nothing for nothing.

    ``lang``: the label's language, where what it hedges is in another.
    """
    own = f' lang="{lang}"' if lang else ""
    # What stands behind it is hidden from the eye but copied, spoken and shown without CSS.
    return f'<bdi class="k"{own}>{escape(said)}<i>{stop}</i></bdi> ' if said else ""


def _with_bold_lead(html: str, text: str) -> str:
    """Bold the first of several sentences if it is of a headline's length and holds no markup."""
    first = first_sentence(text)
    length = len(first)
    if length == len(text) or not _SHORTEST_LEAD <= length <= _LONGEST_LEAD:
        return html
    if not html.startswith(first, 3):
        first = escaped(first)
    end = 3 + len(first)
    if not html.startswith(first, 3) or not html.startswith("<p>") or not html[end].isspace():
        return html
    return f"<p><b>{first}</b>{html[end:]}"


def _note(item: Item, view: Sight, page: str) -> str:
    corrected = [fix.at for fix in item.corrections]
    if not corrected:
        return ""
    return f' <a href="{page}#fix">{escape(view.words.corrected.format(view.date_of(corrected[-1])))}</a>'


# -- sections ---------------------------------------------------------------------------------------


def sections(update: Update, view: Sight, shown: Sequence[Item], page: str = "") -> tuple[SectionView, ...]:
    """The update's sections in the author's order under the author's headings, with those items ``shown``.

    ``page`` is the link to the update's own page, if they are shown elsewhere.
    """
    codes, numbers = references_by_number(update, view.config), {item.number for item in shown}
    return tuple(
        _section(section, f"s{place}", codes, numbers, view, page)
        for place, section in enumerate(update.sections, 1)
        if any(item.number in numbers for item in section.items)
    )


def _section(
    section: Section,
    anchor: str,
    codes: Mapping[int, str],
    numbers: Collection[int],
    view: Sight,
    page: str,
) -> SectionView:
    ids = {item.front for item in section.items}
    opinion = all(item.opinion for item in section.items)
    only = front_or_unknown(view.fronts, next(iter(ids))) if len(ids) == 1 and section.heading else None
    look, icon, link = "plain", LINES, ""
    if only and not opinion:
        look, icon, link = only.hue, only.icon, view.to(only.place) if only.place else ""
    told = opinion or only
    shown = (
        item_html(
            item, codes[item.number], view, page, None if told else front_or_unknown(view.fronts, item.front)
        )
        for item in section.items
        if item.number in numbers
    )
    return SectionView(
        anchor=anchor,
        heading=one_line(section.heading or ""),
        spoken=spoken_in(section.heading or "", view.lang),
        hue=look,
        icon=icon,
        link=link,
        caption=_caption(section, only, opinion, view),
        opinion=opinion,
        rumors=only is not None and only.kind == "rumors" and not opinion,
        items=Markup("\n".join(shown)),
    )


def _caption(section: Section, only: FrontView | None, opinion: bool, view: Sight) -> str:
    if opinion:
        return view.words.opinion_caption
    count = view.words.count("items", len(section.items))
    if only and only.kind == "rumors":
        return f"{count}, {view.words.not_confirmed}"
    if only and not _names(section.heading or "", only):
        return f"{only.short} · {count}"
    return count


def _names(heading: str, front: FrontView) -> bool:
    """True if a heading says the front's name, give or take an ending."""
    said, name = heading.strip().casefold(), front.name.casefold()
    return said.startswith(name) or name.startswith(said)
