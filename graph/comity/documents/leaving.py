"""Quads that are about to go, and what the graph will still say without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from comity.store import Store
from comity_ontology.prefixes import GRAPHS

__all__ = ["CURATION", "DEFAULT", "META", "Leaving", "iri", "quad_of"]

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
    """

    def __init__(self, store: Store, passages: Iterable[str] = (), whole: str = ""):
        self.store = store
        self.passages = frozenset(passages)
        self.whole = whole
        self.quads: dict[ox.Quad, None] = {}

    def take(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads of named graphs; those of the whole graph go anyway."""
        for quad in quads:
            if quad.graph_name.value != self.whole:  # type: ignore[union-attr]
                self.quads[quad] = None

    def about(self, node: str, graph: ox.NamedNode) -> None:
        """Add all that a graph says about a node."""
        self.take(list(self.store.match(iri(node), None, None, graph)))

    def all(self) -> Iterator[ox.Quad]:
        """Iterate over everything that goes."""
        if self.whole:
            yield from self.store.match(None, None, None, ox.NamedNode(self.whole))
        yield from self.quads

    def goes(self, triple: ox.Triple, graph: str) -> bool:
        """Tell whether a triple goes out of a graph that states it."""
        return graph == self.whole or quad_of(triple, ox.NamedNode(graph)) in self.quads

    def remaining(self, triple: ox.Triple) -> Iterator[str]:
        """Iterate over the graphs that will still state a triple."""
        return (graph for graph in self.store.holders(triple) if not self.goes(triple, graph))

    def stays(self, triple: ox.Triple) -> bool:
        """Tell whether some graph will still state a triple."""
        return next(self.remaining(triple), None) is not None

    def left(
        self,
        subject: str | None,
        predicate: str | None,
        value: ox.NamedNode | ox.Literal | None,
        graph: ox.NamedNode,
    ) -> Iterator[ox.Quad]:
        """Iterate over the quads of one graph that fit a pattern and stay."""
        found = self.store.match(
            iri(subject) if subject else None, iri(predicate) if predicate else None, value, graph
        )
        return (quad for quad in found if not self.goes(quad.triple, graph.value))


def iri(text: str) -> ox.NamedNode:
    """Make a term of an IRI."""
    return ox.NamedNode(text)


def quad_of(triple: ox.Triple, graph: ox.NamedNode) -> ox.Quad:
    """Make the quad that states a triple in a graph."""
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)
