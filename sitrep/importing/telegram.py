"""A chat that Telegram exported, as JSON or as a page -> dated updates, an item a message, no senders."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

from sitrep.importing.values import LeftOut

_REMEDY = "export one chat from Telegram on a desktop: Export chat history, format: machine-readable JSON"
_VOID = frozenset(("br", "img", "hr", "input", "meta", "link", "wbr"))

Message = tuple[dt.datetime, str]


def is_json(content: bytes) -> bool:
    """True if a file is no text that a person wrote, but an object of JSON."""
    return content.lstrip()[:1] == b"{"


def is_page_of_chat(html: str) -> bool:
    """True if a page is a chat that Telegram exported for looking at."""
    return 'class="page_wrap"' in html and "pull_right date" in html


def chat(content: bytes, origin: str) -> str | LeftOut:
    """The messages of a chat by their days, oldest first; its services, pictures and senders are left out."""
    try:
        exported = json.loads(content)
        return _by_days(
            (dt.datetime.fromisoformat(message["date"]), said)
            for message in exported["messages"]
            if message.get("type") == "message" and (said := _words(message.get("text")))
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return LeftOut(origin=origin, reason="JSON that is no chat of Telegram", remedy=_REMEDY)


def page_of_chat(html: str, origin: str) -> str | LeftOut:
    """The same of a page of a chat."""
    reader = _Page()
    reader.feed(html)
    reader.close()
    if not reader.messages:
        return LeftOut(origin=origin, reason="no message was found in the page of a chat", remedy=_REMEDY)
    return _by_days((sent, said) for sent, parts in reader.messages if (said := _lines("".join(parts))))


def _by_days(messages: Iterable[Message]) -> str:
    days: dict[dt.date, list[str]] = {}
    for sent, said in messages:
        days.setdefault(sent.date(), []).append(f"– {sent:%H:%M} – {said}\n")
    return "\n".join(f"Update {day}\n\n{''.join(days[day])}" for day in sorted(days))


def _words(text: Any) -> str:
    """The words of a message, whose marked parts are objects; a mention of a person is none of them."""
    parts = [text] if isinstance(text, str) else text
    return _lines(
        "".join(
            part if isinstance(part, str) else part["text"]
            for part in parts
            if isinstance(part, str) or not part["type"].startswith(("mention", "phone"))
        )
    )


def _lines(said: str) -> str:
    return "\n  ".join(line.strip() for line in said.splitlines() if line.strip())


class _Page(HTMLParser):
    """Collects what stands in the ``text`` of each message, and when that was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[tuple[dt.datetime, list[str]]] = []
        self._sent: dt.datetime | None = None
        self._open: list[bool] = []
        """For each element within a message's text, whether its words name a person."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kinds = given.get("class", "").split()
        # What was forwarded has another date, without that class.
        if {"pull_right", "date"} <= set(kinds):
            self._sent = next(_moments(given.get("title", "")), self._sent)
        if tag == "br":
            self.handle_data("\n")
        elif self._open and tag not in _VOID:
            names = "ShowMentionName" in given.get("onclick", "") or given.get("href", "").startswith("tel:")
            self._open.append(names)
        elif tag == "div" and "text" in kinds and self._sent:
            self.messages.append((self._sent, []))
            self._open.append(False)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag not in _VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        mention = len(self._open) > 1 and data.startswith("@")
        if self._open and not mention and not any(self._open):
            self.messages[-1][1].append(data if data == "\n" else re.sub(r"\s+", " ", data))


def _moments(title: str) -> Iterator[dt.datetime]:
    """``06.12.2024 12:31:05 UTC+03:00`` as its clock shows it; nothing where that is not said so."""
    try:
        yield dt.datetime.strptime(title[:16], "%d.%m.%Y %H:%M")
    except ValueError:
        return
