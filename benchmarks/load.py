"""What a load costs, stage by stage, beside a plain bulk load of the same quads.

The same invented triples are loaded as 1, 10 and 1,000 documents, each time in
a process of its own, without the shapes. Peers, in the same run: the engine's
``bulk_load`` of an N-Quads file of all that the store holds afterwards (each
triple in its graph and in the default graph, search keys and records), and its
``bulk_load`` of the Turtle files alone, which makes no graphs. Then a small
load with the shapes, and one of twice its size: what they add, and how that
grows. The ratios are those of processor seconds, which other work on the
machine does not stretch. Run it from the project's root, on Linux::

    python benchmarks/load.py [--triples 1000000] [--documents 1,10,1000] [--shapes 10000]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from invented import TEXT, write_files

import comity
from comity.gate import committing
from comity.readers import RdfFile
from comity.store import EmbeddedStore

Stage = tuple[str, float, float, int, int]  # name, seconds, processor seconds, peak and disk in MB
APART: Counter[str] = Counter()  # processor seconds of what happens within stages


class Stages:
    """Notes one stage after the other."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._name, self._start, self._busy = "", 0.0, 0.0
        self.noted: list[Stage] = []

    def begin(self, name: str) -> None:
        """End the stage before, and begin another."""
        taken, busy = time.perf_counter() - self._start, time.process_time() - self._busy
        if self._name:
            self.noted.append((self._name, taken, busy, peak(), size(self._folder)))
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
        self._name = name
        self._start, self._busy = time.perf_counter(), time.process_time()


def peak() -> int:
    """Return the highest use of memory since it was last reset."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) >> 10


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) >> 20


def timed(name: str, items: Iterable[Any]) -> Iterator[Any]:
    """Add up the time that an iterator takes for itself."""
    iterator = iter(items)
    while True:
        start = time.process_time()
        item = next(iterator, None)
        APART[name] += time.process_time() - start
        if item is None:
            return
        yield item


def watch() -> None:
    """Measure what the stages do not tell apart: parsing, staging, search keys."""
    quads, add, keys = RdfFile.quads, EmbeddedStore.add, committing.search_keys

    def added(self: EmbeddedStore, batch: Iterable[ox.Quad]) -> None:
        start = time.process_time()
        add(self, batch)
        if self.directory is None:
            APART["· staging"] += time.process_time() - start

    RdfFile.quads = lambda self: timed("· parsing", quads(self))  # type: ignore[method-assign]
    EmbeddedStore.add = added  # type: ignore[method-assign]
    committing.search_keys = lambda staging: timed("· search keys", keys(staging))


def load(folder: Path, validate: bool) -> list[Stage]:
    """Load the files of a folder into a store beside them."""
    with comity.open(folder / "store") as graph:
        text = folder / "invented.txt"
        text.write_text(TEXT, encoding="utf-8")
        graph.add_document(text)
        watch()
        stages = Stages(folder / "store")
        files = sorted(folder.glob("*.ttl"))
        report = graph.load(*files, validate=validate, progress=stages.begin)
        stages.begin("")
        if report.refused:
            raise RuntimeError(f"the invented data should conform: {report.checks.to_text()}")
    return [*stages.noted, *((name, 0, seconds, 0, 0) for name, seconds in sorted(APART.items()))]


def plain(folder: Path, what: str) -> list[Stage]:
    """Let the engine load the files, or all that the store came to hold."""
    files = sorted(folder.glob("*.ttl")) if what == "files" else [folder / "all.nq"]
    target = folder / what
    engine = ox.Store(str(target))
    stages = Stages(target)
    stages.begin("bulk_load")
    for file in files:
        engine.bulk_load(path=str(file))
    stages.begin("")
    return stages.noted


CHILDREN: dict[str, Callable[[Path], list[Stage]]] = {
    "load": lambda folder: load(folder, validate=False),
    "checked": lambda folder: load(folder, validate=True),
    "files": lambda folder: plain(folder, "files"),
    "all": lambda folder: plain(folder, "all"),
}


def measured(folder: Path, what: str) -> list[Stage]:
    """Do one thing in a process of its own."""
    command = [sys.executable, __file__, "--child", what, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return [(name, *numbers) for name, *numbers in json.loads(done.stdout)]


def dump(folder: Path) -> None:
    engine = ox.Store.read_only(str(folder / "store" / "data"))
    engine.dump(str(folder / "all.nq"), ox.RdfFormat.N_QUADS)


def line(stage: Stage, ratio: str = "") -> None:
    name, seconds, busy, memory, disk = stage
    taken = f"{seconds:>9.2f}" if memory else ""
    held = f"{memory:>9,} {disk:>9,}" if memory else ""
    print(f"  {name:<28} {taken:>9} {busy:>9.2f} {held:>19} {ratio:>7}".rstrip(), flush=True)


def compare(triples: int, documents: int) -> None:
    """Print the stages of one load and its peers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder, triples, documents)
        stages = measured(folder, "load")
        dump(folder)
        everything, files = (measured(folder, what)[0] for what in ("all", "files"))
    whole = [stage for stage in stages if stage[3]]
    seconds, busy = (sum(stage[part] for stage in whole) for part in (1, 2))
    print(f"{triples:,} triples, documents: {documents:,}")
    heads = ("stage", "seconds", "processor", "peak MB", "disk MB", "ratio")
    print("  {:<28} {:>9} {:>9} {:>9} {:>9} {:>7}".format(*heads))
    for stage in stages:
        line(stage)
    line(("load", seconds, busy, max(stage[3] for stage in whole), whole[-1][4]))
    line(("bulk_load of all it stored", *everything[1:]), f"{busy / everything[2]:.1f}")
    line(("bulk_load of the files", *files[1:]), f"{busy / files[2]:.1f}")
    print(flush=True)


def add_shapes(triples: int) -> None:
    """Print what the shapes add to a load, and how that grows."""
    found: dict[int, Counter[str]] = {}
    for count in (triples, triples * 2):
        with tempfile.TemporaryDirectory() as name:
            write_files(Path(name), count, 10)
            found[count] = Counter()
            for stage, _, busy, memory, _ in measured(Path(name), "checked"):
                if memory:
                    found[count]["shapes" if stage == "shapes" else "rest"] += busy
    print("with the shapes, documents: 10; processor seconds")
    for count, spent in found.items():
        shapes, rest = spent["shapes"], spent["rest"]
        each = shapes / count * 1e6
        print(f"  {count:>9,} triples: shapes {shapes:.1f} ({each:.0f} µs each), rest {rest:.1f}")
    small, large = (found[count]["shapes"] for count in found)
    print(f"  growth of the shapes' time over that of the data: {large / small / 2:.2f}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--documents", default="1,10,1000", help="numbers, with commas between")
    parser.add_argument("--shapes", type=int, default=10_000, help="triples; 0 leaves it out")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        what, folder = options.child
        print(json.dumps(CHILDREN[what](Path(folder))))
        return
    for documents in map(int, options.documents.split(",")):
        compare(options.triples, documents)
    if options.shapes:
        add_shapes(options.shapes)


if __name__ == "__main__":
    main()
