"""Checks of candidates against the ontology's own words: what has which property, and where."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox

from comity.gate.checks import fault
from comity.gate.staging import Staging
from comity.shipped import shipped_triples
from comity.store import Store
from comity.validation import Result, Severity
from comity_ontology.prefixes import GRAPHS, current_base, shorten
from comity_ontology.terms import COMITY, DCTERMS, OA, RDF, RDFS

__all__ = ["curators_words", "domain_faults", "untyped"]

_CURATORS = (COMITY.Inference, COMITY.Correction, COMITY.IdentityDecision, OA.Annotation)


def curators_words(staging: Staging) -> Iterator[Result]:
    """Find inferences, corrections, identity decisions and notes outside the curation graph."""
    for cls in _CURATORS:
        for row in staging.select(f"?s a <{cls}>", "?s ?staged"):
            if row["staged"] != staging.graph_for(GRAPHS.CURATION):
                message = (
                    f"a {shorten(cls)} is a curator's word and no source's: put it in the graph "
                    f"<{GRAPHS.CURATION}>"
                )
                yield fault("CuratorsWord", row["s"].value, message)


def domain_faults(store: Store, staging: Staging) -> Iterator[Result]:
    """Find candidates with a property of Comity that is not one of their kind of thing.

    A property's domain and the classes above it are those of the ontology
    (RDF Schema 1.1, §3.2).
    """
    pattern = f'?s ?p ?value . FILTER(STRSTARTS(STR(?p), "{COMITY.NS}"))'
    for row in staging.select(pattern, "?s ?p"):
        predicate = row["p"].value
        wanted = _domains().get(predicate)
        classes = _classes(store, staging, row["s"])
        if wanted is None or any(wanted in _above(cls) for cls in classes):
            continue
        message = (
            f"{shorten(predicate)} is said of a {shorten(wanted)}, and nothing says that this "
            "is one: add the class or correct the property"
        )
        yield fault("Domain", row["s"].value, message, path=predicate)


def untyped(store: Store, staging: Staging) -> Iterator[Result]:
    """Find things of ours, by their IRI, of which nothing says what they are."""
    replaced = ox.NamedNode(DCTERMS.NS + "isReplacedBy")
    for subject in sorted(staging.subjects()):
        node = ox.NamedNode(subject)
        if (
            subject.startswith(current_base())
            and not subject.startswith(f"{current_base()}node/")
            and not _classes(store, staging, node)
            and not any(
                next(store.match(node, replaced, None, graph), None)
                for graph in _everywhere(staging)
            )
        ):
            message = "nothing says what this is, so no shape looks at it: add its class"
            yield fault("Typed", subject, message, severity=Severity.WARNING)


def _everywhere(staging: Staging) -> list[ox.NamedNode | ox.DefaultGraph]:
    return [ox.DefaultGraph(), *staging.graphs]


def _classes(store: Store, staging: Staging, node: ox.NamedNode) -> set[str]:
    return {
        quad.object.value
        for graph in _everywhere(staging)
        for quad in store.match(node, ox.NamedNode(RDF.type), None, graph)
        if isinstance(quad.object, ox.NamedNode)
    }


@cache
def _domains() -> dict[str, str]:
    """Return the domain of each property of Comity that has one."""
    return {
        subject: value for subject, value in _pairs(RDFS.domain) if subject.startswith(COMITY.NS)
    }


@cache
def _above(cls: str) -> frozenset[str]:
    """Return a class and all that the ontology puts above it."""
    found, waiting = {cls}, [cls]
    while waiting:
        one = waiting.pop()
        higher = {value for subject, value in _pairs(RDFS.subClassOf) if subject == one} - found
        found |= higher
        waiting.extend(higher)
    return frozenset(found)


@cache
def _pairs(predicate: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (triple.subject.value, triple.object.value)
        for triple in shipped_triples()[GRAPHS.ONTOLOGY]
        if triple.predicate.value == predicate
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.NamedNode)
    )
