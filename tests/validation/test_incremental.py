"""What a change affects and what it takes to check that, worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from comity.store import EmbeddedStore
from comity.store.base import Subject, Term
from comity.validation import Shapes, Union, affected, read_shapes, validate
from comity.validation.incremental import fragment

PREFIXES = """
@prefix : <https://example.org/> .
@prefix comity: <https://w3id.org/comity/ns#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""

# An agency has a country that has a name; meetings in it are in a place with a name.
AGENCY = """
:Agency a sh:NodeShape ; sh:targetClass :Agency ;
    sh:property [ sh:path :country ; sh:class :Country ; sh:node :Named ] .
:Named sh:property [ sh:path :name ; sh:minCount 1 ] .
"""
STORED = """
:Ministry rdfs:subClassOf :Agency .
:a a :Agency ; :country :x . :b a :Ministry ; :country :x . :c a :Club ; :country :x .
:x a :Country ; :name "X" ; :area 5 .
"""


@pytest.fixture
def shapes(tmp_path: Path) -> Shapes:
    return read(tmp_path, AGENCY)


def read(folder: Path, text: str) -> Shapes:
    file = folder / "shapes.ttl"
    file.write_text(PREFIXES + text)
    return read_shapes(file)


def triples(text: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE)}


class Data:
    """Triples in a store, and how many were looked up."""

    def __init__(self, text: str):
        self.store = EmbeddedStore.in_memory()
        self.store.add(ox.Quad(one.subject, one.predicate, one.object) for one in triples(text))
        self.looked_at = 0

    def match(
        self, subject: Subject | None, predicate: ox.NamedNode | None, value: Term | None
    ) -> Iterator[ox.Triple]:
        for triple in Union(self.store).match(subject, predicate, value):
            self.looked_at += 1
            yield triple


def nodes(shapes: Shapes, before: str, added: str = "", removed: str = "") -> set[str]:
    """Return the names of the focus nodes that a change affects."""
    data = Data(before + added)
    data.store.update(f"DELETE DATA {{ {' . '.join(map(str, triples(removed)))} }}")
    found = affected(shapes, data.match, triples(added), triples(removed))
    return {str(node).rpartition("/")[2].rstrip('>"') for node in found.nodes}


@pytest.mark.parametrize(
    ("added", "removed", "expected"),
    [
        (
            ':x :name "Y"',
            "",
            {"a", "b"},
        ),  # backwards along the way to the name; a club is no agency
        ("", ':x :name "X"', {"a", "b"}),
        ("", ":x a :Country", {"a", "b"}),
        (":x :area 6", "", set()),  # nobody reads it
        (":c a :Ministry", "", {"c"}),  # is a focus node from now on
        ("", ":b a :Ministry", set()),  # is none any more
        (":Club rdfs:subClassOf :Agency", "", {"c"}),
        ("", ":Ministry rdfs:subClassOf :Agency", set()),
        (":Country rdfs:subClassOf :Place", "", {"a", "b"}),  # a class of the value
        ("", ":a :country :x", {"a"}),
        (":d a :Agency ; :country :x", "", {"d"}),  # what is beside it is not looked at
        (":d a :Agency ; :country :y . :y a :Country", "", {"d"}),
        (':y a :Country ; :name "Y"', "", set()),
        (":a a :Agency", ":a a :Agency", {"a"}),  # no change, looked at as the caller says so
    ],
)
def test_affected(shapes: Shapes, added: str, removed: str, expected: set[str]) -> None:
    if added and added == removed:
        removed = ""
    assert (
        nodes(shapes, STORED, f"{added} ." if added else "", f"{removed} ." if removed else "")
        == expected
    )


def test_the_fragment_is_what_is_read(shapes: Shapes) -> None:
    data = Data(STORED)
    (shape,) = shapes
    found = set(fragment(shapes, {shape: [ox.NamedNode("https://example.org/b")]}, data.match))
    assert found == triples("""
        :b a :Ministry ; :country :x . :Ministry rdfs:subClassOf :Agency .
        :x a :Country ; :name "X" .
    """)


