"""A shipment -> one commit on a branch of a git repository, whose host publishes it. The door to dulwich.

The commit has no parent and takes the place of the one before: what was forgotten or withdrawn does not
live on in a history. Only objects that the host does not have are sent. Files of the branch that no
delivery put there (a CNAME, a licence) stay.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitrep.delivery.credentials import Credentials
from sitrep.delivery.faults import DeliveryError, reason
from sitrep.delivery.order import Shipment
from sitrep.delivery.rsync import SSH

if TYPE_CHECKING:
    from dulwich.client import GitClient
    from dulwich.repo import Repo

_AUTHOR = b"sitegen <sitegen@localhost>"
_MESSAGE = b"Site as published\n"
_PLAIN = 0o100644
PATIENCE = 60.0
"""Seconds without a byte after which a host that speaks HTTP is given up; http.timeout of git comes first."""
_ROOM = 50
"""Packs of the working copy after which it is tidied."""


def deliver(
    shipped: Shipment, files: Path, target: str, branch: str, credentials: Credentials, copy: Path
) -> Iterator[tuple[str, ...]]:
    """Commit and push; yields every place once the host has taken the push. Raises DeliveryError.

    ``copy``: a bare repository of the program's own, with which unchanged files are not sent again; it may
    be deleted at any time.
    """
    with _faults(credentials):
        client, path = _client(target, credentials)
        _push(client, path, f"refs/heads/{branch}".encode(), shipped, files, copy)
    yield (*shipped.sent, *shipped.removed)


@contextlib.contextmanager
def _faults(credentials: Credentials) -> Iterator[None]:
    try:
        yield
    except DeliveryError:
        raise
    except Exception as fault:
        module = type(fault).__module__
        if isinstance(fault, OSError) or module.startswith(("dulwich", "urllib3")):
            raise DeliveryError(_why(fault, credentials)) from None
        raise


def _client(target: str, credentials: Credentials) -> tuple[GitClient, bytes]:
    try:
        from dulwich.client import get_transport_and_path
        from dulwich.config import ConfigFile, StackedConfig
    except ImportError:
        raise DeliveryError("dulwich is not installed: pip install 'sitrep-feed[git]'") from None
    own: dict[str, Any] = {}
    patience = ConfigFile()
    patience.set(("http",), "timeout", f"{PATIENCE}")
    config = StackedConfig([*StackedConfig.default_backends(), patience])
    if target.startswith(("http://", "https://")):
        name, password = credentials.get("GIT_USERNAME"), credentials.get("GIT_PASSWORD")
        own = {"username": name or "git", "password": password} if password else {}
    elif not Path(target).exists():
        own = {"ssh_command": SSH}
    client, path = get_transport_and_path(target, config, operation="push", quiet=True, **own)
    return client, path.encode() if isinstance(path, str) else path


def _push(client: GitClient, path: bytes, ref: Any, shipped: Shipment, files: Path, copy: Path) -> None:
    theirs = client.get_refs(path).refs.get(ref)
    with _settled(copy) as repo:
        _fetch(client, path, theirs, repo)
        commit = _commit(repo, theirs, shipped, files)

        def updated(refs: dict[Any, Any]) -> dict[Any, Any]:
            if refs.get(ref) != theirs:
                raise DeliveryError("the branch was changed by somebody else meanwhile")
            return {ref: commit}

        def packed(have: Any, want: Any, **options: Any) -> Any:
            known = [commit_id for commit_id in have if commit_id in repo.object_store]
            return repo.object_store.generate_pack_data(known, want, **options)

        refused = client.send_pack(path, updated, packed).ref_status or {}
        if why := refused.get(ref):
            raise DeliveryError(f"the branch was not taken: {why}")
        repo.refs[ref] = commit
        _tidy(repo)


@contextlib.contextmanager
def _settled(copy: Path) -> Iterator[Repo]:
    """The working copy as a delivery that came to an end has left it; made anew after one that was cut off.

    That one may have left locks or half a pack, over which every later one would stumble.
    """
    from dulwich.repo import Repo

    doubt = copy.with_suffix(".doubt")
    if doubt.exists():
        shutil.rmtree(copy, ignore_errors=True)
    copy.parent.mkdir(parents=True, exist_ok=True)
    doubt.touch()
    known = copy.exists()
    try:
        with contextlib.closing(Repo(str(copy)) if known else Repo.init_bare(str(copy), mkdir=True)) as repo:
            yield repo
    except DeliveryError:
        doubt.unlink()
        raise
    doubt.unlink()


def _fetch(client: GitClient, path: bytes, theirs: Any, repo: Repo) -> None:
    """Have the branch's commit here, if there is such a branch."""
    if theirs is not None and theirs not in repo.object_store:
        client.fetch(path, repo, determine_wants=lambda *_, **__: [theirs], depth=1)


def _commit(repo: Repo, theirs: Any, shipped: Shipment, files: Path) -> Any:
    from dulwich.object_store import commit_tree_changes
    from dulwich.objects import Blob, Commit, Tree

    blobs = {place: Blob.from_string((files / place).read_bytes()) for place in shipped.sent}
    repo.object_store.add_objects([(blob, None) for blob in blobs.values()])
    before: Any = Tree()
    if theirs is None:
        repo.object_store.add_object(before)
    else:
        last: Any = repo.object_store[theirs]
        before = repo.object_store[last.tree]
    changes: list[Any] = [(place.encode(), _PLAIN, blob.id) for place, blob in blobs.items()]
    changes += [(place.encode(), None, None) for place in shipped.removed if _has(repo, before, place)]
    commit = Commit()
    commit.tree = commit_tree_changes(repo.object_store, before, changes)
    commit.author = commit.committer = _AUTHOR
    commit.author_time = commit.commit_time = int(time.time())
    commit.author_timezone = commit.commit_timezone = 0
    commit.message = _MESSAGE
    repo.object_store.add_object(commit)
    return commit.id


def _has(repo: Repo, tree: Any, place: str) -> bool:
    try:
        tree.lookup_path(repo.object_store.__getitem__, place.encode())
    except (KeyError, NotADirectoryError):
        return False
    return True


def _tidy(repo: Repo) -> None:
    from dulwich.gc import garbage_collect

    if len(repo.object_store.packs) > _ROOM:
        garbage_collect(repo, prune=True, grace_period=None)


def _why(fault: Exception, credentials: Credentials) -> str:
    said = str(fault) or type(fault).__name__
    name = type(fault).__name__
    refused = name in ("HTTPUnauthorized", "HTTPProxyUnauthorized") or "resp 403" in said
    if refused or "Permission denied" in said:
        return "it does not let us in: GIT_USERNAME and GIT_PASSWORD in the credentials, or an SSH key"
    if name == "FileLocked":
        return "the branch is locked there, by a delivery under way or by the .lock that a killed one left"
    if name == "NotGitRepository":
        return "there is no git repository at that address"
    if name == "HangupException" or "Host key" in said:
        return (
            "it closed the connection: is the address right, and the host's key known (~/.ssh/known_hosts)?"
        )
    return reason(said) or credentials.masked(said)[:200]
