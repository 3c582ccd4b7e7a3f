"""A reader beside a writer sees the store as it was when it was opened, and goes on seeing that."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import textwrap
import time
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

import comity
from comity.store import EmbeddedStore, Store, open_store
from comity_ontology.prefixes import GRAPHS

BATCH = 20
SECONDS = 5

# Each step adds a node with 20 values, to its graph and the default graph, and takes out the one
# from 40 steps before; now and then the engine rewrites all its files.
WRITER = """
import sys, time
import pyoxigraph as ox
from comity.store import open_store

store = open_store(sys.argv[1])
graph = ox.NamedNode(sys.argv[2])
end = time.monotonic() + float(sys.argv[3])
print("open", flush=True)
step = 0
while time.monotonic() < end:
    node = ox.NamedNode(f"https://example.org/n/{step:06}")
    store_quads = store.bulk if step % 3 == 0 else store.add
    store_quads(
        ox.Quad(node, ox.NamedNode(f"https://example.org/p/{n}"), ox.Literal("x" * 200), place)
        for n in range(20)
        for place in (graph, ox.DefaultGraph())
    )
    if step >= 40:
        gone = f"<https://example.org/n/{step - 40:06}> ?p ?o"
        store.update(
            f"DELETE WHERE {{ GRAPH {graph} {{ {gone} }} }} ; DELETE WHERE {{ {gone} }}"
        )
    if step % 10 == 0:
        store.engine.flush()
    if step % 30 == 0:
        store.engine.optimize()
    print(step, flush=True)
    step += 1
"""


def process(code: str, *arguments: object) -> subprocess.Popen[str]:
    paths = os.pathsep.join(path for path in sys.path if path)
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    )


def steps(store: Store) -> set[str]:
    """Return the nodes that are there, each of which must be whole, in both graphs."""
    found: Counter[tuple[str, bool]] = Counter()
    for quad in store.match(None, None, None):
        if str(quad.subject).startswith("<https://example.org/n/"):
            in_default = isinstance(quad.graph_name, ox.DefaultGraph)
            found[str(quad.subject), in_default] += 1
    nodes = {node for node, _ in found}
    assert set(found.values()) <= {BATCH}
    assert len(found) == 2 * len(nodes)
    return nodes


def test_readers_beside_a_busy_writer(tmp_path: Path) -> None:
    store = tmp_path / "store"
    with process(WRITER, store, GRAPHS.CURATION, SECONDS) as writer:
        _read_beside(writer, store)


def _read_beside(writer: subprocess.Popen[str], store: Path) -> None:
    assert writer.stdout is not None
    assert writer.stdout.readline() == "open\n"
    while writer.stdout.readline() != "5\n":
        pass
    long = open_store(store, read_only=True)
    at_first = steps(long)
    assert len(at_first) >= 6
    seen: list[set[str]] = []
    while writer.poll() is None:
        done = _told(writer)
        reader = open_store(store, read_only=True)
        seen.append(steps(reader))
        if done:  # what was told to be written before the reader opened is there
            assert f"<https://example.org/n/{done:06}>" in seen[-1]
        time.sleep(0.01)
        assert steps(reader) == seen[-1]
        reader.close()
    assert writer.returncode == 0
    assert len(seen) > 5
    latest = [max(nodes) for nodes in seen]
    assert latest == sorted(latest)  # nobody sees an older state than one before
    assert len(set(latest)) > 3
    # most of what it saw has been taken out since, and all files rewritten
    assert steps(long) == at_first
    long.close()
    assert not list(store.glob("reader-*"))


def _told(writer: subprocess.Popen[str]) -> int:
    """Return the last whole number that a writer has told since the last time, or 0."""
    assert writer.stdout is not None
    if not select.select([writer.stdout], [], [], 0)[0]:
        return 0
    told = os.read(writer.stdout.fileno(), 1 << 20)
    whole = told[: told.rfind(b"\n") + 1].split()
    return int(whole[-1]) if len(whole) > 1 else 0  # the first may be the end of one


def test_before_and_after_a_commit(tmp_path: Path, note: Path) -> None:
    with comity.open(tmp_path / "store") as writer:
        before = comity.open(tmp_path / "store", read_only=True)
        writer.add_document(note)
        after = comity.open(tmp_path / "store", read_only=True)
        assert not before.sparql("ASK { source:note ?p ?o }")
        assert after.sparql("ASK { source:note ?p ?o }")
        # also where a query has a process of its own
        assert not before.sparql("ASK { source:note ?p ?o }", timeout=30)
        assert after.sparql("ASK { source:note ?p ?o }", timeout=30)
        before.close()
        after.close()
    assert not list((tmp_path / "store").glob("reader-*"))


READER = """
import sys
from comity.store import open_store
store = open_store(sys.argv[1], read_only=True)
print("open", flush=True)
sys.stdin.read()
"""


def test_what_a_killed_reader_leaves_is_cleared_and_nothing_else(seeded_copy: Path) -> None:
    readers = [process(READER, seeded_copy) for _ in range(2)]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "open\n"
    assert len(list(seeded_copy.glob("reader-*"))) == 2
    readers[0].send_signal(signal.SIGKILL)
    readers[0].communicate()
    comity.open(seeded_copy).close()
    assert len(list(seeded_copy.glob("reader-*"))) == 1
    readers[1].communicate("done")
    assert readers[1].returncode == 0
    assert not list(seeded_copy.glob("reader-*"))


def test_a_reader_that_nobody_closes_cleans_up(seeded_copy: Path) -> None:
    code = """
    import sys
    from comity.store import open_store
    store = open_store(sys.argv[1], read_only=True)
    assert next(store.match(None, None, None))
    """
    reader = process(code, seeded_copy)
    reader.communicate()
    assert reader.returncode == 0
    assert not list(seeded_copy.glob("reader-*"))


def test_a_view_costs_no_space(seeded_copy: Path) -> None:
    with comity.open(seeded_copy) as graph:
        assert isinstance(graph.store, EmbeddedStore)
        graph.store.engine.flush()
    assert list((seeded_copy / "data").glob("*.sst"))
    reader = open_store(seeded_copy, read_only=True)
    (view,) = seeded_copy.glob("reader-*/data")
    for file in view.iterdir():
        if file.suffix == ".sst":
            assert file.stat().st_ino == (seeded_copy / "data" / file.name).stat().st_ino
    reader.close()


@pytest.mark.parametrize("missing", ["CURRENT", "MANIFEST"])
def test_damaged_data_is_told_at_once(seeded_copy: Path, missing: str) -> None:
    for file in (seeded_copy / "data").glob(f"{missing}*"):
        file.unlink()
    with pytest.raises(comity.StoreError, match=r"cannot be opened|is damaged"):
        comity.open(seeded_copy, read_only=True)
