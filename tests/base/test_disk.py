"""The one writer: a file is whole or not there, and no link below a folder of the site is ever followed."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitrep.base.disk import (
    TEMPORARY,
    NotOrdinaryError,
    add_file,
    disk_faults,
    make_folder,
    open_to_append,
    read_file,
    read_own,
    remove_empty_folders,
    remove_file,
    remove_unfinished,
    replace_file,
)
from sitrep.base.errors import ConfigError, SiteError
from sitrep.publish.open_site import read_config
from sitrep.site.folders import folders_of


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A file that is not the site's."""
    path = tmp_path / "elsewhere" / "victim"
    path.parent.mkdir()
    path.write_bytes(b"untouched")
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture
def _any_umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_link_in_the_way_is_replaced_and_what_it_points_at_stays(root: Path, victim: Path) -> None:
    """Who lays a link where the program writes does not choose what is written to."""
    (root / "a.txt").symlink_to(victim)
    replace_file(root, "a.txt", b"ours")
    assert (root / "a.txt").read_bytes() == b"ours"
    assert not (root / "a.txt").is_symlink()
    assert victim.read_bytes() == b"untouched"


@pytest.mark.parametrize(
    "change",
    [
        lambda root: replace_file(root, "in/victim", b"x"),
        lambda root: replace_file(root, "in/deeper/victim", b"x"),
        lambda root: add_file(root, "in/new", b"x"),
        lambda root: os.close(open_to_append(root, "in/victim")),
        lambda root: remove_file(root, "in/victim"),
        lambda root: read_file(root, "in/victim"),
        lambda root: make_folder(root, "in/deeper"),
    ],
)
def test_no_folder_is_reached_through_a_link(
    root: Path, victim: Path, change: Callable[[Path], object]
) -> None:
    """A linked folder below the site's is refused, whatever is to be done in it."""
    (root / "in").symlink_to(victim.parent)
    with pytest.raises(OSError, match="Not a directory"):
        change(root)
    assert victim.read_bytes() == b"untouched"
    assert names(victim.parent) == ["victim"]


def test_a_linked_file_is_not_appended_to(root: Path, victim: Path) -> None:
    """What is added to a file of the site goes into that file or nowhere."""
    (root / "log").symlink_to(victim)
    with pytest.raises(OSError, match="symbolic links"):
        open_to_append(root, "log")


def test_the_folder_of_the_site_may_itself_be_a_link(root: Path, tmp_path: Path) -> None:
    """An output/ that leads to another disk is the operator's own choice."""
    (tmp_path / "output").symlink_to(root)
    replace_file(tmp_path / "output", "a/b.html", b"page")
    assert (root / "a" / "b.html").read_bytes() == b"page"
    replace_file(tmp_path / "output", f"{TEMPORARY}1", b"half")
    remove_unfinished(tmp_path / "output")
    assert names(root) == ["a"]


