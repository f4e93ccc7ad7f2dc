"""The web server, asked over a real connection: what it gives, in which form, and what it never gives."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

from sitrep.base.errors import SiteError
from sitrep.service import web_server
from sitrep.service.http_answers import place_of, type_of, with_reload
from sitrep.service.web_server import Audience, ServedSite, address_of, app_of, bind, serving

PAGE = (
    '<!doctype html>\n<html><head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'sha256-x'; base-uri 'none'\"></head>\n<body>\n<p>The road is open.</p>\n</body>\n</html>\n"
)
SCRIPTED = PAGE.replace("base-uri", "script-src 'sha256-own'; connect-src 'self'; base-uri")


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A small site with what must not be given out beside and inside it."""
    folder = tmp_path / "output"
    (folder / "2024-12-06").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE)
    (folder / "2024-12-06" / "index.html").write_text(SCRIPTED * 20)
    (folder / "404.html").write_text(PAGE.replace("The road is open", "Nothing here"))
    (folder / "feed.xml").write_text("<feed/>")
    (folder / "feed.json").write_text("{}")
    (folder / "latest.json").write_text("{}")
    (folder / ".secret").write_text("secret")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("secret")
    (tmp_path / "config.yaml").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "config.yaml")
    (folder / "up").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.txt")
    return folder


class Browser:
    """Asks one server."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        """The answer; its body is in ``.body``."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with closing(connection):
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=named)
            answer = connection.getresponse()
            answer.body = answer.read()  # type: ignore[attr-defined]
            return answer


def body(answer: http.client.HTTPResponse) -> bytes:
    content: bytes = answer.body  # type: ignore[attr-defined]
    return content


@contextmanager
def served(site: ServedSite, host: str = "127.0.0.1") -> Iterator[Browser]:
    listening = bind(host, 0)
    with serving(app_of(site), listening, site.audience):
        yield Browser(listening.getsockname()[1])


@pytest.fixture
def browser(output: Path) -> Iterator[Browser]:
    with served(ServedSite(output=output)) as browser:
        yield browser


def test_a_page_is_given_as_it_stands(browser: Browser, output: Path) -> None:
    """The bytes of output/, under the address that links name, with a type and no more to guess."""
    for path in ("/", "/index.html"):
        answer = browser.get(path)
        assert (answer.status, body(answer)) == (200, (output / "index.html").read_bytes())
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("feed.xml", "application/xml"),
        ("western/rss.xml", "application/xml"),
        ("feed.json", "application/feed+json"),
        ("western/feed-2024-12.json", "application/feed+json"),
        ("latest.json", "application/json"),
        ("2024-12-06.txt", "text/plain; charset=utf-8"),
        ("feed.css", "text/css; charset=utf-8"),
        ("favicon.svg", "image/svg+xml"),
        ("strange.bin", "application/octet-stream"),
    ],
)
def test_types(place: str, kind: str) -> None:
    """A feed is XML to a browser, so that it is shown with its style sheet; a JSON feed says what it is."""
    assert type_of(place) == kind


def test_an_asker_who_has_it_gets_304(browser: Browser) -> None:
    """With the validator of the last answer, either kind, nothing is sent again; with another, all."""
    first = browser.get("/feed.xml")
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    for headers in (
        {"If_None_Match": etag},
        {"If_None_Match": f'"x", W/{etag}'},
        {"If_Modified_Since": modified},
    ):
        answer = browser.get("/feed.xml", **headers)
        assert (answer.status, body(answer)) == (304, b"")
        assert answer.headers["ETag"] == etag
    for headers in (
        {"If_None_Match": '"x"'},
        {"If_Modified_Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If_Modified_Since": "?"},
    ):
        assert browser.get("/feed.xml", **headers).status == 200


def test_a_new_version_has_another_validator(browser: Browser, output: Path) -> None:
    """Once the file is replaced, the old validator gets the new bytes."""
    etag = browser.get("/feed.xml").headers["ETag"]
    (output / "new").write_text("<feed></feed>")
    (output / "new").replace(output / "feed.xml")
    answer = browser.get("/feed.xml", If_None_Match=etag)
    assert (answer.status, body(answer)) == (200, b"<feed></feed>")


