"""The validation by itself: chains of any length, and reports in which any value can stand."""

from __future__ import annotations

import json
from itertools import pairwise

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import SH

import comity
from comity.store import open_store
from comity.validation import Report, Result, Severity, Shapes, validate
from comity.validation.shapes.reading import shapes_of
from comity_ontology.terms import COMITY, RDF

EX = "https://example.org/"
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/> .
"""
KIND = ox.NamedNode(RDF.type)
ODD = "x://y<z>"


def shapes(text: str) -> Shapes:
    return shapes_of(ox.parse(SHAPES + text, format=ox.RdfFormat.TURTLE))


def chain(link: str, length: int) -> list[ox.Quad]:
    nodes = [ox.NamedNode(f"{EX}{number}") for number in range(length)]
    return [
        ox.Quad(one, ox.NamedNode(link), other, ox.DefaultGraph()) for one, other in pairwise(nodes)
    ]


def test_a_class_may_have_any_number_above_it() -> None:
    store = open_store()
    rdfs = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
    node = ox.NamedNode(f"{EX}node")
    store.add([
        *chain(rdfs, 2_000), ox.Quad(node, KIND, ox.NamedNode(f"{EX}0"), ox.DefaultGraph())
    ])  # fmt: skip
    top = shapes("""
        ex:S a sh:NodeShape ; sh:targetClass ex:1999 ;
          sh:property [ sh:path ex:name ; sh:minCount 1 ] .
    """)
    (result,) = validate(store, top, [node.value]).results
    assert (result.focus, result.path) == (node.value, f"{EX}name")


def test_values_are_what_they_are_and_not_what_they_look_like() -> None:
    store = open_store()
    one, p = ox.NamedNode(f"{EX}one"), ox.NamedNode(f"{EX}p")
    store.add([
        ox.Quad(one, p, value, ox.DefaultGraph())
        for value in (ox.Literal(ODD), ox.Literal(EX), ox.NamedNode(EX))
    ])  # fmt: skip
    number = shapes("""
        ex:S a sh:NodeShape ; sh:targetNode ex:one ;
          sh:property [ sh:path ex:p ; sh:pattern "^never" ] .
        ex:T a sh:NodeShape ; sh:targetNode ex:one ;
          sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:minCount 1 ] .
    """)
    report = validate(store, number)
    assert len(report.results) == 4
    written = rdflib.Graph().parse(data=report.to_turtle(), format="turtle")
    assert set(written.objects(None, SH.value)) == {
        rdflib.Literal(ODD), rdflib.Literal(EX), rdflib.URIRef(EX)
    }  # fmt: skip
    paths = set(written.objects(None, SH.resultPath))
    assert rdflib.URIRef(p.value) in paths
    inverse = {written.value(path, SH.inversePath) for path in paths} - {None}
    assert inverse == {rdflib.URIRef(p.value)}
    found = json.loads(report.to_json())["results"]
    values = [result["value"] or {"kind": "", "text": ""} for result in found]
    assert sorted((value["text"], value["kind"]) for value in values) == [
        ("", ""), (EX, "iri"), (EX, "literal"), (ODD, "literal")
    ]  # fmt: skip


def test_a_report_does_nothing_to_a_terminal() -> None:
    result = Result(
        Severity.VIOLATION, f"{EX}shape", f"{EX}focus", f"{EX}path", "a\x1b[2J\nb", "no \u202etxt"
    )
    text = Report.of([result]).to_text()
    assert 'value "a\\u001b[2J b"' in text
    assert "no \\u202etxt" in text


@pytest.mark.parametrize(
    "link", ["http://purl.org/dc/terms/isReplacedBy", "https://w3id.org/comity/ns#partOfEvent"]
)
def test_a_chain_of_links_may_have_any_length(graph: comity.Graph, link: str) -> None:
    links = chain(link, 5_000)
    event = ox.NamedNode(COMITY.Event)
    graph.store.add([*links, ox.Quad(links[0].subject, KIND, event, ox.DefaultGraph())])
    dated = "https://w3id.org/comity/shape/EventDated"
    # No event of the chain has a date, and the first is the one that is known as an event.
    whole = {result.focus for result in graph.validate().results if result.shape == dated}
    assert links[0].subject.value in whole
    focus = graph.validate([links[0].subject.value]).results
    assert dated in {result.shape for result in focus}
