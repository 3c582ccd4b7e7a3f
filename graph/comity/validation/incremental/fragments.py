"""The fragment of the data that the results of some focus nodes depend on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pyoxigraph as ox

from comity.store.base import Term
from comity.validation.incremental.automaton import automaton_of
from comity.validation.incremental.lookups import Edge, Match, incoming, outgoing
from comity.validation.incremental.visits import Visits
from comity.validation.shapes.model import Shape, Shapes

__all__ = ["fragment"]


def fragment(
    shapes: Shapes, focus: Mapping[Shape, Collection[Term]], match: Match
) -> Iterator[ox.Triple]:
    """Iterate over the triples that the results of some focus nodes depend on.

    A shape gives the same results for such a node on these triples as on the whole
    data, and on anything between the two. What makes it a focus node, and the
    classes above each that is asked for, are among them.

    Parameters
    ----------
    shapes : Shapes
    focus : mapping of Shape to collection of Term
        The nodes, by the targeted shape that they are checked against.
    match : callable
        Looks into the data.

    Yields
    ------
    Triple
        Each once. For a shape of which nobody can say what it reads
        (:attr:`Read.unknown`), all there are.
    """
    automaton = automaton_of(shapes)
    if any(shape in automaton.unknown and nodes for shape, nodes in focus.items()):
        yield from map(_triple, match(None, None, None))
        return
    visits = Visits()
    for shape, nodes in focus.items():
        start = frozenset((automaton.starts[shape],))
        for node in nodes:
            visits.reach(node, start)
    passed: set[ox.Triple] = set()
    for node, states in visits:
        forwards, backwards = automaton.ahead(states)
        for edge in outgoing(match, node, forwards):
            visits.reach(edge.object, forwards.to(edge.predicate))
            if (triple := _triple(edge)) not in passed:
                passed.add(triple)
                yield triple
        for edge in incoming(match, node, backwards):
            visits.reach(edge.subject, backwards.to(edge.predicate))
            if (triple := _triple(edge)) not in passed:
                passed.add(triple)
                yield triple


def _triple(edge: Edge) -> ox.Triple:
    return edge.triple if isinstance(edge, ox.Quad) else edge
