"""Where the triples are: one small interface, and the kinds of store behind it.

Everything else in Comity is written against :class:`Store`, so that a kind of
store can be added without touching a caller.
"""

from __future__ import annotations

import os
from pathlib import Path

from comity.errors import NotSupported, StoreError
from comity.store.base import GraphName, QueryResult, Store
from comity.store.embedded import EmbeddedStore
from comity.store.select import iri_of, select

__all__ = ["EmbeddedStore", "GraphName", "QueryResult", "Store", "iri_of", "open_store", "select"]

MEMORY = ":memory:"


def open_store(
    location: str | os.PathLike[str] | None = None,
    *,
    read_only: bool = False,
    create: bool = True,
) -> Store:
    """Open the store at a location.

    Parameters
    ----------
    location : str or path, optional
        A directory, or ``":memory:"`` / nothing for a store that lives as
        long as the process.
    read_only : bool
        Open without taking the writer's lock; the store must exist.
    create : bool
        Make the directory when it is missing (never when ``read_only``).

    Returns
    -------
    Store

    Raises
    ------
    StoreError
        The directory is missing, not a store, not writable, or in use by
        another writer.
    NotSupported
        The location is a URL.
    """
    if location is None or location == MEMORY:
        return EmbeddedStore.in_memory()
    text = os.fspath(location)
    if "://" in text:
        raise NotSupported(
            f"{text} is a URL: this version opens a directory or {MEMORY}; name a directory"
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        # The engine takes paths as UTF-8 and nothing else.
        raise StoreError(f"{text!r} is no UTF-8 path: name another directory") from error
    return EmbeddedStore.at(Path(text), read_only=read_only, create=create and not read_only)
