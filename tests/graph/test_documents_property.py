"""Removing a document from whatever store gives the store that never had it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import comity
from comity.documents import Document, document_quads
from comity.store import EmbeddedStore
from comity_ontology.names import search_key
from comity_ontology.prefixes import GRAPHS, expand
from comity_ontology.terms import COMITY

DOCUMENTS = ("a", "b", "c")
AGENCIES = 3
SENTENCES = 4
CURATION = GRAPHS.CURATION
TIME = "timepoint:2020"


@dataclass(frozen=True)
class Told:
    """What a document says of an agency: in which sentence, with which names, and of a country."""

    sentence: int
    name: str
    country: bool
    dated: bool


@dataclass(frozen=True)
class World:
    """What each document tells, and what curators add; evidence is (document, sentence)."""

    told: dict[str, dict[int, Told]]
    countries: dict[str, bool]
    inferred: dict[int, frozenset[tuple[str, int]]]
    founded: frozenset[tuple[str, int]]
    corrected: frozenset[tuple[str, int]]
    posts: dict[int, frozenset[tuple[str, int]]]
    named: frozenset[int]
    noted: frozenset[int]
    same: tuple[int, int] | None


EVIDENCE = st.frozensets(
    st.tuples(st.sampled_from(DOCUMENTS), st.integers(1, SENTENCES)), min_size=1, max_size=3
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    told = st.builds(
        Told, st.integers(1, SENTENCES), st.sampled_from("xyz"), st.booleans(), st.booleans()
    )
    agencies = st.integers(0, AGENCIES - 1)
    pairs = st.tuples(agencies, agencies).filter(lambda pair: pair[0] < pair[1])
    return World(
        {name: draw(st.dictionaries(agencies, told)) for name in DOCUMENTS},
        {name: draw(st.booleans()) for name in DOCUMENTS},
        draw(st.dictionaries(agencies, EVIDENCE)),
        draw(EVIDENCE),
        draw(EVIDENCE),
        draw(st.dictionaries(agencies, EVIDENCE)),
        draw(st.frozensets(agencies)),
        draw(st.frozensets(agencies)),
        draw(st.none() | pairs),
    )


def quads(world: World, documents: Iterable[str]) -> set[ox.Quad]:
    """All that a store with only these documents holds, without the default graph."""
    kept = set(documents)
    found: set[ox.Quad] = set()
    for name in kept:
        found |= set(of_document(world, name))
    found |= set(of_curation(world, kept, found))
    for quad in list(found):
        if quad.predicate.value.endswith(("#prefLabel", "#altLabel", "/title")):
            key = ox.Literal(search_key(quad.object.value))  # type: ignore[union-attr]
            found.add(
                ox.Quad(quad.subject, ox.NamedNode(COMITY.searchKey), key, ox.NamedNode(CURATION))
            )
    return found


def said(graph: str, *statements: tuple[str, str, ox.NamedNode | ox.Literal]) -> Iterator[ox.Quad]:
    for subject, predicate, value in statements:
        yield ox.Quad(
            ox.NamedNode(expand(subject)), ox.NamedNode(expand(predicate)), value,
            ox.NamedNode(graph),
        )  # fmt: skip


def node(short: str) -> ox.NamedNode:
    return ox.NamedNode(expand(short))


def english(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")


def passage(document: str, sentence: int) -> ox.NamedNode:
    return node(f"passage:{document}/{sentence}")


def the_year(graph: str) -> Iterator[ox.Quad]:
    day = node("xsd:date")
    yield from said(
        graph,
        (TIME, "rdf:type", node("comity:TimePoint")),
        (TIME, "comity:edtf", ox.Literal("2020", datatype=node("edtf:EDTF"))),
        (TIME, "comity:earliest", ox.Literal("2020-01-01", datatype=day)),
        (TIME, "comity:latest", ox.Literal("2020-12-31", datatype=day)),
    )


def of_document(world: World, name: str) -> Iterator[ox.Quad]:
    text = f"Title of {name}\n\n" + " ".join(
        f"Sentense {number} of text {name} stands here." for number in range(2, SENTENCES + 1)
    )
    graph = f"{GRAPHS.SOURCE}{name}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    yield from document_quads(
        Document(expand(f"source:{name}"), graph, digest, f"Title of {name}", language="en",
                 text=text)
    )  # fmt: skip
    for number, told in world.told[name].items():
        agency = f"agency:{number}"
        yield from said(
            graph,
            (agency, "rdf:type", node("comity:Agency")),
            (agency, "skos:prefLabel", english(f"Agency {number}")),
            (agency, "skos:altLabel", english(f"Alias {told.name}")),
            (agency, "prov:wasDerivedFrom", passage(name, told.sentence)),
        )
        if told.country and world.countries[name]:
            yield from said(graph, (agency, "comity:ofCountry", node("country:land")))
        if told.dated:
            event = f"event:{number}"
            yield from said(
                graph,
                (event, "rdf:type", node("comity:Event")),
                (event, "dcterms:type", node("code:meeting")),
                (event, "skos:prefLabel", english(f"Event {number}")),
                (event, "comity:time", node(TIME)),
                (event, "prov:wasDerivedFrom", passage(name, told.sentence)),
            )
            yield from the_year(graph)
    if world.countries[name]:
        yield from said(
            graph,
            ("country:land", "rdf:type", node("comity:Country")),
            ("country:land", "skos:prefLabel", english("Land")),
            ("country:land", "prov:wasDerivedFrom", passage(name, 1)),
        )


def of_curation(world: World, kept: set[str], stated: set[ox.Quad]) -> Iterator[ox.Quad]:
    """What curation holds because of these documents: worked out from the rules."""

    def left(evidence: frozenset[tuple[str, int]]) -> list[tuple[str, int]]:
        return sorted(one for one in evidence if one[0] in kept)

    def links(subject: str, evidence: frozenset[tuple[str, int]]) -> Iterator[ox.Quad]:
        for one in left(evidence):
            yield from said(CURATION, (subject, "prov:wasDerivedFrom", passage(*one)))

    def described(short: str) -> bool:
        return any(quad.subject == node(short) for quad in stated)

    held = {number for number in range(AGENCIES) if described(f"agency:{number}")}
    in_land = False
    for number, evidence in world.inferred.items():
        if not left(evidence):
            continue
        held.add(number)
        in_land = True
        note = f"inference:{number}"
        yield from inference(note, f"agency:{number}", "comity:ofCountry", node("country:land"))
        yield from links(note, evidence)
    if left(world.founded):
        yield from inference("inference:when", "event:0", "comity:time", node(TIME))
        yield from links("inference:when", world.founded)
        yield from the_year(CURATION)
    if left(world.corrected):
        note = "correction:c"
        yield from said(
            CURATION,
            (note, "rdf:type", node("comity:Correction")),
            (note, "comity:verbatim", ox.Literal("e")),
            (note, "comity:corrected", ox.Literal("é")),
            (note, "dcterms:type", node("code:typo")),
            (note, "comity:certainty", node("code:certain")),
        )
        yield from links(note, world.corrected)
    for number, evidence in world.posts.items():
        if left(evidence):
            post = f"post:{number}"
            held.add(number)  # a post points at its agency
            yield from said(
                CURATION,
                (post, "rdf:type", node("org:Post")),
                (post, "skos:prefLabel", english(f"Post {number}")),
                (post, "org:role", node("code:president")),
                (post, "org:postIn", node(f"agency:{number}")),
            )
            yield from links(post, evidence)
    for number in world.named & held:
        name = ox.Literal(f"Ajans {number}", language="tr")
        yield from said(CURATION, (f"agency:{number}", "skos:prefLabel", name))
    for number in world.noted & held:
        note = f"{expand('comity:Note').partition('ns#')[0]}id/note/{number}"
        yield from said(
            CURATION,
            (note, "rdf:type", node("oa:Annotation")),
            (note, "oa:hasTarget", node(f"agency:{number}")),
            (note, "oa:bodyValue", ox.Literal("Look again.")),
        )
    if world.same and set(world.same) <= held:
        yield from said(
            CURATION,
            ("identity:d", "rdf:type", node("comity:IdentityDecision")),
            ("identity:d", "comity:basis", english("They differ.")),
            ("identity:d", "dcterms:type", node("code:different-entity")),
            *(("identity:d", "comity:identityOf", node(f"agency:{one}")) for one in world.same),
        )
    if described("country:land") or in_land:
        code = ox.Literal("LD")
        yield from said(CURATION, ("country:land", "comity:iso3166", code))


def inference(note: str, subject: str, predicate: str, value: ox.NamedNode) -> Iterator[ox.Quad]:
    yield from said(
        CURATION,
        (note, "rdf:type", node("comity:Inference")),
        (note, "rdf:subject", node(subject)),
        (note, "rdf:predicate", node(predicate)),
        (note, "rdf:object", value),
        (note, "comity:basis", english("So it seems.")),
        (note, "comity:certainty", node("code:certain")),
        (subject, predicate, value),
    )


def opened(store: EmbeddedStore, content: set[ox.Quad]) -> comity.Graph:
    store.bulk(content)
    store.bulk(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in content)
    return comity.Graph(store)


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # a world shrinks for minutes
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds(), gone=st.sampled_from(DOCUMENTS))
def test_removing_is_as_if_it_had_never_been(
    contents: Callable[[comity.Graph], set[str]],
    union_holds: Callable[[comity.Graph], bool],
    world: World,
    gone: str,
) -> None:
    others = [name for name in DOCUMENTS if name != gone]
    with (
        opened(EmbeddedStore.in_memory(), quads(world, DOCUMENTS)) as graph,
        opened(EmbeddedStore.in_memory(), quads(world, others)) as never,
    ):
        before, held = contents(graph), stated(graph)
        dry = graph.remove_document(gone, dry_run=True)
        assert contents(graph) == before
        removed = graph.remove_document(gone)
        assert removed.retraction == dry.retraction
        assert contents(graph) == contents(never)
        assert union_holds(graph)

        # The law: each quad that went is retracted or still stated elsewhere.
        retraction = removed.retraction
        assert retraction.quads == retraction.retracted + retraction.stays == len(removed.quads)
        assert retraction.retracted == sum(not still(graph, quad) for quad in removed.quads)
        assert held - stated(graph) == set(removed.quads)


def stated(graph: comity.Graph) -> set[ox.Quad]:
    """What the named graphs hold."""
    assert isinstance(graph.store, EmbeddedStore)
    return {quad for quad in graph.store.engine if isinstance(quad.graph_name, ox.NamedNode)}


def still(graph: comity.Graph, quad: ox.Quad) -> bool:
    found = graph.store.match(quad.subject, quad.predicate, quad.object, ox.DefaultGraph())  # type: ignore[arg-type]
    return next(found, None) is not None
