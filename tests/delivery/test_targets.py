"""Each way out, to a real server: the target holds what output/ holds, and a cut delivery goes on."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from sitrep.base.errors import SiteError
from sitrep.config.delivery import Target
from sitrep.delivery import git_branch, rsync
from sitrep.delivery.credentials import Credentials
from sitrep.delivery.deploy import check_folder, deploy, outstanding
from sitrep.delivery.faults import DeliveryError, Superseded
from sitrep.delivery.held import Held
from sitrep.delivery.object_store import deliver as put_objects
from sitrep.delivery.order import Shipment
from sitrep.delivery.snapshot import snapshot
from tests.delivery.servers import free_port, rsync_daemon, s3_server, ssh_server
from tests.delivery.sites import SECOND, bring, holds, site
from tests.publishing import Studio, tree

pytestmark = pytest.mark.slow

SECRET = "kept-between-us-7"


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return site(tmp_path / "site")


def _second(studio: Studio) -> None:
    """A second update comes, and the first is taken away."""
    studio.later(hours=1)
    studio.drop("b.txt", SECOND)
    studio.publish()


def _credentials(studio: Studio, text: str) -> str:
    file = studio.root / "keys"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    return "keys"


# -- a folder -------------------------------------------------------------------------------------


def test_a_folder_holds_the_site(studio: Studio, tmp_path: Path) -> None:
    """A folder gets everything, then only what changed, then nothing; what is not ours in it stays."""
    target = Target(name="web", folder="../public")
    bring(studio, target)
    assert holds(studio, tmp_path / "public")
    (tmp_path / "public" / "CNAME").write_text("example.org")
    _second(studio)
    whole = len(studio.tree())
    assert 0 < bring(studio, target).sent < whole
    assert bring(studio, target).sent == 0
    assert tree(tmp_path / "public").keys() - studio.tree().keys() == {"CNAME"}


def test_what_left_the_site_leaves_the_folder(studio: Studio, tmp_path: Path) -> None:
    """A file that is no longer in output/ is removed from the target, and its empty folder with it."""
    target = Target(name="web", folder="../public")
    bring(studio, target)
    held = Held(studio.folders.work)
    gone = tmp_path / "public" / "old" / "index.html"
    gone.parent.mkdir()
    gone.write_text("old")
    held.put("web", {"old/index.html": b"-"})
    assert bring(studio, target).removed == 1
    assert not gone.parent.exists()


@pytest.mark.parametrize("folder", ["output", "feeds/web", ".", "..", "ledger", ".sitrep/x"])
def test_a_target_does_not_eat_the_site(studio: Studio, folder: str) -> None:
    """A folder inside the site's own folders, or around them, is refused before anything is written."""
    before = tree(studio.root)
    with pytest.raises(SiteError, match="own folders"):
        deploy(Target(name="web", folder=folder), studio.folders, Held(studio.folders.work))
    after = tree(studio.root)
    assert {place for place in after if "deploy" not in place} == before.keys()


def test_a_folder_beside_the_site_is_fine(studio: Studio) -> None:
    """A folder of the site's that holds nothing of it may be a target."""
    check_folder(Target(name="web", folder="public"), studio.folders)


# -- cut off, and begun again -----------------------------------------------------------------------


def test_a_cut_delivery_goes_on_where_it_stood(studio: Studio, tmp_path: Path) -> None:
    """What a target has taken is not sent again after a fault; another address starts from nothing."""
    target = Target(name="web", folder="../public")
    whole = len(studio.tree())
    blocked = tmp_path / "public" / "rumors"
    blocked.parent.mkdir()
    blocked.write_text("a file where a folder must be")
    held = Held(studio.folders.work)
    with pytest.raises(DeliveryError, match="does not take it"):
        deploy(target, studio.folders, held)
    left = outstanding(target, studio.folders, held).size
    assert 0 < left < whole
    blocked.unlink()
    assert deploy(target, studio.folders, held).sent == left
    assert holds(studio, tmp_path / "public")
    shutil.rmtree(tmp_path / "public")
    blocked.parent.mkdir()
    blocked.write_text("it was emptied by somebody else, and is to get everything once more")
    with pytest.raises(DeliveryError):
        deploy(target, studio.folders, held, everything=True)
    blocked.unlink()
    deploy(target, studio.folders, held)
    assert holds(studio, tmp_path / "public")
    assert outstanding(Target(name="web", folder="../other"), studio.folders, held).size == whole


