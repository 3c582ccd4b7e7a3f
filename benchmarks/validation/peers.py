"""Other SHACL engines, each in a process of its own, in whatever environment has it.

Called with the name of an engine, a file of data, a file of shapes and one with a
shape that targets nothing; prints JSON. Needs neither Comity nor the other
engines, and writes ``absent`` for one that is not installed. An engine that reads
and validates in one call is asked twice by its caller: with ``nothing``, the time
is that of reading.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

__all__ = ["ENGINES", "IN_ONE_CALL"]

Results: TypeAlias = Iterable[tuple[str, str, str]]  # shape, component, focus node, as they say it
ENGINES = {  # as called on PyPI
    "pyshacl": "Apache-2.0",
    "pyrudof": "MIT or Apache-2.0",
    "pyshifty": "BSD-3-Clause",
    "shacl-rust": "MIT",
    "shacl": "MIT or Apache-2.0",
}
IN_ONE_CALL = ("pyshifty", "shacl-rust", "shacl")
STAGES: dict[str, dict[str, float]] = {}


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Measure a stage: seconds, processor seconds, and the highest use of memory in MB."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    held, start, busy = memory("VmRSS"), time.perf_counter(), time.process_time()
    yield
    STAGES[name] = {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - busy,
        "held": held,
        "peak": memory("VmHWM"),
    }


def memory(kind: str) -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{kind}:")[2].split()[0]) >> 10


def pyshacl(data: str, shapes: str) -> Results:
    import rdflib
    from pyshacl import validate
    from rdflib.namespace import SH

    with stage("load"):
        graph = rdflib.Graph().parse(data, format="nt")
    with stage("validate"):
        shapes_graph = rdflib.Graph().parse(shapes, format="turtle")
        _, report, _ = validate(graph, shacl_graph=shapes_graph, inplace=True)
    return _of_graph(report, SH)


def pyrudof(data: str, shapes: str) -> Results:
    from pyrudof import RDFFormat, Rudof, RudofConfig

    rudof = Rudof(RudofConfig())
    with stage("load"):
        rudof.read_data(data, RDFFormat.NTriples)
        rudof.read_shacl(shapes)
    with stage("validate"):
        report = list(rudof.validate_shacl())
    return [
        (str(found.source_shape), found.constraint_component, found.focus_node) for found in report
    ]


def pyshifty(data: str, shapes: str) -> Results:
    import shifty
    from rdflib.namespace import SH

    with stage("validate"):
        _, report, _ = shifty.validate(
            Path(data), Path(shapes), graph_mode="data", infer=False, sort_results=False
        )
    return _of_graph(report, SH)


def shacl_rust(data: str, shapes: str) -> Results:
    import shacl_rust as engine

    with stage("validate"):
        report = engine.validate_file(data, shapes, experimental_index=True)
    return [
        (found["sourceShape"], found["sourceConstraintComponent"], found["focusNode"])
        for found in report["results"]
    ]


def shacl(data: str, shapes: str) -> Results:
    import shacl as engine

    with stage("validate"):
        report = engine.Shapes.from_file(shapes).validate_file(data)
    return [
        (str(found.source_shape), found.component_iri, found.focus_node) for found in report.results
    ]


def _of_graph(report: Any, SH: Any) -> Results:  # noqa: N803 - a namespace
    return [
        tuple(
            str(report.value(node, term))
            for term in (SH.sourceShape, SH.sourceConstraintComponent, SH.focusNode)
        )
        for node in report.objects(None, SH.result)
    ]


RUNS: dict[str, Callable[[str, str], Results]] = {
    "pyshacl": pyshacl,
    "pyrudof": pyrudof,
    "pyshifty": pyshifty,
    "shacl-rust": shacl_rust,
    "shacl": shacl,
}


def main() -> None:
    """Run one engine."""
    name, data, shapes = sys.argv[1:]
    try:
        results = list(RUNS[name](data, shapes))
    except ImportError:
        print(json.dumps({"absent": True}))
        return
    print(json.dumps({"version": version(name), "stages": STAGES, "results": results}))


if __name__ == "__main__":
    main()
