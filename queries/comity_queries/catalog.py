"""Find the questions: those that ship with the package, and a folder of one's own.

The names are the names of the files, so listing them reads no file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from comity_ontology.errors import InputError, ParameterError

from .model import Parameter, Query

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Parameter", "Query", "catalog", "get", "names"]

_STEM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OWN_TOPIC = "own"


def names(extra: Path | None = None) -> tuple[str, ...]:
    """List the names of all questions, reading none of them.

    Parameters
    ----------
    extra : Path, optional
        A folder with more ``.rq`` files, in it or one level down.

    Returns
    -------
    tuple of str
        Sorted.

    Raises
    ------
    InputError
        When the folder is missing, or a name is used twice or is no name.
    """
    return tuple(sorted(_find(extra)))


def get(name: str, extra: Path | None = None) -> Query:
    """Read one question.

    Parameters
    ----------
    name : str
        Its name.
    extra : Path, optional
        A folder with more ``.rq`` files.

    Returns
    -------
    Query

    Raises
    ------
    ParameterError
        When there is none of that name; offers the nearest.
    InputError
        When its header is wrong, or the folder is.
    """
    found = _find(extra)
    if name not in found:
        from .nearest import nearest

        raise ParameterError(f"there is no query {name!r}{nearest(name, sorted(found))}")
    return _read(name, *found[name])


def catalog(extra: Path | None = None) -> Mapping[str, Query]:
    """Read all questions.

    Parameters
    ----------
    extra : Path, optional
        A folder with more ``.rq`` files, in it or one level down; the name of
        a folder one level down is their topic, else it is ``own``.

    Returns
    -------
    mapping of str to Query
        By name, sorted by topic and name.

    Raises
    ------
    InputError
        Names the file, and what is wrong with it.
    """
    found = _find(extra)
    order = sorted(found, key=lambda name: (found[name][0], name))
    return MappingProxyType({name: _read(name, *found[name]) for name in order})


def _find(extra: Path | None) -> dict[str, tuple[str, Traversable]]:
    found: dict[str, tuple[str, Traversable]] = {}
    for folder in _folders(files("comity_queries")):
        _add(found, folder.name, folder)
    if extra is not None:
        if not extra.is_dir():
            raise InputError(f"{extra}: there is no such folder of queries")
        _add(found, _OWN_TOPIC, extra)
        for folder in _folders(extra):
            _add(found, folder.name, folder)
    return found


def _folders(root: Traversable) -> list[Traversable]:
    return sorted(
        (entry for entry in root.iterdir() if entry.is_dir() and entry.name[0] not in "._"),
        key=lambda entry: entry.name,
    )


def _add(found: dict[str, tuple[str, Traversable]], topic: str, folder: Traversable) -> None:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not entry.name.endswith(".rq") or entry.name.startswith("."):
            continue
        name = entry.name.removesuffix(".rq")
        if not _STEM.fullmatch(name):
            raise InputError(f"{entry}: a query's file has a name like post-holders.rq")
        if name in found:
            raise InputError(f"{entry}: the name is taken by {found[name][1]}; choose another")
        found[name] = (topic, entry)


def _read(name: str, topic: str, entry: Traversable) -> Query:
    # Here, because listing names must not wait for a YAML reader.
    from .header import read_query

    try:
        text = entry.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{entry}: not UTF-8 at byte {error.start}") from None
    return read_query(text, name=name, topic=topic, path=Path(str(entry)))
