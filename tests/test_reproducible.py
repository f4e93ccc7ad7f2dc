"""Output is a function of its inputs: nothing of the machine, the moment or the order gets into it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
from pathlib import Path

import pytest

from bench.corpus import update_text
from tests.inspecting import site_in
from tests.lanes import one_fast
from tests.other_machine import publish_elsewhere
from tests.publish.samples import BRIDGE, CONVOY, SCHOOL, update
from tests.publishing import NOON, Studio, tree

MACHINES = [
    {"TZ": "Asia/Kathmandu", "HOME": "/home/ada", "USER": "ada", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
    {"TZ": "America/St_Johns", "HOME": "/root", "USER": "root", "PYTHONHASHSEED": "2", "LANG": "de_DE.UTF-8"},
    {"TZ": "UTC", "HOSTNAME": "elsewhere", "LOGNAME": "grace", "PYTHONHASHSEED": "3", "COLUMNS": "40"},
]
CLOCKS = [dt.timedelta(days=-400), dt.timedelta(days=400), dt.timedelta(seconds=1)]
UMASKS = [0o077, 0o002, 0o027]


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """A site with a life behind it: edits, a correction, a withdrawal, a late text, a draft."""
    studio = Studio(tmp_path_factory.mktemp("lived") / "site")
    for back in range(1, 12):
        day = NOON.date() - dt.timedelta(days=back * 9)
        studio.drop(
            f"{day.isoformat()}.txt", update_text(back, day).replace("example.org/long", "example.net/long")
        )
    studio.drop("now.txt", update("2025-06-01", BRIDGE, CONVOY))
    studio.publish()
    studio.later(hours=5)
    studio.drop("now.txt", update("2025-06-01", SCHOOL, BRIDGE, CONVOY.replace("waits", "was sent back")))
    studio.drop("evening.txt", update("2025-06-01", "Rain all evening in Elm.", heading="Southern front"))
    studio.publish()
    studio.later(days=2)
    studio.drop("late.txt", update("2025-04-02", "A late note from Birch.", heading="Rumors"))
    studio.drop("_draft.txt", update("2025-06-02", "Not yet to be read."))
    studio.drop("embargo.txt", "---\npublish: 2039-01-01\n---\n" + update("2025-06-02", "Not yet either."))
    studio.take((NOON.date() - dt.timedelta(days=18)).isoformat() + ".txt")
    studio.publish()
    return studio


@pytest.mark.parametrize("number", one_fast(1, 0, 2))
def test_every_machine_builds_the_same_bytes(studio: Studio, tmp_path: Path, number: int) -> None:
    """Other path, zone, locale, user, home, umask, hash seed, a clock 400 days off, one process or two."""
    clone = studio.clone(tmp_path / f"machine {number}" / "somewhere" / "else")
    publish_elsewhere(
        clone.root,
        studio.now + CLOCKS[number],
        processes=1 + number % 2,
        umask=UMASKS[number],
        cwd=tmp_path,
        **MACHINES[number],
    )
    assert clone.tree() == studio.tree()
    assert tree(clone.folders.ledger) == tree(studio.folders.ledger)


@pytest.mark.slow
def test_the_order_of_arrival_does_not_matter(studio: Studio, tmp_path: Path) -> None:
    """Files with other names, read in another order beside the ledger, a few at a time: the same bytes."""
    clone = studio.clone(tmp_path / "clone")
    away = tmp_path / "away"
    clone.folders.feeds.rename(away)
    clone.folders.feeds.mkdir()
    for number, path in enumerate(sorted(away.iterdir(), reverse=True)):
        draft = "_" if path.name.startswith("_") else ""
        shutil.move(path, clone.folders.feeds / f"{draft}{number:03}.md")
        if number % 4 == 0:
            clone.publish()
    clone.publish()
    assert clone.tree() == studio.tree()


def test_nothing_of_the_machine_is_in_the_output(studio: Studio) -> None:
    """No path, host or name of a dropped file in any byte; no draft and no embargoed word either."""
    site = site_in(studio.folders.output)
    site.check()
    files = [path.name for path in studio.folders.feeds.iterdir() if not path.name[0].isdigit()]
    hidden = [str(studio.root), studio.root.parent.name, "/home/", "/tmp/", ".sitrep", "Not yet", *files]
    # A host called "server" would prove nothing; that the user makes no difference is shown above.
    hidden += [name for name in (socket.gethostname(),) if len(name) > 4 and not name.isalpha()]
    for words in hidden:
        assert not site.holding(words), words


def test_files_can_be_read_by_the_web_server(studio: Studio) -> None:
    """Whatever a text's own permissions, what comes out follows the umask, and all may read it."""
    umask = os.umask(0)
    os.umask(umask)
    modes = {path.stat().st_mode & 0o777 for path in studio.folders.output.rglob("*") if path.is_file()}
    assert modes == {0o666 & ~umask | 0o444}
