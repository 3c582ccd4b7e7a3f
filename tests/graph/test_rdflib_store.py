"""The store as rdflib sees it: the same triples, the same answers, and nothing can be written.

oxrdflib, which hands the engine itself to rdflib, is the peer that it is compared with.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import rdflib
from oxrdflib import OxigraphStore
from rdflib import RDF, SKOS, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery

import comity
from comity.errors import NotSupported, QueryError
from comity_ontology.prefixes import GRAPHS
from comity_queries import bind, catalog

AGENCY = "https://w3id.org/comity/id/agency/"
SOURCE = URIRef(GRAPHS.SOURCE + "kosgeb-kobia-2021-02-25")


@pytest.fixture(scope="module")
def graph(seeded) -> Iterator[comity.Graph]:
    with comity.open(seeded, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def ours(graph) -> rdflib.Dataset:
    return graph.as_rdflib()


@pytest.fixture(scope="module")
def peer(graph) -> rdflib.Dataset:
    return rdflib.Dataset(store=OxigraphStore(store=graph.store.engine))


def plain(term: Any) -> str:
    """Write a term; the peer gives plain strings their datatype and has its own way with zones."""
    if term is None:
        return ""
    return term.n3().removesuffix(f"^^<{rdflib.XSD.string}>").replace('+00:00"^^', 'Z"^^')


def triples(graph: Any) -> set[tuple[str, ...]]:
    return {tuple(map(plain, triple)) for triple in graph.triples((None, None, None))}


def answered(result: Any, sets: set[str]) -> list[tuple[str, ...]]:
    """Give the rows of a question; the IRIs of a set come in any order."""
    names = [str(variable) for variable in result.vars]
    return [
        tuple(
            " ".join(sorted(str(term).split())) if name in sets else plain(term)
            for name, term in zip(names, row, strict=True)
        )
        for row in result
    ]


def rows(result: Any) -> list[tuple[str, ...]]:
    return [tuple("" if term is None else term.n3() for term in row) for row in result]


def test_patterns_read_the_default_graph(ours) -> None:
    kosgeb = URIRef(AGENCY + "kosgeb")
    assert {str(label) for label in ours.objects(kosgeb, SKOS.prefLabel)} == {
        "KOSGEB",
        "Küçük ve Orta Ölçekli İşletmeleri Geliştirme ve Destekleme İdaresi Başkanlığı",
    }
    assert (kosgeb, RDF.type, rdflib.FOAF.Person) not in ours
    assert list(ours.triples((Literal("KOSGEB"), None, None))) == []


def test_the_same_triples_as_the_peer(ours, peer) -> None:
    assert triples(ours) == triples(peer.default_graph)
    assert len(ours) == len(peer.default_graph)
    mine, theirs = ours.graph(SOURCE), rdflib.Graph(store=peer.store, identifier=SOURCE)
    assert len(mine) == len(theirs) > 100
    assert triples(mine) == triples(theirs)


def test_named_graphs_are_listed_and_quads_name_them(ours) -> None:
    names = {graph.identifier for graph in ours.graphs()}
    assert {SOURCE, URIRef(GRAPHS.CURATION), URIRef(GRAPHS.META)} <= names
    kobia = URIRef(AGENCY + "kobia")
    said = {(str(o), c) for _, _, o, c in ours.quads((kobia, SKOS.prefLabel, None, None))}
    assert said == {
        ("Azerbaijan Small and Medium Enterprises Development Agency", SOURCE),
        ("Azərbaycan Respublikasının Kiçik və Orta Biznesin İnkişafı Agentliyi",
         URIRef(GRAPHS.CURATION)),
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(catalog()))
def test_a_question_gives_the_same_rows_as_the_peer(ours, peer, name: str) -> None:
    query = catalog()[name]
    text = bind(query, query.example)
    found = ours.query(text)
    assert [str(variable) for variable in found.vars] == list(query.columns)
    sets = {name for name, kind in query.columns.items() if kind == "iris"}
    assert answered(found, sets) == answered(peer.query(text), sets)


FEW = """SELECT ?who ?name WHERE { GRAPH ?g { ?who a foaf:Person } ?who skos:prefLabel ?name
FILTER(LANG(?name) = "en") } ORDER BY ?who"""


@pytest.mark.parametrize("options", [{}, {"use_store_provided": False}], ids=["store", "rdflib"])
def test_both_engines_answer_with_our_prefixes(ours, options: dict[str, Any]) -> None:
    found = [str(row.name) for row in ours.query(FEW, **options)]
    assert found == [
        "Hasan Basri Kurt", "Ilham Aliyev", "Orhan Mammadov", "Recep Tayyip Erdoğan",
        "Rufat Atakishiyev",
    ]  # fmt: skip


def test_other_forms_of_query(ours) -> None:
    assert ours.query("ASK { agency:kosgeb a comity:Agency }").askAnswer is True
    assert not ours.query("ASK { agency:kosgeb a foaf:Person }")
    made = ours.query("CONSTRUCT { ?a a comity:Agency } WHERE { ?a a comity:Agency }").graph
    assert {str(subject) for subject in made.subjects()} == {AGENCY + "kosgeb", AGENCY + "kobia"}


def test_what_the_store_cannot_bind_is_left_to_rdflib(ours) -> None:
    prefixed = "SELECT ?acronym WHERE { ?agency comity:acronym ?acronym }"
    kobia = {"agency": URIRef(AGENCY + "kobia")}
    assert rows(ours.query(prefixed, initBindings=kobia)) == [('"KOBİA"',)]
    prepared = prepareQuery(prefixed, initNs=dict(ours.namespaces()))
    assert sorted(rows(ours.query(prepared))) == [('"KOBİA"',), ('"KOSGEB"',)]
    meta = ours.graph(URIRef(GRAPHS.META))
    assert rows(meta.query(prefixed)) == []


def test_nothing_can_be_written(ours, graph) -> None:
    before = graph.info().triples
    triple = (URIRef("https://example.org/a"), RDF.type, RDF.Property)
    for change in (
        lambda: ours.add(triple),
        lambda: ours.addN([(*triple, ours.default_graph)]),
        lambda: ours.remove((None, None, None)),
        lambda: ours.graph(SOURCE).remove((None, None, None)),
        lambda: ours.remove_graph(SOURCE),
        lambda: ours.update("DELETE WHERE { ?s ?p ?o }"),
        lambda: ours.graph(SOURCE).update("CLEAR ALL"),
        lambda: ours.parse(data="<a:b> a <a:c> .", format="turtle"),
    ):
        with pytest.raises(NotSupported, match="for reading"):
            change()
    assert graph.info().triples == before


@pytest.mark.parametrize("options", [{}, {"use_store_provided": False}], ids=["store", "rdflib"])
def test_a_query_calls_no_other_server(ours, options: dict[str, Any]) -> None:
    text = "SELECT * WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }"
    with pytest.raises(QueryError, match="would call another server"):
        ours.query(text, **options)
    with pytest.raises(QueryError, match="would call another server"):
        ours.graph(SOURCE).query(text, **options)
    with pytest.raises(QueryError, match="would call another server"):
        ours.query(prepareQuery(text), **options)
