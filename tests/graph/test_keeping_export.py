"""Exports: the same content is the same bytes, and an export loads into a store of its own."""

from __future__ import annotations

import gzip
import io
import random
import subprocess
import sys
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comity
from comity.errors import InputError, NotSupported, ParameterError
from comity.keeping.content import Content
from comity.keeping.export import write_export
from comity.keeping.sorting import LineSorter
from comity.store import EmbeddedStore, Store
from comity_ontology.prefixes import GRAPHS
from comity_ontology.terms import COMITY

NOTE = f"{GRAPHS.SOURCE}note"
XSD = "http://www.w3.org/2001/XMLSchema#"
A, P = ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/p")


def exported(
    store: Store, format_name: str = "nquads", graphs: Sequence[str] = (), **content: bool
) -> bytes:
    stream = io.BytesIO()
    write_export(store, stream, format_name, graphs=graphs, content=Content(**content))
    return stream.getvalue()


def test_one_graph_as_nquads_and_ntriples(graph: comity.Graph) -> None:
    triple = (
        b"<https://w3id.org/comity/id/source/note> <https://w3id.org/comity/ns#searchKey> "
        b'"agencies meet" '
    )
    quad = triple + b"<https://w3id.org/comity/graph/curation> .\n"
    assert exported(graph.store, "nquads", ["curation"]) == quad
    assert exported(graph.store, "ntriples", ["curation"]) == triple + b".\n"
    turtle = exported(graph.store, "turtle", ["curation"])
    assert turtle.endswith(b'source:note comity:searchKey "agencies meet" .\n')
    trig = exported(graph.store, "trig", [GRAPHS.CURATION])
    assert b'graph:curation {\n\tsource:note comity:searchKey "agencies meet" .\n}' in trig


def test_graphs_and_lines_come_sorted(graph: comity.Graph) -> None:
    lines = exported(graph.store).splitlines()
    graphs = [line.split()[-2] for line in lines]
    assert graphs == sorted(graphs)
    for name in set(graphs):
        triples = [line.rpartition(b" <")[0] for line in lines if line.split()[-2] == name]
        assert triples == sorted(triples)


def test_the_union_is_the_default_graph(graph: comity.Graph) -> None:
    union = exported(graph.store, "ntriples", ["default"]).splitlines()
    named = {line.rpartition(b" <")[0] for line in exported(graph.store).splitlines()}
    assert {line.removesuffix(b" .") for line in union} == named
    assert len(union) == len(named)
    assert exported(graph.store, "nquads", ["default"]).splitlines() == union


@pytest.mark.parametrize("name", ["source:note", NOTE, "graph:source/note"])
def test_a_document_stands_for_the_graph_of_its_facts(
    graph: comity.Graph, turtle: Callable[..., Path], name: str
) -> None:
    assert exported(graph.store, "ntriples", [name]) == b""
    graph.load(
        turtle("agency:one a comity:Agency ; skos:prefLabel 'One'@en ; prov:wasDerivedFrom p:2 ."),
        document="source:note",
    )
    assert len(exported(graph.store, "ntriples", [name]).splitlines()) == 3


@pytest.mark.parametrize("name", ["source:other", "https://example.org/g", GRAPHS.STAGING + "x"])
def test_an_unknown_graph_is_said(graph: comity.Graph, name: str) -> None:
    with pytest.raises(ParameterError, match="there is no graph or document"):
        exported(graph.store, graphs=[name])


@pytest.mark.parametrize("format_name", ["turtle", "ntriples", "rdfxml"])
def test_several_graphs_need_a_format_with_graphs(graph: comity.Graph, format_name: str) -> None:
    with pytest.raises(ParameterError, match="has no graphs, and 4 are to be written"):
        exported(graph.store, format_name)


def test_what_ships_can_be_left_out(graph: comity.Graph, tmp_path: Path) -> None:
    own = tmp_path / "codes.trig"
    own.write_text(
        "@prefix code: <https://w3id.org/comity/code/> . "
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://w3id.org/comity/graph/codes> { code:own a skos:Concept ; "
        "skos:prefLabel 'own'@en ; skos:definition 'One of our own.'@en ; "
        "skos:inScheme code:event-type . }"
    )
    assert not graph.load(own).refused
    text = exported(graph.store, shipped=False).decode()
    assert f"<{GRAPHS.ONTOLOGY}>" not in text
    codes = {line.split()[0] for line in text.splitlines() if f"<{GRAPHS.CODES}>" in line}
    assert codes == {"<https://w3id.org/comity/code/own>"}
    assert exported(graph.store).decode().count(f"<{GRAPHS.ONTOLOGY}> .") > 500


