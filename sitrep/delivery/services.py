"""A file of Apprise addresses -> services that take a notice: Mastodon, Matrix, Telegram, ntfy, mail, others.

The one door to apprise. The addresses hold passwords: they are read from a file of one's own, and no message
names more of them than the kind of service.
"""

from __future__ import annotations

import logging
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.delivery.credentials import read_private
from sitrep.delivery.notices import Notice

if TYPE_CHECKING:
    from apprise import NotifyBase

GUIDE = "write one Apprise address on each line, for example ntfys://ntfy.sh/TOPIC"


class NoticeService:
    """One place where followers are."""

    def __init__(self, id: str, plugin: NotifyBase) -> None:
        self.id = id
        """Tells it from others; nothing of the address can be read from it."""
        self._plugin = plugin
        self.name = str(plugin.service_name)
        """``Mastodon``."""

    def tell(self, notice: Notice) -> bool:
        """Give it a notice; False if it did not take it. Waits for the answer, and raises nothing."""
        from apprise.common import NotifyFormat

        plugin = self._plugin
        titled = bool(plugin.title_maxlen)
        room = int(plugin.body_maxlen) - (0 if titled else len(notice.title) + 2)
        try:
            return bool(
                plugin.notify(title=notice.title, body=notice.text(room), body_format=NotifyFormat.TEXT)
            )
        except Exception:  # a plugin of hundreds: whatever went wrong in it, the notice was not taken
            return False


def read_services(site: Path, name: str) -> tuple[NoticeService, ...]:
    """The services that a file of the site names, each once.

    Raises SiteError if apprise is not installed, the file cannot be read or others may read it, or at a line
    that is no such address.
    """
    try:
        import apprise
    except ImportError:
        fact = "announcing needs a library that is not installed: apprise"
        raise SiteError(
            Problem(path=name, fact=fact, remedy="install the extra: pip install 'sitrep-feed[announce]'")
        ) from None
    # What it logs may hold addresses with their passwords.
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    # No picture from elsewhere is named in a notice, and nobody but the site as its sender.
    asset = apprise.AppriseAsset(
        app_id="sitegen", app_desc="", app_url="", image_url_mask="", image_url_logo="", image_path_mask=""
    )
    found: dict[str, NoticeService] = {}
    for number, line in enumerate(read_private(site, name).splitlines(), 1):
        address = line.strip()
        if not address or address.startswith("#"):
            continue
        plugin = apprise.Apprise.instantiate(address, asset=asset)
        if plugin is None:
            raise SiteError(
                Problem(path=name, line=number, fact="this is no address that Apprise knows", remedy=GUIDE)
            )
        id = blake2b(address.encode(), digest_size=8).hexdigest()
        found[id] = NoticeService(id, plugin)
    return tuple(found.values())