def test_a_snapshot_is_of_one_moment(studio: Studio) -> None:
    """Files that were published anew since their digests were taken are not sent beside older ones."""
    folder = studio.root / ".sitrep" / "files"
    for files in ({"index.html": b"\0" * 32}, {"no": b""}):
        with pytest.raises(Superseded), snapshot(studio.folders.output, files, folder):
            pass
    assert not folder.exists()


# -- rsync ------------------------------------------------------------------------------------------


def test_rsync_to_a_daemon(studio: Studio, tmp_path: Path) -> None:
    """An rsync daemon with a password gets everything, later what changed, and loses what is gone."""
    keys = _credentials(studio, f"RSYNC_PASSWORD={SECRET}\n")
    with rsync_daemon(tmp_path / "daemon", password=SECRET) as (address, root):
        target = Target(name="web", rsync=address, credentials=keys)
        bring(studio, target)
        assert holds(studio, root)
        _second(studio)
        (root / "old.html").write_text("old")
        Held(studio.folders.work).put("web", {"old.html": b"-"})
        assert 0 < bring(studio, target).sent < len(studio.tree())
        assert holds(studio, root)


def test_rsync_says_why_without_the_password(studio: Studio, tmp_path: Path) -> None:
    """A wrong password is named as such, and stands in no message."""
    keys = _credentials(studio, "RSYNC_PASSWORD=not-the-right-one\n")
    with rsync_daemon(tmp_path / "daemon", password=SECRET) as (address, _):
        target = Target(name="web", rsync=address, credentials=keys)
        with pytest.raises(DeliveryError, match="does not let us in") as fault:
            bring(studio, target)
    assert "not-the-right-one" not in str(fault.value)


def test_rsync_to_nobody(studio: Studio) -> None:
    """A host where nothing listens is told in one line."""
    target = Target(name="web", rsync=f"rsync://127.0.0.1:{free_port()}/site/")
    with pytest.raises(DeliveryError, match="nothing answers there"):
        bring(studio, target)


def test_rsync_over_ssh(studio: Studio, tmp_path: Path) -> None:
    """Over SSH the files arrive, readable by a web server; a host key that changed is refused and told."""
    goal = tmp_path / "web"
    with ssh_server(tmp_path / "ssh") as (host, options):
        files = studio.tree()
        due = Shipment(steps=(tuple(files),))
        sent = rsync.deliver(
            due, studio.folders.output, f"{host}:{goal}", Credentials(), ssh=f"{rsync.SSH} {options}"
        )
        assert tuple(sent) == (tuple(files),)
        assert holds(studio, goal)
        assert {oct(path.stat().st_mode & 0o777) for path in goal.rglob("*.html")} == {"0o644"}
        (tmp_path / "ssh" / "known_hosts").write_text(
            (tmp_path / "ssh" / "known_hosts").read_text().split()[0]
            + " "
            + " ".join((tmp_path / "ssh" / "own.pub").read_text().split()[:2])
            + "\n"
        )
        with pytest.raises(DeliveryError, match="unknown or has changed"):
            tuple(
                rsync.deliver(
                    due, studio.folders.output, f"{host}:{goal}", Credentials(), ssh=f"{rsync.SSH} {options}"
                )
            )


# -- an object store ----------------------------------------------------------------------------------


@pytest.fixture
def s3(tmp_path: Path) -> Iterator[str]:
    with s3_server(tmp_path / "s3") as address:
        yield address


def _store(address: str) -> Any:
    from obstore.store import from_url

    return from_url(
        "s3://site",
        config={
            "aws_endpoint": address,
            "aws_region": "us-east-1",
            "aws_access_key_id": "a",
            "aws_secret_access_key": "b",
        },
        client_options={"allow_http": True},
    )


def _bucket(address: str) -> dict[str, tuple[bytes, str, str]]:
    """Bytes, media type and cache rule of every object of the bucket, by key."""
    store, found = _store(address), {}
    for key in [one["path"] for page in store.list() for one in page]:
        one = store.get(key)
        found[key] = (bytes(one.bytes()), one.attributes["Content-Type"], one.attributes["Cache-Control"])
    return found


