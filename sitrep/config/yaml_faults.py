"""What a YAML parser says of a fault in syntax becomes fact and remedy for a person who knows no YAML."""

from __future__ import annotations

import re

# What PyYAML and libyaml say, in either one's wording; the first pattern that is found explains it.
_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (
        "quoted scalar.*(end of stream|document indicator)",
        "a quotation mark is opened and never closed",
        "close it at the end of the text, or remove it",
    ),
    (
        "escape character|hexdecimal|hexadecimal",
        "a backslash in double quotes begins no known character",
        "use single quotes, or write the backslash twice",
    ),
    (
        "mapping values are not allowed",
        "a second colon on one line, or a line indented where it should not be",
        'put the text after the first colon in quotes, for example title: "Hama: day two"',
    ),
    (
        "sequence entries are not allowed",
        "a dash where no list can begin",
        "begin the list on a line of its own, or put the text in quotes",
    ),
    (r"\btab\b|'\\t'", "a tab where YAML wants spaces", "indent with spaces"),
    ("cannot start any token", "a text cannot begin with this character", "put the text in quotes"),
    ("expected ':'", "a line without a colon", "write it as key: text, or remove the line"),
    ("scanning an? (alias|anchor)", "a text that begins with * or & must be quoted", "put it in quotes"),
    ("directive", "a line cannot begin with %", "put the text in quotes"),
    (
        "block scalar",
        "after | or > the text begins on the next line, indented",
        "put the text on the next line, indented by two spaces",
    ),
    (
        "flow (sequence|mapping|node)",
        "a bracket [ or { is opened and not closed, or a comma is missing",
        "close the bracket; if it is part of the text, put the text in quotes",
    ),
    ("scanning a tag|tag handle", "a text that begins with ! must be quoted", "put it in quotes"),
    (
        "block (mapping|collection|sequence)|document start|expected key|node content",
        "this line does not fit the lines above it",
        "indent it like its neighbours, and put a text that begins with a quotation mark or a bracket "
        "in quotes as a whole",
    ),
)


def explain_syntax(said: str) -> tuple[str, str]:
    """Fact and remedy for a parser's words, context and problem together."""
    for pattern, fact, remedy in _SYNTAX:
        if re.search(pattern, said):
            return fact, remedy
    return f"not valid YAML: {said}", "put the text in quotes, or remove the line"
