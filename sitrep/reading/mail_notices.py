"""Finds what lawyers, services and lists write above and below a mail: no news, and no reader's business."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sitrep.base.patterns import lazy_pattern
from sitrep.reading.lines import LineKind, Row, ends_sentence

WORDLESS = (LineKind.BLANK, LineKind.RULE, LineKind.COMMENT)
"""Kinds of lines that say nothing."""
_LONGEST, _MOST_ROWS, _ENDS = 1_500, 8, 3
_LINE = 8
"""Words of a line that need not say where it leads: Unsubscribe | View in your browser."""
_LEGAL = tuple(
    lazy_pattern(rf"(?:{words})", re.IGNORECASE)
    for words in (
        r"e-?mail|\bmail|message|messaggio|mensagem|mensaje|correo|courriel|nachricht|bericht|e-?posta|"
        r"ileti|mesaj|wiadomoś|повідомлен|\bлист|сообщен|письм|رسالة|پیام|ایمیل",
        r"confidential|privileged|vertraulich|confidentiel|confidencial|reservad|riservat|"
        r"vertrouwelijk|poufn|gizli|"
        r"конфіденц|конфиденц|سري|محرمانه|delete|destroy|lösch|supprim|détrui|elimin|apag|cancell|"
        r"verwijder|usuni|silin|видал|удал|حذف|printing|drucken|imprim|stampa|друк|печат|طباعة|"
        r"outside|extern",
        r"recipient|addressee|addressed|in error|by mistake|adressat|empfänger|"
        r"irrtümlich|destinatai?r|par erreur|"
        r"por error|por engano|per errore|geadresseerde|bestemd|per ongeluk|"
        r"adresat|pomyłk|omyłk|alıcı|yanlış|"
        r"адресат|помилк|одержувач|по ошибке|получател|المرسل إليه|الخطأ|گیرنده|اشتباه|"
        r"environment|umwelt|environnement|ambiente|milieu|çevre|довкілл|природ|البيئة|originated|sender|"
        r"absender|expéditeur",
    )
)
"""What a footer of lawyers has: a mail, a secret or an order, and whose it is or whose it is not."""
_SERVICE = lazy_pattern(
    r"virus-?free|avast|scanned (?:by|for)|antivirus|virenfrei|unsubscribe|listinfo|"
    r"you (?:received|are receiving) this (?:message|e-?mail|mail)|"
    r"abbestellen|newsletter abmelden|se désabonner|"
    r"désinscri|darse de baja|cancelar (?:la|tu|su) suscripción|"
    r"disiscri|відписатися|"
    r"отписаться|إلغاء الاشتراك|لغو اشتراک",
    re.IGNORECASE,
)
"""What a footer of a service has, beside an address or the word mail; news may have it too."""
_ADDRESS = lazy_pattern(r"https?:|www\.|\w@\w|newsletter", re.IGNORECASE)


def find_notices(rows: Sequence[Row]) -> Iterator[int]:
    """What lawyers and services write above and below a mail."""
    blocks = _blocks(rows)
    for block in {*blocks[:_ENDS], *blocks[-_ENDS:]}:
        if _is_notice(rows, block):
            yield from block


def _blocks(rows: Sequence[Row]) -> list[range]:
    """Paragraphs, of lines that are not silent."""
    found: list[range] = []
    for position, row in enumerate(rows):
        if row.kind in WORDLESS:
            continue
        joined = found and found[-1].stop == position
        found.append(range(found.pop().start if joined else position, position + 1))
    return found


def _is_notice(rows: Sequence[Row], block: range) -> bool:
    if len(block) > _MOST_ROWS or any(rows[position].kind is LineKind.BULLET for position in block):
        return False
    text = " ".join(rows[position].text for position in block)[:_LONGEST]
    if _SERVICE.search(text):
        line = text.count(" ") < _LINE and not ends_sentence(text)
        return line or bool(_ADDRESS.search(text) or _LEGAL[0].search(text))
    return all(words.search(text) for words in _LEGAL)
