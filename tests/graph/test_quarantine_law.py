# ruff: noqa: E501 - the facts of the invented document read better with one node a line
"""The law of the quarantine: what is mended and replayed makes the store of a clean load.

Valid documents are spoilt at random in ways that the gate has to notice, loaded, mended and
replayed; every graph then holds what it would hold had they been right at first.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import comity
from comity.documents.homes import homes
from comity.examples import SEED
from comity.gate.load import load
from comity.gate.report import LoadReport
from comity.quarantine import replay
from comity.readers import RdfFile, StatementList
from comity.store.terms import as_stored
from comity.validation import Shapes, read_shapes, shipped_shapes
from comity_ontology.prefixes import GRAPHS, expand, prefixes
from comity_ontology.terms import COMITY, PROV, RDF

Contents = Callable[[comity.Graph], set[str]]
Holds = Callable[[comity.Graph], bool]
Quads = frozenset[ox.Quad]
Spoilt = tuple[Quads, frozenset[str]]
Clean = Callable[[Quads], set[str]]

# One document: what the note says, what a curator adds, a code of the steward's own, and a
# register with its own record in the meta graph. The numbers tell two of them apart.
DOCUMENT = """
<https://w3id.org/comity/graph/source/note> {
  country:c%(n)s a comity:Country ; skos:prefLabel "Land %(n)s"@en ; prov:wasDerivedFrom p:2 .
  agency:a%(n)s a comity:Agency ; skos:prefLabel "Agency %(n)s"@en ; comity:ofCountry country:c%(n)s ;
    comity:acronym "AG%(n)s" ; dcterms:type code:own-%(n)s ; prov:wasDerivedFrom p:2 .
  person:p%(n)s a foaf:Person ; skos:prefLabel "Person %(n)s"@en ; prov:wasDerivedFrom p:2 .
  post:head%(n)s a org:Post ; skos:prefLabel "Head of %(n)s"@en ; org:postIn agency:a%(n)s ;
    org:role code:president ; prov:wasDerivedFrom p:2 .
  tenure:t%(n)s a comity:Tenure ; org:member person:p%(n)s ; org:organization agency:a%(n)s ;
    comity:post post:head%(n)s ; org:role code:president ; comity:attestedOn timepoint:2020-05-03 ;
    prov:wasDerivedFrom p:2 .
  agreement:m%(n)s a comity:Agreement ; dcterms:type code:protocol ;
    skos:prefLabel "Protocol %(n)s"@en ; comity:party agency:a%(n)s, country:other%(n)s ; prov:wasDerivedFrom p:2 .
  country:other%(n)s a comity:Country ; skos:prefLabel "Other %(n)s"@en ; prov:wasDerivedFrom p:2 .
  act:s%(n)s a comity:Act ; dcterms:type code:signing ; comity:agreement agreement:m%(n)s ;
    skos:prefLabel "Signing %(n)s"@en ; comity:time timepoint:2020-05-03 ; prov:wasDerivedFrom p:2 .
  participation:p%(n)s a comity:Participation ; comity:event act:s%(n)s ;
    comity:participant person:p%(n)s ; comity:role code:signatory ; comity:actingAs tenure:t%(n)s ;
    comity:onBehalfOf agency:a%(n)s ; prov:wasDerivedFrom p:2, p:3 .
  timepoint:2020-05-03 a comity:TimePoint ; comity:edtf "2020-05-03"^^edtf:EDTF ;
    comity:earliest "2020-05-03"^^xsd:date ; comity:latest "2020-05-03"^^xsd:date ;
    time:inXSDDate "2020-05-03"^^xsd:date .
}
<https://w3id.org/comity/graph/curation> {
  agency:a%(n)s skos:prefLabel "Kurum %(n)s"@tr .
  inference:i%(n)s a comity:Inference ; rdf:subject agency:a%(n)s ; rdf:predicate comity:ofCountry ;
    rdf:object country:c%(n)s ; comity:basis "Its name says so." ; comity:certainty code:probable ;
    prov:wasDerivedFrom p:2 .
}
<https://w3id.org/comity/graph/codes> {
  code:own-%(n)s a skos:Concept ; skos:inScheme code:agency-type ; skos:topConceptOf code:agency-type ; skos:prefLabel "own %(n)s"@en ;
    skos:definition "A kind of the steward's own, %(n)s."@en .
}
<https://w3id.org/comity/graph/meta> {
  source:register%(n)s a comity:SourceDocument ; dcterms:title "Register %(n)s"@en ;
    comity:factGraph <https://w3id.org/comity/graph/source/register%(n)s> ;
    comity:sha256 "%(n)064d" ; dcterms:issued "2020-06-01"^^xsd:date .
}
<https://w3id.org/comity/graph/source/register%(n)s> {
  person:p%(n)s skos:altLabel "P. %(n)s"@en .
}
"""
HEAD = "".join(
    f"@prefix {name}: <{iri}> .\n"
    for name, iri in (prefixes() | {"p": "https://w3id.org/comity/id/passage/note/"}).items()
)


def document(number: int) -> Quads:
    text = HEAD + DOCUMENT % {"n": number}
    return frozenset(ox.parse(text.encode(), format=ox.RdfFormat.TRIG))


ONE, TWO = document(1), document(2)


def subjects(quads: Collection[ox.Quad]) -> set[str]:
    return {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def with_value(quad: ox.Quad, value: ox.NamedNode | ox.Literal | ox.Triple) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, value, quad.graph_name)


def date(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(expand("xsd:date")))


def has(predicate: str) -> Callable[[ox.Quad], bool]:
    return lambda quad: quad.predicate.value == expand(predicate)


def in_graph(graph: str) -> Callable[[ox.Quad], ox.Quad]:
    return lambda quad: ox.Quad(*quad.triple, ox.NamedNode(graph))


def misspelt(quad: ox.Quad) -> ox.Quad:
    predicate = ox.NamedNode(quad.predicate.value + "s")
    return ox.Quad(quad.subject, predicate, quad.object, quad.graph_name)


# Which quads can be spoilt so, and how; nothing in place of the quad takes it away. Each of
# these breaks a rule: the test would be no test if the gate could let a wrong quad in.
WAYS: dict[str, tuple[Callable[[ox.Quad], bool], Callable[[ox.Quad], ox.Quad | None]]] = {
    "no evidence": (has("prov:wasDerivedFrom"), lambda _: None),
    "no class": (
        lambda quad: quad.predicate.value == RDF.type and "tenure/" in str(quad.subject),
        lambda _: None,
    ),
    "no title": (has("dcterms:title"), lambda _: None),
    "no certainty": (has("comity:certainty"), lambda _: None),
    "no member": (has("org:member"), lambda _: None),
    "no class of that name": (
        has("rdf:type"),
        lambda quad: with_value(quad, ox.NamedNode(COMITY.NS + "Agncy")),
    ),
    "wrong class": (
        lambda quad: (
            quad.predicate.value == RDF.type
            and quad.object.value  # type: ignore[union-attr]
            in (COMITY.Tenure, COMITY.Act, COMITY.Participation, COMITY.TimePoint, COMITY.Agreement)
        ),
        lambda quad: with_value(quad, ox.NamedNode(COMITY.Place)),
    ),
    "wrong datatype": (has("comity:latest"), lambda quad: with_value(quad, ox.Literal("2020"))),
    "no such day": (has("dcterms:issued"), lambda quad: with_value(quad, date("2020-02-30"))),
    "bounds": (has("comity:latest"), lambda quad: with_value(quad, date("2020-05-04"))),
    "edtf": (
        has("comity:edtf"),
        lambda quad: with_value(
            quad, ox.Literal("3 May", datatype=ox.NamedNode(expand("edtf:EDTF")))
        ),
    ),
    "unknown code": (
        lambda quad: "/code/" in str(quad.object) and "inScheme" not in quad.predicate.value,
        lambda quad: with_value(quad, ox.NamedNode(expand("code:unheard-of"))),
    ),
    "misspelt": (lambda quad: quad.predicate.value.startswith(COMITY.NS), misspelt),
    "dangling evidence": (
        has("prov:wasDerivedFrom"),
        lambda quad: with_value(quad, ox.NamedNode(expand("passage:note/99"))),
    ),
    "dangling link": (
        has("comity:event"),
        lambda quad: with_value(quad, ox.NamedNode(expand("event:nowhere"))),
    ),
    "unknown graph": (lambda _: True, in_graph("https://example.org/unknown")),
    "the product's graph": (lambda _: True, in_graph(GRAPHS.ONTOLOGY)),
    "code elsewhere": (
        lambda quad: quad.graph_name == ox.NamedNode(GRAPHS.CODES),
        in_graph(GRAPHS.CURATION),
    ),
    "inference in a source": (
        lambda quad: quad.object == ox.NamedNode(COMITY.Inference),
        in_graph(f"{GRAPHS.SOURCE}note"),
    ),
    "triple term": (
        lambda quad: quad.predicate.value == PROV.wasDerivedFrom,
        lambda quad: with_value(quad, quad.triple),
    ),
}


@st.composite
def spoilt(draw: st.DrawFn, right: Quads) -> Spoilt:
    """Spoil one to three quads; return the outcome and the nodes to be mended."""
    listed = sorted(right, key=str)
    outcome, nodes = set(right), set[str]()
    possible = [way for way, (fits, _) in sorted(WAYS.items()) if any(map(fits, listed))]
    for way in draw(st.lists(st.sampled_from(possible), min_size=1, max_size=3, unique=True)):
        fits, change = WAYS[way]
        quad = draw(st.sampled_from([one for one in listed if fits(one)]))
        nodes |= subjects([quad])
        if quad in outcome:
            outcome.remove(quad)
            changed = change(quad)
            if changed is not None:
                outcome.add(changed)
    return frozenset(outcome), frozenset(nodes)


RELEASE = frozenset(
    quad for file in SEED.models for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TRIG)
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that has the note."""
    folder = tmp_path_factory.mktemp("law")
    text = folder / "note.txt"
    text.write_text("Agencies meet\n\nAgency One met Agency Two on 3 May 2020. They signed.\n")
    with comity.open(folder / "store") as graph:
        graph.add_document(text)
    return folder / "store"


