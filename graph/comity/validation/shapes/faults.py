"""Errors about shapes, which say where the shape is."""

from __future__ import annotations

import pyoxigraph as ox

from comity.errors import InputError
from comity.validation.shapes.model import Node, Term
from comity.validation.shapes.triples import Triples, written
from comity_ontology.prefixes import shorten
from comity_ontology.terms import SH

__all__ = ["about", "called", "fault"]

_PATH = SH.NS + "path"
_TARGETS = {
    SH.NS + "targetClass": "target class",
    SH.NS + "targetNode": "target node",
    SH.NS + "targetSubjectsOf": "target of subjects of",
    SH.NS + "targetObjectsOf": "target of objects of",
}
_MOST = 1_000


def fault(
    graph: Triples, node: Node, parameter: str, value: Term | None, advice: str
) -> InputError:
    """Make an error about a value of a property of a shape.

    Parameters
    ----------
    graph : Triples
    node : NamedNode or BlankNode
        The shape.
    parameter : str
        IRI of the property.
    value : Term or None
        ``None`` where there is none, or it is no use to show it.
    advice : str
        What was expected, and what to do.
    """
    shown = "" if value is None else f" {written(value)}"
    return InputError(about(graph, node, f"has {shorten(parameter)}{shown}: {advice}"))


def about(graph: Triples, node: Node, said: str, kind: str = "shape") -> str:
    """Say something about a shape, or another kind of node: the file, which one, and what."""
    source = graph.source(node)
    where = f"{source}: " if source else ""
    return f"{where}{called(graph, node, kind)} {said}"


def called(graph: Triples, node: Node, kind: str = "shape") -> str:
    """Say which shape it is: by its IRI, else by what it is part of and its path.

    Examples
    --------
    >>> import pyoxigraph as ox
    >>> called(Triples(), ox.NamedNode("urn:example:S"))
    'shape urn:example:S'
    """
    if isinstance(node, ox.NamedNode):
        return f"{kind} {written(node)}"
    more = ""
    for predicate, words in _TARGETS.items():
        if values := graph.values(node, predicate):
            more = f" with {words} {written(values[0])}"
            break
    properties = ", ".join(dict.fromkeys(_properties(graph, node)))
    more += f" for path {properties}" if properties else ""
    owner = _owner(graph, node)
    if owner is not None:
        return f"the {kind}{more} in {written(owner)}"
    return f"the {kind}{more}" if more else f"the {kind} {node}"


def _properties(graph: Triples, node: Node) -> list[str]:
    """Collect the properties that a path leads over."""
    found: list[str] = []
    waiting = list(graph.values(node, _PATH)[:1])
    for _ in range(_MOST):
        if not waiting or len(found) > 5:
            break
        step = waiting.pop()
        if isinstance(step, ox.BlankNode):
            inside = [v for p in graph.predicates(step) for v in graph.values(step, p)]
            waiting += reversed(inside)
        elif isinstance(step, ox.NamedNode) and not step.value.endswith("#nil"):
            found.append(written(step))
    return found


def _owner(graph: Triples, node: Node) -> ox.NamedNode | None:
    """Return the nearest named node that leads to a blank one."""
    waiting: list[Node] = [node]
    seen: set[Node] = {node}
    for current in waiting:
        for subject, _ in graph.links_to(current):
            if isinstance(subject, ox.NamedNode):
                return subject
            if subject not in seen and len(seen) < _MOST:
                seen.add(subject)
                waiting.append(subject)
    return None
