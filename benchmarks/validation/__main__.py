"""Validation, beside other SHACL engines, on an invented register with planted violations.

Run it from the project's root, on Linux; each measurement is a process of its own::

    python benchmarks/validation [--triples 100000,1000000] [--engines memory,disk,pyshacl,…]
        [--python PYTHON] [--shapes core] [--seconds 600] [--gigabytes 16]

prints one table for each size. The register has two releases for each kind of
violation in ``data/core.yaml`` and ``data/sparql.yaml``, so what must be found is
known: "all" means that, and nothing else, else what is missing or extra is counted.
How to read the table:

``load``, ``validate``
    Seconds by the clock and of the processor, to read the data and to validate, its
    report included. An engine that keeps no store reads anew each time. The clock says
    how long one waits; Comity keeps two processors busy at a time.
``x pyshacl``, ``x`` another
    How many times as long as this engine pySHACL takes to validate, and the engine that
    is the fastest of the others by the clock and finds all: 100 is a hundred times
    faster than that peer, 0.5 is half as fast.
``MB``
    Memory that the process holds before it validates, the data or the store included,
    and at the peak while it does.

``memory`` and ``disk`` are Comity with a store as the gate fills it, which holds each
statement twice: in a graph of its source, and in the default graph. ``memory-plain`` is
Comity with the triples once, as the others hold them and as files are checked without a
store. On disk, the processes that fill and that validate are two. The others, by their
names on PyPI, get the same data and shapes in files. Shapes are read before the clock
starts, where an engine lets one. They need not be installed here:
``--python`` is an interpreter that has some, and those it has not are absent. None may
take more than ``--seconds`` and ``--gigabytes``; ten times the seconds where a store is
filled, which takes some 25 s for a million triples on disk.
``--shapes sparql`` measures the shapes that are written in SPARQL::

    python benchmarks/validation one [--triples 1000000]

prints what checking one release of some 280 triples takes beside the register: by
itself, as a stage of the gate, and the whole load::

    python benchmarks/validation growth [--triples 100000] [--times 4]

prints what each query takes that validation asks at two sizes, and by how much that grows
faster than the data (1 is linear). It ends with exit code 1 where one has become too slow.
"""

from __future__ import annotations

import argparse
import shutil
import sys

from compare import compare
from growth import growth
from measure import Limits
from one import one_document
from ours import WAYS
from peers import ENGINES
from register import smallest


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(
        prog="python benchmarks/validation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", nargs="?", choices=("compare", "one", "growth"), default="compare")
    parser.add_argument("--triples", default="100000", help="sizes, with commas between")
    parser.add_argument("--engines", default=",".join((*WAYS, *ENGINES)))
    parser.add_argument("--python", default=sys.executable, help="interpreter of the others")
    parser.add_argument("--shapes", choices=("core", "sparql"), default="core")
    parser.add_argument("--times", type=int, default=4, help="how much larger the second size is")
    parser.add_argument("--seconds", type=float, default=600, help="that one run may take")
    parser.add_argument("--gigabytes", type=float, default=16, help="that one run may take")
    options = parser.parse_args()
    limits = Limits(options.seconds, options.gigabytes)
    try:
        sizes = [int(size) for size in options.triples.split(",")]
    except ValueError:
        parser.error(f"--triples takes whole numbers with commas between, not {options.triples}")
    if not shutil.which(options.python):
        parser.error(f"there is no interpreter {options.python}")
    if min(sizes) < (least := smallest()):
        parser.error(f"there is no room for all violations in fewer than {least:,} triples")
    engines = options.engines.split(",")
    if unknown := set(engines) - {*WAYS, *ENGINES}:
        parser.error(f"no engine is called {', '.join(sorted(unknown))}")
    for triples in sizes:
        if options.what == "one":
            one_document(triples, limits)
        elif options.what == "growth":
            if growth(triples, options.times, limits):
                sys.exit(1)
        else:
            compare(triples, options.shapes, engines, options.python, limits)


if __name__ == "__main__":
    main()
