"""Random data and random shapes: pySHACL and we find the same.

pySHACL goes from focus node to focus node in Python and shares nothing with us but the
Recommendation, so where both are wrong they are seldom so in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyshacl import validate as run_pyshacl
from pyshacl.constraints.core import property_pair_constraints, value_range_constraints
from pyshacl.rdfutil import compare_literal

from comity.rdflib_terms import as_rdflib_term, as_stored_term
from comity.store import open_store
from comity.validation import check_exactly, validate
from comity.validation.shapes.reading import shapes_of
from comity_ontology.terms import RDF, RDFS, SH, XSD

EX = "https://example.org/"


def ex(name: str) -> ox.NamedNode:
    return ox.NamedNode(EX + name)


def typed(text: str, name: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD.NS + name))


def language(text: str, tag: str) -> ox.Literal:
    return ox.Literal(text, language=tag)


NODES = [*map(ex, "abcde"), ox.BlankNode("x"), ox.BlankNode("y")]
LINKS, CLASSES = [*map(ex, "pqr")], [ex("One"), ex("Two"), ex("Three")]
NUMBERS = [typed(text, "integer") for text in ("1", "2", "10")] + [typed("1.5", "decimal")]
DAYS = [typed("2020-01-01", "date"), typed("2021-06-30", "date")]
TEXTS = [ox.Literal("a"), ox.Literal("ab"), ox.Literal("B"), ox.Literal("")]
TAGGED = [language("a", "en"), language("b", "en"), language("a", "de"), language("c", "en-gb")]
ILL = [typed("x", "integer"), typed("2020-02-30", "date")]
BOOLEANS = [typed("true", "boolean"), typed("false", "boolean")]
# What a store would rewrite; pySHACL sees it as it is, and so do we where terms count exactly.
REWRITTEN = [
    *(typed("01", "integer"), typed("+2", "integer"), typed("1.50", "decimal")),
    *(typed("1", "int"), typed("300", "byte"), typed("1", "boolean")),
]
LITERALS = [*NUMBERS, *DAYS, *TEXTS, *TAGGED, *ILL, *BOOLEANS, *REWRITTEN]
DATATYPES = [XSD.NS + name for name in ("integer", "decimal", "date", "string", "boolean")]
DATATYPES += [XSD.NS + "int", XSD.NS + "byte", RDF.langString]
KINDS = ["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]
SEVERITIES = ["Violation", "Warning", "Info"]

triple = st.one_of(
    st.tuples(st.sampled_from(NODES), st.sampled_from(LINKS), st.sampled_from([*NODES, *LITERALS])),
    st.tuples(st.sampled_from(NODES), st.just(ox.NamedNode(RDF.type)), st.sampled_from(CLASSES)),
    st.tuples(
        st.sampled_from(CLASSES), st.just(ox.NamedNode(RDFS.subClassOf)), st.sampled_from(CLASSES)
    ),
)
data = st.lists(triple, min_size=3, max_size=24, unique=True).map(
    lambda drawn: [ox.Triple(*one) for one in drawn]
)


@dataclass
class Written:
    """A shapes graph in the making."""

    draw: st.DrawFn
    triples: list[ox.Triple] = field(default_factory=list)
    count: int = 0

    def node(self, name: str = "_") -> Any:
        self.count += 1
        return ox.BlankNode(f"n{self.count}") if name == "_" else ex(f"{name}{self.count}")

    def say(self, subject: Any, predicate: str, value: Any) -> None:
        iri = predicate if "://" in predicate else SH.NS + predicate
        self.triples.append(ox.Triple(subject, ox.NamedNode(iri), value))

    def listed(self, items: Iterable[Any]) -> Any:
        head: Any = ox.NamedNode(f"{RDF.NS}nil")
        for item in reversed(list(items)):
            node = self.node()
            self.say(node, f"{RDF.NS}first", item)
            self.say(node, f"{RDF.NS}rest", head)
            head = node
        return head

    def one(self, options: Iterable[Any]) -> Any:
        return self.draw(st.sampled_from(list(options)))

    def some(self, options: Iterable[Any], most: int = 3) -> list[Any]:
        some = st.lists(st.sampled_from(list(options)), min_size=1, max_size=most, unique=True)
        return self.draw(some)

    def number(self, most: int, least: int = 0) -> ox.Literal:
        return typed(str(self.draw(st.integers(least, most))), "integer")

    def path(self, depth: int = 2) -> Any:
        kinds = ["inverse", "zeroOrMore", "oneOrMore", "zeroOrOne", "sequence", "alternative"]
        kind = self.one(["one", "one", "one", *kinds]) if depth else "one"
        if kind == "one":
            return self.one([*LINKS, ox.NamedNode(RDF.type)])
        if kind == "sequence":
            return self.listed([self.path(depth - 1) for _ in range(2)])
        node = self.node()
        inner = (
            self.listed([self.path(depth - 1) for _ in range(2)])
            if kind == "alternative"
            else self.path(depth - 1)
        )
        self.say(node, f"{kind}Path", inner)
        return node

    def shape(self, depth: int, *, path: bool | None = None) -> Any:
        """Write a shape with constraints, and shapes below it while there is depth."""
        has_path = self.one([True, False]) if path is None else path
        shape = self.node("P" if has_path else "N")
        self.say(shape, RDF.type, ox.NamedNode(SH.NS + ("NodeShape", "PropertyShape")[has_path]))
        if has_path:
            self.say(shape, "path", self.path())
        for name in self.some(sorted(set(CONSTRAINTS) - (ON_PATHS if not has_path else set()))):
            if depth or name not in NESTED:
                CONSTRAINTS[name](self, shape, depth - 1)
        if self.draw(st.integers(0, 9)) == 0:
            self.say(shape, "deactivated", typed("true", "boolean"))
        if self.one([True, False]):
            self.say(shape, "severity", ox.NamedNode(SH.NS + self.one(SEVERITIES)))
        return shape

    def targeted(self) -> None:
        shape = self.shape(2)
        for kind in self.some(["targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf"]):
            options = {
                "targetNode": [*NODES[:5], *LITERALS],
                "targetClass": CLASSES,
            }.get(kind, LINKS)
            self.say(shape, kind, self.one(options))


Way = Callable[[Written, Any, int], None]


def says(name: str, *options: Any) -> Way:
    return lambda written, shape, _: written.say(shape, name, written.one(options))


def counts(name: str, most: int, least: int = 0) -> Way:
    return lambda written, shape, _: written.say(shape, name, written.number(most, least))


def lists(name: str, options: list[Any]) -> Way:
    return lambda written, shape, _: written.say(shape, name, written.listed(written.some(options)))


def holds(name: str, *, path: bool | None = None) -> Way:
    return lambda written, shape, depth: written.say(shape, name, written.shape(depth, path=path))


def combines(name: str) -> Way:
    def write(written: Written, shape: Any, depth: int) -> None:
        below = [written.shape(depth) for _ in range(written.draw(st.integers(1, 2)))]
        written.say(shape, name, written.listed(below))

    return write


def pattern(written: Written, shape: Any, _: int) -> None:
    written.say(shape, "pattern", ox.Literal(written.one(["^a", "b$", "^$", "[0-9]", "example"])))
    if written.one([True, False]):
        written.say(shape, "flags", ox.Literal("i"))


def closed(written: Written, shape: Any, depth: int) -> None:
    written.say(shape, "closed", typed("true", "boolean"))
    ignored = [*LINKS, ox.NamedNode(RDF.type)]
    written.say(shape, "ignoredProperties", written.listed(written.some(ignored)))


def qualified(written: Written, shape: Any, depth: int) -> None:
    written.say(shape, "qualifiedValueShape", written.shape(depth))
    for name in written.some(["qualifiedMinCount", "qualifiedMaxCount"], 2):
        written.say(shape, name, written.number(2))


def siblings(written: Written, shape: Any, depth: int) -> None:
    """Two property shapes whose qualified value shapes exclude each other."""
    for _ in range(2):
        below = written.node("P")
        written.say(shape, "property", below)
        written.say(below, "path", written.path())
        written.say(below, "qualifiedValueShapesDisjoint", typed("true", "boolean"))
        qualified(written, below, depth)


ON_PATHS = {
    *("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals"),
    "qualifiedValueShape",
}
NESTED = {
    *("not", "and", "or", "xone", "node", "property"),
    *("qualifiedValueShape", "siblings"),
}
COMPARED = [*NUMBERS, *DAYS]
CONSTRAINTS: dict[str, Way] = {
    "class": says("class", *CLASSES),
    "datatype": says("datatype", *map(ox.NamedNode, DATATYPES)),
    "nodeKind": says("nodeKind", *(ox.NamedNode(SH.NS + kind) for kind in KINDS)),
    "minCount": counts("minCount", 3),
    "maxCount": counts("maxCount", 2),
    "minExclusive": says("minExclusive", *COMPARED),
    "minInclusive": says("minInclusive", *COMPARED),
    "maxExclusive": says("maxExclusive", *COMPARED),
    "maxInclusive": says("maxInclusive", *COMPARED),
    # Not from 0: also then a blank node is a violation (SHACL §4.4.1), for pySHACL it is none.
    "minLength": counts("minLength", 3, 1),
    "maxLength": counts("maxLength", 3),
    "pattern": pattern,
    "languageIn": lists("languageIn", [ox.Literal(tag) for tag in ("en", "de", "fr")]),
    "uniqueLang": says("uniqueLang", typed("true", "boolean")),
    "equals": says("equals", *LINKS),
    "disjoint": says("disjoint", *LINKS),
    "lessThan": says("lessThan", *LINKS),
    "lessThanOrEquals": says("lessThanOrEquals", *LINKS),
    "not": holds("not"),
    "and": combines("and"),
    "or": combines("or"),
    "xone": combines("xone"),
    "node": holds("node", path=False),
    "property": holds("property", path=True),
    "qualifiedValueShape": qualified,
    "siblings": siblings,
    "closed": closed,
    "hasValue": says("hasValue", *NODES[:5], *LITERALS),
    "in": lists("in", [*NODES[:5], *LITERALS]),
}


@st.composite
def shapes_graphs(draw: st.DrawFn) -> list[ox.Triple]:
    written = Written(draw)
    for _ in range(draw(st.integers(1, 2))):
        written.targeted()
    return written.triples


def kind(term: Any) -> str:
    """What a literal can be compared with by SPARQL's operators; nothing if it is ill-formed.

    Those of the engine (pyoxigraph 0.5.13) do not compare true and false.
    """
    if not isinstance(term, rdflib.Literal) or term.language or term.ill_typed:
        return ""
    name = str(term.datatype or XSD.string).removeprefix(XSD.NS)
    if name == "boolean":
        return ""
    return "number" if name in ("integer", "decimal", "int", "byte") else name


def comparable(one: Any, other: Any) -> bool:
    return kind(one) == kind(other) != ""


@pytest.fixture(scope="module", autouse=True)
def compared_as_sparql_does() -> Iterator[None]:
    """What cannot be compared is a violation (SHACL §4.3, §4.5.3).

    pySHACL puts all literals in one order, and IRIs and tagged strings too, and has no
    answer for blank nodes; so it is only asked about what can be compared.
    """

    def literals(one: Any, other: Any) -> int:
        if not comparable(one, other):
            raise TypeError
        return compare_literal(one, other)

    def by_pairs(original: Any) -> Any:
        def compare(self: Any, values: Any, others: Any, graph: Any, focus: Any) -> Any:
            results: list[Any] = []
            for one in values:
                for other in others:
                    if comparable(one, other):
                        results += original(self, {one}, {other}, graph, focus)[1]
                    else:
                        results.append(self.make_v_result(graph, focus, value_node=one))
            return bool(results), results

        return compare

    less, less_or_equal = (
        property_pair_constraints.LessThanConstraintComponent,
        property_pair_constraints.LessThanOrEqualsConstraintComponent,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(value_range_constraints, "compare_literal", literals)
        patch.setattr(less, "_compare_lt", by_pairs(less._compare_lt))
        patch.setattr(less_or_equal, "_compare_ltoe", by_pairs(less_or_equal._compare_ltoe))
        yield


def as_graph(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for one in triples:
        graph.add(tuple(map(as_rdflib_term, one)))  # type: ignore[arg-type]
    return graph


def theirs(triples: Any, data: list[ox.Triple], shapes: list[ox.Triple]) -> Any:
    _, found, text = run_pyshacl(as_graph(data), shacl_graph=as_graph(shapes), inplace=True)
    assert isinstance(found, rdflib.Graph), text
    report = triples(ox.Triple(*map(as_stored_term, one)) for one in found)
    (node,) = report.subjects(RDF.type, ox.NamedNode(SH.ValidationReport))
    return report.said(node)


@settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(data=data, shapes=shapes_graphs())
def test_reports_are_the_same(
    triples: Any, told: Callable[..., Any], data: list[ox.Triple], shapes: list[ox.Triple]
) -> None:
    conforms, found = told(check_exactly(data, shapes_of(shapes)))
    their_verdict, expected = theirs(triples, data, shapes)
    assert found == expected
    assert conforms == their_verdict
    unlike_stored = [*REWRITTEN, ox.NamedNode(XSD.NS + "int"), ox.NamedNode(XSD.NS + "byte")]
    if any(one.object in unlike_stored for one in (*data, *shapes)):
        return
    store = open_store()
    store.add(ox.Quad(*one) for one in data)
    assert set(told(validate(store, shapes_of(shapes)))[1]) == set(expected)
