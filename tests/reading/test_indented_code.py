"""Code that stands four columns in is code: no key point, no headline, shown as it was written."""

from __future__ import annotations

import pytest

from sitrep.reading.blocks import Shape, gather
from sitrep.reading.lines import classify
from sitrep.text.summaries import prose, tells


def block(text: str) -> tuple[Shape, str]:
    """Shape and text of the one block that a text is."""
    lines = text.split("\n")
    (made,) = gather(classify(lines, text).rows, lambda _: False)
    return made.shape, made.text


@pytest.mark.parametrize(
    "code",
    [
        "    ssh -p 22 desk@host\n    make all",
        "\tfor n in range(3):\n\t    print(n)",
        "    if (ready) {\n      go();\n    }",
        "    curl --silent --output page /var/log",
        "    total = 3\n    left = total",
    ],
)
def test_signs_of_programs_four_columns_in_are_code(code: str) -> None:
    """It keeps its lines, and no sentence stands for it."""
    shape, text = block(code)
    assert shape is Shape.VERBATIM
    assert text.startswith("```\n")
    assert text.count("\n") == code.count("\n") + 2
    assert not tells(prose(text))


@pytest.mark.parametrize(
    "words",
    [
        "    The road to Homs is open again.",
        "    shelling in the north, two hurt\n    the market is closed",
        "        Families left Elm at dawn; buses wait.",
        "    العمال عادوا = إلى المصنع",
        "  total = 3\n  left = total",
        "    Write to desk@example.org, please.",
        "    For the desk (Elm):",
    ],
)
def test_words_that_are_set_in_stay_words(words: str) -> None:
    """A mail sets in what it quotes; another script, a sentence, or less than four columns is no code."""
    shape, text = block(words)
    assert shape is Shape.PARAGRAPH
    assert text == " ".join(words.split())
