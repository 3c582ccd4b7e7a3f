"""Looking up the triples around a node, at the least cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Protocol, TypeAlias

import pyoxigraph as ox

from comity.store.base import Subject, Term
from comity.validation.incremental.links import Along

__all__ = ["Edge", "Match", "incoming", "outgoing"]

Edge: TypeAlias = ox.Triple | ox.Quad

# On disk a look-up costs about 4 µs and each quad that it finds 1 µs.
PATIENCE = 4


class Match(Protocol):
    """Iterates over the triples of the data that fit a pattern."""

    def __call__(
        self, subject: Subject | None, predicate: ox.NamedNode | None, value: Term | None, /
    ) -> Iterator[Edge]:
        """Return the triples, or quads of one graph; ``None`` stands for any term."""
        ...


def outgoing(match: Match, node: Term, along: Along) -> Iterable[Edge]:
    """Return the triples with a node as subject and a predicate that is looked at."""
    if not along or not isinstance(node, ox.NamedNode | ox.BlankNode):
        return ()
    if along.other is not None:
        return match(node, None, None)
    return _some(along, lambda predicate: match(node, predicate, None))


def incoming(match: Match, node: Term, along: Along) -> Iterable[Edge]:
    """Return the triples with a node as object and a predicate that is looked at."""
    if not along:
        return ()
    if along.other is not None:
        return match(None, None, node)
    return _some(along, lambda predicate: match(None, predicate, node))


def _some(
    along: Along, looked_up: Callable[[ox.NamedNode | None], Iterator[Edge]]
) -> Iterable[Edge]:
    """Look at all triples of a node, unless there are so many that several look-ups cost less."""
    if len(along.by) > 1:
        most = PATIENCE * len(along.by)
        found = list(islice(looked_up(None), most + 1))
        if len(found) <= most:
            return [edge for edge in found if edge.predicate in along.by]
    return chain.from_iterable(map(looked_up, along.by))
