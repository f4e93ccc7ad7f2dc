"""A small configuration, and the faults of others."""

from __future__ import annotations

import pytest

from sitrep.base.errors import ConfigError
from sitrep.config.load import load_config

SMALL = """\
site:
  title: River valley
fronts:
  - id: upper
    name: Upper valley
"""


def faults(text: str) -> list[tuple[int | None, str, str]]:
    with pytest.raises(ConfigError) as caught:
        load_config(text, "c.yaml")
    for problem in caught.value.problems:
        assert problem.path == "c.yaml"
        assert problem.remedy
    return [(p.line, p.fact, p.remedy) for p in caught.value.problems]


def with_front(lines: str) -> str:
    return SMALL + "".join(f"    {line}\n" for line in lines.splitlines())
