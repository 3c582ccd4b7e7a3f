"""Checks of candidates that need the store but no shapes: graphs, codes, time points."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from itertools import chain, product

import pyoxigraph as ox
from rapidfuzz import process

from comity import timepoints
from comity.gate.staging import Staging
from comity.store import Store, iri_of
from comity.store.base import Term
from comity.validation import Result, Severity
from comity_ontology.prefixes import GRAPHS, shorten
from comity_ontology.terms import CODE_NS, COMITY, EDTF, SHAPE_NS, SKOS

__all__ = [
    "documents_of",
    "fault",
    "graph_faults",
    "is_known",
    "record_faults",
    "time_faults",
    "unknown_codes",
]

_OPEN_TO_ALL = (GRAPHS.CURATION, GRAPHS.META, GRAPHS.CODES)


def fault(
    check: str,
    node: str,
    message: str,
    *,
    path: str = "",
    value: Term | str = "",
    severity: Severity = Severity.VIOLATION,
) -> Result:
    """Make the result of one of the gate's own checks, named like a shape."""
    return Result(
        severity,
        f"{SHAPE_NS}{check}",
        node,
        path,
        value.value if isinstance(value, ox.NamedNode | ox.Literal) else str(value),
        message,
        value_is_iri=isinstance(value, ox.NamedNode),
        datatype=value.datatype.value if isinstance(value, ox.Literal) else "",
        language=(value.language or "") if isinstance(value, ox.Literal) else "",
    )


def is_known(store: Store, staging: Staging, graph: str) -> bool:
    """Tell whether quads may name a graph: a fixed one, or one of a document.

    No document can make the ontology its own, nor the graphs where candidates wait.
    """
    if graph == GRAPHS.ONTOLOGY or graph.startswith(GRAPHS.STAGING):
        return False
    return graph in _OPEN_TO_ALL or bool(documents_of(store, staging, graph))


def documents_of(store: Store, staging: Staging, graph: str) -> set[str]:
    """Return the documents, stored or candidates, whose facts a graph holds."""
    pattern = (None, ox.NamedNode(COMITY.factGraph), ox.NamedNode(graph))
    found = chain(store.match(*pattern, ox.DefaultGraph()), staging.match(*pattern))
    return {iri_of(quad.subject) for quad in found}


def graph_faults(store: Store, staging: Staging) -> Iterator[Result]:
    """Find documents that claim a graph which is not theirs to fill."""
    for row in staging.select(f"?s <{COMITY.factGraph}> ?graph", "?s ?graph"):
        graph = row[1]
        if not isinstance(graph, ox.NamedNode) or not graph.value.startswith(GRAPHS.SOURCE):
            message = f"a document's facts go to a graph below {GRAPHS.SOURCE}"
        elif others := documents_of(store, staging, graph.value) - {row[0].value}:
            message = f"this graph holds the facts of {shorten(min(others))}: use one of its own"
        else:
            continue
        yield fault("FactGraph", row[0].value, message, path=COMITY.factGraph, value=graph)


def record_faults(
    store: Store, staging: Staging, made: Collection[str], renewed: Collection[str] = ()
) -> Iterator[Result]:
    """Find candidates that would rewrite what is known about documents and passages.

    The meta graph is written by adding documents and by loading; what it
    describes already, or what this load is about to describe (``made``), a
    file cannot add to; replacing a document renews what describes it.
    """
    meta = ox.NamedNode(GRAPHS.META)
    for subject in sorted(staging.subjects(GRAPHS.META) - set(renewed)):
        if next(store.match(ox.NamedNode(subject), None, None, meta), None):
            message = "is described already: replace its document to change that"
            yield fault("Described", subject, f"{shorten(subject)} {message}")
    for document in sorted(made):
        if next(staging.match(ox.NamedNode(document), None, None), None) is None:
            continue
        yield fault("Described", document, "the document that is made of this file describes it")


def unknown_codes(store: Store, staging: Staging) -> Iterator[Result]:
    """Find candidates that use a code which no scheme declares."""
    in_scheme = ox.NamedNode(SKOS.inScheme)

    def declared(code: ox.NamedNode) -> bool:
        stored = store.match(code, None, None, ox.NamedNode(GRAPHS.CODES))
        waiting = staging.match(code, None, None, GRAPHS.CODES)
        return next(chain(stored, waiting), None) is not None

    @cache
    def codes() -> list[str]:
        stored = store.match(None, in_scheme, None, ox.DefaultGraph())
        found = chain(stored, staging.match(None, in_scheme, None))
        return sorted({iri_of(quad.subject) for quad in found})

    verdicts: dict[str, str | None] = {}
    pattern = f'?s ?p ?code . FILTER(ISIRI(?code) && STRSTARTS(STR(?code), "{CODE_NS}"))'
    for row in staging.select(pattern, "?s ?p ?code"):
        code = row[2]
        if code.value not in verdicts:
            verdicts[code.value] = None
            if not declared(code):
                nearest = process.extractOne(code.value, codes(), score_cutoff=70)
                hint = f"; did you mean {shorten(nearest[0])}?" if nearest else ""
                verdicts[code.value] = f"{shorten(code.value)} is not a declared code{hint}"
        message = verdicts[code.value]
        if message:
            yield fault("DeclaredCode", row[0].value, message, path=row[1].value, value=code)


def time_faults(store: Store, staging: Staging) -> Iterator[Result]:
    """Find time points whose bounds do not follow from their EDTF value.

    A load may add to a time point that is stored, so both are looked at.
    """
    terms = [ox.NamedNode(term) for term in (COMITY.edtf, COMITY.earliest, COMITY.latest)]
    listed = ", ".join(map(str, terms))
    for row in staging.select(f"?s ?p ?value . FILTER(?p IN ({listed}))", "?s"):
        written, earliest, latest = (
            sorted(
                {
                    quad.object.value
                    for quad in chain(
                        store.match(row[0], term, None, ox.DefaultGraph()),
                        staging.match(row[0], term, None),
                    )
                    if isinstance(quad.object, ox.Literal)
                }
            )
            for term in terms
        )
        for edtf, first, last in product(written, earliest or [""], latest or [""]):
            message = timepoints.check(edtf, first or None, last or None)
            if message:
                value = ox.Literal(edtf, datatype=ox.NamedNode(EDTF))
                yield fault("TimePointBounds", row[0].value, message, value=value)
