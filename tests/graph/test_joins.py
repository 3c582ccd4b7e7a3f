"""Constraints about one node look at that node and its neighbours, not at all of the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery

import comity
from comity.examples import SEED
from comity.validation import shipped_shapes
from comity.validation.joins import from_focus
from comity.validation.view import StoreView, viewed
from comity_ontology.prefixes import prefixes

SELECTS = sorted(
    (str(shape), str(text)) for shape, text in shipped_shapes().subject_objects(SH.select)
)
HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())


def signings(count: int) -> Iterator[ox.Quad]:
    """Make agreements of which each implements the one before, with their signings."""
    text = HEAD.replace("PREFIX", "@prefix").replace(">\n", "> .\n")
    for number in range(count):
        text += (
            f"agreement:a{number} a comity:Agreement ; "
            f"comity:implements agreement:a{max(number - 1, 0)} .\n"
            f"act:s{number} a comity:Act ; dcterms:type code:signing ; comity:agreement "
            f"agreement:a{number} ; comity:time timepoint:d{number} ; "
            "prov:wasDerivedFrom passage:x .\n"
            f'timepoint:d{number} comity:earliest "2020-01-01"^^xsd:date ; '
            'comity:latest "2020-01-01"^^xsd:date .\n'
            f"act:r{number} a comity:Act ; dcterms:type code:ratification ; comity:agreement "
            f"agreement:a{number} ; comity:time timepoint:d{number} .\n"
        )
    yield from ox.parse(input=text, format=ox.RdfFormat.TURTLE)


def work(text: str, count: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Count the triples that a constraint reads for one agreement and one act among many."""
    read = 0
    triples = StoreView.triples

    def counted(*arguments: Any, **named: Any) -> Iterator[Any]:
        nonlocal read
        for found in triples(*arguments, **named):
            read += 1
            yield found

    with monkeypatch.context() as patched, comity.open() as graph:
        patched.setattr(StoreView, "triples", counted)
        graph.store.add(signings(count))
        query = from_focus(HEAD + text)
        for node in ("agreement/a1", "act/r1", "act/s1"):
            focus = rdflib.URIRef(f"https://w3id.org/comity/id/{node}")
            list(viewed(graph.store).query(query, initBindings={"this": focus}))
    return read


@pytest.mark.parametrize(("shape", "text"), SELECTS, ids=[s.rpartition("/")[2] for s, _ in SELECTS])
def test_the_work_is_that_of_the_node(
    shape: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = (work(text, count, monkeypatch) for count in (4, 40))
    assert many <= few + 4, shape


def test_the_order_changes_no_answer() -> None:
    """Ask each constraint about each thing of the shipped release, as rdflib would and as we do."""
    with comity.open() as graph:
        graph.add_document(SEED.text, title=SEED.title, issued=SEED.issued)
        graph.load(*SEED.models, validate=False)
        # A wrong day, so that there is something to be found.
        signed = ox.parse(
            input="<https://w3id.org/comity/id/time/2020-02-27> "
            "<https://w3id.org/comity/ns#latest> "
            '"2018-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .',
            format=ox.RdfFormat.TURTLE,
        )
        graph.store.add(signed)
        view = viewed(graph.store)
        base = "https://w3id.org/comity/id/"
        nodes = [
            rdflib.URIRef(row.node)
            for row in graph.sparql(
                f'SELECT DISTINCT ?node {{ ?node a ?c FILTER(STRSTARTS(STR(?node), "{base}a")) }}'
            )
        ]
        assert len(nodes) > 6
        found = 0
        for shape, text in SELECTS:
            ours, theirs = from_focus(HEAD + text), prepareQuery(HEAD + text)
            for node in nodes:
                answers = [
                    sorted(
                        str(sorted(binding.items()))
                        for binding in rdflib.Graph.query(
                            view, query, initBindings={"this": node}
                        ).bindings
                    )
                    for query in (ours, theirs)
                ]
                assert answers[0] == answers[1], (shape, node)
                found += len(answers[0])
        assert found
