"""Restoring: a store comes back whole, or the place stays as it was."""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from comity.errors import InputError, StoreError
from comity.interrupts import uninterrupted
from comity.keeping.files import sync_tree, unused_name
from comity.keeping.manifest import MANIFEST, STORE, Kept, Manifest, read_manifest
from comity.store import open_store
from comity.store.embedded import in_use
from comity.store.mark import DATA, MARK
from comity.store.own_files import spare_stores

__all__ = ["Restored", "restore"]

LONGEST_LIST = 64 << 20
_CHUNK = 1 << 20
_PARTS = (DATA, "quarantine", "removed")


@dataclass(frozen=True, slots=True)
class Restored:
    """A store that was restored.

    Attributes
    ----------
    location : Path
        Its directory.
    manifest : Manifest
        What the backup says about itself.
    replaced : bool
        Whether there was a store before, which is gone.
    """

    location: Path
    manifest: Manifest
    replaced: bool


def restore(
    source: str | os.PathLike[str],
    location: str | os.PathLike[str],
    *,
    replace: bool = False,
) -> Restored:
    """Make a store of a backup.

    Every file is compared with its size and SHA-256 in the backup's list
    while it is copied beside the place, then the store is opened, and only
    then it gets its name.

    Parameters
    ----------
    source : path
        A folder or an archive that :func:`comity.keeping.backup.backup` made.
    location : path
        Directory of the store: a new or empty one.
    replace : bool
        Take the place of a store that is there. It is kept aside until the new
        one is in place, then removed.

    Returns
    -------
    Restored

    Raises
    ------
    InputError
        There is no such backup, or it is damaged, incomplete, of another
        format, or holds what no backup holds.
    StoreError
        The directory holds something, is being written to, or cannot be
        written.
    """
    backup = Path(source)
    work: Path | None = None
    try:
        target = spare_stores(Path(location))
        inside = backup.resolve()
        if inside.is_dir() and (target == inside or inside in target.parents):
            raise StoreError(f"{location} lies in the backup itself: name a place outside {source}")
        held = _check_place(target, replace=replace)
        work = unused_name(target)
        with _opened(backup) as (manifest, files):
            _check_space(target, manifest)
            target.parent.mkdir(parents=True, exist_ok=True)
            work.mkdir()
            _take_all(manifest, files, work, str(backup))
        sync_tree(work)
        open_store(work, read_only=True).close()
        with uninterrupted():
            _put(work, target, held=held)
    except OSError as error:
        raise StoreError(f"{location} cannot be written: {error.strerror or error}") from error
    finally:
        if work is not None:
            shutil.rmtree(work, ignore_errors=True)
    return Restored(Path(location), manifest, held)


def _check_place(target: Path, *, replace: bool) -> bool:
    """Tell whether a store is to be replaced; refuse what is none."""
    if target.exists() and not target.is_dir():
        raise StoreError(f"{target} is a file: a store is a directory")
    found = sorted(entry.name for entry in target.iterdir()) if target.exists() else []
    if not found:
        return False
    # One that lost its mark is still known by its parts; anything else is somebody's folder.
    if MARK not in found and not (DATA in found and {*found} <= {*_PARTS}):
        raise StoreError(
            f"{target} is no store (it holds {', '.join(found[:3])}): name another directory"
        )
    if not replace:
        raise StoreError(
            f"{target} holds a store already: name another directory, or say --replace to lose it"
        )
    _must_be_free(target)
    return True


def _must_be_free(target: Path) -> None:
    if in_use(target):
        raise StoreError(
            f"{target} is being written by another process: wait for it to finish, or stop it, "
            "and try again"
        )


