"""The mark of a store: the file that says that a directory is one, and in which format."""

from __future__ import annotations

import json
from pathlib import Path

from comity.errors import StoreError

__all__ = ["DATA", "FORMAT", "MARK", "recognise", "write_mark"]

MARK = "comity.json"
DATA = "data"
FORMAT = 1
_UNFINISHED = f".{MARK}.part"


def recognise(directory: Path, *, create: bool) -> None:
    """Make sure that a directory is a store, making it one when allowed.

    Raises
    ------
    StoreError
        It is not, is one of another format, or cannot be made.
    """
    try:
        if directory.exists() and not directory.is_dir():
            raise StoreError(f"{directory} is a file: a store is a directory")
        found = {entry.name for entry in directory.iterdir()} if directory.exists() else set()
        if MARK in found:
            _check_mark(directory / MARK)
            return
        # what a process that was stopped while making a store leaves
        if found - {_UNFINISHED}:
            raise StoreError(_no_mark(directory, sorted(found)))
        if not create:
            raise StoreError(
                f"there is no store at {directory}: comity load, comity document add "
                "and comity demo make one"
            )
        directory.mkdir(parents=True, exist_ok=True)
        write_mark(directory)
    except OSError as error:
        raise StoreError(
            f"{directory} cannot be used as a store: {error.strerror or error}; "
            "check the path and its permissions"
        ) from error


def write_mark(directory: Path) -> None:
    """Mark a directory as a store; the mark appears when it is complete."""
    unfinished = directory / _UNFINISHED
    unfinished.write_text(_content(), encoding="utf-8")
    unfinished.replace(directory / MARK)


def _content() -> str:
    return json.dumps({"kind": "comity store", "format": FORMAT}) + "\n"


def _no_mark(directory: Path, found: list[str]) -> str:
    if DATA in found and (directory / DATA / "CURRENT").exists():
        return (
            f"{directory} holds data and no {MARK}, which says what they are: copy that file "
            f"from a backup, or write {_content().strip()} into it if this version made the store"
        )
    return (
        f"{directory} is not a Comity store (it holds {', '.join(found[:3])}"
        f"{' …' if len(found) > 3 else ''}): name a store, or a new or empty directory"
    )


def _check_mark(mark: Path) -> None:
    try:
        found = json.loads(mark.read_text(encoding="utf-8"))["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(_damaged(mark)) from error
    if not isinstance(found, int) or isinstance(found, bool):
        raise StoreError(_damaged(mark))
    if found > FORMAT:
        raise StoreError(
            f"{mark.parent} has store format {found}, which is newer than this version of Comity "
            f"(it reads {FORMAT}): use a version that reads it; nothing was changed"
        )
    if found < FORMAT:
        raise StoreError(
            f"{mark.parent} has store format {found}, which is older than this version of Comity "
            f"(it reads {FORMAT}): export it with the version that wrote it, and load the export "
            "into a new store; nothing was changed"
        )


def _damaged(mark: Path) -> str:
    return (
        f"{mark} is damaged, it should name the store's format: copy it from a backup, or write "
        f"{_content().strip()} into it if this version made the store"
    )
