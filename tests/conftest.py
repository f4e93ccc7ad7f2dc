"""Two lanes: `fast` looks at few examples of each property, `thorough` at many; `make test` and `make check`.

A test that takes seconds is marked slow; a property is tested in both lanes.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# No deadline: a busy machine is no fault. Drawing a whole text takes its time.
settings.register_profile(
    "fast", max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("fast"), max_examples=100)
settings.load_profile("fast")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the properties, so that what the fast lane has done need not be done again with more examples."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("property")
