"""What can be checked: the ledger's chain, output against its inputs, and a signed copy against its sums."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest

from sitrep.publish.outcome import Outcome
from sitrep.report.log import Log
from sitrep.service.publisher import Publisher
from sitrep.site.folders import folders_of
from sitrep.verbs.verify import Verified, verify
from tests.lanes import one_fast
from tests.publishing import CONFIG, Studio

NOTE = "Update 01-06-2025\n\n# Northern front\n\n- The ferry at Alder runs again.\n"
needs_keys = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


def publish(studio: Studio) -> Outcome:
    """Publish as the program does, signature and receipts included."""
    publisher = Publisher(studio.folders, lambda: studio.now, Log(io.StringIO()))
    try:
        return publisher.publish()
    finally:
        publisher.close()


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A site with one update."""
    studio = Studio(tmp_path / "site")
    studio.drop("note.txt", NOTE)
    publish(studio)
    return studio


@pytest.fixture
def signed(tmp_path: Path) -> Studio:
    """A site that signs its sums with a key made for the test, and the file of allowed signers."""
    key = tmp_path / "site" / "key"
    key.parent.mkdir()
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key, "-C", "test"], check=True)
    public = key.with_suffix(".pub").read_text().split()
    (tmp_path / "allowed").write_text(f"valley@example.org {public[0]} {public[1]}\n")
    config = CONFIG + "trust:\n  signing_key: key\n"
    (tmp_path / "site" / "config.yaml").write_text(config, encoding="utf-8")
    studio = Studio(tmp_path / "site", config=config)
    studio.drop("note.txt", NOTE)
    publish(studio)
    return studio


def checked(studio: Studio, signers: Path | None = None) -> Verified:
    """What verify finds."""
    return verify(studio.folders, studio.now, signers)


def named(found: Verified) -> set[str]:
    """Paths that it names."""
    return {problem.path for problem in found.problems}


def test_a_sound_site_holds(studio: Studio) -> None:
    """And looking changes nothing, neither in the ledger nor in output/."""
    before = studio.tree()
    assert checked(studio).holds
    assert studio.tree() == before


def test_every_difference_is_named(studio: Studio) -> None:
    """A changed, a missing and a strange file."""
    page = studio.folders.output / "2025-06-01" / "index.html"
    page.write_bytes(page.read_bytes() + b"<!-- -->")
    (studio.folders.output / "feed.xml").unlink()
    (studio.folders.output / "extra.html").write_text("hello")
    found = checked(studio)
    assert not found.holds
    assert named(found) == {"output/2025-06-01/index.html", "output/feed.xml", "output/extra.html"}
    assert "delete output/" in {problem.path: problem.remedy for problem in found.problems}["output/feed.xml"]
    shutil.rmtree(studio.folders.output)
    publish(studio)
    assert checked(studio).holds


def test_a_text_that_is_not_published_yet_shows(studio: Studio) -> None:
    """Output that does not have what feeds/ has is not what its inputs give."""
    studio.drop("late.txt", "Update 31-05-2025\n\n- Rain.\n")
    found = checked(studio)
    assert "output/2025-05-31/index.html" in named(found)


def test_a_record_changed_by_hand_shows(studio: Studio) -> None:
    """The chain of the month is broken from there on."""
    studio.drop("note.txt", NOTE + "- A second thing.\n")
    publish(studio)
    ledger = studio.folders.ledger / "2025-06.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b"ferry", b"barge"))
    found = checked(studio)
    assert not found.holds
    assert "ledger/2025-06.jsonl" in named(found)


@needs_keys
def test_a_signed_copy_can_be_checked_by_anyone(signed: Studio, tmp_path: Path) -> None:
    """A mirror has only the files and the publisher's public key."""
    copy = tmp_path / "mirror"
    shutil.copytree(signed.folders.output, copy)
    found = verify(folders_of(copy), signed.now, tmp_path / "allowed")
    assert found.holds
    assert any("valley@example.org" in line for line in found.checked)