def test_records_of_loads_can_be_left_out(graph: comity.Graph) -> None:
    assert b"/id/load/" in exported(graph.store)
    assert b"/id/load/" not in exported(graph.store, loads=False)


TERMS = st.sampled_from(["a", "b", "a/b", "ç", "Z"]).map(
    lambda name: ox.NamedNode(f"https://example.org/{name}")
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
VALUES = st.one_of(
    TERMS,
    TEXT.map(ox.Literal),
    TEXT.map(lambda text: ox.Literal(text, language="en")),
    TEXT.map(lambda text: ox.Literal(text, datatype=ox.NamedNode(XSD + "token"))),
    st.integers(-9, 9).map(ox.Literal),
)
QUADS = st.lists(
    st.builds(
        ox.Quad,
        TERMS,
        TERMS,
        VALUES,
        st.sampled_from([NOTE, GRAPHS.META, f"{GRAPHS.SOURCE}a"]).map(ox.NamedNode),
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(QUADS, st.randoms(use_true_random=False), st.sampled_from(["trig", "nquads", "jsonld"]))
def test_the_order_of_adding_leaves_no_trace(
    quads: list[ox.Quad], order: random.Random, format_name: str
) -> None:
    one, other = EmbeddedStore.in_memory(), EmbeddedStore.in_memory()
    one.bulk(quads)
    order.shuffle(quads)
    for quad in quads:
        other.add([quad])
    written = exported(one, format_name)
    assert written == exported(other, format_name)
    parsed = set(ox.parse(written, format=comity.readers.FORMATS[format_name]))
    assert parsed == set(one.engine)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=8).map(lambda text: text.translate(None, b"\r\n") + b"\n")))
def test_sorting_in_runs_is_sorting(lines: list[bytes]) -> None:
    with LineSorter(run=5) as sorter:
        for line in lines:
            sorter.add(line)
        assert list(sorter.lines()) == sorted(lines)


def test_more_runs_than_files_may_be_open() -> None:
    with LineSorter(run=1) as sorter:
        for number in range(1_000):
            sorter.add(b"%03d\n" % (number * 7 % 1_000))
        assert list(sorter.lines()) == [b"%03d\n" % number for number in range(1_000)]


