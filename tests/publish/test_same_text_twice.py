"""The same text in two files is one update; a change in one of them is asked about, never lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.lanes import one_fast
from tests.publishing import Studio

SAID = """\
Update 05-12-2024

## Northern front

- The road at Alder is open again since the morning.
- Two wells at Birch were repaired by the council.
- Bread costs less at Cedar Bridge than last week.
"""


@pytest.mark.parametrize(
    ("before", "after"),
    one_fast(
        ("Two wells", "Three wells"),
        ("- Bread", "- Salt came to Elm.\n- Bread"),
        ("- Two wells", "- No wells"),
    ),
)
def test_a_correction_in_the_file_that_is_not_out_is_shown_where_its_remedy_is_done(
    tmp_path: Path, before: str, after: str
) -> None:
    """Of two that came together neither is called a copy. The writer is told which one counts; once the
    update is taken out of that, the correction stands under the same address and ids."""
    studio = Studio(tmp_path)
    studio.drop("alder.txt", SAID)
    studio.drop("birch.txt", SAID)
    first = studio.publish()
    assert not [p.remedy for file in first.files for p in file.problems if "boilerplate" in p.remedy]
    ids = {entry["id"] for entry in json.loads(studio.tree()["items/feed.json"])["items"]}

    studio.drop("birch.txt", SAID.replace(before, after))
    (told,) = [file for file in studio.publish().files if file.path == "birch.txt"]
    assert any(
        "is out from alder.txt" in p.fact and "take it out of alder.txt" in p.remedy for p in told.problems
    )

    studio.take("alder.txt")
    studio.publish(confirm=True)
    tree = studio.tree()
    items = json.loads(tree["items/feed.json"])["items"]
    assert after.removeprefix("- ").split("\n")[0] in json.dumps(items)
    assert ids <= {entry["id"] for entry in items}
    assert not [place for place in tree if place.startswith("2024-12-05-2/")]
