"""What the tests of the running program begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.newsroom import Newsroom, running


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    """A program at work on an empty site."""
    with running(tmp_path) as room:
        yield room