@pytest.fixture(scope="module")
def clean(base: Path) -> Clean:
    """What a store holds after a clean load of one document, or of both."""
    found = {}
    for right in (ONE, ONE | TWO):
        with copied(base) as graph:
            report = graph.load(StatementList("right", sorted(right, key=str)))
            assert not report.refused, report.checks.to_text()
            found[right] = everything(graph)
    return found.__getitem__


@contextmanager
def copied(base: Path) -> Iterator[comity.Graph]:
    with tempfile.TemporaryDirectory() as folder:
        store = shutil.copytree(base, Path(folder) / "store")
        with comity.open(store) as graph:
            yield graph


def everything(graph: comity.Graph) -> set[str]:
    """Every quad of every graph, without the records of loads."""
    assert isinstance(graph.store, comity.store.EmbeddedStore)
    engine = graph.store.engine
    loads = {
        quad.subject for quad in engine.quads_for_pattern(None, None, ox.NamedNode(COMITY.Load))
    }
    return {str(quad) for quad in engine if quad.subject not in loads}


def loaded(graph: comity.Graph, read: Quads, right: Quads) -> LoadReport:
    """Load what is spoilt: all of it is accepted or refused, and nothing wrong is accepted."""
    assert isinstance(graph.store, comity.store.EmbeddedStore)
    before = set(graph.store.engine)
    report = graph.load(StatementList("spoilt", sorted(read, key=str)))
    new = set(graph.store.engine) - before
    refused = {quad for refusal in report.refused for quad in refusal.quads}
    assert report.balanced
    assert refused | (read & (new | before)) == read
    assert not refused & new
    assert not (new & read) - right, "the gate let something wrong in"
    if report.quarantine is not None:
        assert set(RdfFile(str(report.quarantine)).quads()) == refused
    return report


