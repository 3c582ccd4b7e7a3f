from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pyoxigraph as ox
import pytest

import comity
from comity.errors import NotSupported, QueryError, StoreError
from comity.store import EmbeddedStore, open_store
from comity_ontology.prefixes import GRAPHS

A, B = ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/b")
OTHER = ox.NamedNode(f"{GRAPHS.SOURCE}x")


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Start a Python process that finds the packages as this one does."""
    paths = os.pathsep.join(path for path in sys.path if path)
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    )


def test_a_directory_keeps_what_was_written(tmp_path: Path) -> None:
    with comity.open(tmp_path / "new" / "store") as graph:
        graph.store.add([ox.Quad(A, A, B, OTHER)])
    with comity.open(tmp_path / "new" / "store") as graph:
        assert list(graph.store.match(None, None, B, OTHER)) == [ox.Quad(A, A, B, OTHER)]
        assert graph.store.location == str(tmp_path / "new" / "store")


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    def held() -> set[str]:
        with comity.open(tmp_path / "store") as graph:
            assert isinstance(graph.store, EmbeddedStore)
            return set(map(str, graph.store.engine))

    assert held() == held()


def test_a_store_in_memory_lives_as_long_as_it_is_open() -> None:
    for location in (None, ":memory:"):
        with comity.open(location) as graph:
            assert graph.store.directory is None
            graph.store.add([ox.Quad(A, A, B, OTHER)])
    with comity.open() as graph:
        assert not list(graph.store.match(A, None, None, OTHER))
    with pytest.raises(StoreError, match="was closed"):
        graph.sparql("ASK {}")


def test_the_mark_names_kind_and_format(tmp_path: Path) -> None:
    comity.open(tmp_path / "store").close()
    mark = json.loads((tmp_path / "store" / "comity.json").read_text())
    assert mark == {"kind": "comity store", "format": 1}


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "7", "\udcff"])
def test_a_damaged_mark_is_said(tmp_path: Path, text: str) -> None:
    comity.open(tmp_path / "store").close()
    (tmp_path / "store" / "comity.json").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(StoreError, match=r"comity\.json is damaged"):
        comity.open(tmp_path / "store")


def test_a_directory_with_other_things_is_not_a_store(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
        (tmp_path / name).touch()
    with pytest.raises(StoreError, match=r"is not a Comity store \(it holds a.txt, b.txt, c.txt …"):
        comity.open(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt", "c.txt", "d.txt"]


def test_an_empty_directory_becomes_one(tmp_path: Path) -> None:
    comity.open(tmp_path).close()
    assert (tmp_path / "comity.json").exists()


def test_a_file_is_not_a_store(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="is a file: a store is a directory"):
        comity.open(tmp_path / "file")


@pytest.mark.parametrize("place", ["file/store", "/proc/comity-store"])
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be used as a store"):
        comity.open(tmp_path / place)


def test_reading_needs_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no store at .*comity demo make one"):
        comity.open(tmp_path / "none", read_only=True)
    with pytest.raises(StoreError, match="there is no store at"):
        comity.open(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_a_store_without_its_data_is_said(tmp_path: Path) -> None:
    comity.open(tmp_path / "store").close()
    (tmp_path / "store" / "data").rename(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="there are no data in"):
        comity.open(tmp_path / "store", read_only=True)


def test_an_address_is_not_supported() -> None:
    with pytest.raises(NotSupported, match="is a URL") as caught:
        open_store("https://example.org/sparql")
    assert caught.value.exit_code == 4


def test_a_second_writer_gets_a_clear_error(tmp_path: Path) -> None:
    writer = python(
        """
        import sys, comity
        with comity.open(sys.argv[1]):
            print("open", flush=True)
            sys.stdin.read()
        """,
        tmp_path / "store",
    )
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        with pytest.raises(StoreError, match="is being written by another process"):
            comity.open(tmp_path / "store")
        with comity.open(tmp_path / "store", read_only=True) as graph:
            assert graph.info().triples > 1000
    finally:
        _, problems = writer.communicate("done")
    assert (writer.returncode, problems) == (0, "")
    comity.open(tmp_path / "store").close()


def test_read_only_means_it(seeded: Path) -> None:
    with comity.open(seeded, read_only=True) as graph:
        assert not graph.store.writable
        for write in (
            lambda: graph.store.add([ox.Quad(A, A, B, OTHER)]),
            lambda: graph.store.bulk([ox.Quad(A, A, B, OTHER)]),
            lambda: graph.store.update("CLEAR ALL"),
        ):
            with pytest.raises(StoreError, match="opened for reading only"):
                write()


def test_a_killed_load_leaves_nothing_that_is_seen(tmp_path: Path, note: Path) -> None:
    """The first file waits in staging on disk when the process dies in the second."""
    with comity.open(tmp_path / "store") as graph:
        graph.add_document(note)
        before = graph.info()
    loading = python(
        """
        import sys, time
        import pyoxigraph as ox
        import comity
        from comity.gate import staging
        from comity.readers import StatementList

        staging.IN_MEMORY = 50
        node = ox.NamedNode("https://w3id.org/comity/id/agency/half")

        class Slow:
            name, sha256 = "slow", ""
            def quads(self):
                print("reading", flush=True)
                time.sleep(60)
                yield from ()

        first = StatementList("first", [ox.Quad(node, node, ox.Literal(n)) for n in range(100)])
        comity.open(sys.argv[1]).load(first, Slow(), document="source:note")
        """,
        tmp_path / "store",
    )
    assert loading.stdout is not None
    assert loading.stdout.readline() == "reading\n"
    loading.send_signal(signal.SIGKILL)
    loading.communicate()

    with comity.open(tmp_path / "store", read_only=True) as graph:
        assert list((tmp_path / "store").glob("staging-*"))
        assert not list(graph.sparql("SELECT * { GRAPH ?g { agency:half ?p ?o } }"))
        assert graph.info().graphs == before.graphs
    with comity.open(tmp_path / "store") as graph:
        assert not list((tmp_path / "store").glob("staging-*"))
        assert graph.info() == before


def test_a_snapshot_stands_beside_its_store(seeded_copy: Path, tmp_path: Path) -> None:
    with comity.open(seeded_copy) as graph:
        graph.store.snapshot(tmp_path / "copy")
        graph.store.add([ox.Quad(A, A, B, OTHER)])
        with comity.open(tmp_path / "copy", read_only=True) as copy:
            assert copy.info().triples == graph.info().triples
            assert not list(copy.store.match(A, None, None, OTHER))
    with comity.open() as graph, pytest.raises(NotSupported, match="in memory cannot be copied"):
        graph.store.snapshot(tmp_path / "other")


def test_snapshots_of_a_dead_process_go(seeded_copy: Path) -> None:
    (seeded_copy / "snapshot-dead" / "store").mkdir(parents=True)
    with comity.open(seeded_copy, read_only=True):
        assert (seeded_copy / "snapshot-dead").exists()
    with comity.open(seeded_copy):
        assert not (seeded_copy / "snapshot-dead").exists()


def test_a_query_that_is_none_is_said_with_its_place() -> None:
    with comity.open() as graph, pytest.raises(QueryError, match="line 2, column 10") as caught:
        graph.store.query("SELECT * {\n  ?s ?p }")
    assert (caught.value.line, caught.value.column) == (2, 10)


def test_a_number_is_found_and_no_other(tmp_path: Path) -> None:
    """The engine's own look-up finds 1700 for 1535, whose last byte is 0xFF, on disk."""
    for store in (EmbeddedStore.in_memory(), open_store(tmp_path / "store")):
        numbers = [255, 300, 1535, 1536, 1700, 2047]
        store.add(
            [ox.Quad(A, B, ox.Literal(number), OTHER) for number in numbers if number != 1535]
        )
        for number in numbers:
            found = [quad.object.value for quad in store.match(A, B, ox.Literal(number), OTHER)]  # type: ignore[union-attr]
            assert found == ([] if number == 1535 else [str(number)])
            held = list(store.holders(ox.Triple(A, B, ox.Literal(number))))
            assert held == ([] if number == 1535 else [OTHER.value])
        padded = ox.Literal(
            "01700", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
        )
        assert len(list(store.match(None, None, padded, OTHER))) == 1
        store.close()
