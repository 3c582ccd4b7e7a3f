"""What shapes are called for people."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from comity.validation.paths import short_path
from comity.validation.shapes.faults import called
from comity.validation.shapes.model import Node, Shape, Term
from comity.validation.shapes.nesting import nested
from comity.validation.shapes.path import path_text
from comity.validation.shapes.triples import Triples, written
from comity_ontology.terms import RDFS, SH

__all__ = ["shape_labels"]

_PROPERTY = SH.NS + "property"


def shape_labels(graph: Triples, shapes: Iterable[Shape]) -> dict[str, str]:
    """Return what shapes are called for people, by IRI.

    That is ``sh:name`` or ``rdfs:label``, in English if there is one; before it,
    the name of the only shape whose property shape it is. A blank node has at
    least its path, and the shape that it is in.
    """
    listed = list(shapes)
    owners: dict[Term, list[Node]] = {}
    around: dict[Term, Node] = {}
    for shape in listed:
        for parameter, part in nested(graph, shape.node):
            around.setdefault(part, shape.node)
            if parameter == _PROPERTY:
                owners.setdefault(part, []).append(shape.node)
    found = {}
    for shape in listed:
        name = _label(graph, shape.node)
        of_shape = owners.get(shape.node, [])
        before = _label(graph, of_shape[0]) if len(of_shape) == 1 else ""
        if isinstance(shape.node, ox.BlankNode):
            owner: Node = shape.node
            while isinstance(owner, ox.BlankNode) and owner in around:
                owner = around[owner]
            if not before and isinstance(owner, ox.NamedNode):
                before = _label(graph, owner) or written(owner)
            name = name or short_path(path_text(shape.path))
            name = name or ("" if before else called(graph, shape.node).removeprefix("the "))
        elif not name:
            continue
        found[shape.name] = ": ".join(part for part in (before, name) if part)
    return found


def _label(graph: Triples, shape: Node) -> str:
    names = [
        (name.language not in ("en", None), name.value)
        for predicate in (SH.NS + "name", RDFS.label)
        for name in graph.values(shape, predicate)
        if isinstance(name, ox.Literal)
    ]
    return min(names)[1] if names else ""
