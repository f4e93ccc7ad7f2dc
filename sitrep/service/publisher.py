"""A look at feeds/ -> a publish with everything that goes with it: receipts, previews, lines for the log.

It goes on with the last good configuration where a new one is broken, and says so.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from sitrep.archive.notes import Note
from sitrep.base.disk import reason_of
from sitrep.base.errors import ArchiveError, ConfigError, SiteError, SitrepError, TemplateError
from sitrep.base.say import instant_text
from sitrep.base.values import replace
from sitrep.delivery.outlets import Outlets
from sitrep.inbox.survey import State
from sitrep.publish.open_site import OpenSite, discard, open_site
from sitrep.publish.outcome import Outcome
from sitrep.publish.recover import is_elsewhere, note_clean
from sitrep.publish.see import More, nothing_more, whole_look
from sitrep.publish.spine import publish
from sitrep.report.site_receipts import SiteReceipts, unconfirmed
from sitrep.site.folders import Folders

if TYPE_CHECKING:
    from sitrep.archive.archive import Archive
    from sitrep.base.nouns import Problem
    from sitrep.config.values import Config
    from sitrep.forgetting.forget import ForgetContext, ForgetTarget, Forgotten
    from sitrep.inbox.scan import Look
    from sitrep.report.log import Log


Clock = Callable[[], dt.datetime]
"""Tells the time, in any zone."""

_LOOKED_BACK = 30
"""Updates, the newest, that may have come out in a publish which did not end."""


class Publisher:
    """One site that is kept published. The caller holds the site's lock. Not for two threads at once."""

    def __init__(
        self, folders: Folders, clock: Clock, log: Log, *, base_url: str | None = None, processes: int = 0
    ) -> None:
        """Open the site; ``processes`` 0: as many as there are processors. Raises ConfigError."""
        self.folders, self.log = folders, log
        self._clock, self._base_url, self._processes = clock, base_url, processes
        self._site = self._open()
        log.zone = self.config.site.timezone
        self._receipts = SiteReceipts(folders.feeds)
        self._receipts.tell("config.yaml", ())
        self._said: tuple[Problem, ...] = ()
        """What feeds/ says of the site as a whole."""
        self._forgetting = False
        self._answered: dict[str, tuple[Problem, ...]] = {}
        self._unfinished: frozenset[str] = frozenset()
        """Files of which the log has said that somebody is writing to them."""
        self._meant: frozenset[str] = frozenset()
        """Updates of which somebody has said that they are meant to go, and which are not gone yet."""
        self._untold = self._site.in_doubt
        """The last publish did not end: nobody was told of what it had changed."""
        self._outlets = Outlets(folders, log.notice)
        self._sealed = self.archive.meta(Note.SEALED) == b"yes"

    @property
    def config(self) -> Config:
        """The configuration in use."""
        return self._site.config

    @property
    def archive(self) -> Archive:
        """The open archive."""
        return self._site.archive

    @property
    def is_lost(self) -> bool:
        """True if somebody took output/ away, or what is in it; the next publish makes it again."""
        return is_elsewhere(self.archive, self.folders)

    def publish(
        self, look: Look | None = None, *, confirm_deletions: bool = False, more: More = nothing_more
    ) -> Outcome:
        """Publish what a look showed (None: look at everything) and tell of it, in feeds/ and in the log.

        ``more``: whether further files come at this moment.

        Raises SitrepError, as ``publish.spine``; the receipts in feeds/ then say so.
        """
        began = time.perf_counter()
        try:
            outcome = publish(self._site, look, now=self._clock(), confirmed=confirm_deletions, more=more)
        except SitrepError as fault:
            self._untold = True
            self._tell_site(fault)
            raise
        seconds = time.perf_counter() - began
        if outcome.written or outcome.removed:
            self.archive.set_meta(Note.LAST, instant_text(outcome.at or self._clock()).encode())
        if outcome.whole:
            self._tell_site(None)
        self._tell(outcome, seconds)
        outcome = replace(outcome, unsigned=not self._seal(changed=self._has_changed(outcome)))
        self._tell_outlets(outcome)
        if outcome.whole:
            self._receipts.sweep(outcome.receipts)
        if not self._forgetting:
            outcome = self._carry_out(outcome)
        return self._confirmed(outcome)

    def _has_changed(self, outcome: Outcome) -> bool:
        return bool(outcome.written or outcome.removed or self._untold)

    def _tell_outlets(self, outcome: Outcome) -> None:
        """Have everybody told; after a publish that did not end also of what that may have done."""
        published = outcome.published
        if self._untold and self.config.announce.services:
            latest = (update.key for update in self.archive.latest(_LOOKED_BACK))
            published = tuple(dict.fromkeys((*published, *latest)))
        self._outlets.note(self.archive, self.config, published, changed=self._has_changed(outcome))
        self._untold = False
        if self._processes == 1:
            self._outlets.begin()

    def _confirmed(self, outcome: Outcome) -> Outcome:
        """Somebody says in feeds/ that deletions are meant: of those that wait now, not of later ones."""
        waiting = frozenset(outcome.kept_back)
        if outcome.answers:
            from sitrep.report.files_beside import remove

            # One that cannot be taken away is no answer: it would say yes to whatever is lost later.
            taken = [remove(self.folders.feeds, path) for path in outcome.answers]
            self._meant = waiting if all(taken) else frozenset()
            if self._meant:
                self.log.notice("a file in feeds/ says that deletions are meant")
        self._meant = self._meant if self._meant == waiting else frozenset()
        if not self._meant:
            return outcome
        outcome = self._publish_at_once(confirm_deletions=True)
        self._meant = frozenset()
        return outcome

    def _publish_at_once(self, *, confirm_deletions: bool = False) -> Outcome:
        """Publish what is finished now: who asks by a file must not wait for one that somebody keeps open."""
        try:
            look = whole_look(self._site, watched=True)
        except SitrepError as fault:
            self._tell_site(fault)
            raise
        return self.publish(look, confirm_deletions=confirm_deletions)

    def announce(self) -> None:
        """Tell hubs, targets and followers now of what has changed; what fails is left for the next run."""
        self._outlets.finish(self.config)

    def tell_outlets(self) -> None:
        """Say in feeds/ which targets have been without news for a while; take it back when they have it."""
        self._tell_of("deploy", self._outlets.problems())

    def _seal(self, *, changed: bool) -> bool:
        """Keep the sums and their signature up to date; false if the configured key cannot be used."""
        output, key = self.folders.output, self.config.trust.signing_key
        there = (output / "SHA256SUMS").exists()
        if key is None:
            self._tell_of("signature", ())
        if key is None and not there:
            return True
        from sitrep.publish.sign import SIGNATURE, seal, unseal

        if key is None:
            unseal(output)
        elif changed or not self._sealed or not (output / SIGNATURE).exists():
            noted = self._site.take_noted() if self._sealed and there else None
            self._sealed = False
            try:
                seal(output, noted, self.archive.artifacts, self.folders.site / key)
            except SiteError as fault:
                self.log.problems(fault.problems)
                self._tell_of("signature", fault.problems)
                return False
            self._sealed = True
            self.archive.set_meta(Note.SEALED, b"yes")
        self._tell_of("signature", ())
        return True

    def forget(self, targets: Iterable[ForgetTarget], *, confirmed: bool = False) -> Forgotten:
        """Take the words of updates or items from everything the program has, and look for what is left.

        Raises LedgerError if one of them was never published, or if they are many and not ``confirmed``;
        SiteError if a file cannot be changed.
        """
        from sitrep.forgetting.forget import forget

        self._forgetting = True
        try:
            done = forget(targets, self._office(), confirmed=confirmed)
        finally:
            self._forgetting = False
        return done

    def _office(self) -> ForgetContext:
        from sitrep.forgetting.forget import ForgetContext

        return ForgetContext(
            folders=self.folders,
            config=self.config,
            archive=self.archive,
            publish=self._publish_at_once,
            show_status=self.write_status_page,
            now=self._clock(),
        )

    def _carry_out(self, outcome: Outcome) -> Outcome:
        """Do what files ``NAME.forget`` ask for; each has its answer beside it, and is told of once. What a
        fault hinders that may pass counts as not finished."""
        if not (outcome.requests or outcome.receipts or self._answered):
            return outcome
        from sitrep.forgetting.forget_requests import carry_out
        from sitrep.inbox.file_names import ERROR
        from sitrep.report.files_beside import name_beside
        from sitrep.report.request_receipts import lay_answers

        def forget(targets: Iterable[ForgetTarget], confirmed: bool) -> Forgotten:
            return self.forget(targets, confirmed=confirmed)

        answers = carry_out(outcome.requests, self._office(), forget)
        for answer in answers:
            if answer.done:
                self.log.notice(f"forgotten: {', '.join(map(str, answer.done.targets))}")
        told = {answer.path: answer.problems for answer in answers if answer.problems}
        for path, problems in told.items():
            if self._answered.get(path) != problems:
                self.log.problems(problems)
        there = {path for path in self._answered if os.path.lexists(self.folders.feeds / path)}
        gone = [name_beside(path, ERROR) for path in self._answered if path not in there]
        self._answered = {path: self._answered[path] for path in there} | told
        if self.config.watch.receipts != "none":
            lay_answers(self.folders.feeds, answers, outcome.receipts if outcome.whole else gone)
        hindered = tuple(answer.path for answer in answers if answer.hindered)
        undone = tuple(answer.path for answer in answers if not answer.done)
        return replace(outcome, unfinished=(*outcome.unfinished, *hindered), undone=undone)

    def reload(self) -> bool:
        """Take over a changed configuration or theme; False if it is broken and the last good one stays."""
        old = self._site
        with suppress(ArchiveError):  # One that is damaged, or was let go, is made anew.
            note_clean(old.archive)
        try:
            self._site = self._open()
        except ConfigError as fault:
            self._tell_of("config.yaml", fault.problems)
            self.log.problems(fault.problems)
            self.log.notice("config.yaml cannot be used: the site goes on with the last good one")
            return False
        old.archive.close()
        self._tell_of("config.yaml", ())
        self.log.zone = self.config.site.timezone
        return True

    def rebuild(self) -> None:
        """Throw a damaged archive away; the next publish makes it again from feeds/ and ledger/.

        Raises SitrepError or OSError if no new one can be opened now; ``reload`` tries that again.
        """
        self.log.notice("the archive is damaged: it is made again from feeds/ and ledger/")
        self._site.archive.close()
        discard(self.folders.archive)
        self._site = self._open()

    def write_status_page(self) -> None:
        """Bring the status page up to date. What is wrong with it is told, and no more."""
        from sitrep.report.status_page import write_status_page

        try:
            write_status_page(self.folders, self.archive, self.config, self._clock())
        except OSError as fault:
            self.log.notice(f"the status page could not be written: {reason_of(fault)}")
        except SitrepError as fault:
            self.log.problems(fault.problems)

    def warm(self) -> None:
        """Load now what the first drop will need, and look now at what an earlier run has left."""
        import sitrep.publish.drafts
        import sitrep.publish.record
        import sitrep.publish.write_site  # noqa: F401

        self._site.unwritten  # noqa: B018

    def in_one_process(self) -> None:
        """Share no more work among processes: the program has threads now, and is not to be forked."""
        self._site.processes = self._processes = 1
        self._outlets.begin()

    def close(self) -> None:
        """Leave the site as cleanly stopped."""
        self._outlets.end()
        self._site.close()

    def _open(self) -> OpenSite:
        return open_site(self.folders, base_url=self._base_url, processes=self._processes)

    # -- telling ---------------------------------------------------------------------------------

    def _tell(self, outcome: Outcome, seconds: float) -> None:
        self._tell_of("deletions", unconfirmed(outcome.kept_back))
        quiet = not (outcome.files or outcome.receipts or outcome.standing)
        if not quiet:
            from sitrep.report.receipts import lay_receipts

            for complaint in lay_receipts(self.archive, self.folders.feeds, self.config, outcome):
                self.log.notice(complaint)
        if any(file.state is State.DRAFT for file in outcome.files):
            for complaint in self._previews(outcome):
                self.log.notice(complaint)
        reasons = {}
        if any(file.state in (State.PUBLISHED, State.UPDATED) for file in outcome.files):
            from sitrep.report.details import details

            reasons = details(outcome, self.archive, self.config, self.folders)
        told, unfinished = self._unfinished, frozenset(outcome.unfinished)
        self._unfinished = unfinished if outcome.whole else told | unfinished
        outcome = replace(outcome, unfinished=tuple(sorted(unfinished - told)))
        self.log.outcome(outcome, self.config, reasons, seconds, standing=outcome.whole)

    def _previews(self, outcome: Outcome) -> Iterator[str]:
        from sitrep.report.preview import lay_previews

        site = self._site
        try:
            yield from lay_previews(
                outcome,
                site.tools.renderer,
                self.config,
                site.folders.feeds,
                site.folders.ledger,
                outcome.at or self._clock(),
            )
        except SitrepError as fault:
            yield f"no preview could be made: {fault.problems[0].fact}"

    def _tell_site(self, fault: SitrepError | None) -> None:
        """Say what is wrong with the site as a whole, once; take it back when it is right again."""
        problems = fault.problems if fault else ()
        is_template = isinstance(fault, TemplateError)
        self._tell_of("templates", problems if is_template else ())
        self._tell_of("output", () if is_template else problems)
        before, self._said = self._said, problems
        if before and not problems:
            self.log.notice("put right: everything that waited is online")

    def _tell_of(self, name: str, problems: tuple[Problem, ...]) -> None:
        """Say in feeds/ what is wrong with the site, if receipts are laid there at all."""
        self._receipts.tell(name, () if self.config.watch.receipts == "none" else problems)
