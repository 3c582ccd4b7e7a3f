"""What the diagram of the model shows: classes, and the properties that lead from one to another.

Both are read from the Turtle: classes and ranges from the ontology, and what a value must be
from the shapes, which say more (a range is one class, a shape may allow several).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pyoxigraph as ox

from comity_ontology import modules, shapes
from comity_ontology.prefixes import shorten
from comity_ontology.terms import COMITY, OWL, PROV, RDF, RDFS, SH, SHAPE_NS, SKOS

__all__ = ["ANY", "Edge", "classes", "edges", "parents"]

Edge = tuple[str, str, str]
"""From, property, to, in short form; what several classes may be is a shape's label."""

ANY = "anything"
TARGET_CLASS = SH.NS + "targetClass"


@cache
def _model() -> ox.Store:
    store = ox.Store()
    for path in (*(module.path for module in modules()), *shapes()):
        store.load(path.read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=ox.DefaultGraph())
    return store


def _values(subject: str, predicate: str) -> list[str]:
    found = _model().quads_for_pattern(
        ox.NamedNode(subject), ox.NamedNode(predicate), None, ox.DefaultGraph()
    )
    return sorted(quad.object.value for quad in found)


def _subjects(predicate: str, value: str | None = None) -> list[str]:
    found = _model().quads_for_pattern(
        None, ox.NamedNode(predicate), ox.NamedNode(value) if value else None, ox.DefaultGraph()
    )
    return sorted({q.subject.value for q in found if isinstance(q.subject, ox.NamedNode)})


def classes() -> set[str]:
    """Return the classes of the ontology, and those of others that the shapes aim at."""
    ours = {iri for iri in _subjects(RDF.type, OWL.Class) if iri.startswith(COMITY.NS)}
    aimed = {iri for shape in _subjects(TARGET_CLASS) for iri in _values(shape, TARGET_CLASS)}
    return {shorten(iri) for iri in ours | aimed if not iri.startswith((SKOS.NS, SH.NS))}


def parents() -> set[Edge]:
    """Return which class of the diagram is a kind of another."""
    shown = classes()
    return {
        (shorten(iri), "is a", shorten(parent))
        for iri in _subjects(RDFS.subClassOf)
        for parent in _values(iri, RDFS.subClassOf)
        if {shorten(iri), shorten(parent)} <= shown
    }


def edges() -> set[Edge]:
    """Return the properties between classes, without evidence, which nearly all have.

    What a class has from another of the diagram is shown there only.
    """
    shown = classes()
    found = set(_by_shapes())
    told = {(start, name) for start, name, _ in found}
    found |= {edge for edge in _by_ranges() if edge[:2] not in told and edge[2] in {*shown, ANY}}
    inherited = {
        (child, name, end)
        for child, _, parent in parents()
        for start, name, end in found
        if start == parent
    }
    return {
        edge
        for edge in found - inherited
        if edge[0] in shown and edge[1] != shorten(PROV.wasDerivedFrom)
    }


def _by_ranges() -> Iterator[Edge]:
    for name in _subjects(RDF.type, OWL.ObjectProperty):
        for start in _values(name, RDFS.domain):
            for end in _values(name, RDFS.range) or [ANY]:
                yield shorten(start), shorten(name), shorten(end) if end != ANY else ANY


def _by_shapes() -> Iterator[Edge]:
    for shape in _subjects(TARGET_CLASS):
        for constraint in (shape, *_constraints(shape)):
            for path in _values(constraint, SH.NS + "path"):
                for end in _kinds(constraint):
                    for start in _values(shape, TARGET_CLASS):
                        yield shorten(start), shorten(path), end


def _constraints(shape: str) -> list[str]:
    """Return the property shapes of a shape, those of its alternatives too."""
    rows: Any = _model().query(
        f"PREFIX sh: <{SH.NS}> PREFIX rdf: <{RDF.NS}> SELECT DISTINCT ?it {{ "
        f"<{shape}> (sh:or/rdf:rest*/rdf:first)?/sh:property ?it FILTER(isIRI(?it)) }} ORDER BY ?it"
    )
    return [row["it"].value for row in rows]


def _kinds(constraint: str) -> Iterator[str]:
    """Yield what a value may be: a class, or the label of a shape that allows several."""
    yield from (shorten(iri) for iri in _values(constraint, SH.NS + "class"))
    for node in _values(constraint, SH.NS + "qualifiedValueShape"):
        yield from (shorten(iri) for iri in _values(node, SH.NS + "class"))
    for node in _values(constraint, SH.NS + "node"):
        if node.startswith(SHAPE_NS) and _is_kind(node):
            yield from _values(node, RDFS.label)


def _is_kind(shape: str) -> bool:
    """Tell whether a shape only says of which classes something may be."""
    return bool(_values(shape, SH.NS + "or")) and not _values(shape, SH.NS + "property")
