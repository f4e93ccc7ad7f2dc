"""Takes out what a generator would fill in: names of links of which no address stands in the text, as
``[the report][source 4]`` is the report, and marks of templates over two lines or in addresses. A footnote
whose words begin on the next line begins there.

Generators bring such addresses in from another file. Figures in brackets stay: ``[3][4]`` may be notes.
"""

from __future__ import annotations

import re

from sitrep.base.patterns import lazy_pattern

_USED = lazy_pattern(
    r"`[^`\n]{1,300}`|(?<![A-Za-z0-9_\]\\])!?\[(?P<words>[^\[\]]{1,300})\]\[(?P<name>[^\[\]]{0,100})\]"
    # Within a word it may be code, but for a name of several words.
    r"|(?<=[A-Za-z0-9_])\[(?P<part>[^\[\]]{1,300})\]\[(?P<named>[^\[\]\s]{1,60}\s[^\[\]]{1,60})\]"
)
_BROKEN = lazy_pattern(r"\{%\n\s{0,9}(\w{1,30}) %\}")
"""The mark of a template that a program has wrapped."""
_TOLD = lazy_pattern(r"^\s{0,9}(?:>\s?)?\[([^\[\]]{1,100})\]:(?!\s*\{\{)", re.M)
_TEMPLATE = lazy_pattern(r"(?<!!)\[([^\[\]]{1,300})\]\(\{\{[^()\n]{1,200}\)")
"""A link whose address a generator would make."""
_BESIDE = lazy_pattern(r"(\]\[[^\[\]^][^\[\]]{0,100}\])\((?=[^()\s:/#.]{0,99}[\s()])")
"""Words in brackets right behind a link by name would be taken for its address."""
_NOTE_BELOW = lazy_pattern(r"^(\[\^[^\[\]\n]{1,80}\]:)[ \t]*\n[ \t]+(?=\S)", re.M)


def without_lost_references(text: str) -> str:
    """The text with the words of such links alone; lines keep their numbers. Linear time."""
    text = _BROKEN.sub(r"{% \1 %}\n", text) if "{%\n" in text else text
    if "[^" in text:
        text = _NOTE_BELOW.sub(r"\n\1 ", text)
    if "]({{" in text:
        text = _TEMPLATE.sub(r"\1", text)
    if "][" not in text:
        return text
    told = {_label(name) for name in _TOLD.findall(text)}
    if "](" in text:
        text = _BESIDE.sub(r"\1 (", text)

    def shown(found: re.Match[str]) -> str:
        words = found["words"] or found["part"] or ""
        name = _label(found["name"] or found["named"] or words)
        if not name or name in told or not any(map(str.isalpha, name)) or name[0] == "^":
            return found[0]
        return words + "\n" * (found["name"] or found["named"] or "").count("\n")

    return _USED.sub(shown, text)


def _label(name: str) -> str:
    return " ".join(name.casefold().split())