def _make_bucket(address: str) -> None:
    """A bucket called ``site``, as anybody may make one at this server."""
    with urlopen(Request(f"{address}/site", method="PUT"), timeout=20):
        pass


def test_an_object_store_holds_the_site(studio: Studio, s3: str) -> None:
    """A bucket gets every file with its media type and a short life, then changes, and loses what is gone."""
    _make_bucket(s3)
    keys = _credentials(studio, f"AWS_ACCESS_KEY_ID=press\nAWS_SECRET_ACCESS_KEY={SECRET}\n")
    target = Target(name="s3", store="s3://site/live", endpoint=s3, region="us-east-1", credentials=keys)
    bring(studio, target)
    found = _bucket(s3)
    assert {key.removeprefix("live/"): body for key, (body, _, _) in found.items()} == studio.tree()
    assert found["live/feed.xml"][1:] == ("application/xml", "public, max-age=60")
    assert found["live/index.html"][1] == "text/html; charset=utf-8"
    _second(studio)
    Held(studio.folders.work).put("s3", {"old.html": b"-"})
    _store(s3).put("live/old.html", b"old")
    assert 0 < bring(studio, target).sent < len(studio.tree())
    assert {key.removeprefix("live/"): body for key, (body, _, _) in _bucket(s3).items()} == studio.tree()


