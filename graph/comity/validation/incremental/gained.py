"""Focus nodes that have so many values that only the new ones are looked at.

A country is cited by each release, and one passage more would have all its passages
checked again. Where each value is judged by itself, those that were there before and
did not change have the results that they had: it is enough to look at the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

import pyoxigraph as ox

from comity.store.base import Subject, Term
from comity.validation.constraints.base import Read, ValueConstraint
from comity.validation.constraints.cardinality import MaxCount, MinCount
from comity.validation.constraints.value_type import INSTANCE
from comity.validation.incremental.lookups import Edge, Match
from comity.validation.queries import checks_of
from comity.validation.shapes.model import Shape
from comity.validation.shapes.path import Predicate, followed
from comity_ontology.terms import RDF

__all__ = ["MANY", "Gained", "gained", "value_counts"]

MANY = 100
"""Of fewer values, all are looked at."""

Place: TypeAlias = tuple[Term, ox.NamedNode]
_TYPE = ox.NamedNode(RDF.type)


@dataclass(frozen=True)
class Gained:
    """Focus nodes with many values whose results only values that are new can change.

    Attributes
    ----------
    focus : mapping of Shape to frozenset of Term
    values : mapping of (Term, NamedNode) to frozenset of Term
        By node and property, the new values and as many others as are counted.
    """

    focus: Mapping[Shape, frozenset[Term]] = field(default_factory=dict)
    values: Mapping[Place, frozenset[Term]] = field(default_factory=dict)

    def within(self, match: Match) -> Match:
        """Return what looks into the data as if these nodes had no other values."""
        by_node: dict[Term, list[ox.NamedNode]] = {}
        for node, predicate in self.values:
            by_node.setdefault(node, []).append(predicate)

        def limited(
            subject: Subject | None, predicate: ox.NamedNode | None, value: Term | None
        ) -> Iterator[Edge]:
            if subject is None or value is not None or subject not in by_node:
                yield from match(subject, predicate, value)
            elif predicate is not None and predicate not in by_node[subject]:
                yield from match(subject, predicate, None)
            else:
                if predicate is None:
                    yield from match(subject, _TYPE, None)
                for one in by_node[subject] if predicate is None else (predicate,):
                    for term in self.values[subject, one]:
                        yield ox.Triple(subject, one, term)

        return limited


@lru_cache(maxsize=10_000)
def value_counts(shape: Shape) -> dict[ox.NamedNode, int] | None:
    """Return the properties whose values a shape judges, with how many of them it counts.

    Returns
    -------
    dict or None
        ``None`` if it looks at anything else than each value by itself, its classes
        and how many there are.
    """
    if any(target.kind != "class" for target in shape.targets):
        return None
    counts: dict[ox.NamedNode, int] = {}
    for check in checks_of(shape):
        path, constraint = check.shape.path, check.constraint
        if check.way or not isinstance(path, Predicate):
            return None
        known = (Read(path), Read(followed(path, INSTANCE)))
        alone = isinstance(constraint, ValueConstraint) and all(
            read in known for read in constraint.reads(path)
        )
        counted = constraint.number + 1 if isinstance(constraint, MinCount | MaxCount) else 0
        if not (alone or counted):
            return None
        predicate = ox.NamedNode(path.iri)
        counts[predicate] = max(counts.get(predicate, 0), counted)
    return counts


def gained(
    focus: Mapping[Shape, Collection[Term]],
    new: Mapping[Place, Collection[Term]],
    match: Match,
) -> Gained:
    """Choose, of focus nodes that only gained values, those that have many.

    Parameters
    ----------
    focus : mapping of Shape to collection of Term
    new : mapping of (Term, NamedNode) to collection of Term
        The values gained, by node and property.
    match : callable
        Looks into the data as it is after the change.
    """
    chosen: dict[Shape, set[Term]] = {}
    values: dict[Place, frozenset[Term]] = {}
    for shape, nodes in focus.items():
        counts = value_counts(shape) or {}
        for node in nodes:
            if not isinstance(node, ox.NamedNode):
                continue
            if any(_has_many(match, node, predicate) for predicate in counts):
                chosen.setdefault(shape, set()).add(node)
                for predicate, count in counts.items():
                    some = islice(match(node, predicate, None), count)
                    together = {*new.get((node, predicate), ()), *(edge.object for edge in some)}
                    place = (node, predicate)
                    values[place] = values.get(place, frozenset()) | together
    return Gained({shape: frozenset(nodes) for shape, nodes in chosen.items()}, values)


def _has_many(match: Match, node: ox.NamedNode, predicate: ox.NamedNode) -> bool:
    return sum(1 for _ in islice(match(node, predicate, None), MANY + 1)) > MANY
