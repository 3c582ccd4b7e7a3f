"""The check of a store finds each promise of the gate that is broken, and nothing in sound ones."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

import comity
from comity.keeping.check import check_store
from comity.store import open_store
from comity.validation import Result
from comity_ontology.prefixes import GRAPHS
from comity_ontology.terms import COMITY, DCTERMS, RDF, SHAPE_NS, SKOS

A, B, P = (ox.NamedNode(f"https://example.org/{name}") for name in "abp")
HERE = ox.NamedNode(f"{GRAPHS.SOURCE}kosgeb-kobia-2021-02-25")
DEFAULT = ox.DefaultGraph()
CURATION, META = ox.NamedNode(GRAPHS.CURATION), ox.NamedNode(GRAPHS.META)


def found(store: Path, *quads: ox.Quad, remove: tuple[ox.Quad, ...] = ()) -> list[Result]:
    """Damage a store behind the gate's back, and check it."""
    engine = ox.Store(str(store / "data"))
    engine.extend(quads)
    for quad in remove:
        engine.remove(quad)
    del engine
    opened = open_store(store, read_only=True)
    return list(check_store(opened).results)


def kinds(results: list[Result]) -> set[str]:
    return {result.shape.removeprefix(SHAPE_NS) for result in results}


def both(*terms: ox.NamedNode | ox.Literal, graph: ox.NamedNode = HERE) -> list[ox.Quad]:
    subject, predicate, value = terms
    assert isinstance(subject, ox.NamedNode)
    assert isinstance(predicate, ox.NamedNode)
    return [ox.Quad(subject, predicate, value, graph), ox.Quad(subject, predicate, value)]


def test_a_sound_store_has_no_findings(seeded: Path) -> None:
    assert check_store(open_store(seeded, read_only=True)).results == ()


def test_an_empty_store_has_no_findings() -> None:
    with comity.open() as graph:
        assert graph.check_store().results == ()


def test_a_triple_that_no_graph_says(seeded_copy: Path) -> None:
    (result,) = found(seeded_copy, ox.Quad(A, P, B))
    assert (result.shape, result.focus, result.path, result.value) == (
        f"{SHAPE_NS}DefaultGraph",
        A.value,
        P.value,
        B.value,
    )
    assert "no graph says it" in result.message


def test_a_triple_missing_from_the_default_graph(seeded_copy: Path) -> None:
    (result,) = found(seeded_copy, ox.Quad(A, P, ox.Literal("x", language="en"), HERE))
    assert (result.focus, result.value) == (A.value, "x")
    assert "is in graph:source/kosgeb-kobia-2021-02-25 and not in the default" in result.message


def test_a_removed_triple_of_several_graphs(seeded_copy: Path) -> None:
    store = ox.Store(str(seeded_copy / "data"))
    quad = next(store.quads_for_pattern(None, ox.NamedNode(SKOS.prefLabel), None, HERE))
    del store
    assert len(found(seeded_copy, remove=(ox.Quad(*quad.triple),))) == 1


def test_a_graph_that_no_document_has(seeded_copy: Path) -> None:
    other = ox.NamedNode(f"{GRAPHS.SOURCE}other")
    (result,) = found(seeded_copy, *both(A, P, B, graph=other))
    assert (kinds([result]), result.focus) == ({"KnownGraph"}, other.value)


def test_a_graph_that_two_documents_have(seeded_copy: Path) -> None:
    claim = both(A, ox.NamedNode(COMITY.factGraph), HERE, graph=META)
    results = found(seeded_copy, *claim)
    document = "https://w3id.org/comity/id/source/kosgeb-kobia-2021-02-25"
    assert kinds(results) == {"FactGraph"}
    assert {result.focus for result in results} == {A.value, document}


def test_a_fact_graph_in_a_wrong_place(seeded_copy: Path) -> None:
    (result,) = found(seeded_copy, *both(A, ox.NamedNode(COMITY.factGraph), CURATION, graph=META))
    assert (kinds([result]), result.value) == ({"FactGraph"}, CURATION.value)


def test_a_blank_node_and_a_triple_term(seeded_copy: Path) -> None:
    blank = ox.BlankNode("x")
    quoted = ox.Triple(A, P, B)
    results = found(
        seeded_copy,
        *(ox.Quad(blank, P, B, graph) for graph in (HERE, DEFAULT)),
        *(ox.Quad(A, P, quoted, graph) for graph in (HERE, DEFAULT)),
    )
    assert kinds(results) == {"StoredTerms"}
    assert len(results) == 2


def test_bounds_that_do_not_follow(seeded_copy: Path) -> None:
    point = ox.NamedNode("https://w3id.org/comity/id/time/2019-05")
    edtf = ox.Literal("2019-05", datatype=ox.NamedNode("http://id.loc.gov/datatypes/edtf/EDTF"))
    day = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
    (result,) = found(
        seeded_copy,
        *both(point, ox.NamedNode(COMITY.edtf), edtf),
        *both(point, ox.NamedNode(COMITY.earliest), ox.Literal("2019-05-01", datatype=day)),
        *both(point, ox.NamedNode(COMITY.latest), ox.Literal("2019-06-30", datatype=day)),
    )
    assert result.message == "2019-05 has the latest day 2019-05-31, not 2019-06-30"


