"""The constants that code uses, against the Turtle that defines them and the W3C's own terms."""

from __future__ import annotations

import re
from functools import cache

import pytest
import rdflib
from rdflib import OWL, RDF, SKOS
from rdflib.namespace import (
    DCTERMS,
    FOAF,
    ORG,
    PROV,
    RDFS,
    SDO,
    SH,
    TIME,
    VANN,
    XSD,
    DefinedNamespace,
)

from comity_ontology import checks, modules, shapes, terms, vocabularies
from comity_ontology.prefixes import GRAPHS, VOCABULARIES

CODE = "https://w3id.org/comity/code/"


@cache
def _graph() -> rdflib.Graph:
    graph = rdflib.Graph()
    for module in modules():
        graph.parse(data=module.path.read_text(encoding="utf-8"), format="turtle")
    return graph


def _values(vocabulary: type) -> dict[str, str]:
    return {
        name: value
        for name, value in vars(vocabulary).items()
        if isinstance(value, str) and not name.startswith("_") and name != "NS"
    }


def test_constants_and_turtle_hold_the_same_terms() -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    declared = {str(term) for kind in kinds for term in _graph().subjects(RDF.type, kind)}
    assert set(_values(terms.COMITY).values()) == declared


@pytest.mark.parametrize("name", [n for n in vocabularies.__all__ if n != "EDTF"] + ["COMITY"])
def test_constants_are_named_like_their_terms(name: str) -> None:
    vocabulary = getattr(terms, name)
    assert _values(vocabulary)
    assert all(value == vocabulary.NS + key for key, value in _values(vocabulary).items())
    assert vocabulary.NS in VOCABULARIES.values()


def test_foreign_constants_are_on_the_declared_list() -> None:
    (path,) = (path for path in checks() if path.name == "unknown-foreign-term.rq")
    text = path.read_text(encoding="utf-8")
    listed = set(re.findall(r"\b(\w+:\w+)", text.split("VALUES ?entity {")[1]))
    by_namespace = {iri: prefix for prefix, iri in VOCABULARIES.items()}
    for name in vocabularies.__all__:
        if name != "EDTF":
            vocabulary = getattr(vocabularies, name)
            short = {f"{by_namespace[vocabulary.NS]}:{key}" for key in _values(vocabulary)}
            assert short <= listed


@pytest.mark.parametrize(
    ("prefix", "namespace"),
    [
        ("dcterms", DCTERMS),
        ("foaf", FOAF),
        ("org", ORG),
        ("owl", OWL),
        ("time", TIME),
        ("prov", PROV),
        ("rdf", RDF),
        ("rdfs", RDFS),
        ("schema", SDO),
        ("sh", SH),
        ("skos", SKOS),
        ("vann", VANN),
        ("xsd", XSD),
    ],
)
def test_declared_list_is_spelt_as_published(
    prefix: str, namespace: type[DefinedNamespace]
) -> None:
    (path,) = (path for path in checks() if path.name == "unknown-foreign-term.rq")
    listed = path.read_text(encoding="utf-8").split("VALUES ?entity {")[1]
    names = set(re.findall(rf"\b{prefix}:([\w-]+)", listed))
    assert names
    assert [name for name in sorted(names) if name not in namespace] == []


# The names that ONTOLOGY fixes are in COMITY by construction; codes have no constants.
@pytest.mark.parametrize(
    ("scheme", "codes"),
    [
        (
            "agreement-type",
            "memorandum-of-understanding action-plan protocol cooperation-agreement "
            "framework-agreement supplementary-arrangement joint-declaration treaty "
            "exchange-of-notes programme other-agreement",
        ),
        (
            "agreement-status",
            "envisaged negotiated signed in-force suspended expired terminated superseded "
            "unknown-status",
        ),
        (
            "event-type",
            "visit meeting forum ceremony call conference session exchange-programme other-event",
        ),
        (
            "participation-role",
            "host guest attendee speaker signatory witness organiser facilitator "
            "other-participation-role",
        ),
        ("utterance-type", "statement congratulation invitation thanks discussion"),
        ("utterance-form", "direct-quotation paraphrase"),
        (
            "relation-type",
            "country institutional personal information-exchange experience-transfer",
        ),
        ("correction-type", "typo mistranslation wrong-referent number-conflict other-correction"),
        ("certainty", "certain probable possible"),
        ("capacity", "substantive acting interim ad-interim designate"),
        ("end-status", "open-end unknown-end"),
        ("identity-decision", "same-entity different-entity"),
        ("passage-type", "headline dateline heading sentence record"),
    ],
)
def test_scheme_holds_its_codes(scheme: str, codes: str) -> None:
    members = {
        str(concept).removeprefix(CODE)
        for concept in _graph().subjects(SKOS.inScheme, rdflib.URIRef(CODE + scheme))
    }
    assert set(codes.split()) <= members


def test_results_and_precedence_of_acts() -> None:
    results_in = rdflib.URIRef(terms.COMITY.resultsIn)
    rows = {
        str(act).removeprefix(CODE): (
            int(str(precedence)),
            str(_graph().value(act, results_in) or "").removeprefix(CODE),
        )
        for act, precedence in _graph().subject_objects(rdflib.URIRef(terms.COMITY.precedence))
    }
    assert rows == {
        "negotiation-opened": (10, "negotiated"),
        "initialled": (20, "negotiated"),
        "signing": (30, "signed"),
        "acceptance": (35, ""),
        "ratification": (40, ""),
        "provisional-application": (50, ""),
        "entry-into-force": (60, "in-force"),
        "amendment": (70, ""),
        "extension": (71, ""),
        "suspension": (75, "suspended"),
        "resumption": (76, "in-force"),
        "withdrawal-of-signature": (80, ""),
        "withdrawal-of-ratification": (81, ""),
        "denunciation": (85, ""),
        "termination": (90, "terminated"),
        "supersession": (91, "superseded"),
        "expiry": (95, "expired"),
    }


def test_modules_name_their_graphs() -> None:
    assert {module.name: module.graph for module in modules()} == {
        "core.ttl": GRAPHS.ONTOLOGY,
        "discourse.ttl": GRAPHS.ONTOLOGY,
        "alignments.ttl": GRAPHS.ONTOLOGY,
        "codes.ttl": GRAPHS.CODES,
    }
    assert all(path.name.endswith(".ttl") for path in shapes())