def test_large_texts_are_compressed_for_those_who_can(browser: Browser, output: Path) -> None:
    """Compressed and plain answers hold the same bytes and have validators of their own."""
    plain, packed = browser.get("/2024-12-06/"), browser.get("/2024-12-06/", Accept_Encoding="br, gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body(packed)) == body(plain) == (output / "2024-12-06" / "index.html").read_bytes()
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    refused = browser.get("/2024-12-06/", Accept_Encoding="gzip;q=0")
    assert "Content-Encoding" not in refused.headers


def test_head_and_other_methods(browser: Browser) -> None:
    """HEAD answers like GET without the body; nothing can be sent to the server."""
    answer = browser.get("/feed.xml", "HEAD")
    assert (answer.status, body(answer), answer.headers["Content-Length"]) == (200, b"", "7")
    assert browser.get("/feed.xml", "POST").status == 405


def test_a_folder_without_its_slash_leads_to_its_page(browser: Browser) -> None:
    """/2024-12-06 is sent on to /2024-12-06/, where relative links are right."""
    answer = browser.get("/2024-12-06")
    assert (answer.status, answer.headers["Location"]) == (301, "/2024-12-06/")


def test_what_is_not_there_is_the_sites_own_page(browser: Browser) -> None:
    """An unknown address gets 404 with the page that the site has for that, never a 304."""
    answer = browser.get("/nope/", If_None_Match="*")
    assert answer.status == 404
    assert b"Nothing here" in body(answer)


OUTSIDE = [
    *("/../config.yaml", "/%2e%2e/config.yaml", "/2024-12-06/../../config.yaml", "/..%2fconfig.yaml"),
    *("/.secret", "/.git/config", "/link.txt", "/up/config.yaml", "/up/", "/pipe.txt", "//config.yaml"),
    *("/%00", "/2024-12-06%5c..%5cconfig.yaml", "/" + "x" * 300, "/" + "x/" * 200, "/%ff%fe", "/index.html/"),
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_from_outside_is_given(browser: Browser, path: str) -> None:
    """No way of writing a path leads out of output/, to a hidden file, through a link or to a pipe."""
    answer = browser.get(path)
    assert answer.status in (301, 404)
    assert b"secret" not in body(answer)
    if answer.status == 301:
        assert browser.get(answer.headers["Location"]).status == 404


def test_paths_are_files_or_nothing() -> None:
    """A decoded path is a file of output/ or refused; a folder stands for its page."""
    assert place_of("/") == "index.html"
    assert place_of("/2024-12-06/") == "2024-12-06/index.html"
    for path in ("/..", "/a/../b", "/.a", "/a//b", "/a\\b", "/a\0"):
        assert place_of(path) is None


PROXIES = (
    "X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded", "X-Forwarded-Port", "X-Host",
    "X-Forwarded-Ssl", "X-Original-Forwarded-For", "Forwarded-For", "Client-IP", "True-Client-IP",
    "X-ProxyUser-Ip", "X-Remote-Addr", "Fastly-Client-IP", "Fly-Client-IP", "X-Azure-ClientIP",
    "X-Appengine-User-IP", "X-Envoy-External-Address", "CDN-Loop", "CF-Ray", "X-Originating-IP",
    "X-Original-URL", "WL-Proxy-Client-IP", "X-Amzn-Trace-Id",
)  # fmt: skip
"""What proxies, balancers and delivery networks add."""
DIRECT = (
    "Accept-Language", "Cookie", "Referer", "DNT", "Sec-Fetch-Site", "Upgrade-Insecure-Requests", "Origin",
)  # fmt: skip


def test_the_status_page_is_for_this_machine(output: Path, tmp_path: Path) -> None:
    """It is given to who asks for this machine by its own name, not to a name that was bent to it."""
    status = tmp_path / "status"
    status.mkdir()
    (status / "index.html").write_text("all is well")
    with served(ServedSite(output=output, status=status)) as browser:
        assert body(browser.get("/_status/")) == b"all is well"
        assert browser.get("/_status/", Host="evil.example").status == 404
        assert browser.get("/_status/../output/.secret").status == 404
        assert browser.get("/", Host="evil.example").status == 200
        for header in PROXIES:
            assert browser.get("/_status/", **{header: "192.0.2.1"}).status == 404, header
        for header in DIRECT:
            assert browser.get("/_status/", **{header: "1"}).status == 200, header
        for host in ("", "127.0.0.1.evil.example", "localhost:1", "127.0.0.1@evil.example"):
            assert browser.get("/_status/", Host=host).status == 404, host
    with served(ServedSite(output=output, status=status, secret="s3cret")) as browser:
        assert body(browser.get("/_status/s3cret/")) == b"all is well"
        for path in ("/_status/", "/_status/s3cret", "/_status/wrong/", "/_status//", "/_status/s3cre/"):
            assert browser.get(path).status == 404, path
    with served(ServedSite(output=output)) as browser:
        assert browser.get("/_status/").status == 404
        assert browser.get("/_events").status == 404


@pytest.mark.parametrize("page", [PAGE, SCRIPTED])
def test_a_page_that_loads_itself_anew_may_run_its_script(page: str) -> None:
    """The script is allowed by its hash beside those of the page, and nothing else is loosened."""
    live = with_reload(page.encode(), '"1"').decode()
    policy = live.split('content="')[1].split('"')[0]
    assert policy.count("script-src") == policy.count("connect-src") == 1
    assert "unsafe" not in policy
    assert live.index("<script data-etag=") < live.index("</body>")
    assert ("'sha256-own'" in policy) == (page is SCRIPTED)


def test_a_publish_reaches_an_open_browser(output: Path) -> None:
    """A browser that listens is told of a publish at once; output/ holds no trace of the script."""
    audience = Audience()
    before = (output / "index.html").read_bytes()
    listening = bind("127.0.0.1", 0)
    with serving(app_of(ServedSite(output=output, audience=audience)), listening, audience) as published:
        browser = Browser(listening.getsockname()[1])
        assert b"EventSource" in body(browser.get("/"))
        connection = http.client.HTTPConnection("127.0.0.1", browser.port, timeout=20)
        with closing(connection):
            connection.request("GET", "/_events")
            events = connection.getresponse()
            assert events.headers["Content-Type"].startswith("text/event-stream")
            assert events.readline() == b"retry: 1000\n"
            published()
            while (line := events.readline()) == b"\n":
                pass
            assert line == b"data: published\n"
    assert (output / "index.html").read_bytes() == before


def test_it_stops_although_browsers_listen(output: Path) -> None:
    """At the end open connections are closed, and the address is free again."""
    audience = Audience()
    listening = bind("127.0.0.1", 0)
    port = listening.getsockname()[1]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with (
        closing(connection),
        serving(app_of(ServedSite(output=output, audience=audience)), listening, audience),
    ):
        connection.request("GET", "/_events")
        assert connection.getresponse().readline() == b"retry: 1000\n"
    bind("127.0.0.1", port).close()


def test_connections_that_do_nothing_are_few_and_not_for_long(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many somebody opens, the program keeps its descriptors; those who come later are served."""
    monkeypatch.setattr(web_server, "_CONNECTIONS", 4)
    monkeypatch.setattr(web_server, "_PATIENCE", 0.3)
    with served(ServedSite(output=output)) as browser:
        idle = [socket.create_connection(("127.0.0.1", browser.port), timeout=20) for _ in range(40)]
        for connection in idle:
            with closing(connection), contextlib.suppress(ConnectionError):
                assert connection.recv(1) == b""  # closed by the server, which was asked for nothing
        assert browser.get("/").status == 200


def test_an_address_in_use_is_told_or_passed_over() -> None:
    """A port that was asked for and is taken is an error with a remedy; without asking the next is taken."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SiteError, match="--port"):
            bind("127.0.0.1", taken.getsockname()[1])
    with bind("127.0.0.1", None) as one, bind("127.0.0.1", None) as other:
        assert address_of(one) != address_of(other)
        assert address_of(one).startswith("http://127.0.0.1:80")
