"""The news of one day -> one mail in plain text, for readers without a feed reader."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from subprocess import CalledProcessError
from zoneinfo import ZoneInfo

from sitrep.archive.archive import Archive
from sitrep.base.changes import Change, ChangeKind
from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.config.values import Config
from sitrep.delivery.credentials import Credentials
from sitrep.delivery.faults import DeliveryError
from sitrep.delivery.program import run
from sitrep.pages import plain_text
from sitrep.site import addresses as at
from sitrep.text.summaries import Wording, format_date, one_line, point, state_name, wording, words_of

_MOST = 500
"""Updates, and changes, of one day."""
_PATIENCE = 60.0
_BETWEEN = "\n\n" + 72 * "_" + "\n\n"


def digest(archive: Archive, config: Config, day: dt.date, *, sender: str, to: Iterable[str]) -> bytes | None:
    """A whole message (RFC 5322), to be given to ``sendmail -t``; None where the day brought nothing.

    In it stand the updates that came out on ``day`` in the site's zone, as their plain-text twins have them,
    and what was put right, taken back or settled, each with its label and its address. The same day gives
    the same bytes, as long as nothing in it is changed.
    """
    start = dt.datetime.combine(day, dt.time(), ZoneInfo(config.site.timezone))
    end = start + dt.timedelta(days=1)
    updates = [
        update for update in archive.out_since(start, _MOST) if update.published and update.published < end
    ]
    new = {update.key for update in updates}
    changes = [
        change
        for change in archive.changes_since(start, _MOST)
        if change.at < end and change.update not in new
    ]
    if not updates and not changes:
        return None
    parts = [plain_text.render(update, config) for update in updates]
    if changes:
        parts.append("\n\n".join(_told(change, archive, config) for change in changes) + "\n")
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = sender, ", ".join(to)
    mail["Subject"] = one_line(f"{config.site.title}: {format_date(day, config.site.language, 'long')}")
    mail["Date"] = end
    mail["Message-ID"] = f"<{day}.digest@{config.site.authority.partition(',')[0]}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday answers it
    mail.set_content(_BETWEEN.join(parts))
    return mail.as_bytes()


def sender_of(asked: str | None, contact: str | None) -> str:
    """Who sends it: the address that was asked for, else the site's contact. Raises SiteError without one."""
    sender = asked or (contact or "").removeprefix("mailto:")
    if "@" in sender and not any(sign.isspace() for sign in sender):
        return sender
    fact = f'"{sender}" is no mail address' if sender else "nobody is named who sends the mail"
    raise SiteError(Problem(path="--from", fact=fact, remedy="write an address: --from desk@example.org"))


def send(mail: bytes) -> None:
    """Give a message to the mail program of this machine. Raises SiteError if there is none or it refuses."""
    program = shutil.which("sendmail") or "/usr/sbin/sendmail"
    try:
        run([program, "-t", "-i"], Credentials(), given=mail, longest=_PATIENCE)
    except (DeliveryError, CalledProcessError) as fault:
        fact = str(fault) if isinstance(fault, DeliveryError) else fault.stderr.decode(errors="replace")
        remedy = (
            "install a mail program (msmtp-mta is small), or leave --send out and pipe the mail into yours"
        )
        raise SiteError(
            Problem(path="sendmail", fact=one_line(fact) or "it refused the mail", remedy=remedy)
        ) from fault


def _told(change: Change, archive: Archive, config: Config) -> str:
    """What became of it, in today's words with their label, and where; no word of what was taken back."""
    lang = change.lang or config.site.language
    address = at.update_page(change.update)
    lines = [_kind(change, lang), *_words(change, archive, words_of(config, lang))]
    if change.reason:
        lines.append(one_line(change.reason))
    link = f"{address}#{at.anchor(change.item)}" if change.item else address
    return "\n".join((*(plain_text.wrapped(line) for line in lines), at.absolute(config, link)))


def _kind(change: Change, lang: str) -> str:
    words = wording(lang)
    if change.kind is ChangeKind.OUTCOME and change.state:
        return state_name(change.state, lang)
    names = {
        ChangeKind.WITHDRAWAL: words.withdrawn,
        ChangeKind.RETURN: words.published_again,
        ChangeKind.OUTCOME: words.outcome,
    }
    return names.get(change.kind, words.correction)


def _words(change: Change, archive: Archive, lang: Wording) -> Iterator[str]:
    update = archive.update(change.update)
    if update is None or change.kind is ChangeKind.WITHDRAWAL:
        return
    yield from (point(item, lang) for item in update.items if item.number == change.item)
