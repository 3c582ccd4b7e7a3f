"""From a shapes graph to shapes (SHACL §2 and 3)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path as File

import pyoxigraph as ox

from comity.errors import InputError, NotSupported
from comity.readers import RdfFile, format_of_suffix, shown
from comity.validation.constraints.base import Constraint
from comity.validation.constraints.registry import COMPONENTS
from comity.validation.numbering import numbered
from comity.validation.shapes.at import At
from comity.validation.shapes.classes import subclasses
from comity.validation.shapes.faults import about, fault
from comity.validation.shapes.model import Node, Shape, Shapes, Target
from comity.validation.shapes.naming import shape_labels
from comity.validation.shapes.nesting import in_order
from comity.validation.shapes.path import Path
from comity.validation.shapes.read_path import read_path
from comity.validation.shapes.triples import Triples, written
from comity.validation.shapes.vocabulary import TARGETS, notes_about
from comity_ontology.terms import OWL, RDF, RDFS, SH

__all__ = ["read_shapes", "shapes_in", "shapes_of"]

_PATH = SH.NS + "path"
_DEACTIVATED = SH.NS + "deactivated"
_SHAPE_CLASSES = (SH.NodeShape, SH.PropertyShape, SH.NS + "Shape")
_ENTAILMENT = SH.NS + "entailment"
_NODE_SHAPE, _PROPERTY_SHAPE = ox.NamedNode(SH.NodeShape), ox.NamedNode(SH.PropertyShape)


def read_shapes(*files: str | os.PathLike[str]) -> Shapes:
    """Read the shapes in RDF files.

    Parameters
    ----------
    *files : path
        In any RDF syntax that the suffix tells (``.gz`` is looked through); ``-``
        is standard input, in TriG. Together they are one shapes graph.

    Returns
    -------
    Shapes

    Raises
    ------
    InputError
        A file cannot be read, or a shape is malformed; it is named.
    NotSupported
        The shapes ask for entailment.
    """
    graph = Triples()
    blanks = count(1)
    for file in files:
        name = os.fspath(file)
        if name != "-" and not format_of_suffix(name) and File(name).is_file():
            raise InputError(
                f"{shown(name)}: the suffix does not tell the RDF syntax: rename the file to .ttl, "
                ".trig, .nt, .nq, .rdf or .jsonld"
            )
        source = RdfFile(name, outcome="no shapes were read")
        for triple in numbered(source.quads(), "b", blanks):
            graph.add(triple, source.name)
    return shapes_in(graph)


def shapes_of(triples: Iterable[ox.Triple | ox.Quad], source: str = "") -> Shapes:
    """Read the shapes in triples; blank nodes stay what they are.

    Parameters
    ----------
    triples : iterable of Triple or Quad
    source : str
        Name of what they are from, for errors.

    Returns
    -------
    Shapes

    Raises
    ------
    InputError
        A shape is malformed; it is named.
    NotSupported
        The shapes ask for entailment.

    Examples
    --------
    >>> import pyoxigraph as ox
    >>> text = '''
    ...     @prefix sh: <http://www.w3.org/ns/shacl#> .
    ...     <urn:example:S> sh:targetNode <urn:example:n> ; sh:nodeKind sh:BlankNode .
    ... '''
    >>> [shape.name for shape in shapes_of(ox.parse(text, format=ox.RdfFormat.TURTLE))]
    ['urn:example:S']
    """
    graph = Triples()
    for triple in triples:
        graph.add(triple, source)
    return shapes_in(graph)


def shapes_in(graph: Triples) -> Shapes:
    """Read the shapes in a graph."""
    _refuse_entailment(graph)
    parameters: dict[str, list[int]] = {}
    for number, component in enumerate(COMPONENTS):
        for iri in component.declared(graph):
            parameters.setdefault(iri, []).append(number)
    found = dict.fromkeys(_shape_nodes(graph, parameters))
    reader = _Reader(graph, parameters)
    for node in in_order(graph, found):
        reader.read(node)
    shapes = reader.shapes
    targeted = [shape for shape in shapes.values() if shape.targets and not shape.deactivated]
    notes = [*reader.notes, *notes_about(graph, shapes, parameters)]
    if not targeted:
        notes.append("no shape has a target and is active: nothing is checked")
    return Shapes(
        targeted=tuple(sorted(targeted, key=lambda shape: shape.name)),
        names=shape_labels(graph, shapes.values()),
        notes=tuple(dict.fromkeys(notes)),
    )


def _refuse_entailment(graph: Triples) -> None:
    """Refuse what SHACL §1.5 says must not be passed over."""
    for node in graph.subjects():
        for regime in graph.values(node, _ENTAILMENT):
            said = (
                f"asks for sh:entailment {written(regime)}: nothing is inferred here; remove it, "
                "and put what should be inferred in the data"
            )
            raise NotSupported(about(graph, node, said, "graph"))


def _shape_nodes(graph: Triples, parameters: Iterable[str]) -> Iterator[Node]:
    """Iterate over the nodes that are shapes (§2.1), without those named by others."""
    marks = {*parameters, *TARGETS}
    kinds = subclasses(graph, _SHAPE_CLASSES)
    for node in graph.subjects():
        if not marks.isdisjoint(graph.predicates(node)) or not kinds.isdisjoint(
            graph.values(node, RDF.type)
        ):
            yield node


class _Reader:
    """Reads shapes one by one, each after those in it."""

    def __init__(self, graph: Triples, parameters: dict[str, list[int]]):
        self.graph = graph
        self.parameters = parameters
        self.shapes: dict[Node, Shape] = {}
        self.notes: list[str] = []
        self.classes = subclasses(graph, (RDFS.NS + "Class", OWL.Class))

    def read(self, node: Node) -> None:
        """Read a shape."""
        at = At(self.graph, node, self._path(node), self.shapes, self.notes)
        self.shapes[node] = Shape(
            node=node,
            path=at.path,
            targets=tuple(dict.fromkeys(self._targets(at))),
            constraints=tuple(self._constraints(at)),
            severity=at.iri(SH.severity) or SH.Violation,
            messages=tuple(at.messages()),
            deactivated=at.true(_DEACTIVATED),
        )

    def _constraints(self, at: At) -> Iterator[Constraint]:
        """Ask the components that the shape has parameters of, in their order."""
        asked = {
            number
            for predicate in self.graph.predicates(at.node)
            for number in self.parameters.get(predicate, ())
        }
        for number in sorted(asked):
            yield from COMPONENTS[number].read(at)

    def _path(self, node: Node) -> Path | None:
        value = At(self.graph, node).one(_PATH)
        types = self.graph.values(node, RDF.type)
        if value is None:
            if _PROPERTY_SHAPE in types:
                raise fault(self.graph, node, RDF.type, _PROPERTY_SHAPE, "it lacks sh:path: add it")
            return None
        if _NODE_SHAPE in types:
            advice = "a node shape has no sh:path: remove it, or make it a sh:PropertyShape"
            raise fault(self.graph, node, RDF.type, _NODE_SHAPE, advice)
        return read_path(self.graph, node, value)

    def _targets(self, at: At) -> Iterator[Target]:
        for parameter, kind in TARGETS.items():
            for value in at.values(parameter):
                if kind == "node":
                    yield Target(kind, at.kept(parameter, value))
                elif isinstance(value, ox.NamedNode):
                    yield Target(kind, value)
                else:
                    raise at.fault(parameter, value, "give an IRI")
        if isinstance(at.node, ox.NamedNode) and not self.classes.isdisjoint(at.values(RDF.type)):
            yield Target("class", at.node)
