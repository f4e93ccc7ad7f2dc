"""A long game with a real program on a real folder: what must wait is in no byte, what stood stands."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

import pytest

from tests.publishing import CONFIG, Studio, tree

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
PACE = "watch: {settle: 0.2, rescan: 1, deletion_grace: 0.4}\n"

HELD = [
    "---\ndraft: true\n---\n{}",
    "—-\ndraft: true\n—-\n{}",
    "----\ndraft: true\n----\n{}",
    " ---\ndarft: yes\n---\n{}",
    "draft: true\n{}",
    "---\nembargo: 2099-01-01 2330\n{}",
    "Embargo until 1 January 2099\n{}",
    "DRAFT – for Anna\n{}",
    "---\npublish: 2099-01-01 evening\n---\n{}",
    "---\npublsh: 2099-01-01\n---\n{}",
    "#draft\n{}",
    "Do not publish!\n{}",
    "---\nstatus: „Entwurf“\n---\n{}",
    "مسودة\n{}",
    "---\npublish: not yet\n---\n{}",
    "<!-- draft: true -->\n{}",
    "---\ntitle: x\n---\n---\ndraft: true\n---\n{}",
    "ЧЕРНЕТКА\n{}",
    "{}\nDO NOT PUBLISH\n",
    "Sous embargo, lundi 8h\n{}",
    "{}\n<<<<<<< a\n– one\n=======\n– two\n>>>>>>> b\n",
    "hold: until Anna has read it\n{}",
    "isDraft = 1\n{}",
]
"""Texts that must wait, as tired people write them."""

PLACES = ["{}.txt", "anna/{}.md", "phone/deep/{}.txt"]
ASIDE = [
    "drafts/{}.txt", "Entwürfe/{}.txt", "{} DRAFT.txt", "_{}.txt", "#recycle/{}.txt", ".stversions/{}.txt",
    "{}.txt~",
    "{}.txt.part", "embargoed/{}.txt", "(A Document Being Saved By TextEdit)/{}.txt", "~$.{}.txt", "{}.docx",
]  # fmt: skip
COPIES = [
    ".sync-conflict-20250530-101010-ABCDEF7", " (Anna's conflicted copy 2025-05-30)",
    "_conflict-20250530-101010",
    " (Case Conflict)", "-DESKTOP-8K2M1Q7", ".conflict1", " (1)", " - Copy", " 2",
]  # fmt: skip


@dataclass
class Game:
    """One site, the program at work on it, and what must be true of it."""

    root: Path
    chance: random.Random
    program: subprocess.Popen[str] | None = None
    said: list[str] = field(default_factory=list)
    texts: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    """By path of each file that is out: its day and the canaries that stand there."""
    waiting: set[str] = field(default_factory=set)
    """Canaries that must be in no byte."""
    gone: set[str] = field(default_factory=set)
    """Canaries of texts that were deleted."""
    opened: list[tuple[IO[str], str]] = field(default_factory=list)
    locked: list[Path] = field(default_factory=list)
    copies: dict[str, list[Path]] = field(default_factory=dict)
    """By day, the copies of its text that programs have made."""
    fresh: set[str] = field(default_factory=set)
    """Names that the program may not have seen yet: who gives a text another name and at once a header that
    is refused, and nobody looks in between, has taken it back and is asked to put it right."""
    count: int = 0

    def __post_init__(self) -> None:
        self.studio = Studio(self.root, config=CONFIG + PACE)
        self.feeds, self.output = self.studio.folders.feeds, self.studio.folders.output

    # -- the program ----------------------------------------------------------------------------

    def start(self) -> None:
        if self.program and self.program.poll() is None:
            return
        # Root reads every folder, whatever its mode, but for these two powers.
        weak = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
        self.program = subprocess.Popen(
            [*weak, sys.executable, ROOT / "sitegen.py", "watch", "--site", self.root],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        threading.Thread(target=self._listen, args=(self.program,), daemon=True).start()

    def _listen(self, program: subprocess.Popen[str]) -> None:
        assert program.stdout
        with program.stdout:
            self.said += program.stdout

    def kill(self) -> None:
        assert self.program
        self.program.kill()
        self.program.wait()

    def until(self, reached: Callable[[], bool], what: str) -> None:
        """Wait until something holds."""
        end = time.monotonic() + PATIENCE
        while not reached():
            assert self.program
            assert self.program.poll() is None, "".join(self.said[-40:])
            assert time.monotonic() < end, f"{what}\n{self.told()}"
            threading.Event().wait(0.02)

    def told(self) -> str:
        """What was done and what the program did, in short."""
        return "".join(line for line in self.said[-400:] if line[:2] == "--" or "withdrawn" in line)

    # -- what people and programs do ----------------------------------------------------------------

    def canary(self) -> str:
        self.count += 1
        return f"qx{self.count}zq"

    def day(self) -> str:
        self.count += 1
        return (dt.date(2024, 12, 31) - dt.timedelta(days=self.count)).isoformat()

    def text(self, day: str, canaries: list[str]) -> str:
        items = "".join(f"– Alder has news of {one} and more of it.\n" for one in canaries)
        return f"Update {day}\n\n# Northern front\n\n{items}"

    def write(self, name: str, text: str) -> None:
        path = self.feeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        way = self.chance.randrange(4)
        if way == 0:
            path.write_text(text, "utf-8")
        elif way == 1:
            (path.parent / f".{path.name}.tmp").write_text(text, "utf-8")
            (path.parent / f".{path.name}.tmp").replace(path)
        else:
            with path.open("w", encoding="utf-8") as opened:
                for part in (text[: len(text) // 2], text[len(text) // 2 :]):
                    opened.write(part)
                    opened.flush()

    def one(self) -> str | None:
        # What is written in a locked folder is seen when it is open again.
        free = [
            name for name in self.texts if not any((self.feeds / name).is_relative_to(p) for p in self.locked)
        ]
        name = self.chance.choice(sorted(free)) if free else None
        self.said.append(f"-- on {name} {self.texts[name] if name else ''}\n")
        return name

    def out(self) -> str | None:
        """One of the files whose every word stands by now."""
        if (name := self.one()) is None:
            return None
        day, canaries = self.texts[name]
        seen = name not in self.fresh and all(self.says(day, one) for one in canaries)
        return name if seen else None

    def says(self, day: str, canary: str) -> bool:
        """True if the page of a day says something now."""
        page = self.output / day / "index.html"
        return page.exists() and canary in page.read_text("utf-8")

    def is_told(self, name: str) -> bool:
        """True if a receipt or a preview says that a text is not out."""
        return any(
            (self.feeds / f"{name}{tail}").exists() for tail in (".error.txt", ".note.txt", ".preview.html")
        )

    def drop(self) -> None:
        name, day, canary = self.chance.choice(PLACES).format(self.canary()), self.day(), self.canary()
        if any((self.feeds / name).is_relative_to(p) for p in self.locked):
            return
        self.write(name, self.text(day, [canary]))
        self.texts[name] = day, [canary]

    def edit(self) -> None:
        if name := self.one():
            day, canaries = self.texts[name]
            self.texts[name] = day, [*canaries, self.canary()]
            self.write(name, self.text(*self.texts[name]))

    def rename(self) -> None:
        if name := self.one():
            if (self.feeds / name).read_text("utf-8") != self.text(*self.texts[name]):
                self.start()
                self.until(lambda: self.is_told(name), f"{name} has no receipt")
            other = self.chance.choice(PLACES[:2]).format(self.canary())
            if not any((self.feeds / other).is_relative_to(p) for p in self.locked):
                (self.feeds / other).parent.mkdir(exist_ok=True)
                (self.feeds / name).rename(self.feeds / other)
                self.texts[other] = self.texts.pop(name)
                self.fresh.add(other)

    def drop_held(self) -> None:
        canary = self.canary()
        self.waiting.add(canary)
        text = self.chance.choice(HELD).format(self.text(self.day(), [canary]))
        self.write(f"{self.canary()}.txt", text)

    def drop_aside(self) -> None:
        canary = self.canary()
        self.waiting.add(canary)
        self.write(self.chance.choice(ASIDE).format(self.canary()), self.text(self.day(), [canary]))

    def hold_an_edit(self) -> None:
        """New words of a text that is out, with a header that holds them back; then they are given up."""
        if name := self.out():
            day, canaries = self.texts[name]
            canary = self.canary()
            self.waiting.add(canary)
            self.write(name, self.chance.choice(HELD[:-1]).format(self.text(day, [*canaries, canary])))

    def copy(self) -> None:
        if name := self.out():
            day, canaries = self.texts[name]
            canary = self.canary()
            self.waiting.add(canary)
            path = Path(name)
            copy = path.with_name(f"{path.stem}{self.chance.choice(COPIES)}{path.suffix}")
            if (self.feeds / name).read_text("utf-8") == self.text(day, canaries):
                self.write(os.fspath(copy), self.text(day, [*canaries, canary]))
                self.copies.setdefault(day, []).append(self.feeds / copy)

    def delete(self) -> None:
        if (name := self.one()) and len(self.texts) > 6:
            day, canaries = self.texts[name]
            self.without_copies(day)
            self.check()
            (self.feeds / name).unlink()
            del self.texts[name]
            self.gone.update(canaries)
            self.start()
            self.until(lambda: not self.says(day, canaries[0]), f"{day} stays online")

    def without_copies(self, day: str) -> None:
        """Who means a text to be gone has taken away its copies."""
        self.unlock()
        for copy in self.copies.pop(day, []):
            copy.unlink(missing_ok=True)

    def open_long(self) -> None:
        canary = self.canary()
        self.waiting.add(canary)
        opened = (self.feeds / f"{self.canary()}.txt").open("w", encoding="utf-8")
        opened.write(self.text(self.day(), [canary]))
        opened.flush()
        self.opened.append((opened, f"---\ndraft: true\n---\n{self.text(self.day(), [canary])}"))

    def close_one(self) -> None:
        if self.opened:
            opened, text = self.opened.pop()
            opened.seek(0)
            opened.truncate()
            opened.write(text)
            opened.close()

    def lock(self) -> None:
        for folder in ("anna", "phone"):
            path = self.feeds / folder
            if path.exists() and path not in self.locked and shutil.which("setpriv"):
                self.check()
                path.chmod(0)
                self.locked.append(path)
                return

    def unlock(self) -> None:
        while self.locked:
            self.locked.pop().chmod(0o755)

    def forget(self) -> None:
        if (name := self.one()) and len(self.texts) > 6:
            day, canaries = self.texts[name]
            self.without_copies(day)
            self.check()
            (self.feeds / f"{day}.forget").touch()
            self.start()
            self.until(lambda: not (self.feeds / f"{day}.forget").exists(), f"{day} is not forgotten")
            del self.texts[name]
            self.waiting.update(canaries)

    def crash(self) -> None:
        self.start()
        self.kill()
        self.chance.choice([self.start, lambda: None])()

    def write_nonsense(self) -> None:
        name = self.chance.choice(
            ["2024-12-99.forget", "x.txt.error.txt", "deletions.yes", "a.rtf", "pipe", "link.txt"]
        )
        path = self.feeds / name
        with contextlib.suppress(FileExistsError):
            if name == "pipe":
                os.mkfifo(path)
            elif name == "link.txt":
                path.symlink_to("/etc/hostname")
            else:
                path.write_text("x")

    # -- what must be true --------------------------------------------------------------------------

    def check(self) -> None:
        """All that is out stands, and nothing that waits is anywhere."""
        self.start()
        marker, said = self.day(), self.canary()
        (self.feeds / f"{said}.txt").write_text(self.text(marker, [said]))
        self.until(partial(self.says, marker, said), "the program does not look")
        self.fresh.clear()
        for day, canaries in self.texts.values():
            for one in canaries:
                self.until(partial(self.says, day, one), f"{one} of {day} is missing")
        self.silent(self.waiting)

    def silent(self, canaries: set[str]) -> None:
        for place, content in tree(self.output).items():
            said = content.decode("utf-8", "replace")
            assert [one for one in canaries if one in said] == [], f"{place}\n{''.join(self.said[-40:])}"

    def end(self) -> None:
        while self.opened:
            self.close_one()
        self.unlock()
        self.check()
        assert self.program
        self.program.terminate()
        self.program.wait(PATIENCE)
        self.silent(self.waiting | self.gone)


ACTS: dict[Callable[[Game], None], int] = {
    Game.drop: 8, Game.edit: 6, Game.rename: 4, Game.drop_held: 9, Game.drop_aside: 4, Game.hold_an_edit: 5,
    Game.copy: 5, Game.delete: 2, Game.open_long: 2, Game.close_one: 2, Game.lock: 1, Game.unlock: 2,
    Game.forget: 1, Game.crash: 4, Game.write_nonsense: 2, Game.check: 4,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "steps"), [(1, 200), (3, 200)])
def test_nothing_that_waits_goes_out_and_nothing_that_stands_goes(
    tmp_path: Path, seed: int, steps: int
) -> None:
    """After any number of drops, renames, copies, mistyped headers, locked folders, deletions and kills every
    word that had to wait is in no byte of output/, and every text that stood stands."""
    game = Game(tmp_path, random.Random(seed))
    try:
        game.start()
        for _ in range(8):
            game.drop()
        for number in range(steps):
            (act,) = game.chance.choices(list(ACTS), list(ACTS.values()))
            game.said.append(f"-- {number}: {act.__name__}\n")
            act(game)
        game.end()
    finally:
        for opened, _ in game.opened:
            opened.close()
        game.unlock()
        if game.program:
            game.program.kill()
            game.program.wait()
