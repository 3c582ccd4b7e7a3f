"""Bytes of files, plain or gzip, and the digest of what is read."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zlib
from typing import IO, Any, cast

__all__ = ["CHUNK", "DAMAGED", "Hashed", "plain"]

CHUNK = 1 << 20
DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)
"""What reading raises when a gzip file is damaged or cut off."""
_GZIP = b"\x1f\x8b"


class Hashed(io.RawIOBase):
    """A byte stream that keeps the digest of what went through it."""

    def __init__(self, raw: IO[bytes]):
        self._raw = raw
        self._digest = hashlib.sha256()
        self.count = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read into a buffer."""
        chunk = self._raw.read(len(buffer))
        self._digest.update(chunk)
        self.count += len(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def hexdigest(self) -> str:
        """Return the SHA-256 of what was read."""
        return self._digest.hexdigest()


def plain(stream: io.BufferedReader[Any]) -> IO[bytes]:
    """Look through gzip, recognised by its first bytes and not by the name; skip a mark."""
    if stream.peek(2)[:2] == _GZIP:
        stream = io.BufferedReader(cast(Any, gzip.GzipFile(fileobj=stream)), CHUNK)
    if stream.peek(3)[:3] == codecs.BOM_UTF8:
        stream.read(3)
    return stream
