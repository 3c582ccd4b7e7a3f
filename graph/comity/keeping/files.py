"""Files and folders that are complete or absent."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from comity.errors import InputError
from comity.store.own_files import spare_stores

__all__ = ["complete_file", "copy_file", "sync_tree", "unused_name"]

_CHUNK = 1 << 20


@contextmanager
def complete_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing that gets its name, or its new content, at the end.

    A device or a pipe is written to as it stands; of a link, what it points
    at is replaced. After an error there is no file, or the old one.

    Raises
    ------
    InputError
        The file cannot be written, or is one by which a store is one.
    """
    target = spare_stores(path)
    try:
        if target.is_dir():
            raise InputError(f"{path} is a folder: name a file in it")
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                yield stream
            return
        partial = unused_name(target)
        try:
            with partial.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            partial.replace(target)
            sync_tree(target.parent, deep=False)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from error


def unused_name(target: Path) -> Path:
    """Return a name beside a file or folder that nothing has: it is on the same disk."""
    return target.with_name(f".comity-{secrets.token_hex(8)}.part")


def copy_file(source: Path, target: Path) -> None:
    """Copy the bytes of a file, and nothing of its owner, times and permissions."""
    with source.open("rb") as reading, target.open("xb") as writing:
        shutil.copyfileobj(reading, writing, _CHUNK)


def sync_tree(folder: Path, *, deep: bool = True) -> None:
    """Make a folder last through a power cut: its names, and all in it when ``deep``."""
    for path in [*(folder.rglob("*") if deep else ()), folder]:
        if path.is_dir() and not hasattr(os, "O_DIRECTORY"):
            continue  # a system that syncs files only
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
