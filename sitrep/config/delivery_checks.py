"""What no single type can tell of targets: names that stand twice, where they lead, secrets in the open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sitrep.base.patterns import lazy_pattern
from sitrep.config.faults import Faults, Keypath, short

WAYS = ("folder", "rsync", "store", "git", "command")
_SLUG = lazy_pattern(r"[a-z0-9]+(-[a-z0-9]+)*")
_STORE = lazy_pattern(r"(?:s3|gs|az)://[^/\s@:]+(/\S*)?")
_WITH_PASSWORD = lazy_pattern(r"[a-z][a-z0-9+.-]*://[^/\s@]*:[^/\s@]*@", re.I)
_WEB = lazy_pattern(r"https?://[^\s/?#@]+(/\S*)?")


def check_targets(raw: Any, faults: Faults) -> None:
    """Add every fault of the targets below ``deploy:``."""
    names: set[str] = set()
    for number, target in enumerate(raw if isinstance(raw, list) else ()):
        if not isinstance(target, Mapping):
            continue
        for keypath, fact, remedy in _faults(target, ("deploy", number), names):
            faults.add(keypath, fact, remedy)


def _faults(
    target: Mapping[str, Any], keypath: Keypath, names: set[str]
) -> Iterator[tuple[Keypath, str, str]]:
    name = target.get("name")
    label = f"the target {short(name)}" if isinstance(name, str) and name else "a target"
    if isinstance(name, str) and name:
        if not _SLUG.fullmatch(name):
            yield (
                (*keypath, "name"),
                f'"{short(name)}" is not a name for a target',
                "write it like web or s3-mirror",
            )
        elif name in names:
            yield (*keypath, "name"), f"two targets are called {name}", "give each a name of its own"
        names.add(name)
    ways = [way for way in WAYS if target.get(way)]
    if len(ways) != 1:
        said = f"{' and '.join(ways)} are given" if ways else "nothing says where it is"
        yield keypath, f"{label}: {said}", f"give one of: {', '.join(WAYS)}"
    store, endpoint = target.get("store"), target.get("endpoint")
    if isinstance(store, str) and store and not _STORE.fullmatch(store):
        remedy = "write s3://BUCKET/FOLDER, gs://BUCKET or az://CONTAINER"
        yield (*keypath, "store"), f"{label}: {short(_open(store))} is not an object store", remedy
    if isinstance(endpoint, str) and endpoint and not _WEB.fullmatch(endpoint):
        remedy = "begin it with https://"
        yield (
            (*keypath, "endpoint"),
            f"{label}: {short(_open(endpoint))} is not an address of the web",
            remedy,
        )
    for key in ("rsync", "store", "git", "endpoint"):
        if isinstance(target.get(key), str) and _WITH_PASSWORD.match(target[key]):
            remedy = "write it into a file and name that: credentials: FILE"
            yield (*keypath, key), f"{label}: there is a password in its address", remedy


def _open(address: str) -> str:
    """The address without what may be a password."""
    return re.sub(r"//[^/\s]*@", "//", address)
