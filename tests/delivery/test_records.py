"""What a delivery remembers may be lost, and then it is made anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sitrep.delivery.announced import Announced
from sitrep.delivery.held import Held
from tests.lanes import one_fast


def garbage(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 20)


def torn(path: Path) -> None:
    """A database of which a piece was overwritten."""
    record = Announced(path.parent / "whole")
    record.know(map(str, range(2_000)))
    content = bytearray((path.parent / "whole" / "announced.sqlite").read_bytes())
    content[5_000:9_000] = bytes(4_000)
    path.write_bytes(content)


def link(path: Path) -> None:
    path.symlink_to(path.parent / "victim")


@pytest.mark.parametrize("lay", one_fast(torn, garbage, link, os.mkfifo, Path.mkdir))
def test_a_damaged_record_is_made_anew(tmp_path: Path, lay: Callable[[Path], None]) -> None:
    """Nothing is waited for or written through it; what is online then counts as told."""
    lay(tmp_path / "announced.sqlite")
    record = Announced(tmp_path)
    assert record.fresh
    record.know(["2025-06-01"])
    assert not Announced(tmp_path).fresh
    (tmp_path / "deploy").mkdir()
    lay(tmp_path / "deploy" / "held.sqlite")
    assert Held(tmp_path).places("public", "there") == {}
    assert not (tmp_path / "victim").exists()
