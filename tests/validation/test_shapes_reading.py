"""Shapes graphs that are well-formed: targets, paths, nested shapes, names."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from comity.errors import InputError, NotSupported
from comity.validation.constraints.cardinality import MaxCount, MinCount
from comity.validation.constraints.logical import Not, Or
from comity.validation.constraints.other import Closed, HasValue, In
from comity.validation.constraints.shape_based import Node, Property, QualifiedMinCount
from comity.validation.constraints.string_based import LanguageIn, Pattern, UniqueLang
from comity.validation.constraints.value_range import MinInclusive
from comity.validation.constraints.value_type import Class, Datatype, NodeKind
from comity.validation.shapes import Shape, Shapes
from comity.validation.shapes.path import sparql_path
from comity.validation.shapes.reading import read_shapes, shapes_of
from comity.validation.shapes.shipped import shipped_shapes
from comity_ontology import shapes as shape_files

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


def one(text: str) -> Shape:
    (shape,) = read(text)
    return shape


def path(text: str) -> str:
    shape = one(f":S sh:targetNode :n ; sh:minCount 1 ; sh:path {text} .")
    assert shape.path is not None
    return sparql_path(shape.path)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (":p", "<urn:x:p>"),
        ("[ sh:inversePath :p ]", "^<urn:x:p>"),
        ("( :p :q )", "<urn:x:p>/<urn:x:q>"),
        ("[ sh:alternativePath ( :p :q :r ) ]", "<urn:x:p>|<urn:x:q>|<urn:x:r>"),
        ("[ sh:zeroOrMorePath :p ]", "<urn:x:p>*"),
        ("[ sh:oneOrMorePath :p ]", "<urn:x:p>+"),
        ("[ sh:zeroOrOnePath :p ]", "<urn:x:p>?"),
        (
            "( [ sh:inversePath [ sh:zeroOrMorePath :p ] ] "
            "[ sh:alternativePath ( :q ( :r :s ) ) ] )",
            "^(<urn:x:p>*)/(<urn:x:q>|<urn:x:r>/<urn:x:s>)",
        ),
        # A list that is something else besides is a list (W3C suite, path-strange-001).
        (
            "[ rdf:first :p ; rdf:rest ( :q ) ; sh:inversePath :r ]",
            "<urn:x:p>/<urn:x:q>",
        ),
    ],
)
def test_paths(written: str, expected: str) -> None:
    assert path(written) == expected


def test_a_path_may_stand_in_another_several_times() -> None:
    text = ":S sh:targetNode :n ; sh:minCount 1 ; sh:path ( _:a _:a ) . _:a sh:inversePath :p ."
    found = one(text).path
    assert found is not None
    assert sparql_path(found) == "^<urn:x:p>/^<urn:x:p>"


def test_targets() -> None:
    shape = one(
        ":S sh:targetClass :C, :D ; sh:targetNode :n, 5 ; sh:targetSubjectsOf :p ; "
        "sh:targetObjectsOf :q ; sh:nodeKind sh:IRI ."
    )
    assert [(target.kind, str(target.term)) for target in shape.targets] == [
        ("class", "<urn:x:C>"),
        ("class", "<urn:x:D>"),
        ("node", "<urn:x:n>"),
        ("node", '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("subjects", "<urn:x:p>"),
        ("objects", "<urn:x:q>"),
    ]


@pytest.mark.parametrize(
    "kind",
    ["rdfs:Class", "owl:Class", ":Kind . :Kind rdfs:subClassOf [ rdfs:subClassOf rdfs:Class ]"],
)
def test_a_shape_that_is_a_class_targets_it(kind: str) -> None:
    shape = one(f":C a sh:NodeShape, {kind} .")
    assert [(target.kind, str(target.term)) for target in shape.targets] == [("class", "<urn:x:C>")]


def test_a_class_that_targets_itself_has_one_target() -> None:
    assert len(one(":C a sh:NodeShape, rdfs:Class ; sh:targetClass :C .").targets) == 1


def test_targeted_are_the_active_shapes_with_a_target_by_name() -> None:
    shapes = read(
        ":B sh:targetNode :n ; sh:node :D . :A sh:targetNode :n . :C sh:nodeKind sh:IRI . "
        ":D sh:targetNode :n ; sh:deactivated true . :E a sh:NodeShape ."
    )
    assert [shape.name for shape in shapes] == ["urn:x:A", "urn:x:B"]
    (nested,) = shapes.targeted[1].constraints
    assert isinstance(nested, Node)
    assert (nested.shape.name, nested.shape.deactivated) == ("urn:x:D", True)


def test_severity_messages_and_what_is_so_without_a_word() -> None:
    shape = one(
        ':S sh:targetNode :n ; sh:severity sh:Warning ; sh:message "no"@en, "non"@fr, "0" .'
    )
    assert shape.severity == "http://www.w3.org/ns/shacl#Warning"
    assert [(said.value, said.language) for said in shape.messages] == [
        ("no", "en"),
        ("non", "fr"),
        ("0", None),
    ]
    plain = one(":S sh:targetNode :n .")
    assert plain.severity == "http://www.w3.org/ns/shacl#Violation"
    assert (plain.messages, plain.deactivated, plain.path) == ((), False, None)


def test_each_constraint_is_read_with_its_parameters() -> None:
    shape = one(
        """:S sh:targetNode :n ; sh:path :p ; sh:class :C, :D ; sh:datatype xsd:date ;
        sh:nodeKind sh:IRIOrLiteral ; sh:minCount 0 ; sh:maxCount 007 ; sh:minInclusive 5 ;
        sh:pattern "^a" ; sh:flags "i" ; sh:languageIn ( "en" "pt-BR" "*" ) ; sh:uniqueLang true ;
        sh:hasValue :v, "05"^^xsd:integer ; sh:in ( :a "b" ) ; sh:minLength 3 ; sh:equals :q ."""
    )
    shown = {type(constraint).__name__ for constraint in shape.constraints}
    assert shown == {
        *("Class", "Datatype", "NodeKind", "MinCount", "MaxCount", "MinInclusive", "Pattern"),
        *("LanguageIn", "UniqueLang", "HasValue", "In", "MinLength", "Equals"),
    }
    assert [c.iri for c in shape.constraints if isinstance(c, Class)] == ["urn:x:C", "urn:x:D"]
    assert Datatype("http://www.w3.org/2001/XMLSchema#date") in shape.constraints
    assert NodeKind("IRIOrLiteral") in shape.constraints
    assert MinCount(0) in shape.constraints
    assert MaxCount(7) in shape.constraints
    assert MinInclusive(ox.Literal(5)) in shape.constraints
    assert Pattern("^a", "i") in shape.constraints
    assert LanguageIn(("en", "pt-BR", "*")) in shape.constraints
    assert UniqueLang() in shape.constraints
    assert In((ox.NamedNode("urn:x:a"), ox.Literal("b"))) in shape.constraints
    written = ox.Literal("05", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    assert HasValue(written) in shape.constraints, "literals stay as they are written"


def test_false_is_no_constraint_and_an_empty_list_is_a_list() -> None:
    shape = one(
        ":S sh:targetNode :n ; sh:path :p ; sh:uniqueLang false ; sh:in () ; sh:closed false ."
    )
    assert shape.constraints == (In(()),)


def test_a_closed_shape_allows_the_paths_of_its_parts_and_what_it_ignores() -> None:
    shape = one(
        ":S sh:targetNode :n ; sh:closed true ; sh:ignoredProperties ( rdf:type :p ) ; "
        "sh:property [ sh:path :p ], [ sh:path ( :q :r ) ], [ sh:path :s ; sh:deactivated true ] ."
    )
    (closed,) = (c for c in shape.constraints if isinstance(c, Closed))
    rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert sorted(closed.allowed) == [rdf_type, "urn:x:p", "urn:x:s"]


def test_nested_shapes_are_values_and_one_shape_is_one_value() -> None:
    first, second = read(
        ":A sh:targetNode :n ; sh:property :P . :P sh:path :p ; sh:node :T . "
        ":B sh:targetNode :n ; sh:or ( :T [ sh:not :T ] ) . :T sh:nodeKind sh:IRI ."
    )
    (prop,) = first.constraints
    assert isinstance(prop, Property)
    (node,) = prop.shape.constraints
    (either,) = second.constraints
    assert isinstance(node, Node)
    assert isinstance(either, Or)
    (negated,) = either.shapes[1].constraints
    assert isinstance(negated, Not)
    assert node.shape is either.shapes[0] is negated.shape
    assert node.shape.constraints == (NodeKind("IRI"),)


def test_disjoint_siblings_are_those_of_the_same_parent() -> None:
    """SHACL §4.7.3: hands have fingers and thumbs, and no finger is a thumb."""
    (hand,) = read(
        """:Hand sh:targetClass :Hand ; sh:property
             [ sh:path :digit ; sh:qualifiedValueShape :Thumb ; sh:qualifiedMinCount 1 ;
               sh:qualifiedValueShapesDisjoint true ],
             [ sh:path :digit ; sh:qualifiedValueShape :Finger ; sh:qualifiedMinCount 4 ;
               sh:qualifiedMaxCount 4 ] .
           :Foot sh:property [ sh:path :digit ; sh:qualifiedValueShape :Toe ;
               sh:qualifiedMinCount 5 ; sh:qualifiedValueShapesDisjoint true ] .
           :Thumb sh:class :Thumb . :Finger sh:class :Finger . :Toe sh:class :Toe ."""
    )
    counts = [
        constraint
        for part in hand.constraints
        if isinstance(part, Property)
        for constraint in part.shape.constraints
        if isinstance(constraint, QualifiedMinCount)
    ]
    found = {(c.number, c.shape.name, tuple(s.name for s in c.siblings)) for c in counts}
    assert found == {(1, "urn:x:Thumb", ("urn:x:Finger",)), (4, "urn:x:Finger", ())}


def test_names() -> None:
    names = read(
        """:S rdfs:label "chose"@fr, "thing"@en ; sh:targetNode :n ; sh:property :P, :Q, :R, _:b .
           :T rdfs:label "other" ; sh:property :R .
           :P sh:path :p ; sh:name "kind"@en . :Q sh:path :q .
           :R sh:path :r ; sh:name "shared" . _:b sh:path [ sh:inversePath :b ] ."""
    ).names
    blank = next(key for key in names if key.startswith("_:"))
    assert names == {
        "urn:x:S": "thing",
        "urn:x:T": "other",
        "urn:x:P": "thing: kind",
        "urn:x:R": "shared",
        blank: "thing: ^urn:x:b",
    }


def test_a_blank_shape_keeps_its_label() -> None:
    assert one("_:own sh:targetNode :n ; sh:nodeKind sh:IRI .").node == ox.BlankNode("own")


def test_files_are_one_graph_and_blank_nodes_of_each_their_own(tmp_path: Path) -> None:
    first, second = tmp_path / "a.ttl", tmp_path / "b.trig"
    first.write_text(f"{HEAD} :S sh:targetNode :n ; sh:property _:x . _:x sh:path :p .")
    second.write_text(f"{HEAD} :G {{ :S sh:nodeKind sh:IRI ; sh:property _:x . _:x sh:path :q . }}")
    (shape,) = read_shapes(first, second)
    parts = [c.shape for c in shape.constraints if isinstance(c, Property)]
    assert [(part.name, sparql_path(part.path)) for part in parts if part.path] == [
        ("_:b1", "<urn:x:p>"),
        ("_:b2", "<urn:x:q>"),
    ]
    assert NodeKind("IRI") in shape.constraints


def test_names_of_blank_shapes_are_the_same_each_time(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(f"{HEAD} :S sh:targetNode :n ; sh:property [ sh:path :p ], [ sh:path :q ] .")
    assert read_shapes(file).names == read_shapes(file).names


def test_the_shipped_shapes_are_read_once() -> None:
    shapes = shipped_shapes()
    assert shapes is shipped_shapes()
    assert shapes.notes == ()
    text = "".join(file.read_text(encoding="utf-8") for file in shape_files())
    targeted = re.findall(r"^(\S+) a sh:NodeShape ;\s+sh:target", text, re.MULTILINE)
    assert len(shapes.targeted) == len(targeted)
    assert shapes.names["https://w3id.org/comity/shape/Act-type"] == "act: kind"


def suite_files(shared: Path) -> list[Path]:
    return sorted((shared / "suites" / "shacl" / "tests").rglob("*.ttl"))


def test_every_shapes_graph_of_the_w3c_suite_reads(shared: Path) -> None:
    """All but those that must fail, and one that asks for what engines need not support."""
    faults = {}
    unsupported = set()
    files = suite_files(shared)
    for file in files:
        if "sht:Failure" not in file.read_text(encoding="utf-8"):
            try:
                read_shapes(file)
            except InputError as error:
                faults[file.name] = str(error)
            except NotSupported:
                unsupported.add(file.name)
    assert not faults
    assert unsupported == {"shapesGraph-001.ttl"}, "$shapesGraph is optional (SHACL §5.3.1)"
    assert len(files) > 100
