"""The record that a load leaves in the meta graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pyoxigraph as ox

from comity.gate.report import LoadReport
from comity.store import Store
from comity_ontology.prefixes import GRAPHS, current_base
from comity_ontology.terms import COMITY, DCTERMS, PROV, RDF, XSD

__all__ = ["add_to_meta", "load_record"]


def load_record(
    report: LoadReport, documents: Sequence[str], started: datetime, replays: Sequence[str] = ()
) -> Iterator[ox.Quad]:
    """Describe a load: when, from which files, what it replays, and its account."""
    node = ox.NamedNode(f"{current_base()}load/{report.load}")
    graph = ox.NamedNode(GRAPHS.META)

    def about(predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(node, ox.NamedNode(predicate), value, graph)

    yield about(RDF.type, ox.NamedNode(COMITY.Load))
    yield about(
        PROV.startedAtTime,
        ox.Literal(f"{started:%Y-%m-%dT%H:%M:%SZ}", datatype=ox.NamedNode(XSD.dateTime)),
    )
    for document in documents:
        yield about(PROV.used, ox.NamedNode(document))
    for load in replays:
        yield about(PROV.wasInformedBy, ox.NamedNode(f"{current_base()}load/{load}"))
    for file in report.files:
        # The name alone: where it lay on somebody's disk is nobody's business.
        yield about(DCTERMS.source, ox.Literal(Path(file).name))
    for predicate, count in (
        (COMITY.readCount, report.read),
        (COMITY.acceptedCount, report.accepted),
        (COMITY.quarantinedCount, report.quarantined),
        (COMITY.duplicateCount, report.duplicate),
        (COMITY.supersededCount, report.superseded),
        (COMITY.outOfScopeCount, report.out_of_scope),
    ):
        yield about(predicate, ox.Literal(count))
    if not report.validated:
        yield about(COMITY.shapesChecked, ox.Literal(False))


def add_to_meta(store: Store, quads: Iterable[ox.Quad]) -> None:
    """Add what is known about loads to the meta graph and the default graph, in one step."""
    data = " .\n".join(str(quad.triple) for quad in quads)
    store.update(f"INSERT DATA {{ GRAPH <{GRAPHS.META}> {{ {data} }} {data} }}")
