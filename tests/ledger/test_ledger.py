"""The files of the ledger: what is written stays, and what is wrong is told, not guessed."""

from __future__ import annotations

import datetime as dt
import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from sitrep.base.errors import LedgerError, SiteError
from sitrep.base.nouns import Severity
from sitrep.base.values import replace
from sitrep.identity.item_ids import withdraw
from sitrep.ledger.events import Event
from sitrep.ledger.history import fold
from sitrep.ledger.ledger import Ledger
from tests.identity.samples import HOUR, NOW, REPORTS, settled, update

KEY = "2024-12-06"
MONTH = "2024-12"
LATER = replace(settled(None, update(*REPORTS)).events[0], event="claim", update=KEY, items=())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the ledger of a site lies; not made yet."""
    return tmp_path / "ledger"


def published(folder: Path, count: int = 3) -> tuple[Ledger, list[Event]]:
    """A ledger with so many updates of December, each revised once, and all its events."""
    ledger = Ledger(folder)
    events: list[Event] = []
    for day in range(1, count + 1):
        date = dt.date(2024, 12, day)
        first = settled(None, update(*REPORTS, date=date), key=date.isoformat())
        text = update(REPORTS[0] + " Again.", *REPORTS[1:], date=date)
        second = settled(first.kept, text, NOW + day * HOUR, key=date.isoformat())
        ledger.append(first.events)
        ledger.append(second.events)
        events += [*first.events, *second.events]
    return ledger, events


def file_of(folder: Path) -> Path:
    """December's file."""
    return folder / f"{MONTH}.jsonl"


# -- writing and reading ------------------------------------------------------------------------


def test_what_is_appended_is_known_to_any_machine(folder: Path) -> None:
    """The history is the fold of the events, in the process that wrote them and in a new one."""
    ledger, events = published(folder)
    assert ledger.history(MONTH) == Ledger(folder).history(MONTH) == fold(events)
    assert ledger.verify() == ()


def test_each_update_goes_to_the_month_of_its_date(folder: Path) -> None:
    """One call may write many months; a month without a file knows nothing."""
    ledger = Ledger(folder)
    dates = [dt.date(2024, month, 1) for month in range(1, 13)]
    ledger.append(
        event
        for date in dates
        for event in settled(None, update("a", date=date), key=date.isoformat()).events
    )
    assert ledger.months() == tuple(date.isoformat()[:7] for date in dates)
    assert list(ledger.history("2024-03")) == ["2024-03-01"]
    assert ledger.history("2023-03") == {}
    assert set(ledger.signature()) == set(ledger.months())


def test_a_record_is_one_readable_line(folder: Path) -> None:
    """Plain JSON in a fixed order, without what says nothing, in the author's letters."""
    ledger = Ledger(folder)
    event = Event(at=NOW, update=KEY, event="withdrawn", reason="Straße\u2028“zu”\n")
    ledger.append([event, event])
    first, second = file_of(folder).read_bytes().splitlines()
    assert first.decode() == (
        '{"prev":"","at":"2024-12-06T20:40:11Z","update":"2024-12-06","event":"withdrawn",'
        '"reason":"Straße\u2028“zu”\\n"}'
    )
    assert json.loads(second)["prev"] == sha256(first).hexdigest()[:16]


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    """An import writes the same ledger on every day and in every time zone."""
    written = []
    for days in (40, 4000):
        ledger = Ledger(tmp_path / str(days))
        for day in range(1, 20):
            date = dt.date(2024, 12, day)
            now = NOW + days * 24 * HOUR
            ledger.append(settled(None, update(*REPORTS, date=date), now, key=date.isoformat()).events)
        written.append(file_of(tmp_path / str(days)).read_bytes())
    assert written[0] == written[1]


def test_a_change_from_outside_is_seen(folder: Path) -> None:
    """What another program, a checkout or a merge puts in the file counts at the next look."""
    ledger, _ = published(folder, 2)
    other = Ledger(folder)
    kept = other.history(MONTH)["2024-12-02"]
    before = ledger.signature()
    other.append([withdraw(kept, NOW + 9 * HOUR)])
    assert ledger.signature() != before
    assert ledger.history(MONTH)["2024-12-02"].withdrawn
    file_of(folder).unlink()
    assert ledger.history(MONTH) == {}
    assert ledger.months() == ()


