"""Secrets: read from a file of one's own, handed on unseen, and in no message."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.errors import SiteError
from sitrep.delivery.credentials import Credentials, read_credentials


def _file(tmp_path: Path, text: str, mode: int = 0o600) -> Path:
    file = tmp_path / "keys"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return tmp_path


def test_lines_become_the_environment(tmp_path: Path) -> None:
    """NAME=value lines, quoted or exported, comments between them, reach the child process as they are."""
    site = _file(tmp_path, "# for the host\nexport RSYNC_PASSWORD='a=b c'\n\nAWS_REGION=eu\n")
    found = read_credentials(site, "keys")
    assert found.get("RSYNC_PASSWORD") == "a=b c"
    assert found.environment()["AWS_REGION"] == "eu"
    assert repr(found) == "Credentials(AWS_REGION, RSYNC_PASSWORD)"


@pytest.mark.parametrize(
    ("text", "mode", "fact"),
    [("A=1", 0o644, "other users"), ("A=1", 0o640, "other users"), ("A 1 is secret", 0o600, "no NAME=value")],
)
def test_a_file_that_is_not_safe_is_refused(tmp_path: Path, text: str, mode: int, fact: str) -> None:
    """A file others may read, or a line that is none, is told with its remedy and without its content."""
    with pytest.raises(SiteError, match=fact) as fault:
        read_credentials(_file(tmp_path, text, mode), "keys")
    assert "secret" not in str(fault.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """Credentials that are named and not there stop the delivery, rather than let it go on without them."""
    with pytest.raises(SiteError, match="cannot be read: no such file"):
        read_credentials(tmp_path, "keys")


@given(secret=st.text(st.characters(codec="ascii", exclude_categories=["C", "Z"]), min_size=4))
def test_no_message_holds_a_secret(secret: str) -> None:
    """Whatever the secret is, it does not stand in a masked message, nor does a user name in an address."""
    said = f"https://press:word@example.org/x refused {secret}"
    masked = Credentials({"TOKEN": secret}).masked(said)
    assert secret not in masked.replace("***", "")
    assert "press:word" not in masked
