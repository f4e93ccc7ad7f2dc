"""What is said of the weight of a text without weighing it holds for whatever is weighed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitrep.text.gzip_weight import at_most, weigh


@given(st.lists(st.sampled_from(["a", "mill", "水", "水水水", "\ud800", "ж", "\U0001f33e", " "]) | st.text()))
def test_no_text_weighs_more_than_is_said(words: list[str]) -> None:
    """The bound that is found without a look at each word is never below the weight."""
    text = " ".join(words)
    assert weigh((text,)) <= at_most(text)
