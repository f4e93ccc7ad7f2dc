"""A site's texts -> the names in unsorted items that no front knows: what ``explain --unsorted`` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from sitrep.base.languages.month_names import month_names, weekday_names
from sitrep.base.nouns import Problem
from sitrep.base.say import listed
from sitrep.base.values import Struct, asdict
from sitrep.config.values import Config
from sitrep.inbox.scan import Sort, read_bytes, scan
from sitrep.lexicon.load import lexicons_of
from sitrep.reading.decoding.decode import decode
from sitrep.site.folders import Folders
from sitrep.sorting.front_of_item import UNSORTED
from sitrep.sorting.front_rules import compile_rules
from sitrep.sorting.sort_items import read
from sitrep.sorting.unknown_names import unknown_names
from sitrep.text.spelling import words_of

MOST = 20
_SHOWN = 5


class Unsorted(Struct, frozen=True, kw_only=True):
    """What found no front in a site's texts."""

    items: int
    """So many items stand in the general front because they name nothing."""
    of: int
    names: tuple[tuple[str, int], ...]
    """Names in them that are in no list, each with how often it stands there."""
    at: tuple[str, ...]
    """Where they stand: file and line."""

    def as_json(self) -> dict[str, Any]:
        """The object with the names that scripts rely on."""
        return asdict(self)


def unsorted(folders: Folders, config: Config) -> Unsorted:
    """Read every text of the drop folder and look at what names no front."""
    rules = compile_rules(config)
    texts: dict[str | None, list[str]] = {}
    count, places = 0, list[str]()
    for found in scan(folders.feeds):
        if found.sort is not Sort.TEXT:
            continue
        content = read_bytes(folders.feeds, found, config.limits.source_bytes)
        decoded = (
            content
            if isinstance(content, Problem)
            else decode(found.path, content, limit=config.limits.source_bytes)
        )
        if isinstance(decoded, Problem):
            continue
        for update in read(decoded.source, rules).updates:
            count += len(update.items)
            lost = [i for i in update.items if i.reason.startswith(UNSORTED)]
            texts.setdefault(update.lang, []).extend(i.text for i in lost)
            places += (f"{found.path}:{i.line}" for i in lost)
    names: Counter[str] = Counter()
    for lang, of in texts.items():
        code = lang or config.site.language
        names += unknown_names(of, rules.lexicon(lang), _common(config, code))
    ranked = sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))
    return Unsorted(items=len(places), of=count, names=tuple(ranked[:MOST]), at=tuple(places))


def tell_unsorted(found: Unsorted, config: Config) -> Iterator[str]:
    """The list for a person, with what to type."""
    if not found.items:
        yield f"  every item names a front ({found.of})"
        return
    front = next((f for f in config.fronts if f.kind == "geography"), config.fronts[0])
    called = front.short or front.name
    yield f"  {found.items} of {found.of} items name no front: {listed(found.at, _SHOWN)}"
    if not found.names:
        yield f"  and no name that is in no list; to sort one, write [{called}] at its start"
        return
    yield "  names in them that are in no list; add to which front?"
    width = max(len(name) for name, _ in found.names)
    yield from (f"    {count:>3}x  {name:<{width}}" for name, count in found.names)
    yield "  to add one, type for example:"
    yield f'    python sitegen.py explain --add "{called}={found.names[0][0]}"'


def _common(config: Config, lang: str) -> frozenset[str]:
    lists: Iterable[str] = (
        word
        for words in lexicons_of(config, lang)
        for phrases in (words.common, words.events, words.officials, words.anonymous, words.update_words)
        for word in phrases
    )
    dates = (*weekday_names(lang), *month_names(lang))
    return frozenset(form for phrase in (*lists, *dates) for form in words_of(phrase))
