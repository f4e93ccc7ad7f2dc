"""Files that were read -> the same; one whose texts cannot be shown is refused before anything is recorded.

A page that fails would keep everything of everybody from being published. So each text is shown once by
itself, to nobody: what goes wrong there costs its file a receipt.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cached_property, partial
from zoneinfo import ZoneInfo

from sitrep.archive.archive import Archive
from sitrep.base.errors import SitrepError
from sitrep.base.nouns import Problem, Update
from sitrep.base.spool import content_of
from sitrep.base.values import decoder, replace
from sitrep.config.values import Config
from sitrep.feeds.entries import Entries
from sitrep.feeds.xml_templates import entry_values
from sitrep.identity.numbering import settle
from sitrep.inbox.survey import State
from sitrep.publish.open_site import OpenSite
from sitrep.publish.process_pool import process_pool, with_own
from sitrep.publish.read_files import MANY, ReadFile, unexpected
from sitrep.publish.render import Renderer
from sitrep.site.artifacts import Artifact, ArtifactKind

_FEW = 20
"""Files whose pages are shown, too; of more, which come but once, the feeds' entries alone are made: pages
would cost a third of such a publish."""
_MOST = 20
"""Texts of one file that are shown."""

_update = decoder(Update)


class _Proof:
    """The files, and what they are shown with; that is opened by each process that shares the work."""

    def __init__(
        self, files: Sequence[ReadFile], config: Config, now: dt.datetime, renderer: Renderer | None
    ) -> None:
        self.files, self.config, self.now, self.renderer = files, config, now, renderer

    @cached_property
    def entries(self) -> Entries:
        return Entries(self.config)


def proved(site: OpenSite, files: Sequence[ReadFile], now: dt.datetime) -> tuple[ReadFile, ...]:
    """The files in their order, those refused that cannot be shown. A theme that fails is not their fault."""
    renderer = site.tools.renderer if len(files) <= _FEW else None
    proof, numbers = _Proof(files, site.config, now, renderer), range(len(files))
    if len(files) < MANY or site.processes < 2:
        faults = [_fault(proof, number) for number in numbers]
    else:
        with process_pool(site.processes, proof) as pool:
            faults = list(pool.map(partial(with_own, _fault), numbers, chunksize=50))
    return tuple(_refused(file, fault) if fault else file for file, fault in zip(files, faults, strict=True))


def _refused(file: ReadFile, fault: Problem) -> ReadFile:
    problems = (*file.problems, fault)
    return replace(file, state=State.REFUSED, digest="", updates=(), waiting=(), problems=problems)


def _fault(proof: _Proof, number: int) -> Problem | None:
    file = proof.files[number]
    try:
        for update in _provisional(file, proof):
            if proof.renderer:
                _show_pages(update, proof.renderer)
            _show_entries(update, proof.entries)
    except SitrepError:
        return None
    except Exception as fault:
        return unexpected(file.path, fault)
    return None


def _provisional(file: ReadFile, proof: _Proof) -> Iterator[Update]:
    """Its updates with keys and numbers as a new site would give them."""
    for day, encoded in file.updates[:_MOST]:
        yield settle(
            None,
            _update(content_of(encoded)),
            key=day,
            now=proof.now,
            zone=ZoneInfo(proof.config.site.timezone),
            grace=dt.timedelta(),
        ).update


def _show_pages(update: Update, renderer: Renderer) -> None:
    """Make the pages of an update as if it were the only one of the site."""
    with closing(Archive(None)) as archive:
        archive.put_update(update)
        for kind in (ArtifactKind.UPDATE, ArtifactKind.TEXT, ArtifactKind.UPDATE_API):
            renderer.render(Artifact("", kind, (update.key,)), archive)


def _show_entries(update: Update, entries: Entries) -> None:
    """Make what the feeds show of an update."""
    page = entries.page(update)
    for entry in (entries.update(page, None), *entries.items(page)):
        if entry:
            entry_values(entry)
