"""All that shapes read, as one non-deterministic automaton.

It runs over the data graph: it stands on a node, in a state, and a transition
leads it along a triple, forwards or backwards, to another node. The triples that
it can go over from a focus node, beginning in the state of a shape, are all that
the result of this shape for this node depends on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import pyoxigraph as ox

from comity.validation.constraints.base import Read
from comity.validation.constraints.value_type import INSTANCE
from comity.validation.incremental.links import Links, States, Step, links
from comity.validation.shapes.model import Shape, Shapes, Target
from comity.validation.shapes.path import (
    Alternative,
    Inverse,
    Path,
    Predicate,
    Repeated,
    Sequence,
)
from comity_ontology.terms import COMITY

__all__ = ["Automaton", "automaton_of"]

_ANY = Predicate(COMITY.anyProperty)


@dataclass(frozen=True, slots=True, eq=False)
class Automaton:
    """States and the steps between them; made by :func:`automaton_of`.

    Attributes
    ----------
    starts : dict of Shape to int
        The state in which a focus node of each targeted shape begins.
    shapes : dict of int to Shape
        The same the other way round.
    unknown : frozenset of Shape
        Targeted shapes of which nobody can say what they read.
    """

    starts: dict[Shape, int]
    shapes: dict[int, Shape]
    unknown: frozenset[Shape]
    _steps: dict[int, frozenset[Step]]
    _into: dict[int, list[tuple[int, Step]]]
    _reading: Links
    _ahead: dict[States, Links] = field(default_factory=dict)
    _behind: dict[States, Links] = field(default_factory=dict)

    def ahead(self, states: States) -> Links:
        """Return which triples are read from a node in some states, and the states after."""
        found = self._ahead.get(states)
        if found is None:
            steps = (step for state in states for step in self._steps[state])
            # A state without steps reads nothing more: nobody needs to go there.
            live = ((step, step.to if self._steps[step.to] else None) for step in steps)
            found = self._ahead[states] = links(live)
        return found

    def behind(self, states: States) -> Links:
        """Return along which triples a node comes into some states, and the states before."""
        found = self._behind.get(states)
        if found is None:
            steps = ((step, before) for state in states for before, step in self._into[state])
            found = self._behind[states] = links(steps)
        return found

    def readers(self, predicate: ox.NamedNode) -> tuple[States, States]:
        """Return the states in which the subject, and the object, of a triple read it."""
        forwards, backwards = self._reading
        return forwards.to(predicate), backwards.to(predicate)


@lru_cache(maxsize=8)
def automaton_of(shapes: Shapes) -> Automaton:
    """Return the automaton of all that shapes read, made once for each shapes graph.

    Nested shapes have states of their own, which all that name them share. What
    selects the focus nodes of a targeted shape (SHACL §2.1.3) is read like
    anything else: whether a node is one can change.
    """
    building = _Building()
    starts = {shape: building.targeted(shape) for shape in shapes.targeted}
    return building.finished(starts)


class _Building:
    """States with steps, and silent ones to states that are entered at the same time."""

    def __init__(self) -> None:
        self._steps: list[set[Step]] = []
        self._silent: list[set[int]] = []
        self._before: dict[tuple[Path, bool, int], int] = {}
        self._starts: dict[Shape, int] = {}
        self.end, self.unknown = self._state(), self._state()

    def _state(self, *silent: int) -> int:
        self._steps.append(set())
        self._silent.append(set(silent))
        return len(self._steps) - 1

    def targeted(self, shape: Shape) -> int:
        """Make the state of the focus nodes of a shape with targets."""
        targets = [
            self._along(path, False, self.end)
            for target in shape.targets
            if (path := _selecting(target)) is not None
        ]
        return self._state(self._nested(shape), *targets)

    def _nested(self, shape: Shape) -> int:
        """Make the state of the nodes that are held against a shape."""
        if shape not in self._starts:
            reads: dict[Read, None] = {}
            if not shape.deactivated:
                for constraint in shape.constraints:
                    reads.update(dict.fromkeys(constraint.reads(shape.path)))
            self._starts[shape] = self._state(*map(self._reading, reads))
        return self._starts[shape]

    def _reading(self, read: Read) -> int:
        if read.unknown:
            return self.unknown
        then = self.end
        if read.shape is not None:
            then = self._nested(read.shape)
        if read.everything:
            then = self._state(then, self._along(_ANY, False, self.end))
        return then if read.path is None else self._along(read.path, False, then)

    def _along(self, path: Path, backwards: bool, then: int) -> int:
        """Make the state from which a path leads to another state, each once."""
        key = (path, backwards, then)
        if key in self._before:
            return self._before[key]
        match path:
            case Sequence(parts):
                state = then
                for part in parts if backwards else reversed(parts):
                    state = self._along(part, backwards, state)
            case Inverse(inner):
                state = self._along(inner, not backwards, then)
            case Repeated(inner, "+"):
                again = self._along(Repeated(inner, "*"), backwards, then)
                state = self._along(inner, backwards, again)
            case _:
                state = self._before[key] = self._state()
                self._enter(state, path, backwards, then)
        self._before[key] = state
        return state

    def _enter(self, state: int, path: Path, backwards: bool, then: int) -> None:
        match path:
            case Predicate(iri):
                predicate = None if path == _ANY else ox.NamedNode(iri)
                self._steps[state].add(Step(predicate, backwards, then))
            case Alternative(parts):
                for part in parts:
                    self._silent[state].add(self._along(part, backwards, then))
            case Repeated(inner, sign):
                self._silent[state].add(then)
                after = state if sign == "*" else then
                self._silent[state].add(self._along(inner, backwards, after))

    def finished(self, starts: dict[Shape, int]) -> Automaton:
        """Leave out silent steps, and states that only these lead to."""
        closed: dict[int, frozenset[Step]] = {}
        into: dict[int, list[tuple[int, Step]]] = {}
        waiting = list(starts.values())
        while waiting:
            state = waiting.pop()
            if state in closed:
                continue
            together = self._together(state)
            closed[state] = frozenset(step for one in together for step in self._steps[one])
            into.setdefault(state, [])
            for step in closed[state]:
                into.setdefault(step.to, []).append((state, step))
                waiting.append(step.to)
        return Automaton(
            starts,
            {state: shape for shape, state in starts.items()},
            frozenset(shape for shape, start in starts.items() if self._unknown_after(start)),
            closed,
            into,
            links((step, state) for state, steps in closed.items() for step in steps),
        )

    def _together(self, state: int) -> set[int]:
        found, waiting = {state}, [state]
        while waiting:
            new = self._silent[waiting.pop()] - found
            found |= new
            waiting.extend(new)
        return found

    def _unknown_after(self, start: int) -> bool:
        found, waiting = {start}, [start]
        while waiting:
            state = waiting.pop()
            new = (self._silent[state] | {step.to for step in self._steps[state]}) - found
            found |= new
            waiting.extend(new)
        return self.unknown in found


def _selecting(target: Target) -> Path | None:
    """Return the path along which a target is read from the nodes that it selects."""
    match target.kind:
        case "class":
            return INSTANCE
        case "subjects":
            return Predicate(_iri(target))
        case "objects":
            return Inverse(Predicate(_iri(target)))
        case _:
            return None


def _iri(target: Target) -> str:
    return target.term.value
