"""What it takes to check one release against a register, in memory and on disk.

As the gate does it, which is the stage ``shapes`` of a load (it also looks for
other stages' faults), and by itself, given a store of what is new.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
from measure import HERE, Limits, python_run
from ours import filled_from, in_graphs
from register import Register
from release import TOGETHER, release, time_point, times

import comity
from comity.store import EmbeddedStore, Store
from comity.validation import Report, shipped_shapes, validate
from comity.validation.incremental import affected
from comity.validation.union import Union
from comity_ontology.prefixes import DEFAULT_BASE

__all__ = ["one_document"]

TIMES = 7
_LOAD = f"<{DEFAULT_BASE}load/"


def check_change(store: Store, new: Store) -> Report:
    """Check what is new against what is stored."""
    shapes = shipped_shapes()
    changed = [quad for quad in new.match(None, None, None) if not store.holds(quad)]
    what = affected(shapes, Union(store, new).match, changed)
    return validate(store, shapes, what, staged=new, only_new=True)


def one_document(triples: int, limits: Limits) -> None:
    """Print the medians for a register of so many triples."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # They come last of those about the same agencies: nothing that is stored needs them.
        releases = Register.of(triples).releases // TOGETHER * TOGETHER
        last = releases + TIMES * TOGETHER
        new = range(releases + TOGETHER - 1, last, TOGETHER)
        written = Register(last, frozenset(new)).write(folder)
        size = [_write(folder, number) for number in new][-1]
        said = f"{written:,} triples stored, one release of {size} more"
        print(f"{said}; medians of {TIMES} in ms")
        print(f"  {'':<10} {'check':>9} {'gate':>9} {'load':>9}")
        data, store = str(folder / "data.nt"), str(folder / "store")
        fill = [sys.executable, str(HERE / "ours.py"), "fill", data, "", store]
        filled = python_run(fill, limits.filling)
        for where in ("memory", "disk"):
            command = [sys.executable, str(HERE / "one.py"), where, name]
            found = filled if "outcome" in filled else python_run(command, limits.filling)
            numbers = (found[key] for key in ("check", "gate", "load") if key in found)
            shown = "".join(f" {1000 * number:>9.1f}" for number in numbers)
            print(f"  {where:<10}{shown or ' ' + found['outcome']}", flush=True)
        if "outcome" not in filled:
            print(f"  the store on disk was filled in {filled['stages']['load']['seconds']:.0f} s")
        print()


def _write(folder: Path, number: int) -> int:
    """Write a release as N-Quads, all that a file may say of it; return the number of quads."""
    file, triples = folder / f"{number}.nq", folder / f"{number}.nt"
    lines = [line for line in release(number) if not line.startswith(_LOAD)]  # the gate's own
    triples.write_text("".join([*lines, *map(time_point, times(number))]), encoding="utf-8")
    quads = list(in_graphs(str(triples)))
    with file.open("wb") as stream:
        ox.serialize(quads, stream, format=ox.RdfFormat.N_QUADS)
    return len(quads)


def main() -> None:
    """Check releases by themselves, and load them through the gate."""
    where, folder = sys.argv[1], Path(sys.argv[2])
    files = sorted(folder.glob("*.nq"))
    # A store on disk was filled by another process: nothing of it is in this one's memory.
    with comity.open(folder / "store" if where == "disk" else None) as graph:
        if where == "memory":
            filled_from(graph.store, str(folder / "data.nt"))
        checked = [_check(graph.store, file) for file in files]
        loaded = [_load(graph, file) for file in files]
    spent = {
        "check": statistics.median(checked),
        "gate": statistics.median(stages["shapes"] for stages in loaded),
        "load": statistics.median(stages.total() for stages in loaded),
    }
    print(json.dumps(spent))


def _check(store: Store, file: Path) -> float:
    new = EmbeddedStore.in_memory()
    quads = ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS)
    new.add(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    start = time.perf_counter()
    report = check_change(store, new)
    taken = time.perf_counter() - start
    if report.results:
        raise RuntimeError(f"the release should conform: {report.to_text()}")
    return taken


def _load(graph: comity.Graph, file: Path) -> Counter[str]:
    """Load a release; return the seconds of each stage."""
    stages: Counter[str] = Counter()
    name, start = "before the first", time.perf_counter()

    def begin(stage: str) -> None:
        nonlocal name, start
        stages[name] += time.perf_counter() - start
        name, start = stage, time.perf_counter()

    report = graph.load(file, progress=begin)
    begin("")
    if report.refused:
        raise RuntimeError(f"the release should be accepted: {report.checks.to_text()}")
    return stages


if __name__ == "__main__":
    main()
