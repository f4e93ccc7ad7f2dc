"""Files that were read -> the same; one whose texts cannot be shown is refused before anything is recorded.

A page that fails would keep everything of everybody from being published. So each text is shown once by
itself, to nobody: what goes wrong there costs its file a receipt.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import closing
from zoneinfo import ZoneInfo

from sitrep.archive.archive import Archive
from sitrep.base.errors import SitrepError
from sitrep.base.nouns import Update
from sitrep.base.spool import content_of
from sitrep.base.values import decoder, replace
from sitrep.config.values import Config
from sitrep.feeds.entries import Entries
from sitrep.feeds.xml_templates import entry_values
from sitrep.identity.numbering import settle
from sitrep.inbox.survey import State
from sitrep.publish.read_files import ReadFile, unexpected
from sitrep.publish.render import Renderer
from sitrep.site.artifacts import Artifact, ArtifactKind

MOST = 20
"""Files that are proved; of more, which come but once, the time would be doubled."""

_update = decoder(Update)


def proved(
    files: Iterable[ReadFile], renderer: Renderer, config: Config, now: dt.datetime
) -> tuple[ReadFile, ...]:
    """The files in their order, those refused that cannot be shown. A theme that fails is not their fault."""
    files = tuple(files)
    if len(files) > MOST:
        return files
    return tuple(_proved(file, renderer, config, now) if file.updates else file for file in files)


def _proved(file: ReadFile, renderer: Renderer, config: Config, now: dt.datetime) -> ReadFile:
    try:
        for update in _provisional(file, config, now):
            _show(update, renderer, config)
    except SitrepError:
        return file
    except Exception as fault:
        problems = (*file.problems, unexpected(file.path, fault))
        return replace(file, state=State.REFUSED, digest="", updates=(), waiting=(), problems=problems)
    return file


def _provisional(file: ReadFile, config: Config, now: dt.datetime) -> Iterator[Update]:
    """Its updates with keys and numbers as a new site would give them."""
    for day, encoded in file.updates[:MOST]:
        yield settle(
            None,
            _update(content_of(encoded)),
            key=day,
            now=now,
            zone=ZoneInfo(config.site.timezone),
            grace=dt.timedelta(),
        ).update


def _show(update: Update, renderer: Renderer, config: Config) -> None:
    """Make what shows an update as if it were the only one of the site."""
    with closing(Archive(None)) as archive:
        archive.put_update(update)
        for kind in (ArtifactKind.UPDATE, ArtifactKind.TEXT, ArtifactKind.UPDATE_API):
            renderer.render(Artifact("", kind, (update.key,)), archive)
    entries = Entries(config)
    page = entries.page(update)
    for entry in (entries.update(page, None), *entries.items(page)):
        if entry:
            entry_values(entry)
