"""The gate over whatever comes: parts of the shipped model, with quads dropped and spoilt."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import comity
from comity.examples import SEED
from comity.readers import StatementList
from comity.store import EmbeddedStore
from comity_ontology.prefixes import GRAPHS, expand
from comity_ontology.terms import COMITY, DCTERMS, RDF

UnionHolds = Callable[[comity.Graph], bool]

MODEL = [
    quad for file in SEED.models for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TRIG)
]
SUBJECTS = sorted({quad.subject.value for quad in MODEL})  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def empty() -> list[ox.Quad]:
    """What a store holds that has the document and no facts."""
    with comity.open() as graph:
        graph.add_document(SEED.text, title=SEED.title, issued=SEED.issued)
        assert isinstance(graph.store, EmbeddedStore)
        return list(graph.store.engine)


def opened(quads: list[ox.Quad]) -> comity.Graph:
    store = EmbeddedStore.in_memory()
    store.bulk(quads)
    return comity.Graph(store)


def unnamed(quad: ox.Quad, predicate: str, value: str) -> ox.Quad:
    return ox.Quad(
        quad.subject, ox.NamedNode(predicate), ox.NamedNode(expand(value)), quad.graph_name
    )


def text(quad: ox.Quad, value: str, kind: str = "xsd:string") -> ox.Quad:
    literal = ox.Literal(value, datatype=ox.NamedNode(expand(kind)))
    return ox.Quad(quad.subject, quad.predicate, literal, quad.graph_name)


# How a quad is spoilt: by an unknown term, an unknown code, another class, an impossible day, a
# graph that nobody knows, a value that is elsewhere, or by what another quad says. Each keeps its
# subject, or takes that of the other.
SPOILT: tuple[Callable[[ox.Quad, ox.Quad], ox.Quad], ...] = (
    lambda quad, _: ox.Quad(
        quad.subject, ox.NamedNode(COMITY.NS + "unheardOf"), quad.object, quad.graph_name
    ),
    lambda quad, _: unnamed(quad, DCTERMS.type, "code:unheard-of"),
    lambda quad, _: unnamed(quad, RDF.type, "comity:Agency"),
    lambda quad, _: text(unnamed(quad, COMITY.latest, "agency:x"), "2021-02-30", "xsd:date"),
    lambda quad, _: text(unnamed(quad, COMITY.latest, "agency:x"), "1999-01-01", "xsd:date"),
    lambda quad, _: text(quad, "2021", "xsd:gYear"),
    lambda quad, _: text(quad, str(getattr(quad.object, "value", ""))),
    lambda quad, _: ox.Quad(*quad.triple, ox.NamedNode("https://example.org/unknown")),
    lambda quad, _: unnamed(quad, quad.predicate.value, "agency:elsewhere"),
    lambda quad, other: ox.Quad(quad.subject, quad.predicate, other.object, quad.graph_name),
    lambda quad, other: ox.Quad(quad.subject, other.predicate, quad.object, quad.graph_name),
    lambda quad, other: ox.Quad(other.subject, quad.predicate, quad.object, quad.graph_name),
    lambda quad, other: ox.Quad(*quad.triple, other.graph_name),
)


@st.composite
def loads(draw: st.DrawFn) -> list[ox.Quad]:
    """Some nodes of the model, some quads of theirs gone, some spoilt, some twice."""
    nodes = draw(st.sets(st.sampled_from(SUBJECTS), min_size=1, max_size=25))
    quads = [quad for quad in MODEL if quad.subject.value in nodes]  # type: ignore[union-attr]
    numbers = st.integers(0, len(quads) - 1)
    gone = draw(st.sets(numbers, max_size=3))
    ways = st.tuples(st.sampled_from(SPOILT), numbers, st.booleans())
    spoilt = draw(st.dictionaries(numbers, ways, max_size=4))
    twice = draw(st.sets(numbers, max_size=5))
    kept = []
    for number, quad in enumerate(quads):
        way, other, beside = spoilt.get(number, (None, 0, True))
        if number not in gone and beside:
            kept.append(quad)
        if way is not None:
            kept.append(way(quad, quads[other]))
    return draw(st.permutations(kept + [quads[number] for number in sorted(twice)]))


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=loads(), second=loads())
def test_nothing_vanishes(
    empty: list[ox.Quad], union_holds: UnionHolds, first: list[ox.Quad], second: list[ox.Quad]
) -> None:
    with opened(empty) as graph:
        assert isinstance(graph.store, EmbeddedStore)
        for read in (first, second):
            before = set(graph.store.engine)
            report = graph.load(StatementList("drawn", read))
            after = set(graph.store.engine)
            refused = {quad for refusal in report.refused for quad in refusal.quads}

            assert report.balanced
            assert report.read == len(read)
            assert set(read) - after == refused - before  # refused or stored, and not both
            assert not refused & (after - before)
            assert report.accepted == len(set(read) & (after - before))
            assert union_holds(graph)
            assert graph.validate().conforms


FORMATS = {
    "turtle": (ox.RdfFormat.TURTLE, ".ttl"),
    "trig": (ox.RdfFormat.TRIG, ".trig"),
    "ntriples": (ox.RdfFormat.N_TRIPLES, ".nt"),
    "nquads": (ox.RdfFormat.N_QUADS, ".nq"),
    "jsonld": (ox.RdfFormat.JSON_LD, ".jsonld"),
    "rdfxml": (ox.RdfFormat.RDF_XML, ".rdf"),
}


def test_every_syntax_makes_the_same_store(
    empty: list[ox.Quad],
    contents: Callable[[comity.Graph], set[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    days = [quad for quad in MODEL if "/id/time/" in str(quad.subject)]
    plain = [quad for quad in days if quad.graph_name.value != GRAPHS.CURATION]  # type: ignore[union-attr]
    assert len(plain) > 15
    stores = []
    for name, (syntax, suffix) in FORMATS.items():
        graphless = [ox.Quad(*quad.triple) for quad in plain]
        content = ox.serialize(graphless, format=syntax)
        assert content is not None
        (tmp_path / f"days{suffix}").write_bytes(content)
        (tmp_path / f"packed{suffix}.gz").write_bytes(gzip.compress(content))
        # a byte order mark, as some editors put it first
        marked = tmp_path / f"marked{suffix}"
        marked.write_bytes(b"\xef\xbb\xbf" + content)
        for place in (tmp_path / f"days{suffix}", tmp_path / f"packed{suffix}.gz", marked, "-"):
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
            with opened(empty) as graph:
                report = graph.load(
                    place,
                    document=f"source:{SEED.slug}",
                    format=name if place == "-" else None,
                )
                assert report.accepted == len(plain), (name, place)
                stores.append(contents(graph))
    assert all(store == stores[0] for store in stores)
