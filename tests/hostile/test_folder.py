# ruff: noqa: E501
"""Anything under any name in the drop folder: it is refused or published, and the file beside it comes out."""

from __future__ import annotations

import io
import os
import socket
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from sitrep.report.log import Log
from sitrep.service.publisher import Publisher
from tests.hostile.judging import CONTROLS, TURNS, faults
from tests.lanes import one_fast, slow
from tests.publishing import Studio

GOOD = "The mill at Cedar Bridge grinds again since Monday."
GOOD_TEXT = f"Update 01-06-2025\n\n# Northern front\n\n- {GOOD}\n"
SECRET = "The secret of another folder"
SECONDS = 2.0
"""Of this process, for one hostile file: a second, and as much again for a busy machine."""


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A site with one good file, and outside of it a file and a folder that nobody may come to."""
    studio = Studio(tmp_path / "site")
    studio.drop("good.txt", GOOD_TEXT)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text(f"Update 31-05-2025\n\n- {SECRET}\n", encoding="utf-8")
    return studio


def publish(studio: Studio) -> str:
    """Publish with receipts, requests and status page, as a watcher does; returns the log."""
    log = io.StringIO()
    publisher = Publisher(studio.folders, lambda: studio.now, Log(log))
    try:
        publisher.publish()
        publisher.write_status_page()
    finally:
        publisher.close()
    return log.getvalue()


def holds(studio: Studio, log: str) -> None:
    """The good file is out, nothing of outside is, and no message steers a terminal or a page."""
    tree = studio.tree()
    assert not list(faults(tree, GOOD))
    assert not [name for name, content in tree.items() if SECRET.encode() in content]
    outside = studio.root.parent / "outside"
    assert [path.name for path in outside.iterdir()] == ["secret.txt"]
    assert (outside / "secret.txt").read_text(encoding="utf-8").endswith(f"{SECRET}\n")
    receipts = [path for path in studio.folders.feeds.rglob("*.error.txt") if path.is_file()]
    ours = [path for path in receipts if not path.is_symlink() and path.stat().st_size < 100_000]
    said = [path.read_text(encoding="utf-8") for path in ours]
    status = (studio.folders.work / "status" / "index.html").read_text(encoding="utf-8")
    for text in (log, *said, status):
        assert not CONTROLS.search(text)
        assert not TURNS.search(text)


# -- what is no ordinary file ----------------------------------------------------------------------

ROLES = (
    "a.txt", "a.md", "_a.txt", "a.jpg", "a.docx", "a", "2025-06-01.forget", "deletions.yes", "delete yes.txt",
    "good.txt.error.txt", "good.txt.note.txt", "good.txt.preview.html", "_b.txt.preview.html", "a.txt.part", ".a.txt",
    "good.sync-conflict-20250601-101010-ABCDEF7.txt", ".sitrep", "deletions.error.txt", "2025-06-01.forget.error.txt",
)  # fmt: skip


def pipe(path: Path, outside: Path) -> None:
    os.mkfifo(path)


def link(path: Path, outside: Path) -> None:
    path.symlink_to(outside / "secret.txt")


def link_to_folder(path: Path, outside: Path) -> None:
    path.symlink_to(outside, target_is_directory=True)


def link_to_nothing(path: Path, outside: Path) -> None:
    path.symlink_to(outside / "new.txt")


def link_to_itself(path: Path, outside: Path) -> None:
    path.symlink_to(path.name)


def link_up(path: Path, outside: Path) -> None:
    path.symlink_to("..")


def listening(path: Path, outside: Path) -> None:
    bound = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(path.parent)  # an address of a socket is short
    try:
        bound.bind(path.name)
    finally:
        os.chdir(here)
        bound.close()


def device(path: Path, outside: Path) -> None:
    try:
        os.mknod(path, 0o020666, os.makedev(1, 5))
    except OSError:
        pytest.skip("this user may make no device")


def folder(path: Path, outside: Path) -> None:
    path.mkdir()


def sparse(path: Path, outside: Path) -> None:
    with path.open("wb") as opened:
        opened.truncate(6_000_000_000)


@pytest.mark.parametrize(
    "lay",
    [
        pipe,
        link,
        *slow([device, sparse, folder, link_to_folder, link_to_nothing, link_to_itself, link_up, listening]),
    ],
)
def test_what_is_no_ordinary_file_harms_nobody(studio: Studio, lay: Callable[[Path, Path], None]) -> None:
    """Under every name that means something, twice: nothing is waited for, followed, read whole or written."""
    for role in ROLES:
        lay(studio.folders.feeds / role, studio.root.parent / "outside")
    studio.drop("_b.txt", GOOD_TEXT)
    for _ in range(2):
        holds(studio, publish(studio))


@pytest.mark.parametrize("lay", one_fast(link_to_folder, link_up, link_to_nothing, pipe))
def test_no_folder_is_entered_by_a_link(studio: Studio, lay: Callable[[Path, Path], None]) -> None:
    """A link to a folder, in feeds/ and in a folder of it, is never read and never written through."""
    deep = studio.folders.feeds / "deep"
    deep.mkdir()
    for name in ("archive", "2025", "_drafts", "a.txt", "ledger", "drafts"):
        lay(studio.folders.feeds / name, studio.root.parent / "outside")
        lay(deep / name, studio.root.parent / "outside")
    holds(studio, publish(studio))


# -- names -----------------------------------------------------------------------------------------

NAMES = (
    "a\nb.txt", "a\r\nb.txt", "\x1b[2J\x1b[31m.txt", "\x1b]0;title\x07.txt", "\u202etxt.exe.txt", "\u2066a.txt",
    "\u009b31m.txt", "\x7f.txt", "a\tb.txt", "-rf.txt", "--help.txt", "~.txt", "$(id).txt", "`id`.txt", "a;b.txt",
    "{{ 7*7 }}.txt", "%s%n.txt", "<script>alert(1)<.txt", "\"'><img src=x>.txt", "&#8;.txt", "CON.txt", "a:b.txt",
    " .txt", "a .txt", "..txt", "...txt", "a..txt", "*.txt", "?.txt", "[a].txt", "\\..\\..\\a.txt", "%2e%2e%2fa.txt",
    "a" * 247 + ".txt", "ä" * 120 + ".txt", "\u0301.txt", "a\u200bb.txt", "\ufeffa.txt", "ａ.txt", "🙂.txt",
    os.fsdecode(b"\xff\xfe.txt"), os.fsdecode(b"a\xc3.txt"), "\U000e0041.txt", "a\u2028b.txt", "good.txt\n.txt",
    "index.html.txt", "feed.xml.txt", "2025-05-20\n.forget", "\x1b[31m.forget", "a\nb.docx", "\u202ea.docx",
    "a.txt.error.txt.txt", "2025-02-30.txt", "9999-12-31.txt", "0000-00-00.txt", "1" * 200 + ".txt", "null.txt",
)  # fmt: skip


def test_any_name_is_told_harmlessly(studio: Studio) -> None:
    """Each is refused with a receipt, or published, and shown without what steers a terminal or a page."""
    for number, name in enumerate(NAMES):
        text = "No date at all" if number % 2 else GOOD_TEXT.replace(GOOD, f"Item {number} is here.")
        (studio.folders.feeds / name).write_text(text, encoding="utf-8")
    log = publish(studio)
    holds(studio, log)
    assert all(line.startswith((" ", "\t")) or line[:1].isdigit() for line in log.splitlines() if line)
    everything = b"".join(studio.tree().values())
    shown = [n for n in range(0, 40, 2) if not NAMES[n].startswith(".")]
    assert not [NAMES[n] for n in shown if f"Item {n} is here.".encode() not in everything]


# -- contents --------------------------------------------------------------------------------------

DATED = "Update 31-05-2025\n\n# Northern front\n\n"
TEXTS = {
    "yaml-bomb": "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)) + "---\n" + DATED,
    "yaml-merge": "---\na: &a {b: *a}\n<<: *a\n---\n" + DATED + "- x\n",
    "yaml-deep": "---\na: " + "[" * 20_000 + "\n---\n" + DATED,
    "yaml-deep-maps": "---\na: " + "{a: " * 5_000 + "\n---\n" + DATED,
    "yaml-tag": "---\na: !!python/object/apply:os.system ['id']\n---\n" + DATED + "- x\n",
    "yaml-keys": "---\n" + "".join(f"k{n}: v\n" for n in range(30_000)) + "---\n" + DATED + "- x\n",
    "yaml-long": "---\ntitle: " + "x" * 300_000 + "\n---\n" + DATED + "- x\n",
    "yaml-number": "---\ntitle: 0x" + "f" * 50_000 + "\nn: " + "9" * 20_000 + "\n---\n" + DATED + "- x\n",
    "yaml-floats": "---\ndate: 1e999\npublish: .inf\ndraft: .nan\n---\n" + DATED + "- x\n",
    "yaml-dates": "---\ndate: 99999-99-99\npublish: 0000-00-00 99:99\n---\n" + DATED + "- x\n",
    "toml-deep": "+++\na = " + "[" * 20_000 + "\n+++\n" + DATED,
    "toml-number": "+++\na = " + "9" * 20_000 + "\n+++\n" + DATED,
    "quotes-deep": DATED + ">" * 20_000 + " x\n",
    "quotes-lists": DATED + "> - " * 5_000 + "x\n",
    "lists-deep": DATED + "".join(f"{'  ' * n}- a{n}\n" for n in range(600)),
    "tables-wide": DATED + "|a" * 20_000 + "|\n" + "|-" * 20_000 + "|\n" + "|b" * 20_000 + "|\n",
    "footnotes": DATED + "- a" + "".join(f"[^{n}]" for n in range(5_000)) + "\n\n" + "".join(
        f"[^{n}]: b\n" for n in range(5_000)),
    "references": DATED + "- " + "[a][b]" * 5_000 + "\n\n[b]: https://e.example/\n",
    "emphasis": DATED + "- " + "*a **b _c __d " * 5_000 + "\n",
    "brackets": DATED + "- " + "[" * 50_000 + "]" * 50_000 + "\n",
    "entities": DATED + "- " + "&amp;" * 50_000 + "&#x1F600;" * 10_000 + "\n",
    "addresses": DATED + "- " + "https://e.example/" * 10_000 + "\n",
    "mails": DATED + "- " + "a@e.example " * 20_000 + "\n",
    "sayings": DATED + "- " + "“he said «she said ‘we said “" * 12_000 + "\n",
    "sayings-without-blanks": DATED + "- " + "市长说据报道消息人士称" * 15_000 + "\n",
    "numbers": DATED + "- " + "9" * 200_000 + " were counted.\n",
    "one-word": DATED + "- " + "a" * 400_000 + "\n",
    "combining": DATED + "- a" + "\u0301" * 100_000 + "\n",
    "hangul": DATED + "- " + "\u1100\u1161\u11a8" * 40_000 + "\n",
    "ligatures": DATED + "- " + "\ufdfa" * 100_000 + "\n",
    "footnotes-in-items": DATED + ("- " + "a[^1]" * 80 + "\n") * 390 + "\n[^1]: b\n",
    "items-of-a-letter": "".join(f"Update {n % 28 + 1:02}-{n // 28 + 1:02}-2024\n" + "- a\n" * 60 for n in range(300)),
    "long-heading": "Update 31-05-2025\n\n# " + "a b " * 5_000 + "\n\n" + "- c\n" * 390,
    "right-to-left": DATED + "- " + "\u05d0\u202e\u2067" * 40_000 + "\n",
    "invisible": DATED + "- " + "\u200b\u200d\ufeff" * 40_000 + "x\n",
    "blank-lines": DATED + "\n" * 400_000 + "- x\n",
    "blanks": DATED + "- x" + " " * 400_000 + "y\n",
    "carriage-returns": DATED + "\r" * 200_000 + "- x\n",
    "form-feeds": DATED + "\x0c\x0b" * 100_000 + "- x\n",
    "headings": "Update 31-05-2025\n\n" + "# a\n\n" * 50_000,
    "setext": "Update 31-05-2025\n\n" + "a\n=\n" * 50_000,
    "key-lines": "a: b\n" * 60_000 + DATED + "- x\n",
    "chats": "".join(f"[31.05.25, 12:{n % 60:02}] Anna{n}: a\n" for n in range(10_000)),
    "chat-senders": "".join(f"[31.05.25, 12:{n % 60:02}] {'x' * 300}{n}: said {n}\n" for n in range(390)),
    "mail-quotes": "From: a@e.example\nSubject: Update 31-05-2025\n\n" + "".join(">" * n + " x\n" for n in range(500)),
    "rumors": "Update 31-05-2025\n\n# Rumors\n\n" + "".join(f"- It is said that road {n} is shut.\n" for n in range(390)),
    "settled": DATED + "".join(f"- Confirmed: closed-elm-{n} it is.\n" for n in range(390)),
    "settled-at-once": "Update 31-05-2025\n\n# Rumors\n\n" + "".join(
        f"- There are rumors that road {n} is shut.\n- Confirmed: road {n} is shut.\n" for n in range(245)),
    "sources": DATED + "".join(f"- {'According to the council ' * 5}{n}, all is quiet.\n" for n in range(390)),
    "speakers": DATED + "".join(f"- {'Al-Elm ' * 40}{n} said that the road is open.\n" for n in range(390)),
    "said-in-quotes": DATED + "".join(
        f"- “The road {n} and the mill are shut and no one has come”, said the council of Elm: “we wait for {n}.”\n"
        for n in range(390)),
    "said-in-arabic": DATED + "".join(
        f"- {'قال المجلس المحلي إن الطريق مفتوح بحسب مصادر محلية ' * 8}{n}\n" for n in range(315)),
    "letters-of-all": DATED + "".join(
        f"- {''.join(chr(0x400 + j) + chr(0x5d0 + j % 26) + chr(0x627 + j % 28) + chr(0x4e00 + n * j) + ' ' for j in range(50))}\n"
        for n in range(335)),
    "brackets-in-items": DATED + "".join(f"- {'[(' * 150}x{')]' * 150}{n}\n" for n in range(150)),
    "dates-in-items": DATED + "".join(
        f"- {'On 6 December 2024 at 12:30 and 7.12.24, 8/12/2024 ' * 8}{n}\n" for n in range(240)),
    "places-in-items": DATED + "".join(f"- {'Alder Birch Dogwood Elm Cedar Bridge ' * 6}{n}\n" for n in range(390)),
    "too-many-items": DATED + "".join(f"- The road number {n} is open again.\n" for n in range(401)),
    "pictures": DATED + "".join(f"![a](../../outside/secret.txt)\n![b](p{n}.jpg)\n" for n in range(2_000)),
    "forget-inside": "forget 2025-06-01\n2025-06-01\n",
    "fences": DATED + "```\n~~~\n" * 30_000,
    "comments": DATED + "<!-- " * 40_000 + "\n",
    "tags": DATED + "<a b='c'>" * 40_000 + "\n",
    "cdata": DATED + "<![CDATA[" * 30_000 + "\n",
    "datelines": "".join(f"Update {d % 28 + 1:02}-{d % 12 + 1:02}-20{d % 25:02}\n- a\n" for d in range(20_000)),
    "datelines-with-words": "".join(f"Update 06-12-2024: w{n}\n" for n in range(19_900)),
    "dates-in-line": DATED + "- " + "6 December 2024, " * 20_000 + "\n",
    "times": DATED + "12:30 a\n" * 19_900,
    "one-line-page": "<html><body>" + "<div>" * 9_000 + "Update 31-05-2025<p>- a" + "</div>" * 9_000,
    "table-cells": "date,front,text\n" + "2025-05-31,north,=cmd|' /C calc'!A0\n" * 5_000,
    "joined-signs": DATED + "- " + "\U0001f469\u200d" * 40_000 + "\n",
    "addresses-that-no-one-parses": DATED + "- http://[ [a](https://[::1) [b](https://e\u2100x.example/) https://a:b/\n",
    "names-of-pictures": DATED + f"- a\n\n![x]({'n' * 5_000}.jpg)\n![x](%00.jpg)\n![x](a%0ab.jpg)\n",
    "digits-that-are-none": "Update ³¹-⁰⁵-²⁰²⁵\n\n- ²⁰²⁵ a 12:³⁰ R² of ³¹ May 2025\n",
    "footnotes-in-a-ring": DATED + "- a[^1]\n\n[^1]: b[^1] [^2]\n[^2]: c[^1]\n",
    "claims-like-paths": DATED + "# Rumors\n\n- It is said that ../../etc is shut.\n- Confirmed: ../../x It is.\n",
    "translates-itself": "---\ntranslates: 2025-05-31\nlang: ar\n---\nUpdate 31-05-2025\n\n- a\n",
    "keys-of-a-generator": "---\nid: ../../x\npermalink: /etc/passwd\nlayout: base.html\n---\n" + DATED + "- x\n",
    "language-like-a-path": "---\nlang: ../../../etc/passwd\n---\n" + DATED + "- x\n",
    "values-within-themselves": "---\ntitle: &a [*a]\nkey_points: &b [*b]\n---\n" + DATED + "- x\n",
    "withdraw": "---\nwithdraw: " + "x" * 100_000 + "\n---\nUpdate 01-06-2025\n",
}  # fmt: skip
BYTES = {
    "nothing": b"", "nul": b"\0" * 1_000, "high": bytes(range(256)) * 400, "utf-16-odd": b"\xff\xfea\x00b\x00c",
    "utf-16-lone": b"\xff\xfe\x00\xd8" * 100, "utf-32": b"\xff\xfe\x00\x00\xff\xff\xff\x7f", "bom": b"\xef\xbb\xbf" * 9,
    "utf-7": b"Update 31-05-2025\n\n- +ADw-script+AD4-alert(1)+ADw-/script+AD4-\n",
    "overlong": b"Update 31-05-2025\n\n- \xc0\xbcscript\xc0\xbe \xf4\x90\x80\x80 \xed\xa0\x80\n",
    "gif-text": b"GIF89a/*<script>alert(1)</script>*/=1;", "pdf-text": b"%PDF-1.4 <script>alert(1)</script>",
    "too-large": b"Update 31-05-2025\n\n- x\n" * 100_000,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", [*TEXTS, *BYTES])
def test_any_content_is_read_soon_or_refused(studio: Studio, name: str) -> None:
    """Within a second or so, as one file among others: what it is, a page or a receipt with a remedy."""
    publish(studio)
    content = BYTES[name] if name in BYTES else TEXTS[name].encode("utf-8", "surrogatepass")
    (studio.folders.feeds / "hostile.txt").write_bytes(content)
    began = time.process_time()
    log = publish(studio)
    assert time.process_time() - began < SECONDS
    holds(studio, log)
    receipt = studio.folders.feeds / "hostile.txt.error.txt"
    out = (
        any(b"hostile.txt" in content for content in studio.tree().values())
        or "published" in log
        or "withdrawn" in log
    )
    assert receipt.exists() or out
    assert "the program failed" not in log


def test_a_request_with_very_many_ids_is_asked_about(studio: Studio) -> None:
    """Ten thousand ids, known and unknown, forget nothing on a file's word."""
    ids = [f"20{n % 90 + 10}-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(9_999)]
    studio.drop("mass.forget", "\n".join([*ids, "2025-06-01"]))
    holds(studio, publish(studio))
    assert (studio.folders.feeds / "mass.forget.error.txt").exists()


# -- pictures --------------------------------------------------------------------------------------


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, *more: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * min(height * (width // 8 + 1), 30_000_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + b"".join(more)
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


PICTURES = {
    "bomb.png": lambda: png(60_000, 60_000),
    "wide.png": lambda: png(2_000_000_000, 1),
    "zero.png": lambda: png(0, 0),
    "text-bomb.png": lambda: png(8, 8, chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 80_000_000, 9))),
    "profile-bomb.png": lambda: png(8, 8, chunk(b"iCCP", b"a\0\0" + zlib.compress(b"x" * 80_000_000, 9))),
    "cut.png": lambda: png(800, 800)[:60],
    "script.png": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "page.jpg": lambda: b"<html><script>alert(1)</script></html>",
    "both.png": lambda: png(8, 8) + b"<script>alert(1)</script>",
    "both.jpg": lambda: b"\xff\xd8\xff\xe0<script>alert(1)</script>" + b"\xff" * 10_000,
    "frames.gif": lambda: b"GIF89a\xff\xff\xff\xff\x80\0\0" + b"\0" * 6 + b",\0\0\0\0\xff\xff\xff\xff\0\x02\x01\0\0" * 5_000,
    "packed.jpg": lambda: b"PK\x03\x04" + b"\0" * 1_000,
    "nothing.webp": lambda: b"",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_any_picture_is_drawn_anew_or_left_out(studio: Studio, name: str) -> None:
    """Bombs, scripts and files of two kinds: no byte of what was dropped is served, and the text is out."""
    (studio.folders.feeds / name).write_bytes(PICTURES[name]())
    studio.drop("hostile.txt", f"{DATED}- The road at Alder is open.\n\n![the road]({name})\n")
    began = time.process_time()
    log = publish(studio)
    assert time.process_time() - began < SECONDS
    holds(studio, log)
    tree = studio.tree()
    assert b"The road at Alder is open" in tree["feed.xml"]
    assert not [place for place, content in tree.items() if b"alert(1)" in content]