def test_no_space_for_sorting_is_said(tmp_path: Path) -> None:
    code = """
        import resource, signal, sys, comity
        from comity.keeping import sorting
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
        try:
            with sorting.LineSorter(run=5_000) as sorter:
                for _ in range(1_000):
                    sorter.add(b"line\\n")
        except comity.StoreError as error:
            print(error)
        """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        env={"PYTHONPATH": ":".join(path for path in sys.path if path), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == (
        f"no place to sort in {tmp_path} (File too large): make space, or let TMPDIR name "
        "another folder\n"
    )


def test_memory_disk_and_another_process_write_the_same_bytes(
    graph: comity.Graph, tmp_path: Path, note: Path
) -> None:
    with comity.open(tmp_path / "disk") as disk:
        disk.add_document(note)
        expected = exported(graph.store, "trig", loads=False)
        assert exported(disk.store, "trig", loads=False) == expected
        assert exported(disk.store, "trig") != expected  # the loads were at different times
    done = subprocess.run(
        [sys.executable, "-m", "comity_cli.main", "export", "--no-loads"],
        env={
            "COMITY_STORE": str(tmp_path / "disk"),
            "PYTHONPATH": ":".join(path for path in sys.path if path),
            "PYTHONHASHSEED": "7",
        },
        capture_output=True,
        check=True,
    )
    assert done.stdout == expected


def test_documents_loaded_in_another_order_export_the_same(
    tmp_path: Path, turtle: Callable[..., Path]
) -> None:
    texts = [tmp_path / "one.txt", tmp_path / "two.txt"]
    models = []
    for text in texts:
        text.write_text(f"Agency {text.stem} met\n\nAgency {text.stem} met Agency Both.\n")
        fact = f"<https://w3id.org/comity/id/passage/{text.stem}/2>"
        models.append(
            turtle(
                "agency:both a comity:Agency ; skos:prefLabel 'Both'@en ; "
                f"prov:wasDerivedFrom {fact} ."
                f"agency:{text.stem} a comity:Agency ; skos:prefLabel '{text.stem}'@en ;"
                f" prov:wasDerivedFrom {fact} ; org:subOrganizationOf agency:both .",
                name=f"{text.stem}.ttl",
            )
        )
    found = []
    for order in ((0, 1), (1, 0)):
        with comity.open() as graph:
            for number in order:
                graph.add_document(texts[number])
                report = graph.load(models[number], document=f"source:{texts[number].stem}")
                assert not report.refused
            found.append(exported(graph.store, "trig", loads=False))
    assert found[0] == found[1]


@pytest.mark.parametrize("name", ["all.trig", "all.nq", "all.jsonld", "all.trig.gz", "all.nq.gz"])
def test_an_export_makes_the_same_graphs_in_a_new_store(
    seeded: Path, tmp_path: Path, name: str
) -> None:
    with comity.open(seeded, read_only=True) as old:
        written = old.export(tmp_path / name)
        expected = exported(old.store)
    assert written.statements == len(expected.splitlines())
    with comity.open() as new:
        report = new.load(tmp_path / name)
        assert (report.refused, report.read) == ((), written.statements)
        loads = set(exported(new.store).splitlines()) - set(expected.splitlines())
        assert set(expected.splitlines()) <= set(exported(new.store).splitlines())
        assert {line.split()[0].decode() for line in loads} == {
            f"<https://w3id.org/comity/id/load/{report.load}>"
        }
        assert new.check_store().conforms
        assert new.validate().conforms
        again = new.load(tmp_path / name)
        assert (again.accepted, again.duplicate) == (0, written.statements)


def test_what_ships_is_known_and_other_words_about_it_are_refused(
    graph: comity.Graph, tmp_path: Path
) -> None:
    graph.export(tmp_path / "ontology.trig", graphs=["ontology"])
    report = graph.load(tmp_path / "ontology.trig")
    assert (report.refused, report.accepted, report.duplicate) == ((), 0, report.read)
    (tmp_path / "more.trig").write_text(
        (tmp_path / "ontology.trig").read_text()
        + f"<{GRAPHS.ONTOLOGY}> {{ <{COMITY.Agency}> <https://example.org/p> 'x' . }}"
    )
    report = graph.load(tmp_path / "more.trig")
    assert (report.accepted, report.quarantined, report.balanced) == (0, 1, True)


def test_compressed_bytes_hold_no_name_and_no_time(graph: comity.Graph, tmp_path: Path) -> None:
    graph.export(tmp_path / "one.nq.gz")
    graph.export(tmp_path / "other.nq.gz")
    packed = (tmp_path / "one.nq.gz").read_bytes()
    assert packed == (tmp_path / "other.nq.gz").read_bytes()
    assert gzip.decompress(packed) == exported(graph.store)


def test_a_value_that_xml_cannot_hold_leaves_the_old_file(
    graph: comity.Graph, tmp_path: Path
) -> None:
    target = tmp_path / "meta.rdf"
    graph.export(target, graphs=["meta"])
    before = target.read_bytes()
    assert b"<rdf:RDF" in before
    for text in ("a\x01b", "a\rb"):
        meta = ox.NamedNode(GRAPHS.META)
        graph.store.add([ox.Quad(A, P, ox.Literal(text), meta)])
        with pytest.raises(NotSupported, match=r"RDF/XML cannot hold the character U\+00"):
            graph.export(target, graphs=["meta"])
        graph.store.update(f"DELETE WHERE {{ GRAPH {meta} {{ {A} ?p ?o }} }}")
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_where_it_cannot_be_written(graph: comity.Graph, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        graph.export(tmp_path, format="trig")
    with pytest.raises(InputError, match="cannot be written: No such file"):
        graph.export(tmp_path / "none" / "x.trig")
    with pytest.raises(ParameterError, match="does not tell the format"):
        graph.export(tmp_path / "x.doc")
    with pytest.raises(ParameterError, match="no RDF format is called 'doc'"):
        graph.export(tmp_path / "x.doc", format="doc")
    assert not (tmp_path / "x.doc").exists()


def test_a_link_is_followed_and_stays(graph: comity.Graph, tmp_path: Path) -> None:
    (tmp_path / "real.nq").write_text("old")
    (tmp_path / "link.nq").symlink_to("real.nq")
    graph.export(tmp_path / "link.nq")
    assert (tmp_path / "link.nq").is_symlink()
    assert (tmp_path / "real.nq").read_bytes() == exported(graph.store)
