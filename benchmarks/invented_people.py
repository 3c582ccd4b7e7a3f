"""Invented people with posts, events, agreements and words, as quads for a store in memory."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pyoxigraph as ox

from comity import timepoints
from comity_ontology.prefixes import GRAPHS, expand
from comity_ontology.terms import COMITY, DCTERMS, FOAF, OA, ORG, PROV, RDF, SKOS, code

__all__ = ["quads"]

COUNTRIES = ("tr", "az", "ge", "ir")
THEMES = ("trade", "energy", "health", "culture", "finance")


def quads(people: int) -> Iterator[ox.Quad]:
    """Invent people with posts, events, signed agreements and words; each ten in one document."""
    chance = random.Random(1)
    agencies = max(20, people // 10)
    for name in COUNTRIES:
        yield from _say(0, f"country:{name}", type=COMITY.Country, label=_text(name))
    for number in range(agencies):
        yield from _agency(number)
    for number in range(people):
        yield from _person_in_post(number, agencies, chance)
        yield from _event(number, people, agencies, chance)
        yield from _agreement(number, agencies, chance)
        yield from _words(number, people)
        yield from _curation(number, agencies)
        if number % 10 == 0:
            yield from _document(number // 10)


def _say(number: int, node: str, **facts: object) -> Iterator[ox.Quad]:
    """State facts in the graph of a document and in the default graph, with their passage."""
    document = number // 10
    subject = _iri(node)
    graph = ox.NamedNode(f"{GRAPHS.SOURCE}document-{document}")
    facts = {"derived": f"passage:document-{document}/{number % 10}", **facts}
    for name, values in facts.items():
        for value in values if isinstance(values, tuple) else (values,):
            term = value if isinstance(value, ox.Literal) else _iri(str(value))
            yield ox.Quad(subject, ox.NamedNode(_PREDICATES[name]), term)
            yield ox.Quad(subject, ox.NamedNode(_PREDICATES[name]), term, graph)


def _day(chance: random.Random, first: int, span: int) -> tuple[str, list[ox.Quad]]:
    chosen = (date(first, 1, 1) + timedelta(days=chance.randrange(365 * span))).isoformat()
    # Every third is known to the month only.
    point = timepoints.parse(chosen if chance.random() > 0.3 else chosen[:7])
    triples = timepoints.to_triples(point)
    return point.iri(), [ox.Quad(t.subject, t.predicate, t.object) for t in triples]


def _document(document: int) -> Iterator[ox.Quad]:
    graph = ox.NamedNode(f"{GRAPHS.SOURCE}document-{document}")
    source = _iri(f"source:document-{document}")
    yield ox.Quad(source, ox.NamedNode(RDF.type), ox.NamedNode(COMITY.SourceDocument))
    yield ox.Quad(source, ox.NamedNode(COMITY.factGraph), graph)
    for place in range(10):
        passage = _iri(f"passage:document-{document}/{place}")
        yield ox.Quad(passage, ox.NamedNode(RDF.type), ox.NamedNode(COMITY.Passage))
        yield ox.Quad(passage, ox.NamedNode(OA.hasSource), source)


def _agency(number: int) -> Iterator[ox.Quad]:
    country = {"country": f"country:{COUNTRIES[number % len(COUNTRIES)]}"}
    yield from _say(
        number,
        f"agency:{number}",
        type=COMITY.Agency,
        label=_text(f"agency {number}"),
        key=ox.Literal(f"agency {number}"),
        subject=code(THEMES[number % len(THEMES)]),
        **(country if number % 7 else {}),
    )
    yield from _say(
        number,
        f"post:{number}",
        type=ORG.Post,
        label=_text(f"post {number}"),
        seat=f"agency:{number}",
    )
    if number % 5 == 4:
        yield from _say(
            number,
            f"event:merger-{number}",
            type=ORG.ChangeEvent,
            old=(f"agency:{number}", f"agency:{number - 1}"),
            new=f"agency:{number - 2}",
        )


def _person_in_post(number: int, agencies: int, chance: random.Random) -> Iterator[ox.Quad]:
    begin, known = _day(chance, 2000, 20)
    seen, later = _day(chance, 2020, 3)
    yield from (*known, *later)
    yield from _say(
        number,
        f"person:{number}",
        type=FOAF.Person,
        label=_text(f"person {number}"),
        key=ox.Literal(f"person {number}"),
    )
    yield from _say(
        number,
        f"tenure:{number}",
        type=COMITY.Tenure,
        member=f"person:{number}",
        organization=f"agency:{number % agencies}",
        post=f"post:{number % agencies}",
        seen=seen,
        **({"begin": begin} if number % 4 else {}),
    )


def _event(number: int, people: int, agencies: int, chance: random.Random) -> Iterator[ox.Quad]:
    when, known = _day(chance, 2005, 18)
    yield from known
    yield from _say(
        number,
        f"event:{number}",
        type=COMITY.Event,
        kind=code("visit" if number % 3 else "meeting"),
        label=_text(f"event {number}"),
        subject=code(THEMES[number % len(THEMES)]),
        **({"time": when} if number % 9 else {}),
        **({"part": f"event:{number - 1}"} if number % 10 == 3 else {}),
    )
    # Another document gives some of them another day.
    if number % 20 == 11:
        other, known = _day(chance, 2005, 18)
        yield from known
        yield from _say(number + 10, f"event:{number}", time=other)
    for seat in range(4):
        who = chance.randrange(people)
        yield from _say(
            number,
            f"participation:{number}-{seat}",
            type=COMITY.Participation,
            event=f"event:{number}",
            participant=f"person:{who}",
            role=code("guest" if seat else "host"),
            behalf=f"agency:{who % agencies}",
        )


def _agreement(number: int, agencies: int, chance: random.Random) -> Iterator[ox.Quad]:
    when, known = _day(chance, 2005, 18)
    until, later = _day(chance, 2010, 18)
    yield from (*known, *later)
    yield from _say(
        number,
        f"agreement:{number}",
        type=COMITY.Agreement,
        kind=code("memorandum-of-understanding"),
        label=_text(f"agreement {number}"),
        party=(f"agency:{number % agencies}", f"agency:{(number * 7 + 1) % agencies}"),
        subject=code(THEMES[number % len(THEMES)]),
        until=until,
        **({"implements": f"agreement:{number - 1}"} if number % 3 == 2 else {}),
    )
    yield from _say(
        number,
        f"act:{number}",
        type=COMITY.Act,
        kind=code("signing"),
        agreement=f"agreement:{number}",
        time=when,
        **({"alone": f"agency:{number % agencies}"} if number % 5 == 0 else {}),
    )


def _words(number: int, people: int) -> Iterator[ox.Quad]:
    yield from _say(
        number,
        f"utterance:{number}",
        type=COMITY.Utterance,
        kind=code(("statement", "congratulation", "invitation")[number % 3]),
        speaker=f"person:{number}",
        addressee=f"person:{(number * 7) % people}",
        occasion=f"event:{number}",
        invited="country:tr",
        about=f"relation:{number}",
    )
    yield from _say(
        number,
        f"relation:{number}",
        type=COMITY.Relation,
        between=(f"person:{number}", f"person:{(number + 1) % people}"),
    )


def _curation(number: int, agencies: int) -> Iterator[ox.Quad]:
    yield from _say(
        number,
        f"inference:{number}",
        type=COMITY.Inference,
        of=f"agency:{number % agencies}",
        predicate=COMITY.ofCountry,
        object="country:tr",
        certainty=code("probable"),
    )
    yield from _say(
        number,
        f"correction:{number}",
        type=COMITY.Correction,
        verbatim=ox.Literal(f"persn {number}"),
        meant=f"person:{number}",
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
    "time": COMITY.time,
    "event": COMITY.event,
    "participant": COMITY.participant,
    "role": COMITY.role,
    "behalf": COMITY.onBehalfOf,
    "party": COMITY.party,
    "implements": COMITY.implements,
    "agreement": COMITY.agreement,
    "about": COMITY.about,
    "addressee": COMITY.addressee,
    "alone": COMITY.byParty,
    "between": COMITY.between,
    "certainty": COMITY.certainty,
    "derived": PROV.wasDerivedFrom,
    "invited": COMITY.invitedTo,
    "meant": COMITY.refersTo,
    "new": ORG.resultingOrganization,
    "object": RDF.object,
    "occasion": COMITY.atEvent,
    "of": RDF.subject,
    "old": ORG.originalOrganization,
    "part": COMITY.partOfEvent,
    "predicate": RDF.predicate,
    "seat": ORG.postIn,
    "seen": COMITY.attestedOn,
    "speaker": COMITY.speaker,
    "subject": DCTERMS.subject,
    "until": COMITY.validUntil,
    "verbatim": COMITY.verbatim,
}


def _iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(expand(text))


def _text(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")
