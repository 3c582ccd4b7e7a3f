"""How the time of each question grows with what is said of one node.

A small graph in memory stays the same, but one node of each kind (an agency, a
person with a post, an event, an agreement with its signing, and so on) rests
on ever more passages; its tenure is attested as often, its event has as many
participants and its agreement as many parties. Names and days that sources
give stay five each. A question that joins the passages of one node with those
of another, or with its attestations, is quadratic and shows here at once,
while ``growth.py`` does not see it. Rows and passages an edge of a network
grow with the square of the participants, so they are few for that event.

The last column is the time for the larger number over the time for the
smaller, divided by the ratio of the numbers. 1 is linear; what is far above 1
at more than a tenth of a second grows faster than the data. Run it from the
project's root::

    python benchmarks/deep.py [--passages 50] [--times 4] [QUESTION ...]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pyoxigraph as ox
from growth import VALUES
from invented_people import quads

import comity
from comity import timepoints
from comity_ontology.prefixes import GRAPHS, expand
from comity_ontology.terms import COMITY, DCTERMS, FOAF, OA, PROV, RDF, SKOS, XSD, code
from comity_queries import names

# Each is the third, which is asked about in VALUES.
DERIVED = (
    "agency:3", "post:3", "person:3", "tenure:3", "event:3", "participation:3-0",
    "participation:3-1", "agreement:3", "act:3", "utterance:3", "relation:3", "inference:3",
    "correction:3", "event:merger-4",
)  # fmt: skip
DATED = ("event:3", "act:3", "event:merger-4")
NAMED = ("agency:3", "post:3", "person:3", "event:3", "agreement:3")
LANGUAGES = ("az", "de", "fr", "ru", "tr")
# Ask about what is large here, also where growth.py asks about another.
ASKED = VALUES | {
    "agreements-between": {"first": "agency:3", "second": "agency:2"},
    "co-participants": {"person": "person:3"},
    "contacts": {"first": "agency:3", "second": "agency:2"},
    "evidence": {"node": "agreement:3"},
    "who-met-whom": {"person": "person:3"},
}


def said_of_one(passages: int) -> Iterator[ox.Quad]:
    """Say much about one node of each kind of a small graph."""
    yield from quads(40)
    for number in range(passages):
        passage, source = f"passage:deep/{number}", f"source:deep-{number}"
        yield from _say(passage, RDF.type, _iri(COMITY.Passage))
        yield from _say(passage, OA.hasSource, _iri(source))
        yield from _say(source, DCTERMS.issued, _date(2020, number))
        for node in DERIVED:
            yield from _say(node, PROV.wasDerivedFrom, _iri(passage))
        day, triples = _day(number)
        yield from triples
        yield from _say("tenure:3", COMITY.attestedOn, day)
        # Many who took part and many parties, apart from what has many passages.
        yield from _say(f"participation:crowd-{number}", COMITY.event, _iri("event:crowd"))
        yield from _say(f"participation:crowd-{number}", COMITY.participant, _iri("agency:1"))
        yield from _say("agreement:3", COMITY.party, _iri(f"agency:party-{number}"))
    yield from _say("tenure:3", COMITY.endStatus, _iri(code("open-end")))
    for agency in ("agency:2", "agency:3"):
        yield from _say("participation:crowd", COMITY.participant, _iri(agency))
    yield from _say("participation:crowd", COMITY.event, _iri("event:crowd"))
    yield from _say("event:crowd", RDF.type, _iri(COMITY.Event))
    for seat, who in enumerate(("person:3", "person:5")):
        yield from _say(f"participation:3-{seat}", COMITY.participant, _iri(who))
        yield from _say(who, RDF.type, _iri(FOAF.Person))
    for place, language in enumerate(LANGUAGES):
        day, triples = _day(place)
        yield from triples
        for node in DATED:
            yield from _say(node, COMITY.time, day)
        for node in NAMED:
            yield from _say(node, SKOS.prefLabel, ox.Literal(f"name {place}", language=language))
            yield from _say(node, SKOS.altLabel, ox.Literal(f"alias {place}", language=language))


def _say(subject: str, predicate: str, term: ox.NamedNode | ox.Literal) -> Iterator[ox.Quad]:
    for graph in (ox.DefaultGraph(), ox.NamedNode(f"{GRAPHS.SOURCE}deep")):
        yield ox.Quad(_iri(subject), ox.NamedNode(predicate), term, graph)


def _day(number: int) -> tuple[ox.NamedNode, list[ox.Quad]]:
    point = timepoints.parse(_date(2019, number).value)
    triples = timepoints.to_triples(point)
    return _iri(point.iri()), [ox.Quad(t.subject, t.predicate, t.object) for t in triples]


def _date(year: int, number: int) -> ox.Literal:
    day = date(year, 1, 1) + timedelta(days=number)
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD.date))


def _iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(expand(text))


def ask(passages: int, asked: Sequence[str]) -> dict[str, tuple[int, float]]:
    """Ask questions; return rows and seconds of the processor by question."""
    found: dict[str, tuple[int, float]] = {}
    with comity.open() as graph:
        graph.store.bulk(said_of_one(passages))
        for name in asked:
            start = time.process_time()
            rows = len(graph.run(name, **ASKED.get(name, {})))
            found[name] = (rows, time.process_time() - start)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("questions", nargs="*", metavar="QUESTION", help="all when none is given")
    parser.add_argument("--passages", type=int, default=50, help="a node, in the smaller graph")
    parser.add_argument("--times", type=int, default=4, help="how many more in the larger")
    options = parser.parse_args()
    asked = options.questions or names()
    first = ask(options.passages, asked)
    second = ask(options.passages * options.times, asked)
    print(f"{options.passages} and {options.passages * options.times} passages a node, in memory")
    print(f"{'question':<32} {'rows':>9} {'seconds':>9} {'growth':>8}")
    for name, (rows, seconds) in second.items():
        growth = seconds / first[name][1] / options.times
        print(f"{name:<32} {rows:>9,} {seconds:>9.2f} {growth:>8.1f}")


if __name__ == "__main__":
    main()
