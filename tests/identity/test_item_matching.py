"""Which new item is which old one."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from sitrep.identity.item_matching import Doubtful, Matching, likeness, match
from sitrep.text.similarity import folded_words
from tests.identity.samples import REPORTS


def matched(olds: list[str], news: list[str], standing: int | None = None) -> Matching:
    """``match`` for texts."""
    return match([tuple(folded_words(t)) for t in olds], [tuple(folded_words(t)) for t in news], standing)


def test_equal_words_keep_their_item_wherever_they_move() -> None:
    """Any order of the same texts maps each to itself, without a doubt."""
    news = [REPORTS[i] for i in (4, 0, 5, 2, 1, 3)]
    result = matched(list(REPORTS), news)
    assert result.olds == (4, 0, 5, 2, 1, 3)
    assert result.doubts == ()


@given(st.data())
def test_an_edit_of_one_item_moves_no_other(data: st.DataObject) -> None:
    """After one item is rewritten at random and all are shuffled, every other item is still itself."""
    edited = data.draw(st.integers(0, len(REPORTS) - 1))
    order = data.draw(st.permutations(range(len(REPORTS))))
    wording = data.draw(st.lists(st.sampled_from(" ".join(REPORTS).split()), max_size=25))
    news = [" ".join(wording) if i == edited else REPORTS[i] for i in order]
    result = matched(list(REPORTS), news)
    for new, old in enumerate(order):
        if old != edited and REPORTS.count(news[new]) == 1:
            assert result.olds[new] == old


@given(st.lists(st.sampled_from("abcd"), max_size=9), st.lists(st.sampled_from("abcde"), max_size=9))
def test_each_old_item_is_taken_at_most_once(olds: list[str], news: list[str]) -> None:
    """No two new items are one old one, and as many equal texts find each other as there are."""
    result = matched(olds, news)
    taken = [old for old in result.olds if old is not None]
    assert len(taken) == len(set(taken))
    for letter in "abcd":
        kept = sum(1 for old in taken if olds[old] == letter)
        assert kept == min(olds.count(letter), news.count(letter))


def test_of_equal_items_order_decides() -> None:
    """When the first of two equal items is deleted, the second keeps its number."""
    assert matched(["same", "between", "same"], ["between", "same"]).olds == (1, 2)


def test_an_edited_item_keeps_its_place() -> None:
    """A sentence added, a clause cut or a figure changed leaves the item itself."""
    edited = REPORTS[3].replace("eleven", "fourteen") + " More lorries are expected tomorrow."
    result = matched(list(REPORTS), [*REPORTS[:3], edited, *REPORTS[4:]])
    assert result.olds == (0, 1, 2, 3, 4, 5)
    assert result.doubts == ()


def test_a_new_report_in_the_place_of_another_is_new() -> None:
    """A text about something else is a new item, even between the same neighbours."""
    other = "Electricity was back for two hours in the western quarters of the town."
    assert matched(list(REPORTS), [*REPORTS[:2], other, *REPORTS[3:]]).olds == (0, 1, None, 3, 4, 5)


def test_a_half_rewritten_item_is_doubtful() -> None:
    """Where only about half of the words are left, the item stays and the writer is asked to look."""
    half = "Shelling was heard in the eastern suburbs all evening, but nothing is known of damage."
    result = matched(list(REPORTS), [*REPORTS[:2], half, *REPORTS[3:]])
    assert result.olds[2] == 2
    assert [(d.kind, d.new, d.old) for d in result.doubts] == [(Doubtful.REWRITTEN, 2, 2)]


def test_two_old_items_equally_like_one_new() -> None:
    """The first of two equally good old items is taken, and the choice is reported."""
    olds = [
        "Clashes near the village of Alpha went on for hours.",
        "Clashes near the village of Beta went on for hours.",
    ]
    result = matched(olds, ["Clashes near the village of Gamma went on for hours."])
    assert result.olds == (0,)
    assert [(d.kind, d.old, d.other) for d in result.doubts] == [(Doubtful.TWINS, 0, 1)]


def test_a_split_item() -> None:
    """Of two parts the one with more of the words keeps the number; the split is reported."""
    whole = REPORTS[0] + " " + REPORTS[3] + " Nobody was hurt, and the drivers turned back at once."
    first, second = REPORTS[0], REPORTS[3] + " Nobody was hurt, and the drivers turned back at once."
    result = matched([REPORTS[1], whole], [REPORTS[1], first, second])
    assert result.olds == (0, None, 1)
    assert [(d.kind, d.new, d.other) for d in result.doubts] == [(Doubtful.SPLIT, 2, 1)]


def test_merged_items() -> None:
    """Two items joined in one: one number stays, the other is known to have gone into it."""
    result = matched(list(REPORTS[:4]), [REPORTS[0], REPORTS[1] + " " + REPORTS[2], REPORTS[3]])
    assert result.olds in ((0, 1, 3), (0, 2, 3))
    assert result.into == {({1, 2} - set(result.olds)).pop(): 1}
    assert [d.kind for d in result.doubts] == [Doubtful.MERGED]


def test_a_withdrawn_item_comes_back_only_word_for_word() -> None:
    """What had gone is taken back with hardly a word changed, but never for a mere likeness."""
    gone = REPORTS[5]
    assert matched([*REPORTS[:3], gone], [*REPORTS[:3], gone], 3).olds == (0, 1, 2, 3)
    assert matched([*REPORTS[:3], gone], [*REPORTS[:3], gone.replace("dam", "weir")], 3).olds[3] == 3
    half = "Negotiations about the dam were broken off, as one side has told the press."
    assert matched([*REPORTS[:3], gone], [*REPORTS[:3], half], 3).olds[3] is None


def test_likeness_of_the_same_and_of_nothing() -> None:
    """Equal words are wholly alike, no common word not at all, two empty texts are alike."""
    assert likeness(("a", "b"), ("a", "b"))[0] == 1.0
    assert likeness(("a", "b"), ("c", "d"))[0] == 0.0
    assert likeness((), ())[0] == 1.0


def test_the_cost_is_bounded() -> None:
    """500 items rewritten, 20,000 equal ones and one item of 100,000 words are matched in seconds."""
    started = time.process_time()
    many = [f"{REPORTS[i % 6]} {i}" for i in range(500)]
    matched(many, [text.replace("the", "this") for text in many])
    matched(["same"] * 20_000, ["other", *["same"] * 20_000, "more"])
    matched(["long " * 100_000], ["long " * 90_000 + "end"])
    assert time.process_time() - started < 10
