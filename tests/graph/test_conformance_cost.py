"""What a load has the shapes look at does not grow with the store."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

import comity
from comity.gate.staging import Staging
from comity.validation import Union, affected, shipped_shapes
from comity_ontology.prefixes import GRAPHS, expand
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
