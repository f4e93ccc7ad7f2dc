"""Two machines that publish apart and then merge their ledgers end with the same ids."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.nouns import Severity
from sitrep.identity.item_ids import withdraw
from sitrep.ledger.known import KnownUpdate
from sitrep.ledger.ledger import Ledger
from sitrep.text.similarity import words
from tests.identity.samples import HOUR, NOW, REPORTS, settled, update

MONTH = "2024-12"
KEY = "2024-12-06"
A, B, C, D, E, F = REPORTS


@dataclass
class Clone:
    """A machine with its own copy of the ledger."""

    folder: Path
    now: dt.datetime = NOW
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.ledger = Ledger(self.folder)

    @property
    def file(self) -> Path:
        """December's file."""
        return self.folder / f"{MONTH}.jsonl"

    @property
    def known(self) -> dict[str, KnownUpdate]:
        """What this machine knows of December."""
        return self.ledger.history(MONTH)

    def publish(self, *texts: str, key: str = KEY, minutes: int = 60) -> None:
        """Settle a text under a key, so many minutes after the last thing this machine did."""
        self.now += dt.timedelta(minutes=minutes)
        date = dt.date.fromisoformat(key[:10])
        one = settled(self.known.get(key), update(*texts, date=date), self.now, key=key)
        self.ledger.append(one.events)

    def withdraw(self, key: str = KEY) -> None:
        """Take an update back."""
        self.now += HOUR
        self.ledger.append([withdraw(self.known[key], self.now)])

    def texts(self, key: str = KEY) -> dict[int, str]:
        """The latest wording of each item by number."""
        return {item.number: item.text for item in self.known[key].items}


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Clone, Clone]:
    """Two machines that both know one update with three items."""
    one = Clone(tmp_path / "one")
    one.publish(A, B, C)
    shutil.copytree(one.folder, tmp_path / "two")
    return one, Clone(tmp_path / "two", NOW + dt.timedelta(minutes=30))


def merge(one: Clone, two: Clone, seed: int = 0) -> None:
    """Give both all lines of both, each in an order of its own."""
    lines = sorted({*_lines(one), *_lines(two)})
    for number, clone in enumerate((one, two)):
        random.Random(seed + number).shuffle(lines)
        clone.file.write_bytes(b"".join(line + b"\n" for line in lines))
        clone.ledger = Ledger(clone.folder)


def _lines(clone: Clone) -> list[bytes]:
    return clone.file.read_bytes().split(b"\n")[:-1] if clone.file.exists() else []


def test_what_both_published_alike_is_one(clones: tuple[Clone, Clone]) -> None:
    """The same new update and the same edit on both machines are counted once; the first stamp stands."""
    one, two = clones
    for clone in clones:
        clone.publish(A + " Again.", B, C)
        clone.publish(D, E, key="2024-12-07")
    merge(one, two)
    assert one.known == two.known
    assert list(one.texts().items()) == [(1, A + " Again."), (2, B), (3, C)]
    assert len(one.known[KEY].items[0].revisions) == 1
    assert one.known["2024-12-07"].published == NOW + 2.5 * HOUR
    assert [p.severity for p in one.ledger.verify()] == [Severity.NOTE]


@pytest.mark.parametrize("seed", range(4))
def test_two_edits_of_one_item(clones: tuple[Clone, Clone], seed: int) -> None:
    """Of two different edits the later one stands, and both wordings are kept in order of time."""
    one, two = clones
    two.publish(A + " Second.", B, C, minutes=500)
    one.publish(A + " First.", B, C)
    merge(one, two, seed)
    assert one.known == two.known
    revisions = [(r.before, r.after) for r in one.known[KEY].items[0].revisions]
    assert revisions == [(A, A + " First."), (A + " First.", A + " Second.")]


def test_one_number_for_two_texts(clones: tuple[Clone, Clone]) -> None:
    """The earlier claim keeps the number, the later takes the next free one, with its later edits."""
    one, two = clones
    two.publish(A, B, C, D)
    one.publish(A, B, C, E, F)
    two.publish(A, B, C, D + " And more was heard.")
    merge(one, two)
    assert one.known == two.known
    assert one.texts() == {1: A, 2: B, 3: C, 4: D + " And more was heard.", 5: F, 6: E}
    notes = [problem.fact for problem in one.ledger.verify()]
    assert any("item 4" in fact for fact in notes)


