"""How the time of each shape grows with a store in which it is broken everywhere.

The first test case in ``tests/cases/shapes`` that a shape reports is copied many
times into a store in memory, all but the countries under other names, and the
store is checked against this shape. So what is slow only where something is amiss
is slow here, where ``python benchmarks/validation growth`` has a register that is
mostly right; and what is found must be what the case expects, as often as it was copied.

The last column is the time for the larger store over the time for the smaller,
divided by the ratio of their sizes. 1 is linear; what is far above 1 at more than a
tenth of a second grows faster than the data. Run it from the project's root::

    python benchmarks/broken.py [--copies 50] [--times 4] [SHAPE ...]
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import yaml
from rdflib import Graph

from comity.store import EmbeddedStore
from comity.validation import Shapes, shipped_shapes, validate
from comity_ontology import modules
from comity_ontology.prefixes import DEFAULT_BASE, VOCABULARIES, prefixes

CASES = Path(__file__).parents[1] / "tests" / "cases" / "shapes"
SHARED = f"{DEFAULT_BASE}country/"


def main() -> None:
    """Print the seconds for each shape and how they grow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=50)
    parser.add_argument("--times", type=int, default=4)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE")
    given = parser.parse_args()
    cases, shapes = _cases(), shipped_shapes()
    print(f"{'shape':28}{'triples':>9} found  seconds{'triples':>9} found  seconds  growth")
    for shape in shapes:
        name = shape.name.removeprefix(VOCABULARIES["shape"])
        if name not in cases or (given.shapes and name not in given.shapes):
            continue
        change, broken = cases[name]
        lines, alone = _changed(change), replace(shapes, targeted=(shape,))
        line, seconds = f"{name:28}", []
        for copies in (given.copies, given.copies * given.times):
            store = _copied(lines, copies)
            took, found = _checked(store, alone, shape.name)
            shared = sum(f"{DEFAULT_BASE}{focus}".startswith(SHARED) for focus in broken)
            if len(found) != shared + copies * (len(broken) - shared):
                raise SystemExit(f"{name}: {len(found)} nodes found in {copies} copies of {broken}")
            seconds.append(took)
            line += f"{len(store.engine):9,}{len(found):6,}{took:9.3f}"
        print(f"{line}{seconds[1] / seconds[0] / given.times:8.1f}", flush=True)


def _cases() -> dict[str, tuple[str, list[str]]]:
    """Return the first change that each shape reports, with the nodes that it reports."""
    found: dict[str, tuple[str, list[str]]] = {}
    for path in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")).values():
            reports: dict[str, list[str]] = {}
            for _, shape, focus in (line.split() for line in case["expect"]):
                reports.setdefault(shape, []).append(focus)
            for shape, broken in reports.items():
                found.setdefault(shape, (case["change"], broken))
    return found


def _changed(change: str) -> str:
    """Return the valid graph after a change, as lines of N-Triples."""
    data, model = Graph(), Graph()
    for module in modules():
        model.parse(data=module.path.read_text(encoding="utf-8"), format="turtle")
    data += model  # which a change may look into
    data.parse(CASES / "valid.ttl", format="turtle")
    data.update(change, initNs={**prefixes(DEFAULT_BASE), "change": f"{DEFAULT_BASE}change/"})
    return (data - model).serialize(format="nt")


def _copied(lines: str, copies: int) -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    for module in modules():
        text = module.path.read_text(encoding="utf-8")
        store.bulk(ox.parse(text, format=ox.RdfFormat.TURTLE))
    for copy in range(copies):
        own = f"<{DEFAULT_BASE}copy-{copy}/"
        text = lines.replace(f"<{DEFAULT_BASE}", own).replace(f"{own}country/", f"<{SHARED}")
        store.bulk(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))
    return store


def _checked(store: EmbeddedStore, alone: Shapes, shape: str) -> tuple[float, set[str]]:
    start = time.process_time()
    report = validate(store, alone)
    took = time.process_time() - start
    return took, {result.focus for result in report.results if result.shape == shape}


if __name__ == "__main__":
    main()
