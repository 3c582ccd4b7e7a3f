"""The shipped shapes in two files, those of SHACL Core and those in SPARQL, for every engine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from comity_ontology import shapes as shipped
from comity_ontology.prefixes import prefixes
from comity_ontology.terms import OWL, RDF, SH

__all__ = ["shipped_triples", "write_shapes"]

_SPARQL = SH.NS + "sparql"
_TARGETS = tuple(
    SH.NS + name
    for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "severity")
)
_NOTHING = """@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:shape> a sh:NodeShape ; sh:targetNode <urn:nobody> ; sh:nodeKind sh:IRI .
"""


def shipped_triples() -> list[ox.Triple]:
    """Read the shipped shapes."""
    return [
        quad.triple
        for file in shipped()
        for quad in ox.parse(input=file.read_text(encoding="utf-8"), format=ox.RdfFormat.TURTLE)
    ]


def write_shapes(folder: Path) -> None:
    """Write ``core.ttl``, ``sparql.ttl`` and ``nothing.ttl``, which targets no node of the data."""
    triples = shipped_triples()
    queries = {triple.object for triple in triples if triple.predicate.value == _SPARQL}
    while more := _parts(queries, triples) - queries:
        queries |= more
    shapes = {triple.subject for triple in triples if triple.predicate.value == _SPARQL}
    prefixed = {
        triple.subject
        for triple in triples
        if triple.object.value in (SH.NS + "PrefixDeclaration", OWL.Ontology)
    }
    core = [t for t in triples if t.subject not in queries and t.predicate.value != _SPARQL]
    sparql = [
        triple
        for triple in triples
        if triple.subject in queries | prefixed
        or (triple.subject in shapes and triple.predicate.value in (RDF.type, _SPARQL, *_TARGETS))
    ]
    for name, content in (("core", core), ("sparql", sparql)):
        with (folder / f"{name}.ttl").open("wb") as stream:
            ox.serialize(content, stream, format=ox.RdfFormat.TURTLE, prefixes=prefixes())
    (folder / "nothing.ttl").write_text(_NOTHING)


def _parts(nodes: set[ox.NamedNode], triples: Iterable[ox.Triple]) -> set[ox.BlankNode]:
    return {
        triple.object
        for triple in triples
        if triple.subject in nodes and isinstance(triple.object, ox.BlankNode)
    }
