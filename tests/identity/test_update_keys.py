"""Which text of a date is which update."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.nouns import Severity, Update
from sitrep.base.values import replace
from sitrep.identity.item_ids import forgotten, settle, withdraw
from sitrep.identity.update_keys import Assignment, assign_keys
from sitrep.ledger.history import apply
from sitrep.ledger.known import KnownUpdate
from tests.identity.samples import DAY, GRACE, HOUR, NOW, REPORTS, ZONE, settled, update

A, B, C, D, E, F = REPORTS
FIRST, SECOND, THIRD = "2024-12-06", "2024-12-06-2", "2024-12-06-3"


def kept(key: str, *texts: str) -> KnownUpdate:
    """A known update."""
    return settled(None, update(*texts), key=key).kept


def gone(key: str, *texts: str) -> KnownUpdate:
    """A known update that was withdrawn."""
    known = kept(key, *texts)
    return apply(known, withdraw(known, NOW + HOUR))


def assigned(
    known: list[KnownUpdate],
    *candidates: Update,
    oldest_first: tuple[str, ...] = (),
    owners: Collection[str] = (),
) -> Assignment:
    """``assign_keys`` for the day of these tests."""
    return assign_keys(DAY, known, candidates, oldest_first=oldest_first, owners=owners)


def test_the_first_update_of_a_date() -> None:
    """It has the date for its key."""
    assert assigned([], update(A)) == Assignment(keys=(FIRST,), vanished=(), problems=())


def test_a_rewritten_text_is_the_same_update() -> None:
    """One text for one live update is that update, whatever it says and wherever it lies."""
    assert assigned([kept(FIRST, A, B)], update("Snow.", source="z/other.md")).keys == (FIRST,)


def test_a_second_update_of_a_date() -> None:
    """What is like the known one is the known one; the other gets the next ordinal."""
    result = assigned([kept(FIRST, A, B)], update(C, D, source="b.txt"), update(A, B + " Yes."))
    assert result.keys == (SECOND, FIRST)
    assert result.vanished == ()


def test_the_most_alike_belong_together() -> None:
    """Edited texts find their own updates, in any order; a rewritten one takes what is left."""
    known = [kept(FIRST, A, B, C), kept(SECOND, D, E, F)]
    texts = (update(D, E, "Rain.", source="b.txt"), update(A, B, "Snow."))
    assert assigned(known, *texts).keys == (SECOND, FIRST)
    texts = (update("Hail.", source="b.txt"), update(A, B, "Snow."))
    assert assigned(known, *texts).keys == (SECOND, FIRST)


def test_a_vanished_update_is_named() -> None:
    """A live update without a text is listed; a withdrawn or forgotten one is not."""
    known = [kept(FIRST, A), kept(SECOND, B), gone(THIRD, C), forgotten(kept("2024-12-06-4", D), NOW)]
    assert assigned(known, update(B)).vanished == (FIRST,)
    assert assigned(known).vanished == (FIRST, SECOND)


def test_a_withdrawn_update_comes_back_only_with_its_words() -> None:
    """The same words dropped again have their old key; others of that date get a new one."""
    assert assigned([gone(FIRST, A, B)], update(A, B + " Yes.")).keys == (FIRST,)
    assert assigned([gone(FIRST, A, B)], update(C, D)).keys == (SECOND,)
    assert assigned([gone(FIRST, A, B), kept(SECOND, C)], update(D)).keys == (SECOND,)


def test_a_forgotten_key_stays_taken() -> None:
    """Even the same words get another key than the one that was forgotten."""
    assert assigned([forgotten(kept(FIRST, A), NOW)], update(A)).keys == (SECOND,)


def test_new_updates_of_a_date_are_numbered_by_time_then_place() -> None:
    """Without a time first, then by time; within a file the later is the older, unless told otherwise."""
    evening, morning = update(A, time=dt.time(20), line=1), update(B, time=dt.time(8), line=9)
    timeless = update(C, line=20)
    assert assigned([], evening, morning, timeless).keys == (THIRD, SECOND, FIRST)
    top, bottom = update(A, line=1), update(B, line=9)
    assert assigned([], top, bottom).keys == (SECOND, FIRST)
    assert assigned([], top, bottom, oldest_first=("a.txt",)).keys == (FIRST, SECOND)


@given(st.permutations(range(5)), st.permutations("abcde"), st.booleans())
def test_neither_names_nor_order_of_files_count(order: list[int], names: list[str], again: bool) -> None:
    """The same texts get the same keys under any file names and in any order of reading."""
    texts = (A, B, C, D, E)
    known = [kept(FIRST, A), kept(SECOND, B + " Yes.")] if again else []
    expected = assigned(known, *(update(text, source=text) for text in texts)).keys
    shuffled = assigned(known, *(update(texts[i], source=names[i]) for i in order)).keys
    assert [shuffled[order.index(i)] for i in range(5)] == list(expected)


def test_the_same_words_in_two_files_are_published_once() -> None:
    """A copy under another name is no second update; its writer is told, nothing is refused."""
    result = assigned([kept(FIRST, A, B)], update(A, B), update(A, B, source="copy of a.txt"))
    assert result.keys == (FIRST, None)
    (problem,) = result.problems
    assert (problem.path, problem.severity) == ("copy of a.txt", Severity.WARNING)
    assert "a.txt" in problem.fact


@pytest.mark.parametrize("turned", [False, True])
def test_two_versions_of_an_update_in_two_files(turned: bool) -> None:
    """What is already published stays; the other version is an error, and both writers are told of it."""
    texts = [update(A, B, C, D, E), update(A, B, C, D, E + " Not yet.", source="b.txt")]
    result = assigned([kept(FIRST, A, B, C, D, E)], *(texts[::-1] if turned else texts))
    assert result.keys == ((None, FIRST) if turned else (FIRST, None))
    problem, other = result.problems
    assert (problem.path, problem.line, problem.severity) == ("b.txt", 1, Severity.ERROR)
    assert "a.txt" in problem.fact
    assert "a.txt" in problem.remedy
    assert (other.path, other.severity) == ("a.txt", Severity.WARNING)
    assert "b.txt" in other.fact


@pytest.mark.parametrize("original", ["a.txt", "z.txt"])
def test_no_copy_takes_over_what_is_out_from_another_file(original: str) -> None:
    """A correction in the known source counts, though a copy says what is out word for word."""
    texts = [update(A, B, C, D, E, source="m.txt"), update(A, B, C, D, E + " Not yet.", source=original)]
    result = assigned([kept(FIRST, A, B, C, D, E)], *texts, owners={original})
    assert result.keys == (None, FIRST)


@pytest.mark.parametrize("owners", [(), ("z.txt",)])
def test_no_copy_withdraws_what_another_file_says(owners: tuple[str, ...]) -> None:
    """A copy with ``withdraw:`` is refused, whatever its name, also where nothing is known of the two."""
    bare = update(A, B, source="a.txt")
    texts = [replace(bare, withdraw="all lies"), update(A, B, source="z.txt")]
    result = assigned([kept(FIRST, A, B)], *texts, owners=owners)
    assert result.keys == (None, FIRST)
    assert [problem.path for problem in result.problems] == ["a.txt", "z.txt"]


def test_two_new_versions_are_chosen_between_alike_everywhere() -> None:
    """If neither is published yet, the content decides, not the file's name."""
    one, two = update(A, B, C, D, E), update(A, B, C, D, E + " Not yet.", source="b.txt")
    there = assigned([], replace(one, source="z.txt"), two).keys
    assert assigned([], one, two).keys == there
    assert sorted(there, key=str) == [FIRST, None]


