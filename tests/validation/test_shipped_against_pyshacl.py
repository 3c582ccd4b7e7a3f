"""The shapes that ship, on the graph with all the faults of a file of cases: as pySHACL finds them.

Each case by itself is in ``tests/ontology/test_shapes_cases.py``; pySHACL takes a second for each.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from pyshacl import validate as run_pyshacl
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery

from comity.rdflib_terms import as_rdflib_term
from comity.store import EmbeddedStore
from comity.validation import Result, shipped_shapes, validate
from comity.validation.paths import path_text
from comity_ontology import modules, shapes
from comity_ontology.prefixes import DEFAULT_BASE, prefixes

CASES = Path(__file__).parents[1] / "cases" / "shapes"
NAMES = {**prefixes(DEFAULT_BASE), "change": f"{DEFAULT_BASE}change/"}
HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in NAMES.items())


class PreparedGraph(rdflib.Graph):
    """A graph that parses each query once: a shape asks the same of every focus node."""

    prepared = staticmethod(cache(prepareQuery))

    def query(self, query_object: Any, *arguments: Any, **options: Any) -> Any:
        if isinstance(query_object, str):
            query_object = self.prepared(query_object)
        return super().query(query_object, *arguments, **options)


@cache
def shapes_graph() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in shapes():
        graph.parse(data=path.read_text(encoding="utf-8"), format="turtle")
    return graph


def faulty(name: str) -> EmbeddedStore:
    """The valid graph, changed as all the cases of a file say, one after the other."""
    store = EmbeddedStore.in_memory()
    for file in (*(module.path for module in modules()), CASES / "valid.ttl"):
        store.add(ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=DEFAULT_BASE))
    for case in yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")).values():
        store.update(HEAD + case["change"])
    return store


def theirs(store: EmbeddedStore) -> set[tuple[str, ...]]:
    graph = PreparedGraph(bind_namespaces="none")
    for quad in store.engine.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        graph.add(tuple(map(as_rdflib_term, quad.triple)))  # type: ignore[arg-type]
    _, found, _ = run_pyshacl(graph, shacl_graph=shapes_graph(), inplace=True)
    assert isinstance(found, rdflib.Graph)

    def text(result: Any, part: Any) -> str:
        value = found.value(result, part)
        return "" if value is None else str(value)

    return {
        (
            text(result, SH.focusNode),
            path_text(found, found.value(result, SH.resultPath)),
            text(result, SH.value),
            text(result, SH.resultSeverity).rpartition("#")[2].lower(),
            text(result, SH.sourceShape),
            text(result, SH.sourceConstraintComponent),
            " ".join(sorted(map(str, found.objects(result, SH.resultMessage)))),
        )
        for result in found.objects(None, SH.result)
    }


def told(result: Result) -> tuple[str, ...]:
    return (
        result.focus,
        result.path,
        result.value,
        result.severity.word,
        result.shape,
        result.constraint,
        result.message,
    )


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.yaml")))
def test_the_same_is_found(name: str) -> None:
    store = faulty(name)
    report = validate(store, shipped_shapes())
    assert len(report.results) > 1
    assert {told(result) for result in report.results} == theirs(store)
