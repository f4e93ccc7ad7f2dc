"""A shipment -> an object store: S3 and what speaks like it, Google Cloud, Azure. The one door to obstore."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitrep.delivery.credentials import Credentials
from sitrep.delivery.faults import DeliveryError, reason
from sitrep.delivery.order import Shipment

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_AT_ONCE = 16
_BATCH = 200
"""Objects after which what is there is recorded."""
_SHORT, _LONG = "public, max-age=60", "public, max-age=31536000, immutable"
_OF_OTHERS = ("git_", "rsync_")
"""How names begin that are for targets of another kind: one file of credentials may serve them all."""
_LASTING = (".jpg", ".png", ".webp", ".avif", ".css", ".woff2")


def deliver(
    shipped: Shipment,
    files: Path,
    target: str,
    credentials: Credentials,
    *,
    endpoint: str | None,
    region: str | None,
    types: dict[str, str],
) -> Iterator[tuple[str, ...]]:
    """Bring files over; yields the places of each batch that is done. Raises DeliveryError.

    ``target``: ``s3://BUCKET/PREFIX``, ``gs://``, ``az://``. ``types``: media types by ending without dot.
    """
    store = _store(target, credentials, endpoint, region)
    try:
        for step in shipped.steps:
            for batch in _batches(step):
                asyncio.run(_put_all(store, batch, files, types))
                yield batch
        for batch in _batches(shipped.removed):
            store.delete(list(batch))
            yield batch
    except OSError as fault:
        raise DeliveryError(_why(fault, credentials)) from None
    except Exception as fault:
        if type(fault).__module__.startswith("obstore"):
            raise DeliveryError(_why(fault, credentials)) from None
        raise


def _batches(places: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(places), _BATCH):
        yield tuple(places[start : start + _BATCH])


def _store(target: str, credentials: Credentials, endpoint: str | None, region: str | None) -> ObjectStore:
    try:
        from obstore.store import from_url
    except ImportError:
        raise DeliveryError("obstore is not installed: pip install 'sitrep-feed[store]'") from None
    # The program's own environment is looked at by the library.
    own = {name.lower(): value for name, value in credentials.own.items()}
    config: dict[str, Any] = {name: value for name, value in own.items() if not name.startswith(_OF_OTHERS)}
    config |= {"aws_endpoint": endpoint} if endpoint else {}
    config |= {"aws_region": region} if region else {}
    try:
        store: ObjectStore = from_url(  # type: ignore[call-overload]
            target,
            config=config,
            client_options={
                "timeout": timedelta(seconds=60),
                "connect_timeout": timedelta(seconds=10),
                "allow_http": bool(endpoint and endpoint.startswith("http://")),
            },
            # What fails is tried again by the program itself, which says so; here only a hiccup is bridged.
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)},
        )
        return store
    except Exception as fault:
        raise DeliveryError(_why(fault, credentials)) from None


async def _put_all(store: ObjectStore, places: Sequence[str], files: Path, types: dict[str, str]) -> None:
    slots = asyncio.Semaphore(_AT_ONCE)

    async def put(place: str) -> None:
        async with slots:
            await store.put_async(
                place,
                (files / place).read_bytes(),
                attributes={
                    "Content-Type": types.get(place.rpartition(".")[2], "application/octet-stream"),
                    "Cache-Control": _LONG if place.endswith(_LASTING) else _SHORT,
                },
            )

    await asyncio.gather(*map(put, places))


_MARKS = (
    (("InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied", "PermissionDenied", "Unauthenticated"),
     "it does not let us in: look at the credentials file and the rights of that key"),
    (("NoSuchBucket",), "there is no bucket of that name"),
    (("UnknownConfigurationKey",), "the credentials file has a name that this store does not know"),
    # Without credentials the library asks the machine's own cloud for some.
    (("169.254.169.254", "metadata.google", "MissingAccount", "MissingCredentials"),
     "it does not know who we are: write a credentials file, and its name below the target"),
)  # fmt: skip


def _why(fault: Exception, credentials: Credentials) -> str:
    said = f"{type(fault).__name__}: {fault}"
    for marks, text in _MARKS:
        if any(mark in said for mark in marks):
            return text
    return reason(said) or credentials.masked(said)[:200]
