"""What each query takes at two sizes: one whose time grows faster than the data has relapsed."""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from measure import HERE, Limits, python_run
from ours import filled_from
from register import Register

import comity
from comity.store.base import Term
from comity.validation import Union, shipped_shapes
from comity.validation.running import Run
from comity_ontology.prefixes import shorten

__all__ = ["growth"]

TIMES = 3
WORTH_A_LOOK = 0.1  # seconds; what takes less may grow as it likes
TOO_FAST = 1.8  # times as much as the data
SHOWN = 20
_NODES = re.compile(r"(VALUES \S+) \{[^}]*\}")  # found before, in the order in which they were
_NUMBERED = re.compile(r"\?([A-Za-z]+)_\d+")  # variables that the engine made up


def growth(triples: int, ratio: int, limits: Limits) -> int:
    """Print seconds at both sizes, the slowest first; return how many queries grow too fast."""
    return sum(_grown(where, triples, ratio, limits) for where in ("memory", "disk"))


def _grown(where: str, triples: int, ratio: int, limits: Limits) -> int:
    sizes, spent = [], []
    for count in (triples, triples * ratio):
        with tempfile.TemporaryDirectory() as name:
            sizes.append(Register.of(count).write(Path(name)))
            said = python_run([sys.executable, str(HERE / "growth.py"), where, name], limits)
        if "outcome" in said:
            print(f"{where}, {sizes[-1]:,} triples: {said['outcome']}")
            return 1
        spent.append(said)
    (small, large), (first, second) = sizes, spent
    print(f"{small:,} and {large:,} triples, {where}: processor seconds, the best of {TIMES}")
    print(f"  {'':>8} {'':>8} {'growth':>7}  query")
    slowest = sorted(second, key=lambda query: -second[query])
    relapsed = 0
    for at, query in enumerate(slowest):
        before, after = first.get(query, 0), second[query]
        grown = after / max(before, 1e-6) / (large / small)
        bad = grown > TOO_FAST and after > WORTH_A_LOOK
        relapsed += bad
        if bad or at < SHOWN:
            text = re.sub("<([^>]*)>", lambda iri: shorten(iri[1]), " ".join(query.split()))
            shown = f"FASTER THAN THE DATA: {text}" if bad else text[:100]
            print(f"  {before:>8.3f} {after:>8.3f} {grown:>7.1f}  {shown}")
    total = f"all {len(slowest)}"
    print(f"  {sum(first.values()):>8.3f} {sum(second.values()):>8.3f} {'':>7}  {total}\n")
    return relapsed


class _Watched(Run):
    """A validation that counts the processor seconds of each of its queries."""

    spent: Counter[str]

    def _rows(self, query: str) -> Iterator[dict[str, Term | None]]:
        start = time.thread_time()
        rows = list(super()._rows(query))
        self.spent[_known_by(query)] += time.thread_time() - start
        return iter(rows)


def _known_by(query: str) -> str:
    """Write a query so that it is the same at each size."""
    names: dict[str, str] = {}
    text = _NODES.sub(r"\1 { … }", query)
    return _NUMBERED.sub(lambda one: names.setdefault(one[0], f"?{one[1]}_{len(names)}"), text)


def main() -> None:
    """Fill a store in memory or on disk, and validate it."""
    where, folder = sys.argv[1], Path(sys.argv[2])
    best: dict[str, float] = {}
    with comity.open(folder / "store" if where == "disk" else None) as graph:
        filled_from(graph.store, str(folder / "data.nt"))
        for _ in range(TIMES):
            run = _Watched(graph.store, Union(graph.store).subclasses)
            run.spent = Counter()
            run.all(shipped_shapes().targeted)
            best = {query: min(best.get(query, taken), taken) for query, taken in run.spent.items()}
    print(json.dumps(best))


if __name__ == "__main__":
    main()
