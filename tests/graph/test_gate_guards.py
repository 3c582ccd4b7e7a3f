# ruff: noqa: E501 - the tables of cases read better with one case a line
"""What the gate guards: the meaning of terms, the records of documents, and what is stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import comity
from comity_ontology.prefixes import shorten

Turtle = Callable[..., Path]
NOTE = "source:note"
PEOPLE = """
agency:one a comity:Agency ; dcterms:type code:ministry ; skos:prefLabel "One"@en ; prov:wasDerivedFrom p:2 .
person:p a foaf:Person ; skos:prefLabel "P"@en ; prov:wasDerivedFrom p:2 .
tenure:t a comity:Tenure ; org:member person:p ; org:organization agency:one ; org:role code:minister ;
  comity:attestedOn timepoint:2021-02-01 ; prov:wasDerivedFrom p:2 .
event:e a comity:Event ; dcterms:type code:meeting ; skos:prefLabel "E"@en ; comity:time timepoint:2021-02-01 ;
  prov:wasDerivedFrom p:2 .
participation:p a comity:Participation ; comity:event event:e ; comity:participant person:p ;
  comity:role code:attendee ; comity:actingAs tenure:t ; comity:onBehalfOf agency:one ; prov:wasDerivedFrom p:2 .
"""


def day(date: str) -> str:
    return (
        f'timepoint:{date} a comity:TimePoint ; comity:edtf "{date}"^^edtf:EDTF ;'
        f' comity:earliest "{date}"^^xsd:date ; comity:latest "{date}"^^xsd:date ;'
        f' time:inXSDDate "{date}"^^xsd:date .\n'
    )


AGREEMENT = """
agreement:a a comity:Agreement ; dcterms:type code:protocol ; skos:prefLabel "A"@en ; prov:wasDerivedFrom p:2 .
act:force a comity:Act ; dcterms:type code:entry-into-force ; comity:agreement agreement:a ;
  skos:prefLabel "In force"@en ; comity:time timepoint:2010-01-01 ; prov:wasDerivedFrom p:2 .
