"""The graph: one object that holds a store open and does what the three users need."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from comity.bootstrap import bootstrap
from comity.checking import CheckMethods
from comity.curation.methods import Curating
from comity.describe import Description, describe
from comity.documents.methods import DocumentMethods
from comity.evidence import Why, why
from comity.gate.report import LoadReport
from comity.info import Info, info
from comity.keeping.backup import Backup, backup
from comity.keeping.content import Content
from comity.keeping.export import Exported, export
from comity.labels import country_names, resolve
from comity.loading import gathered, load_sources
from comity.quarantine.files import clear_left_overs as clear_half_written
from comity.quarantine.methods import QuarantineMethods
from comity.questions import run
from comity.readers import Source
from comity.results import Result, Rows
from comity.sparql import ask
from comity.store import Store, open_store

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

__all__ = ["Graph", "open"]


class Graph(DocumentMethods, QuarantineMethods, Curating, CheckMethods):
    """A knowledge graph in a store; use it as a context manager.

    Parameters
    ----------
    store : Store
        An open store; :func:`open` makes one from a location.
    queries : Path, optional
        A folder of questions of one's own, which :meth:`run` knows too.

    Examples
    --------
    >>> import comity
    >>> with comity.open() as graph:
    ...     report = graph.validate()
    >>> report.conforms
    True
    """

    def __init__(self, store: Store, *, queries: Path | None = None):
        self.store = store
        self.queries = queries
        if store.writable:
            clear_half_written(store)
            bootstrap(store)

    def __enter__(self) -> Self:
        """Return the graph itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Let go of the store and its lock."""
        self.store.close()

    def load(
        self,
        *paths: str | os.PathLike[str] | Source,
        document: str = "",
        format: str | None = None,  # noqa: A002 - the word users know
        strict: bool = False,
        dry_run: bool = False,
        quarantine: Path | None = None,
        validate: bool = True,
        progress: Callable[[str], None] | None = None,
        curator: str = "",
    ) -> LoadReport:
        """Load RDF files and tables through the gate, as one load.

        Parameters
        ----------
        *paths : path or Source
            Files (``"-"`` is standard input), or sources made in Python. A
            ``.csv`` or ``.tsv`` file is a table; see :mod:`comity.tables`.
        document : str
            The document that triples without a graph belong to, and rows that
            name none; by default one is made from each RDF file.
        format : str, optional
            RDF syntax, or ``"csv"``, where the suffix does not tell it.
        strict : bool
            Load everything or nothing.
        dry_run : bool
            Only check.
        quarantine : Path, optional
            Where refused quads are written; refused rows go to tables beside it.
        validate : bool
            False leaves the shapes out, and nothing else: for data that were
            checked before.
        progress : callable, optional
            Called with the name of each stage as it begins.
        curator : str
            Who stands for conclusions in rows that do not say who.

        Returns
        -------
        LoadReport

        Raises
        ------
        InputError
            A file cannot be read or the document is not known; the store is
            as before.
        """
        with gathered(paths, format) as sources:
            return load_sources(
                self.store,
                sources,
                document=document,
                curator=curator,
                strict=strict,
                dry_run=dry_run,
                quarantine_file=quarantine,
                validate=validate,
                progress=progress,
            )

    def export(
        self,
        path: str | os.PathLike[str],
        *,
        format: str = "",  # noqa: A002 - the name that the command has
        graphs: Sequence[str] = (),
        shipped: bool = True,
        loads: bool = True,
    ) -> Exported:
        """Write graphs to a file; see :func:`comity.keeping.export.export`.

        What ships with Comity and the records of loads can be left out.
        """
        content = Content(shipped=shipped, loads=loads)
        return export(self.store, path, format=format, graphs=graphs, content=content)

    def backup(self, target: str | os.PathLike[str]) -> Backup:
        """Copy the store to a new folder or archive; see :func:`comity.keeping.backup.backup`."""
        return backup(self.store, target)

    def sparql(
        self, query: str, *, limit: int | None = None, timeout: float | None = None
    ) -> Result:
        """Answer a SPARQL query; see :func:`comity.sparql.ask`.

        Examples
        --------
        >>> import comity
        >>> with comity.open() as graph:
        ...     bool(graph.sparql("ASK { code:signing comity:resultsIn code:signed }"))
        True
        """
        return ask(self.store, query, limit=limit, timeout=timeout)

    def run(
        self,
        name: str,
        /,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        **values: object,
    ) -> Rows:
        """Ask a question of the catalogue; see :func:`comity.questions.run`.

        Examples
        --------
        >>> import comity
        >>> with comity.open() as graph:
        ...     len(graph.run("find-name", name="KOBİA"))
        0
        """
        return run(self.store, name, values, limit=limit, timeout=timeout, extra=self.queries)

    def resolve(self, what: str, *classes: str) -> str:
        """Return the IRI that a name or short form means; see :func:`comity.labels.resolve`."""
        return resolve(self.store, what, classes)

    def describe(self, what: str) -> Description:
        """Describe a node given by name, short form or IRI."""
        return describe(self.store, self.resolve(what))

    def why(self, what: str) -> Why:
        """Return the sentences that a node given by name, short form or IRI rests on."""
        return why(self.store, self.resolve(what))

    def network(
        self, *projections: str, on: date | str | None = None, timeout: float | None = None
    ) -> nx.MultiDiGraph[str]:
        """Make a network; see :func:`comity.projections.network`.

        Nodes are IRIs with ``label``, ``kind`` and ``country``; edges have
        ``kind``, ``directed``, ``weight``, ``count``, ``start``, ``end``,
        ``answer``, ``via``, ``via_label``, ``evidence`` and ``evidence_count``, all
        of them text, numbers or booleans, as :func:`comity.network.build` explains.
        """
        # Imported late: NetworkX and NumPy take as long to import as all the rest.
        from comity.projections import network

        return network(self.store, projections, on=on, timeout=timeout)

    def as_rdflib(self) -> rdflib.Dataset:
        """Give the same store to rdflib, for reading; see :func:`comity.rdflib_store.as_rdflib`."""
        from comity.rdflib_store import as_rdflib

        return as_rdflib(self.store)

    def country_names(self) -> dict[str, str]:
        """Return the names of the countries in the graph by their ISO 3166 code."""
        return country_names(self.store)

    def info(self) -> Info:
        """Count what the store holds."""
        return info(self.store)


def open(  # noqa: A001 - read as comity.open
    location: str | os.PathLike[str] | None = None,
    *,
    read_only: bool = False,
    create: bool = True,
    queries: str | os.PathLike[str] | None = None,
) -> Graph:
    """Open a graph.

    Parameters
    ----------
    location : str or path, optional
        A directory; nothing, or ``":memory:"``, for one in memory.
    read_only : bool
        Read without taking the writer's lock.
    create : bool
        Make a store where there is none.
    queries : path, optional
        A folder with ``.rq`` files of one's own, which :meth:`Graph.run` knows too.

    Returns
    -------
    Graph
        A context manager that closes the store.

    Raises
    ------
    StoreError
        The directory is missing, not a store, not writable, or in use by
        another writer.

    Examples
    --------
    >>> with open() as graph:
    ...     graph.store.location
    ':memory:'
    """
    store = open_store(location, read_only=read_only, create=create)
    return Graph(store, queries=None if queries is None else Path(queries))
