"""Digests of output/ -> SHA256SUMS, in parts that a drop touches few of, and its signature by ``ssh-keygen``.

``SHA256SUMS`` lists what belongs to no month, and the lists of the months: ``sums/2024-12.sha256``. From the
root of the site ``sha256sum -c`` reads each of them. Only ``SHA256SUMS`` itself is signed.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.base.patterns import lazy_pattern
from sitrep.publish.output_writer import Writer, digest

SUMS, SIGNATURE, FOLDER = "SHA256SUMS", "SHA256SUMS.sig", "sums/"
NAMESPACE = "sitrep"
"""What the signature is for, so that one made for something else is not taken for it."""

_MONTH = lazy_pattern(r"(?<!\d)(\d{4})[-/](\d{2})(?!\d)")
_LINE = lazy_pattern(r"([0-9a-f]{64})  (\S.*)")
_PATIENCE = 60.0
"""Seconds that ssh-keygen is given; an agent may ask a person."""


def list_of(place: str) -> str:
    """The list that a file stands in."""
    if month := _MONTH.search(place):
        return f"{FOLDER}{month[1]}-{month[2]}.sha256"
    if place.startswith(("claims/", "media/")):
        # There is no end to them, and no month in their names.
        return f"{FOLDER}{place.partition('/')[0]}-{hashlib.sha256(place.encode()).hexdigest()[:2]}.sha256"
    return SUMS


def is_list(place: str) -> bool:
    """True for the lists themselves and their signature."""
    return place in (SUMS, SIGNATURE) or (place.startswith(FOLDER) and place.endswith(".sha256"))


def parse(text: str) -> dict[str, str]:
    """Digests (hexadecimal) by place; lines that are no such line are left out."""
    found = (_LINE.fullmatch(line) for line in text.splitlines())
    return {match[2]: match[1] for match in found if match}


def _written(entries: Mapping[str, str]) -> bytes:
    return "".join(f"{entries[place]}  {place}\n" for place in sorted(entries)).encode()


def seal(
    output: Path,
    changed: Mapping[str, bytes | None] | None,
    everything: Callable[[], Mapping[str, bytes]],
    key: Path,
) -> None:
    """Bring the lists up to date and sign them.

    ``changed``: digests of places that were written, None for those removed; None for the whole: it is
    not known what changed. Raises SiteError if the key cannot be used; no signature is left that is wrong.
    """
    writer = Writer(output)
    before = writer.read(SUMS)
    if changed is None or before is None:
        places: Iterable[tuple[str, bytes | None]] = everything().items()
        lists = _grouped(places, {})
        _drop_others(output, writer, lists.keys())
    else:
        lists = _grouped(changed.items(), writer)
    root = lists.pop(SUMS, parse((before or b"").decode("utf-8", "replace")))
    for name, entries in sorted(lists.items()):
        content = _written(entries)
        if entries:
            if writer.read(name) != content:
                writer.write(name, content)
            root[name] = digest(content).hex()
        else:
            writer.remove(name)
            root.pop(name, None)
    content = _written(root)
    if content != before or writer.read(SIGNATURE) is None:
        signature = _sign(content, key, output)
        writer.write(SUMS, content)
        writer.write(SIGNATURE, signature)


def _grouped(
    places: Iterable[tuple[str, bytes | None]], known: Writer | Mapping[str, bytes]
) -> dict[str, dict[str, str]]:
    """The lists that these places stand in, with them; what else stands there is kept."""
    lists: dict[str, dict[str, str]] = {}
    for place, found in places:
        name = list_of(place)
        if name not in lists:
            text = known.read(name) if isinstance(known, Writer) else None
            lists[name] = parse((text or b"").decode("utf-8", "replace"))
        if found is None:
            lists[name].pop(place, None)
        else:
            lists[name][place] = found.hex()
    return lists


def _drop_others(output: Path, writer: Writer, wanted: Iterable[str]) -> None:
    names = {path.relative_to(output).as_posix() for path in (output / FOLDER).glob("*.sha256")}
    for name in sorted(names - set(wanted)):
        writer.remove(name)


def unseal(output: Path) -> None:
    """Take lists and signature away: they are not kept up to date any more."""
    writer = Writer(output)
    writer.remove(SIGNATURE)
    writer.remove(SUMS)
    _drop_others(output, writer, ())


def _sign(content: bytes, key: Path, output: Path) -> bytes:
    command = ["ssh-keygen", "-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as fault:
        missing = isinstance(fault, FileNotFoundError)
        why = "ssh-keygen is not installed" if missing else "ssh-keygen did not answer in time"
        raise _unsigned(output, why) from fault
    if done.returncode or b"SSH SIGNATURE" not in done.stdout:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _unsigned(output, said[-1] if said else "no reason given")
    return done.stdout


def _unsigned(output: Path, why: str) -> SiteError:
    with contextlib.suppress(OSError):
        (output / SIGNATURE).unlink(missing_ok=True)
    return SiteError(
        Problem(
            path="config.yaml",
            fact=f"the site could not be signed: {re.sub(r'(?:/[^ /:]+)+/', '', why)}",
            remedy="install OpenSSH 8.2 or newer, and see that trust: signing_key names a key it can use",
        )
    )


def check_signature(output: Path, signers: Path) -> str | None:
    """Who signed ``SHA256SUMS``, of those an ``allowed_signers`` file names; None if none of them did."""
    signature = output / SIGNATURE
    if not signature.is_file() or not (output / SUMS).is_file():
        return None
    found = _run(["-Y", "find-principals", "-s", str(signature), "-f", str(signers)], b"")
    content = (output / SUMS).read_bytes()
    for principal in (found or "").splitlines():
        command = ["-Y", "verify", "-f", str(signers), "-I", principal, "-n", NAMESPACE, "-s", str(signature)]
        if _run(command, content) is not None:
            return principal
    return None


def _run(arguments: list[str], content: bytes) -> str | None:
    """What ssh-keygen says, or None if it says no."""
    try:
        done = subprocess.run(
            ["ssh-keygen", *arguments], input=content, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise SiteError(
            Problem(
                path="ssh-keygen",
                fact=f"the signature cannot be checked: {fault.__class__.__name__}",
                remedy="install OpenSSH (8.2 or newer), then try again",
            )
        ) from fault
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
