"""What a shapes graph says to no effect is noted, and not passed over in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

import comity
from comity.validation.shapes import Shapes
from comity.validation.shapes.reading import shapes_of

HEAD = """
@prefix : <urn:x:> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def read(text: str) -> Shapes:
    return shapes_of(ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE), "s.ttl")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            ":S sh:targetNode :n ; sh:minCont 1 .",
            "s.ttl: shape urn:x:S has sh:minCont, which is not known and not checked; "
            "did you mean sh:minCount?",
        ),
        (
            ":S sh:targetNode :n ; sh:rule [ ] .",
            "s.ttl: shape urn:x:S has sh:rule, which is not part of SHACL Core or SHACL-SPARQL: "
            "it is not checked",
        ),
        (
            ":S sh:targetNode :n ; sh:inversePath :p .",
            "s.ttl: shape urn:x:S has sh:inversePath, which has no meaning for a shape: "
            "it is not checked",
        ),
        (
            ":S sh:targetNode :n . :T a sh:NodeShap .",
            "s.ttl: node urn:x:T is a sh:NodeShap, which is not known here; "
            "did you mean sh:NodeShape?",
        ),
        (
            ":S sh:targetNode :n ; sh:or ( [ sh:class :C ] :Lost ) .",
            "s.ttl: shape urn:x:S names urn:x:Lost, which is not described: "
            "every node conforms to it",
        ),
        (
            ":S sh:targetNode :n . <urn:g> owl:imports <urn:h> .",
            "s.ttl: graph urn:g imports urn:h, which is not read: name its file too",
        ),
        (":S sh:nodeKind sh:IRI .", "no shape has a target and is active: nothing is checked"),
        (
            ":S sh:targetNode :n ; sh:ignoredProperties ( :p ) .",
            "s.ttl: shape urn:x:S has sh:ignoredProperties, "
            "which changes nothing without sh:closed true",
        ),
        (
            ':S sh:targetNode :n ; sh:path :p ; sh:uniqueLang "1"^^xsd:boolean .',
            's.ttl: shape urn:x:S has sh:uniqueLang, which is written "1", '
            "which SHACL does not take for true: write true",
        ),
        (
            ":S sh:targetNode :n ; sh:path :p ; sh:qualifiedMinCount 2 .",
            "s.ttl: shape urn:x:S has sh:qualifiedMinCount, "
            "which counts nothing without sh:qualifiedValueShape",
        ),
        (
            ':S sh:targetNode :n ; sh:minInclusive "x"^^:own .',
            "s.ttl: shape urn:x:S has sh:minInclusive, "
            "which the engine can't compare with anything: every value breaks it",
        ),
        (
            ":S sh:targetNode :n ; sh:minCont 1 . :T sh:targetNode :n ; sh:minCont 2 .",
            "s.ttl: shape urn:x:S (and 1 more) has sh:minCont, which is not known and not "
            "checked; did you mean sh:minCount?",
        ),
    ],
)
def test_what_has_no_effect_is_noted(text: str, said: str) -> None:
    assert read(text).notes == (said,)


def test_nothing_is_noted_about_terms_that_only_describe() -> None:
    text = (
        ":S a sh:NodeShape ; sh:targetNode :n ; sh:property [ sh:path :p ; sh:name 'n' ; "
        "sh:description 'd' ; sh:order 1 ; sh:group :G ; sh:defaultValue 5 ] . "
        ":G a sh:PropertyGroup ; sh:order 2 . "
        "<urn:o> a owl:Ontology ; owl:imports :S ; sh:declare [ sh:prefix 'x' ; "
        "sh:namespace 'urn:x:'^^xsd:anyURI ] . "
        "[ a sh:ValidationReport ; sh:conforms true ] ."
    )
    assert read(text).notes == ()


def test_notes_come_with_the_report(turtle: Callable[..., Path]) -> None:
    file = turtle("shape:Own sh:targetNode agency:one ; sh:minCont 1 .", "own.ttl")
    with comity.open() as graph:
        noted = graph.validate(shapes=file).notes
    assert len(noted) == 1
    assert "shape:Own has sh:minCont" in noted[0]
