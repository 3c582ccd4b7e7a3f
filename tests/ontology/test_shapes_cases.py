"""What the shapes report on a small graph, and on every change to it that they are there for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from rdflib import SH, Graph, URIRef

from comity.store import EmbeddedStore
from comity.validation import Report, shipped_shapes, validate
from comity_ontology import modules, shapes
from comity_ontology.prefixes import DEFAULT_BASE, VOCABULARIES, prefixes
from comity_ontology.terms import PROV, RDF

CASES = Path(__file__).parents[1] / "cases" / "shapes"
CHANGES: dict[str, dict[str, Any]] = {
    f"{path.stem}: {name}": case
    for path in sorted(CASES.glob("*.yaml"))
    for name, case in yaml.safe_load(path.read_text(encoding="utf-8")).items()
}
NAMES = {**prefixes(DEFAULT_BASE), "change": f"{DEFAULT_BASE}change/"}
WITHOUT_EVIDENCE = {
    "TimePoint",
    "SourceDocument",
    "Passage",
    "TextPositionSelector",
    "TextQuoteSelector",
    "IdentityDecision",
    "Annotation",
    "Load",
    "Discard",
}

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in NAMES.items())

Found = list[tuple[str, str, str]]


@cache
def shapes_graph() -> Graph:
    graph = Graph()
    for path in shapes():
        graph.parse(data=path.read_text(encoding="utf-8"), format="turtle")
    return graph


@cache
def valid() -> tuple[ox.Quad, ...]:
    files = [*(module.path for module in modules()), CASES / "valid.ttl"]
    return tuple(
        quad
        for file in files
        for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=DEFAULT_BASE)
    )


@pytest.fixture
def data() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    store.bulk(valid())
    return store


def check(data: EmbeddedStore) -> Report:
    return validate(data, shipped_shapes())


def report(data: EmbeddedStore) -> Found:
    """Severity, shape and focus node of each result, without repeats."""
    found = {
        (result.severity.word.capitalize(), _short(result.shape), _short(result.focus))
        for result in check(data).results
    }
    return sorted(found)


def _short(term: Any) -> str:
    for start in (str(SH), VOCABULARIES["shape"], DEFAULT_BASE):
        if str(term).startswith(start):
            return str(term).removeprefix(start)
    return str(term)


def test_valid_graph_conforms_without_a_remark(data):
    assert report(data) == []


@pytest.mark.parametrize("name", CHANGES)
def test_change_is_reported_exactly(name, data):
    case = CHANGES[name]
    before = set(data.engine)
    data.update(HEAD + case["change"])
    assert set(data.engine) != before
    assert report(data) == sorted(tuple(line.split()) for line in case["expect"])


def test_every_node_needs_evidence_but_for_seven_kinds(data):
    kinds = {kind for _, shape, kind in _targets() if shape == "Named"} - WITHOUT_EVIDENCE
    described = {
        _short(quad.subject.value)
        for quad in data.engine.quads_for_pattern(None, ox.NamedNode(RDF.type), None)
        if _local(quad.object.value) in kinds and quad.subject.value.startswith(DEFAULT_BASE)
    }
    assert len(kinds) == 20
    data.update(f"DELETE WHERE {{ ?node <{PROV.wasDerivedFrom}> ?passage }}")
    assert {focus for _, shape, focus in report(data) if shape == "evidence"} == described


def test_no_kind_of_node_may_be_blank(data):
    kinds = [kind for _, shape, kind in _targets() if shape == "Named"]
    for _, shape, kind in _targets(full=True):
        if shape == "Named":
            data.update(f"INSERT DATA {{ [] a <{kind}> }}")
    found = [focus for severity, shape, focus in report(data) if shape == "Named"]
    assert len(found) == len(kinds) == 28


def test_message_names_what_is_wrong(data):
    data.update(HEAD + CHANGES["curation: inference of what is not in the graph"]["change"])
    assert [result.message for result in check(data).results] == [
        f"The graph does not hold the triple {DEFAULT_BASE}agency/eto "
        f"{VOCABULARIES['comity']}ofCountry {DEFAULT_BASE}country/fi that this inference "
        "describes. State it in the curation graph, or remove the inference."
    ]


def test_every_shape_that_reports_has_a_case():
    tried = {line.split()[1] for case in CHANGES.values() for line in case["expect"]}
    graph = shapes_graph()
    reporting = {
        _short(shape)
        for shape in graph.subjects(SH.severity)
        if graph.value(shape, SH.message) or graph.value(shape, SH.sparql)
    }
    assert reporting - tried == {"Named", "evidence"}  # tried above, for each kind of node


def _targets(*, full: bool = False) -> list[tuple[str, str, str]]:
    return [
        ("", _short(shape), str(kind) if full else _local(kind))
        for shape, kind in shapes_graph().subject_objects(SH.targetClass)
    ]


def _local(kind: Any) -> str:
    return URIRef(kind).rsplit("#", 1)[-1].rsplit("/", 1)[-1]
