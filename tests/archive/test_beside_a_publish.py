"""An archive that one process reads while another publishes."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sitrep.archive import updates
from sitrep.archive.archive import Archive
from sitrep.base.values import replace
from tests.feeds.samples import ordinary


def test_an_update_that_is_replaced_while_it_is_read_is_read_as_it_was_or_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deploys and announcements read beside the next publish: none is left out, and nothing fails."""
    path = tmp_path / "archive.sqlite"
    first = ordinary("2024-12-07")
    other = replace(first, title="Put right")
    with closing(Archive(path)) as writer:
        with writer.transaction():
            writer.put_update(first)

        class Meddling(updates.LatestNamed[Any, Any]):
            """Replaces the update at the moment at which it is looked for."""

            def get(self, name: Any) -> Any:
                with writer.transaction():
                    writer.put_update(other)
                return super().get(name)

        monkeypatch.setattr(updates, "_KNOWN", Meddling(8))
        with closing(Archive(path, read_only=True)) as reader:
            assert reader.month("2024-12") in ((first,), (other,))
