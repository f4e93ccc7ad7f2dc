"""The lines of a text that name who sent them as any speaker is named: ``Lina: words``, ``Lina Haddad:``
above words, ``Photo from Lina``.

Writers attribute on purpose in the same way, so no line is changed before the writer has said which it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import COLONS, STOPS
from sitrep.reading.dates.message_stamps import names_sender
from sitrep.reading.markup.office_marks import as_gone
from sitrep.reading.senders.people import Known, bare_name, is_one_name, is_person
from sitrep.reading.words import words_of
from sitrep.text.spelling import fold

_SAID = words_of("senders")
_MARK = r"\s{0,40}(?:>(?!>)\s{0,4})?(?:#{1,6}\s+|[-–—*+•▪◦·]\s+|\d{1,3}[.)]\s+)?"
_LEAD = (
    rf"(?P<lead>{_MARK}(?:\[?\d{{1,2}}[:.]\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?\]?,?\s{{0,3}}[-–—]?\s{{0,3}})?)"
    r"[*_~@]{0,3}"
)
_NAME = rf"(?P<name>(?=\S)[^{COLONS}\n\[\],;{STOPS}]{{2,50}}?)"
_SOMEBODY = lazy_pattern(
    rf"{_LEAD}(?:(?:[^\W\d_]{{1,12}}\s){{0,2}}?(?i:{_SAID['whence']})\s)?"
    rf"(?P<name>(?=\S)[^{COLONS}>\n\[\]]{{1,60}})(?:\[[^\[\]\n]{{1,30}}\]|\(\d\d?:\d\d\))?[*_]{{0,3}}\s?"
    rf"(?:[{COLONS}][*_]{{0,3}}(?:\s+(?P<said>\S.*)|\s*$|(?<=：)(?P<glued>\S.*))|>>\s+(?P<shown>\S.*))"
)
"""``Lina: words``, ``09:41 from @lina:``, ``Lina says: words``, ``Lina >> words``"""
_SAYS = lazy_pattern(rf"\s(?:{_SAID['says']})[*_]{{0,3}}\s?$")
_WHENCE = lazy_pattern(
    rf"{_LEAD}(?i:{_SAID['from']})\s{_NAME}(?:\s\([^()\n]{{1,20}}\)|(?:,|\s(?:and|&))\s.{{0,100}})?[.:]?[*_]{{0,3}}\s*$"
)
"""``Photo from Lina``"""
_MEETING = lazy_pattern(
    rf"{_MARK}[*_]{{0,3}}(?i:{_SAID['meeting']})[*_]{{0,3}}\s?[{COLONS}][*_]{{0,3}}\s{{0,3}}(?P<names>\S.{{0,300}})"
)
"""``Present: Lina, Omar``: who meets is nobody's business, who was killed or freed may be news."""
_NAMES_PART = lazy_pattern(r"[,;،/&]|\s(?:and|und|et|y|e|i|і|и|و|ve|û|dan|na)\s")
_OTHERS = (
    lazy_pattern(
        r"(?P<lead>\s{0,9}\d{1,2}:\d\d\s)"
        r"(?P<name>[^\W\d_][^\s:]{1,20}(?:\s[^\W\d_][^\s:.,]{1,20})?)\s(?P<said>(?=[^\W\d_])[^a-z].*)"
    ),
    lazy_pattern(rf"{_LEAD}{_NAME}(?:\s[-–—|]|…)\s+(?P<said>\S.*)"),
    lazy_pattern(rf"{_LEAD}[\[<(]{_NAME}[\]>)]\s+(?P<said>\S.*)"),
    lazy_pattern(
        rf"(?P<lead>.*[{STOPS}][\"”»]?)\s{{1,3}}(?:\(|[-–—~/]\s?|(?i:via)\s)(?:(?i:via|{_SAID['whence']})\s)?{_NAME}\)?\s*$"
    ),
)
"""``09:41 Lina Haddad The road is open`` (news would go on in small letters), ``Lina - words``,
``words. (Lina)``"""
_ALONE = lazy_pattern(rf"{_LEAD}{_NAME}(?:,\s[^\n,.:]{{2,30}})?[*_]{{0,3}}\s*$")
_NUMBER = lazy_pattern(rf"{_LEAD}\+\d[\d ()/-]{{8,18}}\s?[{COLONS}]\s+(?P<said>\S.*)")
"""``+963 944 111 222: words``"""
_STAMP = lazy_pattern(
    r"\s{0,9}(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4},?\s)?\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?\s*"
)
_SIGN, _PARTED = lazy_pattern(rf"[{COLONS}]|>>"), lazy_pattern(r"\s[-–—|]\s|…|[\[<(]")
_LONGEST = 150
"""No mark, clock and name are longer."""
_OF_TURKISH = frozenset("ığşİĞŞ")
_QUOTES = "\"'“”„‟‘’«»‹›「『《〈["
_FEWEST, _MOST_LABEL_WORDS = 2, 3
_FEWEST_LABELLED = 3
_STAMPED = 3


class Named(NamedTuple):
    """A line that names somebody."""

    name: str
    kept: str | None
    """The line without the name; None where nothing else stands in it."""
    tells: int
    """How surely it tells of a sender: 0 a name beside words, 1 a name and a colon, 2 a word for sending, 3 a
    clock alone below it."""
    said: str = ""
    sure: bool = False
    """It is a number, which is nobody's name and a person's all the same."""


