"""How near two words are is decided as a library of distances decides it."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from sitrep.text.spelling import is_near

_WORDS = st.text("abc", max_size=7)


@given(_WORDS, _WORDS, st.integers(0, 2))
def test_near_is_so_many_slips_and_no_more(one: str, other: str, most: int) -> None:
    """Letters wrong, missing, added or swapped count as in the optimal alignment of strings."""
    assert is_near(one, other, most) == (OSA.distance(one, other) <= most)
