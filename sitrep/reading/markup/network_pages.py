"""Takes out of a copied page of a network who posted or commented, and the buttons and counts around.

Lines keep their numbers. Two buttons are needed: one word alone may be anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sitrep.base.patterns import lazy_pattern
from sitrep.reading.dates.message_stamps import names_sender
from sitrep.reading.markup.office_marks import as_gone

_FEWEST_BUTTONS = 2
_MOST_NAMES = 4
_BUTTON = lazy_pattern(
    r"(?:Like|Comment|Share|Reply|Follow|Send|Repost|Upvote|Downvote|Translate post|See translation|You sent"
    r"|Author|See more|Most relevant|View (?:all )?(?:\d+ )?repl(?:y|ies).*"
    r"|Gefällt mir|Kommentieren|Teilen|Antworten|J’aime|Commenter|Partager|Répondre"
    r"|Me gusta|Comentar|Compartir|Responder|Нравится|Подобається|Поделиться|Поширити|Ответить|Відповісти"
    r"|Beğen|Yorum Yap|Paylaş|Yanıtla|أعجبني|تعليق|مشاركة|رد)$"
)
_BESIDE_BUTTONS = lazy_pattern(
    r"(?:Verified(?: account)?|[·•]|@\w{2,30}|All reactions:)$"
    r"|[\d.,]{1,8}[KM]?(?: (?:comments?|shares?|likes?|views?|reposts?|replies))?$"
    r"|\d{1,2}\s?(?:h|hrs?|m|mins?|d|w|y|std|j|sem|ч|год|хв|дн|س|د|ي)\.?(?: ago)?(?: · \S.{0,20})?$"
    r"|\d{1,2} (?:second|minute|hour|day|week|month|year)s? ago(?: \(edited\))?$"
    r"|(?:[^\W\d_]{3,10}\.? \d{1,2}|\d{1,2}\.? [^\W\d_]{3,10})(?:,? \d{4})?"
    r"(?:,? (?:(?:at|um|à|a las) )?\d{1,2}:\d\d(?:\s?[AP]M)?)?(?: · \S.{0,20})?$"
)
_DAY = lazy_pattern(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\b\d{4}\b")


def without_buttons(text: str) -> str:
    """The text without them, where it is such a page; else itself. Linear time."""
    lines = text.split("\n")
    for number in _of_a_page([line.strip() for line in lines]):
        lines[number] = as_gone(lines[number], typed=True)
    return "\n".join(lines)


def _of_a_page(lines: Sequence[str]) -> Iterator[int]:
    """Who posted or commented and when, and the buttons and counts."""
    buttons = {n for n, line in enumerate(lines) if _BUTTON.match(line)}
    if len(buttons) < _FEWEST_BUTTONS and not any(lines[n] == "You sent" for n in buttons):
        return
    # The first line may be the day of the update.
    first = next(n for n, line in enumerate(lines) if line)
    beside = buttons | {n for n, line in enumerate(lines) if n > first and _BESIDE_BUTTONS.match(line)}
    yield from beside
    said = [n for n, line in enumerate(lines) if line and n not in beside]
    for above, n in pairwise((-1, *said)):
        opens = above < 0 or not beside.isdisjoint(range(above, n)) or _DAY.search(lines[above])
        if opens and _is_name(lines[n]):
            yield n


def _is_name(line: str) -> bool:
    """True for a few words with capitals, or one without a blank, which no sentence is."""
    words = line.split()
    return (
        names_sender(line)
        and len(words) <= _MOST_NAMES
        and line[-1].isalnum()
        and (len(words) == 1 or not any(word[0].islower() or word[0].isdigit() for word in words))
        and not line.startswith(("#", "-", "–", "*"))
    )