def doubtful_name(lines: Sequence[str], wanted: Collection[int], known: Known) -> int | None:
    """The first of the ``wanted`` lines with a name of which only the writer knows whether it may come out.

    One given name alone is enough, as friends are called. A name of more words is one of a sender if there
    are two or if it makes half of the text; and so are names of no list, by which most lines of a text open
    and to which it comes back.
    """
    at = sorted(wanted)
    named = [(n, found) for n in at if (found := _named(lines, n))]
    people = [(n, f) for n, f in named if f.said[:1] not in _QUOTES or not f.said]
    people = [(n, found) for n, found in people if found.sure or is_person(found.name, known)]
    many = len(people) >= _FEWEST or 2 * len(people) >= len(at)
    sure = [n for n, found in people if many or found.sure or found.tells + _is_friend(found.name) > 1]
    stamped = [n for n, found in named if found.tells == _STAMPED and _is_label(found, known)]
    if sure or len(stamped) >= _FEWEST:
        return min(sure + stamped)
    return named[0][0] if _is_chat([found for _, found in named if found.tells], len(at), known) else None


def without_names(
    lines: Sequence[str], wanted: Iterable[int], known: Known, *, labels: bool = True
) -> tuple[list[str], list[int]]:
    """The lines, the ``wanted`` ones without names before their words, and the numbers of those that were
    changed. What the site knows stays: places, bodies, headings. With ``labels``, as for a text that its
    writer calls a chat, names of no list go as well."""
    kept, changed = list(lines), []
    for at in wanted:
        found = _named(lines, at)
        if found and (found.sure or is_person(found.name, known) or (labels and _is_label(found, known))):
            kept[at] = as_gone(lines[at], typed=True) if found.kept is None else found.kept
            changed.append(at + 1)
    return kept, changed


def _named(lines: Sequence[str], at: int) -> Named | None:
    """What may be a name in a line."""
    line = lines[at]
    short = len(line) < _LONGEST
    if found := _WHENCE.match(line) if short else None:
        return Named(bare_name(found["name"]), None, 2)
    if found := _MEETING.match(_last_sentence(line)) if short and _SIGN.search(line) else None:
        names = [bare_name(name) for name in _NAMES_PART.split(found["names"])]
        return Named(next((name for name in names if is_person(name, frozenset)), ""), None, 2)
    if found := _NUMBER.match(line) if "+" in line[:20] else None:
        return Named("", found["lead"] + _begun(found["said"]), 1, found["said"], sure=True)
    if found := _SOMEBODY.match(line) if _SIGN.search(line, 0, _LONGEST) else None:
        said = found["said"] or found["glued"] or found["shown"] or ""
        return Named(
            bare_name(_SAYS.sub("", found["name"])), (said and found["lead"] + _begun(said)) or None, 1, said
        )
    if found := _ALONE.match(line) if short else None:
        alone = not line.lstrip().startswith(("#", ">")) and _is_above_words(lines, at)
        if at + 1 < len(lines) and _STAMP.fullmatch(lines[at + 1]):
            return Named(bare_name(found["name"]), None, _STAMPED)
        if alone or _is_heading(lines, at) or _is_last(lines, at):
            return Named(bare_name(found["name"]), None, int(alone or _is_last(lines, at)))
    parted = line[:1].isdecimal() or _PARTED.search(line, 0, _LONGEST) or line.endswith(")")
    for found in filter(None, (pattern.match(line) for pattern in _OTHERS)) if parted or short else ():
        said = found.groupdict().get("said", "")
        return Named(bare_name(found["name"]), found["lead"] + _begun(said), 0, said)
    return None


def _last_sentence(line: str) -> str:
    """What stands from the beginning of the sentence that has the first colon."""
    return line[max(0, line.rfind(". ", 0, max(0, line.find(": "))) + 1) :]


def _begun(said: str) -> str:
    """Words that begin a line, once the name before them has gone, with a capital; what is spelled by itself,
    as addresses and ``iPhone`` are, stays."""
    first = said.partition(" ")[0]
    if not first.isalpha() or not first.islower():
        return said
    turkish = first[0] == "i" and not _OF_TURKISH.isdisjoint(said)
    return ("İ" if turkish else said[0].upper()) + said[1:]


def _is_friend(name: str) -> bool:
    """True for one name with a capital: what is small may be a word in the middle of a sentence."""
    return is_one_name(name) and not name[0].islower()


def _is_above_words(lines: Sequence[str], at: int) -> bool:
    """True for a line without a mark right above a line of words that is no further name of a list."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return (
        len(below.split()) > 1
        and not is_person(bare_name(below), frozenset)
        and not re.match(rf"{_MARK}(?<=\s)", lines[at])
    )


def _is_heading(lines: Sequence[str], at: int) -> bool:
    return lines[at].lstrip().startswith("#")


def _is_last(lines: Sequence[str], at: int) -> bool:
    return not any(lines[n].strip() for n in range(at + 1, len(lines)))


def _is_label(found: Named, known: Known) -> bool:
    """True for words before others that may be a name of no list: no day, and nothing that the site knows."""
    words = found.name.split()
    return (
        (found.tells == _STAMPED or (found.tells == 1 and found.kept is not None))
        and 0 < len(words) <= _MOST_LABEL_WORDS
        and len(found.name) > 1
        and not any(word[0].islower() for word in words)
        and names_sender(found.name)
        and fold(found.name) not in known()
    )


def _is_chat(found: Sequence[Named], lines: int, known: Known) -> bool:
    """True if most lines open with one of a few labels that come back one after the other."""
    if len(found) < _FEWEST_LABELLED or 3 * len(found) < 2 * lines:
        return False
    spoken = [f for f in found if len(f.said.split()) > 1 and f.said[0] not in _QUOTES]
    names = [f.name for f in spoken if _is_label(f, known)]
    turns = Counter(name for name, above in zip(names, [None, *names], strict=False) if name != above)
    return 3 * len(names) >= 2 * lines and len(turns) >= _FEWEST and max(turns.values()) > 1
