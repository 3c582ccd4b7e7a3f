"""Files and triples checked on their own, each term as it is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from comity.errors import InputError
from comity.store import open_store
from comity.validation import (
    FileLine,
    Report,
    Shapes,
    check_alone,
    check_exactly,
    read_shapes,
    validate,
)
from comity.validation.profiles.reading import read_profile

HEAD = """
@prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
EX = "https://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def triples(text: str) -> list[ox.Quad]:
    return list(ox.parse((HEAD + text).encode(), format=ox.RdfFormat.TURTLE))


@pytest.fixture
def shapes(tmp_path: Path) -> Callable[[str], Shapes]:
    def read(text: str) -> Shapes:
        file = tmp_path / "shapes.ttl"
        file.write_text(HEAD + text, encoding="utf-8")
        return read_shapes(file)

    return read


Read = Callable[[str], Shapes]


def values(report: Report) -> list[str]:
    return sorted(
        f"{result.value}^^{result.datatype.removeprefix(XSD)}" for result in report.results
    )


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        (
            "sh:datatype xsd:byte",
            ["01^^integer", "1.0^^decimal", "1^^int", "1^^integer", "300^^byte"],
        ),
        ("sh:datatype xsd:integer", ["1.0^^decimal", "1^^int", "300^^byte", "7^^byte"]),
        ("sh:in ( 1 7 )", ["01^^integer", "1.0^^decimal", "1^^int", "300^^byte", "7^^byte"]),
        # compared by value, whatever the datatype; of 300 there is no byte
        ("sh:minInclusive 2", ["01^^integer", "1.0^^decimal", "1^^int", "1^^integer", "300^^byte"]),
        ("sh:maxExclusive 7.0", ["300^^byte", "7^^byte"]),
        ('sh:pattern "^1$"', ["01^^integer", "1.0^^decimal", "300^^byte", "7^^byte"]),
        ("sh:maxLength 1", ["01^^integer", "1.0^^decimal", "300^^byte"]),
        ("sh:maxCount 6", []),
        ("sh:maxCount 5", ["^^"]),
        ('sh:hasValue "01"^^xsd:integer', []),
        ('sh:hasValue "001"^^xsd:integer', ["^^"]),
    ],
)
def test_literals_are_what_is_written(shapes: Read, constraint: str, expected: list[str]) -> None:
    data = triples("""
        ex:a ex:p 1, "01"^^xsd:integer, "1"^^xsd:int, 1.0, "7"^^xsd:byte, "300"^^xsd:byte .
    """)
    read = shapes(f"ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; {constraint} ] .")
    assert values(check_exactly(data, read)) == expected


def test_a_store_cannot_tell(shapes: Read) -> None:
    """Why there is such a check: 300 is a whole number, and 01 is 1."""
    read = shapes("ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:datatype xsd:byte ] .")
    data = triples('ex:a ex:p "01"^^xsd:integer .')
    store = open_store()
    store.add(data)
    assert values(validate(store, read)) == []
    assert values(check_exactly(data, read)) == ["01^^integer"]


def test_pairs_are_compared_by_value(shapes: Read) -> None:
    data = triples("""
        ex:a ex:p "01"^^xsd:integer, "+5"^^xsd:int ; ex:q "3"^^xsd:short .
    """)
    read = shapes("ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:lessThan ex:q ] .")
    (result,) = check_exactly(data, read).results
    assert (result.value, result.datatype, result.against) == ("+5", f"{XSD}int", "3")


def test_a_focus_node_can_be_a_literal(shapes: Read) -> None:
    data = triples('ex:a ex:p "01"^^xsd:integer, "b"@en, ex:c .')
    read = shapes("ex:S sh:targetObjectsOf ex:p ; sh:nodeKind sh:IRI .")
    report = check_exactly(data, read)
    assert [result.focus for result in report.results] == [
        '"01"^^<http://www.w3.org/2001/XMLSchema#integer>', '"b"@en'
    ]  # fmt: skip
    text = report.to_turtle()
    for node in ("sh:focusNode 01 ;", 'sh:focusNode "b"@en'):
        assert node in text


ASKS = (
    'sh:sparql [ sh:select "SELECT $this ?value '
    '{ $this <https://example.org/p> ?value FILTER(?value = 1) }" ]'
)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        # Queries see values, as they do in a store; of 01 that is 1.
        (f"{ASKS}", [("a", "1^^integer")]),
        (f"sh:property [ sh:path ex:of ; {ASKS} ]", [("a", "1^^integer")]),
        # of the values of ex:of, one is a
        (
            f"sh:property [ sh:path ex:of ; sh:property [ sh:path ex:of ; {ASKS} ] ]",
            [("a", "1^^integer")],
        ),
        (f"sh:node [ {ASKS} ]", [("a", f"{EX}a^^")]),
        (f"sh:not [ {ASKS} ]", [("b", f"{EX}b^^"), ("c", f"{EX}c^^")]),
        # What stands beside a query is checked to the letter all the same.
        (
            f"{ASKS} ; sh:property [ sh:path ex:p ; sh:in ( 1 ) ]",
            [("a", "01^^integer"), ("a", "1^^integer"), ("b", "2^^integer")],
        ),
    ],
)
def test_queries_see_values(shapes: Read, shape: str, expected: list[tuple[str, str]]) -> None:
    data = triples('ex:a ex:p "01"^^xsd:integer . ex:b ex:p 2 ; ex:of ex:a . ex:c ex:of ex:b .')
    read = shapes(f"ex:S sh:targetNode ex:a, ex:b, ex:c ; {shape} .")
    found = [
        (result.focus.removeprefix(EX), f"{result.value}^^{result.datatype.removeprefix(XSD)}")
        for result in check_exactly(data, read).results
    ]
    assert sorted(found) == expected