def test_asking_for_records_hides_no_change_from_outside(folder: Path) -> None:
    """What another program forgot is known as forgotten also after a look for the last records."""
    ledger, _ = published(folder)
    tips = ledger.tips()[MONTH]
    assert ledger.holds(MONTH, tips)
    Ledger(folder).forget("2024-12-01", None, now=NOW + 9 * HOUR)
    assert not ledger.holds(MONTH, tips)
    assert ledger.history(MONTH)["2024-12-01"].forgotten


def test_what_was_written_here_is_no_change_from_outside(folder: Path) -> None:
    """What was seen before an append counts with it, and without what others wrote meanwhile."""
    ledger, _ = published(folder, 2)
    ledger.signature()
    ledger.append([withdraw(ledger.history(MONTH)["2024-12-02"], NOW + 9 * HOUR)])
    assert ledger.seen() == Ledger(folder).signature() == Ledger(folder).seen()
    other = Ledger(folder)
    other.append([withdraw(other.history(MONTH)["2024-12-01"], NOW + 9 * HOUR)])
    assert ledger.seen() != ledger.signature()


def test_every_append_is_forced_to_the_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One fsync for each file written and one for a folder that got a new file."""
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    ledger = Ledger(folder)
    events = settled(None, update("a")).events
    november = replace(events[0], update="2024-11-06")
    ledger.append([*events, november])
    assert sorted(synced) == ["2024-11.jsonl", "2024-12.jsonl", "ledger"]
    synced.clear()
    ledger.append([replace(november, update="2024-12-07"), replace(november, update="2024-12-08")])
    assert synced == ["2024-12.jsonl"]


def test_memory_does_not_hold_the_ledger(folder: Path) -> None:
    """However many months were written, only a few are remembered."""
    ledger = Ledger(folder)
    for year in range(2000, 2010):
        for month in range(1, 13):
            key = f"{year}-{month:02}-01"
            ledger.append(settled(None, update("a", date=dt.date.fromisoformat(key)), key=key).events)
    assert len(ledger._known) < 10


# -- torn, foreign and damaged files ------------------------------------------------------------


def test_a_kill_at_any_byte_of_a_write_harms_nothing(folder: Path) -> None:
    """Whatever part of a record reached the disk: the records before count, and the next one is whole."""
    published(folder, 2)
    path = file_of(folder)
    whole = path.read_bytes()
    last = whole[:-1].rindex(b"\n") + 1
    path.write_bytes(whole[:last])
    known = Ledger(folder).history(MONTH)
    event = replace(LATER, event="withdrawn", update="2024-12-01")
    for cut in range(last + 1, len(whole) - 1, 37):
        path.write_bytes(whole[:cut])
        ledger = Ledger(folder)
        assert ledger.history(MONTH) == known
        assert [p.severity for p in ledger.verify()] == [Severity.WARNING]
        ledger.append([event])
        assert ledger.verify() == ()
        assert path.read_bytes().startswith(whole[:last])
        assert Ledger(folder).history(MONTH)["2024-12-01"].withdrawn


def test_a_last_line_without_its_end_counts(folder: Path) -> None:
    """An editor that strips the final line end loses nothing, and no record is glued to another."""
    _, events = published(folder, 2)
    path = file_of(folder)
    path.write_bytes(path.read_bytes()[:-1])
    ledger = Ledger(folder)
    assert ledger.history(MONTH) == fold(events)
    ledger.append([withdraw(ledger.history(MONTH)["2024-12-01"], NOW)])
    assert ledger.verify() == ()
    assert Ledger(folder).history(MONTH) == ledger.history(MONTH)


def test_line_ends_of_another_system_change_nothing(folder: Path) -> None:
    """A checkout with CRLF and a byte order mark still holds together."""
    _, events = published(folder, 2)
    path = file_of(folder)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    ledger = Ledger(folder)
    assert ledger.history(MONTH) == fold(events)
    ledger.append([withdraw(ledger.history(MONTH)["2024-12-01"], NOW)])
    assert ledger.verify() == ()


def broken_files(raw: bytes) -> dict[str, bytes]:
    """Ways in which a month can be damaged."""
    lines = raw.splitlines(keepends=True)
    marked = [*lines[:2], b"<<<<<<< HEAD\n", *lines[2:4], b"=======\n", *lines[4:], b">>>>>>> other\n"]
    return {
        "edited": raw.replace(b"airport", b"harbour", 1),
        "removed": b"".join([*lines[:2], *lines[3:]]),
        "conflict": b"".join(marked),
        "garbage": b"".join([*lines[:3], b"\x00\x01 nothing\n", *lines[4:]]),
        "half": b"".join([*lines[:2], lines[2][:200] + b"\n", *lines[3:]]),
        "no zone": raw.replace(b'Z","update"', b'","update"', 1),
    }


@pytest.mark.parametrize("damage", ["edited", "removed", "conflict", "garbage", "half", "no zone"])
def test_a_broken_month_is_refused_and_mended(folder: Path, damage: str) -> None:
    """Reading and writing it raise with place, fact and remedy, and leave it as it is; the other
    months are read; repair keeps a copy, loses no id and leaves a sound ledger."""
    _, events = published(folder, 4)
    Ledger(folder).append([replace(LATER, event="withdrawn", update="2024-11-06")])
    path = file_of(folder)
    bad = broken_files(path.read_bytes())[damage]
    path.write_bytes(bad)
    ledger = Ledger(folder)
    with pytest.raises(LedgerError) as caught:
        ledger.history(MONTH)
    problem = caught.value.problems[0]
    assert problem.path == "ledger/2024-12.jsonl"
    assert problem.line
    assert "ledger repair" in problem.remedy
    with pytest.raises(LedgerError):
        ledger.append([replace(LATER, event="withdrawn", update="2024-11-06"), events[0]])
    assert path.read_bytes() == bad
    assert list(ledger.history("2024-11")) == ["2024-11-06"]
    assert ledger.repair()
    assert ledger.verify() == ()
    assert (folder / "2024-12.jsonl.before-repair").read_bytes() == bad
    whole, mended = fold(events), ledger.history(MONTH)
    assert set(mended) == set(whole)
    for key, kept in whole.items():
        if damage != "removed" or key != "2024-12-02":
            assert mended[key].used >= kept.used
    if damage == "conflict":
        assert mended == whole
    assert ledger.repair() == ()


def test_repair_of_a_sound_ledger_does_nothing(folder: Path) -> None:
    """Sound months are not rewritten, and a second copy never takes the place of the first."""
    ledger, _ = published(folder)
    before = ledger.signature()
    assert ledger.repair() == ()
    assert ledger.signature() == before
    path = file_of(folder)
    for text in (b"garbage 1\n", b"garbage 2\n"):
        path.write_bytes(path.read_bytes() + text)
        assert ledger.repair()
    assert len(list(folder.glob("*.before-repair*"))) == 2
    assert ledger.months() == (MONTH,)


def test_records_of_later_programs_survive(folder: Path) -> None:
    """Unknown kinds and unknown members are passed over when read, and kept by a repair and a forget."""
    ledger, events = published(folder, 2)
    path = file_of(folder)
    digest = sha256(path.read_bytes().splitlines()[-1]).hexdigest()[:16]
    claim = {
        "prev": digest,
        "at": "whenever",
        "update": "2024-12-01",
        "event": "claim",
        "items": 7,
        "key": "coup",
    }
    path.write_bytes(path.read_bytes() + json.dumps(claim).encode() + b"\n")
    assert ledger.history(MONTH) == fold(events)
    assert ledger.verify() == ()
    path.write_bytes(path.read_bytes() + b"garbage\n")
    ledger.repair()
    ledger.forget("2024-12-02", None, now=NOW)
    kept = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert [r | {"prev": digest} for r in kept if r["event"] == "claim"] == [claim]


# -- forgetting ---------------------------------------------------------------------------------


def test_a_forgotten_item_leaves_no_word(folder: Path) -> None:
    """All its wordings are taken out of every file of the ledger and returned; the rest is untouched."""
    ledger, events = published(folder)
    path = file_of(folder)
    path.write_bytes(path.read_bytes() + b"garbage\n")
    ledger.repair()
    texts = ledger.forget("2024-12-02", 1, now=NOW + 9 * HOUR)
    assert texts == (REPORTS[0], REPORTS[0] + " Again.")
    second = [line for line in path.read_text().splitlines() if '"update":"2024-12-02"' in line]
    assert not any("airport" in line for line in second)
    assert {p.name for p in folder.iterdir()} == {"2024-12.jsonl", "forgotten"}
    assert "airport" not in (folder / "forgotten").read_text()
    assert ledger.verify() == ()
    known, before = ledger.history(MONTH), fold(events)
    assert known["2024-12-01"] == before["2024-12-01"]
    assert known["2024-12-02"].items[1:] == before["2024-12-02"].items[1:]
    assert known["2024-12-02"].items[0].forgotten
    assert known["2024-12-02"].used == 6


def test_a_forgotten_update_leaves_ids_and_stamps(folder: Path) -> None:
    """No words, reasons or digests of words stay; the numbers stay taken for good."""
    ledger, _ = published(folder, 1)
    kept = ledger.history(MONTH)["2024-12-01"]
    ledger.append([withdraw(kept, NOW + 9 * HOUR, "named a witness")])
    texts = ledger.forget("2024-12-01", None, now=NOW + 10 * HOUR)
    raw = file_of(folder).read_text()
    assert set(texts) == {*REPORTS, REPORTS[0] + " Again.", "named a witness"}
    assert not any(text in raw for text in texts)
    assert kept.words not in raw
    known = ledger.history(MONTH)["2024-12-01"]
    assert (known.forgotten, known.used, known.published) == (True, 6, kept.published)
    assert ledger.verify() == ()


def test_forgetting_what_is_not_known(folder: Path) -> None:
    """An id the ledger does not know is an error, and nothing is written."""
    ledger, _ = published(folder, 1)
    before = file_of(folder).read_bytes()
    for key, number in (("2024-12-05", None), ("2024-12-01", 7), ("1999-01-01", None)):
        with pytest.raises(LedgerError):
            ledger.forget(key, number, now=NOW)
    assert file_of(folder).read_bytes() == before


# -- the disk -----------------------------------------------------------------------------------


def test_a_full_disk_leaves_the_file_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that fails half-way is taken back, told with a remedy, and works the next time."""
    ledger, _ = published(folder, 1)
    before = file_of(folder).read_bytes()
    real = os.write

    def write(descriptor: int, content: bytes) -> int:
        if len(content) < 40:
            raise OSError(28, "No space left on device")
        return real(descriptor, content[: len(content) // 2])

    event = withdraw(ledger.history(MONTH)["2024-12-01"], NOW, "x" * 100)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        with pytest.raises(SiteError) as caught:
            ledger.append([event])
    assert "no space left" in str(caught.value)
    assert caught.value.problems[0].remedy
    assert file_of(folder).read_bytes() == before
    ledger.append([event])
    assert ledger.history(MONTH) == Ledger(folder).history(MONTH)


def test_a_second_writer_is_noticed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the file grew since it was read, nothing is written and nothing of the other is lost."""
    ledger, _ = published(folder, 1)
    event = withdraw(ledger.history(MONTH)["2024-12-01"], NOW)
    monkeypatch.setattr(ledger, "_is_current", lambda month: True)
    Ledger(folder).append([event])
    after = file_of(folder).read_bytes()
    with pytest.raises(SiteError):
        ledger.append([event])
    assert file_of(folder).read_bytes() == after


def test_a_ledger_that_is_no_folder(tmp_path: Path) -> None:
    """A file in its place is an error with a remedy, not a traceback."""
    (tmp_path / "ledger").write_text("x")
    ledger = Ledger(tmp_path / "ledger")
    for action in (ledger.months, ledger.verify, lambda: ledger.append(settled(None, update("a")).events)):
        with pytest.raises(SiteError):
            action()
