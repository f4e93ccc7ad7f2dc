"""Names of files -> whether one is named as people and programs name a copy of the other."""

from __future__ import annotations

import re

from sitrep.base.patterns import lazy_pattern

_COPY = r"cop(?:y|ie|ia)|c[oó]pia|kopi|копи|копі|kopya|نسخ|رونوشت|עותק|副本|コピー|拷贝|사본|αντίγραφ|másolat"
_CALLED_A_COPY = lazy_pattern(rf"(?i)(?<![^\W_])(?:{_COPY})")
COPY_WORD = rf"(?:{_COPY}|case|encod|unicode|sync|selective|clash)"
"""The word for a copy in the languages of the programs that write it; the beginning is enough."""


def extends(copy: str, original: str) -> bool:
    """True if a path is another one with something added to its name, as copies are named: ``a (1).txt``,
    ``a-Annas-MacBook.txt``, ``Copy of a.txt``. A name may look so and be none: the content decides.
    """
    folder, _, name = original.rpartition("/")
    long_folder, _, long_name = copy.rpartition("/")
    stem, _, ending = name.rpartition(".")
    long_stem, _, long_ending = long_name.rpartition(".")
    if folder != long_folder or ending.lower() != long_ending.lower() or len(stem) < 3 or stem == long_stem:
        return False
    if long_stem.startswith(stem):
        return long_stem[len(stem)] in " -_([.~"
    return long_stem.endswith(stem) and bool(re.match(rf"(?i){COPY_WORD}", long_stem))


def is_copy_of(copy: str, original: str) -> bool:
    """True if of two files that say the same one is named as the copy: its name extends the other's, or it
    alone has the word for a copy in it."""
    if extends(copy, original) or extends(original, copy):
        return extends(copy, original)
    names = (path.rpartition("/")[2] for path in (copy, original))
    called, other = (bool(_CALLED_A_COPY.search(name)) for name in names)
    return called and not other
