"""What each shape takes at two sizes: one whose time grows faster than the data has relapsed."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from measure import HERE, Limits, python_run
from ours import check, filled_from
from register import Register
from shapes import shipped_triples

import comity
from comity.validation import Shapes, read_shapes
from comity_ontology.prefixes import prefixes, shorten
from comity_ontology.terms import SH

__all__ = ["growth"]

TIMES = 3
WORTH_A_LOOK = 0.1  # seconds; what takes less may grow as it likes
TOO_FAST = 1.8  # times as much as the data


def growth(triples: int, ratio: int, limits: Limits) -> int:
    """Print seconds at both sizes, the slowest first; return how many shapes grow too fast."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes, spent = [], []
        for count in (triples, triples * ratio):
            sizes.append(Register.of(count).write(folder))
            said = python_run([sys.executable, str(HERE / "growth.py"), name], limits)
            if "outcome" in said:
                print(f"{sizes[-1]:,} triples: {said['outcome']}")
                return 1
            spent.append(said)
    (small, large), (first, second) = sizes, spent
    print(f"{small:,} and {large:,} triples, in memory, the best of {TIMES}")
    print(f"  {'shape':<34} {'seconds':>9} {'seconds':>9} {'growth':>7}")
    relapsed = 0
    for shape in sorted(second, key=lambda shape: -second[shape]):
        grown = second[shape] / max(first[shape], 1e-6) / (large / small)
        bad = grown > TOO_FAST and second[shape] > WORTH_A_LOOK
        relapsed += bad
        line = f"  {shorten(shape):<34} {first[shape]:>9.3f} {second[shape]:>9.3f} {grown:>7.1f}"
        print(f"{line}{'  faster than the data' if bad else ''}")
    print(f"  {'all':<34} {sum(first.values()):>9.3f} {sum(second.values()):>9.3f}")
    return relapsed


def _alone(folder: Path) -> Iterator[tuple[str, Path]]:
    """Write a file for each shape that has targets, in which only it has."""
    targets = {f"{SH.NS}target{kind}" for kind in ("Class", "Node", "SubjectsOf", "ObjectsOf")}
    triples = shipped_triples()
    targeted = {triple.subject for triple in triples if triple.predicate.value in targets}
    for shape in sorted(targeted, key=lambda shape: shape.value):
        file = folder / "alone.ttl"
        kept = (t for t in triples if t.subject == shape or t.predicate.value not in targets)
        with file.open("wb") as stream:
            ox.serialize(kept, stream, format=ox.RdfFormat.TURTLE, prefixes=prefixes())
        yield shape.value, file


def main() -> None:
    """Validate the data in a folder with each shape by itself."""
    folder = Path(sys.argv[1])
    spent: dict[str, float] = {}
    with comity.open() as graph:
        filled_from(graph.store, str(folder / "data.nt"))
        for name, file in _alone(folder):
            shapes = read_shapes(file)
            spent[name] = min(_timed(graph, shapes) for _ in range(TIMES))
    print(json.dumps(spent))


def _timed(graph: comity.Graph, shapes: Shapes) -> float:
    start = time.process_time()
    check(graph.store, shapes)
    return time.process_time() - start


if __name__ == "__main__":
    main()