def _check_space(target: Path, manifest: Manifest) -> None:
    there = next(folder for folder in (target, *target.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    if free < manifest.size:
        raise StoreError(
            f"{there} has {free:,} bytes free and the backup needs {manifest.size:,}: make space"
        )


@contextmanager
def _opened(backup: Path) -> Iterator[tuple[Manifest, Iterator[tuple[str, int, IO[bytes]]]]]:
    """Open a backup: its list, and its files with path, size and content."""
    if backup.is_dir():
        yield _from_folder(backup)
        return
    try:
        with tarfile.open(backup, mode="r|*") as tar:
            yield _from_archive(backup, tar)
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise _damaged(backup, error) from error
    except FileNotFoundError as error:
        if backup.exists():
            raise
        raise InputError(f"there is no backup {backup}: name a folder or an archive") from error


def _from_folder(backup: Path) -> tuple[Manifest, Iterator[tuple[str, int, IO[bytes]]]]:
    listed = backup / MANIFEST
    if not listed.is_file():
        raise InputError(f"{backup} is not a backup: it has no {MANIFEST}")
    if listed.stat().st_size > LONGEST_LIST:
        raise InputError(f"{backup} is damaged: its {MANIFEST} is longer than any list")
    manifest = read_manifest(listed.read_bytes(), str(backup))

    def files() -> Iterator[tuple[str, int, IO[bytes]]]:
        for path in sorted(backup.rglob("*")):
            name = path.relative_to(backup).as_posix()
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                raise InputError(f"{backup} holds {name}, a link or no file: no backup has such")
            if path.is_file() and path != listed:
                with path.open("rb") as stream:
                    yield name, path.stat().st_size, stream

    return manifest, files()


def _from_archive(
    backup: Path, tar: tarfile.TarFile
) -> tuple[Manifest, Iterator[tuple[str, int, IO[bytes]]]]:
    first = tar.next()
    if first is None or first.name != MANIFEST or not first.isreg():
        raise InputError(f"{backup} is not a backup: it does not begin with {MANIFEST}")
    if first.size > LONGEST_LIST:
        raise InputError(f"{backup} is damaged: its {MANIFEST} is longer than any list")
    manifest = read_manifest(_content(tar, first).read(), str(backup))

    def files() -> Iterator[tuple[str, int, IO[bytes]]]:
        # Nothing is unpacked by tarfile itself: no link, device, owner or mode comes through.
        while (member := tar.next()) is not None:
            if not member.isreg():
                raise InputError(f"{backup} holds {member.name}, which is no plain file")
            yield member.name, member.size, _content(tar, member)

    return manifest, files()


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member)
    if content is None:
        raise InputError(f"{member.name} of the archive has no content")
    return content


def _take_all(
    manifest: Manifest, files: Iterator[tuple[str, int, IO[bytes]]], work: Path, place: str
) -> None:
    missing = {kept.path: kept for kept in manifest.files}
    for name, size, content in files:
        kept = missing.pop(name, None)
        if kept is None:
            raise InputError(f"{place} holds {name!r} twice, or does not list it: take another")
        target = work / name.removeprefix(f"{STORE}/")
        target.parent.mkdir(parents=True, exist_ok=True)
        _take(kept, size, content, target, place)
    if missing:
        raise InputError(
            f"{place} is incomplete: it lacks {min(missing)}"
            f"{f' and {len(missing) - 1} more' if len(missing) > 1 else ''}; take another backup"
        )


def _take(kept: Kept, size: int, content: IO[bytes], target: Path, place: str) -> None:
    """Copy a file while comparing it with what the list says."""
    digest = hashlib.sha256()
    if size == kept.size:
        with target.open("xb") as stream:
            while chunk := _read(content, place):
                digest.update(chunk)
                stream.write(chunk)
    if size != kept.size or digest.hexdigest() != kept.sha256:
        raise InputError(f"{place} is damaged: {kept.path} is not what was kept; take another")


def _read(content: IO[bytes], place: str) -> bytes:
    try:
        return content.read(_CHUNK)
    except (OSError, EOFError, zlib.error, tarfile.TarError) as error:
        raise _damaged(Path(place), error) from error


def _damaged(backup: Path, error: Exception) -> InputError:
    return InputError(
        f"{backup} is damaged, cut off or no archive ({error}): nothing was restored; take another"
    )


def _put(work: Path, target: Path, *, held: bool) -> None:
    """Give the new store its name, the old one being kept until that is done."""
    if not held:
        work.rename(target)
        sync_tree(target.parent, deep=False)
        return
    _must_be_free(target)
    aside = target.with_name(f"{target.name}.replaced-{work.name.split('-')[1][:16]}")
    target.rename(aside)
    try:
        work.rename(target)
    except BaseException:
        aside.rename(target)
        raise
    sync_tree(target.parent, deep=False)
    shutil.rmtree(aside, ignore_errors=True)
    if aside.exists():
        raise StoreError(f"{target} is restored, but the old store cannot be removed: see {aside}")
