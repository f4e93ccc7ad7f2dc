"""A site and a target -> the target holds what the site shows: the difference is frozen, sent and noted."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitrep.archive.archive import Archive
from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.base.values import Struct
from sitrep.config.delivery import Target
from sitrep.delivery import command, folder, git_branch, object_store, rsync
from sitrep.delivery.credentials import Credentials, read_credentials
from sitrep.delivery.faults import Superseded
from sitrep.delivery.held import Held, folder_of
from sitrep.delivery.order import Shipment, shipment
from sitrep.delivery.snapshot import snapshot
from sitrep.site.addresses import HOME
from sitrep.site.folders import Folders
from sitrep.site.media_types import TYPES

_ROUNDS = 5
"""How often it begins again if the site is published anew while its files are gathered."""


class Delivered(Struct, frozen=True, kw_only=True):
    """What one delivery did."""

    sent: int = 0
    removed: int = 0
    bytes: int = 0


def standing(folders: Folders) -> dict[str, bytes]:
    """SHA-256 digest of every file of output/ that readers may have, by place.

    Raises SiteError if nothing is there, ArchiveError if the archive cannot be read.
    """
    if not (folders.archive.exists() and (folders.output / HOME).exists()):
        raise SiteError(Problem(path="output", fact="there is no site in it", remedy="run: sitegen.py build"))
    archive = Archive(folders.archive, read_only=True)
    try:
        return {**archive.artifacts(), **dict(_checksums(folders.output))}
    finally:
        archive.close()


def _checksums(output: Path) -> Iterator[tuple[str, bytes]]:
    """The lists of digests and their signature, which are made of the artifacts and are none."""
    for pattern in ("SHA256SUMS*", "sums/*.sha256"):
        for file in output.glob(pattern):
            yield file.relative_to(output).as_posix(), hashlib.sha256(file.read_bytes()).digest()


def outstanding(target: Target, folders: Folders, held: Held, *, everything: bool = False) -> Shipment:
    """What a target lacks, or has too much; ``everything`` sends all of it whatever is known to be there."""
    there = held.places(target.name, address_of(target, folders.site))
    return shipment(standing(folders), dict.fromkeys(there, b"") if everything else there)


def address_of(target: Target, site: Path) -> str:
    """Where a target is, without anything secret: what it held is forgotten when this changes."""
    if target.folder:
        return f"folder {site / target.folder}"
    if target.git:
        return f"git {target.git} {target.branch}"
    if target.store:
        return f"store {target.store} {target.endpoint or ''}".strip()
    return f"rsync {target.rsync}" if target.rsync else f"command {' '.join(target.command)}"


def deploy(target: Target, folders: Folders, held: Held, *, everything: bool = False) -> Delivered:
    """Bring a target up to date; what it has taken is noted as it goes, so that a further run goes on there.

    ``everything`` forgets first what it has taken: a run that is cut off is gone on with as well.
    Raises DeliveryError if it does not take everything, SiteError if it cannot even be tried.
    """
    check_folder(target, folders)
    credentials = read_credentials(folders.site, target.credentials)
    done = Delivered()
    with _alone(folder_of(folders.work) / f"{target.name}.lock"):
        if everything:
            there = held.places(target.name, address_of(target, folders.site))
            held.put(target.name, dict.fromkeys(there, b""))
        for _ in range(_ROUNDS):
            try:
                sent = _round(target, folders, held, credentials)
            except Superseded:
                continue
            done = Delivered(
                sent=done.sent + sent.sent, removed=done.removed + sent.removed, bytes=done.bytes + sent.bytes
            )
            if not sent.sent and not sent.removed:
                break
    return done


def _round(target: Target, folders: Folders, held: Held, credentials: Credentials) -> Delivered:
    wanted = standing(folders)
    due = shipment(wanted, held.places(target.name, address_of(target, folders.site)))
    if not due.size:
        return Delivered()
    files = {place: wanted[place] for place in due.sent}
    with snapshot(folders.output, files, folder_of(folders.work) / f"{target.name}.files") as frozen:
        size = sum((frozen / place).stat().st_size for place in files)
        removed = set(due.removed)
        for places in _delivered(target, due, frozen, folders, credentials):
            held.put(target.name, {place: files[place] for place in places if place in files})
            held.drop(target.name, [place for place in places if place in removed])
    return Delivered(sent=len(files), removed=len(removed), bytes=size)


def _delivered(
    target: Target, due: Shipment, files: Path, folders: Folders, credentials: Credentials
) -> Iterator[tuple[str, ...]]:
    """The one place that knows which key of a target means which way."""
    if target.folder:
        return folder.deliver(due, files, folders.site / target.folder)
    if target.rsync:
        return rsync.deliver(due, files, target.rsync, credentials)
    if target.store:
        return object_store.deliver(
            due, files, target.store, credentials,
            endpoint=target.endpoint, region=target.region, types=TYPES,
        )  # fmt: skip
    if target.git:
        copy = folder_of(folders.work) / f"{target.name}.git"
        return git_branch.deliver(due, files, target.git, target.branch, credentials, copy)
    return command.deliver(due, files, target.command, credentials, site=folders.site, output=folders.output)


def check_folder(target: Target, folders: Folders) -> None:
    """Raises SiteError if a target lies in the site's own folders, or they in it: it would eat itself."""
    if not target.folder:
        return
    goal = (folders.site / target.folder).resolve()
    for own in (
        folders.feeds,
        folders.output,
        folders.ledger,
        folders.templates,
        folders.work,
        folders.config,
    ):
        if goal == own.resolve() or own.resolve() in goal.parents or goal in own.resolve().parents:
            raise SiteError(
                Problem(
                    path="config.yaml",
                    fact=f"the target {target.name} lies in the site's own folders: {target.folder}",
                    remedy="give a folder beside the site, for example ../public",
                )
            )


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One delivery to a target at a time, of whatever program; a second one waits for the first."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
