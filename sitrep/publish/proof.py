"""Files that were read -> the same; one whose texts cannot be shown is refused before anything is recorded.

A page that fails would keep everything of everybody from being published. So each text is shown once by
itself, to nobody: what goes wrong there costs its file a receipt.
"""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import cached_property, partial
from pathlib import Path
from zoneinfo import ZoneInfo

import sitrep
from sitrep.archive.archive import Archive
from sitrep.base.errors import EndlessTemplateError, SitrepError, TemplateError
from sitrep.base.nouns import Problem, Update
from sitrep.base.spool import content_of
from sitrep.base.values import decoder, replace
from sitrep.config.values import Config
from sitrep.feeds.entries import Entries
from sitrep.feeds.xml_templates import entry_values
from sitrep.identity.item_ids import settle
from sitrep.inbox.survey import State
from sitrep.publish.open_site import OpenSite
from sitrep.publish.read_files import ReadFile, unexpected
from sitrep.publish.render import Renderer
from sitrep.site.artifacts import Artifact, ArtifactKind
from sitrep.site.plan import everything

FEW = 20
"""Files that are shown; of more, which come but once, showing each would cost a third of such a publish. What
fails there is found when it has failed (``second_try``)."""
_MOST = 20
"""Texts of one file that are shown."""

_PROGRAM = str(Path(sitrep.__file__).parent)
_update = decoder(Update)

Show = Callable[[Update, Renderer, Config], None]
"""Makes what is to be seen of an update."""


class _Proof:
    """The files, and what they are shown with; that is opened by each process that shares the work."""

    def __init__(
        self,
        files: Sequence[ReadFile],
        config: Config,
        now: dt.datetime,
        renderer: Renderer | None,
        show: Show | None = None,
    ) -> None:
        """``show``: given where a publish has failed already, so that nothing else explains a fault."""
        self.files, self.config, self.now, self.renderer = files, config, now, renderer
        self.show, self.explains = show or _show_pages, show is not None

    @cached_property
    def entries(self) -> Entries:
        return Entries(self.config)


def proved(site: OpenSite, files: Sequence[ReadFile], now: dt.datetime) -> tuple[ReadFile, ...]:
    """The files in their order, those refused that cannot be shown. A theme that fails is not their fault."""
    if len(files) > FEW:
        return tuple(files)
    proof = _Proof(files, site.config, now, site.tools.renderer)
    faults = [_fault(proof, number) for number in range(len(files))]
    return tuple(_refused(file, fault) if fault else file for file, fault in zip(files, faults, strict=True))


def _refused(file: ReadFile, fault: Problem) -> ReadFile:
    problems = (*file.problems, fault)
    return replace(file, state=State.REFUSED, digest="", updates=(), waiting=(), problems=problems)


def _fault(proof: _Proof, number: int) -> Problem | None:
    file = proof.files[number]
    try:
        for update in _provisional(file, proof):
            if proof.renderer:
                proof.show(update, proof.renderer, proof.config)
            _show_entries(update, proof.entries)
    except EndlessTemplateError:
        raise
    except SitrepError as fault:
        return _blamed(file.path, fault) if proof.explains else None
    except Exception as fault:
        return unexpected(file.path, fault)
    return None


def _blamed(path: str, fault: SitrepError) -> Problem | None:
    """What a file is told that could not be shown; None where a template fails, which is not its fault."""
    cause = fault.__cause__ if isinstance(fault, TemplateError) else None
    names = [frame.filename for frame in traceback.extract_tb(cause.__traceback__ if cause else None)]
    return unexpected(path, cause) if isinstance(cause, Exception) and _is_ours(names) else None


def _is_ours(names: list[str]) -> bool:
    """True if the program was at work last, whatever library it used, and no template."""
    last = max((place for place, name in enumerate(names) if not name.endswith(".py")), default=0)
    return any(name.startswith(_PROGRAM) for name in names[last + 1 :])


def culprits(
    site: OpenSite, files: Sequence[ReadFile], now: dt.datetime, attempt: Callable[[ReadFile], None]
) -> dict[str, ReadFile]:
    """By path and refused, those files without which a publish would not have failed; none where that cannot
    be told, or what is online cannot be shown any more either: then it is the theme.

    Pages of each text are shown alone; where all can be, each file is published alone by ``attempt``, which
    keeps nothing of it; and last every file of a site is made that holds nothing else.
    """
    told = [file for file in files if file.updates]
    pages, whole = (_Proof(told, site.config, now, site.tools.renderer, s) for s in (_show_pages, _show_site))
    for look in (partial(_fault, pages), partial(_attempted, told, attempt), partial(_fault, whole)):
        faults = [look(number) for number in range(len(told))]
        found = {file.path: _refused(file, fault) for file, fault in zip(told, faults, strict=True) if fault}
        if found:
            return found if len(found) < len(told) or not _fails_anyway(site, whole) else {}
    return {}


def _attempted(files: Sequence[ReadFile], attempt: Callable[[ReadFile], None], number: int) -> Problem | None:
    file = files[number]
    try:
        attempt(file)
    except SitrepError as fault:
        return _blamed(file.path, fault)
    except Exception as fault:
        return unexpected(file.path, fault)
    return None


def _fails_anyway(site: OpenSite, proof: _Proof) -> bool:
    """True if what is online already cannot be shown either."""
    try:
        for update in site.archive.latest(1):
            proof.show(update, site.tools.renderer, site.config)
    except Exception:
        return True
    return False


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


def _show_pages(update: Update, renderer: Renderer, config: Config) -> None:
    """Make the pages of an update as if it were the only one of the site."""
    with closing(Archive(None)) as archive:
        archive.put_update(update)
        for kind in (ArtifactKind.UPDATE, ArtifactKind.TEXT, ArtifactKind.UPDATE_API):
            renderer.render(Artifact("", kind, (update.key,)), archive)


def _show_site(update: Update, renderer: Renderer, config: Config) -> None:
    """Make every file of a site that holds nothing but an update."""
    with closing(Archive(None)) as archive:
        archive.put_update(update)
        for artifact in everything(archive, config, renderer):
            if artifact.kind is not ArtifactKind.MEDIA:
                renderer.render(artifact, archive)


def _show_entries(update: Update, entries: Entries) -> None:
    """Make what the feeds show of an update."""
    page = entries.page(update)
    for entry in (entries.update(page, None), *entries.items(page)):
        if entry:
            entry_values(entry)
