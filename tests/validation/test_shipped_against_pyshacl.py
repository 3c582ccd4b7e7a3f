"""The shapes that ship, on the graph with all the faults of a file of cases: as pySHACL finds them.

Each case by itself is in ``tests/ontology/test_shapes_cases.py``; pySHACL takes a second for each.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from pyshacl import validate as run_pyshacl
from rdflib.plugins.sparql import prepareQuery

from comity.rdflib_terms import as_rdflib_term, as_stored_term
from comity.store import EmbeddedStore
from comity.validation import shipped_shapes, validate
from comity_ontology import modules, shapes
from comity_ontology.prefixes import DEFAULT_BASE, prefixes
from comity_ontology.terms import RDF, SH

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


def theirs(triples: Any, store: EmbeddedStore) -> set[tuple[Any, ...]]:
    graph = PreparedGraph(bind_namespaces="none")
    for quad in store.engine.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        graph.add(tuple(map(as_rdflib_term, quad.triple)))  # type: ignore[arg-type]
    _, found, _ = run_pyshacl(graph, shacl_graph=shapes_graph(), inplace=True)
    assert isinstance(found, rdflib.Graph)
    report = triples(ox.Triple(*map(as_stored_term, one)) for one in found)
    (node,) = report.subjects(RDF.type, ox.NamedNode(SH.ValidationReport))
    return worded(report.said(node, messages=True)[1])


def worded(said: Any) -> set[tuple[Any, ...]]:
    """Results with the words of their messages: pySHACL forgets the language of some."""
    return {(*parts, frozenset(one.value for one in messages)) for *parts, messages in said}


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.yaml")))
def test_the_same_is_found(triples: Any, told: Callable[..., Any], name: str) -> None:
    store = faulty(name)
    report = validate(store, shipped_shapes())
    assert len(report.results) > 1
    assert worded(told(report, messages=True)[1]) == theirs(triples, store)
