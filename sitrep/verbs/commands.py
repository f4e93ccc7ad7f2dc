"""The verbs that do something to a site: each prints its answer and returns an exit code."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.base.disk import disk_faults, replace_file
from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem, Severity
from sitrep.base.values import asdict
from sitrep.verbs.console import file_named, folders_named, now, say, say_json, site_named
from sitrep.verbs.publishing import build, publish_once

if TYPE_CHECKING:
    from sitrep.forgetting.forget import ForgetTarget


def add(options: argparse.Namespace) -> int:
    """Put texts into feeds/; a running watcher publishes them, otherwise this does."""
    from sitrep.inbox.add import add as put
    from sitrep.inbox.add import read_text
    from sitrep.publish.open_site import read_config
    from sitrep.site.lock import holder

    folders = folders_named(options)
    config = read_config(folders, base_url=options.base_url)
    for name in options.files:
        file = name if name == "-" else str(file_named(Path(name), folders))
        path = put(read_text(file, config.limits.source_bytes), folders.feeds, config, now())
        if not options.json:
            print(f"  added  {folders.feeds.name}/{path.name}")
    if holder(folders.work) is None:
        return build(options)
    if not options.json:
        print("  the program that watches this site publishes it")
    return 0


def status(options: argparse.Namespace) -> int:
    """Say how everything stands; confirm deletions if that is asked for."""
    from sitrep.report.look import confirm, look
    from sitrep.report.status import tell_status

    folders = site_named(options)
    if options.confirm_deletions:
        confirmed = confirm(folders, lambda: publish_once(options, folders, confirm=True))
        if not options.json:
            print(f"  {confirmed}")
    found, config = look(folders, now())
    if options.json:
        say_json(found.as_json())
    else:
        say(tell_status(found, config))
    return found.exit_code


def forget(options: argparse.Namespace) -> int:
    """Take the words of updates or items from everything, and look for what is left."""
    from sitrep.forgetting.forget import CONFIRMED, ask_if_many
    from sitrep.ledger.ledger import Ledger
    from sitrep.report.log import Log
    from sitrep.report.terminal import tell_forgotten
    from sitrep.service.publisher import Publisher
    from sitrep.site.lock import holder, locked

    folders = folders_named(options)
    wanted = tuple(map(_target, options.targets))
    if not options.confirm:
        ask_if_many(wanted, Ledger(folders.ledger))
    if holder(folders.work) is not None:
        name = f"{wanted[0]}.forget".replace("/", " ")
        lines = "".join(f"{line}\n" for line in wanted).encode()
        with disk_faults(f"feeds/{name}", "the request could not be laid there", "allow writing there"):
            if options.confirm:
                replace_file(folders.work, CONFIRMED, lines)
            replace_file(folders.feeds, name, lines)
        print("  the program that watches this site does it; its lines say what came of it")
        return 0
    with locked(folders.work):
        publisher = Publisher(folders, now, Log(io.StringIO()), base_url=options.base_url)
        try:
            done = publisher.forget(wanted, confirmed=options.confirm)
            publisher.announce()
        finally:
            publisher.close()
    if options.json:
        say_json(asdict(done))
    else:
        say(tell_forgotten(done))
    return 1 if done.left else 0


def _target(text: str) -> ForgetTarget:
    """The update or item that a person names. Raises SiteError."""
    from sitrep.forgetting.forget import target_of

    if target := target_of(text):
        return target
    raise SiteError(
        Problem(path=text, fact="this names no update and no item", remedy="write 2024-12-06 or 2024-12-06/3")
    )


def ledger(options: argparse.Namespace) -> int:
    """Mend the ledger, or write back what it lacks."""
    from sitrep.ledger.ledger import Ledger
    from sitrep.report.terminal import tell_problems
    from sitrep.site.lock import locked
    from sitrep.verbs.ledger import from_archive

    folders = site_named(options)
    with locked(folders.work):
        done = Ledger(folders.ledger).repair()
        restored = from_archive(folders) if options.from_archive else ()
        left = Ledger(folders.ledger).verify()
    told = (*done, *restored, *left)
    if options.json:
        say_json([asdict(problem) for problem in told])
    elif told:
        say(tell_problems(told))
    else:
        missing = "it knows all that is online" if options.from_archive else "nothing to do"
        say([f"  the ledger is sound: {missing}"])
    return 1 if any(problem.severity is Severity.ERROR for problem in told) else 0


def init(options: argparse.Namespace) -> int:
    """Make a new site, from what is told or asked."""
    from sitrep.verbs.init import check_free, completed, make_site, wishes_of

    if options.dir is not None:
        options.site = options.dir
    folders, moment = folders_named(options), now()
    check_free(folders)
    wishes = completed(wishes_of(options, moment), options, sys.stdin.isatty() and sys.stdout.isatty())
    say(f"  {line}" for line in make_site(folders, wishes, moment))
    where = "" if options.dir is None or folders.site == Path.cwd() else f" --site {options.dir}"
    say([f"  next  python sitegen.py{where}    publishes what is dropped into {folders.feeds.name}/"])
    return 0


def deploy(options: argparse.Namespace) -> int:
    """Bring targets up to date, or say what that would send."""
    from sitrep.publish.open_site import read_config
    from sitrep.verbs.deploy import deploy as done
    from sitrep.verbs.deploy import preview, targets_of, tell_preview

    folders = folders_named(options)
    targets = targets_of(read_config(folders), options.targets)
    if options.dry_run:
        due = preview(folders, targets, everything=options.all)
        if options.json:
            say_json({name: asdict(rows) for name, rows in due.items()})
        else:
            say(tell_preview(due))
        return 0
    well, said = done(folders, targets, everything=options.all)
    if options.json:
        from sitrep.delivery.status import status_of_targets

        say_json([asdict(target) for target in status_of_targets(targets, folders)])
    else:
        say(f"  {line}" for line in said)
    return 0 if well else 1


def import_(options: argparse.Namespace) -> int:
    """Bring texts from elsewhere into feeds/."""
    from sitrep.importing.report import tell
    from sitrep.publish.open_site import read_config
    from sitrep.verbs.import_texts import asker, details_of, found_in, put

    folders = folders_named(options)
    config = read_config(folders)
    given = details_of(
        date=options.date,
        title=options.title,
        author=options.author,
        source=options.source,
        licence=options.licence,
        draft=options.draft,
    )
    some = False
    for path in options.paths:
        found = found_in(path, given, config, None if options.json else asker())
        where = "" if options.dry_run else put(found, folders, path)
        some = some or bool(found.drops)
        if options.json:
            say_json({"where": where, **asdict(found)})
        else:
            say(tell(found, where))
    return 0 if some else 2


def new(options: argparse.Namespace) -> int:
    """Write a dated skeleton into the drop folder."""
    from sitrep.publish.open_site import read_config
    from sitrep.verbs.new import write_skeleton

    folders = folders_named(options)
    config = read_config(folders)
    path = write_skeleton(folders, config, now(), options.date)
    print(f"  fill in  {path}, and take the _ off its name when it is to go out")
    return 0


def theme(options: argparse.Namespace) -> int:
    """The files of the theme; with ``eject`` copies of some to change."""
    from sitrep.verbs.theme import eject, listed

    templates = folders_named(options).templates
    if options.action == "eject" and not options.files:
        fact = "it is not said which file"
        raise SiteError(
            Problem(path="theme eject", fact=fact, remedy="for a list of them type: python sitegen.py theme")
        )
    say(eject(templates, options.files) if options.action == "eject" else listed(templates))
    return 0


def help_(options: argparse.Namespace) -> int:
    """Print a guide, or which there are; or write all as pages to print."""
    from sitrep.verbs.guides import guide, guides, write_printed

    if options.html:
        say(write_printed(options.html))
        return 0
    say(guide(options.guide).splitlines() if options.guide else guides())
    return 0


def completion(options: argparse.Namespace) -> int:
    """Print what makes a shell complete the command line."""
    from sitrep.verbs.grammar import build_parser
    from sitrep.verbs.shell import completion as script

    print(script(build_parser(), options.shell), end="")
    return 0


def manual(options: argparse.Namespace) -> int:
    """Print the manual page."""
    from sitrep.verbs.grammar import build_parser
    from sitrep.verbs.shell import manual as page

    print(page(build_parser()), end="")
    return 0
