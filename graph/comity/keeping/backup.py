"""Backing up: a copy of a store that shares nothing with it, complete or absent."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from comity.errors import InputError, NotSupported, StoreError
from comity.keeping.content import named_graphs
from comity.keeping.files import complete_file, copy_file, sync_tree, unused_name
from comity.keeping.manifest import MANIFEST, STORE, Kept, Manifest, read_manifest
from comity.store import Store, open_store, select
from comity.store.embedded import SNAPSHOT, STAGING
from comity.store.mark import DATA
from comity.store.own_files import spare_stores
from comity.store.view import READER

__all__ = ["ARCHIVES", "Backup", "backup"]

ARCHIVES = (".tar.gz", ".tgz", ".tar")
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made.

    Attributes
    ----------
    path : Path
        The folder or archive.
    manifest : Manifest
        What it says about itself.
    """

    path: Path
    manifest: Manifest


def backup(store: Store, target: str | os.PathLike[str]) -> Backup:
    """Copy a store, with its quarantine and whatever else lies in its directory.

    The engine's files are real copies and share nothing with the store, so
    damage to one does not reach the other. The name appears when all is
    written; ending the process before leaves a ``.comity-….part`` beside it.

    Parameters
    ----------
    store : Store
        Open for writing, so that nothing else changes it, or for reading
        where nobody writes.
    target : path
        A new folder, or an archive when it ends in ``.tar.gz``, ``.tgz`` or
        ``.tar``.

    Returns
    -------
    Backup

    Raises
    ------
    InputError
        There is something of that name, it lies in the store, or it cannot be
        written.
    StoreError
        The store cannot be read, or holds a link.
    NotSupported
        The store is in memory.
    """
    if store.directory is None:
        raise NotSupported("a store in memory has no files to back up: export it")
    path = Path(target)
    work: Path | None = None
    try:
        place = _free_place(path, store.directory)
        work = unused_name(place)
        work.mkdir()
        # Hard links where the disk allows: what is copied below cannot change meanwhile.
        store.snapshot(work / "linked")
        triples = _counted(store, work / "linked")
        sources = _sources(store.directory, work / "linked" / DATA)
        manifest = _manifest(store, triples, sources)
        if place.name.endswith(ARCHIVES):
            _archive(place, manifest, sources)
        else:
            _folder(place, work, manifest, sources)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        if work is not None:
            shutil.rmtree(work, ignore_errors=True)
    return Backup(path, manifest)


def _free_place(path: Path, directory: Path) -> Path:
    place = spare_stores(path)
    try:
        str(place).encode()
    except UnicodeEncodeError as error:
        # The engine takes paths as UTF-8 and nothing else.
        raise InputError(f"{str(path)!r} is no UTF-8 path: name another place") from error
    inside = directory.resolve()
    if place == inside or inside in place.parents:
        raise InputError(f"{path} lies in the store itself: name a place outside {directory}")
    if place.is_dir() and any(place.iterdir()):
        raise InputError(f"{path} holds something already: name a new folder or archive")
    if place.exists() and not place.is_dir():
        raise InputError(f"{path} exists already: name a new folder or archive")
    if not place.parent.is_dir():
        raise InputError(f"{path} cannot be written: there is no folder {path.parent}")
    return place


def _sources(directory: Path, data: Path) -> dict[str, Path]:
    """Give the files to keep by their path in the backup."""
    found = {f"{STORE}/{DATA}/{name}": file for name, file in _files(data)}
    for entry in sorted(directory.iterdir()):
        if entry.name == DATA or entry.name.startswith((SNAPSHOT, STAGING, READER, ".")):
            continue
        if entry.is_dir() and not entry.is_symlink():
            found |= {f"{STORE}/{entry.name}/{name}": file for name, file in _files(entry)}
        else:
            found[f"{STORE}/{entry.name}"] = _plain(entry)
    return dict(sorted(found.items()))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(folder.rglob("*")):
        # What was being written when a process was ended is nobody's.
        left_over = file.name.startswith(".") and file.name.endswith(".part")
        if not left_over and (file.is_symlink() or not file.is_dir()):
            yield file.relative_to(folder).as_posix(), _plain(file)


def _plain(file: Path) -> Path:
    if file.is_symlink() or not file.is_file():
        raise StoreError(f"{file} is a link or no file: a backup holds files, replace it by one")
    return file


def _counted(store: Store, copy: Path) -> int:
    """Count the triples of the copy, which must be those of the store."""
    copied = open_store(copy, read_only=True)
    try:
        found = _count(copied, "?s ?p ?o")
    finally:
        copied.close()
    there = _count(store, "?s ?p ?o")
    if found != there:
        raise StoreError(
            f"the engine copied {found:,} of {there:,} triples: no backup was made; export the "
            "store instead, and report this as a defect"
        )
    return found


def _count(store: Store, pattern: str) -> int:
    return int(next(select(store, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"))["n"].value)


def _manifest(store: Store, triples: int, sources: Mapping[str, Path]) -> Manifest:
    from comity import __version__

    manifest = Manifest(
        comity=__version__,
        made=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        triples=triples,
        graphs=len(named_graphs(store)),
        documents=_count(store, "?s a comity:SourceDocument"),
        files=tuple(Kept(name, *_measured(file)) for name, file in sources.items()),
    )
    # What could not be read again, for the name of a file, is no backup.
    read_manifest(manifest.to_json().encode(), str(store.directory))
    return manifest


def _measured(file: Path) -> tuple[int, str]:
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return stream.tell(), digest


def _folder(place: Path, work: Path, manifest: Manifest, sources: Mapping[str, Path]) -> None:
    made = work / "made"
    for name, file in sources.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        copy_file(file, made / name)
    # The list comes last: without it the rest is no backup.
    (made / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    sync_tree(made)
    made.rename(place)
    sync_tree(place.parent, deep=False)


def _archive(place: Path, manifest: Manifest, sources: Mapping[str, Path]) -> None:
    mode = "w" if place.name.endswith(".tar") else "w:gz"
    more = {} if mode == "w" else {"compresslevel": _LEVEL}
    made = int(datetime.fromisoformat(manifest.made).timestamp())
    listed = manifest.to_json().encode()
    with (
        complete_file(place) as stream,
        tarfile.open(fileobj=stream, mode=mode, format=tarfile.PAX_FORMAT, **more) as tar,  # type: ignore[call-overload]
    ):
        # The list comes first, so that whoever reads the rest knows what to expect.
        tar.addfile(_member(MANIFEST, len(listed), made), io.BytesIO(listed))
        for kept in manifest.files:
            with sources[kept.path].open("rb") as content:
                tar.addfile(_member(kept.path, kept.size, made), content)


def _member(name: str, size: int, made: int) -> tarfile.TarInfo:
    """Describe a file of an archive; who owned it is nobody's business."""
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = size, made, 0o600
    return member
