"""What counts as words, and what as mere spelling."""

from __future__ import annotations

import unicodedata

import pytest

from sitrep.text.similarity import is_spelling, same_words, words


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The road, it is said, is closed.", "The road – it is said – is closed"),
        ("closed  since\u00a0noon", "closed since noon"),
        ("a **closed** road", "a _closed_ road"),
        (unicodedata.normalize("NFD", "Şırnak é"), "Şırnak é"),
        ("5.000 people", "5,000 people"),
    ],
)
def test_punctuation_space_and_markup_are_no_words(before: str, after: str) -> None:
    """White space, punctuation, emphasis and the normal form of letters make no other wording."""
    assert same_words(before, after)


@pytest.mark.parametrize(
    ("before", "after"), [("क्या की", "क्या का"), ("5.000", "5000"), ("1.5 km", "15 km"), ("a b", "a b b")]
)
def test_small_changes_that_are_words(before: str, after: str) -> None:
    """A vowel sign, a digit or one word more is another wording."""
    assert not same_words(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the soliders left", "the soldiers left"),
        ("aparently so", "apparently so"),
        ("teh army moved form here", "the army moved from here"),
        ("the air field", "the airfield"),
        ("in Sehba and homs", "in Şehba and Homs"),
        ("مُحمد وصل", "محمد وصل"),
    ],
)
def test_typing_faults_are_spelling(before: str, after: str) -> None:
    """Slips of letters, split words, accents and capitals tell a reader nothing new."""
    assert is_spelling(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("3 were killed", "4 were killed"),
        ("three were killed", "there were killed"),
        ("the bridge is now open", "the bridge is not open"),
        ("the report is confirmed", "the report is unconfirmed"),
        ("on the west bank", "on the east bank"),
        ("they hold Homs", "they hold Hims"),
        ("they left", "they left early"),
        ("they left early", "they left"),
        ("no where to go", "nowhere to go"),
        ("قتل رجل", "قتلى رجل"),
        ("the city fell", "the town fell"),
        ("٣ قتلى", "٤ قتلى"),
    ],
)
def test_facts_are_never_spelling(before: str, after: str) -> None:
    """A digit, number word, negation, name, compass word or a word more or less always counts."""
    assert not is_spelling(before, after)


def test_words_keep_their_order_and_letters() -> None:
    """Words come as the author wrote them."""
    assert words("HTS – allegedly – took 3 villages.") == ["HTS", "allegedly", "took", "3", "villages"]
