"""What config.yaml says of where the site is copied to and who is told of it, as frozen values."""

from __future__ import annotations

from typing import Annotated

from sitrep.config.parts import Bound, ConfigPart


class Target(ConfigPart, frozen=True, kw_only=True):
    """A place the site is copied to after each publish. Exactly one of ``folder``, ``rsync``, ``store``,
    ``git`` and ``command`` says where.
    """

    name: Annotated[str, Bound(min_length=1)]
    """Lower-case letters, digits and hyphens: what ``status`` and ``deploy`` call it."""
    folder: str | None = None
    """A folder of this machine, relative to the site: ../public"""
    rsync: str | None = None
    """``host:/folder/`` over SSH, or ``rsync://host/module/``."""
    store: str | None = None
    """An object store: ``s3://BUCKET/FOLDER``, ``gs://`` or ``az://``."""
    endpoint: str | None = None
    """Address of a store that speaks S3 but is not Amazon's."""
    region: str | None = None
    """Where that store keeps the bucket."""
    git: str | None = None
    """Address of a git repository whose branch a host publishes."""
    branch: str = "gh-pages"
    """The branch; each delivery takes the place of the one before, so it has no history."""
    command: tuple[str, ...] = ()
    """A program and its arguments, one entry each, run without a shell."""
    credentials: str | None = None
    """File of NAME=value lines that only you may read: AWS_ACCESS_KEY_ID, RSYNC_PASSWORD, GIT_PASSWORD."""


class Announce(ConfigPart, frozen=True, kw_only=True):
    """Who is told of new updates, through Apprise: Mastodon, Matrix, Telegram, ntfy, mail and many others."""

    services: str | None = None
    """File with one Apprise address on each line, which only you may read; without it nobody is told."""
    corrections: bool = False
    """Items that are corrected are told as well, with what was wrong."""
