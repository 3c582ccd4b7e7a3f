"""What shapes are called for people."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from comity.validation.shapes.model import Node, Term
from comity.validation.shapes.triples import Triples
from comity_ontology.terms import RDFS, SH

__all__ = ["shape_labels"]

_PROPERTY = SH.NS + "property"


def shape_labels(graph: Triples, shapes: Iterable[Node]) -> dict[str, str]:
    """Return what shapes are called for people, by IRI.

    That is ``sh:name`` or ``rdfs:label``, in English if there is one; before it,
    the name of the only shape whose property shape it is.
    """
    owners: dict[Term, list[Node]] = {}
    listed = list(shapes)
    for owner in listed:
        for part in graph.values(owner, _PROPERTY):
            owners.setdefault(part, []).append(owner)
    found = {}
    for shape in listed:
        name = _label(graph, shape)
        if not name:
            continue
        of_shape = owners.get(shape, [])
        owner_name = _label(graph, of_shape[0]) if len(of_shape) == 1 else ""
        key = shape.value if isinstance(shape, ox.NamedNode) else str(shape)
        found[key] = f"{owner_name}: {name}" if owner_name else name
    return found


def _label(graph: Triples, shape: Node) -> str:
    names = [
        (name.language not in ("en", None), name.value)
        for predicate in (SH.NS + "name", RDFS.label)
        for name in graph.values(shape, predicate)
        if isinstance(name, ox.Literal)
    ]
    return min(names)[1] if names else ""
