"""The verbs that ask something of a site and publish nothing; of these too each returns an exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sitrep.base.values import asdict
from sitrep.site.folders import Folders
from sitrep.verbs.console import file_named, folders_named, now, say, say_json

if TYPE_CHECKING:
    from sitrep.config.values import Config


def doctor(options: argparse.Namespace) -> int:
    """Say of each thing that a site needs whether it is well."""
    from sitrep.verbs.doctor import examine, tell_checks

    found = examine(folders_named(options), today=now().date(), base_url=options.base_url)
    if options.json:
        say_json([asdict(check) | {"well": check.well} for check in found])
    else:
        say(tell_checks(found))
    return 0 if all(check.well for check in found) else 1


def digest(options: argparse.Namespace) -> int:
    """Write or send the news of a day."""
    from sitrep.archive.archive import Archive
    from sitrep.delivery.digest import digest as digest_of
    from sitrep.delivery.digest import send, sender_of
    from sitrep.publish.open_site import read_config
    from sitrep.verbs.changes import day_of

    folders = folders_named(options)
    config = read_config(folders, base_url=options.base_url)
    day = day_of(options.day, now(), config.site.timezone)
    sender = sender_of(options.sender, config.site.contact)
    archive = Archive(folders.archive if folders.archive.exists() else None, read_only=True)
    try:
        mail = digest_of(archive, config, day, sender=sender, to=options.to or [sender])
    finally:
        archive.close()
    if mail is None:
        print(f"nothing came out or was changed on {day}", file=sys.stderr)
    elif options.send:
        send(mail)
    else:
        sys.stdout.buffer.write(mail)
    return 0


def changes(options: argparse.Namespace) -> int:
    """List what came out and what was changed."""
    from zoneinfo import ZoneInfo

    from sitrep.archive.archive import Archive
    from sitrep.publish.open_site import read_config
    from sitrep.verbs.changes import changes as changed
    from sitrep.verbs.changes import since_of, tell_changes

    folders = folders_named(options)
    config = read_config(folders, base_url=options.base_url)
    zone = ZoneInfo(config.site.timezone)
    since = since_of(options.since, zone) if options.since else None
    # Where nothing was published yet there is no archive, and nothing to tell.
    archive = Archive(folders.archive if folders.archive.exists() else None, read_only=True)
    try:
        found = changed(archive, config, since)
    finally:
        archive.close()
    if options.json:
        say_json([change.as_json() for change in found])
    else:
        say(tell_changes(found, zone))
    return 0


def verify(options: argparse.Namespace) -> int:
    """Check that the site, or a copy of one, is what it should be."""
    from sitrep.report.terminal import tell_problems
    from sitrep.verbs.verify import verify as verified

    done = verified(folders_named(options), now(), options.allowed_signers)
    if options.json:
        say_json({**asdict(done), "holds": done.holds})
    else:
        say(f"  holds  {checked}" for checked in done.checked)
        say(tell_problems(done.problems))
    return 0 if done.holds else 1


def check(options: argparse.Namespace) -> int:
    """Say what would become of files."""
    from sitrep.claims.hints import said
    from sitrep.publish.open_site import read_config
    from sitrep.publish.rehearsal import archive_of, rehearse, rehearse_claims
    from sitrep.report.terminal import tell_rehearsal, worst

    folders = folders_named(options)
    config = read_config(folders, base_url=options.base_url)
    archive = archive_of(folders)
    files = [file_named(path, folders) for path in options.files]
    read = [rehearse(path, config, folders.ledger, now(), archive) for path in files]
    rehearsals, hints = rehearse_claims(read, folders, config, now())
    if options.json:
        say_json(
            [_as_json(rehearsal.path, rehearsal.updates, rehearsal.problems) for rehearsal in rehearsals]
        )
    else:
        for rehearsal in rehearsals:
            say(tell_rehearsal(rehearsal, config))
        say(f"claim: {said(hint)}" for hint in hints)
    return worst(rehearsals)


def _as_json(path: str, updates: Iterable[Any], problems: Iterable[Any]) -> dict[str, Any]:
    return {
        "path": path,
        "updates": [
            {"update": u.key, "date": u.date, "title": u.title, "items": len(u.items)} for u in updates
        ],
        "problems": [asdict(problem) for problem in problems],
    }


def explain(options: argparse.Namespace) -> int:
    """Show where every line of a file would go."""
    from sitrep.publish.open_site import read_config
    from sitrep.publish.rehearsal import archive_of, rehearse
    from sitrep.report.explain import explain as explained
    from sitrep.report.terminal import tell_explained, worst

    folders = folders_named(options)
    if options.add:
        return _add_places(folders, options.add)
    config = read_config(folders, base_url=options.base_url)
    if options.unsorted:
        return _explain_unsorted(folders, config, as_json=options.json)
    rehearsal = rehearse(
        file_named(options.file, folders), config, folders.ledger, now(), archive_of(folders)
    )
    if options.json:
        say_json([line.as_json() for line in explained(rehearsal)])
    else:
        say(tell_explained(explained(rehearsal), config))
    for problem in rehearsal.problems:
        print(problem, file=sys.stderr)
    return 2 if rehearsal.reading.refused else worst([rehearsal]) and 1


def _add_places(folders: Folders, asked: Iterable[str]) -> int:
    from sitrep.verbs.add_place import add_places

    for name in asked:
        print(f"  {add_places(folders.config, name)}")
    return 0


def _explain_unsorted(folders: Folders, config: Config, *, as_json: bool) -> int:
    from sitrep.report.unsorted import tell_unsorted, unsorted

    found = unsorted(folders, config)
    if as_json:
        say_json(found.as_json())
    else:
        say(tell_unsorted(found, config))
    return 0
