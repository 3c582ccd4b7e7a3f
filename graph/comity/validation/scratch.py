"""A small store in memory for the validation of a few nodes: what matters for them, and marks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pyoxigraph as ox

from comity.store import EmbeddedStore
from comity.store.base import Term
from comity.validation.queries import Context
from comity.validation.shapes.model import Shape

__all__ = ["Scratch"]

_FOCUS = ox.NamedNode("urn:x-comity:focus")


class Scratch:
    """A store with marks that say which nodes are to be checked against which shapes.

    Parameters
    ----------
    triples : iterable of Triple
        What the results depend on.
    focus : mapping of Shape to collection of Term
        The nodes.

    Attributes
    ----------
    store : Store
    groups : dict of Context to list of Shape
        What gives the nodes that the same shapes are about.
    """

    def __init__(self, triples: Iterable[ox.Triple], focus: Mapping[Shape, Collection[Term]]):
        self.store = EmbeddedStore.in_memory()
        quads = [ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples]
        together: dict[frozenset[Term], list[Shape]] = {}
        for shape, nodes in focus.items():
            together.setdefault(frozenset(nodes), []).append(shape)
        self.groups: dict[Context, list[Shape]] = {}
        for number, (marked, shapes) in enumerate(together.items()):
            mark = ox.NamedNode(f"urn:x-comity:nodes:{number}")
            # In the default graph: the engine finds a path of no steps only from there.
            quads += [ox.Quad(mark, _FOCUS, node) for node in marked]
            self.groups[Context(f"{mark} {_FOCUS} ", " .")] = shapes
        self.store.add(quads)
