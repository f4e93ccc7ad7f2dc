"""output/ -> a small web server on this machine. The door to starlette and uvicorn.

For looking at the site while writing, and for a reverse proxy. It gives out regular files of output/ and
nothing else: no hidden ones, none behind a link. Pages may be told to load themselves anew after each
publish; that is added on their way out and never stands in output/.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hmac import compare_digest
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sitrep.base.disk import reason_of
from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct
from sitrep.service.http_answers import HEADERS, answer, is_folder, place_of, read_file

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from uvicorn import Server
    from uvicorn.protocols.http.h11_impl import H11Protocol

_CONNECTIONS = 128
"""At a time. Each takes one of the descriptors that publishing needs as well; some systems give 256."""
_PATIENCE = 20.0
"""Seconds that a connection may ask nothing, or take nothing of what it asked for."""


@dataclass
class Audience:
    """Browsers that wait to be told of a publish."""

    _loop: asyncio.AbstractEventLoop | None = None
    _waiting: set[asyncio.Queue[bool]] = field(default_factory=set)

    def tell(self, *, end: bool = False) -> None:
        """Tell all of them, from any thread; ``end`` sends them home."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._tell, end)

    def _tell(self, end: bool) -> None:
        for queue in self._waiting:
            queue.put_nowait(end)

    async def listen(self) -> AsyncIterator[str]:
        """Server-sent events for one browser, with a sign of life in between."""
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[bool] = asyncio.Queue()
        self._waiting.add(queue)
        try:
            yield "retry: 1000\n\n"
            while True:
                try:
                    if await asyncio.wait_for(queue.get(), 15):
                        return
                    yield "data: published\n\n"
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self._waiting.discard(queue)


class ServedSite(Struct, frozen=True, kw_only=True):
    """What is served: the folder, and on this machine alone the status page and news of each publish."""

    output: Path
    status: Path | None = None
    """Folder of the status page."""
    secret: str = ""
    """What stands in the address of the status page, so that none but who started the program knows it."""
    audience: Audience | None = None


def app_of(site: ServedSite) -> Starlette:
    """The web application. Raises SiteError if its libraries are not installed."""
    with _installed():
        from starlette.applications import Starlette
        from starlette.routing import Route
    answers = _Answers(site)
    return Starlette(
        routes=[
            Route("/_status/{path:path}", answers.status),
            Route("/_events", answers.events),
            Route("/{path:path}", answers.page),
        ]
    )


@dataclass(frozen=True)
class _Answers:
    """What each kind of address is answered with."""

    site: ServedSite

    async def page(self, request: Request) -> Response:
        from starlette.responses import RedirectResponse

        output, place = self.site.output, place_of(request.scope["path"])
        found = self._file(output, place, request)
        if found is None and place and is_folder(output, place):
            return RedirectResponse(f"/{quote(place)}/", status_code=301, headers=HEADERS)
        return found or self._file(output, "404.html", request, 404) or _missing()

    async def status(self, request: Request) -> Response:
        site, asked = self.site, request.path_params["path"]
        secret, slash, path = asked.partition("/") if site.secret else ("", "", asked)
        if not (site.status and _is_own(request) and compare_digest(secret.encode(), site.secret.encode())):
            return _missing()
        place = place_of(path) if slash or not site.secret else None
        return self._file(site.status, place, request) or _missing()

    async def events(self, request: Request) -> Response:
        from starlette.responses import StreamingResponse

        if self.site.audience is None or not _is_own(request):
            return _missing()
        told = self.site.audience.listen()
        return StreamingResponse(told, media_type="text/event-stream", headers=HEADERS)

    def _file(self, root: Path, place: str | None, request: Request, code: int = 200) -> Response | None:
        from starlette.responses import Response

        sent = read_file(root, place) if place else None
        if sent is None or place is None:
            return None
        shows_news = self.site.audience is not None and _is_own(request)
        status, content, headers = answer(sent, place, request.headers, live=shows_news, code=code)
        return Response(content, status, headers)


