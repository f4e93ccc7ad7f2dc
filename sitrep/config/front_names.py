"""A language -> what its fronts are called that bear no name of their own; their ids are the same in all."""

from __future__ import annotations

from functools import cache

from sitrep.base.shipped import shipped_rows


def called_in(lang: str) -> dict[str, str]:
    """What fronts are called in a language, by their ids; empty where nobody has said."""
    names = _names()
    return dict(zip(names[""], names.get(lang.partition("-")[0], ()), strict=False))


@cache
def _names() -> dict[str, list[str]]:
    return {lang: names for lang, *names in shipped_rows("config/front_names.tsv")}
