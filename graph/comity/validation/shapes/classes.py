"""Classes of a shapes graph."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from comity.validation.shapes.model import Node, Term
from comity.validation.shapes.triples import Triples
from comity_ontology.terms import RDFS

__all__ = ["subclasses"]


def subclasses(graph: Triples, classes: Iterable[str]) -> set[Term]:
    """Return classes and their subclasses in a shapes graph."""
    below: dict[Term, list[Node]] = {}
    for node in graph.subjects():
        for above in graph.values(node, RDFS.subClassOf):
            below.setdefault(above, []).append(node)
    waiting: list[Term] = [ox.NamedNode(iri) for iri in classes]
    found = set(waiting)
    for current in waiting:
        new = [node for node in below.get(current, ()) if node not in found]
        found.update(new)
        waiting += new
    return found
