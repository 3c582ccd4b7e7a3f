"""A small store in memory for the validation of a few nodes: what matters for them, and marks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

import pyoxigraph as ox

from comity.store import EmbeddedStore
from comity.store.base import Term
from comity.validation.queries import Context
from comity.validation.shapes.model import Shape

__all__ = ["Scratch"]

_FOCUS = ox.NamedNode("urn:x-comity:focus")
_MARKS = ox.NamedNode("urn:x-comity:marks")


class Scratch:
    """A store with marks that say which nodes are to be checked against which shape.

    Parameters
    ----------
    triples : iterable of Triple
        What the results depend on.
    focus : mapping of Shape to collection of Term
        The nodes.
    """

    def __init__(self, triples: Iterable[ox.Triple], focus: Mapping[Shape, Collection[Term]]):
        self.store = EmbeddedStore.in_memory()
        self.store.add(
            ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples
        )
        self._marks = {shape: _mark(number) for number, shape in enumerate(focus)}
        self.store.add(list(self._marking(focus)))

    def _marking(self, focus: Mapping[Shape, Collection[Term]]) -> Iterator[ox.Quad]:
        for shape, nodes in focus.items():
            for node in nodes:
                yield ox.Quad(self._marks[shape], _FOCUS, node, _MARKS)
                if not self._knows(node):
                    # Paths of length zero (pyoxigraph 0.5.13) find only what is in the graph.
                    yield ox.Quad(self._marks[shape], _FOCUS, node)

    def _knows(self, node: Term) -> bool:
        found = self.store.match(None, None, node, ox.DefaultGraph())
        if not isinstance(node, ox.Literal):
            found = chain(found, self.store.match(node, None, None, ox.DefaultGraph()))
        return next(found, None) is not None

    def context(self, shape: Shape) -> Context:
        """Return what gives the nodes that are marked for a shape."""
        mark = f"{self._marks[shape]} {_FOCUS}"
        return lambda variable: f"GRAPH {_MARKS} {{ {mark} {variable} }}"


def _mark(number: int) -> ox.NamedNode:
    return ox.NamedNode(f"urn:x-comity:shape:{number}")