def test_no_name_is_used_that_can_be_known_before(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two writes of the same file go through two names, each of them made new."""
    names, real = [], os.open

    def noting(path: str, flags: int, *more: int, **named: int) -> int:
        if flags & os.O_CREAT:
            assert flags & os.O_EXCL
            assert flags & os.O_NOFOLLOW
            names.append(path)
        return real(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", noting)
    for _ in range(2):
        replace_file(root, "a.txt", b"x")
    assert len(set(names)) == 2
    assert all(name.startswith(TEMPORARY) for name in names)


@pytest.mark.parametrize("call", ["write", "replace", "fsync", "utime"])
def test_what_fails_leaves_the_file_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """A disk that refuses at any step leaves the old file, and nothing beside it."""
    replace_file(root, "a.txt", b"old")
    os.utime(root / "a.txt", (2**32, 2**32))  # The new one must be dated later, however slow the machine.

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(OSError, match="No space"):
        replace_file(root, "a.txt", b"new", durable=True)
    assert (root / "a.txt").read_bytes() == b"old"
    assert names(root) == ["a.txt"]


@pytest.mark.usefixtures("_any_umask")
def test_what_is_public_can_be_read_by_all_whatever_the_umask(root: Path) -> None:
    """A web server reads every page and enters every folder; what is not public follows the umask."""
    replace_file(root / "output", "a/b/c.html", b"x", public=True)
    replace_file(root, "private", b"x")
    assert mode(root / "output" / "a" / "b" / "c.html") & 0o444 == 0o444
    assert all(mode(root / "output" / name) & 0o555 == 0o555 for name in (".", "a", "a/b"))
    assert mode(root / "private") == 0o600


def test_permissions_of_a_file_outlive_its_content(root: Path) -> None:
    """A file that a writer made private, or shared, stays so when its content is changed."""
    for wanted in (0o600, 0o664):
        replace_file(root, "a.txt", b"x")
        (root / "a.txt").chmod(wanted)
        replace_file(root, "a.txt", b"y")
        assert mode(root / "a.txt") == wanted


def test_two_versions_never_share_a_second(root: Path) -> None:
    """Who asks whether a file has changed since a second, sees the second of two quick versions."""
    seen = []
    for content in (b"1", b"2", b"3"):
        replace_file(root, "a", content)
        seen.append(int((root / "a").stat().st_mtime))
    assert seen[0] < seen[1] < seen[2]


def test_a_file_is_added_only_where_none_is(root: Path, victim: Path) -> None:
    """Neither a file nor a link that leads nowhere is overwritten by what is added."""
    (root / "link").symlink_to(root / "nothing")
    (root / "file").write_bytes(b"theirs")
    for name in ("link", "file"):
        with pytest.raises(FileExistsError):
            add_file(root, name, b"x")
    add_file(root, "free", b"x")
    assert names(root) == ["file", "free", "link"]


def test_only_ordinary_files_are_read(root: Path, victim: Path) -> None:
    """A link, a pipe, a folder or a device is refused at once; no more is read than was asked for."""
    (root / "link").symlink_to(victim)
    os.mkfifo(root / "pipe")
    (root / "folder").mkdir()
    (root / "file").write_bytes(b"123456")
    for name in ("link", "pipe", "folder"):
        with pytest.raises(NotOrdinaryError):
            read_file(root, name)
    with pytest.raises(FileNotFoundError):
        read_file(root, "missing")
    assert read_file(root, "file", 4) == b"1234"
    assert read_file(root, "file") == b"123456"


def sparse(path: Path) -> None:
    with path.open("wb") as opened:
        opened.truncate(6_000_000_000)


@pytest.mark.parametrize("lay", [os.mkfifo, Path.mkdir, sparse])
def test_what_the_operator_names_is_waited_for_by_nobody(tmp_path: Path, lay: Callable[[Path], None]) -> None:
    """A pipe, a folder or far too much in place of a config is refused at once; a link to one is followed."""
    lay(tmp_path / "config.yaml")
    with pytest.raises(ConfigError) as refused:
        read_config(folders_of(tmp_path))
    assert "cannot be read" in str(refused.value)
    (tmp_path / "kept.yaml").write_text("site: {}", encoding="utf-8")
    (tmp_path / "linked.yaml").symlink_to("kept.yaml")
    assert read_own(tmp_path / "linked.yaml") == b"site: {}"


def test_folders_that_became_empty_go_and_others_stay(root: Path) -> None:
    """Removing the last file of a folder takes away the folder, up to the first that holds something."""
    replace_file(root, "a/b/c/x", b"x")
    replace_file(root, "a/y", b"y")
    assert remove_file(root, "a/b/c/x")
    assert not remove_file(root, "a/b/c/x")
    remove_empty_folders(root, "a/b/c")
    assert names(root / "a") == ["y"]
    assert root.is_dir()


def test_a_refusing_disk_is_told_with_place_fact_and_remedy() -> None:
    """The system's own words stand behind the fact, in small letters."""
    with (
        pytest.raises(SiteError) as told,
        disk_faults("feeds/a.txt", "it could not be changed", "make room"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    (problem,) = told.value.problems
    assert problem.path == "feeds/a.txt"
    assert problem.fact == "it could not be changed: no space left on device"
    assert problem.remedy == "make room"
