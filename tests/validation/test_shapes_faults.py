"""Malformed shapes graphs: each error names the file, the shape, the parameter, and what to do."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import InputError, NotSupported
from comity.validation.shapes import Shapes
from comity.validation.shapes.nesting import DEEPEST, LARGEST
from comity.validation.shapes.read_path import DEEPEST as DEEPEST_PATH
from comity.validation.shapes.read_path import LONGEST
from comity.validation.shapes.reading import read_shapes, shapes_of
from comity_ontology import shapes as shape_files

HEAD = """
@prefix : <urn:x:> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def read(text: str) -> Shapes:
    return shapes_of(ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE), "s.ttl")


S = "shape urn:x:S"
P = "the shape for path urn:x:p in urn:x:S"
BLANK_PATH = (
    "each blank node of a path is a list, or has exactly one value for one of sh:inversePath, "
    "sh:alternativePath, sh:zeroOrMorePath, sh:oneOrMorePath and sh:zeroOrOnePath"
)
OF_PROPERTY = "only a property shape may: add sh:path, or put it in an sh:property [ … ]"
NO_REGEX = (
    "the engine does not understand this regular expression. Look-around, references to groups "
    "and very large repetitions do not exist there; brackets must match"
)
A_SHAPE = "give a shape, by IRI or as a blank node [ … ]"
NOT_BLANK = (
    "give an IRI or a literal: no value in the data can be the same as a blank node of the shapes"
)

