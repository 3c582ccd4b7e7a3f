"""The list that makes a folder or an archive a backup: what is in it, and what for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from comity.errors import InputError
from comity.store.mark import FORMAT as STORE_FORMAT
from comity.store.mark import MARK

__all__ = ["MANIFEST", "STORE", "Kept", "Manifest", "read_manifest"]

MANIFEST = "backup.json"
STORE = "store"
KIND = "comity backup"
FORMAT = 1

_SHA256 = re.compile("[0-9a-f]{64}")
# What ends a path, and what is a part of a name on one system and between names on another.
_UNFIT = re.compile(r"[\x00\\]")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a backup.

    Attributes
    ----------
    path : str
        Where it is in the backup, with ``/`` between the parts.
    size : int
        In bytes.
    sha256 : str
        Digest of its bytes, in hex.
    """

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself.

    Attributes
    ----------
    comity : str
        Version of Comity that made it.
    made : str
        When, in UTC, as ``2021-02-25T14:30:00Z``.
    triples, graphs, documents : int
        Triples of the default graph, named graphs, and source documents.
    files : tuple of Kept
        In the order of their paths.
    """

    comity: str
    made: str
    triples: int
    graphs: int
    documents: int
    files: tuple[Kept, ...]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)

    def to_json(self) -> str:
        """Write it as it stands in a backup."""
        head = {"kind": KIND, "format": FORMAT, "store_format": STORE_FORMAT}
        return json.dumps(head | asdict(self), indent=1) + "\n"


def read_manifest(text: bytes, place: str) -> Manifest:
    """Read the list of a backup, trusting nothing in it.

    Parameters
    ----------
    text : bytes
        Content of the file.
    place : str
        What messages call the backup.

    Raises
    ------
    InputError
        It is damaged, of another format, or names a file outside the backup.
    """
    try:
        found = json.loads(text)
        if not isinstance(found, Mapping) or found.get("kind") != KIND:
            raise InputError(f"{place} is not a backup: its {MANIFEST} does not say that it is one")
        _must_be(found, "format", FORMAT, place)
        _must_be(found, "store_format", STORE_FORMAT, place)
        files = tuple(Kept(one["path"], one["size"], one["sha256"]) for one in found["files"])
        manifest = Manifest(
            comity=str(found["comity"]),
            made=str(found["made"]),
            triples=int(found["triples"]),
            graphs=int(found["graphs"]),
            documents=int(found["documents"]),
            files=files,
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{place} is damaged: its {MANIFEST} cannot be read ({error})") from error
    _check_files(files, place)
    return manifest


def _must_be(found: Mapping[str, Any], name: str, expected: int, place: str) -> None:
    if found.get(name) != expected:
        what = name.replace("_", " ")
        raise InputError(
            f"{place} has {what} {found.get(name)!r}, this version reads {expected}: restore it "
            f"with the version that made it ({found.get('comity', 'not stated')}), export, and "
            "load the export here"
        )


def _check_files(files: Iterable[Kept], place: str) -> None:
    names = set()
    for file in files:
        fit = isinstance(file.path, str) and _is_below(file.path)
        if not fit or not isinstance(file.size, int) or isinstance(file.size, bool):
            raise InputError(f"{place} lists {file.path!r}, which is no file of a store")
        if file.size < 0 or not isinstance(file.sha256, str) or not _SHA256.fullmatch(file.sha256):
            raise InputError(f"{place} gives no size and SHA-256 for {file.path!r}")
        if file.path in names:
            raise InputError(f"{place} lists {file.path!r} twice")
        names.add(file.path)
    if f"{STORE}/{MARK}" not in names:
        raise InputError(f"{place} is damaged: it lists no {STORE}/{MARK}")


def _is_below(path: str) -> bool:
    """Whether a path stays in the store's folder, on any system."""
    parts = PurePosixPath(path).parts
    return (
        len(parts) > 1
        and parts[0] == STORE
        and ".." not in parts
        and str(PurePosixPath(path)) == path
        and not _UNFIT.search(path)
    )
