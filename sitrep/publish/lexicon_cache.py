"""A site's language, compiled <-> the archive: a start need not compile it again for the same configuration.

Compiling takes four times as long as reading what was compiled.
"""

from __future__ import annotations

from sitrep.archive.archive import Archive
from sitrep.archive.notes import Note
from sitrep.base.values import Damaged, decode, encode, replace
from sitrep.lexicon.compiled import CompiledLexicon
from sitrep.sorting.front_rules import SortingRules


def take_up(rules: SortingRules, archive: Archive, makings: bytes) -> bool:
    """Give the sorting rules the lexicon of its site's language if that is kept; False if it is not.

    ``makings``: a fingerprint of configuration and program.
    """
    kept = archive.meta(Note.LEXICON) or b""
    if not kept.startswith(makings):
        return False
    try:
        rules.lexicons[rules.config.site.language] = decode(kept[len(makings) :], CompiledLexicon)
    except Damaged:
        return False
    return True


def keep(rules: SortingRules, archive: Archive, makings: bytes) -> bool:
    """Keep that lexicon, without the words it has met, for the next start; False if nothing needed it yet."""
    lexicon = rules.lexicons.get(rules.config.site.language)
    if lexicon is None:
        return False
    archive.set_meta(Note.LEXICON, makings + encode(replace(lexicon, rulings={})))
    return True