OF_NODE_SHAPES = {
    ":S sh:datatype xsd:string, xsd:date .": (
        f"{S} has sh:datatype: a shape has at most one, and this has 2 (xsd:date, xsd:string)"
    ),
    ":S sh:datatype 5 .": f"{S} has sh:datatype 5: give an IRI",
    ":S sh:class [ ] .": f"{S} has sh:class a blank node: give an IRI",
    ":S sh:nodeKind sh:Iri .": (
        f"{S} has sh:nodeKind sh:Iri: give one of sh:IRI, sh:BlankNode, sh:Literal, "
        "sh:BlankNodeOrIRI, sh:BlankNodeOrLiteral, sh:IRIOrLiteral"
    ),
    ":S sh:nodeKind :IRI .": f"{S} has sh:nodeKind urn:x:IRI: give one of sh:IRI",
    ":S sh:minCount 1 .": f"{S} has sh:minCount: {OF_PROPERTY}",
    ":S sh:maxCount 1 .": f"{S} has sh:maxCount: {OF_PROPERTY}",
    ":S sh:uniqueLang true .": f"{S} has sh:uniqueLang: {OF_PROPERTY}",
    ":S sh:lessThan :p .": f"{S} has sh:lessThan: {OF_PROPERTY}",
    ":S sh:lessThanOrEquals :p .": f"{S} has sh:lessThanOrEquals: {OF_PROPERTY}",
    ":S sh:qualifiedValueShape [ ] ; sh:qualifiedMinCount 1 .": (
        f"{S} has sh:qualifiedValueShape: {OF_PROPERTY}"
    ),
    ":S sh:minLength -1 .": f"{S} has sh:minLength -1: give a number from 0",
    ':S sh:maxLength "5"^^xsd:int .': (
        f'{S} has sh:maxLength "5"^^xsd:int: give a whole number (xsd:integer), such as 1'
    ),
    ":S sh:maxLength 99999999999999999999 .": (
        f"{S} has sh:maxLength 99999999999999999999: give a number from 0"
    ),
    ":S sh:minInclusive :p .": f"{S} has sh:minInclusive urn:x:p: give a literal",
    ':S sh:maxExclusive "2020-13-01"^^xsd:date .': (
        f'{S} has sh:maxExclusive "2020-13-01"^^xsd:date: give a value that its datatype allows'
    ),
    ":S sh:minExclusive 1, 2 .": f"{S} has sh:minExclusive: a shape has at most one",
    ':S sh:pattern "(" .': f'{S} has sh:pattern "(": {NO_REGEX}',
    ':S sh:pattern "(?=a)" .': f'{S} has sh:pattern "(?=a)": {NO_REGEX}',
    ':S sh:pattern "a{9999999}" .': f'{S} has sh:pattern "a{{9999999}}": {NO_REGEX}',
    ":S sh:pattern 5 .": f"{S} has sh:pattern 5: give text in quotation marks",
    ':S sh:pattern "a", "b" .': f"{S} has sh:pattern: a shape has at most one",
    ':S sh:pattern "a" ; sh:flags "ik" .': (
        f'{S} has sh:flags "ik": use the letters i, m, q, s and x'
    ),
    ':S sh:flags "i" .': f'{S} has sh:flags "i": it is nothing without sh:pattern',
    ':S sh:languageIn ( "en" 5 ) .': f"{S} has sh:languageIn 5: give text in quotation marks",
    ':S sh:languageIn ( "no tag" ) .': f'{S} has sh:languageIn "no tag": give language tags',
    ':S sh:languageIn "en" .': f'{S} has sh:languageIn "en": give a list, ( … ); it is no list',
    ':S sh:equals "p" .': f'{S} has sh:equals "p": give an IRI',
    ":S sh:disjoint [ ] .": f"{S} has sh:disjoint a blank node: give an IRI",
    ":S sh:not 5 .": f"{S} has sh:not 5: {A_SHAPE}",
    ":S sh:or :T .": f"{S} has sh:or urn:x:T: give a list of shapes, ( … ); it is no list",
    ':S sh:and ( [ ] "x" ) .': f'{S} has sh:and "x": {A_SHAPE}',
    ":S sh:xone _:a . _:a rdf:first [ ] ; rdf:rest _:a .": (
        f"{S} has sh:xone a blank node: give a list of shapes, ( … ); "
        "it is a list that leads back to itself"
    ),
    ':S sh:node "T" .': f'{S} has sh:node "T": {A_SHAPE}',
    ":S sh:node [ sh:path :p ] .": (
        f"{S} has sh:node a blank node: it has an sh:path, and is named with sh:property"
    ),
    ":S sh:property [ sh:class :C ] .": (
        f"{S} has sh:property a blank node: a property shape has an sh:path: add it, or name the "
        "shape with sh:node"
    ),
    ":S sh:closed 1 .": f"{S} has sh:closed 1: give true or false, without quotation marks",
    ":S sh:closed true, false .": f"{S} has sh:closed: a shape has at most one",
    ':S sh:closed true ; sh:ignoredProperties ( "p" ) .': (
        f'{S} has sh:ignoredProperties "p": give an IRI'
    ),
    ":S sh:hasValue [ ] .": f"{S} has sh:hasValue a blank node: {NOT_BLANK}",
    ":S sh:in ( 1 [ ] ) .": f"{S} has sh:in a blank node: {NOT_BLANK}",
    ":S sh:in 1 .": f"{S} has sh:in 1: give a list, ( … ); it is no list",
    ":S sh:in [ rdf:first 1 ] .": (
        f"{S} has sh:in a blank node: give a list, ( … ); it is a list with a link that lacks a "
        "value or has several"
    ),
    ":S sh:in [ rdf:first 1 ; rdf:rest :end ] .": (
        f"{S} has sh:in a blank node: give a list, ( … ); it is a list that does not end in rdf:nil"
    ),
    ":S sh:in ( 1 ), ( 2 ) .": f"{S} has sh:in: a shape has at most one, and this has 2",
    ':S sh:targetClass "C" .': f'{S} has sh:targetClass "C": give an IRI',
    ":S sh:targetNode [ ] .": f"{S} has sh:targetNode a blank node: {NOT_BLANK}",
    ":S sh:targetSubjectsOf 1 .": f"{S} has sh:targetSubjectsOf 1: give an IRI",
    ':S a sh:NodeShape ; sh:severity "bad" .': f'{S} has sh:severity "bad": give an IRI',
    ":S a sh:NodeShape ; sh:severity sh:Info, sh:Warning .": (
        f"{S} has sh:severity: a shape has at most one"
    ),
    ":S a sh:NodeShape ; sh:message :m .": (
        f"{S} has sh:message urn:x:m: give text in quotation marks"
    ),
    ':S a sh:NodeShape ; sh:deactivated "no" .': f'{S} has sh:deactivated "no": give true or false',
    ":S a sh:NodeShape ; sh:path :p .": (
        f"{S} has rdf:type sh:NodeShape: a node shape has no sh:path: remove it, or make it a "
        "sh:PropertyShape"
    ),
    ":S a sh:PropertyShape .": f"{S} has rdf:type sh:PropertyShape: it lacks sh:path: add it",
    "[ sh:targetClass :C ; sh:minLength -1 ] .": (
        "the shape with target class urn:x:C has sh:minLength -1: give a number from 0"
    ),
    ":S sh:not [ sh:or ( [ sh:property [ sh:path [ sh:inversePath :p ] ; sh:minCount true ] ] ) ] "
    ".": (f"{P} has sh:minCount true: give a whole number"),
}
OF_PROPERTY_SHAPES = {
    'sh:path :p ; sh:minCount "two"': (
        f'{P} has sh:minCount "two": give a whole number (xsd:integer), such as 1'
    ),
    "sh:path :p ; sh:maxCount 1, 2": (
        f"{P} has sh:maxCount: a shape has at most one, and this has 2 (1, 2)"
    ),
    'sh:path :p ; sh:uniqueLang "yes"': f'{P} has sh:uniqueLang "yes": give true or false',
    "sh:path :p ; sh:qualifiedValueShape [ sh:class :C ]": (
        f"{P} has sh:qualifiedValueShape: say how many with sh:qualifiedMinCount or "
        "sh:qualifiedMaxCount"
    ),
    "sh:path :p ; sh:qualifiedValueShape [ ], :T ; sh:qualifiedMinCount 1": (
        f"{P} has sh:qualifiedValueShape: a shape has at most one, and this has 2"
    ),
    'sh:path :p ; sh:qualifiedValueShape [ ] ; sh:qualifiedMinCount "1"': (
        f'{P} has sh:qualifiedMinCount "1": give a whole number'
    ),
    "sh:path :p ; sh:qualifiedValueShapesDisjoint 1 ; sh:qualifiedMinCount 1 ; "
    "sh:qualifiedValueShape [ ]": f"{P} has sh:qualifiedValueShapesDisjoint 1: give true or false",
    "sh:path :p, :q": (
        f"{P} has sh:path: a shape has at most one, and this has 2 (urn:x:p, urn:x:q)"
    ),
    "sh:path ( )": "has sh:path: a path cannot be an empty list: name a property",
    "sh:path ( :p )": (
        f"{P} has sh:path: a sequence is a list of at least two paths, and this has 1"
    ),
    'sh:path "p"': 'has sh:path "p": a path is a property or made of properties, no literal',
    "sh:path [ ]": f"has sh:path: {BLANK_PATH}",
    "sh:path [ sh:inversePath :p ; sh:zeroOrMorePath :p ]": f"{P} has sh:path: {BLANK_PATH}",
    "sh:path [ sh:zeroOrOnePath :p, [ sh:inversePath :p ] ]": f"{P} has sh:path: {BLANK_PATH}",
    "sh:path [ sh:alternativePath :p ]": f"{P} has sh:path: the path is malformed: it is no list",
    "sh:path [ sh:alternativePath ( :p ) ]": (
        f"{P} has sh:path: sh:alternativePath is a list of at least two paths, and this has 1"
    ),
    "sh:path _:a ] . _:a sh:inversePath [ sh:zeroOrMorePath _:a ] ": (
        "has sh:path: the path contains itself: break the circle"
    ),
    "sh:path _:a ] . _:a rdf:first :p ; rdf:rest _:a ": (
        f"{P} has sh:path: the path is malformed: it is a list that leads back to itself"
    ),
}


