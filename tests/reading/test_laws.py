"""Laws of reading that hold for every text: nothing lost, nothing doubled, nothing raised."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from sitrep.base.nouns import Reading, Role, Source
from sitrep.reading.decoding.decode import Decoded, decode
from sitrep.reading.parse import parse
from tests.reading.dialect import BODY, CONFIG, TEXT, read

WORD = re.compile(r"\w+")


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(text))


def words_kept(reading: Reading) -> Counter[str]:
    """Every word that some field of the updates holds."""
    kept: Counter[str] = Counter()
    for update in reading.updates:
        for section in update.sections:
            kept += words(section.heading or "")
        for item in update.items:
            kept += words(item.text)
            for picture in item.pictures:
                kept += words(f"{picture.alt} {picture.file}")
        for passage in update.passages:
            kept += words(passage.text)
        kept += words(" ".join([update.title or "", update.correction or "", *update.key_points]))
    return kept


def lines_of(text: str) -> list[int]:
    return [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def check_laws(text: str, reading: Reading) -> None:
    assert [line.number for line in reading.lines] == lines_of(text)
    for line in reading.lines:
        if line.item is not None:
            assert line.update is not None
            assert line.item < len(reading.updates[line.update].items)
        assert (line.role is Role.ITEM) == (line.item is not None)
        assert line.role is not Role.DROPPED or line.reason
    for index, update in enumerate(reading.updates):
        numbers = {line.number for line in reading.lines if line.update == index}
        for item in update.items:
            assert item.text.strip() == item.text
            assert item.text or item.pictures
            assert item.line in numbers


@given(TEXT)
def test_every_line_of_a_text_has_one_fate(text: str) -> None:
    """Every non-blank line is reported once, in order, and points at an item that exists."""
    check_laws(text, read(text, "notes/2024-12-06.txt"))


@given(TEXT)
def test_no_word_is_lost(text: str) -> None:
    """Every word of a line that was not dropped stands in the updates."""
    reading = read(text, "notes/2024-12-06.txt")
    seen: Counter[str] = Counter()
    for line in reading.lines:
        if line.role not in (Role.DROPPED, Role.DATELINE):
            seen += words(line.text)
    missing = seen - words_kept(reading)
    assert not {w: n for w, n in missing.items() if w != "Correction"}


@given(TEXT.filter(lambda text: "[^1]" not in text))
@example("The the the the the the the the the the the\n2) The the the.\n")
def test_no_word_is_doubled(text: str) -> None:
    """No item holds a word that its lines do not, as often as they do."""
    reading = read(text, "notes/2024-12-06.txt")
    typed: Counter[str] = Counter()
    lines = text.split("\n")
    for line in reading.lines:
        if line.role is Role.ITEM:
            typed += words(lines[line.number - 1])
    for update in reading.updates:
        for item in update.items:
            typed -= Counter()
            held = words(item.text) + sum(
                (words(f"{p.alt} {p.file}") for p in item.pictures), start=Counter[str]()
            )
            assert not held - typed
            typed -= held


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    """No text makes the parser raise, and the line law holds for all of them."""
    decoded = decode("any.txt", text.encode("utf-8", "replace"), limit=10_000)
    if isinstance(decoded, Decoded):
        check_laws(decoded.source.text, parse(decoded.source, CONFIG))


MARKS = "\n\n\n  \t#*_-–—•+>|`~<!:[]()=0123456789./ab Update 06-12-2024 \u00a0\u200b😀🔴\ufe0f\u20e3--><!--"


@given(st.text(alphabet=MARKS, max_size=300))
def test_any_heap_of_marks_is_read(text: str) -> None:
    """The same for texts made of the characters the dialect gives a meaning to."""
    dated = f"Update 06-12-2024\n{text}"
    check_laws(dated, parse(Source(path="x.txt", digest="", text=dated), CONFIG))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """No bytes make decoding or parsing raise."""
    decoded = decode("any.txt", content, limit=10_000)
    if isinstance(decoded, Decoded):
        check_laws(decoded.source.text, parse(decoded.source, CONFIG))


@given(BODY, BODY)
def test_an_update_does_not_depend_on_its_neighbours(body: str, other: str) -> None:
    """The items of an update are the same whatever update stands above it in the file."""
    own = f"Update 05-12-2024\n\nFirst words of the day.\n\n{body}"
    alone = read(own)
    after = read(f"Update 09-12-2024\n\n– Something else.\n\n{other}\n\n– That is it.\n\n{own}")
    if "[^1]" in body + other or alone.refused or after.refused or "UPDATE 2028" in body + other:
        return
    mine = [u for u in after.updates if u.date.day == 5]
    assert [[i.text for i in u.items] for u in alone.updates] == [[i.text for i in u.items] for u in mine]
