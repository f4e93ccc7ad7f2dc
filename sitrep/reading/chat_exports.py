"""Turns the rows of an exported chat into items, one for each message, and datelines, one for each day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from sitrep.reading.dates.datelines import Dateline
from sitrep.reading.dates.dates import Order, full_year, is_doubtful
from sitrep.reading.lines import INVISIBLE, LineKind, Row

MESSAGE = "message"
"""Marker of the first row of a message."""
SENDER = "sender"
"""Marker of a row that only tells who sent a message, and when."""
_MARKS = r"[\u200e\u200f]*"
_DATE = rf"(?P<a>\d{{1,4}}){_MARKS}(?P<s>[-./]){_MARKS}(?P<b>\d{{1,2}}){_MARKS}(?P=s){_MARKS}(?P<c>\d{{2,4}})"
_CLOCK = (
    r"(?:(?P<before>上午|下午|午前|午後|오전|오후|ÖÖ|ÖS)\s?)?(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.]\d{2})?"
    r"(?:\s?(?P<half>[AaPp]\.?\s?[Mm]\.?|صباحا|مساء|[صم]\b|ÖÖ|ÖS|π\.?μ\.?|μ\.?μ\.?|ق\.ظ|ب\.ظ))?"
)
_AFTERNOON = ("p", "P", "م", "下午", "午後", "오후", "ÖS", "μ", "ب")
_STAMP = re.compile(rf"\[?{_DATE}[,،]?\s(?:um |at |à |a las )?{_CLOCK}(?:\]\s?|\s[-–]\s)")
_COPIED = re.compile(rf"(?P<who>[^\[\]\n]{{1,80}}), \[{_DATE}[,،]?\s{_CLOCK}\]:?\s*(?P<rest>.*)")
"""The first line of a message copied out of Telegram: ``News, [05.12.2024 22:21]``."""
_BRACKETS = re.compile(r"\[[^\[\]\n]{1,80}\]")
"""What Telegram says of a message below that: ``[Forwarded from Other]``, ``[ Photo ]``."""
_SENDER = re.compile(r"(?:~\s?)?[^:\n]{1,60}?:(?:\s+|$)")
_NO_WORDS = re.compile(
    r"<[^<>]{1,40}>|(?:image|video|audio|sticker|gif|document|contact card|media) omitted"
    r"|(?:this message was|you) deleted(?: this message)?\.?|missed (?:voice|video) call|null"
    r"|.{0,80}end-to-end encrypted.*|.{0,80}ende-zu-ende-verschlüsselt.*|.{0,80}chiffrés de bout en bout.*"
    r"|.{0,80}cifrad[oa]s de extremo a extremo.*|.{0,80}uçtan uca şifreli.*|.{0,80}наскрізн.{0,20}шифруван.*"
    r"|.{0,80}сквозн.{0,20}шифрован.*|.{0,80}مشفرة تماما.*"
    r"|[^\s]+\.(?:jpe?g|png|webp|gif|mp4|mov|opus|ogg|m4a|mp3|aac|pdf|vcf|docx?) \([^()]{1,40}\)"
    r"|(?:bild|foto|video|audio|sticker|gif|dokument|kontaktkarte|medien) (?:weggelassen|ausgeschlossen)"
    r"|(?:image|vidéo|audio|sticker|gif|document|médias?|fiche contact) (?:absente?s?|omise?s?)"
    r"|(?:imagen|foto|video|vídeo|audio|sticker|gif|documento|multimedia|tarjeta de contacto) omitid[oa]"
    r"|(?:görüntü|resim|video|ses|çıkartma|gif|belge|medya|kişi kartı) dahil edilmedi"
    r"|(?:зображення|відео|аудіо|стікер|gif|документ|медіафайл) (?:пропущено|вилучено)"
    r"|(?:изображение|видео|аудиофайл|стикер|gif|документ) (?:отсутствует|пропущен[оа]?)"
    r"|без (?:медіафайлів|медиафайлов)|(?:تم (?:استبعاد|حذف|إزالة)) (?:الوسائط|الصورة|الفيديو|هذه الرسالة)"
    r"|(?:diese nachricht wurde|du hast diese nachricht) gelöscht\.?|(?:ce message a été|vous avez) supprimé"
    r"(?: ce message)?\.?|(?:este mensaje fue eliminado|se eliminó este mensaje|eliminaste este mensaje)\.?"
    r"|bu mesaj silindi\.?|bu mesajı sildiniz\.?|це повідомлення (?:було )?видалено\.?"
    r"|ви видалили це повідомлення\.?|данное сообщение удалено\.?|вы удалили (?:это|данное) сообщение\.?"
    r"|لقد حذفت هذه الرسالة\.?|حذفت هذه الرسالة\.?"
    r"|verpasster? (?:sprach|video)anruf|appel (?:vocal|vidéo) manqué|(?:video)?llamada perdida.{0,20}"
    r"|cevapsız (?:sesli|görüntülü) arama|\[ ?(?:photo|video|sticker|voice message|file|gif|audio|poll) ?\]",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\s*<[^<>]{1,40}edited[^<>]{0,20}>\s*$", re.IGNORECASE)
_PROGRAM = "\u200e"
"""Opens what the program itself puts into a chat: who joined, pictures left out."""
_OPENERS = frozenset("[0123456789")
_LOOKED_AT = 3
"""A chat begins within so many lines that are not blank."""


class _Head(NamedTuple):
    """The first row of a message."""

    position: int
    first: int
    second: int
    year: str
    iso: bool
    time: dt.time
    sign: str
    named: bool
    """The sender is known, and no longer in the text."""
    text: str | None
    """What follows the time; None where the program, not a person, speaks, or there are no words."""

    def is_doubtful(self, order: Order) -> bool:
        """True if its date could be read the other way round."""
        return not self.iso and is_doubtful(self.first, self.second, self.sign, order)


def find_messages(rows: list[Row], order: Order) -> list[tuple[int, Dateline]]:
    """The rows that open the days of an exported chat, with what they say; empty for any other text.

    In ``rows`` the first row of each message becomes a bullet with the time of day, and what follows becomes
    part of it. Names of senders are left out: they are nobody's business but theirs. All dates of an export
    are written alike, so one that only fits one order decides for all of them. A list in which each line
    begins with day and time, without names, is read the same way.
    """
    if not _may_be_chat(rows):
        return []
    heads = [head for position in range(len(rows)) if (head := _head(rows, position)) is not None]
    if not heads or (len(heads) < 2 and not heads[0].named and rows[heads[0].position].text[0] != "["):
        return []
    if 2 * sum(head.named or _SENDER.match(head.text or "") is not None for head in heads) >= len(heads):
        heads = [head if head.named else head._replace(text=_words(head.text or "")) for head in heads]
    elif len(heads) < 2:
        return []
    shown = _order_of(heads)
    order = shown or order
    found: list[tuple[int, Dateline]] = []
    ends = [head.position for head in heads[1:]] + [len(rows)]
    latest: dt.date | None = None
    for head, end in zip(heads, ends, strict=True):
        day = _day(head, order)
        if day is None:
            continue
        _gather_message(rows, head, end)
        if day != latest:
            row = rows[head.position]
            says = row.text if row.kind is not LineKind.COMMENT else None
            found.append(
                (head.position, Dateline(date=day, body=says, doubtful=not shown and head.is_doubtful(order)))
            )
            latest = day
    return found


def _may_be_chat(rows: Sequence[Row]) -> bool:
    seen = 0
    for row in rows:
        if row.kind is LineKind.BLANK:
            continue
        if (row.text[:1] in _OPENERS and _STAMP.match(row.text)) or _COPIED.match(row.text):
            return True
        seen += 1
        if seen == _LOOKED_AT:
            return False
    return False


def _head(rows: list[Row], position: int) -> _Head | None:
    row = rows[position]
    if row.kind is LineKind.BLANK:
        return None
    copied = _COPIED.fullmatch(row.text) if "[" in row.text[:82] else None
    found = copied or _STAMP.match(row.text)
    if found is None:
        return None
    hour, minute = int(found["h"]), int(found["m"])
    if half := found["half"] or found["before"]:
        hour = hour % 12 + (12 if half.startswith(_AFTERNOON) else 0)
    if hour > 23 or minute > 59:
        return None
    iso = len(found["a"]) == 4
    year, first, second = (
        (found["a"], found["c"], found["b"]) if iso else (found["c"], found["a"], found["b"])
    )
    text: str | None = row.text[found.end() :]
    if copied:
        position, text = _copied_text(rows, position, copied["rest"])
    return _Head(
        position, int(first), int(second), year, iso, dt.time(hour, minute), found["s"], bool(copied), text,
    )  # fmt: skip


def _copied_text(rows: list[Row], position: int, rest: str) -> tuple[int, str | None]:
    """Where the words of a copied message begin, and the first of them; what stands above is made silent."""
    if rest.strip():
        return position, rest.strip()
    below = position
    while below + 1 < len(rows) and (below == position or _BRACKETS.fullmatch(rows[below].text)):
        rows[below] = rows[below]._replace(kind=LineKind.COMMENT, marker=SENDER)
        below += 1
    row = rows[below]
    if row.kind is LineKind.BLANK or below == position or _COPIED.match(row.text):
        return position, None
    if _BRACKETS.fullmatch(row.text):
        rows[below] = row._replace(kind=LineKind.COMMENT, marker=SENDER)
        return position, None
    return below, row.text


def _words(message: str) -> str | None:
    """What a person wrote after the name."""
    sender = _SENDER.match(message)
    if sender is None:
        return None
    said = message[sender.end() :]
    if said[:1] == _PROGRAM:
        return None
    said = _EDITED.sub("", said).strip(INVISIBLE + " \t\u00a0\u202f")
    return None if _NO_WORDS.fullmatch(said) else said


def _order_of(heads: Sequence[_Head]) -> Order | None:
    for head in heads:
        if not head.iso and head.first > 12:
            return "dmy"
        if not head.iso and head.second > 12:
            return "mdy"
    return None


def _day(head: _Head, order: Order) -> dt.date | None:
    day, month = (head.first, head.second) if head.iso or order == "dmy" else (head.second, head.first)
    try:
        return dt.date(full_year(head.year), month, day)
    except ValueError:
        return None


def _gather_message(rows: list[Row], head: _Head, end: int) -> None:
    """Make one item of a message, unless it is a list of its own."""
    row = rows[head.position]
    below = range(head.position + 1, end)
    if any(rows[p].kind in (LineKind.BULLET, LineKind.HEADING) for p in below):
        rows[head.position] = _said(row, head.text, LineKind.TEXT)
        return
    text = f"{head.time:%H:%M} – {head.text}" if head.text else head.text
    rows[head.position] = _said(row, text, LineKind.BULLET)
    if head.text:
        for p in below:
            if rows[p].kind is not LineKind.BLANK and rows[p].marker != SENDER:
                rows[p] = rows[p]._replace(kind=LineKind.TEXT, indent=2)


def _said(row: Row, text: str | None, kind: LineKind) -> Row:
    if not text:
        return row._replace(kind=LineKind.COMMENT, marker=MESSAGE)
    return row._replace(kind=kind, text=text, indent=0, marker=MESSAGE)
