"""What chat programs write where a message had no words: pictures left out, messages taken back, calls."""

from __future__ import annotations

import re
from functools import cache

from sitrep.base.patterns import lazy_pattern
from sitrep.base.shipped import shipped_rows


@cache
def no_words() -> re.Pattern[str]:
    """The pattern of them, compiled where a chat is read: most texts are none, and it takes a while."""
    said = (pattern for (pattern,) in shipped_rows("lexicon/chat_placeholders.txt"))
    return lazy_pattern("|".join(said), re.IGNORECASE)
