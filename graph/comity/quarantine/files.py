"""The files of the quarantine: finding one by its load, reading it, making it smaller."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from comity.errors import InputError, NotSupported, ParameterError, StoreError
from comity.gate import quarantine, set_aside
from comity.gate.blank import has_blank_node, name_blank_nodes
from comity.gate.report import Refusal
from comity.gate.set_aside import SetAside
from comity.interrupts import uninterrupted
from comity.readers import RdfFile, shown
from comity.store import Store
from comity_ontology.prefixes import current_base, shorten
from comity_ontology.terms import COMITY, PROV, RDF

__all__ = [
    "QuarantineFile",
    "clear_left_overs",
    "file_of",
    "files",
    "folder_of",
    "is_recorded",
    "load_node",
    "refused_tables",
    "shrink",
]

_IDENTIFIER = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class QuarantineFile:
    """What one load has set aside, as its file says it now.

    Attributes
    ----------
    load : str
        The load's identifier.
    path : Path
        The file, which need not be there yet.
    """

    load: str
    path: Path

    def kept(self) -> SetAside | None:
        """Return what Comity wrote into it last; see :func:`comity.gate.set_aside.read`."""
        return set_aside.read(set_aside.beside(self.path))

    def read(self, store: Store, other: Path | None = None) -> tuple[list[ox.Quad], str]:
        """Read the statements, or those of another file in its stead.

        Blank nodes that somebody wrote into it get names, and statements
        without a graph go to the document of the load.

        Returns
        -------
        list of Quad, str
            The statements, and the digest of the file's bytes.

        Raises
        ------
        InputError
            There is a syntax error (with its line), or a statement without a
            graph and not exactly one document that it can belong to.
        """
        source = RdfFile(str(other or self.path))
        read = list(source.quads())
        named = [quad for quad in read if not has_blank_node(quad)]
        named += name_blank_nodes([quad for quad in read if has_blank_node(quad)], current_base())
        if any(isinstance(quad.graph_name, ox.DefaultGraph) for quad in named):
            home = self._home(
                store, next(quad for quad in named if isinstance(quad.graph_name, ox.DefaultGraph))
            )
            named = [
                ox.Quad(quad.subject, quad.predicate, quad.object, home)
                if isinstance(quad.graph_name, ox.DefaultGraph)
                else quad
                for quad in named
            ]
        return named, source.sha256

    def _home(self, store: Store, homeless: ox.Quad) -> ox.NamedNode:
        """Find the graph of the one document that the load was about."""
        used = store.match(load_node(self.load), ox.NamedNode(PROV.used), None, ox.DefaultGraph())
        graphs = {
            found.object.value: found.object
            for document in used
            if isinstance(document.object, ox.NamedNode)
            for found in store.match(
                document.object, ox.NamedNode(COMITY.factGraph), None, ox.DefaultGraph()
            )
            if isinstance(found.object, ox.NamedNode)
        }
        if len(graphs) != 1:
            subject = homeless.subject
            said = shorten(subject.value) if isinstance(subject, ox.NamedNode) else str(subject)
            raise InputError(
                f"a statement about {said} in what load {self.load} set aside has no graph, and "
                "there is not exactly one document that it can belong to: put it between the "
                "braces of a graph; nothing was loaded"
            )
        return next(iter(graphs.values()))


def folder_of(store: Store) -> Path | None:
    """Return the quarantine folder of a store, or nothing for a store in memory."""
    return None if store.directory is None else store.directory / quarantine.FOLDER


def files(store: Store) -> list[QuarantineFile]:
    """Return the files in which something waits, oldest load first."""
    folder = folder_of(store)
    if folder is None or not folder.is_dir():
        return []
    try:
        found = sorted(folder.glob("*.trig"))
    except OSError as error:
        raise StoreError(f"{folder} cannot be read: {error.strerror or error}") from error
    for path in found:
        if shown(path.name) != path.name:
            raise StoreError(f"the name of {shown(path)} is not UTF-8 text: rename that file")
    return [QuarantineFile(path.stem, path) for path in found if not path.name.startswith(".")]


def refused_tables(store: Store) -> tuple[Path, ...]:
    """Return the tables of rows that loads refused, as they lie in the quarantine folder.

    They are no part of a replay: a steward mends one, loads it like any table,
    and deletes it.

    Parameters
    ----------
    store : Store

    Returns
    -------
    tuple of Path
        Sorted by name; empty for a store in memory.

    Raises
    ------
    StoreError
        The folder cannot be read.
    """
    folder = folder_of(store)
    if folder is None or not folder.is_dir():
        return ()
    try:
        return tuple(sorted(folder.glob("[!.]*.csv")))
    except OSError as error:
        raise StoreError(f"{folder} cannot be read: {error.strerror or error}") from error


def file_of(store: Store, load: str, *, there: bool = True) -> QuarantineFile:
    """Find the file of a load.

    Parameters
    ----------
    store : Store
    load : str
        The load's identifier, or an unmistakable beginning of it.
    there : bool
        Whether the file must be there; else it is enough that the load is recorded.

    Raises
    ------
    ParameterError
        Nothing of such a load is set aside, or several loads begin so.
    NotSupported
        The store is in memory.
    """
    folder = folder_of(store)
    if folder is None:
        raise NotSupported(
            "a store in memory has no quarantine: its report holds what was refused; keep the "
            "store in a directory"
        )
    load = load.removeprefix("load:")
    found = [file for file in files(store) if file.load.startswith(load)] if load else []
    exact = [file for file in found if file.load == load]
    if exact or len(found) == 1:
        return (exact or found)[0]
    if found:
        raise ParameterError(
            f"{load!r} can be {', '.join(file.load for file in found[:4])}"
            f"{' …' if len(found) > 4 else ''}: write more of it"
        )
    if not there and _IDENTIFIER.fullmatch(load) and is_recorded(store, load):
        return QuarantineFile(load, folder / f"{load}.trig")
    raise ParameterError(
        f"no load {load!r} has anything set aside: comity quarantine list names those that do"
    )


def load_node(load: str) -> ox.NamedNode:
    """Return the IRI of a load."""
    return ox.NamedNode(f"{current_base()}load/{quote(load)}")


def is_recorded(store: Store, load: str) -> bool:
    """Tell whether a load was committed; one that was stopped may leave a file only."""
    found = store.match(
        load_node(load), ox.NamedNode(RDF.type), ox.NamedNode(COMITY.Load), ox.DefaultGraph()
    )
    return next(found, None) is not None


def shrink(
    file: QuarantineFile, kept: SetAside, left: Sequence[Refusal], taken_out: Sequence[ox.Quad]
) -> None:
    """Write what is left into the file, or remove it when nothing is.

    Each step leaves a state from which a replay comes to the same end.
    Statements that were taken out by hand stay beside the file.

    Raises
    ------
    StoreError
        A file cannot be written or removed.
    """
    gone = dict.fromkeys([*kept.taken_out, *taken_out])
    after = SetAside(kept.load, kept.files, kept.started, tuple(left), tuple(gone))
    note = set_aside.beside(file.path)
    with uninterrupted():
        try:
            if left or gone:
                set_aside.write(note, after)
            else:
                note.unlink(missing_ok=True)
            if left:
                text = quarantine.as_trig(file.load, left, replayable=True)
                set_aside.replace_file(file.path, text)
            else:
                file.path.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(
                f"{file.path} cannot be removed: {error.strerror or error}; what was accepted is "
                "in the store, and replaying again changes nothing"
            ) from error


def clear_left_overs(store: Store) -> None:
    """Remove the half-written files that an interrupted process left behind."""
    folder = folder_of(store)
    if folder is None or not folder.is_dir():
        return
    try:
        for partial in folder.rglob(".*.part"):
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"what an interrupted process left in {folder} cannot be removed: "
            f"{error.strerror or error}"
        ) from error
