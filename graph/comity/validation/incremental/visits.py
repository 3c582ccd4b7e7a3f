"""The nodes that a walk through the data comes to."""

from __future__ import annotations

from collections.abc import Iterator

from comity.store.base import Term
from comity.validation.incremental.links import States

__all__ = ["Visits"]


class Visits:
    """Nodes, each with the states in which the walk came to it; it is looked at once in each.

    Iterating gives what was not looked at yet, as long as there is any.

    Attributes
    ----------
    seen : dict of Term to States
    """

    def __init__(self) -> None:
        self.seen: dict[Term, States] = {}
        self._waiting: dict[Term, States] = {}

    def reach(self, node: Term, states: States) -> None:
        """Come to a node in some states."""
        before = self.seen.get(node)
        new = states if before is None else states - before
        if new:
            self.seen[node] = states if before is None else before | states
            waiting = self._waiting.get(node)
            self._waiting[node] = new if waiting is None else waiting | new

    def __iter__(self) -> Iterator[tuple[Term, States]]:
        while self._waiting:
            node = next(iter(self._waiting))
            yield node, self._waiting.pop(node)
