"""Two lanes: `fast` looks at few examples of each property, `thorough` at many; `make test` and `make check`.

A test that takes seconds is marked slow; a property is tested in both lanes.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from sitrep.base.values import encode, replace
from sitrep.cli import calm_collector
from sitrep.config.values import Config
from sitrep.lexicon.compiled import CompiledLexicon
from sitrep.sorting import front_rules

calm_collector()  # as in the program: looking for cycles costs a tenth of it all

# No deadline: a busy machine is no fault. Drawing a whole text takes its time.
settings.register_profile(
    "fast", max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("fast"), max_examples=100)
settings.load_profile("fast")


_compile = front_rules._compile
_lexicons: dict[tuple[bytes, str], CompiledLexicon] = {}


def _compiled_once(config: Config, lang: str) -> CompiledLexicon:
    """A language compiled once for all the sites of one process that are configured alike, not yet used."""
    made_of = (encode(config), lang)
    if made_of not in _lexicons:
        _lexicons[made_of] = _compile(config, lang)
    return replace(_lexicons[made_of], rulings={})


front_rules._compile = _compiled_once


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the properties, so that what the fast lane has done need not be done again with more examples."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("property")
