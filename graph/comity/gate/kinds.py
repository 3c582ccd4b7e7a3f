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
            if row["staged"].value != GRAPHS.CURATION:
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
    for used in list(staging.select(pattern, "?p")):
        predicate = used["p"].value
        wanted = _domains().get(predicate)
        if wanted is None:
            continue
        fitting = _below(wanted)
        listed = ", ".join(f"<{cls}>" for cls in sorted(fitting))
        misfits = (
            f"?s <{predicate}> ?value . FILTER NOT EXISTS {{ "
            f"GRAPH ?any {{ ?s a ?class }} FILTER(?class IN ({listed})) }}"
        )
        for row in staging.select(misfits, "?s"):
            if _stored_classes(store, row["s"]).isdisjoint(fitting):
                message = (
                    f"{shorten(predicate)} is said of a {shorten(wanted)}, and nothing says that "
                    "this is one: add the class or correct the property"
                )
                yield fault("Domain", row["s"].value, message, path=predicate)


def untyped(store: Store, staging: Staging) -> Iterator[Result]:
    """Find things of ours, by their IRI, of which nothing says what they are."""
    telling = (ox.NamedNode(RDF.type), ox.NamedNode(DCTERMS.NS + "isReplacedBy"))
    base = current_base()
    for subject in sorted(staging.subjects()):
        node = ox.NamedNode(subject)
        if (
            subject.startswith(base)
            and not subject.startswith(f"{base}node/")
            and not any(next(staging.match(node, each, None), None) for each in telling)
            and not any(
                next(store.match(node, each, None, ox.DefaultGraph()), None) for each in telling
            )
        ):
            message = "nothing says what this is, so no shape looks at it: add its class"
            yield fault("Typed", subject, message, severity=Severity.WARNING)


def _stored_classes(store: Store, node: ox.NamedNode) -> set[str]:
    return {
        quad.object.value
        for quad in store.match(node, ox.NamedNode(RDF.type), None, ox.DefaultGraph())
        if isinstance(quad.object, ox.NamedNode)
    }


@cache
def _domains() -> dict[str, str]:
    """Return the domain of each property of Comity that has one."""
    return {
        subject: value for subject, value in _pairs(RDFS.domain) if subject.startswith(COMITY.NS)
    }


@cache
def _below(cls: str) -> frozenset[str]:
    """Return a class and all that the ontology puts below it."""
    found, waiting = {cls}, [cls]
    while waiting:
        one = waiting.pop()
        lower = {subject for subject, value in _pairs(RDFS.subClassOf) if value == one} - found
        found |= lower
        waiting.extend(lower)
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
