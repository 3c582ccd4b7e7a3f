"""A small store in memory for the validation of a few nodes: what matters for them, and marks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import pyoxigraph as ox

from comity.store import EmbeddedStore
from comity.store.base import Term
from comity.validation.queries import Context
from comity.validation.shapes.model import Shape

__all__ = ["Scratch"]

_FOCUS = ox.NamedNode("urn:x-comity:focus")


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
        self.store.add(self._marking(focus))

    # Marks stand in the default graph: the engine finds a path of no steps only from there.
    def _marking(self, focus: Mapping[Shape, Collection[Term]]) -> Iterator[ox.Quad]:
        for shape, nodes in focus.items():
            for node in nodes:
                yield ox.Quad(self._marks[shape], _FOCUS, node)

    def context(self, shape: Shape) -> Context:
        """Return what gives the nodes that are marked for a shape."""
        mark = f"{self._marks[shape]} {_FOCUS}"
        return lambda variable: f"{mark} {variable} ."


def _mark(number: int) -> ox.NamedNode:
    return ox.NamedNode(f"urn:x-comity:shape:{number}")