def mended(file: Path, nodes: Collection[str], right: Quads) -> list[ox.Quad]:
    """Put the right quads of some nodes in place of what a quarantine file says about them."""
    old = list(RdfFile(str(file)).quads()) if file.exists() else []
    kept = {quad for quad in old if not subjects([quad]) & nodes}
    return sorted(kept | {quad for quad in right if subjects([quad]) & nodes}, key=str)


def write(file: Path, quads: list[ox.Quad]) -> None:
    file.write_bytes(ox.serialize(quads, format=ox.RdfFormat.TRIG) or b"")


QUICK = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def in_no_graph(text: str) -> Spoilt:
    """Put one quad of the first document in a graph that nobody knows."""
    (quad,) = [quad for quad in ONE if str(quad.triple).endswith(text)]
    return ONE - {quad} | {WAYS["unknown graph"][1](quad)}, frozenset(subjects([quad]))


@QUICK
# What is known about a document can be said once only: it must wait whole.
@example(drawn=in_no_graph('"2020-06-01"^^<http://www.w3.org/2001/XMLSchema#date>'), in_place=True)
@given(drawn=spoilt(ONE), in_place=st.booleans())
def test_mended_data_make_the_store_of_a_clean_load(
    base: Path, clean: Clean, union_holds: Holds, drawn: Spoilt, in_place: bool
) -> None:
    read, nodes = drawn
    with copied(base) as graph:
        report = loaded(graph, read, ONE)
        assert graph.store.directory is not None
        file = graph.store.directory / "quarantine" / f"{report.load}.trig"
        other = graph.store.directory / "mended.trig"
        target = file if in_place and file.exists() else other
        write(target, mended(file, nodes, ONE))
        done = graph.replay(report.load, mended=None if target == file else other)
        assert done.report.balanced
        assert done.report.refused == ()
        assert not file.exists()
        assert everything(graph) == clean(ONE)
        assert union_holds(graph)
        assert graph.quarantine() == ()


