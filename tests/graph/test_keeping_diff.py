"""Comparing says what differs, all of it and nothing else."""

from __future__ import annotations

import gzip
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comity
from comity.errors import InputError, ParameterError, StoreError
from comity.keeping import sides
from comity.keeping.content import Content
from comity.keeping.wording import summary, write_diff
from comity.store import EmbeddedStore
from comity_ontology.prefixes import GRAPHS

XSD = "http://www.w3.org/2001/XMLSchema#"
ONE, TWO = f"{GRAPHS.SOURCE}one", f"{GRAPHS.SOURCE}two"

BEFORE = """
@prefix : <https://example.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix comity: <https://w3id.org/comity/ns#> . @prefix graph: <https://w3id.org/comity/graph/> .
@prefix timepoint: <https://w3id.org/comity/id/time/> .
<https://w3id.org/comity/graph/source/one> {
  :ada skos:prefLabel "Ada Lark"@en, "Ada Tarla"@tr ; comity:begin timepoint:2019 ; :knows :bo .
  :bo skos:prefLabel "Bo"@en .
  :same :p 1 .
}
<https://w3id.org/comity/graph/source/two> { :bo skos:prefLabel "Bo"@en . :ada :knows :bo . }
"""
AFTER = """
@prefix : <https://example.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix comity: <https://w3id.org/comity/ns#> . @prefix graph: <https://w3id.org/comity/graph/> .
@prefix timepoint: <https://w3id.org/comity/id/time/> .
<https://w3id.org/comity/graph/source/one> {
  :ada skos:prefLabel "Ada Lark"@en ; comity:begin timepoint:2020 ; :knows :bo, :cy .
  :bo skos:prefLabel "Bo"@en .
  :same :p 1 .
}
<https://w3id.org/comity/graph/source/two> { :cy skos:prefLabel "Cy"@en . }
<https://w3id.org/comity/graph/curation> { :ada comity:begin timepoint:2020 ; :knows :bo . }
"""
TEXT = """\
Ada Lark  (https://example.org/ada)
  removed: name “Ada Tarla” (tr) [source:one]
  now also said by curation, no longer said by source:two: https://example.org/knows Bo \
(https://example.org/bo)
  added: https://example.org/knows Cy (https://example.org/cy) [source:one]
  changed: begins was 2019 [source:one], is 2020 [curation, source:one]

Bo  (https://example.org/bo)
  no longer said by source:two: name “Bo” (en)

Cy  (https://example.org/cy)
  added: name “Cy” (en) [source:two]
"""


def written(
    first: sides.Comparable,
    second: sides.Comparable,
    format_name: str = "text",
    **more: object,
) -> tuple[str, Counter[str]]:
    stream = io.BytesIO()
    counts = write_diff(comity.diff(first, second, **more), stream, format_name)  # type: ignore[arg-type]
    return stream.getvalue().decode(), counts


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "before.trig").write_text(BEFORE, encoding="utf-8")
    (tmp_path / "after.trig").write_text(AFTER, encoding="utf-8")
    return tmp_path / "before.trig", tmp_path / "after.trig"


def test_in_plain_words(pair: tuple[Path, Path]) -> None:
    text, counts = written(*pair)
    assert text == TEXT
    assert summary(counts) == (
        "3 nodes differ: 1 changed, 2 added, 1 removed, 2 with other sources"
    )


def test_as_json(pair: tuple[Path, Path]) -> None:
    ada, bo, _ = json.loads(written(*pair, "json")[0])
    assert (ada["node"], ada["label"]) == ("https://example.org/ada", "Ada Lark")
    (change,) = bo["changes"]
    assert change == {
        "kind": "no longer said",
        "predicate": "http://www.w3.org/2004/02/skos/core#prefLabel",
        "says": "name",
        "before": {"type": "literal", "value": "Bo", "xml:lang": "en", "shown": "Bo (en)"},
        "after": {"type": "literal", "value": "Bo", "xml:lang": "en", "shown": "Bo (en)"},
        "graphsBefore": [ONE, TWO],
        "graphsAfter": [ONE],
    }
    assert json.loads(written(pair[0], pair[0], "json")[0]) == []


def test_as_a_patch(pair: tuple[Path, Path]) -> None:
    rows = written(*pair, "patch")[0].splitlines()
    assert (rows[0], rows[-1]) == ("TX .", "TC .")
    assert patched(pair[0], rows) == quads_in(pair[1])


def quads_in(file: Path) -> set[str]:
    return {str(quad) for quad in ox.parse(path=str(file))}


