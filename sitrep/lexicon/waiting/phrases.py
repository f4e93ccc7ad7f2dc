"""A short line or the name of a file -> the phrase of the lists by which it asks to wait."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import PAUSES, STOPS
from sitrep.lexicon.waiting.lists import HOLDING, core_of, near, of_kind, stands_beside, words
from sitrep.lexicon.waiting.plain import plain, tells_when

_PARTS = lazy_pattern(rf"[\[\](){{}}|/:·•{STOPS}{PAUSES}]|\s[-–—]+\s|\n")
_MOST_WORDS = 8
"""Of a line of which only a part says that it is held back."""
_VERSION = lazy_pattern(r"v?\d+[a-z]?")


def says_hold(text: str) -> str | None:
    """The phrase by which a whole short line (``DRAFT``, ``Do not publish!``) or its opening (``Embargoed
    until Friday``) asks to hold the text back; None for any other line."""
    said = plain(text)
    if not said or said in of_kind("apart"):
        return None
    if all(len(part) == 1 for part in said.split()):
        said = said.replace(" ", "")
    slip = near(said, "kinds")
    if _holds(said) or (slip and words().kinds[slip] in ("draft", "hold")):
        return said
    return _opens_hold(said) or _holds_in_part(text, said)


def is_plainly_held(text: str) -> bool:
    """True if every part of a text holds back, and one of them by a word for a draft, a word that says who
    may read it, or a phrase of several words: ``Draft, private``."""
    parts = [said for part in _PARTS.split(text) if (said := plain(part))]
    return bool(parts) and all(map(_holds, parts)) and any(map(_is_plain, parts))


def is_held_name(name: str) -> bool:
    """True for a name of a file or folder that says that it is held back, and else only when or which one:
    ``2024-12-06 EMBARGO``, ``drafts (old)``, ``do_not_publish``; not for ``Draft law passes``."""
    lists, said = words(), plain(name.replace("_", " "))
    if any(f" {phrase} " in f" {said} " for phrase in lists.flat if lists.kinds[phrase] == "hold"):
        return True
    parts = said.split()
    if not any(lists.kinds.get(part) in HOLDING for part in parts):
        return False
    aside = of_kind("fill") | of_kind("open") | {"old", "new"}
    left = [p for p in parts if p not in aside and not _VERSION.fullmatch(p) and not tells_when(p)]
    # A text may be called "later" or "deleted"; none is called "private" or "embargoed".
    named = of_kind("names").union(lists.flat, lists.cores)
    return _all_hold(left) and any(p in named or core_of(p) for p in left)


def sets_draft_apart(name: str) -> bool:
    """True if a word for a draft stands in a name as no word of a heading does: last (``peace talks DRAFT``),
    with a number behind it (``draft 2 Hiba``), or alone in capitals (``WIP south``)."""
    parts = [(part, plain(part)) for part in re.split(r"[\W_]+", name) if part]
    kinds = words().kinds
    last = [said for _, said in parts if not said.isdecimal()]
    if any(kinds.get(" ".join(last[-size:])) == "draft" for size in (1, 2, 3) if size < len(last)):
        return True
    cried = not name.isupper()
    return any(
        kinds.get(said) == "draft" and ((cried and part.isupper()) or _VERSION.fullmatch(behind))
        for (part, said), (_, behind) in pairwise([*parts, ("", "")])
    )


def _holds(said: str) -> bool:
    """True for a phrase that holds back, several such words, and either with what stands beside them."""
    lists = words()
    parts = _without_fill(said)
    known = (lists.joined.get(said, said), " ".join(parts))
    return any(lists.kinds.get(one) in HOLDING for one in known) or _all_hold(parts)


def _all_hold(parts: list[str]) -> bool:
    """True for several words each of which holds back: ``embargo draft``, ``private, pending``."""
    return bool(parts) and all(words().kinds.get(part) in HOLDING for part in parts)


def _is_plain(said: str) -> bool:
    lists = words()
    known = (lists.joined.get(said, said), " ".join(_without_fill(said)))
    return any(
        kind == "draft" or one in of_kind("names") or (kind == "hold" and " " in one)
        for one in known
        if (kind := lists.kinds.get(one))
    )


def _without_fill(said: str) -> list[str]:
    fill = of_kind("fill")
    return [part for part in said.split() if part not in fill and not _VERSION.fullmatch(part)]


def _opens_hold(said: str) -> str | None:
    """The phrase with which a text begins to say until when it is held back: ``Embargoed until``; or the
    word of holding back beside which nothing stands but a moment: ``Strict embargo, Monday 8am``."""
    lists, parts = words(), said.split()
    begins = [" ".join(parts[:size]) for size in range(1, min(len(parts), _MOST_WORDS))]
    if found := next((begin for begin in begins if begin in lists.openings), None):
        return found
    mild = next((begin for begin in reversed(begins) if begin in lists.mild), "")
    parts = parts[len(mild.split()) :]
    if not mild and not any(map(holds_until, parts)):
        return None
    left = [part for part in parts if not stands_beside(part)]
    return (mild or left[0]) if len(left) < len(parts) and all(map(holds_until, left)) else None


def holds_until(part: str) -> bool:
    """True for a word, or a slip of one, after which a moment says how long: embargo, hold."""
    lists = words()
    return (lists.kinds.get(part) or lists.cores.get(near(part, "cores") or "")) in ("embargo", "hold")


def _holds_in_part(text: str, said: str) -> str | None:
    """What a part or the end of a short line says flatly: ``Draft, for Anna``, ``Homs do not publish``."""
    lists, inside = words(), said.split()
    if len(inside) > _MOST_WORDS:
        return None
    parts = (plain(part) for part in _PARTS.split(text))
    found = next((p for p in parts if p in lists.flat or " ".join(_without_fill(p)) in lists.flat), None)
    spans = (" ".join(inside[start:end]) for start, end in combinations(range(len(inside) + 1), 2))
    flat = (span for span in spans if span in lists.flat and lists.kinds[span] == "hold")
    return found or next((f for f in flat if said.endswith(f" {f}") or _is_fill(said, f)), None)


def _is_fill(said: str, phrase: str) -> bool:
    """True if nothing that matters stands around a phrase: ``please do not publish this``."""
    before, _, after = f" {said} ".partition(f" {phrase} ")
    return all(map(stands_beside, f"{before} {after}".split()))