def test_one_key_for_two_updates(tmp_path: Path) -> None:
    """Of two different updates of one date the later one gets the next free key, wholly."""
    one, two = Clone(tmp_path / "one"), Clone(tmp_path / "two", NOW + dt.timedelta(minutes=1))
    one.publish(A, B, C)
    two.publish(D, E, F, "Rain.")
    two.publish(D, E + " Nobody objected.", F, "Rain.")
    merge(one, two)
    assert one.known == two.known
    assert one.texts() == {1: A, 2: B, 3: C}
    assert one.texts(KEY + "-2") == {1: D, 2: E + " Nobody objected.", 3: F, 4: "Rain."}
    assert any(KEY + "-2" in problem.remedy for problem in one.ledger.verify())


def test_a_lost_number_stays_taken(tmp_path: Path) -> None:
    """What a machine once published under a key is never given to another text there, nor after a repair."""
    one, two = Clone(tmp_path / "one"), Clone(tmp_path / "two", NOW + dt.timedelta(minutes=1))
    one.publish(A, B)
    two.publish(D, E, F)
    merge(one, two)
    one.file.write_bytes(one.file.read_bytes() + b"garbage\n")
    one.ledger.repair()
    for clone in (one, two):
        clone.publish(A, B, C)
        assert clone.texts() == {1: A, 2: B, 4: C}


def test_one_key_for_two_versions_of_one_update(tmp_path: Path) -> None:
    """Two texts that share most of their words are one update, with the items of both."""
    one, two = Clone(tmp_path / "one"), Clone(tmp_path / "two", NOW + dt.timedelta(minutes=1))
    one.publish(A, B, C, D)
    two.publish(A, E, C, D)
    merge(one, two)
    assert one.known == two.known
    assert list(one.known) == [KEY]
    assert one.texts() == {1: A, 2: B, 3: C, 4: D, 5: E}


def test_what_a_merge_settled_stays_settled(clones: tuple[Clone, Clone]) -> None:
    """After both have gone on from a merge and merge again, no id of the first merge means another text."""
    one, two = clones
    two.publish(A, B, C, D)
    one.publish(A, B, C, E)
    merge(one, two)
    before = one.texts()
    one.publish(A, B, C, D, E, F)
    two.now = one.now
    two.publish(B, C, D, E, A + " This has been confirmed since.")
    merge(one, two, 5)
    assert one.known == two.known
    after = one.texts()
    assert after == before | {1: A + " This has been confirmed since.", 6: F}


def test_withdrawn_on_one_and_edited_on_the_other(clones: tuple[Clone, Clone]) -> None:
    """Nothing that was taken back on one machine is brought back by an edit on the other."""
    one, two = clones
    one.withdraw()
    two.publish(A, B)
    merge(one, two)
    assert one.known == two.known
    assert one.known[KEY].withdrawn
    assert one.known[KEY].order == (1, 2)


def test_forgotten_words_do_not_return(clones: tuple[Clone, Clone]) -> None:
    """A merge with a machine that still has the words shows none of them, says so, and can be mended."""
    one, two = clones
    two.publish(A, B + " Edited there.", C)
    one.ledger.forget(KEY, 2, now=NOW + 3 * HOUR)
    merge(one, two)
    assert one.known == two.known
    assert B not in repr(one.known)
    assert one.texts() == {1: A, 2: "", 3: C}
    (error,) = [p for p in one.ledger.verify() if p.severity is Severity.ERROR]
    assert f"forget {KEY}/2" in error.remedy
    assert set(one.ledger.forget(KEY, 2, now=NOW + 9 * HOUR)) == {B, B + " Edited there."}
    assert B not in one.file.read_text()
    assert one.ledger.verify() == ()
    assert one.texts() == {1: A, 2: "", 3: C}


