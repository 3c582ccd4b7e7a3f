"""Comity's own validation, in a process of its own: in memory, and of a store on disk."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import pyoxigraph as ox
from peers import STAGES, stage

import comity
from comity.store import Store
from comity.validation import Shapes, read_shapes, validate
from comity_ontology.prefixes import DEFAULT_BASE, GRAPHS
from comity_ontology.terms import COMITY

__all__ = ["WAYS", "check", "filled_from", "in_graphs"]

WAYS = ("memory-plain", "memory", "disk")  # in memory: the triples once, or as the gate stores them
_APART = {
    **dict.fromkeys(("correction", "identity", "inference", "note"), ox.NamedNode(GRAPHS.CURATION)),
    **dict.fromkeys(("load", "passage", "source"), ox.NamedNode(GRAPHS.META)),
}


def check(store: Store, shapes: Shapes) -> list[tuple[str, str, str]]:
    """Validate, and write the report."""
    report = validate(store, shapes)
    report.to_json()
    return [(found.shape, found.constraint, found.focus) for found in report.results]


def in_graphs(data: str) -> Iterator[ox.Quad]:
    """Read N-Triples, and say in which graph the gate would put each: the source's or another."""
    source = ox.NamedNode(GRAPHS.ONTOLOGY)  # which the register begins with
    for quad in ox.parse(path=data, format=ox.RdfFormat.N_TRIPLES):
        subject, predicate, value, _ = quad
        if predicate.value == COMITY.factGraph:
            source = value
        kind = subject.value.removeprefix(DEFAULT_BASE).partition("/")[0]
        yield ox.Quad(subject, predicate, value, _APART.get(kind, source))


def filled_from(store: Store, data: str) -> None:
    """Put N-Triples into a store as the gate does: in a graph, and in the default graph."""
    store.bulk(
        twin
        for quad in in_graphs(data)
        for twin in (quad, ox.Quad(quad.subject, quad.predicate, quad.object))
    )


def _plainly_filled(store: Store, data: str) -> None:
    """Put N-Triples into the default graph alone, which is what is checked."""
    store.bulk(ox.parse(path=data, format=ox.RdfFormat.N_TRIPLES))


def main() -> None:
    """Validate data in one of the ways, with a folder for ``disk``, which ``fill`` makes."""
    what, data, shapes_file, *folder = sys.argv[1:]
    results: list[tuple[str, str, str]] = []
    if what == "fill":
        with stage("load"), comity.open(folder[0]) as graph:
            filled_from(graph.store, data)
    else:
        with comity.open(folder[0] if what == "disk" else None) as graph:
            if what != "disk":
                with stage("load"):
                    (filled_from if what == "memory" else _plainly_filled)(graph.store, data)
            shapes = read_shapes(shapes_file)
            with stage("validate"):
                results = check(graph.store, shapes)
    print(json.dumps({"version": comity.__version__, "stages": STAGES, "results": results}))


if __name__ == "__main__":
    main()
