"""Validation, beside other SHACL engines, on an invented register with planted violations.

Run it from the project's root, on Linux; each measurement is a process of its own::

    python benchmarks/validation [--triples 100000,1000000] [--engines memory,disk,pyshacl,…]
        [--python PYTHON] [--shapes core] [--seconds 600] [--gigabytes 16]

prints one table for each size: seconds to load the data, seconds and processor
seconds to validate, memory held before and at the peak, and what was found. The
register has two releases for each kind of violation in ``data/core.yaml`` and
``data/sparql.yaml``, so what must be found is known: "all" means that, and nothing
else, else what is missing or extra is counted. ``memory`` and ``disk`` are Comity, its report
written as JSON; a store holds each statement twice, in a graph and in the default
graph. The others, by their names on PyPI, get the same data and the same shapes of
SHACL Core in files. They need not be installed here: ``--python`` is an interpreter
that has some, and those it has not are absent. Two ratios tell how many times the
processor seconds of the first engine are needed: to validate only, and with
the reading of the data, which an engine that keeps no store does each time.
``--shapes sparql`` measures the shapes that are written in SPARQL::

    python benchmarks/validation one [--triples 1000000]

prints what checking one release of some 280 triples takes beside the register: by
itself, as a stage of the gate, and the whole load::

    python benchmarks/validation growth [--triples 100000] [--times 4]

prints what each shape takes at two sizes, and by how much that grows faster than the
data (1 is linear). It ends with exit code 1 where a shape has become too slow.
"""

from __future__ import annotations

import argparse
import sys

from compare import compare
from growth import growth
from measure import Limits
from one import one_document
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
    parser.add_argument("--engines", default=",".join(("memory", "disk", *ENGINES)))
    parser.add_argument("--python", default=sys.executable, help="interpreter of the others")
    parser.add_argument("--shapes", choices=("core", "sparql"), default="core")
    parser.add_argument("--times", type=int, default=4, help="how much larger the second size is")
    parser.add_argument("--seconds", type=float, default=600, help="that one run may take")
    parser.add_argument("--gigabytes", type=float, default=16, help="that one run may take")
    options = parser.parse_args()
    limits = Limits(options.seconds, options.gigabytes)
    sizes = [int(size) for size in options.triples.split(",")]
    if min(sizes) < (least := smallest()):
        parser.error(f"there is no room for all violations in fewer than {least:,} triples")
    engines = options.engines.split(",")
    if unknown := set(engines) - {"memory", "disk", *ENGINES}:
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
