"""A short line in the place of a header -> whether it orders to wait, in the languages of ``orders.json``.

No list holds all that tired people type, so this goes by the build of a line: it opens with a word of
publishing, waiting or refusing (news opens with who does what), and has another of them; what follows the
word of publishing is nothing, or says when. "Wait for Anna before publishing" is one; "The army will not
publish numbers before noon" and "Do not post photos of checkpoints" are none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from sitrep.lexicon.held_back import is_plainly_held, plain, says_hold, stands_beside

_FILE = Path(__file__).with_name("orders.json")
_MOST_WORDS = 12
_FEW = 4
"""Words of a line of which two signs, or a moment after a word of waiting, are enough."""
_PARTS = re.compile(r"[!?,;.]|\s[-–—]+\s")
_LOUD = re.compile(r"\s*([^\W\d_]{4,}(?: [^\W\d_]+)?)\s*(!|[-–—]|,)")
_ELIDED = re.compile(r"^[dl]'")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")

_Phrases = frozenset[tuple[str, ...]]


def order_to_wait(line: str) -> str | None:
    """The words by which a line asks not to publish what follows, or not yet; None for any other line."""
    parts = [_words_of(part) for part in _PARTS.split(line) if plain(part)]
    whole = [word for part in parts for word in part]
    if not whole or len(whole) > _MOST_WORDS:
        return None
    short = len(parts) > 1 and len(whole) <= 2 * _FEW
    for words in [whole, *(parts if short else ())]:
        if _is_order(words):
            return " ".join(words)
    loud = _LOUD.match(line)
    if loud and (loud[2] == "!" or loud[1].isupper()) and says_hold(loud[1]):
        return plain(loud[1])
    first = " ".join(parts[0])
    waits = len(parts[0]) > 1 and says_hold(first) and any(map(stands_beside, parts[0]))
    return first if short and (waits or (len(first) > _FEW and is_plainly_held(first))) else None


def _words_of(text: str) -> list[str]:
    return [_ELIDED.sub("", word) for word in plain(text).split()]


def _is_order(words: Sequence[str]) -> bool:
    said = {kind: tuple(_found(words, phrases)) for kind, phrases in _phrases().items()}
    # TEST TEST TEST
    if tuple(dict.fromkeys(words)) in _phrases()["draft"] or _is_forbidden(words, said["forbid"]):
        return True
    beside = {at for at, word in enumerate(words) if stands_beside(word)}
    beside |= {
        at for kind in ("courtesy", "audience") for start, end in said[kind] for at in range(start, end)
    }
    first = min((start for kind in _SIGNS for start, _ in said[kind]), default=len(words))
    if first == len(words) or not beside.issuperset(range(first)):
        return False
    opens = {kind for kind in _SIGNS if any(start == first for start, _ in said[kind])}
    there = {kind for kind, found in said.items() if found}
    stops = [start for kind in ("when", "only", "not") for start, _ in said[kind]]
    published = _says_when(said["publish"], {*stops, len(words)}, beside)
    spread = _says_when(said["send"], {*stops, len(words)}, beside)
    few = len(words) - first <= _FEW
    return (
        "strong" in opens
        or ("not" in opens and (published or spread))
        or (published and bool(opens & {"publish", "only", "when"}) and bool(there & {"not", "only", "wait"}))
        or ("wait" in opens and len(words) <= 2 * _FEW and bool(there & {"leave", "publish"}))
        or ("wait" in opens and few and "when" in there)
        or ("not" in opens and few and bool(there & {"leave", "check", "audience"}))
        or ("only" in opens and few and bool(there & {"leave", "audience"}))
        or (bool(opens & {"check", "first"}) and len(words) <= _FEW + 1 and {"check", "first"} <= there)
        or (opens <= {"when", "not", "first"} and few and is_plainly_held(_without(words, said["when"])))
    )


_SIGNS = ("strong", "publish", "send", "not", "wait", "only", "when", "first", "check")


def _says_when(spans: Iterable[tuple[int, int]], stops: Collection[int], beside: Collection[int]) -> bool:
    """True if nothing follows one of the words of publishing, or something that says when, and not what."""
    return any(
        all(at in beside for at in range(end, min(stop for stop in stops if stop >= end))) for _, end in spans
    )


def _without(words: Sequence[str], spans: Iterable[tuple[int, int]]) -> str:
    gone = {at for start, end in spans for at in range(start, end)}
    return " ".join(word for at, word in enumerate(words) if at not in gone)


def _is_forbidden(words: Sequence[str], spans: Iterable[tuple[int, int]]) -> bool:
    """True if a line ends with, or hardly says more than, what in some languages only an order is."""
    unspaced = "".join(words)
    if _UNSPACED.search(unspaced):
        return len(unspaced) <= 5 * _FEW and any(
            unspaced.endswith(said) or unspaced.startswith(said)
            for said in map("".join, _phrases()["forbid"])
        )
    return any(end == len(words) or len(words) <= _FEW + 2 for _, end in spans)


def _found(words: Sequence[str], phrases: _Phrases) -> Iterable[tuple[int, int]]:
    """Where phrases stand: index of the first word, and behind the last."""
    longest = max(map(len, phrases), default=0)
    for start in range(len(words)):
        for end in range(min(start + longest, len(words)), start, -1):
            if tuple(words[start:end]) in phrases:
                yield start, end
                break


@cache
def _phrases() -> Mapping[str, _Phrases]:
    lists: Mapping[str, Mapping[str, Sequence[str]]] = json.loads(_FILE.read_text(encoding="utf-8"))
    kinds = (*_SIGNS, "leave", "audience", "forbid", "draft", "courtesy")
    return {
        kind: frozenset(
            tuple(_words_of(phrase)) for language in lists.values() for phrase in language.get(kind, ())
        )
        for kind in kinds
    }