def patched(file: Path, rows: Iterable[str]) -> set[str]:
    held = quads_in(file)
    for row in rows:
        sign, _, statement = row.partition(" ")
        if sign in ("A", "D"):
            (quad,) = ox.parse(statement, format=ox.RdfFormat.N_QUADS)
            (held.add if sign == "A" else held.remove)(str(quad))
    return held


def test_a_graph_by_itself(pair: tuple[Path, Path]) -> None:
    text, counts = written(*pair, graphs=["curation"])
    assert counts == {"nodes": 1, "added": 2}
    assert "added: begins 2020 [curation]" in text
    assert written(*pair, graphs=["default"])[1] == {
        "nodes": 2,
        "changed": 1,
        "added": 2,
        "removed": 1,
    }
    with pytest.raises(ParameterError, match="there is no graph or document source:none"):
        written(*pair, graphs=["source:none"])
    with pytest.raises(ParameterError, match="leave the other graphs out"):
        written(*pair, graphs=["default", "curation"])


def test_a_file_without_graphs_is_compared_with_the_union(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    flat = tmp_path / "flat.nt"
    triples = {quad.triple for quad in ox.parse(path=str(pair[0]))}
    flat.write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
    assert written(pair[0], flat) == ("", Counter())
    assert written(flat, pair[0]) == ("", Counter())
    ((_, *_, name),) = [[e.node, *e.changes] for e in comity.diff(flat, pair[0], graphs=[TWO])][:1]
    assert name.graphs_before == ()


def test_triples_beside_graphs_have_a_place_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_text(
        f"<x:s> <x:p> 'a' .\n<x:s> <x:p> 'b' <{ONE}> .\n".replace("'", '"')
    )
    (tmp_path / "b.nq").write_text(f'<x:s> <x:p> "b" <{ONE}> .\n')
    text, counts = written(tmp_path / "a.nq", tmp_path / "b.nq")
    assert counts == {"nodes": 1, "removed": 1}
    assert "removed: x:p “a” [no graph]" in text
    rows = written(tmp_path / "a.nq", tmp_path / "b.nq", "patch")[0].splitlines()
    assert rows[1] == 'D <x:s> <x:p> "a" .'


def test_values_are_compared_as_a_store_writes_them(tmp_path: Path) -> None:
    quads = [
        f'<x:s> <x:p> "01"^^<{XSD}integer> <{ONE}> .',
        f'<x:s> <x:q> "Ağ"@TR <{ONE}> .',
        f'<x:s> <x:r> "1"^^<{XSD}boolean> <{ONE}> .',
        f'<x:s> <x:t> "a"^^<{XSD}string> <{ONE}> .',
    ]
    (tmp_path / "file.nq").write_text("\n".join(quads) + "\n", encoding="utf-8")
    with comity.open(tmp_path / "store") as graph:
        graph.store.add(ox.parse("\n".join(quads), format=ox.RdfFormat.N_QUADS))
        assert not list(comity.diff(graph, tmp_path / "file.nq"))
    assert not list(comity.diff(tmp_path / "store", tmp_path / "file.nq"))
    other = tmp_path / "other.nq"
    other.write_text("\n".join(quads).replace('"01"', '"02"') + "\n", encoding="utf-8")
    (found,) = comity.diff(tmp_path / "store", other)
    (change,) = found.changes
    assert (change.kind, change.shown_before, change.shown_after) == ("changed", "1", "2")


def test_blank_nodes_are_those_that_the_gate_makes(
    graph: comity.Graph, turtle: Callable[..., Path]
) -> None:
    file = turtle(
        "agency:one a comity:Agency ; skos:prefLabel 'One'@en ; prov:wasDerivedFrom p:2 ;"
        " skos:note [ rdf:value 'x' ] ."
    )
    assert not graph.load(file, document="source:note").refused
    assert not list(comity.diff(graph, file, graphs=["source:note"]))
    renamed = turtle(file.read_text().partition("agency:one")[2].join(["agency:one", ""]), "b.ttl")
    assert not list(comity.diff(file, renamed))


def test_bookkeeping_is_left_out_unless_asked_for(seeded: Path, tmp_path: Path) -> None:
    with comity.open(seeded, read_only=True) as graph:
        graph.export(tmp_path / "all.trig")
        graph.export(tmp_path / "own.trig.gz", shipped=False, loads=False)
    assert not list(comity.diff(seeded, tmp_path / "all.trig", content=Content()))
    assert not list(comity.diff(seeded, tmp_path / "own.trig.gz"))
    nodes = {
        str(one.node) for one in comity.diff(seeded, tmp_path / "own.trig.gz", content=Content())
    }
    assert f"<{GRAPHS.CODES}>" in nodes
    assert any("/id/load/" in node for node in nodes)
    assert "<https://w3id.org/comity/ns#Agency>" in nodes
    assert not any("kosgeb" in node for node in nodes)


def test_files_are_read_in_batches(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sides, "_BATCH", 2)
    assert written(*pair)[0] == TEXT


NODES = st.sampled_from(["a", "a/b", "b"]).map(lambda n: ox.NamedNode(f"https://example.org/{n}"))
WORDS = st.sampled_from(["", "x", "x ", 'x" <y> .', "x\n", "\x00", "x@en", "ü"])
TERMS = st.one_of(
    NODES,
    WORDS.map(ox.Literal),
    st.builds(lambda w, tag: ox.Literal(w, language=tag), WORDS, st.sampled_from(["en", "en-gb"])),
    WORDS.map(lambda w: ox.Literal(w, datatype=ox.NamedNode("https://example.org/type"))),
)
PLACES = st.sampled_from([ONE, TWO, GRAPHS.CURATION]).map(ox.NamedNode)
QUADS = st.sets(st.builds(ox.Quad, NODES, NODES, TERMS, PLACES), min_size=1, max_size=25)


@settings(max_examples=150, deadline=None)
@given(QUADS, QUADS)
def test_the_patch_makes_the_first_the_second(first: set[ox.Quad], second: set[ox.Quad]) -> None:
    stores = []
    for quads in (first, second):
        store = EmbeddedStore.in_memory()
        store.add(quads)
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        stores.append(store)
    rows = written(*stores, "patch")[0].splitlines()
    held = set(first)
    for row in rows[1:-1]:
        (quad,) = ox.parse(row[2:], format=ox.RdfFormat.N_QUADS)
        assert (quad in held) == (row[0] == "D")
        (held.remove if row[0] == "D" else held.add)(quad)
    assert held == second
    assert len(rows) - 2 == len(first ^ second)
    text, counts = written(*stores)
    assert bool(text) == bool(counts) == (first != second)
    assert "\x00" not in text


@settings(max_examples=30, deadline=None)
@given(QUADS)
def test_nothing_differs_from_itself(quads: set[ox.Quad]) -> None:
    store, other = EmbeddedStore.in_memory(), EmbeddedStore.in_memory()
    store.add(quads)
    other.add(sorted(quads, key=str, reverse=True))
    assert not list(comity.diff(store, other))


def test_what_cannot_be_read(seeded: Path, tmp_path: Path, note: Path) -> None:
    def message(what: Path, error: type[Exception] = InputError) -> str:
        with pytest.raises(error) as raised:
            list(comity.diff(seeded, what))
        return str(raised.value)

    assert "there is no store or file" in message(tmp_path / "none")
    assert "does not tell the RDF format" in message(note)
    (tmp_path / "bad.ttl").write_text("<a> <b> .")
    assert "bad.ttl, line 1" in message(tmp_path / "bad.ttl")
    (tmp_path / "cut.nt.gz").write_bytes(gzip.compress(b"<x:a> <x:b> <x:c> .\n" * 99)[:-9])
    assert "damaged" in message(tmp_path / "cut.nt.gz")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x").write_text("")
    assert "is not a Comity store" in message(tmp_path / "folder", StoreError)
    with comity.open(tmp_path / "small") as graph:
        graph.backup(tmp_path / "kept")
    assert "is a backup: name the folder" in message(tmp_path / "kept")
    assert not list(comity.diff(tmp_path / "small", tmp_path / "kept" / "store"))


def test_of_long_texts_the_difference_is_shown(tmp_path: Path) -> None:
    for name, word in (("a", "one"), ("b", "two")):
        text = "-" * 1_000 + word + "." * 1_000
        (tmp_path / f"{name}.nt").write_text(f'<x:s> <x:p> "{text}" .\n')
    text, _ = written(tmp_path / "a.nt", tmp_path / "b.nt")
    was, dots = "-" * 40, "." * (240 - 43)
    assert text == f"x:s\n  changed: x:p was “…{was}one{dots}…”, is “…{was}two{dots}…”\n"


def test_only_the_formats_there_are() -> None:
    with pytest.raises(ValueError, match="use text, json, patch"):
        write_diff([], io.BytesIO(), "xml")