@pytest.mark.parametrize("others", [10, 1_000])
def test_a_hub_is_not_walked_through(shapes: Shapes, others: int) -> None:
    """A new agency in a country looks at no other agency there, however many there are."""
    crowd = " ".join(f":o{number} a :Agency ; :country :x ." for number in range(others))
    data = Data(f"{STORED} {crowd} :d a :Agency ; :country :x .")
    change = affected(shapes, data.match, triples(":d a :Agency ; :country :x ."))
    list(fragment(shapes, change.focus, data.match))
    assert {node.value for node in change.nodes if isinstance(node, ox.NamedNode)} == {
        "https://example.org/d"
    }
    assert data.looked_at < 30


@pytest.mark.parametrize("properties", [1, 5_000])
def test_what_a_node_has_more_of_is_not_read(shapes: Shapes, properties: int) -> None:
    """A country of which very much is known costs no more."""
    much = " ".join(f":x :p{number} {number} ." for number in range(properties))
    data = Data(f"{STORED} {much}")
    change = affected(shapes, data.match, triples(":a :country :x ."))
    copied = list(fragment(shapes, change.focus, data.match))
    assert len(copied) == 4
    assert data.looked_at < 50


NEXT = """
:Chain a sh:NodeShape ; sh:targetSubjectsOf :next ; sh:property [ sh:maxCount 1 ;
    sh:path ( [ sh:zeroOrMorePath :next ] [ sh:inversePath :last ] ) ].
"""


def test_chains_of_any_length(tmp_path: Path) -> None:
    shapes = read(tmp_path, NEXT)
    chain = " ".join(f":n{number} :next :n{number + 1} ." for number in range(5_000))
    data = Data(f"{chain} :end :last :n5000 .")
    change = affected(shapes, data.match, triples(":end :last :n5000 ."))
    assert len(change.nodes) == 5_000  # the last has no next and is none
    (shape,) = shapes
    first = {shape: [ox.NamedNode("https://example.org/n0")]}
    assert len(list(fragment(shapes, first, data.match))) == 5_001


def test_circles_end(tmp_path: Path) -> None:
    shapes = read(tmp_path, NEXT)
    circle = ":a :next :b . :b :next :c . :c :next :a ."
    assert nodes(shapes, circle, ":z :last :b .") == {"a", "b", "c"}
    assert nodes(shapes, circle, "", ":c :next :a .") == {"a", "b"}  # c has no next any more


def test_literals_are_focus_nodes_too(tmp_path: Path) -> None:
    shapes = read(
        tmp_path,
        ":S a sh:NodeShape ; sh:targetObjectsOf :name ; sh:property ["
        " sh:path [ sh:inversePath :name ] ; sh:maxCount 1 ] .",
    )
    data = ':a :name "one" . :b :name "two" .'
    assert nodes(shapes, data, ':c :name "two" .') == {'"two'}
    store = Data(data + ':c :name "two" .')
    change = affected(shapes, store.match, triples(':c :name "two" .'))
    assert [result.focus for result in validate(store.store, shapes, change).results] == ['"two"']


SILENT = """
:Silent a sh:NodeShape ; sh:targetClass :Thing ;
    sh:sparql [ sh:select "SELECT $this { $this <https://example.org/p> ?x }" READS ] .
"""


def test_who_does_not_say_what_is_read_is_checked_whole(tmp_path: Path) -> None:
    shapes = read(tmp_path, SILENT.replace("READS", ""))
    (shape,) = shapes
    data = Data(":a a :Thing ; :p 1 . :b a :Thing .")
    change = affected(shapes, data.match, triples(":z :q :z ."))
    assert (dict(change.focus), change.whole) == ({}, (shape,))
    report = validate(data.store, shapes, change)
    assert [result.focus for result in report.results] == ["https://example.org/a"]
    everything = fragment(shapes, {shape: [ox.NamedNode("https://example.org/b")]}, data.match)
    assert len(list(everything)) == 3


