"""A site's language, compiled <-> the archive: a start need not compile it again for the same configuration.

Compiling takes four times as long as reading what was compiled.
"""

from __future__ import annotations

from sitrep.keeping.archive import Archive
from sitrep.reading.scheme import Scheme
from sitrep.reading.tongue import Tongue
from sitrep.values import Damaged, decode, encode, replace

TONGUE = "tongue"
"""The note in the archive: a fingerprint of what it was compiled from, then the tongue."""


def take_up(scheme: Scheme, archive: Archive, makings: bytes) -> bool:
    """Give a scheme the tongue of its site's language if that is kept; False if it is not.

    ``makings``: a fingerprint of configuration and program.
    """
    kept = archive.meta(TONGUE) or b""
    if not kept.startswith(makings):
        return False
    try:
        scheme.tongues[scheme.config.site.language] = decode(kept[len(makings) :], Tongue)
    except Damaged:
        return False
    return True


def keep(scheme: Scheme, archive: Archive, makings: bytes) -> bool:
    """Keep that tongue, without the words it has met, for the next start; False if nothing needed it yet."""
    tongue = scheme.tongues.get(scheme.config.site.language)
    if tongue is None:
        return False
    archive.set_meta(TONGUE, makings + encode(replace(tongue, rulings={})))
    return True
