"""A site, or a copy of one -> everything in it that is not as its texts, its ledger or its signature say."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitrep.base.nouns import Problem, Severity
from sitrep.base.values import Struct, replace
from sitrep.ledger.ledger import Ledger
from sitrep.publish.sign import FOLDER, SIGNATURE, SUMS, check_signature, is_list, parse
from sitrep.site.folders import Folders

_LISTED = 10
"""Files that differ, named one by one."""
_AGAIN = "run: sitegen.py build; if that does not help delete output/ before it, at last .sitrep/ too"


class Verified(Struct, frozen=True, kw_only=True):
    """What was looked at, and what was found."""

    checked: tuple[str, ...]
    """What holds, in words."""
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        """True if nothing is wrong; notes and warnings do not count."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


def verify(folders: Folders, now: dt.datetime, signers: Path | None) -> Verified:
    """Check the ledger's chains, that output/ is what its inputs give, and its sums and signature.

    A folder without texts and configuration is taken for a copy of a published site: only its sums
    and its signature can be checked. Nothing is changed.
    """
    if not folders.config.exists() and not folders.feeds.exists():
        return _copy(folders.site, signers)
    found = [*check_ledger(folders)]
    broken = any(problem.severity is Severity.ERROR for problem in found)
    checked = (
        [] if broken else [f"the ledger: every chain whole, months: {len(Ledger(folders.ledger).months())}"]
    )
    if not broken:
        different = tuple(_rendered_again(folders, now))
        found += different
        checked += [] if different else ["output/: every file is what feeds/, ledger/ and config.yaml give"]
    if (folders.output / SUMS).exists() or signers:
        copy = _copy(folders.output, signers)
        found += copy.problems
        checked += copy.checked
    return Verified(checked=tuple(checked), problems=tuple(found))


def check_ledger(folders: Folders) -> Iterator[Problem]:
    """Everything that is wrong with the ledger or worth knowing of it. Raises SiteError, LedgerError."""
    if not folders.ledger.is_dir():
        yield Problem(
            path=folders.ledger.name,
            fact="there is no ledger",
            remedy="it comes with the first publish; bring it back from version control if there was one",
            severity=Severity.WARNING,
        )
        return
    yield from Ledger(folders.ledger).verify()


# -- output against its inputs ----------------------------------------------------------------------


def _rendered_again(folders: Folders, now: dt.datetime) -> Iterator[Problem]:
    """Make the site once more, elsewhere, and compare."""
    with tempfile.TemporaryDirectory(prefix="sitrep-verify-") as place:
        room = Path(place)
        fresh = replace(folders, output=room / "output", ledger=room / "ledger", work=room / "work")
        if folders.ledger.is_dir():
            shutil.copytree(folders.ledger, fresh.ledger)
        _build(fresh, now)
        yield from _differences(_digests(folders.output), _digests(fresh.output))


def _build(folders: Folders, now: dt.datetime) -> None:
    from sitrep.publish.open_site import open_site
    from sitrep.publish.spine import publish

    site = open_site(folders)
    try:
        publish(site, now=now)
    finally:
        site.close()


def _digests(folder: Path) -> dict[str, bytes]:
    return {
        os.path.relpath(path, folder): hashlib.sha256(path.read_bytes()).digest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def _differences(found: dict[str, bytes], wanted: dict[str, bytes]) -> Iterator[Problem]:
    found = {place: digest for place, digest in found.items() if not is_list(place)}
    different = sorted(place for place in found.keys() & wanted.keys() if found[place] != wanted[place])
    kinds = (
        (different, "it is not what its inputs give", _AGAIN),
        (sorted(wanted.keys() - found.keys()), "it is missing", _AGAIN),
        (
            sorted(found.keys() - wanted.keys()),
            "nothing makes this file",
            "delete it if you did not put it there",
        ),
    )
    for places, fact, remedy in kinds:
        for place in places[:_LISTED]:
            yield Problem(path=f"output/{place}", fact=fact, remedy=remedy)
        if len(places) > _LISTED:
            yield Problem(path="output", fact=f"{len(places) - _LISTED} more: {fact}", remedy=remedy)


# -- a copy against its sums ------------------------------------------------------------------------


def _copy(folder: Path, signers: Path | None) -> Verified:
    if not (folder / SUMS).is_file():
        fact = "there is no SHA256SUMS, so that nothing tells what should stand here"
        remedy = "ask the publisher to sign the site (trust: signing_key), or take the copy anew"
        return Verified(checked=(), problems=(Problem(path=folder.name, fact=fact, remedy=remedy),))
    problems = list(_signed(folder, signers))
    wanted, wrong = _listed(folder)
    problems += wrong
    problems += _held_against(folder, wanted)
    checked = [] if problems else [f"{len(wanted)} files are as SHA256SUMS says"]
    if signers and not any(problem.path == SIGNATURE for problem in problems):
        checked.append(f"SHA256SUMS is signed by {check_signature(folder, signers)}")
    return Verified(checked=tuple(checked), problems=tuple(problems))


def _signed(folder: Path, signers: Path | None) -> Iterator[Problem]:
    if signers is None:
        fact = "whose sums these are was not checked"
        remedy = "give the publisher's keys: verify --allowed-signers FILE"
        yield Problem(path=SIGNATURE, fact=fact, remedy=remedy, severity=Severity.WARNING)
    elif not signers.is_file():
        yield Problem(
            path=str(signers), fact="there is no such file", remedy="name the file of allowed signers"
        )
    elif check_signature(folder, signers) is None:
        fact = "SHA256SUMS is not signed by any of the allowed signers"
        yield Problem(path=SIGNATURE, fact=fact, remedy="do not trust this copy; get it from the publisher")


def _listed(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Digests by place, from SHA256SUMS and the lists that it names."""
    root = parse((folder / SUMS).read_text("utf-8", "replace"))
    wanted = dict(root)
    wrong: list[Problem] = []
    for name in sorted(name for name in root if name.startswith(FOLDER)):
        path = folder / name
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == root[name]:
            wanted |= parse(path.read_text("utf-8", "replace"))
    return wanted, wrong


def _held_against(folder: Path, wanted: dict[str, str]) -> Iterator[Problem]:
    found = {
        place: digest.hex() for place, digest in _digests(folder).items() if place not in (SUMS, SIGNATURE)
    }
    remedy = "take the copy anew; if it stays, ask the publisher"
    lists = (
        (sorted(p for p in wanted.keys() & found.keys() if wanted[p] != found[p]), "its bytes are others"),
        (sorted(wanted.keys() - found.keys()), "it is missing"),
        (sorted(_strange(found.keys(), wanted)), "SHA256SUMS does not know it"),
    )
    for places, fact in lists:
        for place in places[:_LISTED]:
            yield Problem(path=place, fact=fact, remedy=remedy)
        if len(places) > _LISTED:
            yield Problem(path=folder.name, fact=f"{len(places) - _LISTED} more: {fact}", remedy=remedy)


def _strange(found: Iterable[str], wanted: dict[str, str]) -> Iterator[str]:
    return (place for place in found if place not in wanted)
