"""The digest: the news of one day as a mail that any mail program takes."""

from __future__ import annotations

import email
import os
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from sitrep.cli import main
from tests.publishing import Studio

FIRST = """Update 31-05-2025

# Northern front

- Reportedly the bridge at Alder is down.
- The market of Birch is open.

# Rumors

- A convoy is said to be on its way to Elm.
"""
ASK = ("digest", "2025-06-01", "--from", "desk@example.org", "--to", "readers@example.org")


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A site with an update of yesterday; today is 1 June."""
    made = Studio(tmp_path)
    made.now -= made.now - made.now.replace(day=31, month=5)
    made.drop("a.txt", FIRST)
    made.publish()
    made.later(days=1)
    return made


def mailed(studio: Studio, capfdbinary: pytest.CaptureFixture[bytes], *more: str) -> EmailMessage | None:
    """What the command writes, as a mail program reads it."""
    assert main([*(more or ASK), "--site", str(studio.root)]) == 0
    written = capfdbinary.readouterr().out
    return email.message_from_bytes(written, policy=default) if written else None  # type: ignore[return-value]


def test_a_day_of_news_is_a_mail(studio: Studio, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """It has each update of the day whole, with its labels, and says where it stands."""
    mail = mailed(studio, capfdbinary, "digest", "2025-05-31", *ASK[2:])
    assert mail is not None
    assert (mail["From"], mail["To"]) == ("desk@example.org", "readers@example.org")
    assert mail["Subject"] == "Notes from the valley: 31 May 2025"
    said = mail.get_content()
    assert "Reported" in said
    assert "https://example.org/2025-05-31/" in said


def test_the_same_day_is_the_same_mail(studio: Studio, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A mail that is made twice is recognised by those who have it."""
    ask = ("digest", "2025-05-31", *ASK[2:])
    first, second = mailed(studio, capfdbinary, *ask), mailed(studio, capfdbinary, *ask)
    assert first is not None
    assert second is not None
    assert first.as_bytes() == second.as_bytes()


def test_a_day_without_news_is_no_mail(studio: Studio, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Nobody is written to about nothing."""
    assert mailed(studio, capfdbinary) is None


def test_what_was_put_right_is_told_with_its_label(
    studio: Studio, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A correction of an older update opens with its hedge; of what was taken back no word is sent."""
    studio.drop("a.txt", FIRST.replace("bridge at Alder is down", "ford at Alder is closed").replace(
        "- The market of Birch is open.\n", ""))  # fmt: skip
    studio.publish()
    mail = mailed(studio, capfdbinary)
    assert mail is not None
    said = mail.get_content()
    assert "Reported: " in said
    assert "ford at Alder" in said
    assert "market" not in said
    assert "Withdrawn" in said


def test_the_mail_program_gets_it(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """--send gives the message to sendmail; what that says goes to whoever asked."""
    program = studio.root / "bin" / "sendmail"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\ncat > "{studio.root}/sent"\n[ "$1" = -t ]\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    ask = [*("digest", "2025-05-31", *ASK[2:]), "--send", "--site", str(studio.root)]
    assert main(ask) == 0
    assert b"Alder" in (studio.root / "sent").read_bytes()
    program.write_text("#!/bin/sh\ncat >/dev/null\necho no such list >&2\nexit 1\n")
    assert main(ask) == 2
    assert "no such list" in capfd.readouterr().err


def test_somebody_sends_it(studio: Studio, capfd: pytest.CaptureFixture[str]) -> None:
    """Without --from it is the site's contact; where that is no mail address the remedy says what to type."""
    assert main(["digest", "--site", str(studio.root)]) == 2
    assert "--from desk@example.org" in capfd.readouterr().err
    config = studio.folders.config
    config.write_text(config.read_text().replace("site:\n", "site:\n  contact: desk@example.org\n"))
    assert main(["digest", "2025-05-31", "--site", str(studio.root)]) == 0
    assert "To: desk@example.org" in capfd.readouterr().out
