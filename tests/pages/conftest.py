"""The sample site that the tests of pages look at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sitrep.archive.archive import Archive
from sitrep.config.values import Config
from sitrep.pages.pages import Pages
from tests.pages.samples import sample_archive, site_config, whole_site


@pytest.fixture(scope="module")
def config() -> Config:
    """The configuration of the samples."""
    return site_config()


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    """The archive of the sample site."""
    archive = sample_archive()
    yield archive
    archive.close()


@pytest.fixture(scope="module")
def pages(config: Config) -> Pages:
    """What makes the pages of that site."""
    return Pages(config, [], correction_months=True)


@pytest.fixture(scope="module")
def site(pages: Pages, archive: Archive, config: Config) -> dict[str, bytes]:
    """All of them, by place."""
    return whole_site(pages, archive, config)