"""


@pytest.mark.parametrize(
    ("stored", "loaded", "refused"),
    [
        # A participation that acts in the tenure is stored; the tenure now begins after the event.
        (
            PEOPLE + day("2021-02-01"),
            "tenure:t comity:begin timepoint:2021-02-20 . " + day("2021-02-20"),
            {"tenure:t"},
        ),
        # The entry into force is stored; a signing years later comes from the same document.
        (
            AGREEMENT + day("2010-01-01"),
            'act:signing a comity:Act ; dcterms:type code:signing ; comity:agreement agreement:a ; skos:prefLabel "S"@en ;'
            " comity:time timepoint:2012-01-01 ; prov:wasDerivedFrom p:2 . " + day("2012-01-01"),
            {"act:signing"},
        ),
    ],
)
def test_what_is_stored_stays_conforming(
    graph: comity.Graph, turtle: Turtle, stored: str, loaded: str, refused: set[str]
) -> None:
    assert not graph.load(turtle(stored), document=NOTE).refused
    report = graph.load(turtle(loaded), document=NOTE)
    assert {shorten(refusal.node) for refusal in report.refused} == refused
    assert graph.validate().conforms


def test_an_old_violation_is_not_blamed_on_a_new_load(graph: comity.Graph, turtle: Turtle) -> None:
    graph.load(turtle(PEOPLE + day("2021-02-01")), document=NOTE)
    # As after an upgrade with stricter shapes: the stored person has no evidence any more.
    graph.store.update(
        "DELETE WHERE { <https://w3id.org/comity/id/person/p> <http://www.w3.org/ns/prov#wasDerivedFrom> ?x }"
    )
    assert not graph.validate().conforms
    report = graph.load(
        turtle(
            "tenure:u a comity:Tenure ; org:member person:p ; org:organization agency:one ; org:role code:minister ;"
            " comity:attestedOn timepoint:2021-02-01 ; prov:wasDerivedFrom p:2 ."
        ),
        document=NOTE,
    )
    assert not report.refused


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("comity:TimePoint rdfs:subClassOf comity:Agency .", "would change what classes and properties mean"),
        ("org:Organization rdfs:subClassOf foaf:Person .", "would change what classes and properties mean"),
        ('comity:Agency rdfs:label "zz"@en .', "comity:Agency belongs to the product"),
        ('graph:codes comity:sha256 "0" .', "graph:codes belongs to the product"),
        ("graph:codes { code:signing comity:precedence 99 }", "code:signing is a code of the product"),
        ("code:own a skos:Concept ; skos:inScheme code:event-type .", "codes go to <https://w3id.org/comity/graph/codes>"),
        ("agency:x a <http://w3id.org/comity/ns#Agency> .", "looks like a term of Comity"),
        ('person:x a foaf:Person ; foaf:nmae "X" .', "foaf:nmae is not a term of its vocabulary"),
        ("tenure:x a comity:Tenure ; org:memberof agency:one .", "org:memberof is not a term of its vocabulary; did you mean org:memberOf"),
        ("agency:x <http://schema.org/url> <https://example.org/> .", "write schema.org with https"),
        ("participation:x comity:participant person:p .", "comity:participant is said of a comity:Participation"),
        ('person:x a foaf:Person ; skos:prefLabel "X"@en ; comity:party agency:one ; prov:wasDerivedFrom p:2 .', "comity:party is said of a comity:Agreement"),
        ('inference:x a comity:Inference ; comity:basis "b" .', "a comity:Inference is a curator's word and no source's"),
        ('graph:meta { source:b a comity:SourceDocument ; dcterms:title "B" ; comity:factGraph graph:curation }', "a document's facts go to a graph below"),
        ('graph:meta { source:b a comity:SourceDocument ; dcterms:title "B" ; comity:factGraph "source b"@en }', "a document's facts go to a graph below"),
        (
            'graph:meta { source:b a comity:SourceDocument ; dcterms:title "B" ; comity:factGraph <https://w3id.org/comity/graph/source/note> }',
            "this graph holds the facts of source:note",
        ),
        ('graph:meta { source:note dcterms:publisher "Somebody" }', "source:note is described already"),
        ('source:facts comity:sha256 "00" .', "the document that is made of this file describes it"),
    ],
)  # fmt: skip
def test_a_file_cannot_change_what_others_mean(
    graph: comity.Graph, turtle: Turtle, body: str, message: str
) -> None:
    before = graph.info().triples
    report = graph.load(turtle(body, name="facts.trig"), dry_run=True)
    assert report.accepted == 0 or message.startswith("this graph holds")
    assert any(message in result.message for result in report.checks.results)
    assert graph.info().triples == before


def test_codes_of_ones_own(graph: comity.Graph, turtle: Turtle) -> None:
    report = graph.load(
        turtle(
            "graph:codes { code:trade-fair a skos:Concept ; skos:inScheme code:event-type ;"
            ' skos:prefLabel "trade fair"@en ; skos:definition "A fair of firms."@en }',
            name="codes.trig",
        )
    )
    assert not report.refused
    event = 'event:f a comity:Event ; dcterms:type code:trade-fair ; skos:prefLabel "F"@en ; prov:wasDerivedFrom p:2 .'
    assert not graph.load(turtle(event), document=NOTE).refused


def test_a_thing_without_a_class_is_a_warning(graph: comity.Graph, turtle: Turtle) -> None:
    report = graph.load(turtle('agency:x skos:prefLabel "X"@en .'), document=NOTE)
    assert report.accepted == 1
    assert [(result.severity.name, result.message) for result in report.checks.results] == [
        ("WARNING", "nothing says what this is, so no shape looks at it: add its class")
    ]