@pytest.mark.parametrize("text", OF_NODE_SHAPES)
def test_malformed_shapes(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert str(caught.value).startswith(f"s.ttl: {OF_NODE_SHAPES[text]}")


@pytest.mark.parametrize("text", OF_PROPERTY_SHAPES)
def test_malformed_property_shapes(text: str) -> None:
    end = " ." if "] ." in text else " ] ."
    with pytest.raises(InputError) as caught:
        read(f":S sh:targetClass :C ; sh:property [ {text}{end}")
    said = str(caught.value)
    assert said.startswith("s.ttl: ")
    assert "in urn:x:S" in said
    assert OF_PROPERTY_SHAPES[text] in said


@pytest.mark.parametrize(
    ("text", "way"),
    [
        (":S sh:node :S .", "urn:x:S, sh:node urn:x:S"),
        (
            ":S sh:node :T . :T sh:not [ sh:property [ sh:path :p ; sh:node :S ] ] .",
            "urn:x:S, sh:node urn:x:T, then sh:not the shape in urn:x:T, "
            "then sh:property the shape for path urn:x:p in urn:x:T, then sh:node urn:x:S",
        ),
        (
            ":S sh:xone ( [ ] :T ) . :T sh:and ( :S ) .",
            "urn:x:S, sh:xone urn:x:T, then sh:and urn:x:S",
        ),
        (
            ":S sh:property :P . :P sh:path :p ; sh:qualifiedValueShape [ sh:or ( :S ) ] .",
            "urn:x:S, sh:property urn:x:P, then sh:qualifiedValueShape the shape in urn:x:P, "
            "then sh:or urn:x:S",
        ),
    ],
)
def test_shapes_that_lead_back_to_themselves(text: str, way: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert str(caught.value) == (
        f"s.ttl: shape urn:x:S leads back to itself: {way}; recursive shapes have no meaning in "
        "SHACL: break the circle"
    )


def chain(length: int) -> str:
    links = " ".join(f":S{n} sh:node :S{n + 1} ." for n in range(length - 1))
    return f":S0 sh:targetNode :n . {links} :S{length - 1} sh:nodeKind sh:IRI ."


def test_shapes_nested_too_deep() -> None:
    assert len(read(chain(DEEPEST)).targeted) == 1
    for length in (DEEPEST + 1, 5_000):
        with pytest.raises(InputError, match="nested more than 50 levels deep: simplify it"):
            read(chain(length))


def test_shapes_that_grow_out_of_hand() -> None:
    """Each link doubles what is in the one before it: 2, 4, 8 …"""

    def doubled(times: int) -> str:
        links = " ".join(f":S{n} sh:and ( :S{n + 1} :S{n + 1} ) ." for n in range(times))
        return f":S0 sh:targetNode :n . {links} :S{times} sh:nodeKind sh:IRI ."

    assert 2**13 - 1 < LARGEST < 2**14 - 1
    assert len(read(doubled(12)).targeted) == 1
    with pytest.raises(InputError, match=r"shape urn:x:S.* has more than 10,000 shapes in it"):
        read(doubled(13))


def nested_path(levels: int) -> str:
    inner = ":p"
    for _ in range(levels):
        inner = f"[ sh:inversePath {inner} ]"
    return f":S sh:targetNode :n ; sh:path {inner} ."


def long_path(steps: int) -> str:
    return f":S sh:targetNode :n ; sh:path ( {':p ' * steps}) ."


def test_paths_longer_than_reason() -> None:
    read(nested_path(DEEPEST_PATH))
    with pytest.raises(InputError, match="S has sh:path: the path is nested more than 20 levels"):
        read(nested_path(DEEPEST_PATH + 1))
    read(long_path(LONGEST - 1))
    with pytest.raises(InputError, match="S has sh:path: the path has more than 1,000 steps"):
        read(long_path(LONGEST))
    doubled = " ".join(
        f"_:p{n} rdf:first _:p{n + 1} ; rdf:rest ( _:p{n + 1} ) ." for n in range(15)
    )
    with pytest.raises(InputError, match="S has sh:path: the path has more than 1,000 steps"):
        read(f":S sh:targetNode :n ; sh:path _:p0 . {doubled} _:p15 sh:inversePath :p .")


def test_entailment_is_not_supported() -> None:
    with pytest.raises(NotSupported, match=r"s\.ttl: graph urn:g asks for sh:entailment urn:rdfs"):
        read("<urn:g> sh:entailment <urn:rdfs> .")


def test_long_values_are_cut() -> None:
    with pytest.raises(InputError) as caught:
        read(f':S sh:pattern "({"a" * 100_000}" .')
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.ttl", ":S :p", "a.ttl, line 1, column 1: "),
        ("a.ttl", "", "a.ttl is empty"),
        ("a.nt", "<urn:a> <urn:b> .\n", "a.nt, line 1, column "),
        ("a.txt", "x", "a.txt: the suffix does not tell the RDF syntax: rename the file to .ttl"),
        ("a.ttl", None, "a.ttl cannot be read: No such file or directory"),
        ("a.ttl", f"{HEAD} :S sh:in 1 .", "a.ttl: shape urn:x:S has sh:in 1"),
    ],
)
def test_files_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str | None, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if text is not None:
        Path(name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_shapes(name)
    assert str(caught.value).startswith(said)
    assert "loaded" not in str(caught.value)


def test_the_file_that_is_named_is_the_one_with_the_fault(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.ttl", tmp_path / "bad.ttl"
    good.write_text(f"{HEAD} :A sh:targetNode :n ; sh:node :S .")
    bad.write_text(f"{HEAD} :S sh:minLength -1 .")
    with pytest.raises(InputError, match=r"bad.ttl: shape urn:x:S has sh:minLength -1"):
        read_shapes(good, bad)


@cache
def shipped_triples() -> list[ox.Quad]:
    return [
        quad
        for file in shape_files()
        for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)
    ]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), lost=st.integers(0, 8), swapped=st.integers(0, 3))
def test_shapes_with_triples_lost_or_mixed_up_read_or_are_faulty(
    seed: int, lost: int, swapped: int
) -> None:
    """Nothing else than our own error comes of them."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    kept = [quad.triple for quad in shipped_triples()]
    for _ in range(swapped):
        one, other = chance.randrange(len(kept)), chance.randrange(len(kept))
        kept[one] = ox.Triple(kept[one].subject, kept[one].predicate, kept[other].object)
    chance.shuffle(kept)
    del kept[:lost]
    try:
        shapes = shapes_of(kept, "mixed.ttl")
    except InputError as error:
        said = str(error)
    else:
        said = "mixed.ttl: reads" * all(shape.targets and not shape.deactivated for shape in shapes)
    assert said.startswith("mixed.ttl: ")
