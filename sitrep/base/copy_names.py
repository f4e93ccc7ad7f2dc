"""Names of files -> whether one is named as people and programs name a copy of the other."""

from __future__ import annotations

import re

COPY_WORD = (
    r"(?:cop(?:y|ie|ia)|c[oó]pia|kopi|копи|копі|kopya|نسخ|رونوشت|עותק|副本|コピー|拷贝|사본|αντίγραφ|másolat"
    r"|case|encod|unicode|sync|selective|clash)"
)
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
        return long_stem[len(stem)] in " -_([."
    return long_stem.endswith(stem) and bool(re.match(rf"(?i){COPY_WORD}", long_stem))
