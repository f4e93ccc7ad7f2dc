"""Adding a text from a pipe, a mail or a file: it becomes a file of its own in feeds/, and is published."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from sitrep.base.errors import SiteError
from sitrep.cli import main
from sitrep.config.load import load_config
from sitrep.config.values import Config
from sitrep.inbox.add import add, text_of
from sitrep.inbox.file_names import Sort, sort_of
from tests.publishing import CONFIG, NOON, Studio, tree

MAIL = """\
From sender@example.org Sat May 31 10:00:00 2025
Received: from there by here; Sat, 31 May 2025 10:00:00 +0300
From: Someone <sender@example.org>
To: updates@example.org
Subject: =?utf-8?q?Update_31-05-2025?=
Message-ID: <1@example.org>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/html; charset=utf-8

<p>not this</p>
--x
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

- The caf=E9 at Alder is open.
--~
sent from my telephone
--x--
""".replace("~", " ")


@pytest.fixture
def config() -> Config:
    return load_config(CONFIG, "config.yaml")


def test_a_text_without_a_date_is_dated_by_its_arrival(tmp_path: Path, config: Config) -> None:
    """A bare line from a pipe is published under the day, in the site's zone, on which it came."""
    studio = Studio(tmp_path)
    path = add(b"- The road at Elm is open.\n", studio.folders.feeds, config, NOON)
    assert path.name == "2025-06-01 12-00-00.txt"
    assert [one.updates for one in studio.publish().files] == [("2025-06-01",)]


def test_a_text_with_a_date_keeps_it(tmp_path: Path, config: Config) -> None:
    """A date in the text wins, and the name says nothing else."""
    studio = Studio(tmp_path)
    add(b"Update 30-05-2025\n\n- The road at Elm is open.\n", studio.folders.feeds, config, NOON)
    (one,) = studio.publish().files
    assert (one.updates, one.problems) == (("2025-05-30",), ())


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_of_a_mail_the_plain_text_is_taken(tmp_path: Path, config: Config, ends: str) -> None:
    """Decoded, without headers, HTML and signature; the subject stands above it where it holds the date."""
    text = text_of(MAIL.replace("\n", ends).encode(), config).decode()
    assert text == "Update 31-05-2025\n\n- The café at Alder is open.\n"


def test_a_subject_is_left_out_where_the_text_has_a_date(config: Config) -> None:
    """What stands in the subject line is not published unless it is needed."""
    mail = MAIL.replace("- The caf", "Update 30-05-2025\n\n- The caf").replace(
        "=?utf-8?q?Update_31-05-2025?=", "x"
    )
    assert text_of(mail.encode(), config).decode().startswith("Update 30-05-2025\n")


def test_a_mail_without_plain_text_is_refused(config: Config) -> None:
    """A mail of HTML alone is an error with a remedy."""
    mail = MAIL.replace("text/plain", "text/html")
    with pytest.raises(SiteError, match="no plain text"):
        text_of(mail.encode(), config)


def test_a_text_that_looks_a_little_like_a_mail_is_none(config: Config) -> None:
    """Lines such as Title: and Date: at the top of a text are its own."""
    text = b"Title: Evening\nDate: 2025-05-31\n\n- The road at Elm is open.\n"
    assert text_of(text, config) == text


def test_the_same_mail_twice_is_one_file_and_nothing_is_overwritten(tmp_path: Path, config: Config) -> None:
    """A second delivery changes nothing; another text of the same second gets a name of its own."""
    feeds = tmp_path / "feeds"
    paths = [add(text, feeds, config, NOON) for text in (b"- One.\n", b"- One.\n", b"- Two.\n")]
    assert len(set(paths)) == 2
    assert sorted(path.read_bytes() for path in feeds.iterdir()) == [b"- One.\n", b"- Two.\n"]
    assert all(sort_of(path.name) is Sort.TEXT for path in feeds.iterdir())


def test_nothing_is_added_from_nothing(tmp_path: Path, config: Config) -> None:
    """An empty pipe makes no file."""
    with pytest.raises(SiteError, match="no text"):
        add(b" \n", tmp_path / "feeds", config, NOON)
    assert not (tmp_path / "feeds").exists()


def test_where_no_hard_links_are_it_works_as_well(
    tmp_path: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On drives without hard links the text still comes whole and overwrites nothing."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    feeds = tmp_path / "feeds"
    for text in (b"- One.\n", b"- Two.\n"):
        add(text, feeds, config, NOON)
    assert sorted(path.read_bytes() for path in feeds.iterdir()) == [b"- One.\n", b"- Two.\n"]


def test_the_verb_publishes_what_it_adds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``sitegen.py add`` reads standard input, and with no program watching it publishes at once."""
    studio = Studio(tmp_path)
    typed = io.BytesIO(b"Update 31-05-2025\n\n- The road at Elm is open.\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(typed))
    assert main(["add", "-", "--site", str(tmp_path)]) == 0
    assert "/2025-05-31/" in capsys.readouterr().out
    assert b"The road at Elm" in tree(studio.folders.output)["2025-05-31/index.html"]


@pytest.mark.parametrize(
    "before",
    [
        "From writer@desk.example Mon Jan  6 00:00:00 2025\n", "Resent-From: writer@desk.example\n",
        "X-Originating-IP: [192.0.2.1]\n", "DKIM-Signature: v=1;\n\tb=abc\n",
    ],
)  # fmt: skip
def test_a_mail_is_one_whatever_its_head_begins_with(config: Config, before: str) -> None:
    """Of a mail out of a mailbox, sent on or signed, no address is taken over."""
    text = "Update 31-05-2025\n\n- a\n"
    mail = f"{before}From: Writer <writer@desk.example>\nSubject: Update 31-05-2025\n\n{text}"
    assert text_of(mail.encode(), config) == text.encode()


def test_a_mail_that_does_not_say_how_it_is_written_is_utf_8(config: Config) -> None:
    """As programs send it that know nothing else: no letter is lost."""
    mail = "From: a@desk.example\nTo: b@desk.example\nSubject: x\n\nUpdate 31-05-2025\n\n- الطريق مفتوح\n"
    assert "الطريق مفتوح" in text_of(mail.encode(), config).decode()


@pytest.mark.parametrize(
    ("mail", "fact"),
    [
        (
            MAIL.replace("Subject:", "To: " + "a@b.example, " * 10_000 + "\nSubject:", 1),
            "its head is too long",
        ),
        (MAIL + "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n" * 3_000, "it has too many parts"),
        (MAIL + "Content-Type: message/rfc822\n\n" * 3_000, "it has too many parts"),
        (MAIL.replace("iso-8859-1", "no-such-letters"), "it is put together wrongly (LookupError)"),
    ],
    ids=["a long head", "parts in parts", "mails in a mail", "letters that do not exist"],
)
def test_a_mail_that_is_a_bomb_is_refused(config: Config, mail: str, fact: str) -> None:
    """Nothing of it is added, its head least of all, and the refusal says what may be done."""
    with pytest.raises(SiteError) as refused:
        text_of(mail.encode(), config)
    (problem,) = refused.value.problems
    assert problem.fact.endswith(fact)
    assert problem.remedy.startswith("send it ")
