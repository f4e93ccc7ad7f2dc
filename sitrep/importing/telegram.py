"""A chat that Telegram exported as JSON -> dated updates, an item a message, without who wrote it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sitrep.importing.values import LeftOut

_REMEDY = "export one chat from Telegram on a desktop: Export chat history, format: machine-readable JSON"


def is_json(content: bytes) -> bool:
    """True if a file is no text that a person wrote, but an object of JSON."""
    return content.lstrip()[:1] == b"{"


def is_page_of_chat(html: str) -> bool:
    """True if a page is a chat that Telegram exported for looking at: it has the day of no message."""
    return 'class="page_wrap"' in html and 'class="from_name"' in html


def page_of_chat(origin: str) -> LeftOut:
    """Why such a page is not read."""
    return LeftOut(origin=origin, reason="a chat that Telegram exported as HTML", remedy=_REMEDY)


def chat(content: bytes, origin: str) -> str | LeftOut:
    """The messages of a chat by their days, oldest first; its services, pictures and senders are left out."""
    try:
        exported = json.loads(content)
        days: dict[dt.date, list[str]] = {}
        for message in exported["messages"]:
            said = _words(message.get("text")) if message.get("type") == "message" else ""
            if said:
                sent = dt.datetime.fromisoformat(message["date"])
                days.setdefault(sent.date(), []).append(f"– {sent:%H:%M} – {said}\n")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return LeftOut(origin=origin, reason="JSON that is no chat of Telegram", remedy=_REMEDY)
    return "\n".join(f"Update {day}\n\n{''.join(days[day])}" for day in sorted(days))


def _words(text: Any) -> str:
    """The words of a message, whose marked parts are objects; a mention of a person is none of them."""
    parts = [text] if isinstance(text, str) else text
    said = "".join(
        part if isinstance(part, str) else part["text"]
        for part in parts
        if isinstance(part, str) or not part["type"].startswith(("mention", "phone"))
    )
    return "\n  ".join(line.strip() for line in said.splitlines() if line.strip())
