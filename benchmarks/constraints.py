"""How the time of each constraint in SPARQL grows with a store in which it is broken everywhere.

The first test case in ``tests/cases/shapes`` that a constraint reports is copied
many times into a store in memory, all but the countries under other names, and
the constraint is asked once for all its focus nodes. So what is slow only where
something is amiss is slow here, and what is found must be what the case expects,
as often as it was copied.

The last column is the time for the larger store over the time for the smaller,
divided by the ratio of their sizes. 1 is linear; what is far above 1 at more than a
tenth of a second grows faster than the data. Run it from the project's root::

    python benchmarks/constraints.py [--copies 50] [--times 4] [SHAPE ...]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import yaml
from rdflib import SH, Graph, URIRef

from comity_ontology import modules, shapes
from comity_ontology.prefixes import DEFAULT_BASE, VOCABULARIES, prefixes

CASES = Path(__file__).parents[1] / "tests" / "cases" / "shapes"
SHARED = f"{DEFAULT_BASE}country/"


def main() -> None:
    """Print the seconds for each constraint and how they grow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=50)
    parser.add_argument("--times", type=int, default=4)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE")
    given = parser.parse_args()
    graph, model = Graph(), Graph()
    for path in shapes():
        graph.parse(path, format="turtle")
    for module in modules():
        model.parse(module.path, format="turtle")
    sizes = (given.copies, given.copies * given.times)
    print("constraint                  triples  found  seconds  triples  found  seconds  growth")
    for shape in sorted(graph.subjects(SH.sparql)):
        name = str(shape).removeprefix(VOCABULARIES["shape"])
        if given.shapes and name not in given.shapes:
            continue
        case, broken = _case(name)
        line, seconds = f"{name:26}", []
        for copies in sizes:
            store = _store(_changed(model, case), copies)
            took, found = _ask(store, at_once(graph, shape))  # type: ignore[arg-type]
            expected = sum(
                1 if f"{DEFAULT_BASE}{it}".startswith(SHARED) else copies for it in broken
            )
            if found != expected:
                raise SystemExit(f"{name}: {found} focus nodes found, {expected} are broken")
            seconds.append(took)
            line += f"{len(store):9,}{found:7,}{took:9.3f}"
        print(f"{line}{seconds[1] / seconds[0] / given.times:8.1f}", flush=True)


def at_once(graph: Graph, shape: URIRef) -> str:
    """Write the query of a constraint so that it asks for all focus nodes (SHACL §5.3.1 does one).

    No query that ships uses ``$this`` in a group that does not bind it, so one place is enough.
    """
    classes = " ".join(f"<{kind}>" for kind in graph.objects(shape, SH.targetClass))
    target = f"VALUES ?class {{ {classes} }} ?this a ?class ." if classes else ""
    for subjects in graph.objects(shape, SH.targetSubjectsOf):
        target = f"?this <{subjects}> ?any ."
    names = "".join(
        f"PREFIX {graph.value(it, SH.prefix)}: <{graph.value(it, SH.namespace)}>\n"
        for it in graph.subjects(SH.namespace)
    )
    query = str(graph.value(graph.value(shape, SH.sparql), SH.select))
    return names + query.replace("WHERE {", f"WHERE {{ {target}", 1)


def _case(name: str) -> tuple[str, list[str]]:
    for path in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")).values():
            lines = [line.split() for line in case["expect"]]
            if broken := [focus for _, shape, focus in lines if shape == name]:
                return case["change"], broken
    raise SystemExit(f"no case in {CASES} reports {name}")


def _changed(model: Graph, change: str) -> str:
    """Lines of N-Triples of the valid graph after a change of it."""
    data = Graph().parse(CASES / "valid.ttl", format="turtle")
    given = set(model)
    for triple in given:  # a change may ask for codes
        data.add(triple)
    data.update(change, initNs={**prefixes(DEFAULT_BASE), "change": f"{DEFAULT_BASE}change/"})
    for triple in given:
        data.remove(triple)
    return data.serialize(format="nt")


def _store(lines: str, copies: int) -> ox.Store:
    store = ox.Store()
    for module in modules():
        store.bulk_load(path=module.path, format=ox.RdfFormat.TURTLE)
    for copy in range(copies):
        own = lines.replace(f"<{DEFAULT_BASE}", f"<{DEFAULT_BASE}copy-{copy}/")
        own = own.replace(f"<{DEFAULT_BASE}copy-{copy}/country/", f"<{SHARED}")
        store.bulk_load(input=own, format=ox.RdfFormat.N_TRIPLES)
    return store


def _ask(store: ox.Store, query: str) -> tuple[float, int]:
    start = time.process_time()
    rows: Sequence[ox.QuerySolution] = list(store.query(query))
    took = time.process_time() - start
    return took, len({row["this"] for row in rows})


if __name__ == "__main__":
    main()
