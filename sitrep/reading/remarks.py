"""What a text holds that readers will not see -> one message each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sitrep.base.nouns import Problem, Severity, Source, note
from sitrep.base.patterns import lazy_pattern
from sitrep.reading.lines import Classified
from sitrep.reading.rows import MAIL, Row

_LINK = lazy_pattern(
    r"(?<!!)\[[^\[\]\n]{1,200}\]\((?!https?:|//|mailto:|tel:|#|<|\{)(?P<to>[^()\s]{1,200})[^()\n]{0,200}\)"
)


def told_once(problems: Iterable[Problem], path: str, told: dict[str, str]) -> tuple[Problem, ...]:
    """The messages on a file without those that its folder was told already, at another file. ``told``: the
    topics its folder was told, and at which path; what this file tells first is added."""
    kept = []
    for problem in problems:
        at = [told.setdefault(topic, path) for topic in problem.topics]
        if not at or path in at or problem.severity is Severity.ERROR:
            kept.append(problem)
    return tuple(kept)


def remark_on_mail(source: Source, rows: Sequence[Row]) -> Iterator[Problem]:
    """That lines with names, addresses and numbers were left out: a writer may have meant them."""
    if left := [row.number for row in rows if row.marker == MAIL]:
        fact = f"lines of mails that are not published (senders, signatures, devices): {len(left)}"
        remedy = "nothing to do; what readers should have, such as a hotline, goes into a bullet"
        yield note(source.path, left[0], fact, remedy)


def remarks_on_marks(source: Source, found: Classified) -> Iterator[Problem]:
    """A comment without end (an error), elements of HTML that are not shown, links to files."""
    if found.unclosed is not None:
        fact = "a comment begins here (<!--) and never ends"
        remedy = "write --> where it ends; what stands in a comment is not published"
        yield Problem(path=source.path, line=found.unclosed, fact=fact, remedy=remedy)
    if found.lost:
        fact = f"HTML that is not shown: {', '.join(found.lost)}"
        remedy = "write what it shows as text, or nothing if it may be left out"
        first = min(found.lost.values())
        yield note(source.path, first, fact, remedy, *(f"html {name}" for name in found.lost))
    if "](" in source.text and (link := _LINK.search(source.text)):
        fact = f"{link['to'][:80]} is not published: only pictures are. The words of the link stay"
        remedy = "write a whole address (https://...), or the words alone"
        topics = ("link to a page",) if link["to"][0] == "/" else ()
        yield note(source.path, source.text.count("\n", 0, link.start()) + 1, fact, remedy, *topics)


def merge_marker(lines: Sequence[str]) -> int | None:
    """Number of the first line that a program for versions has left where two versions were not merged."""
    marks = [
        (number, line[:7]) for number, line in enumerate(lines, 1) if line.startswith(("<<<<<<<", ">>>>>>>"))
    ]
    middle = any(line.startswith("=======") for line in lines) if marks else False
    return marks[0][0] if marks and (middle or len({mark for _, mark in marks}) == 2) else None