@needs_keys
@pytest.mark.parametrize(
    "place", one_fast("sums/2025-06.sha256", "2025-06-01/index.html", "feed.xml", "SHA256SUMS")
)
def test_a_tampered_copy_does_not_hold(signed: Studio, tmp_path: Path, place: str) -> None:
    """Neither a page, nor a list of sums, nor the signed list itself can be changed unseen."""
    copy = tmp_path / "mirror"
    shutil.copytree(signed.folders.output, copy)
    content = (copy / place).read_bytes()
    (copy / place).write_bytes(content.replace(b"a", b"b", 1))
    found = verify(folders_of(copy), signed.now, tmp_path / "allowed")
    assert not found.holds


@needs_keys
def test_files_added_or_removed_show(signed: Studio, tmp_path: Path) -> None:
    """A copy with more or less than the publisher signed."""
    copy = tmp_path / "mirror"
    shutil.copytree(signed.folders.output, copy)
    (copy / "more.html").write_text("x")
    (copy / "rss.xml").unlink()
    assert {"more.html", "rss.xml"} <= named(verify(folders_of(copy), signed.now, tmp_path / "allowed"))


@needs_keys
def test_another_persons_signature_does_not_count(signed: Studio, tmp_path: Path) -> None:
    """A key that is not among the allowed signers."""
    other = tmp_path / "other"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other], check=True)
    public = other.with_suffix(".pub").read_text().split()
    (tmp_path / "allowed").write_text(f"somebody@example.org {public[0]} {public[1]}\n")
    assert not checked(signed, tmp_path / "allowed").holds


@needs_keys
def test_sums_follow_every_drop(signed: Studio, tmp_path: Path) -> None:
    """After drops, edits and deletions the sums are those that a whole new list would give."""
    signed.drop("may.txt", "Update 30-05-2025\n\n# Rumors\n\n- A rumor of a raid on Elm.\n")
    publish(signed)
    signed.later(hours=1)
    signed.drop("note.txt", NOTE + "- Denied: R1 of 30 May. Nobody came.\n")
    publish(signed)
    signed.take("may.txt")
    publish(signed)
    assert checked(signed, tmp_path / "allowed").holds
    incremental = {k: v for k, v in signed.tree().items() if k.startswith(("SHA256SUMS", "sums/"))}
    shutil.rmtree(signed.folders.work)
    for place in incremental:
        (signed.folders.output / place).unlink()
    publish(signed)
    again = {k: v for k, v in signed.tree().items() if k.startswith(("SHA256SUMS", "sums/"))}
    assert again == incremental


@needs_keys
def test_a_key_that_cannot_be_used_stops_nothing(signed: Studio) -> None:
    """The site is published, no wrong signature stays, and a receipt says so; later it is made good."""
    key = signed.root / "key"
    kept = key.read_bytes()
    key.unlink()
    key.with_suffix(".pub").rename(signed.root / "away.pub")
    signed.drop("may.txt", "Update 30-05-2025\n\n- Rain.\n")
    assert publish(signed).exit_code == 1
    assert "2025-05-30/index.html" in signed.tree()
    assert "SHA256SUMS.sig" not in signed.tree()
    receipt = signed.folders.feeds / "signature.error.txt"
    assert "signing_key" in receipt.read_text(encoding="utf-8")
    key.write_bytes(kept)
    key.chmod(0o600)
    publish(signed)
    assert not receipt.exists()
    assert checked(signed).holds


@needs_keys
def test_without_a_key_there_are_no_sums(signed: Studio) -> None:
    """Switched off, lists and signature go: nothing keeps them true any more."""
    signed.folders.config.write_text(CONFIG, encoding="utf-8")
    publish(signed)
    assert not any(place.startswith(("SHA256SUMS", "sums/")) for place in signed.tree())


@needs_keys
@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_the_sums_are_read_by_the_usual_tool(signed: Studio) -> None:
    """sha256sum -c, without any of our program."""
    for name in ("SHA256SUMS", "sums/2025-06.sha256"):
        done = subprocess.run(["sha256sum", "-c", "--quiet", name], cwd=signed.folders.output, check=False)
        assert done.returncode == 0
