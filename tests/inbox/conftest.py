"""What the tests of the drop folder begin with."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def feeds(tmp_path: Path) -> Path:
    """An empty drop folder."""
    folder = tmp_path / "feeds"
    folder.mkdir()
    return folder
