"""Graphs for query tests, as plain RDF in both engines that must give the same rows.

The default graph is the set union of what stands in named graphs, as the gate keeps it;
the model and its codes are part of it. Each case has a data file that is only as large
as its story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse, serialize
from rdflib import Graph

from comity_ontology import modules

CASES = Path(__file__).parents[1] / "cases"


@dataclass(frozen=True)
class Engines:
    """The same triples in the embedded engine and in rdflib."""

    store: Store
    graph: Graph

    def embedded(self, text: str) -> list[dict[str, str]]:
        """Rows of a query in the embedded engine; what is unbound is left out."""
        solutions = self.store.query(text)
        names = [variable.value for variable in solutions.variables]
        return [
            {name: term.value for name in names if (term := solution[name]) is not None}
            for solution in solutions
        ]

    def rdflib(self, text: str) -> list[dict[str, str]]:
        """Rows of a query in rdflib; what is unbound is left out."""
        result = self.graph.query(text)
        return [
            {str(name): str(term) for name, term in binding.items() if term is not None} for binding in result.bindings
        ]


@cache
def _model() -> tuple[Quad, ...]:
    quads = []
    for module in modules():
        for quad in parse(module.path.read_bytes(), format=RdfFormat.TURTLE):
            quads.append(quad)
    return tuple(quads)


@cache
def engines(*files: Path) -> Engines:
    """Load files and the model: named graphs as they are, and their set union as default graph."""
    store = Store()
    read = [quad for file in files for quad in parse(path=file)]
    store.extend(read)
    union = {Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in (*read, *_model())}
    store.extend(union)
    graph = Graph()
    graph.parse(data=serialize(_triples(union), format=RdfFormat.N_TRIPLES), format="nt")
    return Engines(store, graph)


def _triples(quads: Iterable[Quad]) -> list[object]:
    return [quad.triple for quad in quads]


@pytest.fixture(scope="session")
def load() -> Callable[..., Engines]:
    """Give the function that loads data files; the same files are loaded once."""
    return engines


@pytest.fixture(scope="session")
def seed() -> Engines:
    """The shipped example: what its document says, what its curator adds, and its passages."""
    folder = Path(str(files("comity"))) / "examples"
    found = sorted(folder.glob("kosgeb-kobia-2021-02-25.*.trig"))
    return engines(*found, CASES / "seed" / "passages.trig")
