"""The name of a guide -> its text, as the documents of a checkout and of the installed program have it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import sitrep

GUIDES = {
    "writers": "how to write an update, be sure or not, correct, withdraw, forget",
    "editors": "config.yaml by task",
    "operators": "running it, and letting texts in",
    "delivery": "putting it online: ways out, web servers, what it costs",
    "keeping": "backup, updating, signing, when something goes wrong",
    "newsrooms": "taking the feeds, checking signatures, bringing texts in",
    "keys": "every key of config.yaml",
    "feeds": "what feeds hold",
    "sorting": "how an item finds its front",
    "theming": "how the site looks",
    "languages": "how a text's language, its dates and its doubt are understood",
}


def guide(name: str) -> str:
    """The text of a guide: in the wheel from ``sitrep/guides``, in a checkout from ``docs/``."""
    packaged = Path(sitrep.__file__).parent / "guides"
    folder = packaged if packaged.is_dir() else packaged.parent.parent / "docs"
    return (folder / f"{name}.md").read_text(encoding="utf-8")


def guides() -> Iterator[str]:
    """Every guide and what it is about, a line each."""
    yield "The guides; to read the first one type: python sitegen.py help writers"
    yield from (f"  {name:<10} {about}" for name, about in GUIDES.items())
    yield "The verbs are listed by --help."
