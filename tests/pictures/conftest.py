"""What the tests of pictures begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publishing import Studio


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """An empty site."""
    return Studio(tmp_path / "site")
