"""What a reader sees: the files of a store as they are at one moment, however it is written on.

The engine deletes files that it has replaced by others, and a reader beside
it fails when it comes to them. So a reader opens hard links of its own, which
cost no space, and a copy of the log. They are gone with it; where it was
killed, the next writer clears them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import weakref
from contextlib import suppress
from pathlib import Path

from comity.errors import StoreError
from comity.store.mark import DATA, write_mark

try:
    import fcntl
except ImportError:  # no such locks on this system: readers open the store itself
    fcntl = None  # type: ignore[assignment]

__all__ = ["READER", "View", "clear_left_overs", "link_files", "view_of"]

READER = "reader-"
_LOCK = "in-use"
_TRIES = 100
_LONGEST_PAUSE = 0.05


class View:
    """A directory like a store's, that stays as it is.

    Attributes
    ----------
    directory : Path
    """

    def __init__(self, directory: Path, lock: int):
        self.directory = directory
        # also when nobody closes it
        self._remove = weakref.finalize(self, _remove, directory, lock, os.getpid())

    def close(self) -> None:
        """Remove the directory."""
        self._remove()


def view_of(store: Path) -> View | None:
    """Make a view of the store in a directory.

    Returns
    -------
    View or None
        None where there can be none: a directory or file system that cannot
        be written to, or has no hard links.

    Raises
    ------
    StoreError
        The store changed each time a view was to be made of it.
    """
    for attempt in range(_TRIES):
        if fcntl is None or not _is_whole(store / DATA):
            return None
        try:
            view = _reserve(store)
        except OSError:
            return None
        if view is not None:
            try:
                (view.directory / DATA).mkdir()
                write_mark(view.directory)
                if link_files(store / DATA, view.directory / DATA):
                    return view
            except FileNotFoundError:
                pass  # a file went while the others were linked
            except OSError:
                view.close()
                return None
            view.close()
        time.sleep(min(_LONGEST_PAUSE, 0.001 * attempt))
    raise StoreError(f"{store} is being changed all the time: try again when its writer is done")


def link_files(source: Path, target: Path) -> bool:
    """Link the engine's files into another directory; tell whether they belong together.

    Files of data never change, they only go; the log and the manifest grow,
    so they are copied as they are. The manifest says which of the others
    count, and comes first; where it has not changed when all are there,
    nothing that it names had gone before.
    """
    current = (source / "CURRENT").read_text(encoding="ascii")
    manifest = source / current.strip()
    content = manifest.read_bytes()
    (target / "CURRENT").write_text(current, encoding="ascii")
    (target / manifest.name).write_bytes(content)
    for entry in source.iterdir():
        if entry.suffix == ".log":
            shutil.copyfile(entry, target / entry.name)
        elif entry.suffix == ".sst" or entry.name.startswith(("OPTIONS", "IDENTITY")):
            os.link(entry, target / entry.name)
    return (
        manifest.stat().st_size == len(content)
        and (source / "CURRENT").read_text(encoding="ascii") == current
    )


def clear_left_overs(store: Path) -> None:
    """Remove the views of readers that are gone."""
    for directory in store.glob(f"{READER}*"):
        with suppress(OSError):
            lock = _locked(directory)
            if lock is not None:
                shutil.rmtree(directory, ignore_errors=True)
                os.close(lock)


def _is_whole(data: Path) -> bool:
    """Tell whether the engine's files have a beginning; else they are for the engine to judge."""
    try:
        return (data / (data / "CURRENT").read_text(encoding="ascii").strip()).is_file()
    except (OSError, ValueError):
        return False


def _remove(directory: Path, lock: int, process: int) -> None:
    if os.getpid() == process:  # a process that was forked has nothing to remove
        shutil.rmtree(directory, ignore_errors=True)
        os.close(lock)


def _reserve(store: Path) -> View | None:
    """Make a directory that no writer takes for a left-over; nothing if one just did."""
    directory = Path(tempfile.mkdtemp(prefix=READER, dir=store))
    try:
        lock = _locked(directory)
    except FileNotFoundError:
        return None
    return None if lock is None else View(directory, lock)


def _locked(directory: Path) -> int | None:
    """Take the lock of a reader's directory, which the system lets go when its process ends."""
    if fcntl is None:
        return None
    lock = os.open(directory / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock
