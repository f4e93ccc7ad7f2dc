"""Every shipped language understands doubt and statements well enough to be shipped."""

from __future__ import annotations

import pytest

from sitrep.sorting.front_rules import SortingRules
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
