"""The newest updates of a folder -> a note on the items that come word for word in each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sitrep.base.nouns import Problem, Update, note
from sitrep.lexicon.phrases import standing_form

LOOKED_AT = 4
"""So many updates in a row with the same line tell that it comes in every one."""
_FEWEST_WORDS = 4
_SHOWN = 80
_LISTED = 5


def remark_on_repeats(updates: Sequence[Update], path: str) -> Iterator[Problem]:
    """One note on the items that stand word for word in each of these updates, the newest last. ``path``: the
    file whose writer is told. Two updates are enough to notice it; the writer decides."""
    said = [{standing_form(item.text): item for item in update.items} for update in updates[-LOOKED_AT:]]
    if len(said) < 2:
        return
    items = [item for form, item in said[-1].items() if all(form in forms for forms in said[:-1])]
    if len(items) == len(said[-1]):
        return  # The same text once more: to leave it all out is no advice.
    items = [item for item in items if len(item.text.split()) >= _FEWEST_WORDS]
    if not items:
        return
    lines = [json.dumps(_beginning(item.text), ensure_ascii=False) for item in items[:_LISTED]]
    what = "one item stands" if len(items) == 1 else f"{len(items)} items stand"
    fact = f"{what} word for word in each of the last {len(said)} updates"
    remedy = f"if this is no news, write into config.yaml: boilerplate: [{', '.join(lines)}]"
    yield note(path, items[0].line, fact, remedy, *(f"repeats {line}" for line in lines))


def _beginning(text: str) -> str:
    """The first words of a text: what is enough to know it by."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN].rpartition(" ")[0] or line[:_SHOWN]