def test_a_name_without_its_key(seeded_copy: Path) -> None:
    name = both(A, ox.NamedNode(SKOS.altLabel), ox.Literal("Ağrı", language="tr"))
    (result,) = found(seeded_copy, *name)
    assert (kinds([result]), result.focus, result.value) == ({"SearchKey"}, A.value, "Ağrı")
    key = both(A, ox.NamedNode(COMITY.searchKey), ox.Literal("agri"), graph=CURATION)
    assert found(seeded_copy, *key) == []


def test_an_ontology_that_was_changed(seeded_copy: Path) -> None:
    ontology = ox.NamedNode(GRAPHS.ONTOLOGY)
    agency = ox.NamedNode(COMITY.Agency)
    owl_class = ox.NamedNode("http://www.w3.org/2002/07/owl#Class")
    typed = both(agency, ox.NamedNode(RDF.type), owl_class, graph=ontology)
    results = found(seeded_copy, *both(A, P, B, graph=ontology), remove=tuple(typed))
    ends = {(result.focus, result.message.rpartition(", and ")[2]) for result in results}
    assert ends == {
        (A.value, "is not ours"),
        (agency.value, "should be"),
    }


def test_a_missing_code_is_found_and_an_added_one_is_not(seeded_copy: Path) -> None:
    codes = ox.NamedNode(GRAPHS.CODES)
    signing = ox.NamedNode("https://w3id.org/comity/code/signing")
    in_force = ox.NamedNode("https://w3id.org/comity/code/signed")
    results_in = both(signing, ox.NamedNode(COMITY.resultsIn), in_force, graph=codes)
    (result,) = found(seeded_copy, *both(A, P, B, graph=codes), remove=tuple(results_in))
    assert (kinds([result]), result.focus) == ({"Shipped"}, signing.value)


def test_a_code_that_an_older_version_shipped_needs_no_key(seeded_copy: Path) -> None:
    codes = ox.NamedNode(GRAPHS.CODES)
    retired = ox.NamedNode("https://w3id.org/comity/code/retired-long-ago")
    label = ox.Literal("retired long ago", language="en")
    assert (
        found(seeded_copy, *both(retired, ox.NamedNode(SKOS.prefLabel), label, graph=codes)) == []
    )


def test_the_ontology_of_another_version(seeded_copy: Path) -> None:
    store = ox.Store(str(seeded_copy / "data"))
    node, sha256 = ox.NamedNode(GRAPHS.ONTOLOGY), ox.NamedNode(COMITY.sha256)
    (old,) = store.quads_for_pattern(node, sha256, None, META)
    del store
    (result,) = found(
        seeded_copy,
        *both(node, sha256, ox.Literal("0" * 64), graph=META),
        remove=(old, ox.Quad(*old.triple)),
    )
    assert (result.focus, "another version" in result.message) == (node.value, True)
    with comity.open(seeded_copy) as graph:
        assert graph.check_store().conforms


def test_further_results_are_counted(seeded_copy: Path) -> None:
    results = found(seeded_copy, *(ox.Quad(A, P, ox.Literal(str(n))) for n in range(1_025)))
    assert len(results) == 21
    assert {result.message for result in results if result.focus == GRAPHS.BASE} == {
        "1,005 more like the others of its kind"
    }


def test_left_over_staging_is_cleared_by_the_next_writer(seeded_copy: Path) -> None:
    (seeded_copy / "staging-x").mkdir()
    (result,) = found(seeded_copy)
    assert "the folder staging-x belongs to a load that is running, or was left" in result.message
    comity.open(seeded_copy).close()
    assert found(seeded_copy) == []


def test_damaged_data_is_an_error_and_no_finding(seeded_copy: Path) -> None:
    with comity.open(seeded_copy) as graph:
        graph.store.bulk(ox.Quad(A, P, ox.Literal(str(n)), HERE) for n in range(5_000))
    tables = sorted((seeded_copy / "data").glob("*.sst"))
    assert tables
    for table in tables:
        content = bytearray(table.read_bytes())
        content[: len(content) // 2] = bytes(len(content) // 2)
        table.write_bytes(content)
    with pytest.raises(comity.StoreError, match="damaged"):
        check_store(open_store(seeded_copy, read_only=True))


def test_titles_of_documents_have_keys_too(seeded_copy: Path) -> None:
    key = ox.NamedNode(COMITY.searchKey)
    document = ox.NamedNode("https://w3id.org/comity/id/source/kosgeb-kobia-2021-02-25")
    store = ox.Store(str(seeded_copy / "data"))
    keys = list(store.quads_for_pattern(document, key, None, None))
    del store
    results = found(seeded_copy, remove=tuple(keys))
    assert {(result.focus, result.path) for result in results} == {(document.value, key.value)}
    assert next(iter(results)).value.startswith("SMEs are deepening")


@pytest.mark.parametrize("writable", [True, False])
def test_checking_changes_nothing(seeded_copy: Path, writable: bool) -> None:
    def held() -> set[str]:
        return set(map(str, ox.Store.read_only(str(seeded_copy / "data"))))

    before = held()
    with comity.open(seeded_copy, read_only=not writable) as graph:
        graph.check_store()
    assert held() == before
    assert DCTERMS.title in str(before)
