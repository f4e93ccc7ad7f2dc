"""The archive after a publish -> the status page in .sitrep/status/: every decision with its reason.

It is for the writers at this machine and never part of what is uploaded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sitrep.archive.archive import Archive, SourceRecord
from sitrep.archive.notes import Note
from sitrep.base.disk import replace_file
from sitrep.base.nouns import Problem, Update
from sitrep.base.say import printable
from sitrep.base.values import decode, replace
from sitrep.config.values import Config
from sitrep.delivery.status import status_of_targets
from sitrep.delivery.websub import status_of_hubs
from sitrep.inbox.scan import written_at
from sitrep.inbox.survey import State
from sitrep.pages.templates import Markup, Templates, minified
from sitrep.report.details import page_size
from sitrep.report.status import moment, tell_hub, tell_target
from sitrep.report.translation_gaps import translation_gaps
from sitrep.site.folders import Folders, packaged_theme
from sitrep.text.summaries import certainty_name, opening, references, shortened

LATEST = 12
"""Updates whose decisions are shown."""
MOST = 200
"""Files that are listed."""
_END_OF_CALENDAR = dt.datetime(9999, 12, 31, tzinfo=dt.UTC).timestamp()
"""Any program can set when a file was last written to, also to a year that no calendar has."""

_ORDER = (State.REFUSED, State.CONFLICT, State.IGNORED, State.HELD, State.DRAFT)
_SHOWN = (State.REFUSED, State.CONFLICT, State.HELD, State.DRAFT)
_REASONS = {
    State.HELD: "waits for its time",
    State.DRAFT: "a draft; its preview lies beside it",
}


def write_status_page(folders: Folders, archive: Archive, config: Config, now: dt.datetime) -> None:
    """Write the page, whole or not at all. Raises OSError, and TemplateError if the theme is not whole."""
    text = to_status_page(folders, archive, config, now)
    replace_file(folders.work, "status/index.html", text.encode("utf-8", "backslashreplace"))


def to_status_page(folders: Folders, archive: Archive, config: Config, now: dt.datetime) -> str:
    """The page as it would be now."""
    zone = ZoneInfo(config.site.timezone)
    files = archive.sources_in(_SHOWN)
    ignored = tuple(source for source in archive.sources_in((State.IGNORED,)) if source.problems)
    listed = sorted((*files, *ignored), key=lambda source: (_ORDER.index(State(source.state)), source.path))
    last = (archive.meta(Note.LAST) or b"").decode()
    counts, online = archive.source_counts(), archive.live()
    templates, style = _theme(folders.compiled if folders.compiled.is_dir() else None)
    return templates.render(
        "status.html",
        style=style,
        site=config.site.title,
        updates=f"{online:,} update{'' if online == 1 else 's'}",
        last=moment(last, zone) if last else "never",
        now=f"{now.astimezone(zone):%H:%M:%S}",
        zone=config.site.timezone,
        verdict=_verdict(counts, bool(decode(archive.meta(Note.KEPT_BACK) or b"[]", list[str]))),
        counts=[(state.value, counts[state]) for state in State if counts.get(state)],
        kept_back=[*map(printable, decode(archive.meta(Note.KEPT_BACK) or b"[]", list[str]))],
        hubs=[
            *(
                tell_target(target, zone)
                for target in status_of_targets(config.deploy, folders)
                if target.fault
            ),
            *(line for hub in status_of_hubs(folders.websub) for line in tell_hub(hub, zone)),
        ],
        gaps=[printable(str(gap)) for gap in translation_gaps(archive)],
        files=[_file(source, zone) for source in listed[:MOST]],
        more=max(0, len(listed) - MOST),
        all_files=_all_files(archive, zone),
        beyond=max(0, sum(counts.values()) - MOST),
        latest=[_update(update, archive, config, folders) for update in archive.latest(LATEST)],
        budget=f"{config.limits.page_budget / 1000:.1f}",
    )


@lru_cache(maxsize=1)
def _theme(compiled: Path | None) -> tuple[Templates, Markup]:
    """The packaged templates and their style: a running program writes the page with every publish."""
    templates = Templates((packaged_theme(),), compiled)
    return templates, Markup(minified(templates.source("style.css")))


def _verdict(counts: Mapping[str, int], kept_back: bool) -> dict[str, Any]:
    """In one sentence whether anything needs a person."""
    waiting = counts.get(State.REFUSED, 0) + counts.get(State.CONFLICT, 0)
    if waiting:
        words = f"{waiting} file{' needs' if waiting == 1 else 's need'} you: see below."
    else:
        words = (
            "Texts have vanished, and somebody must say whether they are meant to be gone."
            if kept_back
            else ""
        )
    return {"bad": bool(words), "words": words or "All is well: nothing waits for you."}


def _file(source: SourceRecord, zone: ZoneInfo) -> dict[str, Any]:
    state = State(source.state)
    return {
        "path": printable(source.path),
        "state": state.value,
        "bad": state in (State.REFUSED, State.CONFLICT),
        "until": moment(source.until, zone) if source.until else "",
        "saved": _clock(written_at(source.stat), zone),
        "problems": _plain(source.problems),
        "reason": _REASONS.get(state, ""),
    }


def _all_files(archive: Archive, zone: ZoneInfo) -> list[tuple[str, str, str, str]]:
    """Every file, the last one saved first: state, when it was saved, name, and until when it waits."""
    return [
        (state, _clock(at, zone), printable(path), moment(until, zone) if until else "")
        for path, state, at, until in archive.last_written(MOST)
    ]


def _clock(at: float, zone: ZoneInfo) -> str:
    return f"{dt.datetime.fromtimestamp(at, zone):%Y-%m-%d %H:%M}" if 0 < at < _END_OF_CALENDAR else ""


def _plain(problems: Iterable[Problem]) -> list[Problem]:
    """The same; no name or text of a writer in them turns what stands beside it round."""
    return [
        replace(
            problem,
            fact=printable(problem.fact),
            quote=printable(problem.quote or ""),
            remedy=printable(problem.remedy),
        )
        for problem in problems
    ]


def _update(update: Update, archive: Archive, config: Config, folders: Folders) -> dict[str, Any]:
    zone = ZoneInfo(config.site.timezone)
    names = {front.id: front.name for front in config.fronts}
    record = archive.sources_at((update.source,)).get(update.source)
    size = page_size(folders, update.key)
    return {
        "key": update.key,
        "title": opening(update, config).headline,
        "source": printable(update.source),
        "out": moment(update.published.isoformat(), zone) if update.exact and update.published else "",
        "size": f"{size / 1000:.1f}" if size else "",
        "over": size > config.limits.page_budget,
        "problems": _plain(record.problems if record else ()),
        "decided": [
            {
                "code": code,
                "number": item.number,
                "front": names.get(item.front, item.front),
                "certainty": certainty_name(item),
                "by": item.by,
                "reason": item.reason,
                "text": shortened(" ".join(item.text.split()), 140),
            }
            for code, item in zip(references(update, config), update.items, strict=True)
        ],
    }