def test_who_says_is_not(tmp_path: Path) -> None:
    shapes = read(tmp_path, SILENT.replace("READS", "; comity:reads :p"))
    data = ":a a :Thing . :b a :Thing ."
    assert nodes(shapes, data, ":z :q :z .") == set()
    assert nodes(shapes, data, ":a :p :z .") == {"a"}


def test_any_property(tmp_path: Path) -> None:
    shapes = read(
        tmp_path,
        SILENT.replace("READS", "; comity:reads ( comity:anyProperty comity:anyProperty )"),
    )
    data = ":a a :Thing ; :q :b . :b :r :c . :c :s :d ."
    assert nodes(shapes, data, ":b :t 1 .") == {"a"}
    assert nodes(shapes, data, ":a :t 1 .") == {"a"}
    assert nodes(shapes, data, ":c :t 1 .") == set()


def test_closed_shapes_read_all_that_is_said(tmp_path: Path) -> None:
    shapes = read(
        tmp_path,
        ":S a sh:NodeShape ; sh:targetClass :Thing ;"
        " sh:property [ sh:path :part ; sh:node :Bare ] ."
        ":Bare sh:closed true ; sh:ignoredProperties ( rdf:type ) .",
    )
    data = ":a a :Thing ; :part :b . :b :q :c ."
    assert nodes(shapes, data, ":b :t 1 .") == {"a"}
    assert nodes(shapes, data, ":c :t :b .") == set()
    assert nodes(shapes, data, ":a :t 1 .") == set()


BACK_AND_ON = """
:S a sh:NodeShape ; sh:targetClass :Thing ; sh:property [ sh:minCount 1 ;
    sh:path ( [ sh:inversePath :of ] :name [ sh:inversePath :as ] ) ] .
"""


def test_ways_back_and_on(tmp_path: Path) -> None:
    shapes = read(tmp_path, BACK_AND_ON)
    data = (
        ":a a :Thing . :b :of :a ; :name :c . :d :as :c . :x a :Thing . :b :name :e . :x :of :b ."
    )
    assert nodes(shapes, data, ":f :as :c .") == {"a"}
    assert nodes(shapes, data, ":b :name :g .") == {"a"}
    assert nodes(shapes, data, ":c :as :f .") == set()
    (shape,) = shapes
    node = ox.NamedNode("https://example.org/a")
    assert set(fragment(shapes, {shape: [node]}, Data(data).match)) == triples(
        ":a a :Thing . :b :of :a ; :name :c, :e . :d :as :c ."
    )


def test_any_property_beside_one_that_is_named(tmp_path: Path) -> None:
    reads = "; comity:reads ( comity:anyProperty :q ), ( :p :r ), [ sh:inversePath :p ]"
    shapes = read(tmp_path, SILENT.replace("READS", reads))
    data = ":a a :Thing ; :p :b ; :s :c . :b :q 1 ; :r 2 . :c :q 3 ; :r 4 ."
    (shape,) = shapes
    node = ox.NamedNode("https://example.org/a")
    assert set(fragment(shapes, {shape: [node]}, Data(data).match)) == triples(
        ":a a :Thing ; :p :b ; :s :c . :b :q 1 ; :r 2 . :c :q 3 ."
    )
    for changed in (":b :q 5 .", ":b :r 5 .", ":c :q 5 .", ":a :p 5 .", ":a :z 5 .", ":z :p :a ."):
        assert nodes(shapes, data, changed) == {"a"}, changed
    assert nodes(shapes, data, ":c :r 5 .") == set()


def test_stores_together_have_each_triple_once() -> None:
    one, two, three = Data(":a :p 1, 2 ."), Data(":a :p 2, 3 ."), Data(":a :p 3, 1 ; :q 4 .")
    union = Union(one.store, two.store, three.store)
    subject = ox.NamedNode("https://example.org/a")
    for predicate, expected in (("p", ["1", "2", "3"]), ("q", ["4"]), ("r", [])):
        found = union.match(subject, ox.NamedNode(f"https://example.org/{predicate}"), None)
        assert (
            sorted(one.object.value for one in found if isinstance(one.object, ox.Literal))
            == expected
        )
    assert len(list(Union(one.store).match(None, None, None))) == 2
