"""Quads that are about to go, and the store as it will be without them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

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
        for target in self._staged():
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
        if staged := self._staged().get(graph.value):
            for quad in self.store.match(*pattern, staged):
                yield quad_of(quad.triple, graph)

    def everywhere(
        self, subject: str | None, predicate: str | None, value: ox.NamedNode | None
    ) -> Iterator[ox.Triple]:
        """Iterate over the triples that fit a pattern and will be in the default graph."""
        pattern = (iri(subject) if subject else None, iri(predicate) if predicate else None, value)
        graphs: Iterable[GraphName] = chain([DEFAULT], self._staged().values())
        for graph in graphs:
            for quad in self.store.match(*pattern, graph):
                if self.stays(quad.triple):
                    yield quad.triple

    def _staged(self) -> Mapping[str, ox.NamedNode]:
        return {} if self._staging is None else self._staging.targets

    def _comes(self, triple: ox.Triple, target: str) -> bool:
        staged = self._staged().get(target)
        if staged is None:
            return False
        subject = triple.subject
        if isinstance(subject, ox.Triple):
            return False
        found = self.store.match(subject, triple.predicate, triple.object, staged)
        return next(found, None) is not None


class Without:
    """A store as it will be when some quads are gone, for checks to look at."""

    def __init__(self, leaving: Leaving):
        self._store = leaving.store
        self._leaving = leaving
        self.location = leaving.store.location
        self.directory: Path | None = leaving.store.directory
        self.writable = False

    def query(
        self, text: str, *, prefixes: Mapping[str, str] | None = None, staged: bool = False
    ) -> QueryResult:
        """Answer a query about candidates, which nothing is taken from."""
        if not staged:
            raise TypeError("a query would see what is about to go")
        return self._store.query(text, prefixes=prefixes, staged=staged)

    def match(
        self,
        subject: Subject | None,
        predicate: ox.NamedNode | None,
        value: Term | None,
        graph: GraphName,
    ) -> Iterator[ox.Quad]:
        """Iterate over the quads of one graph that fit a pattern and stay."""
        for quad in self._store.match(subject, predicate, value, graph):
            if isinstance(graph, ox.DefaultGraph):
                stays = any(
                    not self._leaving.goes(quad.triple, holder)
                    for holder in self._store.holders(quad.triple)
                )
            else:
                stays = not self._leaving.goes(quad.triple, graph.value)
            if stays:
                yield quad

    def holders(self, triple: ox.Triple) -> Iterator[str]:
        """Iterate over the IRIs of the named graphs that will state a triple."""
        return (
            graph for graph in self._store.holders(triple) if not self._leaving.goes(triple, graph)
        )

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
