"""What is wrong with the site as a whole -> a receipt for each such thing in feeds/, until it is right."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from sitrep.base.nouns import Problem
from sitrep.base.say import listed
from sitrep.inbox.file_names import ANSWER, ERROR
from sitrep.report.files_beside import SITE, lay, name_beside, take_away

_GOES_ON = "Until that is put right the site goes on as it was before."
_ASKS = "Nothing is withdrawn before somebody answers."


class SiteReceipts:
    """The receipts of one site. A folder that takes none is no reason to stop: the next sweep tries again."""

    def __init__(self, feeds: Path) -> None:
        self._feeds = feeds
        self._told: dict[str, tuple[Problem, ...]] = {}
        """What this run has found of each thing; nothing where it is right."""

    def tell(self, name: str, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong with one of ``SITE`` now; nothing if it is right."""
        before, self._told[name] = self._told.get(name, ()), problems
        if problems != before:
            self._bring(name)

    def sweep(self, lying: Iterable[str]) -> None:
        """Bring them up to what was told. ``lying``: the receipts that a look at all of feeds/ has shown."""
        there = frozenset(lying)
        for name, problems in self._told.items():
            if bool(problems) != (name_beside(name, ERROR) in there):
                self._bring(name)

    def _bring(self, name: str) -> None:
        from sitrep.report.receipts import CLOSING, in_words

        problems, beside = self._told[name], name_beside(name, ERROR)
        told = [f"In {problem.path}: {in_words(problem)}" for problem in problems]
        meanwhile = _ASKS if name == "deletions" else _GOES_ON
        with contextlib.suppress(OSError):
            if told:
                lay(self._feeds, beside, "\n\n".join([SITE[name], *told, meanwhile, CLOSING]) + "\n")
            else:
                take_away(self._feeds, beside)


def unconfirmed(keys: tuple[str, ...]) -> tuple[Problem, ...]:
    """Asks whether the updates of these keys, which no file holds now, were meant to go."""
    if not keys:
        return ()
    fact = f"no file holds these updates now: {listed(keys, 12)}"
    remedy = (
        f"bring the files back; or, if they are to be withdrawn, put a file named {ANSWER} into this folder"
    )
    return (Problem(path="feeds", fact=fact, remedy=remedy),)
