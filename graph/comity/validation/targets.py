"""Shapes aimed at chosen nodes, instead of at all that their targets select.

pySHACL can be given focus nodes, but then it takes every other node that it
meets on the way (a value that should conform to a shape) for conforming. So
the targets themselves are replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH

__all__ = ["aimed"]

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


def aimed(shapes: rdflib.Graph, data: rdflib.Graph, focus: Collection[str]) -> rdflib.Graph:
    """Return the shapes with targets that select only some nodes.

    A node is selected by the shapes whose targets would select it (SHACL
    §2.1.3: class-based, implicit class, node, subjects-of and objects-of
    targets); deactivated shapes and shapes without targets stay as they are.

    Parameters
    ----------
    shapes : rdflib.Graph
        A shapes graph; it is not changed.
    data : rdflib.Graph
        The data graph, with the classes' hierarchy.
    focus : collection of str
        IRIs of the nodes.

    Returns
    -------
    rdflib.Graph
        A copy of the shapes.
    """
    nodes = [rdflib.URIRef(iri) for iri in sorted(focus)]
    by_class = _by_class(data, nodes)
    copy = rdflib.Graph()
    implicit = _implicit_classes(shapes)
    for triple in shapes:
        subject, predicate, value = triple
        is_implicit = subject in implicit and predicate == RDF.type and value in _CLASSES
        if predicate not in _TARGETS and not is_implicit:
            copy.add(triple)
    for shape in implicit:
        for node in by_class.get(shape, ()):
            copy.add((shape, SH.targetNode, node))
    for predicate in _TARGETS:
        for shape, value in shapes.subject_objects(predicate):
            for node in _selected(predicate, value, data, nodes, by_class):
                copy.add((shape, SH.targetNode, node))
    return copy


_CLASSES = (RDFS.Class, OWL.Class)


def _implicit_classes(shapes: rdflib.Graph) -> set[rdflib.term.Node]:
    classes = {subject for kind in _CLASSES for subject in shapes.subjects(RDF.type, kind)}
    return {
        shape
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in shapes.subjects(RDF.type, kind)
        if shape in classes
    }


def _by_class(
    data: rdflib.Graph, nodes: list[rdflib.URIRef]
) -> dict[rdflib.term.Node, list[rdflib.URIRef]]:
    """Sort nodes by class, their classes' superclasses included."""
    above: dict[rdflib.term.Node, set[rdflib.term.Node]] = {}
    found: dict[rdflib.term.Node, list[rdflib.URIRef]] = {}
    for node in nodes:
        classes: set[rdflib.term.Node] = set()
        for direct in data.objects(node, RDF.type):
            if direct not in above:
                above[direct] = _upwards(data, direct)
            classes |= above[direct]
        for cls in classes:
            found.setdefault(cls, []).append(node)
    return found


def _upwards(data: rdflib.Graph, cls: rdflib.term.Node) -> set[rdflib.term.Node]:
    """Collect a class and all above it, without recursion: data may hold long chains."""
    found = {cls}
    waiting = [cls]
    while waiting:
        new = set(data.objects(waiting.pop(), RDFS.subClassOf)) - found
        found |= new
        waiting.extend(new)
    return found


def _selected(
    predicate: rdflib.term.Node,
    value: rdflib.term.Node,
    data: rdflib.Graph,
    nodes: list[rdflib.URIRef],
    by_class: dict[rdflib.term.Node, list[rdflib.URIRef]],
) -> Iterator[rdflib.URIRef]:
    if predicate == SH.targetClass:
        yield from by_class.get(value, ())
    elif predicate == SH.targetNode:
        yield from (node for node in nodes if node == value)
    elif predicate == SH.targetSubjectsOf:
        yield from (node for node in nodes if (node, value, None) in data)
    else:
        yield from (node for node in nodes if (None, value, node) in data)
