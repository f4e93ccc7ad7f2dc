"""Random bytes, led by what they reach, are read, sorted and shown: ``python -m tests.hostile.fuzz SECONDS``.

With atheris (``make fuzz`` installs it where it can be had) new inputs grow out of those that reached new
code; without it they are drawn by hypothesis. It ends with the first input that breaks anything, or when the
time is up.
"""

from __future__ import annotations

import sys
import time
from functools import cache
from importlib.util import find_spec

GUIDED = find_spec("atheris") is not None

if GUIDED:
    import atheris

    with atheris.instrument_imports(include=["sitrep", "markdown"]):
        import tests.hostile.showing as showing
else:
    import tests.hostile.showing as showing

SEEDS = (
    "- *A* [b](https://e.example/) `c` **d** ~~e~~ <f> &amp; [^1]\n\n[^1]: g\n",
    "| a | b |\n|---|---|\n| c | d |\n",
    "> - a\n>   - b\n\n```\nc\n```\n",
    "- <mailto:a@e.example> <[*a*](https://e.example/)@e.example>\n-- \nx\n",
    "# Rumors\n\n- There are rumors that Elm is closed, says *B*.\n\nStay safe!\n",
)
HEADS = (
    "Update 01-06-2025\n\n# Northern front\n\n",
    '---\ntitle: "\\x1b a"\ndate: 2025-06-01\npublish: 2025-06-02 10:00\n---\n',
    "+++\ntitle = 'a'\ndate = 2025-06-01\n+++\n",
    "[01.06.25, 12:30] Anna: Update 01-06-2025\n[01.06.25, 12:31] Anna: According to the council, a\n",
    "From: a@e.example\nSubject: Update 01-06-2025\n\n",
)


@cache
def seeds() -> tuple[bytes, ...]:
    """What the first inputs are made of: every text below every kind of head, and every payload."""
    from tests.hostile.payloads import PAYLOADS

    texts = [head + text for head in HEADS for text in SEEDS]
    texts += [f"{HEADS[0]}- {payload}\n" for payload in PAYLOADS.values()]
    return tuple(text.encode("utf-8", "surrogatepass") for text in texts)


def guided(seconds: float) -> None:
    """By atheris, for so long."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        for number, seed in enumerate(seeds()):
            (Path(folder) / str(number)).write_bytes(seed)
        options = [f"-max_total_time={int(seconds)}", "-max_len=4000", "-timeout=10", "-rss_limit_mb=2000"]
        atheris.Setup([sys.argv[0], *options, folder], showing.show)
        atheris.Fuzz()


def drawn(seconds: float) -> None:
    """By hypothesis, until the time is up."""
    from hypothesis import given, settings
    from hypothesis import strategies as st

    from tests.hostile.random_markdown import markdown

    head = st.sampled_from(seeds())
    tail = st.binary(max_size=400) | markdown(most=40).map(lambda made: made[0].encode("utf-8", "replace"))
    until = time.monotonic() + seconds

    @given(head, tail)
    @settings(max_examples=500, deadline=None)
    def one(first: bytes, second: bytes) -> None:
        showing.show(first + second)

    while time.monotonic() < until:
        one()


if __name__ == "__main__":
    span = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    print("guided by atheris" if GUIDED else "drawn by hypothesis", flush=True)
    (guided if GUIDED else drawn)(span)