@pytest.mark.parametrize("name", ["aaa.txt", "zzz.txt", "other/x.txt"])
@pytest.mark.parametrize("owners", [(), ("m.txt",)])
def test_a_copy_under_any_name_is_no_further_update(name: str, owners: tuple[str, ...]) -> None:
    """A file that says all of what is out and more is refused, whatever its name; both writers are told."""
    original, copy = update(A, B, source="m.txt"), update(A, B, C, D, E, F, source=name)
    for candidates in ((original, copy), (copy, original)):
        result = assigned([kept(FIRST, A, B)], *candidates, owners=owners)
        assert dict(zip((one.source for one in candidates), result.keys, strict=True)) == {
            "m.txt": FIRST,
            name: None,
        }
        assert {problem.path for problem in result.problems} == {"m.txt", name}


def test_a_later_report_of_the_day_may_repeat_an_earlier_one() -> None:
    """Who gives another hour means a further update, though it holds all of the first."""
    first = replace(update(A, B, source="a.txt"), time=dt.time(8))
    second = replace(update(A, B, C, D, E, F, source="b.txt"), time=dt.time(18))
    assert assigned([kept(FIRST, A, B)], first, second).keys == (FIRST, SECOND)


def test_of_two_new_files_the_one_called_a_copy_is_the_copy() -> None:
    """A name that says copy is none of an original, whichever comes first in the alphabet."""
    result = assigned([], update(A, B, source="aaa-copy.txt"), update(A, B, source="editor.txt"))
    assert result.keys == (None, FIRST)


def test_alike_texts_in_one_file_are_two_updates() -> None:
    """Who writes two similar updates into one file means two."""
    assert assigned([], update(A, B, line=1), update(A, B, line=9)).keys == (SECOND, FIRST)


def test_updates_without_items() -> None:
    """Texts that are all lede are told apart by it."""
    one, two = update(lede="Snow today."), update(lede="Rain today.", source="b.txt")
    known = [settled(None, text, key=key).kept for text, key in ((one, FIRST), (two, SECOND))]
    assert assigned(known, two, one).keys == (SECOND, FIRST)
    assert assigned(known, one, replace(one, source="b.txt")).keys in ((FIRST, None), (None, FIRST))


def test_hundreds_of_updates_on_one_date() -> None:
    """Very many texts of one date are still told apart, in bounded time."""
    texts = [
        update(f"{REPORTS[i % 6]} {i}", f"Report {i} of this day.", source=f"{i}.txt") for i in range(300)
    ]
    keys = assigned([], *texts).keys
    assert len(set(keys)) == 300
    known = [
        settle(None, text, key=key, now=NOW, zone=ZONE, grace=GRACE).kept
        for text, key in zip(texts, keys, strict=True)
        if key
    ]
    assert assigned(known, *reversed(texts)).keys == tuple(reversed(keys))
