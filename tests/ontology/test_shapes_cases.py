"""What the shapes report on a small graph, and on every change to it that they are there for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pyshacl import validate
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.namespace import PROV
from rdflib.plugins.sparql import prepareQuery

from comity_ontology import modules, shapes
from comity_ontology.prefixes import DEFAULT_BASE, VOCABULARIES, prefixes

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

Found = list[tuple[str, str, str]]


class PreparedGraph(Graph):
    """A graph that parses each query text once: a shape asks the same of every focus node."""

    prepared = staticmethod(cache(prepareQuery))

    def query(self, query_object: Any, *arguments: Any, **options: Any) -> Any:
        if isinstance(query_object, str):
            query_object = self.prepared(query_object)
        return super().query(query_object, *arguments, **options)


@cache
def shapes_graph() -> Graph:
    graph = Graph()
    for path in shapes():
        graph.parse(data=path.read_text(encoding="utf-8"), format="turtle")
    return graph


@cache
def valid() -> Graph:
    graph = Graph()
    for module in modules():
        graph.parse(data=module.path.read_text(encoding="utf-8"), format="turtle")
    return graph.parse(CASES / "valid.ttl", format="turtle")


@pytest.fixture
def data() -> Graph:
    graph = PreparedGraph(bind_namespaces="none")
    for triple in valid():
        graph.add(triple)
    return graph


def report(data: Graph) -> Found:
    """Severity, shape and focus node of each result, without repeats."""
    _, results, _ = validate(data, shacl_graph=shapes_graph(), inplace=True)
    assert isinstance(results, Graph)
    found = {
        tuple(_short(results.value(result, part)) for part in
              (SH.resultSeverity, SH.sourceShape, SH.focusNode))
        for result in results.objects(None, SH.result)
    }  # fmt: skip
    return sorted(found)  # type: ignore[arg-type]


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
    before = set(data)
    data.update(case["change"], initNs=NAMES)
    assert set(data) != before
    assert report(data) == sorted(tuple(line.split()) for line in case["expect"])


def test_every_node_needs_evidence_but_for_seven_kinds(data):
    kinds = {kind for _, shape, kind in _targets() if shape == "Named"} - WITHOUT_EVIDENCE
    described = {
        _short(node)
        for node, kind in data.subject_objects(RDF.type)
        if _local(kind) in kinds and str(node).startswith(DEFAULT_BASE)
    }
    assert len(kinds) == 20
    data.remove((None, PROV.wasDerivedFrom, None))
    assert {focus for _, shape, focus in report(data) if shape == "evidence"} == described


def test_no_kind_of_node_may_be_blank(data):
    kinds = [kind for _, shape, kind in _targets() if shape == "Named"]
    for _, shape, kind in _targets(full=True):
        if shape == "Named":
            data.update(f"INSERT DATA {{ [] a <{kind}> }}")
    found = [focus for severity, shape, focus in report(data) if shape == "Named"]
    assert len(found) == len(kinds) == 28


def test_message_names_what_is_wrong(data):
    data.update(
        CHANGES["curation: inference of what is not in the graph"]["change"],
        initNs=NAMES,
    )
    _, results, _ = validate(data, shacl_graph=shapes_graph(), inplace=True)
    assert list(results.objects(None, SH.resultMessage)) == [
        Literal(
            f"The graph does not hold the triple {DEFAULT_BASE}agency/eto "
            f"{VOCABULARIES['comity']}ofCountry {DEFAULT_BASE}country/fi that this inference "
            "describes. State it in the curation graph, or remove the inference."
        )
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
