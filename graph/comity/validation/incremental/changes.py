"""The focus nodes whose results a change of the data can change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import pyoxigraph as ox

from comity.store.base import Term
from comity.validation.finding import focus_text
from comity.validation.incremental.automaton import Automaton, automaton_of
from comity.validation.incremental.gained import Gained, gained, value_counts
from comity.validation.incremental.links import NOWHERE, Along, States
from comity.validation.incremental.lookups import Edge, Match, incoming, outgoing
from comity.validation.incremental.visits import Visits
from comity.validation.queries import checks_of
from comity.validation.shapes.model import Shape, Shapes, Target
from comity_ontology.terms import RDF, RDFS

__all__ = ["Affected", "Selected", "affected"]

NOTHING: frozenset[Term] = frozenset()
_RDF_TYPE = ox.NamedNode(RDF.type)
_TYPE, _SUBCLASS = (Along({ox.NamedNode(iri): NOWHERE}) for iri in (RDF.type, RDFS.subClassOf))


@dataclass(frozen=True)
class Affected:
    """What has to be checked again after a change.

    Attributes
    ----------
    focus : mapping of Shape to frozenset of Term
        The focus nodes of each targeted shape whose results can be others now.
    whole : tuple of Shape
        Shapes of which nobody can say what they read: they are checked at all
        their focus nodes.
    gained : Gained
        Those of the focus nodes of which it is enough to look at new values, to
        find what was not there before.
    """

    focus: Mapping[Shape, frozenset[Term]] = field(default_factory=dict)
    whole: tuple[Shape, ...] = ()
    gained: Gained = field(default_factory=Gained)

    def __bool__(self) -> bool:
        """Whether anything has to be checked."""
        return bool(self.focus or self.whole)

    @cached_property
    def nodes(self) -> frozenset[Term]:
        """All focus nodes."""
        return frozenset(chain.from_iterable(self.focus.values()))

    def among(self, match: Match) -> Affected:
        """Leave out what is no focus node in other data."""
        selected = Selected(match)
        return self._where(lambda shape, node: selected(node, shape))

    def around(self, nodes: Collection[str]) -> Affected:
        """Leave out what can have no result whose focus is one of some nodes, given as text.

        A result has another focus only where property shapes are nested in others.
        """
        further = {shape for shape in self.focus if any(check.way for check in checks_of(shape))}
        return self._where(lambda shape, node: shape in further or focus_text(node) in nodes)

    def _where(self, fits: Callable[[Shape, Term], bool]) -> Affected:
        focus = {
            shape: frozenset(node for node in nodes if fits(shape, node))
            for shape, nodes in self.focus.items()
        }
        return Affected({shape: nodes for shape, nodes in focus.items() if nodes}, self.whole)

    def without_gained(self) -> Mapping[Shape, frozenset[Term]]:
        """Return the focus nodes that have to be looked at whole."""
        found = {
            shape: nodes - self.gained.focus.get(shape, NOTHING)
            for shape, nodes in self.focus.items()
        }
        return {shape: nodes for shape, nodes in found.items() if nodes}


def affected(
    shapes: Shapes, match: Match, added: Iterable[Edge] = (), removed: Iterable[Edge] = ()
) -> Affected:
    """Find the focus nodes whose results a change can change.

    Parameters
    ----------
    shapes : Shapes
    match : callable
        Looks into the data as it is after the change.
    added, removed : iterable of Triple or Quad
        The change of the set of triples. What was there before in another
        graph, or stays in one, is no change and costs time here.

    Returns
    -------
    Affected
        A node that is no focus node of a shape any more is left out: it has
        no results.

    Notes
    -----
    A result depends on the triples that the automaton of the shapes can go over
    from the focus node (:mod:`comity.validation.incremental.automaton`). It can
    only change if these do, so if there is a way from the focus node, in the data
    before or after, over a triple that was added or removed. The part of the way
    before the first such triple consists of triples that are in both. So it is
    enough to walk backwards from each changed triple over the data as it is after
    the change: what is gone is not needed.

    A node is visited once in each state, so the work is bounded by the triples
    that lead back from what changed: nobody asks what else points at a country
    because of an event in it.
    """
    automaton = automaton_of(shapes)
    added, removed = list(added), list(removed)
    visits, walked = _backwards(automaton, match, added, removed)
    selected = Selected(match)
    focus: dict[Shape, set[Term]] = {}
    by_class: dict[tuple[States, frozenset[Term]], tuple[list[Shape], list[Shape]]] = {}
    for node, states in visits.seen.items():
        key = (states, selected.classes(node))
        if key not in by_class:
            reached = [automaton.shapes[state] for state in states if state in automaton.shapes]
            by_class[key] = selected.by_class(reached, key[1])
        sure, others = by_class[key]
        for shape in chain(sure, (shape for shape in others if selected(node, shape))):
            focus.setdefault(shape, set()).add(node)
    return Affected(
        {shape: frozenset(nodes) for shape, nodes in focus.items()},
        tuple(shape for shape in shapes if shape in automaton.unknown),
        _gained(automaton, focus, match, added, removed, walked),
    )


def _gained(
    automaton: Automaton,
    focus: Mapping[Shape, Collection[Term]],
    match: Match,
    added: Sequence[Edge],
    removed: Sequence[Edge],
    walked: Mapping[Term, States],
) -> Gained:
    """Find the focus nodes of which nothing changed but that they have values more."""
    new: dict[tuple[Term, ox.NamedNode], set[Term]] = {}
    for edge in added:
        new.setdefault((edge.subject, edge.predicate), set()).add(edge.object)
    less = {edge.subject for edge in removed}
    only: dict[Shape, list[Term]] = {}
    for shape, nodes in focus.items():
        start = automaton.starts[shape]
        if value_counts(shape) is not None:
            only[shape] = [
                node
                for node in nodes
                if start not in walked.get(node, NOWHERE)
                and node not in less
                and (node, _RDF_TYPE) not in new
            ]
    return gained(only, new, match)


def _backwards(
    automaton: Automaton, match: Match, added: Collection[Edge], removed: Collection[Edge]
) -> tuple[Visits, dict[Term, States]]:
    """Walk from triples to all from which they can be read, and in which states.

    Also returned is which nodes and states a walk came to over a triple that is not new.
    """
    visits = Visits()
    for edge in chain(added, removed):
        of_subject, of_object = automaton.readers(edge.predicate)
        visits.reach(edge.subject, of_subject)
        visits.reach(edge.object, of_object)
    new = {(edge.subject, edge.predicate, edge.object) for edge in added}
    walked: dict[Term, States] = {}

    def walk(edge: Edge, to: Term, states: States) -> None:
        visits.reach(to, states)
        if (edge.subject, edge.predicate, edge.object) not in new:
            walked[to] = walked.get(to, NOWHERE) | states

    for node, states in visits:
        forwards, backwards = automaton.behind(states)
        for edge in incoming(match, node, forwards):
            walk(edge, edge.subject, forwards.to(edge.predicate))
        for edge in outgoing(match, node, backwards):
            walk(edge, edge.object, backwards.to(edge.predicate))
    return visits, walked


class Selected:
    """Tells whether the targets of a shape select a node (SHACL §2.1.3)."""

    def __init__(self, match: Match):
        self._match = match
        self._classes: dict[Term, frozenset[Term]] = {}
        self._above: dict[Term, frozenset[Term]] = {}

    def __call__(self, node: Term, shape: Shape) -> bool:
        """Tell whether any target of a shape selects a node."""
        return any(self._by(target, node) for target in shape.targets)

    def _by(self, target: Target, node: Term) -> bool:
        term = target.term
        if target.kind == "node":
            return node == term
        if target.kind == "class":
            return term in self.classes(node)
        if not isinstance(term, ox.NamedNode):
            return False
        if target.kind == "objects":
            return next(self._match(None, term, node), None) is not None
        return (
            isinstance(node, ox.NamedNode | ox.BlankNode)
            and next(self._match(node, term, None), None) is not None
        )

    def by_class(
        self, shapes: Iterable[Shape], classes: Collection[Term]
    ) -> tuple[list[Shape], list[Shape]]:
        """Return the shapes that select nodes of some classes, and those that may otherwise."""
        sure: list[Shape] = []
        others: list[Shape] = []
        for shape in shapes:
            if any(one.kind == "class" and one.term in classes for one in shape.targets):
                sure.append(shape)
            elif any(one.kind != "class" for one in shape.targets):
                others.append(shape)
        return sure, others

    def classes(self, node: Term) -> frozenset[Term]:
        """Return the classes of a node and all above them."""
        if node not in self._classes:
            found = [self._upwards(edge.object) for edge in outgoing(self._match, node, _TYPE)]
            self._classes[node] = found[0] if len(found) == 1 else NOTHING.union(*found)
        return self._classes[node]

    def _upwards(self, cls: Term) -> frozenset[Term]:
        """Return a class and all above it."""
        if cls not in self._above:
            found = {cls}
            waiting = [cls]
            while waiting:
                for edge in outgoing(self._match, waiting.pop(), _SUBCLASS):
                    if edge.object not in found:
                        found.add(edge.object)
                        waiting.append(edge.object)
            self._above[cls] = frozenset(found)
        return self._above[cls]
