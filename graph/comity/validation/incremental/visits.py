"""The nodes that a walk through the data comes to."""

from __future__ import annotations

from collections.abc import Iterator

from comity.store.base import Term
from comity.validation.incremental.links import NOWHERE, States

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
        # Many nodes are in the same states: each set of states is made, and kept, once.
        self._added: dict[tuple[States, States], tuple[States, States]] = {}

    def reach(self, node: Term, states: States) -> None:
        """Come to a node in some states."""
        before = self.seen.get(node, NOWHERE)
        new, together = self._adding(before, states)
        if new:
            self.seen[node] = together
            waiting = self._waiting.get(node, NOWHERE)
            self._waiting[node] = self._adding(waiting, new)[1] if waiting else new

    def _adding(self, before: States, states: States) -> tuple[States, States]:
        """Return the states that are new, and all."""
        found = self._added.get((before, states))
        if found is None:
            found = self._added[before, states] = (states - before, before | states)
        return found

    def __iter__(self) -> Iterator[tuple[Term, States]]:
        while self._waiting:
            node = next(iter(self._waiting))
            yield node, self._waiting.pop(node)
