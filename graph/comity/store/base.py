"""The interface that every kind of store offers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Protocol, TypeAlias

import pyoxigraph as ox

GraphName: TypeAlias = ox.NamedNode | ox.DefaultGraph
"""A named graph, or the default graph."""
QueryResult: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
"""What the engine answers, by the form of the query."""
Subject: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Triple
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Store(Protocol):
    """A set of quads that answers SPARQL 1.1.

    A call of :meth:`update`, :meth:`add` or :meth:`bulk` is one transaction:
    it happens whole or not at all. There is no other transaction.

    Attributes
    ----------
    location : str
        Where the store is, as a person would write it.
    directory : Path or None
        The folder for files that belong to the store, if it has one.
    readable : Path or None
        The folder that another process may open to see what this one sees,
        where this one only reads.
    writable : bool
        Whether this process may change the store.
    answers_queries : bool
        Whether it answers queries, and does not only find quads that fit a pattern.
    """

    location: str
    directory: Path | None
    readable: Path | None
    writable: bool
    answers_queries: bool

    def query(self, text: str, *, prefixes: Mapping[str, str] | None = None) -> QueryResult:
        """Answer a SPARQL query over the default graph; raise ``QueryError``."""
        ...

    def update(self, text: str) -> None:
        """Run a SPARQL update, of one or several operations, as one atomic step."""
        ...

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads in one atomic step that is held in memory."""
        ...

    def bulk(self, quads: Iterable[ox.Quad]) -> None:
        """Add any number of quads, streamed, in one atomic step."""
        ...

    def match(
        self,
        subject: Subject | None,
        predicate: ox.NamedNode | None,
        value: Term | None,
        graph: GraphName | None = None,
    ) -> Iterator[ox.Quad]:
        """Iterate over the quads of one graph, or of all, that fit a pattern."""
        ...

    def holds(self, quad: ox.Quad) -> bool:
        """Tell whether a quad is in the store."""
        ...

    def holders(self, triple: ox.Triple) -> Iterator[str]:
        """Iterate over the IRIs of the named graphs that state a triple."""
        ...

    def dump(self, output: IO[bytes], graph: GraphName) -> None:
        """Write the triples of one graph as N-Triples, streamed, in any order."""
        ...

    def graphs(self) -> Iterator[str]:
        """Iterate over the IRIs of all named graphs."""
        ...

    def snapshot(self, directory: Path) -> None:
        """Write a copy that can be opened beside this store."""
        ...

    def close(self) -> None:
        """Let go of the store; nothing can be done with it afterwards."""
        ...
