"""What leaves the store is kept in a file that can be loaded back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from comity.errors import StoreError
from comity.gate.files import write_once
from comity.results.safe import safe_text
from comity.store import Store
from comity_ontology.prefixes import prefixes, shorten

__all__ = ["keep"]

FOLDER = "removed"
LONGEST_STEM = 100


def keep(
    store: Store,
    quads: Iterable[ox.Quad],
    document: str,
    header: Sequence[str],
    when: datetime,
) -> Path | None:
    """Write quads that are about to go to a file of the store's directory.

    Parameters
    ----------
    store : Store
    quads : iterable of Quad
        Read once, and not kept.
    document : str
        IRI of the document that they go with; the file is named after it.
    header : sequence of str
        Lines of comment.
    when : datetime
        The time of the change, in UTC; part of the name.

    Returns
    -------
    Path or None
        The complete file; None for a store in memory.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    if store.directory is None:
        return None
    stem = _plain(document.rstrip("/").rpartition("/")[2])[:LONGEST_STEM] or "document"
    name = f"{stem}-{when:%Y%m%dT%H%M%S%fZ}.trig"
    file = store.directory / FOLDER / name

    def write(stream: IO[bytes]) -> None:
        for line in (f"{shorten(document)}, {when:%Y-%m-%d %H:%M:%S} UTC", *header):
            stream.write(f"# {_comment(line)}\n".encode())
        ox.serialize(quads, stream, format=ox.RdfFormat.TRIG, prefixes=prefixes())

    try:
        write_once(file, write)
    except OSError as error:
        raise StoreError(
            f"{file} cannot be written ({error.strerror or error}); nothing was changed"
        ) from error
    return file


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", name).strip("-.")


def _comment(text: str) -> str:
    """Put a text on one line, without what could end a comment, act on a screen or reorder it."""
    return safe_text(" ".join(text.split()))