some_texts = [*REPORTS, A + " Yes.", B + " No.", "Rain."]
wordings = st.lists(st.sampled_from(some_texts), min_size=1, max_size=5, unique=True)
steps = st.lists(
    st.tuples(
        st.integers(0, 1), st.sampled_from([KEY, "2024-12-07"]), wordings | st.none(), st.integers(0, 3)
    ),
    max_size=7,
)


@given(steps, steps, st.integers(0, 99))
def test_any_two_histories_merge_to_the_same(first: list, second: list, seed: int) -> None:  # type: ignore[type-arg]
    """Whatever two machines do before and after a merge, in whatever order the lines come to stand:
    both know the same, no id or wording is lost, and what one merge settled no later one changes; a
    ledger written anew by a repair means the same."""
    with TemporaryDirectory() as folder:
        one, two = Clone(Path(folder, "one")), Clone(Path(folder, "two"))
        settled_ids: dict[str, dict[int, str]] = {}
        for round_number, todo in enumerate((first, second)):
            for who, key, texts, minutes in todo:
                clone = (one, two)[who]
                if texts is not None:
                    clone.publish(*texts, key=key, minutes=minutes)
                elif key in clone.known:
                    clone.withdraw(key)
            kept = [(key, k) for clone in (one, two) for key, k in clone.known.items()]
            mine = {(key, item.number) for key, k in kept for item in k.items}
            texts_before = {text for _, k in kept for text in _ever(k)}
            merge(one, two, seed + round_number)
            known = one.known
            assert known == two.known
            assert mine <= {(key, number) for key, k in known.items() for number in range(1, k.used + 1)}
            assert texts_before <= {text for k in known.values() for text in _ever(k)}
            for key, before in settled_ids.items():
                for number, text in before.items():
                    assert " ".join(words(text)) in _ever_of(known[key], number)
            settled_ids = {key: {i.number: i.text for i in k.items} for key, k in known.items()}
            one.now = two.now = max(one.now, two.now)
            assert not [p for p in one.ledger.verify() if p.severity is Severity.ERROR]
        straight = Clone(Path(folder, "three"))
        straight.file.write_bytes(b"garbage\n" + b"".join(line + b"\n" for line in _lines(one)))
        straight.ledger.repair()
        assert straight.known == one.known


def _ever(kept: KnownUpdate) -> set[str]:
    return {text for item in kept.items for text in _ever_of(kept, item.number)}


def _ever_of(kept: KnownUpdate, number: int) -> set[str]:
    """All wordings an item ever had, as words."""
    return {
        " ".join(words(text))
        for item in kept.items
        if item.number == number
        for text in (item.text, *(r.before for r in item.revisions), *(r.after for r in item.revisions))
    }


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_merges_two_ledgers(tmp_path: Path) -> None:
    """With ``merge=union`` git joins what two clones appended, and the ledger verifies."""

    def git(where: Path, *arguments: str) -> None:
        setting = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *setting, *arguments], cwd=where, check=True, capture_output=True)

    base = tmp_path / "base"
    base.mkdir()
    git(base, "init")
    (base / ".gitattributes").write_text("ledger/*.jsonl merge=union\n")
    Clone(base / "ledger").publish(A, B, C)
    git(base, "add", ".")
    git(base, "commit", "-m", "base")
    git(tmp_path, "clone", "base", "other")
    Clone(base / "ledger", NOW + HOUR).publish(A, B, C, D)
    Clone(base / "ledger", NOW + HOUR).publish(D, E, key="2024-12-07")
    git(base, "commit", "-am", "here")
    Clone(tmp_path / "other/ledger", NOW + 2 * HOUR).publish(A, B, C, E)
    Clone(tmp_path / "other/ledger", NOW + 2 * HOUR).publish(D, E, key="2024-12-07")
    git(tmp_path / "other", "commit", "-am", "there")
    git(base, "pull", "--no-rebase", "../other", "main")
    git(tmp_path / "other", "pull", "--no-rebase", "../base", "main")
    one, two = Clone(base / "ledger"), Clone(tmp_path / "other/ledger")
    assert one.known == two.known
    assert one.texts() == {1: A, 2: B, 3: C, 4: D, 5: E}
    assert [p.severity for p in one.ledger.verify() if p.severity is Severity.ERROR] == []
