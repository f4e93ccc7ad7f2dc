"""A ledger that was lost, or put back from an old copy, gets back from the archive what it lacks."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import Phase, example, given, settings

from sitrep.archive.archive import Archive
from sitrep.base.errors import SiteError
from sitrep.claims.restore import lacking
from sitrep.cli import main
from sitrep.ledger.events import Event, FirstWording
from sitrep.ledger.ledger import Ledger
from tests.lanes import one_fast
from tests.publishing import CONFIG, Studio, tree
from tests.test_incremental_laws import DAYS, HEADINGS, body, item, text_of
from tests.test_remedies import typed

Sections = list[tuple[str, list[str]]]
Files = dict[str, tuple[dt.date, Sections]]
Act = tuple[str, object, object]

act = st.one_of(
    st.tuples(st.just("drop"), st.sampled_from(DAYS[2:]), body),
    st.tuples(st.just("edit"), st.integers(0, 9), item),
    st.tuples(st.just("insert"), st.integers(0, 9), item),
    st.tuples(st.just("sort"), st.integers(0, 9), st.sampled_from(HEADINGS)),
    st.tuples(st.just("date"), st.integers(0, 9), st.sampled_from(DAYS[2:])),
    st.tuples(st.just("rename"), st.integers(0, 9), st.just("")),
    st.tuples(st.just("delete"), st.integers(0, 9), st.just("")),
    st.tuples(st.just("undo"), st.integers(0, 9), st.just("")),
)


def carry_out(files: Files, past: list[Files], kind: str, where: object, what: object, count: int) -> Files:
    """The files of a newsroom after one more thing was done."""
    if kind == "drop":
        return {**files, f"note-{count}.txt": (where, what)}  # type: ignore[dict-item]
    if not files or not isinstance(where, int):
        return files
    if kind == "undo":
        return past[where % len(past)]
    name = sorted(files)[where % len(files)]
    day, sections = files[name]
    left = {one: said for one, said in files.items() if one != name}
    (heading, items), rest = sections[0], sections[1:]
    if kind == "edit":
        left[name] = day, [(heading, [what, *items[1:]]), *rest]  # type: ignore[list-item]
    elif kind == "insert":
        left[name] = day, [(heading, [what, *items]), *rest]  # type: ignore[list-item]
    elif kind == "sort":
        left[name] = day, [(what, items), *rest]  # type: ignore[list-item]
    elif kind == "date":
        left[name] = what, sections  # type: ignore[assignment]
    elif kind == "rename":
        left[f"sub/note-{count}.md"] = day, sections
    return left


def live(studio: Studio, acts: list[Act]) -> Iterator[None]:
    """Publish one thing after the other, hours apart."""
    files: Files = {}
    past = [files]
    for count, (kind, where, what) in enumerate(acts):
        files = carry_out(files, past, kind, where, what, count)
        past.append(files)
        for path in studio.folders.feeds.rglob("note*"):
            if path.relative_to(studio.folders.feeds).as_posix() not in files:
                path.unlink()
        for name, said in files.items():
            studio.drop(name, text_of(*said))
        studio.later(hours=3)
        studio.publish(confirm=True)
        yield


def missing(studio: Studio) -> list[str]:
    """Updates of which the ledger lacks something, as a repair sees it."""
    archive, ledger = Archive(studio.folders.archive, read_only=True), Ledger(studio.folders.ledger)
    try:
        return [
            key
            for key in archive.update_keys()
            if (update := archive.update(key))
            and lacking(ledger.history(key[:7]).get(key), update, archive.claims.told_by(key)).lacks
        ]
    finally:
        archive.close()


def repair(studio: Studio) -> int:
    """Type the command."""
    return main(["ledger", "repair", "--from-archive", "--site", str(studio.root)])


ELSEWHERE: Sections = [("Northern front", ["The river is high.", "[rumor] A convoy is on the road to Elm."])]
RETURNED: list[Act] = [
    ("delete", 0, ""), ("drop", DAYS[-1], [("Southern front", ["Birch waits."])]), ("undo", 1, ""),
    ("date", 0, DAYS[-1]),
]  # fmt: skip
"""A rumor was taken back, came again, and then went to another update."""


AGAIN = "Again: bridge-alder. People at the market say so."
BEFORE: Sections = [("Northern front", ["School is out.", AGAIN])]
ENDED = ["Not borne out: bridge-alder. Nobody saw it.", "[claim: bridge-alder] The bridge is down."]
HEADED: list[Act] = [
    ("sort", 0, "Analysis"), ("sort", 0, "Southern front"), ("drop", DAYS[2], [("Analysis", ENDED)]),
]  # fmt: skip
"""A heading was changed, and then a claim changed what is said of an item below it."""

CUT_AND_PASTED: list[Act] = [
    ("delete", 0, ""), ("drop", DAYS[0], [("Northern front", [ENDED[0], "School is out.", AGAIN])]),
]  # fmt: skip
"""A line was taken back with its update, and is the first of another one then."""


SAID_TWICE = "R1 of 30 Nov: not borne out"
GONE_AS_PART: list[Act] = [("drop", DAYS[4], [("Analysis", ["Elm waits.", SAID_TWICE])]), ("delete", 6, "")]
"""What an update said another one of the day says too, and then the first is deleted."""

PUT_BACK: list[Act] = [
    ("date", 0, DAYS[6]), ("date", 0, DAYS[5]), ("undo", 2, ""), ("edit", 0, "Elm waits."),
    ("sort", 0, "Analysis"),
]  # fmt: skip
"""A date was put wrong twice and then right again, an item taken out and a heading changed."""

NO_RUMOR: list[Act] = [("sort", 0, "Southern front"), ("edit", 0, "Elm waits."), ("date", 0, DAYS[6])]
"""What was a rumor was one no longer, and then was taken back; what had refuted it went to another date."""


# No shrinking: an example is a dozen builds.
@pytest.mark.slow
@example(begin=[("Rumors", ["The road is long.", "Refuted: R1 of 1 Dec."])], acts=NO_RUMOR, kept=0)
@example(begin=[("Northern front", ["School is out.", *ENDED, "Birch waits."])], acts=PUT_BACK, kept=2)
@example(begin=[("Analysis", ["The road is long.", SAID_TWICE])], acts=GONE_AS_PART, kept=9)
@example(begin=[("Analysis", ["Elm waits.", ENDED[0]])], acts=CUT_AND_PASTED, kept=4)
@example(begin=BEFORE, acts=HEADED, kept=1)
@example(begin=ELSEWHERE, acts=RETURNED, kept=9)
@given(begin=body, acts=st.lists(act, min_size=2, max_size=9), kept=st.integers(0, 9))
@settings(max_examples=max(1, settings().max_examples // 10), phases=(Phase.explicit, Phase.generate))
def test_after_the_loss_everything_stands_as_before(begin: Sections, acts: list[Act], kept: int) -> None:
    """Whatever happened before, and whatever copy came back: nothing is announced again, no byte differs."""
    root = Path(tempfile.mkdtemp())
    try:
        studio = Studio(root / "site")
        for count, _ in enumerate(live(studio, [("drop", DAYS[4], begin), *acts])):
            assert missing(studio) == []
            if count == kept:
                shutil.copytree(studio.folders.ledger, root / "old")
        before = studio.tree()
        shutil.rmtree(studio.folders.ledger, ignore_errors=True)
        if (root / "old").exists():
            (root / "old").rename(studio.folders.ledger)
        if missing(studio):
            with pytest.raises(SiteError, match="knows less"):
                studio.publish()
        assert repair(studio) == 0
        assert missing(studio) == []
        written = tree(studio.folders.ledger)
        assert repair(studio) == 0
        assert tree(studio.folders.ledger) == written
        studio.later(days=1)
        studio.publish()
        assert studio.tree() == before
        clone = studio.clone(root / "clone")
        clone.publish(confirm=True)
        assert clone.tree() == before
        assert tree(clone.folders.ledger) == tree(studio.folders.ledger)
    finally:
        shutil.rmtree(root)


TEXT = "Update 2025-05-30\n\n– Alder road is {}.\n– Birch was hit {}.\n"


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    made = Studio(tmp_path / "site", config=CONFIG + "corrections: {grace_minutes: 0}\n")
    made.drop("a.txt", TEXT.format("open", "twice"))
    made.publish()
    shutil.copytree(made.folders.ledger, tmp_path / "last week")
    made.later(hours=1)
    made.drop("a.txt", TEXT.format("open", "three times"))
    made.drop("b.txt", "Update 2025-05-31\n\n– Elm has water.\n\n# Rumors\n\n– Dogwood reportedly fell.\n")
    made.publish()
    return made


def losses(studio: Studio) -> dict[str, Callable[[], object]]:
    """Ways in which a ledger comes to know less than what is online."""
    ledger = studio.folders.ledger
    month = ledger / "2025-05.jsonl"
    return {
        "deleted": lambda: shutil.rmtree(ledger),
        "last week": lambda: (
            shutil.rmtree(ledger),
            shutil.copytree(studio.root.parent / "last week", ledger),
        ),
        "cut off": lambda: month.write_bytes(month.read_bytes()[: month.stat().st_size // 2]),
        "last record": lambda: month.write_bytes(b"".join(month.read_bytes().splitlines(keepends=True)[:-1])),
        "same size": lambda: month.write_bytes(
            (cut := b"".join(month.read_bytes().splitlines(keepends=True)[:-1]))
            + b"\n" * (month.stat().st_size - len(cut))
        ),
        "a month": month.unlink,
    }


@pytest.mark.parametrize(
    "how", one_fast("a month", "deleted", "last week", "cut off", "last record", "same size")
)
def test_a_loss_is_refused_and_the_remedy_works_when_typed(
    studio: Studio, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    """The publish stops, changes nothing and names the command, after which all stands as before."""
    before, kept = studio.tree(), tree(studio.folders.ledger)
    losses(studio)[how]()
    assert main(["build", "--site", str(studio.root)]) == 2
    assert typed(capsys.readouterr().err, studio.root, "ledger") == 0
    assert "written back" in capsys.readouterr().out
    studio.later(days=1)
    assert studio.publish().exit_code == 0
    assert studio.tree() == before
    assert tree(studio.folders.ledger).keys() >= kept.keys()
    assert tree(studio.folders.ledger)["authority"] == kept["authority"]
    assert tree(studio.folders.ledger)["fronts"] == kept["fronts"]
    assert repair(studio) == 0
    assert "knows all that is online" in capsys.readouterr().out


def test_what_was_forgotten_is_not_written_back(studio: Studio) -> None:
    """A copy that still has words of what was forgotten loses them again; nothing of them is published."""
    shutil.copytree(studio.folders.ledger, studio.root.parent / "with words")
    assert main(["forget", "2025-05-30/2", "--site", str(studio.root)]) == 0
    studio.publish()
    before = studio.tree()
    shutil.rmtree(studio.folders.ledger)
    shutil.copytree(studio.root.parent / "with words", studio.folders.ledger)
    with pytest.raises(SiteError, match="knows less"):
        studio.publish()
    assert repair(studio) == 0
    assert b"three times" not in b"".join(tree(studio.folders.ledger).values())
    studio.publish()
    assert studio.tree() == before


def test_an_update_that_was_forgotten_stays_so(studio: Studio) -> None:
    """Also where the whole ledger is lost, a text of its date and words is not published under its key."""
    studio.drop("c.txt", "Update 2025-05-29\n\n– Cedar school is open.\n")
    studio.publish()
    assert main(["forget", "2025-05-29", "--site", str(studio.root)]) == 0
    before = studio.tree()
    shutil.rmtree(studio.folders.ledger)
    assert repair(studio) == 0
    studio.publish()
    assert studio.tree() == before
    assert Ledger(studio.folders.ledger).history("2025-05")["2025-05-29"].forgotten


def test_what_the_ledger_knows_besides_is_kept(studio: Studio) -> None:
    """Records of another machine stand beside what is written back; not one line goes."""
    month = studio.folders.ledger / "2025-05.jsonl"
    lines = month.read_bytes().splitlines()
    (studio.folders.ledger / "2024-03.jsonl").write_bytes(b"")
    other = {"2024-03.jsonl": b""}
    month.write_bytes(b"\n".join(lines[:1]) + b"\n")
    assert repair(studio) == 0
    after = tree(studio.folders.ledger)
    assert after["2025-05.jsonl"].splitlines()[:1] == lines[:1]
    assert {name: after[name] for name in other} == other


def test_what_cannot_be_proven_is_refused(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    """A ledger that went on by itself, newer here and older there: it is said, and nothing is written."""
    (studio.folders.ledger / "2025-05.jsonl").unlink()
    first = Event(
        at=studio.now, update="2025-05-30", event="published", items=(FirstWording(1, "north", "Alder."),)
    )
    later = Event(at=studio.now.replace(year=2026), update="2025-05-30", event="withdrawn")
    Ledger(studio.folders.ledger).append((first, later))
    before = tree(studio.folders.ledger)
    assert repair(studio) == 1
    assert "cannot be brought together" in capsys.readouterr().out
    after = tree(studio.folders.ledger)["2025-05.jsonl"]
    assert after.startswith(before["2025-05.jsonl"])
    assert b"2025-05-30" not in after.removeprefix(before["2025-05.jsonl"])
    assert b"2025-05-31" in after


def test_without_an_archive_it_says_so(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    """Where .sitrep/ is gone too there is nothing to write back from."""
    shutil.rmtree(studio.folders.work)
    assert repair(studio) == 2
    assert "no archive" in capsys.readouterr().err
