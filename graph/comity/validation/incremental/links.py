"""Steps from node to node, and the states before or after them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox

__all__ = ["NOWHERE", "Along", "Links", "States", "Step", "links"]

States: TypeAlias = frozenset[int]
NOWHERE: States = frozenset()


class Step(NamedTuple):
    """A step along a triple, into a state.

    Attributes
    ----------
    predicate : NamedNode or None
        ``None`` for any.
    backwards : bool
        Whether it goes from object to subject.
    to : int
    """

    predicate: ox.NamedNode | None
    backwards: bool
    to: int


class Along(NamedTuple):
    """The states that are reached along triples, by their predicate.

    Attributes
    ----------
    by : dict of NamedNode to States
        Without states where such a triple is looked at and leads no further.
    other : States or None
        Along all other triples; ``None`` where these are not looked at.
    """

    by: dict[ox.NamedNode, States]
    other: States | None = None

    def __bool__(self) -> bool:
        """Whether any triple is looked at."""
        return bool(self.by) or self.other is not None

    def to(self, predicate: ox.NamedNode) -> States:
        """Return the states that are reached along triples with a predicate."""
        states = self.by.get(predicate, self.other)
        return NOWHERE if states is None else states


class Links(NamedTuple):
    """Where to go from a node that is in some states, or where one can have come from.

    Attributes
    ----------
    forwards : Along
        Over triples from subject to object.
    backwards : Along
        Over triples from object to subject.
    """

    forwards: Along
    backwards: Along


def links(steps: Iterable[tuple[Step, int | None]]) -> Links:
    """Sort steps, each with the state that it is about, or none."""
    forwards: dict[ox.NamedNode | None, set[int]] = {}
    backwards: dict[ox.NamedNode | None, set[int]] = {}
    for step, state in steps:
        states = (backwards if step.backwards else forwards).setdefault(step.predicate, set())
        if state is not None:
            states.add(state)
    return Links(_along(forwards), _along(backwards))


def _along(found: dict[ox.NamedNode | None, set[int]]) -> Along:
    always = found.get(None, set())
    by = {
        predicate: frozenset(states | always)
        for predicate, states in found.items()
        if predicate is not None
    }
    return Along(by, frozenset(always) if None in found else None)
