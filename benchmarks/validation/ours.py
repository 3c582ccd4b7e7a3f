"""Comity's own validation, in a process of its own: in memory, and of a store on disk."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from peers import STAGES, stage

import comity
from comity.store import Store
from comity.validation import validate
from comity_ontology.terms import COMITY

__all__ = ["check", "filled_from", "shapes_from"]

_DEFAULT = ox.DefaultGraph()


def shapes_from(file: str) -> Any:
    """Read shapes from a file."""
    try:
        from comity.validation import read_shapes
    except ImportError:  # the engine before
        import rdflib

        return rdflib.Graph().parse(file, format="turtle")
    return read_shapes(file)


def check(store: Store, shapes: Any, **what: Any) -> list[tuple[str, str, str]]:
    """Validate, and write the report."""
    report = validate(store, shapes, **what)
    report.to_json()
    return [(found.shape, found.constraint, found.focus) for found in report.results]


def filled_from(store: Store, data: str) -> None:
    """Put data into a store as the gate does: each statement in its source's graph and the default."""

    def quads() -> Iterator[ox.Quad]:
        graph: Any = None
        for quad in ox.parse(path=data, format=ox.RdfFormat.N_TRIPLES):
            if quad.predicate.value == COMITY.factGraph:
                graph = quad.object
            yield quad
            if graph is not None:
                yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)

    store.bulk(quads())


def main() -> None:
    """Validate data with shapes: ``memory``, or ``disk`` with a folder; ``fill`` makes that."""
    what, data, shapes_file, *folder = sys.argv[1:]
    results: list[tuple[str, str, str]] = []
    if what == "fill":
        with stage("load"), comity.open(folder[0]) as graph:
            filled_from(graph.store, data)
    else:
        with comity.open(folder[0] if what == "disk" else None) as graph:
            if what == "memory":
                with stage("load"):
                    filled_from(graph.store, data)
            with stage("validate"):
                results = check(graph.store, shapes_from(shapes_file))
    print(json.dumps({"version": comity.__version__, "stages": STAGES, "results": results}))


if __name__ == "__main__":
    main()
