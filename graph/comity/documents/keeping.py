"""What leaves the store is kept in a file that can be loaded back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from comity.documents.adding import slug
from comity.errors import StoreError
from comity.gate.files import write_once
from comity.results.safe import one_line
from comity.store import Store
from comity_ontology.prefixes import prefixes, shorten

__all__ = ["keep"]

FOLDER = "removed"
LONGEST_STEM = 100


def keep(
    store: Store,
    quads: Iterable[ox.Quad],
    document: str,
    title: str,
    when: datetime,
    what: str,
) -> Path | None:
    """Write quads that are about to go to a file of the store's directory.

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
    stem = slug(document.rstrip("/").rpartition("/")[2])[:LONGEST_STEM] or "document"
    name = f"{stem}-{when:%Y%m%dT%H%M%S%fZ}.trig"
    file = store.directory / FOLDER / name
    header = (
        f"# {what.capitalize()} {when:%Y-%m-%d %H:%M:%S} UTC with {one_line(shorten(document))}, "
        f"{one_line(title)}.\n# Loading this file brings it back.\n"
    )

    def write(stream: IO[bytes]) -> None:
        stream.write(header.encode())
        ox.serialize(quads, stream, format=ox.RdfFormat.TRIG, prefixes=prefixes())

    try:
        write_once(file, write)
    except OSError as error:
        raise StoreError(
            f"{file} cannot be written ({error.strerror or error}); nothing was changed"
        ) from error
    return file
