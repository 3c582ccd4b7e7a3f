"""Which candidates are refused for what they do to the nodes around them."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from comity.gate.conformance import LEANING, refuse_nonconforming
from comity.gate.refusals import Refusals
from comity.gate.staging import Staging
from comity.store import EmbeddedStore
from comity.validation import Report, Rules, read_shapes, validate
from comity.validation.incremental import Affected
from comity_ontology.prefixes import GRAPHS, current_base

GRAPH = ox.NamedNode(f"{GRAPHS.SOURCE}new")
PREFIXES = f"""
@prefix : <{current_base()}agency/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


class World:
    """A store, candidates beside it, and shapes."""

    def __init__(self, folder: Path, shapes: str, stored: str, comes: str):
        file = folder / "shapes.ttl"
        file.write_text(PREFIXES + shapes)
        self.shapes = read_shapes(file)
        self.store = EmbeddedStore.in_memory()
        self.store.add(ox.Quad(*triple) for triple in triples(stored))
        self.staging = Staging(self.store, "load")
        self.staging.add(
            ox.Quad(triple.subject, triple.predicate, triple.object, GRAPH)
            for triple in triples(comes)
        )
        self.refusals = Refusals(self.staging)

    def refuse(self, rules: Rules | None = None) -> dict[str, list[str]]:
        """Return the nodes that are refused, with the messages."""
        again = rules or Rules(self.shapes)
        refuse_nonconforming(self.store, self.staging, self.refusals, again)
        return {
            refusal.node.removeprefix(f"{current_base()}agency/"): sorted(
                reason.message for reason in refusal.reasons
            )
            for refusal in self.refusals.listed({})
        }


def triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE)]


NEEDS_NAME = """
:Shape a sh:NodeShape ; sh:targetClass :Thing ;
    sh:property [ sh:path :name ; sh:minCount 1 ; sh:message "Name it." ] .
"""


def test_what_was_wrong_before_is_not_the_loads(tmp_path: Path) -> None:
    """The stored node is looked at again, because the load changes how many names it has."""
    shapes = (
        NEEDS_NAME.replace(":name ; sh:minCount 1", ":name ; sh:maxCount 1")
        + """
    :Other a sh:NodeShape ; sh:targetClass :Thing ; sh:property :In .
    :In sh:path [ sh:inversePath :of ] ; sh:maxCount 1 ; sh:message "One is enough." .
    """
    )
    stored = ":a a :Thing ; :name 1, 2 . :b :of :a ."
    assert World(tmp_path, shapes, stored, ":c :other :a .").refuse() == {}
    assert World(tmp_path, shapes, stored, ":c :of :a .").refuse() == {"c": ["One is enough."]}


def test_who_becomes_a_focus_node_was_not_one_before(tmp_path: Path) -> None:
    """A stored node without a name breaks nothing until something points at it."""
    shapes = NEEDS_NAME.replace("sh:targetClass :Thing", "sh:targetObjectsOf :to")
    assert World(tmp_path, shapes, ":a :x :b .", ":c :to :a .").refuse() == {"c": ["Name it."]}
    world = World(tmp_path, shapes, ":a :x :b . :d :to :a .", ":c :to :a .")
    assert world.refuse() == {}  # the fault was there


def test_nested_property_shapes_are_about_the_values(tmp_path: Path) -> None:
    shapes = """
    :Shape a sh:NodeShape ; sh:targetClass :Thing ;
        sh:property [ sh:path :part ; sh:property [
            sh:path :name ; sh:minCount 1 ; sh:message "Name the part." ] ] .
    """
    # the part is stored, and looked at because of what comes
    assert World(tmp_path, shapes, ":b :x :y .", ":a a :Thing ; :part :b .").refuse() == {
        "a": ["Name the part."]
    }
    # it was looked at before, from the same node
    world = World(tmp_path, shapes, ":a a :Thing ; :part :b .", ":a :part :c . :c :name 1 .")
    assert world.refuse() == {}


def test_what_leans_on_a_refused_node_goes_too_and_nothing_else(tmp_path: Path) -> None:
    shapes = (
        NEEDS_NAME
        + """
    :Link a sh:NodeShape ; sh:targetSubjectsOf :to ;
        sh:property [ sh:path :to ; sh:class :Thing ; sh:message "Point at a thing." ] .
    """
    )
    comes = ":a a :Thing . :b :to :a . :c a :Thing ; :name 1 ; :to :b . :b a :Thing ; :name 2 ."
    assert World(tmp_path, shapes, "", comes).refuse() == {
        "a": ["Name it."],
        "b": [f"Point at a thing. {LEANING}"],
        "c": [f"Point at a thing. {LEANING}"],
    }
    # what is stored already does not go with the candidate
    stored = ":a a :Thing ; :name 1 ."
    comes = ":a :to :x . :b :to :a ."
    assert World(tmp_path, shapes, stored, comes).refuse() == {"a": ["Point at a thing."]}


def test_only_what_a_refusal_affects_is_checked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[set[str]] = []

    class Noting(Rules):
        def check(self, store, focus=None, **others) -> Report:  # type: ignore[no-untyped-def]
            assert isinstance(focus, Affected)
            looked_at.append({str(node).rpartition("/")[2].rstrip(">") for node in focus.nodes})
            return validate(store, self.shapes, focus, **others)

    shapes = (
        NEEDS_NAME
        + """
    :Link a sh:NodeShape ; sh:targetSubjectsOf :to ;
        sh:property [ sh:path :to ; sh:class :Thing ; sh:message "Point at a thing." ] .
    """
    )
    fine = " ".join(f":t{number} a :Thing ; :name {number} ." for number in range(50))
    world = World(tmp_path, shapes, ":s a :Thing ; :name 1 .", f"{fine} :a a :Thing . :b :to :a .")
    assert set(world.refuse(Noting(world.shapes))) == {"a", "b"}
    everything = {f"t{number}" for number in range(50)}
    assert looked_at == [{*everything, "a", "b"}, {"b"}, set(), everything]


@pytest.mark.parametrize("value", ['"word"', "_:blank", "<urn:x>"])
def test_a_focus_node_of_any_kind(tmp_path: Path, value: str) -> None:
    """Foreign shapes may look at literals, which nobody can say anything about."""
    shapes = NEEDS_NAME.replace("sh:targetClass :Thing", "sh:targetObjectsOf :to")
    if value == "_:blank":
        world = World(tmp_path, shapes, f":a :to {value} .", ":b :to :c . :c :name 1 .")
        assert world.refuse() == {}
    else:
        assert World(tmp_path, shapes, "", f":a :to {value} .").refuse() == {"a": ["Name it."]}


def test_what_is_repeated_changes_nothing(tmp_path: Path) -> None:
    """Said already in another graph: not even wrong things are looked at again."""
    world = World(tmp_path, NEEDS_NAME, ":a a :Thing .", ":a a :Thing .")
    assert world.refuse() == {}
