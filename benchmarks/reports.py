"""What a report of many results costs, in every format.

A store on disk describes as many nodes as there are to be results: label, kind,
links, and the sentences that they rest on. The results are those that a
validation would hand over, of eight shapes. Each format is written in a process
of its own, from the bare results to the last byte, and measured are processor
seconds and the highest use of memory, that of the bare results included. The
peer writes the same results as bare rows with the standard library's ``csv``:
no label, no sentence, no order. Run it from the project's root, on Linux::

    python benchmarks/reports.py [--results 100000] [--formats table,html,json,csv,turtle]
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from comity.store import Store, open_store
from comity.validation import Report, Result, Severity, about_in
from comity_ontology.prefixes import expand
from comity_ontology.terms import COMITY, DCTERMS, OA, PROV, RDF, SH, SKOS, code

SENTENCES = 40  # of a document
SHAPES = (  # severity, what the value is, whether each message has words of its own
    ("Act-agreement", Severity.VIOLATION, "node", False),
    ("evidence", Severity.VIOLATION, "", False),
    ("acronym", Severity.VIOLATION, "text", False),
    ("TenuresOverlap", Severity.WARNING, "node", True),
    ("EventDated", Severity.WARNING, "", True),
    ("Agency-kind", Severity.WARNING, "text", False),
    ("AgencyCountryStated", Severity.INFO, "", False),
    ("Agreement-party-stated", Severity.INFO, "", False),
)


def describe(number: int, nodes: int) -> Iterator[tuple[str, str, str | ox.Literal]]:
    """Say about a node what its kind is, its names, links and the sentences it rests on."""
    node = f"act:invented-{number}"
    yield node, RDF.type, COMITY.Act
    yield node, SKOS.prefLabel, ox.Literal(f"Signing of invention number {number}", language="en")
    yield node, SKOS.altLabel, ox.Literal(f"Invention {number}", language="en")
    yield node, COMITY.searchKey, ox.Literal(f"signing of invention number {number}")
    yield node, DCTERMS.type, code("signing")
    yield node, COMITY.agreement, f"agreement:invented-{number // 3}"
    for step in range(1 + number % 3):
        sentence = (number * 7 + step * 31) % nodes
        document = sentence // SENTENCES
        yield node, PROV.wasDerivedFrom, f"passage:invented-{document}/{sentence % SENTENCES}"


def sentence(number: int) -> Iterator[tuple[str, str, str | ox.Literal]]:
    """Say what a passage says; the first of a document says what the document is, too."""
    document, place = f"source:invented-{number // SENTENCES}", number % SENTENCES
    node = f"passage:invented-{number // SENTENCES}/{place}"
    words = f"The two agencies signed invention number {number} in the presence of ministers."
    yield node, RDF.type, COMITY.Passage
    yield node, COMITY.text, ox.Literal(words, language="en")
    yield node, COMITY.ordinal, ox.Literal(place + 1)
    yield node, OA.hasSource, document
    if place == 0:
        yield document, DCTERMS.title, ox.Literal(f"Invented release {number}", language="en")
        yield document, DCTERMS.issued, ox.Literal("2021-02-25")
        yield document, DCTERMS.language, ox.Literal("en")


def make(directory: Path, nodes: int) -> None:
    """Fill a store."""

    def quads() -> Iterator[ox.Quad]:
        for number in range(nodes):
            for said in (describe(number, nodes), sentence(number)):
                for subject, predicate, value in said:
                    term = value if isinstance(value, ox.Literal) else ox.NamedNode(expand(value))
                    yield ox.Quad(ox.NamedNode(expand(subject)), ox.NamedNode(predicate), term)

    store = open_store(directory)
    store.bulk(quads())
    store.close()


def results(nodes: int) -> Iterator[Result]:
    """Give the results, in the order in which an engine would find them."""
    for place, (shape, severity, value, own) in enumerate(SHAPES):
        for number in range(nodes // len(SHAPES)):
            at = number * len(SHAPES) + place
            node = expand(f"act:invented-{(at + 1) % nodes}")
            other = "" if not own else f" ({number} days from the other one)"
            yield Result(
                severity,
                f"https://w3id.org/comity/shape/{shape}",
                expand(f"act:invented-{at}"),
                str(COMITY.agreement),
                {"node": node, "text": f"value {at}"}.get(value, ""),
                f"Something is wrong with what this says{other}. Correct comity:agreement.",
                f"{SH.NS}MinCountConstraintComponent",
                value_is_iri=value == "node",
                datatype="http://www.w3.org/2001/XMLSchema#string" if value == "text" else "",
            )


def peak() -> float:
    """Return the highest use of memory so far, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def bare(_store: Store, found: list[Result], target: Path) -> None:
    """Write the bare rows."""
    with target.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        for one in found:
            writer.writerow((one.severity, one.shape, one.focus, one.path, one.value, one.message))


def written(format_name: str) -> Callable[[Store, list[Result], Path], None]:
    """Say how a report is made and written."""

    def write(store: Store, found: list[Result], target: Path) -> None:
        report = Report.of(found)
        with target.open("wb") as stream:
            report.write(stream, format_name, about=about_in(store))

    return write


def measure(directory: Path, nodes: int, what: str) -> None:
    """Do one thing in this process, and print what it took."""
    store = open_store(directory, read_only=True)
    target = directory / f"report.{what}"
    before = peak()
    found = list(results(nodes))
    work = bare if what == "rows" else written(what)
    start = time.process_time()
    work(store, found, target)
    seconds = time.process_time() - start
    print(json.dumps([seconds, peak() - before, target.stat().st_size / 1e6]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--results", type=int, default=100_000)
    parser.add_argument("--formats", default="table,html,json,csv,turtle")
    parser.add_argument("--measure", nargs=2, metavar=("DIR", "WHAT"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        measure(Path(chosen.measure[0]), chosen.results, chosen.measure[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "store"
        make(directory, chosen.results)
        print(f"{chosen.results:,} results\n{'':8}  seconds   memory      file  times the rows")
        least = 0.0
        for what in ("rows", *chosen.formats.split(",")):
            command = [sys.executable, __file__, "--results", str(chosen.results), "--measure"]
            done = subprocess.run(
                [*command, str(directory), what], check=True, capture_output=True, text=True
            )
            seconds, memory, size = json.loads(done.stdout)
            least = least or seconds
            print(
                f"{what:8} {seconds:6.2f} s {memory:5.0f} MB {size:6.1f} MB {seconds / least:6.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
