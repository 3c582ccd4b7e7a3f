"""The files by which a store is one, and which nothing else may write."""

from __future__ import annotations

from pathlib import Path

from comity.errors import InputError
from comity.store.mark import DATA, MARK

__all__ = ["spare_stores"]


def spare_stores(path: Path) -> Path:
    """Return what a path to be written leads to, unless a store keeps itself there.

    Parameters
    ----------
    path : Path
        Where a user wants a file or a folder. Links are followed.

    Returns
    -------
    Path
        The same place, absolute and without links.

    Raises
    ------
    InputError
        It is the mark of a store, or within the engine's folder: writing
        there would destroy the store.
    """
    target = path.resolve()
    for folder in target.parents:
        own = {folder / MARK, folder / DATA}
        if own.isdisjoint({target, *target.parents}):
            continue
        if (folder / MARK).is_file() and (folder / DATA).is_dir():
            raise InputError(
                f"{path} is a file of the store {folder} itself, or would be: name another place"
            )
    return target
