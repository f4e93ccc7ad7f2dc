"""What the tests of whole publishes begin and end with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.inspecting import site_in
from tests.lanes import one_fast
from tests.publishing import Studio


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """An empty site."""
    return Studio(tmp_path / "site")


@pytest.fixture(params=one_fast("whole", "as a clone builds it"))
def whole(request: pytest.FixtureRequest, studio: Studio, tmp_path: Path) -> Iterator[None]:
    """After every test the site is whole; in the slow lane a clone builds the same bytes."""
    yield
    if not studio.folders.output.exists():
        return
    (base_url,) = re.findall(r"base_url: (\S+)", studio.folders.config.read_text(encoding="utf-8"))
    site_in(studio.folders.output, base_url).check()
    if request.param == "whole":
        return
    clone = studio.clone(tmp_path / "clone")
    clone.publish()
    assert clone.tree() == studio.tree() or not list(studio.folders.feeds.iterdir())