def _missing() -> Response:
    from starlette.responses import Response

    return Response("Not found.\n", 404, HEADERS, "text/plain")


_PASSED_ON = lazy_pattern(
    r"via|cdn-.*|cf-.*|.*(?:forward|proxy|original|originating|client-?ip|user-?ip|real-?ip|remote-?(?:ip|addr|host)"
    r"|external-address|azure|amzn|fastly|envoy).*|x-(?:host|rewrite-url)",
    re.I,
).fullmatch
"""Names of headers that a proxy adds and no browser sends."""
_OWN_HOST = lazy_pattern(r"(localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::(\d{1,5}))?", re.I)


def _is_own(request: Request) -> bool:
    """True if the asker sits at this machine and means it.

    Another site's name may be pointed here; and a proxy on this machine asks for people anywhere. Most say
    so; one that does not is why the status page has a secret in its address.
    """
    hosts = request.headers.getlist("host")
    named = _OWN_HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
    if named is None or any(map(_PASSED_ON, request.headers.keys())):
        return False
    server = request.scope.get("server")
    if named[2] and server and int(named[2]) != server[1]:
        return False
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False


@contextmanager
def _installed() -> Iterator[None]:
    try:
        yield
    except ImportError as fault:
        raise SiteError(
            Problem(
                path="serve",
                fact=f"serving needs a library that is not installed: {fault.name}",
                remedy="install the program again: pip install sitrep-feed; build and watch work without it",
            )
        ) from fault


def bind(host: str, port: int | None) -> socket.socket:
    """A listening socket; without a port the first free one from 8000 on. Raises SiteError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    fault: OSError | None = None
    for number in (port,) if port is not None else range(8000, 8020):
        listening = socket.socket(family, socket.SOCK_STREAM)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((host, number))
            listening.listen(128)
        except OSError as refused:
            listening.close()
            fault = refused
        else:
            return listening
    why = reason_of(fault) if fault else "no port is free"
    raise SiteError(
        Problem(
            path="serve",
            fact=f"nothing can be served at {host}, port {port or '8000 to 8019'}: {why}",
            remedy="stop what uses that address, or give another one: --host, --port",
        )
    )


def address_of(listening: socket.socket) -> str:
    """``http://127.0.0.1:8000/``."""
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


@contextmanager
def serving(
    app: Starlette, listening: socket.socket, audience: Audience | None = None
) -> Iterator[Callable[[], None]]:
    """Serve in a thread of its own; yields what is to be called after a publish."""
    server = _server(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="serve", daemon=True)
    thread.start()
    try:
        yield audience.tell if audience else lambda: None
    finally:
        server.should_exit = True
        if audience:
            audience.tell(end=True)
        thread.join(5)
        listening.close()


def serve_until_stopped(app: Starlette, listening: socket.socket) -> None:
    """Serve here and now, until SIGTERM or Ctrl-C."""
    try:
        _server(app).run(sockets=[listening])
    finally:
        listening.close()


def _patient() -> type[H11Protocol]:
    """HTTP for so many connections at a time; whoever holds one and does nothing with it loses it."""
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Patient(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            if len(self.connections) > _CONNECTIONS:
                transport.abort()
            self.loop.call_later(_PATIENCE, self._look, (None, 0))

        def _look(self, seen: tuple[object, int]) -> None:
            unread = self.transport.get_write_buffer_size()
            if self.transport.is_closing() and not unread:
                return
            now = (self.cycle, unread)
            answering = self.cycle is not None and not self.cycle.response_complete
            if now == seen and not (
                answering and not unread
            ):  # who listens for news waits as long as it takes
                self.transport.abort()
            self.loop.call_later(_PATIENCE, self._look, now)

    return Patient


def _server(app: Starlette) -> Server:
    with _installed():
        import uvicorn
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=_patient(),
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            loop="asyncio",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=2,
        )
    )
