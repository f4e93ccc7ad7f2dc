"""A sound configuration -> what in it is good for a trial on one's own machine, and not for readers."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from sitrep.base.nouns import Problem, Severity
from sitrep.base.patterns import lazy_pattern
from sitrep.config.values import Config

_RESERVED = lazy_pattern(r"(?:.+\.)?example(?:\.(?:com|net|org))?")
"""Domains that belong to nobody (RFC 2606); ``init`` writes one where no address is given."""


def placeholders(config: Config, path: str) -> tuple[Problem, ...]:
    """Warnings for whoever publishes with it; ``path`` names the file in messages."""
    return (*check_base_url(config, path), *check_authority(config, path))


def check_base_url(config: Config, path: str) -> Iterator[Problem]:
    """A warning if the address of the site leads readers to their own machines."""
    address = config.site.base_url
    host = _host(address)
    if is_loopback(host) or host in ("0.0.0.0", "::"):
        yield Problem(
            path=path,
            fact=f"site.base_url is {address}, which leads every reader to their own machine",
            remedy="write the address at which readers find the site, for example "
            "base_url: https://updates.example.org/",
            severity=Severity.WARNING,
        )


def check_authority(config: Config, path: str) -> Iterator[Problem]:
    """A warning if ids are made with a domain that other sites may use as well."""
    authority = config.site.authority
    if _RESERVED.fullmatch(authority.partition(",")[0]):
        yield Problem(
            path=path,
            fact=f'site.authority is "{authority}", which is nobody\'s: two sites that leave it so overwrite '
            "each other's entries in a reader that has both",
            remedy="write a domain and a year in which it was yours; if the site was published already, "
            "delete ledger/authority as well, and readers get every entry once more",
            severity=Severity.WARNING,
        )


def is_loopback(host: str) -> bool:
    """True for a name or number that never leaves a machine; no name is looked up."""
    name = host.rstrip(".").lower()
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
