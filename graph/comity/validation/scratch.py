"""A small store in memory for the validation of a few nodes: what matters for them, and marks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pyoxigraph as ox

from comity.store import EmbeddedStore
from comity.store.base import Term
from comity.validation.queries import Context
from comity.validation.shapes.model import Shape

__all__ = ["Scratch"]

_MARK = ox.NamedNode("urn:x-comity:focus")
_FOCUS = _MARK.value


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
            # A property for each group, and any subject: where property and subject are given, the
            # engine expects few nodes, and looks at each pair of the tenures of one post.
            focus_of = ox.NamedNode(f"{_FOCUS}:{number}")
            # In the default graph: the engine finds a path of no steps only from there.
            quads += [ox.Quad(_MARK, focus_of, node) for node in marked]
            self.groups[Context(f"?target {focus_of} ", " .")] = shapes
        self.store.add(quads)
