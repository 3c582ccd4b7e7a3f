"""Files of the store that appear whole, once, or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import IO

__all__ = ["write_once"]


def write_once(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file that was not there before; its name appears when it is complete.

    Parameters
    ----------
    path : Path
        Where; folders are made.
    write : callable
        Called with a binary stream to write to.

    Raises
    ------
    FileExistsError
        There is such a file already; it stays as it is.
    OSError
        The file cannot be written; nothing is left of it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, "the folder is a file", path.parent) from error
    partial = path.parent / f".{secrets.token_hex(8)}.part"
    try:
        with partial.open("xb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        _name(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def _name(partial: Path, path: Path) -> None:
    """Give a complete file its name, unless the name is taken."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links: take the name first, then replace the empty file.
        path.touch(exist_ok=False)
        partial.replace(path)
