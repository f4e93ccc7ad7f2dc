"""Feeds whose bytes have changed -> one POST to each hub (WebSub, section 6), tried until the hub takes it.

What each hub was last told stands in ``.sitrep/websub.json``, so a restart forgets nothing. Who loses that
file has every feed announced once more, which a hub that looks at the feed passes on to nobody.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitrep.base.disk import read_file, reason_of, replace_file
from sitrep.base.values import Struct, decode, encode, replace
from sitrep.site import addresses as at

if TYPE_CHECKING:
    from http.client import HTTPConnection
    from urllib.request import OpenerDirector

    from sitrep.archive.archive import Archive
    from sitrep.config.values import Config

TRIES = 12
"""How often a hub is asked to take the same news: with the waits in between, over six hours."""
TIMEOUT = 10.0
"""Seconds a hub has for its answer."""
FIRST_WAIT, LONGEST_WAIT = 30.0, 3_600.0
"""Seconds after the first failure, doubled after each further one, and where that ends."""

Known = dict[tuple[str, str], "Announcement"]
"""What there is to tell and what was told, by hub and topic."""


class Announcement(Struct, frozen=True, kw_only=True):
    """What one hub knows of one feed."""

    hub: str
    topic: str
    """Absolute address of the feed."""
    wanted: str
    """Digest of the feed as it stands."""
    told: str = ""
    """Digest of the feed as it stood when the hub was last told of it; empty if it never was."""
    tries: int = 0
    """How often the hub did not take what is wanted."""
    at: float = 0.0
    """Not to be tried before this time (seconds since 1970)."""
    fault: str = ""
    """Why the last try failed."""

    @property
    def waits(self) -> bool:
        """True if the hub is still to be told."""
        return self.wanted != self.told and self.tries < TRIES

    @property
    def given_up(self) -> bool:
        """True if it was not told and will not be, until the feed changes again."""
        return self.wanted != self.told and self.tries >= TRIES

    def next_try(self, now: float) -> float:
        """When the hub is told. A wait longer than there is means that the clock was set back: then now."""
        return self.at if self.at <= now + LONGEST_WAIT else now

    def is_due(self, now: float) -> bool:
        """True if it is to be told now."""
        return self.waits and self.next_try(now) <= now


class Fault(Struct, frozen=True, kw_only=True):
    """Why a hub did not take an announcement."""

    text: str
    reached: bool
    """It did answer: the fault may lie in this one topic."""


# -- what is to be told, and to whom ----------------------------------------------------------------


def standing(archive: Archive, config: Config) -> dict[str, str]:
    """Digest of each current feed in each format, by its address."""
    places = (feed.place(form) for feed in at.feeds_of(config) for form in at.FEED_FORMATS)
    digests = ((place, archive.artifact(place)) for place in places)
    return {at.absolute(config, place): digest.hex() for place, digest in digests if digest}


def noted(known: Known, hubs: Iterable[str], stand: Mapping[str, str]) -> Known:
    """What is known once these feeds stand so; other hubs and feeds are forgotten.

    A feed that has changed is due at once, however often the hub has failed before.
    """
    return {
        (hub, topic): _noted(known.get((hub, topic)), hub, topic, digest)
        for hub in hubs
        for topic, digest in stand.items()
    }


def _noted(before: Announcement | None, hub: str, topic: str, digest: str) -> Announcement:
    if before is None:
        return Announcement(hub=hub, topic=topic, wanted=digest)
    if before.wanted == digest:
        return before
    return replace(before, wanted=digest, tries=0, at=0.0, fault="")


def taken(announcement: Announcement, told: str) -> Announcement:
    """The hub was told of the feed as it stood then; it may have changed meanwhile."""
    return replace(announcement, told=told, tries=0, at=0.0, fault="")


def failed(announcement: Announcement, fault: str, now: float) -> Announcement:
    """The hub did not take it: later again, or never."""
    wait = min(FIRST_WAIT * 2**announcement.tries, LONGEST_WAIT)
    return replace(announcement, tries=announcement.tries + 1, at=now + wait, fault=fault)


_INSIDE = (".localhost", ".local", ".internal", ".home.arpa", ".lan", ".onion")


def may_tell(base_url: str, hub: str) -> bool:
    """True unless the site's address is one that only this machine or network knows, and the hub is not.

    Decided by the look of the two addresses; no name is looked up.
    """
    return not _is_inside(base_url) or _is_inside(hub)


def _is_inside(address: str) -> bool:
    from ipaddress import ip_address
    from urllib.parse import urlsplit

    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return False
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_INSIDE) or host.rpartition(".")[2].isdigit()


# -- telling ---------------------------------------------------------------------------------------------


def post(hub: str, topic: str, timeout: float | None = None) -> Fault | None:
    """Tell a hub that a feed has changed; None if it took that in ``timeout`` seconds, all in all.

    One that sends a byte now and then, or "100 Continue" without end, holds up no other: it is hung up on.
    """
    import socket
    import threading
    from queue import Empty, SimpleQueue

    timeout = TIMEOUT if timeout is None else timeout
    answers: SimpleQueue[Fault | None] = SimpleQueue()
    lines: list[HTTPConnection] = []
    asking = threading.Thread(
        target=lambda: answers.put(_asked(hub, topic, timeout, lines)), name="hub", daemon=True
    )
    asking.start()
    try:
        return answers.get(timeout=timeout)
    except Empty:
        for line in lines:
            with contextlib.suppress(OSError, AttributeError):  # it has just hung up itself
                line.sock.shutdown(socket.SHUT_RDWR)
        return Fault(text="it does not answer", reached=False)


def _asked(hub: str, topic: str, timeout: float, lines: list[HTTPConnection]) -> Fault | None:
    """One request; ``timeout`` is for each of its steps, and ``lines`` is where it may be hung up.

    A redirect is a failure: the hub's new address belongs into the configuration. Nothing of the
    answer is read but its head. Proxies of the environment are used, except for this machine's own hub.
    """
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.parse import urlencode
    from urllib.request import Request

    body = urlencode({"hub.mode": "publish", "hub.url": topic}).encode("ascii")
    try:
        request = Request(hub, body, {"User-Agent": "sitrep"})
        with _opener(lines, own=_is_inside(hub)).open(request, timeout=timeout):
            return None
    except HTTPError as refused:
        refused.close()
        moved = refused.headers.get("Location") if 300 <= refused.code < 400 else None
        return Fault(text=f"it answers {refused.code}{' (it has moved)' if moved else ''}", reached=True)
    except (OSError, HTTPException, ValueError) as fault:
        return Fault(text=_words(fault), reached=False)
    except Exception as fault:  # an answer that its parser stumbles over
        return Fault(text=_words(fault), reached=True)


def _opener(lines: list[HTTPConnection], *, own: bool) -> OpenerDirector:
    """Speaks HTTP and HTTPS and nothing else, follows no redirect, and notes its connections."""
    from urllib.request import (
        AbstractHTTPHandler,
        HTTPDefaultErrorHandler,
        HTTPErrorProcessor,
        HTTPHandler,
        HTTPSHandler,
        OpenerDirector,
        ProxyHandler,
        UnknownHandler,
    )

    class Noting(AbstractHTTPHandler):
        def do_open(self, http_class: Any, req: Any, **named: Any) -> Any:
            def connection(*where: Any, **how: Any) -> HTTPConnection:
                lines.append(http_class(*where, **how))
                return lines[-1]

            return super().do_open(connection, req, **named)

    plain, safe = type("Plain", (Noting, HTTPHandler), {}), type("Safe", (Noting, HTTPSHandler), {})
    opener = OpenerDirector()
    proxies = ProxyHandler({}) if own else ProxyHandler()
    faults = (UnknownHandler(), HTTPErrorProcessor(), HTTPDefaultErrorHandler())
    for handler in (proxies, plain(), safe(), *faults):
        opener.add_handler(handler)
    return opener


def _words(fault: BaseException) -> str:
    """The fault in words, on one line."""
    reason = getattr(fault, "reason", fault)
    if isinstance(reason, TimeoutError):
        return "it does not answer"
    return " ".join(reason_of(reason).split())[:120]


# -- keeping -----------------------------------------------------------------------------------------------


def read(file: Path) -> Known:
    """What was kept; nothing if there is no such file or it is damaged."""
    try:
        kept = decode(read_file(file.parent, file.name), tuple[Announcement, ...])
    except (OSError, ValueError):
        return {}
    return {(announcement.hub, announcement.topic): announcement for announcement in kept}


def write(file: Path, known: Known) -> None:
    """Keep it, all or nothing. Raises OSError."""
    replace_file(file.parent, file.name, encode(tuple(known.values())) + b"\n")


# -- how it stands -----------------------------------------------------------------------------------------


class HubStatus(Struct, frozen=True, kw_only=True):
    """A hub that was not told of everything."""

    hub: str
    waiting: int
    """Feeds it is still to be told of."""
    given_up: int
    """Feeds of whose last change it will not be told any more."""
    next_try: str
    """When it is tried next (RFC 3339, UTC); empty if it is not."""
    fault: str


def status_of_hubs(file: Path) -> tuple[HubStatus, ...]:
    """The hubs that were not told of everything, in order of address."""
    return tuple(_hub_statuses(read(file)))


def _hub_statuses(known: Known) -> Iterator[HubStatus]:
    for hub in sorted({announcement.hub for announcement in known.values()}):
        mine = [announcement for announcement in known.values() if announcement.hub == hub]
        waiting = [announcement for announcement in mine if announcement.waits]
        given_up = [announcement for announcement in mine if announcement.given_up]
        if waiting or given_up:
            yield HubStatus(
                hub=hub,
                waiting=len(waiting),
                given_up=len(given_up),
                next_try=_instant(min((announcement.at for announcement in waiting), default=0.0)),
                fault=next(
                    (announcement.fault for announcement in (*given_up, *waiting) if announcement.fault), ""
                ),
            )


def _instant(seconds: float) -> str:
    with contextlib.suppress(ValueError, OverflowError, OSError):
        if seconds > 0:
            return dt.datetime.fromtimestamp(int(seconds), dt.UTC).isoformat().replace("+00:00", "Z")
    return ""
