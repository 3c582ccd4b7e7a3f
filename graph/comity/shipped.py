"""The ontology and codes that this version ships, as triples."""

from __future__ import annotations

import hashlib
from functools import cache

import pyoxigraph as ox

from comity_ontology import modules
from comity_ontology.prefixes import GRAPHS
from comity_ontology.terms import COMITY, RDFS, SKOS

__all__ = [
    "shipped_codes",
    "shipped_digests",
    "shipped_labels",
    "shipped_quads",
    "shipped_triples",
    "stored_triples",
]


@cache
def shipped_triples() -> dict[str, tuple[ox.Triple, ...]]:
    """Return the shipped triples by the IRI of their graph."""
    graphs: dict[str, list[ox.Triple]] = {}
    for module in modules():
        text = module.path.read_text(encoding="utf-8")
        parsed = ox.parse(input=text, format=ox.RdfFormat.TURTLE)
        graphs.setdefault(module.graph, []).extend(quad.triple for quad in parsed)
    return {graph: tuple(triples) for graph, triples in graphs.items()}


@cache
def shipped_codes() -> frozenset[str]:
    """Return the IRIs of the shipped codes and schemes."""
    return frozenset(
        triple.subject.value
        for triple in shipped_triples()[GRAPHS.CODES]
        if isinstance(triple.subject, ox.NamedNode)
    )


@cache
def shipped_digests() -> dict[str, str]:
    """Return the SHA-256 of the shipped triples, in hex, by the IRI of their graph."""
    return {
        graph: hashlib.sha256("\n".join(sorted(map(str, triples))).encode()).hexdigest()
        for graph, triples in shipped_triples().items()
    }


@cache
def stored_triples(graph: str) -> frozenset[ox.Triple]:
    """Return the shipped triples of a graph as the engine keeps them.

    It writes some values its own way: language tags in small letters, say.
    """
    engine = ox.Store()
    engine.extend(ox.Quad(*triple) for triple in shipped_triples()[graph])
    return frozenset(quad.triple for quad in engine)


@cache
def shipped_quads() -> frozenset[ox.Quad]:
    """Return all that each store of this version holds, the record of its version included."""
    sha256, meta = ox.NamedNode(COMITY.sha256), ox.NamedNode(GRAPHS.META)
    quads = {
        ox.Quad(ox.NamedNode(graph), sha256, ox.Literal(digest), meta)
        for graph, digest in shipped_digests().items()
    }
    for graph in shipped_triples():
        name = ox.NamedNode(graph)
        quads |= {
            ox.Quad(triple.subject, triple.predicate, triple.object, name)
            for triple in stored_triples(graph)
        }
    return frozenset(quads)


@cache
def shipped_labels() -> dict[str, str]:
    """Return the English labels of the shipped terms and codes by their IRI."""
    return {
        triple.subject.value: triple.object.value
        for triples in shipped_triples().values()
        for triple in triples
        if triple.predicate.value in (RDFS.label, SKOS.prefLabel)
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.Literal)
        and triple.object.language == "en"
    }