def test_an_object_store_says_what_is_wrong(studio: Studio, s3: str) -> None:
    """A bucket that is not there, and a machine that is not, are told in plain words, without the key."""
    keys = _credentials(studio, f"AWS_ACCESS_KEY_ID=press\nAWS_SECRET_ACCESS_KEY={SECRET}\n")
    target = Target(name="s3", store="s3://nowhere", endpoint=s3, region="us-east-1", credentials=keys)
    with pytest.raises(DeliveryError, match="no bucket of that name") as fault:
        bring(studio, target)
    assert SECRET not in str(fault.value)
    dead = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(DeliveryError, match="nothing answers there"):
        tuple(
            put_objects(
                Shipment(steps=(("index.html",),)), studio.folders.output, "s3://site",
                Credentials({"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}),
                endpoint=dead, region="us-east-1", types={},
            )
        )  # fmt: skip


# -- a branch -------------------------------------------------------------------------------------------


@pytest.mark.skipif(importlib.util.find_spec("dulwich") is None, reason="dulwich is not installed")
def test_a_branch_holds_the_site_and_no_history(studio: Studio, tmp_path: Path) -> None:
    """Each delivery is the branch's one commit; what others put there stays, earlier wordings do not."""
    from dulwich.object_store import iter_tree_contents
    from dulwich.objects import Commit
    from dulwich.repo import Repo

    host = Repo.init_bare(str(tmp_path / "host.git"), mkdir=True)
    target = Target(name="pages", git=str(tmp_path / "host.git"))

    def files() -> dict[str, bytes]:
        commit = host[host.refs[b"refs/heads/gh-pages"]]
        assert isinstance(commit, Commit)
        assert commit.parents == []
        return {
            entry.path.decode(): host[entry.sha].as_raw_string()
            for entry in iter_tree_contents(host.object_store, commit.tree)
        }

    bring(studio, target)
    assert files() == studio.tree()
    _second(studio)
    assert 0 < bring(studio, target).sent < len(studio.tree())
    assert files() == studio.tree()
    host.close()


@pytest.mark.skipif(importlib.util.find_spec("dulwich") is None, reason="dulwich is not installed")
def test_a_repository_that_is_not_there(studio: Studio, tmp_path: Path) -> None:
    """An address without a repository is told as that."""
    with pytest.raises(DeliveryError, match="no git repository"):
        bring(studio, Target(name="pages", git=str(tmp_path / "nothing.git")))
    with pytest.raises(DeliveryError, match="nothing answers there"):
        bring(studio, Target(name="dead", git=f"http://127.0.0.1:{free_port()}/site.git"))


@pytest.mark.skipif(importlib.util.find_spec("dulwich") is None, reason="dulwich is not installed")
def test_a_repository_that_says_nothing(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that takes the connection and never answers is given up."""
    monkeypatch.setattr(git_branch, "PATIENCE", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/site.git"
        with pytest.raises(DeliveryError, match="it does not answer"):
            bring(studio, Target(name="pages", git=address))


@pytest.mark.skipif(importlib.util.find_spec("dulwich") is None, reason="dulwich is not installed")
@pytest.mark.parametrize("left", ["refs/heads/gh-pages.lock", "objects/pack/tmp1.pack", "HEAD"])
def test_what_a_killed_delivery_left_stops_no_later_one(studio: Studio, tmp_path: Path, left: str) -> None:
    """A delivery by git that was killed leaves locks and half-written files: the next one goes on."""
    from dulwich.repo import Repo

    Repo.init_bare(str(tmp_path / "host.git"), mkdir=True).close()
    target = Target(name="pages", git=str(tmp_path / "host.git"))
    bring(studio, target)
    copy = studio.folders.work / "deploy" / "pages.git"
    (copy / left).write_bytes(b"half")
    copy.with_suffix(".doubt").touch()
    _second(studio)
    assert bring(studio, target).sent
    assert not copy.with_suffix(".doubt").exists()


@pytest.mark.skipif(importlib.util.find_spec("obstore") is None, reason="obstore is not installed")
def test_credentials_of_other_targets_are_theirs(studio: Studio) -> None:
    """One file of credentials may serve targets of every kind; a name that nobody knows is told plainly."""
    address = f"http://127.0.0.1:{free_port()}"
    for keys, told in (
        ("GIT_PASSWORD=a\nRSYNC_PASSWORD=b", "nothing answers"),
        ("AWS_KEI=c", "does not know"),
    ):
        file = _credentials(studio, f"AWS_ACCESS_KEY_ID=press\nAWS_SECRET_ACCESS_KEY={SECRET}\n{keys}\n")
        target = Target(name="s3", store="s3://a", endpoint=address, region="us-east-1", credentials=file)
        with pytest.raises(DeliveryError, match=told):
            bring(studio, target)


@pytest.mark.skipif(importlib.util.find_spec("obstore") is None, reason="obstore is not installed")
def test_a_store_that_is_not_told_who_we_are(studio: Studio) -> None:
    """A cloud's store without credentials asks for them, rather than say what a library said."""
    with pytest.raises(DeliveryError, match="write a credentials file"):
        bring(studio, Target(name="cloud", store="az://site"))


# -- any command ------------------------------------------------------------------------------------------


def test_a_command_is_told_what_changed(studio: Studio, tmp_path: Path) -> None:
    """A command finds the changed files in a folder of their own and their order on its standard input."""
    script = studio.root / "up.py"
    script.write_text(
        "import os, pathlib, shutil, sys\n"
        "goal = pathlib.Path(sys.argv[1])\n"
        "for line in sys.stdin:\n"
        "    what, place = line.rstrip('\\n').split('\\t')\n"
        "    file = goal / place\n"
        "    file.parent.mkdir(parents=True, exist_ok=True)\n"
        "    if what == 'put':\n"
        "        shutil.copy(pathlib.Path(os.environ['SITEGEN_CHANGED'], place), file)\n"
        "    else:\n"
        "        file.unlink()\n"
    )
    target = Target(name="own", command=(sys.executable, "up.py", str(tmp_path / "goal")))
    bring(studio, target)
    _second(studio)
    assert 0 < bring(studio, target).sent < len(studio.tree())
    assert holds(studio, tmp_path / "goal")


def test_a_command_that_fails_keeps_its_secret(studio: Studio) -> None:
    """What a failing command says is told in one line, the secrets in it hidden."""
    keys = _credentials(studio, f"UP_TOKEN={SECRET}\n")
    say = "import os, sys; sys.exit('refused: ' + os.environ['UP_TOKEN'])"
    target = Target(name="own", command=(sys.executable, "-c", say), credentials=keys)
    with pytest.raises(DeliveryError) as fault:
        bring(studio, target)
    assert fault.value.text.endswith("ended with 1: refused: ***")


def test_a_command_that_is_not_there(studio: Studio) -> None:
    """A program that is not installed is named, and so is a script that is not there or may not be run."""
    with pytest.raises(DeliveryError, match="no-such-program cannot be started: it is not installed"):
        bring(studio, Target(name="own", command=("no-such-program",)))
    (studio.root / "up.sh").write_text("#!/bin/sh\n")
    for name, why in (("./gone.sh", "no such file"), ("./up.sh", r"chmod \+x ./up.sh")):
        with pytest.raises(DeliveryError, match=why):
            bring(studio, Target(name="own", command=(name,)))
