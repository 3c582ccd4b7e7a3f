"""Quads that are about to go, and the store as it will be without them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from comity.gate.staging import Staging
from comity.store import GraphName, QueryResult, Store
from comity.store.base import Subject, Term
from comity_ontology.prefixes import GRAPHS

__all__ = ["CURATION", "DEFAULT", "META", "Leaving", "Without", "iri", "quad_of"]

DEFAULT = ox.DefaultGraph()
CURATION = ox.NamedNode(GRAPHS.CURATION)
META = ox.NamedNode(GRAPHS.META)


class Leaving:
    """The quads that go, collected before anything is changed.

    Parameters
    ----------
    store : Store
    passages : iterable of str
        IRIs of passages that go.
    whole : str
        IRI of a graph all of whose quads go; they are read where they are.
    staging : Staging, optional
        Candidates that come in the same step; they count as there.
    renewed : iterable of str
        Documents and passages whose records may be written anew.

    Attributes
    ----------
    keep : callable
        Writes what goes to a file, if there is a place for it, and names it.
    forbidden : bool
        Whether what stays would not conform without it, so that it cannot go.
    """

    def __init__(
        self,
        store: Store,
        passages: Iterable[str] = (),
        whole: str = "",
        staging: Staging | None = None,
        renewed: Iterable[str] = (),
    ):
        self.store = store
        self.passages = frozenset(passages)
        self.whole = whole
        self.quads: dict[ox.Quad, None] = {}
        self.renewed = frozenset(renewed)
        self.keep: Callable[[], Path | None] = lambda: None
        self.forbidden = False
        self._staging = staging

    def take(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads of named graphs, except those that come or go anyway."""
        for quad in quads:
            graph = quad.graph_name
            if (
                isinstance(graph, ox.NamedNode)
                and graph.value != self.whole
                and not self._comes(quad.triple, graph.value)
            ):
                self.quads[quad] = None

    def about(self, node: str, graph: ox.NamedNode) -> None:
        """Add all that a graph says about a node."""
        self.take(list(self.store.match(iri(node), None, None, graph)))

    def all(self) -> Iterator[ox.Quad]:
        """Iterate over everything that goes."""
        yield from self.facts()
        yield from self.quads

    def facts(self) -> Iterator[ox.Quad]:
        """Iterate over the quads of the graph that goes whole."""
        if self.whole:
            yield from self.store.match(None, None, None, iri(self.whole))

    def goes(self, triple: ox.Triple, graph: str) -> bool:
        """Tell whether a triple goes out of a graph that states it."""
        return graph == self.whole or quad_of(triple, iri(graph)) in self.quads

    def remaining(self, triple: ox.Triple) -> Iterator[str]:
        """Iterate over the graphs that will state a triple."""
        for graph in self.store.holders(triple):
            if not self.goes(triple, graph):
                yield graph
        if self._staging is not None:
            for target in self._staging.targets:
                if self._comes(triple, target):
                    yield target

    def stays(self, triple: ox.Triple) -> bool:
        """Tell whether some graph will state a triple."""
        return next(self.remaining(triple), None) is not None

    def left(
        self,
        subject: str | None,
        predicate: str | None,
        value: ox.NamedNode | ox.Literal | None,
        graph: ox.NamedNode,
    ) -> Iterator[ox.Quad]:
        """Iterate over the quads of one graph that fit a pattern and will be there."""
        pattern = (iri(subject) if subject else None, iri(predicate) if predicate else None, value)
        for quad in self.store.match(*pattern, graph):
            if not self.goes(quad.triple, graph.value):
                yield quad
        if self._staging is not None:
            for quad in self._staging.match(*pattern, graph.value):
                yield quad_of(quad.triple, graph)

    def everywhere(
        self, subject: str | None, predicate: str | None, value: ox.NamedNode | None
    ) -> Iterator[ox.Triple]:
        """Iterate over the triples that fit a pattern and will be in the default graph."""
        pattern = (iri(subject) if subject else None, iri(predicate) if predicate else None, value)
        waiting = () if self._staging is None else self._staging.match(*pattern)
        for quad in chain(self.store.match(*pattern, DEFAULT), waiting):
            if self.stays(quad.triple):
                yield quad.triple

    def _comes(self, triple: ox.Triple, target: str) -> bool:
        return self._staging is not None and self._staging.holds(quad_of(triple, iri(target)))


class Without:
    """A store as it will be when some quads are gone, for checks to look at."""

    def __init__(self, leaving: Leaving):
        self._store = leaving.store
        self._leaving = leaving
        self.location = leaving.store.location
        self.directory: Path | None = leaving.store.directory
        self.readable: Path | None = leaving.store.readable
        self.writable = False
        self.answers_queries = False

    def query(self, text: str, *, prefixes: Mapping[str, str] | None = None) -> QueryResult:
        """Refuse a query, which would see what is about to go."""
        raise TypeError("this view of a store answers no queries")

    def match(
        self,
        subject: Subject | None,
        predicate: ox.NamedNode | None,
        value: Term | None,
        graph: GraphName | None = None,
    ) -> Iterator[ox.Quad]:
        """Iterate over the quads of one graph, or of all, that fit a pattern and stay."""
        return filter(self._stays, self._store.match(subject, predicate, value, graph))

    def holds(self, quad: ox.Quad) -> bool:
        """Tell whether a quad is in the store and stays."""
        return self._store.holds(quad) and self._stays(quad)

    def _stays(self, quad: ox.Quad) -> bool:
        if isinstance(quad.graph_name, ox.NamedNode):
            return not self._leaving.goes(quad.triple, quad.graph_name.value)
        return next(self.holders(quad.triple), None) is not None

    def holders(self, triple: ox.Triple) -> Iterator[str]:
        """Iterate over the IRIs of the named graphs that will state a triple."""
        return (
            graph for graph in self._store.holders(triple) if not self._leaving.goes(triple, graph)
        )

    def dump(self, output: IO[bytes], graph: GraphName) -> None:
        """Write the triples of one graph that stay, as N-Triples."""
        quads = self.match(None, None, None, graph)
        ox.serialize((quad.triple for quad in quads), output, format=ox.RdfFormat.N_TRIPLES)

    def graphs(self) -> Iterator[str]:
        """Iterate over the IRIs of all named graphs."""
        return self._store.graphs()

    def update(self, text: str) -> None:
        """Refuse to write."""
        raise TypeError("this view of a store is only looked at")

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Refuse to write."""
        self.update("")

    def bulk(self, quads: Iterable[ox.Quad]) -> None:
        """Refuse to write."""
        self.update("")

    def snapshot(self, directory: Path) -> None:
        """Refuse to be copied."""
        self.update("")

    def close(self) -> None:
        """Do nothing: the store itself is closed elsewhere."""


def iri(text: str) -> ox.NamedNode:
    """Make a term of an IRI."""
    return ox.NamedNode(text)


def quad_of(triple: ox.Triple, graph: ox.NamedNode) -> ox.Quad:
    """Make the quad that states a triple in a graph."""
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)
