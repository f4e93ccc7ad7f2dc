"""However much an update says, each of its pages is light, and every item's address leads to its words."""

from __future__ import annotations

import datetime as dt
import gzip
import random
import re
from pathlib import Path

import pytest

from sitrep.archive.archive import Archive
from sitrep.base.nouns import Item, Revision, Section, Update
from sitrep.base.values import replace
from sitrep.pages.pages import Pages
from sitrep.site import addresses as at
from sitrep.site.update_parts import parts
from sitrep.text.gzip_weight import Packed
from tests.pages.samples import Parsed
from tests.pages.test_pages import BUDGET
from tests.publishing import Studio

FRONTS = ("western", "eastern", "southern", "international", "rumors")
LETTERS = {"Latin": "abcdefghijklmnopqrstuvwxyz", "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
           "Cyrillic": "абвгдежзийклмнопрстуфхцчшщыьэюя",
           "Chinese": "".join(map(chr, range(0x4E00, 0x5200)))}  # fmt: skip


def varied(count: int, words: int, letters: str = LETTERS["Latin"]) -> Update:
    """An update of so many items of so many words each, no word of which is like another."""
    dice = random.Random(count * words)

    def sentence() -> str:
        return " ".join("".join(dice.choices(letters, k=dice.randint(2, 9))) for _ in range(words)).title()

    stamp = dt.datetime(2024, 12, 6, 9, tzinfo=dt.UTC)
    made = [
        Item(text=f"{sentence()}.", line=n, number=n, front=FRONTS[n * len(FRONTS) // (count + 1)],
             places=("Homs",) if n % 3 else (), published=stamp, updated=stamp)
        for n in range(1, count + 1)
    ]  # fmt: skip
    sections = tuple(
        Section(heading=front.title(), line=1, items=tuple(item for item in made if item.front == front))
        for front in FRONTS
    )
    return Update(
        date=stamp.date(), line=1, key="2024-12-06", title="All at once", sections=sections,
        published=stamp, updated=stamp,
    )  # fmt: skip


def pages_of(update: Update, pages: Pages) -> tuple[Archive, list[bytes]]:
    """The update in an archive, and all its pages."""
    archive = Archive(None)
    archive.put_update(update)
    made = [pages.update(archive, update.key)]
    made += [pages.update_part(archive, update.key, str(n)) for n in range(2, len(parts(update)) + 1)]
    return archive, [page for page in made if page]


@pytest.mark.parametrize("letters", LETTERS)
def test_every_page_that_shows_a_long_update_is_light(pages: Pages, letters: str) -> None:
    """Each part, home, each front and its month, and the place: at most 14,000 bytes compressed."""
    update = varied(150, 16, LETTERS[letters])
    archive, shown = pages_of(update, pages)
    assert len(shown) > 2
    shown += [pages.home(archive), pages.front(archive, "western"), pages.place(archive, "Homs") or b""]
    shown += [pages.front_month(archive, front, "2024-12") or b"" for front in FRONTS]
    assert [len(gzip.compress(page, 9)) for page in shown if len(gzip.compress(page, 9)) > BUDGET] == []


@pytest.mark.parametrize(("count", "words"), [(1, 5), (30, 14), (60, 30), (400, 12), (3, 900)])
def test_each_item_is_on_one_page_and_its_address_leads_there(pages: Pages, count: int, words: int) -> None:
    """The first page has the id of every item: with its words, or on a link to the part that has them."""
    update = varied(count, words)
    shown = pages_of(update, pages)[1]
    first, *further = map(Parsed, shown)
    assert count < 400 or len(first.all("article")) > 20
    held = [
        {e.attributes["id"] for e in page.all("article") if "id" in e.attributes}
        for page in (first, *further)
    ]
    assert sum(map(len, held)) == len(set().union(*held)) == count
    ways = re.findall(r'<a href="(\d+)/index.html#(i\d+)">((?:<i id=i\d+></i>)+)', shown[0].decode())
    led = {anchor: int(part) for part, _, ids in ways for anchor in re.findall(r"id=(\w+)", ids)}
    assert held[0] | led.keys() == {at.anchor(item.number) for item in update.items}
    assert all(anchor in held[part - 1] for anchor, part in led.items())
    assert all(f"<i id={anchor}>" in ids for _, anchor, ids in ways)
    for page in further:
        assert all(e.attributes["href"].startswith("../index.html#i") for e in page.all("a", class_="pm"))


def test_words_weigh_what_gzip_leaves_of_them() -> None:
    """Never a twentieth less, whatever the letters; what is said again weighs little."""
    for letters in LETTERS.values():
        items = varied(100, 16, letters).items
        texts = "\n".join(item.text for item in items).encode()
        assert Packed().items(items) >= 0.95 * len(gzip.compress(texts, 9))
    packed, (once, *_) = Packed(), varied(1, 50).items
    assert packed.item(once) > 3 * packed.item(once)


@pytest.mark.slow
def test_parts_come_and_go_with_the_text(tmp_path: Path) -> None:
    """A text that grows, shrinks and is taken back leaves what a clean build makes, and no part too many."""
    studio = Studio(tmp_path / "site")
    dice = random.Random(7)

    def text(count: int) -> str:
        lines = (
            "– " + " ".join("".join(dice.choices(LETTERS["Latin"], k=6)) for _ in range(20))
            for _ in range(count)
        )
        return "Update 06-12-2024\n\n# Northern front\n\n" + ".\n".join(lines) + ".\n"

    def further() -> int:
        return len([*(studio.folders.output / "2024-12-06").glob("*/index.html")])

    counts = []
    for count in (4, 200, 70, 140, 2):
        studio.drop("a.txt", text(count))
        studio.publish(confirm=True)
        counts.append(further())
        clean = studio.clone(tmp_path / f"clean-{count}")
        clean.publish()
        assert studio.tree() == clean.tree()
        studio.later(hours=1)
    assert counts[0] == counts[-1] == 0 < counts[2] < counts[1]


def test_pages_that_list_a_full_month_are_light(pages: Pages) -> None:
    """A month, its changes and what is new in it, of changes the newest: what is too much is a bare line."""
    archive, day, texts = Archive(None), varied(1, 20), varied(124, 60).items
    for n, item in enumerate(texts):
        stamp = dt.datetime(2024, 12, 1 + n % 31, 6 + n // 31, tzinfo=dt.UTC)
        key = f"{stamp:%Y-%m-%d}{f'-{n // 31 + 1}' if n > 30 else ''}"
        wrong = Revision(at=stamp, before=item.text[::-1], after=item.text, correction=True)
        section = Section(heading="West", line=1, items=(replace(item, number=1, revisions=(wrong,)),))
        archive.put_update(
            replace(
                day, key=key, date=stamp.date(), title=item.text[:120], published=stamp, sections=(section,)
            )
        )
    month, changes, news = (
        make(archive, "2024-12") or b"" for make in (pages.month, pages.corrections_month, pages.since_month)
    )
    shown = (month, changes, news, pages.corrections(archive), pages.since(archive))
    assert [len(gzip.compress(page, 9)) for page in shown if len(gzip.compress(page, 9)) > BUDGET] == []
    assert month.count(b'href="../../2024-12-') >= 124
    assert changes.count(b"<article") == 124
    assert news.count(b"<article") == 124 + 100
