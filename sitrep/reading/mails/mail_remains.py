"""Hides what mail programs leave in a text: heads, signatures, who wrote when. Names, addresses and telephone
numbers in them are nobody's business but their owners'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.phrases import Phrases, fold
from sitrep.reading.mails.mail_notices import WORDLESS, find_notices
from sitrep.reading.mails.mail_signatures import block_from, find_signature
from sitrep.reading.rows import MAIL, LineKind, Row, ends_sentence
from sitrep.reading.words import words_of

_SAID = words_of("mail")
_SENDERS = frozenset(map(fold, _SAID["senders"].split()))
_OTHERS = frozenset(map(fold, _SAID["others"].split()))
_SUBJECTS = frozenset(map(fold, _SAID["subjects"].split()))
_DATES = frozenset(map(fold, _SAID["dates"].split()))
_PERSONAL = _SENDERS | _OTHERS
_KEYS = _PERSONAL | _SUBJECTS | _DATES
_UNKNOWN_SENDER, _UNKNOWN_KEY = "?from", "?"
_ANY_KEY = lazy_pattern(r"[^\W\d_][\w -]{0,30}\s?[:：]\s*\S")
_KEY = lazy_pattern(
    r"[*_>\s]*(?P<key>[^\W\d_][\w-]{0,30})(?:\s(?:el|le|em|il))?\s?(?::[*_]*(?:\s+(?P<value>\S.*)|\s*$)|：\s*(?P<wide>.*))"
)
_REPLY = lazy_pattern(r"(?:(?:re|aw|fwd?|wg|tr|rv|rif|res|enc|ynt|ilt|відп|пер|رد)\s?:\s*)+", re.IGNORECASE)
_WROTE = lazy_pattern(rf".{{0,200}}[\d@].{{0,200}}\b(?:{_SAID['wrote']})\b.{{0,80}}:", re.IGNORECASE)
_WORD_WROTE = lazy_pattern(rf"\b(?:{_SAID['wrote']})\b.*", re.IGNORECASE)
_DEVICE = lazy_pattern(_SAID["device"], re.IGNORECASE)
_PROGRAMS = lazy_pattern(_SAID["programs"], re.IGNORECASE)
_FORWARDED = lazy_pattern(rf"[-–—_>\s]*(?:{_SAID['forwarded']})[-–—_:\s]*", re.IGNORECASE)
_ARMOUR = lazy_pattern(r"[>\s]*-{5}(?P<side>BEGIN|END) PGP (?P<what>[A-Z ,/0-9]{3,40})-{5}\s*")
_SIGNED = "SIGNED MESSAGE"
_ADDRESSED = lazy_pattern(r"<[^<>@\s]{1,64}@[^<>@\s]{1,64}>\s*$")
_ENDS_IN_ADDRESS = lazy_pattern(r"[^<>@\s]{1,64}@[^<>@\s]{1,64}\.\w{2,12}>?\s*$")
_ATTRIBUTION = lazy_pattern(r".{0,300}(?:[\w.+-]{1,64}@[\w-]{1,63}\.|\d\d?[:.hH]\d\d).{0,200}:")
"""Who wrote at what time, in whatever language: what is quoted below it is another mail."""
_PASSED_ON = lazy_pattern(r"\s*(?:fwd?|wg|tr|rv|i|enc|ilt|пер|doorst|pd)\s?:", re.IGNORECASE)
_ORIGINAL = lazy_pattern(r"origin|ursprüng|orijinal", re.IGNORECASE)
_DAY = lazy_pattern(
    r"\d{1,4}[-./]\d{1,2}[-./]\d{2,4}|\b\d{1,2}\.?\s+[^\W\d]{3,}\.?,?\s+\d{4}|[^\W\d]{3,} \d{1,2}, \d{4}"
)
_LOOKED_AT = (LineKind.TEXT, LineKind.BOLD, LineKind.BULLET, LineKind.RULE)
_LONGEST_LINE = 80
_FULL = 3


def hide_mail(rows: list[Row], signoffs: Phrases) -> list[Row]:
    """The rows with those that a mail program left made silent. Of a head at the top, the subject and the
    date stay: they are what the writer typed. ``signoffs``: the greetings above the name of who wrote."""
    for find in (_armour, _quoted, _heads, _single_lines, find_notices):
        _hide(rows, find(rows))
    senders = list(_senders(rows)) or [""] * any(row.marker == MAIL for row in rows)
    _hide(rows, find_signature(rows, _FORWARDED.fullmatch, senders, signoffs))
    return rows


def _senders(rows: Sequence[Row]) -> Iterator[str]:
    """What the heads say, and the lines above quotations: who wrote."""
    for row in rows:
        key = _key_of(row) if row.marker == MAIL else ""
        if key in _SENDERS:
            yield _value(row)
        elif (
            row.marker == MAIL
            and key not in _KEYS
            and _ANY_KEY.match(row.text)
            and _ENDS_IN_ADDRESS.search(row.text)
        ):
            yield row.text.partition(":")[2]
        elif row.marker == MAIL and row.text[-1] == ":" and _WROTE.fullmatch(row.text):
            yield _WORD_WROTE.sub("", row.text).rpartition(",")[2]


def without_receivers(lines: Sequence[str], rows: Sequence[Row]) -> Sequence[str]:
    """The lines of a text, of those of a mail's head that say who got it only whom they name: ``To: Editors``
    asks nobody to wait, ``To: editors only`` still does."""
    told = {r.number: _value(r) for r in rows if r.marker == MAIL and _key_of(r) in _OTHERS - _DATES}
    return [told.get(number, line) for number, line in enumerate(lines, 1)] if told else lines


def _hide(rows: list[Row], positions: Iterable[int]) -> None:
    for position in tuple(positions):
        row = rows[position]
        if row.kind is not LineKind.BLANK:
            rows[position] = row._replace(kind=LineKind.COMMENT, marker=MAIL, text=row.raw.strip())


def _heads(rows: list[Row]) -> Iterator[int]:
    """The rows of every head: two and more keys of mails in a run, one of them a sender or a receiver; with
    that of a mail that was answered, all below it."""
    runs = tuple(_runs(rows))
    yield from _answered(rows, runs)
    for start, end, keys in runs:
        alone = len(keys) == 1 and keys[0] in _KEYS and bool(_ADDRESSED.search(rows[start].text))
        if (len(keys) > 1 or alone) and set(keys) & {*_PERSONAL, _UNKNOWN_SENDER}:
            opening = all(row.kind is LineKind.BLANK or _FORWARDED.fullmatch(row.raw) for row in rows[:start])
            kept = _kept(rows, range(start, end)) if opening else ()
            yield from (p for p in range(start, end) if p not in kept)


def _runs(rows: Sequence[Row]) -> Iterator[tuple[int, int, list[str]]]:
    """Rows in a run that begin with keys of mails: the first one, the one after the last, the keys."""
    start = 0
    first = next((position for position, row in enumerate(rows) if row.kind is not LineKind.BLANK), 0)
    while start < len(rows):
        end, keys = start, list[str]()
        while end < len(rows) and (key := _mail_key(rows[end], keys, opening=end == first)):
            keys.append(key)
            end += 1
        if keys:
            yield start, end, keys
        start = max(end, start + 1)


def _answered(rows: Sequence[Row], runs: Sequence[tuple[int, int, list[str]]]) -> Iterator[int]:
    """The mail that was answered: its head stands below a dated text of words, and no other date follows."""
    heads = [run for run in runs if len(run[2]) >= _FULL and {*run[2]} & _SENDERS and {*run[2]} & _SUBJECTS]
    if not heads:
        return
    inside = {position for start, end, _ in runs for position in range(start, end)}
    days = [position for position, row in enumerate(rows) if position not in inside and _dates(row)]
    for start, end, _ in heads:
        if not days or days[-1] > start or not _has_words(rows, (days[0] + 1, start)):
            continue
        above = next((row.raw for row in reversed(rows[:start]) if row.kind is not LineKind.BLANK), "")
        passed = _FORWARDED.fullmatch(above) and not _ORIGINAL.search(above)
        if not passed and not any(_PASSED_ON.match(_value(row)) for row in rows[start:end]):
            yield from range(start, len(rows))
            return


def _value(row: Row) -> str:
    found = _KEY.match(row.raw)
    return (found["value"] or found["wide"] or "") if found else ""


def _dates(row: Row) -> bool:
    """True of a short line with a day, as a text may open with."""
    return len(row.text) <= _LONGEST_LINE and bool(_DAY.search(row.text))


def _quoted(rows: Sequence[Row]) -> Iterator[int]:
    """Who wrote when, and the mail that is quoted below it; not where nothing else was written."""
    if all(row.kind in WORDLESS or _is_quote(row) for row in rows):
        return
    for position, row in enumerate(rows):
        below = position + 1
        if not row.text or row.text[-1] != ":" or not _ATTRIBUTION.fullmatch(row.text):
            continue
        while below < len(rows) and rows[below].kind is LineKind.BLANK:
            below += 1
        if (
            below == len(rows)
            or not _is_quote(rows[below])
            or not _has_words(rows, (0, position), (below, len(rows)))
        ):
            continue
        if row.text[0] == "<" and position and rows[position - 1].text:
            yield position - 1
        yield position
        while below < len(rows) and (rows[below].kind is LineKind.BLANK or _is_quote(rows[below])):
            yield below
            below += 1


def _is_quote(row: Row) -> bool:
    return row.raw.lstrip()[:1] == ">"


def _has_words(rows: Sequence[Row], *parts: tuple[int, int]) -> bool:
    """True if a part has a line that is not quoted."""
    return any(
        rows[position].kind not in WORDLESS and not _is_quote(rows[position])
        for start, end in parts
        for position in range(start, end)
    )


def _mail_key(row: Row, before: Sequence[str], *, opening: bool) -> str:
    """The key of a row of a head, or ``+`` for one that continues the row above. A first line of the text
    that ends in an address of a person opens a head in whatever language."""
    if row.kind is LineKind.BLANK:
        return ""
    if before and row.indent and row.raw[:1].isspace():
        return "+"
    key = _key_of(row)
    if key in _KEYS or (before and key.startswith("x-")):
        return key
    if opening and _ANY_KEY.match(row.text) and _ENDS_IN_ADDRESS.search(row.text):
        return _UNKNOWN_SENDER
    return _UNKNOWN_KEY if before[:1] == [_UNKNOWN_SENDER] and _ANY_KEY.match(row.text) else ""


def _key_of(row: Row) -> str:
    found = _KEY.match(row.raw)
    return fold(found["key"]).removeprefix("resent-") if found else ""


def _kept(rows: list[Row], head: range) -> set[int]:
    """The subject, as a line of text; the day of sending too, where the subject tells none."""
    kept: set[int] = set()
    dated = False
    for keys in (_SUBJECTS, _DATES):
        for position in head:
            found = _KEY.match(rows[position].raw)
            value = _value(rows[position]).strip() if found and fold(found["key"]) in keys else ""
            if not value or (keys is _DATES and dated):
                continue
            if keys is _SUBJECTS:
                value = _REPLY.sub("", value)
                dated = bool(re.search(r"\d.*\d", value))
            rows[position] = rows[position]._replace(kind=LineKind.TEXT, text=value, indent=0)
            kept.add(position)
            break
    return kept


def _armour(rows: list[Row]) -> Iterator[int]:
    """What signing with OpenPGP puts around a text (RFC 9580, 6 and 7); of a block without an end, its mark.
    Dashes that it put before dashes are taken away."""
    marks = [(p, found) for p, row in enumerate(rows) if (found := _ARMOUR.fullmatch(row.raw))]
    for (position, mark), (end, _) in zip(marks, [*marks, (0, None)][1:], strict=True):
        yield position
        if mark["side"] == "BEGIN" and mark["what"] == _SIGNED:
            yield from (p for p in block_from(rows, position + 1) if rows[p].raw.startswith("Hash:"))
            for p in range(position, end):
                rows[p] = rows[p]._replace(text=rows[p].text.removeprefix("- "))
        elif mark["side"] == "BEGIN":
            yield from range(position, end)


def _single_lines(rows: Sequence[Row]) -> Iterator[int]:
    """Who wrote when, above a quotation; the name of a device or program; the line above a passed-on mail."""
    for position, row in enumerate(rows):
        text = row.text
        if not text or len(text) > 400 or row.kind not in _LOOKED_AT:
            continue
        device = len(text) <= _LONGEST_LINE and _DEVICE.match(text) and _PROGRAMS.search(text)
        wrote = text[-1] == ":" and _WROTE.fullmatch(text)
        if (device and not ends_sentence(text[:-1])) or wrote or _FORWARDED.fullmatch(row.raw):
            yield position
