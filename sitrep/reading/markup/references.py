"""Takes out what a generator would fill in: names of links of which no address stands in the text, as
``[the report][source 4]`` is the report, and marks of templates over two lines.

Generators bring such addresses in from another file. Figures in brackets stay: ``[3][4]`` may be notes.
"""

from __future__ import annotations

import re

from sitrep.base.patterns import lazy_pattern

_USED = lazy_pattern(
    r"`[^`\n]{1,300}`|(?<![\w\]\\])!?\[(?P<words>[^\[\]]{1,300})\]\[(?P<name>[^\[\]]{0,100})\]"
)
_BROKEN = lazy_pattern(r"\{%\n\s{0,9}(\w{1,30}) %\}")
"""The mark of a template that a program has wrapped."""
_TOLD = lazy_pattern(r"^\s{0,9}(?:>\s?)?\[([^\[\]]{1,100})\]:", re.M)


def without_lost_references(text: str) -> str:
    """The text with the words of such links alone; lines keep their numbers. Linear time."""
    text = _BROKEN.sub(r"{% \1 %}\n", text) if "{%\n" in text else text
    if "][" not in text:
        return text
    told = {_label(name) for name in _TOLD.findall(text)}

    def shown(found: re.Match[str]) -> str:
        name = _label(found["name"] or found["words"] or "")
        if not name or name in told or not any(map(str.isalpha, name)) or name[0] == "^":
            return found[0]
        return found["words"] + "\n" * found["name"].count("\n")

    return _USED.sub(shown, text)


def _label(name: str) -> str:
    return " ".join(name.casefold().split())
