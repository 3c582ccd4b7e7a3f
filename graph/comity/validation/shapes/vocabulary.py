"""The terms of SHACL, and notes about those that a shapes graph has and SHACL has not."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pyoxigraph as ox
from rapidfuzz import process

from comity.validation.shapes.faults import about
from comity.validation.shapes.model import Node
from comity.validation.shapes.triples import FIRST, REST, Triples, written
from comity_ontology.prefixes import shorten
from comity_ontology.terms import OWL, RDF, SH

__all__ = ["TARGETS", "notes_about"]


def _iris(names: str) -> tuple[str, ...]:
    return tuple(SH.NS + name for name in names.split())


TARGETS = {
    SH.NS + "targetClass": "class",
    SH.NS + "targetNode": "node",
    SH.NS + "targetSubjectsOf": "subjects",
    SH.NS + "targetObjectsOf": "objects",
}
"""Kinds of targets by property (SHACL §2.1.3)."""
_OF_SHAPES = (
    *TARGETS,
    *_iris("path severity message deactivated"),
    *_iris("name description order group defaultValue"),
    *_iris("optional labelTemplate"),
    *_iris("declare entailment shapesGraph suggestedShapesGraph"),
)
_ELSEWHERE = (
    *_iris("inversePath alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath"),
    *_iris("sparql select ask prefixes prefix namespace"),
    *_iris("parameter validator nodeValidator propertyValidator"),
    *_iris("conforms result focusNode resultPath value resultMessage resultSeverity detail"),
    *_iris("sourceConstraintComponent sourceShape sourceConstraint"),
)
_ADVANCED = _iris(
    "target rule expression values js jsFunctionName jsLibrary jsLibraryURL filterShape condition "
    "construct returnType nodes union intersection this subject predicate object bodyShape "
    "update entailmentRule reifierShape reificationRequired memberShape minListLength "
    "maxListLength uniqueMembers singleLine someValue rootClass nodeByExpression"
)
_OTHER_CLASSES = _iris(
    "SPARQLConstraint SPARQLConstraintComponent ConstraintComponent "
    "Parameter Parameterizable PropertyGroup PrefixDeclaration SPARQLAskValidator "
    "SPARQLSelectValidator SPARQLAskExecutable SPARQLSelectExecutable SPARQLExecutable Validator "
    "ValidationReport ValidationResult AbstractResult NodeKind Severity ResultAnnotation"
)
_CLASSES = {*_iris("NodeShape PropertyShape Shape"), *_OTHER_CLASSES}
_MOST = 20
_IMPORTS = OWL.NS + "imports"


def notes_about(
    graph: Triples, shapes: Collection[Node], parameters: Collection[str]
) -> Iterator[str]:
    """Say what in a shapes graph has no effect although it looks as if it should.

    Parameters
    ----------
    graph : Triples
    shapes : collection of NamedNode or BlankNode
        Its shapes.
    parameters : collection of str
        IRIs of the parameters that are known.
    """
    of_shapes = {*_OF_SHAPES, *parameters}
    anywhere = {*of_shapes, *_ELSEWHERE}
    found: dict[str, list[Node]] = {}
    classes: dict[str, list[Node]] = {}
    for node in graph.subjects():
        types = {one.value for one in graph.values(node, RDF.type) if isinstance(one, ox.NamedNode)}
        for name in types:
            if name.startswith(SH.NS) and name not in _CLASSES:
                classes.setdefault(name, []).append(node)
        # What is also a constraint in SPARQL, or its parameter, has more to say.
        is_shape = node in shapes
        allowed = of_shapes if is_shape and types.isdisjoint(_OTHER_CLASSES) else anywhere
        for predicate in graph.predicates(node):
            known = predicate in allowed or not predicate.startswith(SH.NS)
            if not known and (is_shape or predicate not in _ADVANCED):
                found.setdefault(predicate, []).append(node)
    for predicate, nodes in found.items():
        said = f"{shorten(predicate)}, {_unknown(predicate, anywhere, sorted(of_shapes))}"
        yield about(graph, nodes[0], f"{_others(nodes)}has {said}", _kind(nodes[0], shapes))
    for kind, nodes in classes.items():
        said = f"is a {shorten(kind)}, which is not known here{_hint(kind, _CLASSES)}"
        yield about(graph, nodes[0], f"{_others(nodes)}{said}", _kind(nodes[0], shapes))
    yield from _undescribed(graph, shapes)
    yield from _imports(graph)


def _unknown(predicate: str, anywhere: Collection[str], likely: Collection[str]) -> str:
    if predicate in _ADVANCED:
        return "which is not part of SHACL Core or SHACL-SPARQL: it is not checked"
    if predicate in anywhere:
        return "which has no meaning for a shape: it is not checked"
    return f"which is not known and not checked{_hint(predicate, likely)}"


def _hint(iri: str, known: Collection[str]) -> str:
    names = [shorten(one) for one in known]
    nearest = process.extractOne(shorten(iri), names, score_cutoff=75)
    return f"; did you mean {nearest[0]}?" if nearest else ""


def _kind(node: Node, shapes: Collection[Node]) -> str:
    return "shape" if node in shapes else "node"


def _others(nodes: Collection[Node]) -> str:
    return f"(and {len(nodes) - 1:,} more) " if len(nodes) > 1 else ""


def _undescribed(graph: Triples, shapes: Collection[Node]) -> Iterator[str]:
    """Say which shapes are named but nowhere described: a slip of the pen, or a file missing."""
    lost = [one for one in shapes if isinstance(one, ox.NamedNode) and not graph.predicates(one)]
    for shape in lost[:_MOST]:
        said = f"names {written(shape)}, which is not described: every node conforms to it"
        yield about(graph, _namer(graph, shape), said)
    if len(lost) > _MOST:
        yield f"{len(lost) - _MOST:,} more shapes are named and not described"


def _namer(graph: Triples, shape: Node) -> Node:
    """Return the shape that names another, itself or in a list."""
    (node, predicate), seen = graph.links_to(shape)[0], {shape}
    while predicate in (FIRST, REST) and node not in seen and graph.links_to(node):
        seen.add(node)
        node, predicate = graph.links_to(node)[0]
    return node


def _imports(graph: Triples) -> Iterator[str]:
    """Say which graphs are imported and were not read: nothing is fetched."""
    for node in graph.subjects():
        for imported in graph.values(node, _IMPORTS):
            if not graph.predicates(imported):
                said = f"imports {written(imported)}, which is not read: name its file too"
                yield about(graph, node, said, "graph")
