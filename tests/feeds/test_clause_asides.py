"""Sentences made shorter for titles: what may be left out is, and nothing that turns their sense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.text.clause_words import ClauseWords
from sitrep.text.clauses import Clauses
from tests.feeds.test_titles import title


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "After a night of heavy rain, the river flooded four villages south of the old railway line.",
            "The river flooded four villages south of the old railway line",
        ),
        (
            "While the mayor calls it illegal, nurses, bakers and teachers have stopped work in all towns.",
            "Nurses, bakers and teachers have stopped work in all towns",
        ),
        (
            "The pumping station at Sarn, repaired in spring with money from abroad, stopped on Saturday.",
            "The pumping station at Sarn stopped on Saturday",
        ),
        (
            "The patrol boats came back to the harbor at noon, but nobody said if the nets were burnt.",
            "The patrol boats came back to the harbor at noon",
        ),
        (
            "The upper bridge of the valley is mined at both ends while the brigade sleeps, a leaflet warns,"
            " even for doctors.",
            "Western: The upper bridge of the valley is mined at both ends, a leaflet warns",
        ),
        (
            "It is forbidden to film there, and whoever does so anyway risks that the camera is taken away.",
            "It is forbidden to film there",
        ),
    ],
)
def test_what_stands_aside_is_left_out(text: str, said: str) -> None:
    """A clause that it opens with, one between commas, and what a contrast adds."""
    assert title(text).removeprefix("Western front: ") == said


@pytest.mark.parametrize(
    "text",
    [
        "If the truce holds until Friday, engineers from both sides will repair the power line.",
        "After the mayor had fled with his brother, he sent word that the gates are to be opened.",
        "After shells had hit the mill, the school and the bakery, the council closed all roads.",
        "No hospital, repaired since the spring or not, took in wounded people from the camps.",
        "Leaflets over the villages promise safe passage to anyone who lays down arms by the end of Sunday.",
        "Four millers who had been held on the island since the spring were set free on Sunday evening.",
        "On the river it has been quiet for three days apart from single shots at night and many flights.",
        "The bank pays out fifty crowns a week, and only to those who queue before seven with both papers.",
        "Half of the wells that were tested last week in the valley are full of oil from the works.",
    ],
)
def test_what_turns_the_sense_stays(text: str) -> None:
    """A condition, what a word left behind points to, a list, and what is said of none or of a part."""
    assert title(text).removeprefix("Western front: ") == text.removesuffix(".")


_WORDS = ClauseWords(
    openers=("while", "which"),
    joins=("and",),
    adjuncts=("in",),
    predicates=("stands", "says", "--ed"),
    relatives=("which",),
    lead_ins=("after",),
)
_PIECES = st.sampled_from(
    [
        "After",
        "which",
        "while",
        "and",
        "in",
        "the",
        "mill",
        "stands",
        "says",
        "reached",
        *".,;:()№%",
        "12",
        "...",
    ]
)


@given(pieces=st.lists(_PIECES, min_size=8, max_size=40), limit=st.integers(24, 80))
def test_any_words_and_signs_have_an_end_or_none(pieces: list[str], limit: int) -> None:
    """Also where a comma is followed by no word; what is found is neither too long nor too short."""
    clauses = Clauses(" ".join(pieces), _WORDS)
    found = clauses.within(limit, 12)
    assert found is None or len(found) <= limit
    longer = clauses.beyond(limit, limit + 100)
    assert longer is None or len(longer) <= limit + 100
