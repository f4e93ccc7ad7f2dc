"""``python -m tests.corpus.measure DIR ...``: what a folder of dated texts from elsewhere comes out as.

Counted are refusals, days that differ from the file's name, tags and template marks that readers would see,
languages, remarks a text, speakers; told is a sample of what is labelled as reported. ``--lang xx`` names the
language the texts are in, ``--most N`` how many are taken, ``--show N`` how many are told.
"""

from __future__ import annotations

import argparse
import html
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sitrep.base.nouns import Certainty, Item, Problem, Reading, Update
from sitrep.base.values import replace
from sitrep.config.load import load_config
from sitrep.reading.decoding.decode import decode
from sitrep.reading.remarks import told_once
from sitrep.sorting.front_rules import SortingRules, compile_rules
from sitrep.sorting.sort_items import read
from sitrep.text.markdown import to_html

_TEXTS = (".md", ".markdown", ".txt")
_DAY = re.compile(r"(?<!\d)(\d{4})-?([01]\d)-?([0-3]\d)(?!\d)")
_SEEN = re.compile(r"</?[a-z][a-z0-9]{0,10}(?:\s[^<>]*)?/?>|\{%|\{\{|%\}|\}\}|\{:|<!--|&(?:amp;)?[a-z]{2,8};")
_QUOTED = re.compile(r"<(code|pre|script|style|title)\b.*?</\1>", re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>")
_CONFIG = """\
site: {{title: A folder, base_url: https://example.org/, authority: "example.org,2024", language: {lang}}}
fronts:
  - {{id: rumors, name: Rumors, kind: rumors}}
  - {{id: general, name: General, kind: general}}
"""


class Text(NamedTuple):
    """One text and what it came out as."""

    path: str
    reading: Reading


def main() -> None:
    """Print the report of each folder named."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("folders", nargs="+", type=Path)
    told.add_argument("--lang", default="")
    told.add_argument("--site", default="en")
    told.add_argument("--most", type=int, default=100)
    told.add_argument("--show", type=int, default=6)
    given = told.parse_args()
    for folder in given.folders:
        print("\n".join(report(folder, given.most, given.show, given.lang, given.site)), flush=True)


def report(folder: Path, most: int, show: int, lang: str = "", site_language: str = "en") -> Iterator[str]:
    """What would become of up to ``most`` texts of a folder, spread over it."""
    paths = sorted(p for p in folder.rglob("*") if p.suffix in _TEXTS and p.is_file())
    config = load_config(_CONFIG.format(lang=site_language))
    rules = compile_rules(config)
    told: dict[str, str] = {}
    texts = [_read(path, folder, rules, told) for path in paths[:: max(1, len(paths) // most)][:most]]
    yield f"== {folder.name}: {len(texts)} texts"
    yield from _fates(texts, show)
    yield from _words([u for text in texts for u in text.reading.updates], show, lang or site_language)
    yield from _marks([u for text in texts for u in text.reading.updates], show)


def _read(path: Path, folder: Path, rules: SortingRules, told: dict[str, str]) -> Text:
    name, limit = path.relative_to(folder).as_posix(), rules.config.limits.source_bytes
    decoded = decode(name, path.read_bytes(), limit=limit)
    if isinstance(decoded, Problem):
        return Text(name, Reading(problems=(decoded,)))
    reading = read(decoded.source, rules)
    problems = told_once((*decoded.problems, *reading.problems), name, told)
    return Text(name, replace(reading, problems=problems))


def _fates(texts: Sequence[Text], show: int) -> Iterator[str]:
    refused = [text for text in texts if text.reading.refused]
    yield f"  refused: {len(refused)}"
    for one in refused[: 2 * show]:
        yield from (
            f"    {one.path}: {p.line}: {p.fact}" for p in one.reading.problems if p.severity == "error"
        )
    drafts = sum(update.draft for text in texts for update in text.reading.updates)
    yield f"  drafts: {drafts}"
    other = [
        (text.path, days)
        for text in texts
        if (day := _day(text.path)) and (days := _days(text)) and day not in days
    ]
    yield f"  other days than the name's: {len(other)}"
    yield from (f"    {path}: {', '.join(days[:4])}" for path, days in other[:show])
    several = [text for text in texts if len(text.reading.updates) > 1]
    yield f"  several updates from one text: {len(several)}"
    yield from (f"    {text.path}: {', '.join(_days(text)[:6])}" for text in several[:show])
    remarks = [p for text in texts for p in text.reading.problems]
    yield f"  remarks a text: {len(remarks) / max(1, len(texts)):.2f}"
    kinds = Counter(re.sub(r'".*?"|\d[\d:-]*', "_", p.fact)[:90] for p in remarks)
    yield from (f"    {count:>4}  {kind}" for kind, count in kinds.most_common(2 * show))


def _words(updates: Sequence[Update], show: int, lang: str) -> Iterator[str]:
    items = [(update, item) for update in updates for item in update.items]
    yield f"  languages: {_counted(Counter(u.lang or 'site' for u in updates), show)}"
    wrong = [u for u in updates if (u.lang or "en") != lang]
    yield f"  in another language than {lang}: {len(wrong)}"
    yield from (f"    {u.source}: {u.lang}" for u in wrong[:show])
    yield f"  items: {len(items)}; {_counted(Counter(str(i.certainty) for _, i in items), show)}"
    speakers = Counter(item.by for _, item in items if item.by)
    names = (f"{name} {n}" if n > 1 else name for name, n in speakers.most_common(12 * show))
    yield f"  speakers: {', '.join(names)}"
    yield from _sample("reported", items, show)
    yield from _sample("rumor", items, show)
    yield from _repeated(items, show)


def _sample(certainty: str, items: Iterable[tuple[Update, Item]], show: int) -> Iterator[str]:
    found = [(u, i) for u, i in items if i.certainty == Certainty(certainty)]
    for update, item in random.Random(0).sample(found, min(4 * show, len(found))):
        yield f"    {certainty} {update.key} [{item.reason}] {' '.join(item.text.split())[:230]}"


def _repeated(items: Iterable[tuple[Update, Item]], show: int) -> Iterator[str]:
    days: Counter[str] = Counter()
    for text in {(update.key, item.text) for update, item in items}:
        days[text[1]] += 1
    often = {text: count for text, count in days.items() if count > 3}
    yield f"  items that stand in more than three updates: {sum(often.values())}"
    yield from (
        f"    {days[text]:>4}  {' '.join(text.split())[:90]}"
        for text in sorted(often, key=days.__getitem__)[-show:]
    )


def _marks(updates: Sequence[Update], show: int) -> Iterator[str]:
    seen: list[tuple[str, str]] = []
    for update in updates:
        for text in (
            update.title or "",
            *(item.text for item in update.items),
            *(p.text for p in update.passages),
        ):
            words = html.unescape(_MARKUP.sub("\0", _QUOTED.sub("", to_html(text))))
            seen += (
                (update.source, words[max(0, m.start() - 30) : m.end() + 30]) for m in _SEEN.finditer(words)
            )
    yield f"  tags and marks that readers see: {len(seen)} in {len({place for place, _ in seen})} texts"
    yield from (f"    {place}: {text!r}" for place, text in seen[: 2 * show])


def _counted(counts: Counter[str], show: int) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common(2 * show)) or "none"


def _day(path: str) -> str:
    found = _DAY.search(Path(path).name)
    return "-".join(found.groups()) if found else ""


def _days(text: Text) -> list[str]:
    return [update.date.isoformat() for update in text.reading.updates]


if __name__ == "__main__":
    main()