@settings(QUICK, max_examples=3)
@given(first=spoilt(ONE), second=spoilt(TWO), order=st.permutations([0, 1]))
def test_documents_can_be_mended_one_after_the_other(
    base: Path,
    clean: Clean,
    union_holds: Holds,
    first: Spoilt,
    second: Spoilt,
    order: list[int],
) -> None:
    """In either order; what leans on the other document waits, and goes in with the last."""
    with copied(base) as graph:
        rights, loads = (ONE, TWO), []
        for (read, _), right in zip((first, second), rights, strict=True):
            loads.append(loaded(graph, read, right).load)
        other = Path(graph.store.location) / "mended.trig"
        for number in order:
            nodes = (first, second)[number][1]
            file = Path(graph.store.location) / "quarantine" / f"{loads[number]}.trig"
            write(other, mended(file, nodes, rights[number]))
            assert graph.replay(loads[number], mended=other).report.balanced
            assert graph.validate().conforms
        done = graph.replay(everything=True)
        assert done.report.refused == ()
        assert graph.quarantine() == ()
        assert everything(graph) == clean(ONE | TWO)
        assert union_holds(graph)


@settings(QUICK, max_examples=1)
@given(drawn=spoilt(RELEASE))
def test_the_shipped_release_can_be_mended(seeded: Path, drawn: Spoilt) -> None:
    read, nodes = drawn
    with comity.open(seeded, read_only=True) as graph:
        right = everything(graph)
    with tempfile.TemporaryDirectory() as folder, comity.open(Path(folder) / "store") as graph:
        graph.add_document(SEED.text, title=SEED.title, issued=SEED.issued, language=SEED.language)
        report = loaded(graph, read, RELEASE)
        assert report.quarantine is not None
        write(report.quarantine, mended(report.quarantine, nodes, RELEASE))
        assert graph.replay(report.load).report.refused == ()
        assert everything(graph) == right


CLASSES = sorted(
    quad.object.value
    for quad in ONE
    if quad.predicate.value == RDF.type and isinstance(quad.object, ox.NamedNode)
)


