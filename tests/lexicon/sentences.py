"""Sentences of our own by language and kind: doubt, statement, plain; at least twenty of each."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "sentences"
LANGUAGES = tuple(sorted(path.stem for path in _FOLDER.glob("*.txt")))


def sentences(lang: str) -> dict[str, list[str]]:
    """The sentences of one language by kind."""
    kinds: dict[str, list[str]] = {}
    kind = ""
    for line in (_FOLDER / f"{lang}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            kind = line[2:]
        elif line:
            kinds.setdefault(kind, []).append(line)
    return kinds
