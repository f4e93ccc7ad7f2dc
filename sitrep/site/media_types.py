"""What each kind of published file is called on the web; web servers and object stores are told the same."""

from __future__ import annotations

TYPES = {
    "html": "text/html; charset=utf-8",
    # Browsers show a feed with its style sheet only under this name; as application/atom+xml they do not.
    "xml": "application/xml",
    "opml": "application/xml",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
    "sig": "text/plain; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "zip": "application/zip",
    "svg": "image/svg+xml",
    "ico": "image/x-icon",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "gz": "application/gzip",
    "br": "application/octet-stream",
    "zst": "application/zstd",
    "webmanifest": "application/manifest+json",
}
"""Media types by the ending of a name, without its dot."""
