"""The answers to files ``NAME.forget`` -> a receipt beside each: what was done, or why nothing was."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from sitrep.base.say import printable
from sitrep.forgetting.forget import Forgotten
from sitrep.forgetting.forget_requests import Answer
from sitrep.inbox.file_names import ERROR, FORGET, NOTE
from sitrep.report.files_beside import MARK, lay, name_beside, take_away
from sitrep.report.receipts import in_words

_GOES = f"({MARK}. It goes away with the request, and is never published.)"
_STAYS = f"({MARK}. Delete it when you have read it; it is never published.)"


def lay_answers(feeds: Path, answers: Iterable[Answer], lying: Iterable[str]) -> None:
    """Lay the receipts of these answers, and take away those that lie there for no request any more.

    A folder that takes no receipt is no reason to stop.
    """
    waiting = set()
    for answer in answers:
        with contextlib.suppress(OSError):
            if answer.done:
                lay(feeds, name_beside(answer.path, NOTE), _of_done(answer.done))
            else:
                waiting.add(name_beside(answer.path, ERROR))
                told = ["Nothing was forgotten.", *map(in_words, answer.problems), _GOES]
                lay(feeds, name_beside(answer.path, ERROR), "\n\n".join(told) + "\n")
    for receipt in lying:
        if receipt.endswith(FORGET + ERROR) and receipt not in waiting:
            with contextlib.suppress(OSError):
                take_away(feeds, receipt)


def _of_done(done: Forgotten) -> str:
    what = ", ".join(map(str, done.targets))
    told = [f"Forgotten: {what}. The id stays, and is never given again."]
    told += [f"{printable(line[:1].upper() + line[1:])}." for line in done.cut]
    told += [f"In {printable(problem.path)}: {in_words(problem)}" for problem in done.problems]
    if not done.problems:
        told.append("None of the words is left in feeds/, ledger/, output/ or .sitrep/.")
    told.append("What this program cannot recall:\n" + "\n".join(f"- {line}" for line in done.beyond))
    return "\n\n".join([*told, _STAYS]) + "\n"
