"""How the triples within an EXISTS are written one by one, and when they are left alone."""

from __future__ import annotations

import re
import time

import pyoxigraph as ox
import pytest

from comity.validation.constraints.base import Scope
from comity.validation.constraints.sparql.chains import chained
from comity.validation.constraints.sparql.compiling import compiled


def inside(group: str, known: str = "this") -> str:
    """Return what becomes of the group of an EXISTS, with names of steps made short."""
    text = chained(f"SELECT ?this {{ FILTER EXISTS {{ {group} }} }}", known.split())
    made = re.sub(r"step(\d)_\w+", r"step\1", text)
    found = re.fullmatch(r"SELECT \?this \{ FILTER EXISTS \{(.*)\} \}", made)
    assert found
    return " ".join(found[1].split())


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("?this <urn:p> ?x", "?this <urn:p> ?x"),
        (
            "?this <urn:p> ?x ; a <urn:C>, ?y ; .",
            "LATERAL { ?this a <urn:C> } LATERAL { ?this <urn:p> ?x } LATERAL { ?this a ?y }",
        ),
        (
            "?y <urn:q> ?z . ?this <urn:p> ?y .",
            "LATERAL { ?this <urn:p> ?y } LATERAL { ?y <urn:q> ?z }",
        ),
        (
            "?this <urn:p>/^<urn:q>*/(<urn:r>|<urn:s>) 'x'@en",
            "LATERAL { ?this <urn:p> ?step0 } LATERAL { ?step0 ^<urn:q>* ?step1 } "
            "LATERAL { ?step1 (<urn:r>|<urn:s>) 'x'@en }",
        ),
        (
            "?this <urn:p> 1 OPTIONAL { ?this <urn:q> ?x FILTER(?x > 1) } FILTER(!bound(?x))",
            "LATERAL { ?this <urn:p> 1 } "
            "LATERAL { OPTIONAL { ?this <urn:q> ?x FILTER(?x > 1) } } FILTER(!bound(?x))",
        ),
        (
            "?this <urn:p> ?x FILTER(?x > 1) ?x <urn:q> true",
            "LATERAL { ?this <urn:p> ?x } FILTER(?x > 1) LATERAL { ?x <urn:q> true }",
        ),
        (
            "FILTER EXISTS { ?this <urn:p> ?x . ?x <urn:q> '1'^^<urn:d> }",
            "FILTER EXISTS { LATERAL { ?this <urn:p> ?x } LATERAL { ?x <urn:q> '1'^^<urn:d> } }",
        ),
        # What is left alone: blank nodes and lists, and groups that would see too much.
        ("?this <urn:p> [ <urn:q> ?x ] . ?x <urn:r> 1", None),
        ("?this <urn:p> _:b . _:b <urn:r> 1", None),
        ("?this <urn:p> ( 1 2 ) . ?this <urn:r> 1", None),
        ("?this <urn:p>/<urn:q>|<urn:r> ?x . ?x <urn:r> 1", None),
        ("OPTIONAL { BIND(?this AS ?x) }", None),
        ("OPTIONAL { { FILTER(?this = 1) } }", None),
    ],
)
def test_within_exists(group: str, expected: str | None) -> None:
    assert inside(group) == (group if expected is None else expected)


def test_outside_nothing_changes() -> None:
    text = "SELECT ?this { ?this <urn:p> ?x . ?x <urn:q>/<urn:r> ?y OPTIONAL { ?y <urn:p> ?z } }"
    assert chained(text, ["this"]) == text


def test_time_does_not_grow_with_its_square() -> None:
    """Before, 20,000 nodes took minutes: each built a table of all the others' values."""
    p, q = ox.NamedNode("urn:p"), ox.NamedNode("urn:q")
    store = ox.Store()
    for number in range(20_000):
        node, link = ox.NamedNode(f"urn:n{number}"), ox.NamedNode(f"urn:l{number}")
        store.extend([ox.Quad(node, p, link), ox.Quad(link, q, ox.Literal(number))])
    query = compiled(
        """SELECT $this { $this <urn:p> ?x FILTER NOT EXISTS {
            ?y <urn:p> ?x OPTIONAL { ?y <urn:p>/<urn:q> ?n } FILTER(?n != 7) } }""",
        "SELECT",
        prefixes={},
        values={},
    )
    begin = time.process_time()
    assert [str(row[0]) for row in store.query(query.at_once("?this <urn:p> ?any ."))] == [
        "<urn:n7>"
    ]
    nested = query.exists({"this": "?f"}, Scope())
    found = store.query(f"SELECT ?f {{ ?f <urn:p> ?any FILTER({nested}) }}")
    assert [str(row[0]) for row in found] == ["<urn:n7>"]
    assert time.process_time() - begin < 20
