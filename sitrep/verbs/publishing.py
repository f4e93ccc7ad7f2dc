"""The verbs that publish, once or for as long as they run: each returns an exit code."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sitrep.base.errors import ArchiveError, SiteError
from sitrep.base.nouns import Problem
from sitrep.base.values import asdict
from sitrep.site.folders import Folders
from sitrep.verbs.console import folders_named, now, say_json, site_named, warn
from sitrep.verbs.options import as_typed

if TYPE_CHECKING:
    from sitrep.publish.outcome import Outcome
    from sitrep.report.log import Log
    from sitrep.service.publisher import Publisher
    from sitrep.service.service import Doors


def build(options: argparse.Namespace) -> int:
    """Publish once."""
    folders = site_named(options)
    outcome = publish_once(options, folders)
    if options.json:
        say_json(asdict(outcome))
    else:
        from sitrep.report.terminal import tell_site

        print(tell_site(outcome))
        print(f"  look at {folders.output / 'index.html'}")
    return outcome.exit_code


def publish_once(options: argparse.Namespace, folders: Folders, *, confirm: bool = False) -> Outcome:
    """One publish with its receipts; the lines on files go to the terminal unless JSON is wanted."""
    from sitrep.config.placeholders import placeholders
    from sitrep.report.log import Log
    from sitrep.service.publisher import Publisher
    from sitrep.site.lock import locked

    log = Log(io.StringIO() if options.json else sys.stdout, typed=as_typed)
    with locked(folders.work):
        publisher = Publisher(folders, now, log, base_url=options.base_url)
        warnings = placeholders(publisher.config, folders.config.name)
        log.problems(warnings)
        if options.json:
            warn(warnings)
        try:
            outcome = _published(publisher, confirm=confirm)
            publisher.announce()
            return outcome
        finally:
            publisher.close()


def _published(publisher: Publisher, *, confirm: bool) -> Outcome:
    """One publish; an archive that turns out to be damaged is made anew first."""
    from sitrep.archive.archive import is_damaged

    try:
        return publisher.publish(confirm_deletions=confirm)
    except ArchiveError as fault:
        if not is_damaged(fault):
            raise
        publisher.rebuild()
        return publisher.publish(confirm_deletions=confirm)


def run(options: argparse.Namespace) -> int:
    """Publish, watch and serve; what is missing of a site is made."""
    import secrets

    from sitrep.service.web_server import Audience, ServedSite, address_of, app_of, bind, serving

    folders, log = _founded(options)
    site = ServedSite(
        output=folders.output,
        status=folders.work / "status",
        secret=secrets.token_urlsafe(8),
        audience=Audience(),
    )
    try:
        app = app_of(site)
    except SiteError as fault:
        log.problems(fault.problems)
        return _keep_publishing(options, folders, log, None)
    listening = bind(options.host, options.port)

    @contextmanager
    def doors() -> Iterator[Callable[[], None]]:
        address = address_of(listening)
        with serving(app, listening, site.audience) as published:
            log.plain(f"  ready  {address}   status page: {address}_status/{site.secret}/")
            log.plain(f"  watching {folders.feeds.name}/ …  Ctrl-C stops", "")
            yield published

    with listening:
        return _keep_publishing(options, folders, log, doors)


def watch(options: argparse.Namespace) -> int:
    """Publish, and keep publishing."""
    folders, log = _founded(options)
    return _keep_publishing(options, folders, log, None)


def _founded(options: argparse.Namespace) -> tuple[Folders, Log]:
    """The folders of a site that is complete, and a log for what happens there."""
    from sitrep.report.log import Log
    from sitrep.verbs.init import found

    folders = folders_named(options)
    log = Log(sys.stdout, "json" if options.json else options.log, typed=as_typed)
    for path in found(folders):
        log.plain(f"  made   {path}")
    return folders, log


def _keep_publishing(options: argparse.Namespace, folders: Folders, log: Log, doors: Doors | None) -> int:
    from sitrep.config.placeholders import is_loopback, placeholders
    from sitrep.service.publisher import Publisher
    from sitrep.service.service import Service, signals
    from sitrep.site.lock import locked

    with locked(folders.work):
        publisher = Publisher(folders, now, log, base_url=options.base_url)
        # What run serves on this machine alone is a trial, for which placeholders are good enough.
        if options.verb == "watch" or not is_loopback(options.host):
            log.problems(placeholders(publisher.config, folders.config.name))
        service = Service(publisher, folders, now, log)
        with signals(service):
            service.run(doors)
        publisher.close()
    return 0


def serve(options: argparse.Namespace) -> int:
    """Serve output/ until told to stop."""
    from sitrep.service.web_server import ServedSite, address_of, app_of, bind, serve_until_stopped

    folders = folders_named(options)
    if not folders.output.is_dir():
        raise SiteError(
            Problem(
                path=f"{folders.output.name}/",
                fact="there is no site to serve yet",
                remedy="type: python sitegen.py build    or, to publish and serve at once: python sitegen.py",
            )
        )
    app = app_of(ServedSite(output=folders.output, status=folders.work / "status"))
    listening = bind(options.host, options.port)
    print(f"  serving {folders.output.name}/ at {address_of(listening)}  Ctrl-C stops", flush=True)
    serve_until_stopped(app, listening)
    return 0
