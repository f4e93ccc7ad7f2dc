"""Every shipped language understands doubt and statements well enough to be shipped."""

from __future__ import annotations

import pytest

from sitrep.base.shipped import shipped_text
from sitrep.sorting.certainty import judge
from sitrep.sorting.front_rules import SortingRules
from sitrep.sorting.places import scan
from tests.lanes import one_fast
from tests.lexicon.measure import measure, rules
from tests.lexicon.sentences import LANGUAGES, sentences

RULES: SortingRules = rules()


@pytest.mark.parametrize("lang", one_fast("en", *(lang for lang in LANGUAGES if lang != "en")))
def test_doubt_and_statements_are_understood(lang: str) -> None:
    """Of twenty sentences of each kind nine in ten are understood, at most one in twenty others."""
    assert min(map(len, sentences(lang).values())) >= 20
    result = measure(lang, RULES)
    assert min(result.found.values()) >= 90, result.wrong
    assert max(result.false["doubt"], result.false["statement"]) <= 5, result.wrong


def test_traditional_signs_are_understood_as_simplified_ones() -> None:
    """Each sentence of Chinese is understood alike in the signs of Taiwan and Hong Kong."""
    pairs = (pair for row in shipped_text("text/simplified.txt").split("\n")[1:] for pair in row.split())
    lexicon, told = RULES.lexicon("zh"), {ord(pair[1]): pair[0] for pair in pairs}
    for line in (line for lines in sentences("zh").values() for line in lines):
        judged = judge(scan(line.translate(told), lexicon))
        assert judged.certainty is judge(scan(line, lexicon)).certainty, line
