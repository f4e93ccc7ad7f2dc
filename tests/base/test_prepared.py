"""Tables that are kept for the next process are those that would be made there."""

from __future__ import annotations

from sitrep.base.prepared import PreparedCache


def test_another_process_takes_up_what_was_made() -> None:
    """A table that one process has made is not made again by the next, and is handed on only once."""
    first, second = PreparedCache(), PreparedCache()
    assert first.get("letters", dict[str, int], lambda: {"a": 1}) == {"a": 1}
    kept = first.with_made(b'{"older":"[]"}')
    assert kept is not None
    assert first.with_made(kept) is None
    second.take_up(kept)
    assert second.get("letters", dict[str, int], lambda: {"b": 2}) == {"a": 1}
    assert second.with_made(kept) is None


def test_what_was_made_too_early_is_not_kept_twice() -> None:
    """A table that is made before it could be taken up is not handed on once more."""
    cache = PreparedCache()
    cache.get("letters", dict[str, int], lambda: {"a": 1})
    cache.take_up(b'{"letters":"{\\"a\\":1}"}')
    assert cache.with_made(b"{}") is None


def test_what_is_damaged_is_made_anew() -> None:
    """Neither bytes that are no tables nor a table of another shape harm: both are made anew."""
    for kept in (b"{", b'{"letters":"[1]"}', b""):
        cache = PreparedCache()
        cache.take_up(kept)
        assert cache.get("letters", dict[str, int], lambda: {"b": 2}) == {"b": 2}
        assert cache.with_made(kept)
