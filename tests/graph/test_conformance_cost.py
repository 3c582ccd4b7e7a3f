"""What a load has the shapes look at does not grow with the store."""

from __future__ import annotations

from datetime import date, timedelta
from time import process_time

import pyoxigraph as ox
import pytest

import comity
from comity.gate.staging import Staging
from comity.validation import Union, affected, shipped_shapes, validate
from comity_ontology.prefixes import GRAPHS, expand, prefixes
from comity_ontology.terms import COMITY, RDF, SKOS

COUNTRY = ox.NamedNode(expand("country:ee"))
GRAPH = f"{GRAPHS.SOURCE}new"


def triple(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), value)


def checked(agencies: int, *said: ox.Triple) -> int:
    """Count the nodes that are checked when a load says something of a country with agencies."""
    with comity.open() as graph:
        stored = [triple(COUNTRY, RDF.type, ox.NamedNode(COMITY.Country))]
        for number in range(agencies):
            agency = ox.NamedNode(expand(f"agency:{number}"))
            stored.append(triple(agency, RDF.type, ox.NamedNode(COMITY.Agency)))
            stored.append(triple(agency, COMITY.ofCountry, COUNTRY))
        graph.store.add(ox.Quad(*one) for one in stored)
        staging = Staging(graph.store, "l")
        staging.add(
            ox.Quad(one.subject, one.predicate, one.object, ox.NamedNode(GRAPH)) for one in said
        )
        data = Union(graph.store, staging.as_set())
        found = affected(shipped_shapes(), data.match, added=staging.new_to(graph.store))
        staging.clear()
        return len(found.nodes)


@pytest.mark.parametrize("agencies", [1, 40])
def test_what_is_known_of_a_country_checks_none_of_its_agencies(agencies: int) -> None:
    again = triple(COUNTRY, RDF.type, ox.NamedNode(COMITY.Country))
    name = triple(COUNTRY, SKOS.prefLabel, ox.Literal("Estonia", language="en"))
    assert checked(agencies, again, name) == 1


def test_what_is_new_of_it_checks_them() -> None:
    kind = triple(COUNTRY, RDF.type, ox.NamedNode(COMITY.Place))
    assert checked(3, kind) == 4


def test_another_tenure_of_a_post_with_many_is_not_compared_pair_by_pair() -> None:
    graph = comity.open()
    shapes = shipped_shapes()
    lines = ["post:p comity:singleHolder true ."]
    for number in range(600):
        day = (date(1900, 1, 1) + timedelta(days=3 * number)).isoformat()
        lines.append(
            f'timepoint:{day} comity:earliest "{day}"^^xsd:date ; comity:latest "{day}"^^xsd:date .'
            f"tenure:t{number} a comity:Tenure ; org:member person:p{number} ; "
            f"comity:post post:p ; comity:begin timepoint:{day} ; comity:end timepoint:{day} ."
        )
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
    quads = list(ox.parse(head + " ".join(lines), format=ox.RdfFormat.TURTLE))
    graph.store.bulk(quads)
    match = Union(graph.store).match
    tenure = ox.NamedNode(expand("tenure:t5"))
    change = affected(shapes, match, added=[q.triple for q in quads if q.subject == tenure])
    began = process_time()
    validate(graph.store, shapes)
    all_of_it = process_time() - began
    began = process_time()
    few = validate(graph.store, shapes, change)
    assert few.checked is not None
    assert few.checked >= 600
    assert process_time() - began < 3 * all_of_it + 0.2
