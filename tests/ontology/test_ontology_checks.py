"""Quality checks: nothing is wrong in what ships, and a small broken example shows each at work."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
import yaml

from comity_ontology import checks, modules, shapes
from comity_ontology.prefixes import expand, prefixes
from comity_ontology.terms import COMITY

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

QUERIES = {path.name.removesuffix(".rq"): path.read_text(encoding="utf-8") for path in checks()}
NAMESPACES = prefixes("https://w3id.org/comity/id/") | {"ex": "https://example.org/"}
TURTLE_HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in NAMESPACES.items())

# Named by the shape that refuses it: an agreement has no stored status.
REFUSED = {COMITY.NS + "status"}

# Each check, a graph with one fault, and the entities that it must name.
BROKEN: dict[str, tuple[str, set[str]]] = {
    "agreement-cycle": (
        "agreement:a comity:amends agreement:b . agreement:b comity:amends agreement:a .",
        {"agreement:a", "agreement:b"},
    ),
    "ambiguous-precedence": (
        "code:signing comity:precedence 30 . code:expiry comity:precedence 30 .",
        {"code:signing", "code:expiry"},
    ),
    "broader-cycle": ("code:trade skos:broader code:trade .", {"code:trade"}),
    "concept-without-definition": (
        'code:trade a skos:Concept ; skos:definition "ticaret"@tr .',
        {"code:trade"},
    ),
    "concept-without-label": (
        'code:trade a skos:Concept ; skos:prefLabel "ticaret"@tr .',
        {"code:trade"},
    ),
    "concept-without-scheme": (
        "code:trade a skos:Concept ; skos:inScheme code:theem . code:theme a skos:ConceptScheme .",
        {"code:trade"},
    ),
    "duplicate-label": (
        'comity:Event a owl:Class ; rdfs:label "event"@en .'
        'comity:event a owl:ObjectProperty ; rdfs:label "Event"@en .',
        {"comity:Event", "comity:event"},
    ),
    "duplicate-notation": (
        'code:visit skos:inScheme code:event-type ; skos:notation "042" .'
        'code:call skos:inScheme code:event-type ; skos:notation "042" .'
        'code:signing skos:inScheme code:act-type ; skos:notation "042" .',
        {"code:visit", "code:call"},
    ),
    "forbidden-axiom": (
        "comity:post a owl:ObjectProperty, owl:FunctionalProperty .",
        {"comity:post"},
    ),
    "implementation-cycle": (
        "agreement:a comity:implements agreement:b . agreement:b comity:implements agreement:a .",
        {"agreement:a", "agreement:b"},
    ),
    "label-clash": (
        'code:visit skos:inScheme code:event-type ; skos:prefLabel "visit"@en .'
        'code:meeting skos:inScheme code:event-type ; skos:altLabel "Visit"@tr .'
        'code:host skos:inScheme code:participation-role ; skos:altLabel "visit"@en .',
        {"code:visit", "code:meeting"},
    ),
    "label-overlap": (
        'code:trade skos:prefLabel "trade"@en ; skos:altLabel "trade"@en .',
        {"code:trade"},
    ),
    "missing-definition": ("comity:Event a owl:Class .", {"comity:Event"}),
    "missing-domain-or-range": (
        "comity:about a owl:ObjectProperty ; rdfs:domain comity:Claim .",
        {"comity:about"},
    ),
    "missing-example": ('comity:Event a owl:Class ; skos:example ""@en .', {"comity:Event"}),
    "missing-is-defined-by": (
        "comity:Event a owl:Class ; rdfs:isDefinedBy <https://w3id.org/comity/ns/coer> .",
        {"comity:Event"},
    ),
    "missing-label": ('comity:Event a owl:Class ; rdfs:label "olay"@tr .', {"comity:Event"}),
    "missing-ontology-metadata": (
        '<https://w3id.org/comity/ns> a owl:Ontology ; dcterms:title "Comity"@en .',
        {"https://w3id.org/comity/ns"},
    ),
    "missing-precedence": ("code:signing comity:resultsIn code:signed .", {"code:signing"}),
    "multiple-domains": (
        "comity:begin rdfs:domain comity:Tenure, comity:Event .",
        {"comity:begin"},
    ),
    "multiple-preferred-labels": (
        'agency:a skos:prefLabel "Bank"@en, "The Bank"@en, "Banka"@tr .',
        {"agency:a"},
    ),
    "multiple-ranges": ("comity:place rdfs:range comity:Place, comity:Country .", {"comity:place"}),
    "orphan-concept": (
        "code:trade a skos:Concept ; skos:inScheme code:theme ; skos:topConceptOf code:role .",
        {"code:trade"},
    ),
    "part-cycle": ("event:a comity:partOfEvent event:a .", {"event:a"}),
    "results-outside-scheme": (
        "code:signing skos:inScheme code:act-type ; comity:resultsIn code:typo .",
        {"code:signing"},
    ),
    "several-results": (
        "code:signing comity:resultsIn code:signed, code:in-force .",
        {"code:signing"},
    ),
    "several-schemes": (
        "code:trade a skos:Concept ; skos:inScheme code:theme, code:role .",
        {"code:trade"},
    ),
    "subclass-cycle": (
        "comity:Act rdfs:subClassOf comity:Event . comity:Event rdfs:subClassOf comity:Act .",
        {"comity:Act", "comity:Event"},
    ),
    "subproperty-cycle": ("comity:begin rdfs:subPropertyOf comity:begin .", {"comity:begin"}),
    "text-formatting": ('comity:Event rdfs:label "event "@en .', {"comity:Event"}),
    "undeclared-code": (
        "code:visit a skos:Concept . event:a dcterms:type code:visit, code:vist .",
        {"code:vist"},
    ),
    "undeclared-namespace": (
        "event:a a <https://w3id.org/comity/Event>, <http://w3id.org/comity/ns#Event> .",
        {"https://w3id.org/comity/Event", "http://w3id.org/comity/ns#Event"},
    ),
    "undeclared-term": (
        "comity:Event a owl:Class . comity:place a owl:ObjectProperty ."
        "event:a a comity:Event, comity:Evnet ; comity:place place:b ; comity:plaec place:b ;"
        ' dcterms:date "x"^^comity:edft .'
        "shape:Event sh:targetClass comity:Event ; sh:property shape:EventPlace .",
        {"comity:Evnet", "comity:plaec", "comity:edft", "shape:EventPlace"},
    ),
    "unknown-foreign-term": (
        "tenure:a org:memberr person:b ; org:member person:b ;"
        " <http://schema.org/name> 'x' ; ex:own 1 ; dcterms:conformsTo oa:TextQuotSelector ;"
        " dcterms:extent '1'^^xsd:strng .",
        {
            "org:memberr",
            "http://schema.org/name",
            "ex:own",
            "oa:TextQuotSelector",
            "xsd:strng",
        },
    ),
    "wrong-kind-of-term": (
        "comity:Event a owl:Class . comity:event a owl:ObjectProperty ."
        "comity:text a owl:DatatypeProperty ."
        'event:a a comity:event . event:b comity:event "a" . event:c comity:text event:a .'
        "event:d comity:Event event:a .",
        {"comity:event", "event:b", "event:c", "comity:Event"},
    ),
}


def _iri(short: str) -> str:
    return short.replace("ex:", NAMESPACES["ex"]) if short.startswith("ex:") else expand(short)


def _shipped_files() -> list[Traversable]:
    examples = files("comity") / "examples"
    data = [path for path in examples.iterdir() if path.name.endswith((".ttl", ".trig"))]
    return [module.path for module in modules()] + [*shapes(), *data]


@cache
def _shipped() -> ox.Store:
    """Hold every shipped file in one default graph."""
    store = ox.Store()
    for path in _shipped_files():
        form = ox.RdfFormat.TRIG if path.name.endswith(".trig") else ox.RdfFormat.TURTLE
        for quad in ox.parse(path.read_bytes(), format=form):
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return store


def _rows(store: ox.Store, query: str) -> list[dict[str, str]]:
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    assert names == ["entity", "property", "value"]
    return [dict(zip(names, map(str, row), strict=True)) for row in solutions]


def test_every_check_has_a_broken_example() -> None:
    assert set(BROKEN) == set(QUERIES)


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_what_ships_passes(name: str) -> None:
    assert _rows(_shipped(), QUERIES[name]) == []


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_fault_is_found(name: str) -> None:
    turtle, expected = BROKEN[name]
    store = ox.Store()
    store.load(TURTLE_HEAD + turtle, format=ox.RdfFormat.TURTLE)
    found = {row["entity"] for row in _rows(store, QUERIES[name])}
    assert found == {f"<{_iri(short)}>" for short in expected}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_another_engine_finds_the_same(name: str) -> None:
    turtle, expected = BROKEN[name]
    graph = rdflib.Graph(bind_namespaces="none").parse(data=TURTLE_HEAD + turtle, format="turtle")
    found = {str(row[0]) for row in graph.query(QUERIES[name])}  # type: ignore[index]
    assert found == {_iri(short) for short in expected}


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_header_is_complete(name: str) -> None:
    header = "\n".join(line[3:] for line in QUERIES[name].splitlines() if line.startswith("#+"))
    fields = yaml.safe_load(header)
    assert set(fields) == {"title", "summary", "severity"}
    assert fields["severity"] in {"error", "warning", "info"}
    assert re.search(r"ORDER BY \?entity \?property \?value\s*$", QUERIES[name])


def test_titles_are_distinct() -> None:
    titles = [text.splitlines()[0] for text in QUERIES.values()]
    assert len(set(titles)) == len(titles)


def test_terms_and_codes_in_the_text_of_shipped_files_exist() -> None:
    """SPARQL inside shapes, and comments, are strings to a parser: so read the text itself."""
    declared = {value for name, value in vars(COMITY).items() if not name.startswith("_")}
    codes = {
        quad.subject.value
        for quad in _shipped()
        if isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value.startswith(NAMESPACES["code"])
    }
    wrong = [
        (path.name, short)
        for path in [*_shipped_files(), *checks()]
        for short in re.findall(
            r"(?<![\w:/])((?:comity|code):[A-Za-z][\w-]*)", path.read_text(encoding="utf-8")
        )
        if expand(short) not in declared | codes | REFUSED
    ]
    assert wrong == []
    assert not REFUSED & declared