@settings(QUICK, max_examples=3)
@given(refused=st.sets(st.sampled_from(CLASSES), min_size=1, max_size=3))
def test_mended_shapes_make_the_store_of_a_clean_load(
    base: Path, clean: Clean, union_holds: Holds, refused: set[str]
) -> None:
    """Loaded with shapes that some classes cannot satisfy, replayed with those that ship."""
    sh = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    rules = "".join(
        f"[] a sh:NodeShape ; sh:targetClass <{cls}> ; sh:property [ sh:path "
        '<https://example.org/never> ; sh:minCount 1 ; sh:message "Too strict."@en ] .\n'
        for cls in sorted(refused)
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "strict.ttl"
        file.write_text(sh + rules)
        strict = Shapes((*shipped_shapes(), *read_shapes(file)))
    with copied(base) as graph:
        source = StatementList("right", sorted(ONE, key=str))
        report = load(graph.store, [source], homes(graph.store), shapes=strict)
        at_fault = {
            quad.subject.value  # type: ignore[union-attr]
            for quad in ONE
            if quad.predicate.value == RDF.type and quad.object.value in refused  # type: ignore[union-attr]
        }
        assert at_fault <= {refusal.node for refusal in report.refused}
        again = replay(graph.store, [report.load], shapes=strict)
        assert again.report.accepted == 0
        assert again.loads[0].left == report.quarantined
        done = graph.replay(report.load)
        assert done.report.accepted == report.quarantined
        assert everything(graph) == clean(ONE)
        assert union_holds(graph)


# What comes when anything at all goes wrong. Some of it is as true as what was right, for all that
# a gate can know, and goes in.
def words(quad: ox.Quad) -> str:
    return str(getattr(quad.object, "value", quad.object))


TEXTS = [
    "",
    "2020",
    "2020-05",
    "2020-02-30",
    "2019-12-31",
    "2020-05-03Z",
    "2020-05-04",
    "-1",
    "é\u202e",
]
KINDS = [*(f"xsd:{name}" for name in ("string", "date", "gYear", "integer", "byte")), "edtf:EDTF"]


@st.composite
def one_change(draw: st.DrawFn, quad: ox.Quad, other: ox.Quad, right: Quads) -> tuple[Quads, Quads]:
    """What goes and what comes instead of a quad."""
    way = draw(st.sampled_from(ANY))
    text = draw(st.sampled_from([words(quad), words(other), *TEXTS]))
    if way == "dropped":
        return frozenset([quad]), frozenset()
    if way == "swapped":
        pair = [with_value(quad, other.object), with_value(other, quad.object)]
        return frozenset([quad, other]), frozenset(pair)
    if way == "a second time, otherwise":
        kept = [one for one in right if one.subject == quad.subject]
        copy = ox.NamedNode(f"{quad.subject.value}x")  # type: ignore[union-attr]
        again = [
            ox.Quad(copy, one.predicate, one.object, one.graph_name) for one in kept if one != quad
        ]
        return frozenset(), frozenset(
            [*again, ox.Quad(copy, quad.predicate, other.object, quad.graph_name)]
        )
    changed = {
        "value of another": lambda: with_value(quad, other.object),
        "another value beside it": lambda: with_value(quad, other.object),
        "another text beside it": lambda: with_value(quad, ox.Literal(text)),
        "property of another": lambda: ox.Quad(
            quad.subject, other.predicate, quad.object, quad.graph_name
        ),
        "said of another": lambda: ox.Quad(
            other.subject, quad.predicate, quad.object, quad.graph_name
        ),
        "in another's graph": lambda: ox.Quad(*quad.triple, other.graph_name),
        "turned round": lambda: (
            ox.Quad(quad.object, quad.predicate, quad.subject, quad.graph_name)
            if isinstance(quad.object, ox.NamedNode)
            else quad
        ),
        "other class": lambda: ox.Quad(
            quad.subject,
            ox.NamedNode(RDF.type),
            ox.NamedNode(draw(st.sampled_from(CLASSES))),
            quad.graph_name,
        ),
        "other datatype": lambda: with_value(
            quad,
            ox.Literal(words(quad), datatype=ox.NamedNode(expand(draw(st.sampled_from(KINDS))))),
        ),
        "other text": lambda: with_value(
            quad,
            ox.Literal(text, datatype=quad.object.datatype)
            if isinstance(quad.object, ox.Literal) and not quad.object.language
            else ox.Literal(text),
        ),
        "other language": lambda: with_value(
            quad, ox.Literal(words(quad), language=draw(st.sampled_from(["en", "az", "x-none"])))
        ),
        "name for text": lambda: with_value(
            quad, ox.NamedNode(expand(f"agency:{draw(st.integers(0, 3))}"))
        ),
        "misspelt": lambda: misspelt(quad),
    }[way]()
    goes = () if "beside" in way else (quad,)
    return frozenset(goes), frozenset([changed])


ANY = [
    *(
        "dropped",
        "swapped",
        "a second time, otherwise",
        "value of another",
        "another value beside it",
    ),
    *("another text beside it", "property of another", "said of another", "in another's graph"),
    *("turned round", "other class", "other datatype", "other text", "other language"),
    *("name for text", "misspelt"),
]


@st.composite
def changes(draw: st.DrawFn, right: Quads) -> tuple[Quads, Quads]:
    """Change one to five quads, each in any way: what goes, and what comes."""
    listed = sorted(right, key=str)
    goes, comes = set[ox.Quad](), set[ox.Quad]()
    for _ in range(draw(st.integers(1, 5))):
        quad, other = draw(st.sampled_from(listed)), draw(st.sampled_from(listed))
        without, instead = draw(one_change(quad, other, right))
        goes |= without
        comes |= instead
    return frozenset(goes), frozenset(comes)


@settings(QUICK, max_examples=25)
@given(change=changes(ONE))
def test_nothing_vanishes_whatever_goes_wrong(
    base: Path, clean: Clean, union_holds: Holds, change: tuple[Quads, Quads]
) -> None:
    read = ONE - change[0] | change[1]
    with copied(base) as graph:
        assert isinstance(graph.store, comity.store.EmbeddedStore)
        before = set(graph.store.engine)
        report = graph.load(StatementList("corrupted", sorted(read, key=str)))
        stored = set(graph.store.engine)
        refused = {quad for refusal in report.refused for quad in refusal.quads}
        assert report.balanced
        assert report.read == len(read)
        assert {as_it_is_stored(quad) for quad in read - refused} <= stored
        assert not refused & (stored - before)
        assert all(refusal.reasons for refusal in report.refused)
        assert union_holds(graph)
        assert graph.validate().conforms  # of all that is stored, and not only what changed

        # What was refused stays so as long as nobody mends it.
        if report.quarantine is not None:
            again = graph.replay(report.load)
            assert again.report.accepted == 0
            assert set(RdfFile(str(report.quarantine)).quads()) == refused
            assert set(graph.store.engine) == stored

        # Mended: what is right takes the place of what is said about the nodes that were changed.
        wrong = subjects(read ^ ONE)
        file = Path(graph.store.location) / "mended.trig"
        kept = {quad for quad in refused if not subjects([quad]) & wrong}
        mending = sorted(kept | {quad for quad in ONE if subjects([quad]) & wrong}, key=str)
        write(file, mending or sorted(ONE, key=str))
        if report.quarantine is not None:
            done = graph.replay(report.load, mended=file).report
        else:
            done = graph.load(file)
        left = {quad for refusal in done.refused for quad in refusal.quads}
        assert done.balanced
        there = set(graph.store.engine)
        assert {as_it_is_stored(quad) for quad in ONE - left} <= there
        assert graph.validate().conforms
        assert union_holds(graph)
        went_in = {as_it_is_stored(quad) for quad in read - ONE} & there - before
        if not went_in:
            # What is known about a document is said once: what it lacked then comes too late.
            assert {quad.graph_name.value for quad in left} <= {GRAPHS.META}  # type: ignore[union-attr]
        if not went_in and not left:
            assert everything(graph) == clean(ONE)


def as_it_is_stored(quad: ox.Quad) -> ox.Quad:
    return with_value(quad, as_stored(quad.object))