def test_a_nested_query_is_about_the_nodes_on_the_way(shapes: Read) -> None:
    data = triples('ex:a ex:p "01"^^xsd:integer . ex:b ex:of ex:a . ex:c ex:of ex:b .')
    read = shapes(f"""
        ex:S sh:targetNode ex:c ; sh:property [ sh:path ex:of ; sh:property [ sh:path ex:of ;
          sh:node ex:T ; sh:property [ sh:path ex:p ; sh:datatype xsd:byte ] ] ] .
        ex:T {ASKS} .
    """)
    found = sorted(
        (result.focus, result.constraint.partition("#")[2], result.value)
        for result in check_exactly(data, read).results
    )
    assert found == [
        (f"{EX}a", "DatatypeConstraintComponent", "01"),
        (f"{EX}b", "NodeConstraintComponent", f"{EX}a"),
    ]


def test_each_way_to_a_node_counts_for_the_recommendation_and_not_for_people(
    shapes: Read, tmp_path: Path
) -> None:
    data = "ex:a ex:of ex:c . ex:b ex:of ex:c ."
    rules = """
        ex:S sh:targetSubjectsOf ex:of ; sh:property ex:P .
        ex:P sh:path ex:of ; sh:property ex:Q .
        ex:Q sh:path ex:name ; sh:minCount 1 .
    """
    first, second = check_exactly(triples(data), shapes(rules)).results
    assert first.way == ((f"{EX}a", f"{EX}S"), (f"{EX}c", f"{EX}P"))
    assert second.way == ((f"{EX}b", f"{EX}S"), (f"{EX}c", f"{EX}P"))
    file = tmp_path / "data.ttl"
    file.write_text(HEAD + data)
    (result,) = check_alone(file, shapes=shapes(rules)).results
    assert (result.focus, result.way) == (f"{EX}c", ())


@pytest.mark.parametrize("path", ["ex:none*", "[ sh:zeroOrOnePath ex:none ]"])
def test_a_node_of_which_nothing_is_said_is_checked(shapes: Read, path: str) -> None:
    path = "[ sh:zeroOrMorePath ex:none ]" if path.endswith("*") else path
    read = shapes(f"""
        ex:S sh:targetNode ex:a, "b" ;
          sh:property [ sh:path {path} ; sh:nodeKind sh:BlankNode ; sh:minCount 1 ] .
    """)
    for data in ("", "ex:x ex:y ex:z .", 'ex:a ex:y "b" .'):
        report = check_exactly(triples(data), read)
        assert [result.focus for result in report.results] == ['"b"', f"{EX}a"]
        assert {result.constraint.rpartition("#")[2] for result in report.results} == {
            "NodeKindConstraintComponent"
        }


def test_files_are_checked_together(tmp_path: Path, shapes: Read) -> None:
    one, two = tmp_path / "one.ttl", tmp_path / "two.trig"
    one.write_text(HEAD + '_:b ex:p 1 . ex:a ex:p 1 ; rdfs:label "A thing"@en .')
    two.write_text(HEAD + "ex:g { _:b ex:p 2 . ex:a ex:p 2 . ex:z ex:q 3 }")
    read = shapes("""
        ex:S sh:targetSubjectsOf ex:p, ex:q ; sh:property [ sh:path ex:p ; sh:maxCount 1 ] ;
          sh:property [ sh:path ex:q ; sh:maxCount 0 ] .
    """)
    report = check_alone(one, two, shapes=read)
    # The two nodes that are called _:b in their files are two.
    assert [result.focus for result in report.results] == [f"{EX}a", f"{EX}z"]
    assert report.background.files == {
        f"{EX}a": (FileLine(str(one), 6), FileLine(str(two), 6)),
        f"{EX}z": (FileLine(str(two), 6),),
    }
    assert report.background.labels[f"{EX}a"] == "A thing"


def test_by_default_the_shapes_of_the_ontology_are_asked(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text("@prefix comity: <https://w3id.org/comity/ns#> . <x:a> a comity:Agency .")
    report = check_alone(file)
    assert not report.conforms
    assert {result.focus for result in report.results} == {"x:a"}
    mild = tmp_path / "mild.yaml"
    mild.write_text("name: mild\nseverities: {violation: off, warning: off, info: off}\n")
    assert check_alone(file, profile=read_profile(mild)).results == ()


def test_bad_files_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text("<x:a> <x:b>")
    with pytest.raises(InputError, match=r"data.ttl, line 1, .*; nothing was checked"):
        check_alone(file)
    with pytest.raises(InputError, match=r"nowhere.ttl cannot be read"):
        check_alone(tmp_path / "nowhere.ttl")
