from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import comity
from comity.errors import ParameterError
from comity.labels import labels
from comity_ontology.prefixes import expand

AGENCY, COUNTRY = expand("comity:Agency"), expand("comity:Country")
PERSON = expand("foaf:Person")


@pytest.fixture(scope="module")
def seed(seeded: Path) -> Iterator[comity.Graph]:
    with comity.open(seeded, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("KOSGEB", "agency:kosgeb"),
        ("KOBİA", "agency:kobia"),
        ("kobia", "agency:kobia"),
        ("  KOBIA ", "agency:kobia"),
        ("Azerbaijan small and medium enterprises development agency", "agency:kobia"),
        ("Orhan Mammadov", "person:orhan-mammadov"),
        ("Orxan Məmmədov", "person:orhan-mammadov"),
        ("recep tayyip erdogan", "person:recep-tayyip-erdogan"),
        ("AZ", "country:az"),
        ("tr", "country:tr"),
        ("Azerbaican", "country:az"),
        ("agency:kosgeb", "agency:kosgeb"),
        ("https://w3id.org/comity/id/agency/kosgeb", "agency:kosgeb"),
        ("<https://w3id.org/comity/id/agency/kosgeb>", "agency:kosgeb"),
        ("code:signing", "code:signing"),
    ],
)
def test_a_name_means_a_node(seed: comity.Graph, said: str, meant: str) -> None:
    assert seed.resolve(said) == expand(meant)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("KOSGEP", r"nothing is called 'KOSGEP'; near it are agency:kosgeb \(KOSGEB\)"),
        ("Hasan Basri Kort", r"near it are person:hasan-basri-kurt \(Hasan Basri Kurt\)"),
        ("qqqqq", "nothing is called 'qqqqq'$"),
        ("", "nothing is called ''$"),
        ("agency:kosgebb", "agency:kosgebb is not in the graph: find it with"),
        ("https://example.org/none", "is not in the graph"),
        ("agency:a b", "is neither an IRI nor a short form|is not an IRI"),
        ("http://[x", "is not an IRI"),
        ("agency:%zz", "is not an IRI"),
        ("<>", "is neither an IRI nor a short form"),
    ],
)
def test_what_means_nothing_is_said(seed: comity.Graph, said: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message) as caught:
        seed.resolve(said)
    assert caught.value.exit_code == 2


def test_those_of_one_name_are_offered_together(corpus: Path) -> None:
    both = "person:aksel-brandt (Aksel Brandt), person:aksel-brandt-painter (Aksel Brandt)"
    with comity.open(corpus, read_only=True) as graph:
        with pytest.raises(ParameterError) as caught:
            graph.resolve("Brandt", PERSON)
        assert f"nothing is called 'Brandt'; near it are {both}" in str(caught.value)
        with pytest.raises(ParameterError) as caught:
            graph.run("career", person="Brandt")
        assert both in str(caught.value)


def test_a_class_tells_what_is_meant(seed: comity.Graph) -> None:
    assert seed.resolve("Azerbaijan", COUNTRY, AGENCY) == expand("country:az")
    with pytest.raises(ParameterError, match="'Azerbaijan' is the name of country:az, and what is"):
        seed.resolve("Azerbaijan", AGENCY)
    with pytest.raises(ParameterError, match="and what is asked for is: person"):
        seed.resolve("Azerbaijan", expand("foaf:Person"))
    with pytest.raises(
        ParameterError, match=r"person:orhan-mammadov is not of the class .*: agency or country"
    ):
        seed.resolve("person:orhan-mammadov", AGENCY, COUNTRY)


TWINS = """
agency:first a comity:Agency ; skos:prefLabel "The Agency"@en ; prov:wasDerivedFrom p:2 .
agency:second a comity:Agency ; skos:prefLabel "The Ağəncy"@az ; prov:wasDerivedFrom p:2 .
place:third a comity:Place ; skos:prefLabel "THE AGENCY"@en ; prov:wasDerivedFrom p:2 .
"""


def test_an_ambiguous_name_lists_what_it_may_mean(
    graph: comity.Graph, turtle: Callable[..., Path]
) -> None:
    graph.load(turtle(TWINS), document="source:note")
    with pytest.raises(ParameterError, match="'the agency' may be any of") as caught:
        graph.resolve("the agency")
    for candidate in ("agency:first (The Agency)", "agency:second (The Ağəncy)", "place:third"):
        assert candidate in str(caught.value)
    with pytest.raises(ParameterError) as caught:
        graph.resolve("the agency", AGENCY)
    assert "place:third" not in str(caught.value)


def test_many_of_one_name_are_cut_off_and_none_that_was_replaced_is_offered(
    graph: comity.Graph, turtle: Callable[..., Path]
) -> None:
    people = "".join(
        f'person:lark-{number} a foaf:Person ; skos:prefLabel "Ada Lark"@en ;'
        f" prov:wasDerivedFrom p:2 .\n"
        for number in range(1, 10)
    )
    facts = people + "person:lark-3 dcterms:isReplacedBy person:lark-5 .\n"
    graph.load(turtle(facts), document="source:note")
    with pytest.raises(ParameterError) as caught:
        graph.resolve("Lark")
    offered = str(caught.value).partition("near it are ")[2]
    assert offered == ", ".join(
        f"person:lark-{number} (Ada Lark)" for number in (1, 2, 4, 5, 6, 7, 8, 9)
    )


def test_what_was_replaced_is_followed(graph: comity.Graph, turtle: Callable[..., Path]) -> None:
    merged = """graph:curation { agency:second dcterms:isReplacedBy agency:between .
                agency:between dcterms:isReplacedBy agency:first . }"""
    agencies = TWINS.partition("place:")[0]
    graph.load(turtle(agencies), document="source:note")
    assert not graph.load(turtle(merged, "merged.trig")).refused
    for said in ("agency:second", "agency:between", "agency:first", "The Agency"):
        assert graph.resolve(said, AGENCY) == expand("agency:first")


def test_a_label_is_english_else_any_else_the_short_form(
    graph: comity.Graph, turtle: Callable[..., Path]
) -> None:
    facts = """
    agency:a rdfs:label "plain" ; skos:altLabel "alternative"@en ; skos:prefLabel "adı"@az ,
        "name"@en-GB .
    agency:b skos:hiddenLabel "gizli"@tr .
    agency:c comity:acronym "AC" ; rdfs:seeAlso agency:b .
    agency:d rdfs:label agency:a .
    """
    graph.load(turtle(facts), document="source:note")
    short = [f"agency:{name}" for name in "abcde"]
    found = labels(graph.store, map(expand, short))
    assert [found[expand(name)] for name in short] == [
        "name", "gizli", "AC", "agency:d", "agency:e"
    ]  # fmt: skip
    assert labels(graph.store, []) == {}


def test_many_labels_at_once(graph: comity.Graph) -> None:
    many = [expand(f"agency:{number}") for number in range(1_201)]
    assert len(labels(graph.store, many)) == 1_201
