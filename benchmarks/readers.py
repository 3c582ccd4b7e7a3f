"""Readers beside a process that writes and rewrites all the time.

The peer is the engine's own opening for reading; the other is Comity's, of
hard links. Printed is how many readers could not open, failed while they
read, saw something partial, or were fine. Run it from the project's root::

    python benchmarks/readers.py [--seconds 40]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox

from comity.errors import StoreError
from comity.store import open_store

VALUES = 20
GRAPH = ox.NamedNode("https://example.org/graph")


def write(store: Path, seconds: float) -> None:
    """Add a node with its values to two graphs, take an old one out, rewrite all files; repeat."""
    opened = open_store(store)
    step, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        node = ox.NamedNode(f"https://example.org/{step}")
        (opened.bulk if step % 3 == 0 else opened.add)(
            ox.Quad(node, ox.NamedNode(f"https://example.org/p{n}"), ox.Literal("x" * 100), graph)
            for n in range(VALUES)
            for graph in (GRAPH, ox.DefaultGraph())
        )
        if step > 50:
            gone = f"<https://example.org/{step - 50}> ?p ?o"
            opened.update(
                f"DELETE WHERE {{ GRAPH {GRAPH} {{ {gone} }} }} ; DELETE WHERE {{ {gone} }}"
            )
        if step % 10 == 0:
            opened.engine.flush()  # type: ignore[attr-defined]
        if step % 40 == 0:
            opened.engine.optimize()  # type: ignore[attr-defined]
        step += 1


def read(quads: Iterable[ox.Quad]) -> str:
    """Tell whether every node is there with all its values, in both graphs."""
    found = Counter((quad.subject, quad.graph_name) for quad in quads)
    nodes = {node for node, _ in found}
    whole = set(found.values()) <= {VALUES} and len(found) == 2 * len(nodes)
    return "fine" if whole else "partial"


def engine_alone(store: Path) -> str:
    try:
        opened = ox.Store.read_only(str(store / "data"))
    except (OSError, RuntimeError):
        return "not opened"
    time.sleep(0.02)
    try:
        return read(opened)
    except (OSError, RuntimeError):
        return "failed"


def comity(store: Path) -> str:
    try:
        opened = open_store(store, read_only=True)
    except StoreError:
        return "not opened"
    time.sleep(0.02)
    try:
        return read(opened.match(None, None, None))
    except (OSError, RuntimeError):
        return "failed"
    finally:
        opened.close()


def beside(reader: Callable[[Path], str], seconds: float) -> Counter[str]:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        command = [sys.executable, __file__, "--write", str(store), "--seconds", str(seconds)]
        with subprocess.Popen(command) as writer:
            while not (store / "data" / "CURRENT").exists():
                time.sleep(0.05)
            time.sleep(1)  # the store is being made
            seen: Counter[str] = Counter()
            while writer.poll() is None:
                seen[reader(store)] += 1
    return seen


def main() -> None:
    """Print what became of the readers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--write", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write(Path(options.write), options.seconds)
        return
    for name, reader in (("the engine alone", engine_alone), ("Comity", comity)):
        print(f"{name:<18}", dict(beside(reader, options.seconds)))


if __name__ == "__main__":
    main()
