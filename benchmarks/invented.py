"""Invented data that conforms to the shapes, for benchmarks: dossiers of two agencies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph as ox

from comity import timepoints
from comity_ontology.prefixes import expand, prefixes
from comity_ontology.terms import COMITY, DCTERMS, FOAF, ORG, PROV, RDF, SKOS, code

__all__ = ["TEXT", "dossier", "write_files"]

TEXT = "Invented\n\n" + "".join(f"Sentence {number} says it all.\n\n" for number in range(500))
_COUNTRIES = ("az", "ge", "ir", "tr")
_FIRST = date(2000, 1, 1)
_PREDICATES = {
    "type": RDF.type,
    "kind": DCTERMS.type,
    "label": SKOS.prefLabel,
    "country": COMITY.ofCountry,
    "post_in": ORG.postIn,
    "role": ORG.role,
    "member": ORG.member,
    "organization": ORG.organization,
    "post": COMITY.post,
    "begin": COMITY.begin,
    "end_status": COMITY.endStatus,
    "time": COMITY.time,
    "event": COMITY.event,
    "participant": COMITY.participant,
    "part": COMITY.role,
    "behalf": COMITY.onBehalfOf,
    "party": COMITY.party,
    "agreement": COMITY.agreement,
}


def dossier(number: int) -> Iterator[ox.Triple]:
    """Invent two agencies with a head each, who met and signed something: 89 triples.

    Every tenth dossier has agencies of its own, the others share those of the last such one.
    """
    passage = f"passage:invented/{number % 500 + 2}"
    sides = [(f"{number // 10}-{side}", _COUNTRIES[(number + side) % 4]) for side in (0, 1)]

    def say(node: str, **facts: str | ox.Literal | tuple[str, ...]) -> Iterator[ox.Triple]:
        subject = ox.NamedNode(expand(node))
        for name, values in (facts | {"evidence": passage}).items():
            predicate = ox.NamedNode(_PREDICATES.get(name, PROV.wasDerivedFrom))
            for value in values if isinstance(values, tuple) else (values,):
                term = value if isinstance(value, ox.Literal) else ox.NamedNode(expand(value))
                yield ox.Triple(subject, predicate, term)

    met = timepoints.parse((_FIRST + timedelta(days=number % 8000 + 400)).isoformat())
    began = timepoints.parse((_FIRST + timedelta(days=number % 400)).isoformat())
    for point in (met, began):
        yield from timepoints.to_triples(point)
    for side, (agency, country) in enumerate(sides):
        own = f"{number}-{side}"
        yield from say(f"country:{country}", type=COMITY.Country, label=_text(country))
        yield from say(
            f"agency:{agency}",
            type=COMITY.Agency,
            label=_text(f"Agency {agency}"),
            country=f"country:{_COUNTRIES[(number // 10 * 10 + side) % 4]}",
            kind=code("ministry"),
        )
        yield from say(f"person:{own}", type=FOAF.Person, label=_text(f"Person {own}"))
        yield from say(
            f"post:{own}",
            type=ORG.NS + "Post",
            label=_text(f"Head {number} of agency {agency}"),
            post_in=f"agency:{agency}",
            role=code("president"),
        )
        yield from say(
            f"tenure:{own}",
            type=COMITY.Tenure,
            label=_text(f"Person {own}, head of agency {agency}"),
            member=f"person:{own}",
            organization=f"agency:{agency}",
            post=f"post:{own}",
            role=code("president"),
            begin=began.iri(),
            end_status=code("unknown-end"),
        )
        yield from say(
            f"participation:{own}",
            type=COMITY.Participation,
            event=f"event:{number}",
            participant=f"person:{own}",
            part=code("guest" if side else "host"),
            behalf=f"agency:{agency}",
        )
    yield from say(
        f"event:{number}",
        type=COMITY.Event,
        kind=code("meeting"),
        label=_text(f"Meeting {number}"),
        time=met.iri(),
    )
    yield from say(
        f"agreement:{number}",
        type=COMITY.Agreement,
        kind=code("memorandum-of-understanding"),
        label=_text(f"Memorandum {number}"),
        party=tuple(f"agency:{agency}" for agency, _ in sides),
    )
    yield from say(
        f"act:{number}",
        type=COMITY.Act,
        kind=code("signing"),
        label=_text(f"Signing of memorandum {number}"),
        agreement=f"agreement:{number}",
        time=met.iri(),
    )


def write_files(folder: Path, triples: int, documents: int) -> list[Path]:
    """Write about so many triples, in whole dossiers, as Turtle files of about the same size."""
    dossiers = max(documents, round(triples / sum(1 for _ in dossier(0))))
    files = []
    for number in range(documents):
        first, last = (dossiers * end // documents for end in (number, number + 1))
        file = folder / f"document-{number}.ttl"
        with file.open("wb") as stream:
            content = (triple for each in range(first, last) for triple in dossier(each))
            ox.serialize(content, stream, format=ox.RdfFormat.TURTLE, prefixes=prefixes())
        files.append(file)
    return files


def _text(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")
