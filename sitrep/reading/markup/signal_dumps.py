"""Turns what signal-cli prints of each message that comes in into lines of a chat,
``[2024-12-06 20:31] Ann: words``, which the reader of chats knows, without numbers and receipts."""

from __future__ import annotations

from sitrep.base.patterns import lazy_pattern
from sitrep.reading.markup.office_marks import as_gone

_OPENS = "Envelope from: "
_STAMP = lazy_pattern(r"Timestamp: \d{10,13} \((\d{4}-\d\d-\d\d)T(\d\d:\d\d)")
_BODY = "Body: "
_KEY = lazy_pattern(
    r"\s*(?:[A-Z][a-z]+ ){0,4}[A-Za-z]+:(?: |$)|\s*(?:With profile|Sent by un|Received a |Is )"
)


def without_envelopes(text: str) -> str:
    """The text with a line for each message; itself if it is no such dump. Lines keep their numbers."""
    if _OPENS not in text:
        return text
    made, stamp, said = list[str](), "", False
    for line in text.split("\n"):
        if line.startswith(_OPENS):
            stamp, said = "", False
        elif not stamp and (found := _STAMP.match(line)):
            stamp = f"[{found[1]} {found[2]}]"
        elif line.startswith(_BODY) and stamp:
            made.append(f"{stamp} Signal: {line[len(_BODY) :]}")
            said = True
            continue
        kept = _KEY.match(line) is not None
        said = said and not kept
        made.append(line if said or not (stamp or kept) else as_gone(line, typed=not kept))
    return "\n".join(made)
