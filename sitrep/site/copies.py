"""A published text -> compressed copies beside it, which a web server hands out as they are.

The copies of ``feed.xml`` are ``feed.xml.gz``, ``feed.xml.br`` and ``feed.xml.zst``, as nginx
(``gzip_static``), Caddy (``precompressed``) and Apache look for them. They tell no time and no machine, so
the same text has the same copies wherever the same version of a compressor makes them.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from sitrep.base.errors import ConfigError
from sitrep.base.nouns import Problem

ENDINGS = {"gzip": ".gz", "brotli": ".br", "zstd": ".zst"}
_TEXTS = (".html", ".xml", ".json", ".js", ".txt", ".svg", ".css", ".opml")
_LEAST = 256
"""Bytes of a text that is worth a copy."""
_BROTLI, _ZSTD = 9, 12
"""Levels: the highest take seconds a megabyte, and every drop would wait for them."""
_GZIP_SYSTEM, _UNKNOWN = 9, 255
"""Where the head of a gzip file names the system it was made on, and that this is nobody's business."""

Compress = Callable[[bytes], bytes]


class Copies:
    """The copies that one site wants of its texts."""

    def __init__(self, methods: Sequence[str]) -> None:
        """Raises ConfigError if what makes one of them is not installed."""
        self._makers = tuple((ENDINGS[method], _compressor(method)) for method in methods)

    def of(self, place: str, size: int) -> Iterator[tuple[str, Compress]]:
        """Place of each copy of a text of so many bytes, and what makes it of the text."""
        if place.endswith(_TEXTS) and size >= _LEAST:
            yield from ((place + ending, make) for ending, make in self._makers)


def copies_of(place: str) -> Iterator[str]:
    """The places at which a text may have copies."""
    return (place + ending for ending in ENDINGS.values())


def original_of(place: str) -> str:
    """The place of what something is a copy of; of anything else its own."""
    text = next((place.removesuffix(end) for end in ENDINGS.values() if place.endswith(end)), place)
    return text if text.endswith(_TEXTS) else place


@cache
def _compressor(method: str) -> Compress:
    if method == "gzip":
        return _gzip
    try:
        return _brotli() if method == "brotli" else _zstd()
    except ImportError:
        raise ConfigError(
            Problem(
                path="config.yaml",
                fact=f"output.precompress names {method}, for which a library is missing",
                remedy="install the extra: pip install 'sitrep-feed[compress]'; or leave it out of the list",
            )
        ) from None


def _gzip(content: bytes) -> bytes:
    packed = bytearray(zlib.compress(content, 9, wbits=31))
    packed[_GZIP_SYSTEM] = _UNKNOWN
    return bytes(packed)


def _brotli() -> Compress:
    import brotli

    return lambda content: bytes(brotli.compress(content, quality=_BROTLI))


def _zstd() -> Compress:
    import zstandard

    compressor = zstandard.ZstdCompressor(level=_ZSTD)
    return lambda content: bytes(compressor.compress(content))
