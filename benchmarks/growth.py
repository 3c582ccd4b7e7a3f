"""How the time of each question grows with the data.

Invented data of two sizes go straight into a store in memory, and every
question of the catalogue is asked of both. The last column is the peer: the
time at the larger size over the time at the smaller, divided by the ratio of
the sizes. 1 is linear; what is far above 1 at more than a tenth of a second
grows faster than the data. Run it from the project's root::

    python benchmarks/growth.py [--people 1000] [--times 4]
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta

import pyoxigraph as ox

import comity
from comity import timepoints
from comity_ontology.prefixes import expand
from comity_ontology.terms import COMITY, DCTERMS, FOAF, ORG, PROV, RDF, SKOS, code
from comity_queries import names

COUNTRIES = ("tr", "az", "ge", "ir")
VALUES: dict[str, dict[str, str]] = {
    "agency-profile": {"agency": "agency:3"},
    "agreement-status": {"on": "2015-01-01"},
    "agreements-between": {"first": "agency:1", "second": "agency:8"},
    "country-timeline": {"first": "country:tr", "second": "country:az"},
    "evidence": {"node": "agreement:3"},
    "find-name": {"name": "person 77"},
    "person-profile": {"person": "person:3"},
    "post-holders": {"on": "2010-01-01"},
    "who-met-whom": {"person": "person:5"},
}


def quads(people: int) -> Iterator[ox.Quad]:
    """Invent as many people, tenures, events of four, and signed agreements."""
    chance = random.Random(1)
    agencies = max(20, people // 10)

    def say(node: str, **facts: object) -> Iterator[ox.Quad]:
        subject = ox.NamedNode(expand(node))
        for name, values in facts.items():
            for value in values if isinstance(values, tuple) else (values,):
                predicate = ox.NamedNode(_PREDICATES[name])
                term = value if isinstance(value, ox.Literal) else _iri(str(value))
                yield ox.Quad(subject, predicate, term)
        yield ox.Quad(
            subject, ox.NamedNode(PROV.wasDerivedFrom), ox.NamedNode(expand("passage:invented/1"))
        )

    def day(first: int, span: int) -> tuple[str, list[ox.Quad]]:
        chosen = date(first, 1, 1) + timedelta(days=chance.randrange(365 * span))
        point = timepoints.parse(chosen.isoformat())
        triples = timepoints.to_triples(point)
        return point.iri(), [ox.Quad(t.subject, t.predicate, t.object) for t in triples]

    for name in COUNTRIES:
        yield from say(f"country:{name}", type=COMITY.Country, label=_text(name))
    for number in range(agencies):
        yield from say(
            f"agency:{number}",
            type=COMITY.Agency,
            label=_text(f"agency {number}"),
            key=ox.Literal(f"agency {number}"),
            country=f"country:{COUNTRIES[number % len(COUNTRIES)]}",
        )
    for number in range(agencies):
        yield from say(
            f"post:{number}",
            type=ORG.Post,
            label=_text(f"post {number}"),
            seat=f"agency:{number}",
        )
    for number in range(people):
        agency = number % agencies
        begin, known = day(2000, 20)
        yield from known
        seen, known = day(2020, 3)
        yield from known
        yield from say(
            f"person:{number}",
            type=FOAF.Person,
            label=_text(f"person {number}"),
            key=ox.Literal(f"person {number}"),
        )
        yield from say(
            f"tenure:{number}",
            type=COMITY.Tenure,
            member=f"person:{number}",
            organization=f"agency:{agency}",
            post=f"post:{agency}",
            begin=begin,
            attested=seen,
        )
        when, known = day(2005, 18)
        yield from known
        yield from say(
            f"event:{number}",
            type=COMITY.Event,
            kind=code("meeting"),
            label=_text(f"event {number}"),
            time=when,
        )
        for seat in range(4):
            who = chance.randrange(people)
            yield from say(
                f"participation:{number}-{seat}",
                type=COMITY.Participation,
                event=f"event:{number}",
                participant=f"person:{who}",
                role=code("guest" if seat else "host"),
                behalf=f"agency:{who % agencies}",
            )
        yield from say(
            f"agreement:{number}",
            type=COMITY.Agreement,
            kind=code("memorandum-of-understanding"),
            label=_text(f"agreement {number}"),
            party=(f"agency:{agency}", f"agency:{(number * 7 + 1) % agencies}"),
            **({"implements": f"agreement:{number - 1}"} if number % 3 == 2 else {}),
        )
        yield from say(
            f"act:{number}",
            type=COMITY.Act,
            kind=code("signing"),
            agreement=f"agreement:{number}",
            time=when,
            **({"alone": f"agency:{agency}"} if number % 5 == 0 else {}),
        )


_PREDICATES = {
    "type": RDF.type,
    "kind": DCTERMS.type,
    "label": SKOS.prefLabel,
    "key": COMITY.searchKey,
    "country": COMITY.ofCountry,
    "member": ORG.member,
    "organization": ORG.organization,
    "post": COMITY.post,
    "begin": COMITY.begin,
    "attested": COMITY.attestedOn,
    "seat": ORG.postIn,
    "alone": COMITY.byParty,
    "time": COMITY.time,
    "event": COMITY.event,
    "participant": COMITY.participant,
    "role": COMITY.role,
    "behalf": COMITY.onBehalfOf,
    "party": COMITY.party,
    "implements": COMITY.implements,
    "agreement": COMITY.agreement,
}


def _iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(expand(text))


def _text(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")


def ask_all(people: int) -> tuple[int, dict[str, tuple[int, float]]]:
    """Ask every question; return the number of triples, and rows and seconds by question."""
    with comity.open() as graph:
        graph.store.bulk(quads(people))
        asked: dict[str, tuple[int, float]] = {}
        for name in names():
            start = time.perf_counter()
            rows = len(graph.run(name, **VALUES.get(name, {})))
            asked[name] = (rows, time.perf_counter() - start)
        return graph.info().triples, asked


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--times", type=int, default=4, help="how much larger the second is")
    options = parser.parse_args()
    small, first = ask_all(options.people)
    large, second = ask_all(options.people * options.times)
    print(f"{small:,} and {large:,} triples, in memory")
    print(f"{'question':<22} {'rows':>9} {'seconds':>9} {'growth':>8}")
    for name, (rows, seconds) in second.items():
        growth = seconds / first[name][1] / (large / small)
        print(f"{name:<22} {rows:>9,} {seconds:>9.2f} {growth:>8.1f}")


if __name__ == "__main__":
    main()
