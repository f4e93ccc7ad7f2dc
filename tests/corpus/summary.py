"""Tells a reading in a few lines, as the expectations at the top of the corpus files are written."""

from __future__ import annotations

from collections.abc import Iterator

from sitrep.base.nouns import Item, Passage, Reading, Section, Severity, Update

WIDTH = 48


def summary(reading: Reading, *, notes: bool = False) -> list[str]:
    """One line for every update, title, section, item, passage, picture and problem; notes on demand."""
    told = [p for p in reading.problems if notes or p.severity is not Severity.NOTE]
    lines = [f"{p.severity} {p.line or '-'}: {p.fact}" for p in told]
    for update in reading.updates:
        lines += _update(update)
    return lines


def _update(update: Update) -> Iterator[str]:
    when = [update.date.isoformat(), *([f"{update.time:%H:%M}"] if update.time else []), update.zone or ""]
    yield f"UPDATE {' '.join(w for w in when if w)} (line {update.line})"
    if update.draft:
        yield "draft"
    if update.publish_at:
        yield f"publish at: {update.publish_at:%Y-%m-%d %H:%M} UTC"
    for name in ("title", "lang", "author", "summary", "correction", "withdraw"):
        value = getattr(update, name)
        if value is not None:
            yield f"{name}: {value}"
    for point in update.key_points:
        yield f"key point: {point}"
    told: list[tuple[int, int, list[str]]] = []
    told += [(section.line, 0, _heading(section)) for section in update.sections if section.heading]
    told += [(item.line, 1, _item(item)) for item in update.items]
    told += [(passage.line, 2, [_passage(passage)]) for passage in update.passages]
    for _, _, lines in sorted(told, key=lambda t: t[:2]):
        yield from lines


def _heading(section: Section) -> list[str]:
    return [f"{section.line} {'#' * section.level} {section.heading}"]


def _item(item: Item) -> list[str]:
    told = [f"{item.line} {'–' * (item.depth + 1)} {_short(item.text)}"]
    told += [f"{item.line} picture {p.file}{f': {p.alt}' if p.alt else ''}" for p in item.pictures]
    return told


def _passage(passage: Passage) -> str:
    return f"{passage.line} {passage.role}: {_short(passage.text)}"


def _short(text: str) -> str:
    plain = text.replace("\n\n", " ¶ ").replace("\n", " ↵ ")
    return plain if len(plain) <= WIDTH else f"{plain[: WIDTH // 2]}[…]{plain[-WIDTH // 2 :]}"
