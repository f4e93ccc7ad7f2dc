"""How programs write when a message came and from whom, in the lines of an exported or copied chat."""

from __future__ import annotations

from sitrep.base.patterns import lazy_pattern
from sitrep.reading.dates.message_stamps import NAME

_MARKS = r"[\u200e\u200f]*"
_DATE = (
    rf"(?P<a>\d{{1,4}}){_MARKS}(?P<s>[-./]){_MARKS}\s?(?P<b>\d{{1,2}}){_MARKS}(?P=s){_MARKS}\s?"
    r"(?P<c>\d{1,4})"
)
_CLOCK = (
    r"(?:(?P<before>上午|下午|午前|午後|오전|오후|ÖÖ|ÖS)\s?)?(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.]\d{2})?"
    r"(?:\s?(?P<half>[AaPp]\.?\s?[Mm]\.?|صباحا|مساء|[صم]\b|ÖÖ|ÖS|π\.?μ\.?|μ\.?μ\.?|ق\.ظ|ب\.ظ))?"
)
AFTERNOON = ("p", "P", "م", "下午", "午後", "오후", "ÖS", "μ", "ب")
STAMP = lazy_pattern(
    rf"\[?{_DATE}\.?[,،]?{_MARKS}\s{_MARKS}(?:um |at |à |a las )?"
    rf"{_CLOCK}{_MARKS}(?:\]\s?|\s[-–]\s|,\s(?=[^:\n]{{1,{NAME}}}\s:\s))"
)
COPIED = lazy_pattern(rf"(?P<who>[^\[\]\n]{{1,{NAME}}}), \[{_DATE}\.?[,،]?\s{_CLOCK}\]:?\s*(?P<rest>.*)")
"""The first line of a message copied out of Telegram: ``News, [05.12.2024 22:21]``."""
TABBED = lazy_pattern(
    r"(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)"
    rf"(?:\t[^\t\n]{{1,{NAME}}}\t|:\d\d\s[^:\n]{{1,{NAME}}}:\s)(?P<said>.*)$"
)
"""Below a line with the day: ``20:31<tab>Ann<tab>words``, ``20:31:05 Ann: words``."""
STAMP_ALONE = lazy_pattern(rf"{_DATE}\.?[,،]?\s(?:um |at |à |a las )?{_CLOCK}")
BRACKETS = lazy_pattern(rf"\[[^\[\]\n]{{1,{NAME + 20}}}\]")
"""What Telegram says of a message below that: ``[Forwarded from Other]``, ``[ Photo ]``."""
SENDER_NAME = lazy_pattern(rf"(?:~\s?)?(?:[^:\n]{{1,{NAME + 1}}}?|[^:\s]{{{NAME},}}):(?:\s+|$)")
"""A name: what is longer and has no blank is no sentence either."""
