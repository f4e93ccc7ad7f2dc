"""An item -> the label that goes before its words: how sure the author is, or what became of a rumor."""

from __future__ import annotations

from sitrep.base.claim import ClaimState, Fate
from sitrep.base.nouns import Certainty, Item
from sitrep.base.patterns import lazy_pattern
from sitrep.base.remember import remembering
from sitrep.text.hedges import unhedged
from sitrep.text.interface_words import Wording, wording
from sitrep.text.markdown import to_text

_DIRECTIONS = lazy_pattern("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
Words = str | Wording
"""A language, or its words as a site wants them."""


@remembering
def one_line(text: str) -> str:
    """The text without markup, line breaks and characters that turn the direction of what follows."""
    plain = to_text(text)
    if not plain.isascii():
        plain = _DIRECTIONS.sub("", plain)
    return " ".join(plain.split())


def label(item: Item, lang: Words, *, named: bool = True) -> str:
    """How sure the author is, in words: empty, ``Reported``, ``Statement: SNA``, ``Rumor, not confirmed``. A
    rumor that somebody states is ``Rumor, not confirmed (SNA)``. ``named``: who says so is named."""
    if item.certainty is Certainty.SAID:
        return ""
    words, by = wording(lang), one_line(item.by) if named and item.by else ""
    match item.certainty:
        case Certainty.REPORTED:
            return words.reported
        case Certainty.STATEMENT:
            return words.statement.format(by) if by else words.statement_plain
        case Certainty.RUMOR:
            return f"{words.rumor} ({by})" if by else words.rumor
        case _:
            return ""


def certainty_name(item: Item) -> str:
    """How sure an item is, for a writer: said, reported, statement, rumor, or opinion."""
    return "opinion" if item.opinion else item.certainty.value


def hedge_of_report(item: Item, lang: Words) -> str:
    """What became of a rumor, else how sure the author is, in words; empty where it is plainly said."""
    if item.certainty is Certainty.SAID and not item.followed:
        return ""  # as most items
    fate = settled(item)
    return state_name(fate.state, lang) if fate else label(item, lang)


def hedge(item: Item, lang: Words) -> str:
    """What goes before an item's words wherever they are shown away from their section. ``Our view`` for the
    authors' own, and what ``hedge_of_report`` says; empty where neither is needed."""
    return with_opinion(item, hedge_of_report(item, lang), lang)


def hedge_of_lead(item: Item, lang: Words) -> str:
    """What goes before an item's lead sentence: its hedge, or how it settles a rumor (``Refuted``). The lead
    of such an item leaves out the words that say so."""
    made = outcome(item)
    return with_opinion(item, state_name(made, lang), lang) if made else hedge(item, lang)


def stop_of_lead(item: Item) -> str:
    """What stands between that and the lead: a colon, but a full stop behind an outcome, for what refutes a
    rumor would be read as what is refuted."""
    return "." if outcome(item) else ":"


def settles(item: Item) -> ClaimState | None:
    """How an item settles a rumor that was told by another one."""
    made = item.followed.state if item.followed and item.followed.title else None
    return made if made and made.closes else None


def rumor_settled(item: Item) -> str:
    """The rumor that an item settles, in its first words; empty if it settles none."""
    return item.followed.title if item.followed and settles(item) else ""


def outcome(item: Item) -> ClaimState | None:
    """How an item settles a rumor, where its lead leaves that out."""
    made = item.followed.state if item.followed and item.gist else None
    return made if made and made.closes else None


def with_opinion(item: Item, said: str, lang: Words) -> str:
    """What is said before an item's words, and that they are the authors' own view where they are."""
    return ", ".join(filter(None, (wording(lang).opinion, said))) if item.opinion else said


def hedged(item: Item, text: str, lang: Words) -> str:
    """Words of an item, opening with its hedge: ``Reported: ...``; who begins them is not named twice."""
    return opened(item, text, hedge(item, lang), lang, ":")


def opened(item: Item, text: str, said: str, lang: Words, stop: str) -> str:
    speaker = one_line(item.by or "")
    if speaker and text.startswith((f"{speaker} ", f"{speaker}:", f"{speaker},")):
        said = said.replace(label(item, lang), label(item, lang, named=False))
    return f"{said}{stop} {text}" if said and not says(text, said) else text


def says(text: str, said: str) -> bool:
    """True if a text opens with the very word of its label: ``Reportedly``."""
    return text.casefold().startswith(said.casefold())


def once_hedged(item: Item, text: str, lang: Words) -> str:
    """The words of a hedged item without the hedge that opens them: what its label says, it says once."""
    if item.certainty in (Certainty.REPORTED, Certainty.RUMOR):
        return unhedged(text, wording(lang).hedges)
    return text


def settled(item: Item) -> Fate | None:
    """What a rumor came to, if it is settled by now; nothing of an item that denies one."""
    denies = item.followed and item.followed.state in (ClaimState.REFUTED, ClaimState.NOT_BORNE_OUT)
    fates = item.followed.fates if item.followed and not denies else ()
    return fates[-1] if fates and fates[-1].state.closes else None


def state_name(state: ClaimState, lang: Words) -> str:
    """``Confirmed``, ``Not borne out``."""
    name: str = getattr(wording(lang), f"state_{state.name.lower()}")
    return name
