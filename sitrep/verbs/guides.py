"""The name of a guide -> its text, as the checkout or the installed program has it, or as a page to print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

import sitrep
from sitrep.base.disk import disk_faults, replace_file
from sitrep.base.patterns import lazy_pattern

GUIDES = {
    "writers": "how to write an update, be sure or not, correct, withdraw, forget",
    "editors": "config.yaml by task",
    "operators": "running it, and letting texts in",
    "delivery": "putting it online: ways out, followers, what it costs",
    "servers": "nginx, Caddy, an onion service",
    "keeping": "backup, updating, signing, when something goes wrong",
    "newsrooms": "taking the feeds, checking signatures, bringing texts in",
    "developers": "the way of an update, function by function",
    "keys": "every key of config.yaml",
    "feeds": "what feeds hold",
    "sorting": "how an item finds its front",
    "theming": "how the site looks",
    "languages": "how a text's language, its dates and its doubt are understood",
    "service": "a systemd unit",
}
ELSEWHERE = {"service": "systemd/sitegen.service"}
_LINK = lazy_pattern(r'<a href="(?!\w+:)([^"]*)">(.*?)</a>', re.S)


def guide(name: str) -> str:
    """The text of a guide: in the wheel from ``sitrep/guides``, in a checkout from ``docs/``."""
    packaged = Path(sitrep.__file__).parent / "guides"
    folder = packaged if packaged.is_dir() else packaged.parent.parent / "docs"
    return (folder / ELSEWHERE.get(name, f"{name}.md")).read_text(encoding="utf-8")


def printed(name: str) -> str:
    """A guide as a page for A4; links lead to the other guides, and what is no guide is only named."""
    from sitrep.text.markdown_library import html_of_document

    text = guide(name)
    title = escape(text.splitlines()[0].strip("# "))
    style = Path(__file__).with_name("guide.css").read_text(encoding="utf-8")
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
    return f"{head}<style>{style}</style>{_LINK.sub(_linked, html_of_document(text))}</html>"


def _linked(link: re.Match[str]) -> str:
    name, _, anchor = link[1].partition(".md")
    return f'<a href="{name}.html{anchor}">{link[2]}</a>' if name in GUIDES else link[2]


def write_printed(folder: Path) -> Iterator[str]:
    """Write every guide into a folder as a page to print; a line each. Raises SiteError."""
    for name in GUIDES.keys() - ELSEWHERE:
        with disk_faults(
            str(folder), "the guides could not be written", "name a folder that you may write to"
        ):
            replace_file(folder, f"{name}.html", printed(name).encode())
    yield f"  look at {folder / 'writers.html'}, and print it: each guide is a sheet of A4"


def guides() -> Iterator[str]:
    """Every guide and what it is about, a line each."""
    yield "The guides; to read the first one type: python sitegen.py help writers"
    yield from (f"  {name:<10} {about}" for name, about in GUIDES.items())
    yield "As pages to print, into a folder: python sitegen.py help --html guides"
    yield "The verbs are listed by --help."
