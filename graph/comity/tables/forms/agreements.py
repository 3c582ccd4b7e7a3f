"""Templates of agreements, of their aims, and of what was done to them."""

from __future__ import annotations

import pyoxigraph as ox

from comity.curation.entry import mint
from comity.errors import InputError
from comity.labels import labels
from comity.tables.columns import EVIDENCE, INFERRED, Column, Template
from comity.tables.forms.actors import RELEASE
from comity.tables.forms.common import (
    ENVISAGED,
    INSTITUTION,
    LOCATION,
    THEMES,
    identifier,
    labelled,
    participation,
    say_themes,
)
from comity.tables.row import Row
from comity_ontology.prefixes import current_base
from comity_ontology.terms import COMITY, DCTERMS, FOAF, code

__all__ = ["ACTS", "AGREEMENTS", "AIMS"]

RELATIONS = {
    "implements": COMITY.implements,
    "amends": COMITY.amends,
    "extends": COMITY.extends,
    "supersedes": COMITY.supersedes,
    "annex to": COMITY.annexTo,
    "terminates": COMITY.terminates,
}
AGREEMENT = (COMITY.Agreement,)


def _agreement(row: Row) -> None:
    iri = row.context.names.of_row(row.template, row.cells)
    row.describe(iri, COMITY.Agreement)
    row.label(iri, row.text("title"))
    if "kind" in row:
        row.put(iri, DCTERMS.type, row.code("kind"))
    for party in row.nodes("parties"):
        row.put(iri, COMITY.party, party)
    say_themes(row, iri)
    for aim in row.texts("aims"):
        node = _aim_iri(iri, aim)
        row.describe(node, COMITY.Aim)
        row.label(node, aim)
        row.put(iri, COMITY.aim, node)
    _related(row, iri)
    row.time(iri, COMITY.validUntil, "valid until")
    _envisaged(row, iri)
    if "description" in row:
        row.put(iri, DCTERMS.description, row.tagged(row.text("description")))
    if row.cells.keys() & {"signed on", "signed in", "signatories"}:
        _signing(row, iri)


def _related(row: Row, iri: str) -> None:
    if ("relation" in row) != ("related agreement" in row):
        empty = "related agreement" if "relation" in row else "relation"
        with row.at(empty):
            raise InputError("is empty: a relation needs both columns")
    if "relation" not in row:
        return
    relation = row.text("relation").casefold()
    with row.at("relation"):
        if relation not in RELATIONS:
            raise InputError(f"{relation!r} is none of {', '.join(RELATIONS)}")
    for other in row.nodes("related agreement"):
        row.put(iri, RELATIONS[relation], other)


def _signing(row: Row, agreement: str) -> None:
    act = f"{current_base()}act/{agreement.rpartition('/')[2]}-signing"
    row.describe(act, COMITY.Act)
    row.title(act, f"{row.text('title')}: signing")
    row.put(act, DCTERMS.type, code("signing"))
    row.put(act, COMITY.agreement, agreement)
    row.time(act, COMITY.time, "signed on")
    if "signed in" in row:
        row.put(act, COMITY.place, row.node("signed in"))
    for signatory in row.texts("signatories"):
        participation(row, act, "signatories", signatory, "signatory")


def _envisaged(row: Row, iri: str) -> None:
    envisaged = row.yes("envisaged")
    if envisaged is not None:
        row.put(iri, COMITY.envisaged, ox.Literal(envisaged))


def _act(row: Row) -> None:
    agreement, kind = row.node("agreement"), row.code("kind")
    iri = row.context.names.of_row(row.template, row.cells) if "title" in row or "id" in row else ""
    party = row.node("by party") if "by party" in row else ""
    if not iri:
        stem = [agreement, kind.value, *([party] if party else [])]
        iri = f"{current_base()}act/{'-'.join(part.rpartition('/')[2] for part in stem)}"
    row.describe(iri, COMITY.Act)
    if "title" in row:
        row.label(iri, row.text("title"))
    else:
        named = labels(row.context.store, [kind.value])[kind.value]
        row.title(iri, f"{labelled(row, agreement, row.text('agreement'))}: {named}")
    row.put(iri, DCTERMS.type, kind)
    row.put(iri, COMITY.agreement, agreement)
    row.time(iri, COMITY.time, "date")
    if "place" in row:
        row.put(iri, COMITY.place, row.node("place"))
    if party:
        row.put(iri, COMITY.byParty, party)
    _envisaged(row, iri)
    for column, role in (("signatories", "signatory"), ("witnesses", "witness")):
        for somebody in row.texts(column):
            participation(row, iri, column, somebody, role)


def _aim(row: Row) -> None:
    agreement = row.node("agreement")
    iri = _aim_iri(agreement, row.text("aim"))
    row.describe(iri, COMITY.Aim)
    row.label(iri, row.text("aim"))
    row.put(agreement, COMITY.aim, iri)
    say_themes(row, iri)
    for institution in row.nodes("concerns"):
        row.put(iri, COMITY.concerns, institution)


def _aim_iri(agreement: str, aim: str) -> str:
    return mint("aim", aim, agreement, aim)


SIGNATORIES = Column(
    "signatories",
    "People whom the document names as having signed, as `Ada Lark (as Minister of Trade)` or "
    "`Ada Lark (for Arland)`. Who was only present goes to `participations`.",
    many=True,
    classes=(FOAF.Person,),
    makes=FOAF.Person,
    people=True,
)

AGREEMENTS = Template(
    name="agreements",
    says="An agreement, signed or planned.",
    columns=(
        identifier("agreement", "mou-2019"),
        Column("title", "A title in plain words, with the parties and the year.", required=True),
        Column("kind", "memorandum-of-understanding, protocol, treaty, …", scheme="agreement-type"),
        Column(
            "parties",
            "The agencies or countries between which it is made, only if the document says so. "
            "Who signs is no party.",
            many=True,
            classes=INSTITUTION,
            makes=COMITY.Agency,
        ),
        THEMES,
        Column("aims", "What it is to bring about; more about an aim goes to `aims`.", many=True),
        Column("relation", f"To another agreement: {', '.join(RELATIONS)}."),
        Column(
            "related agreement",
            "The other agreement: its title or id.",
            many=True,
            classes=AGREEMENT,
        ),
        Column("signed on", "The day of the signing."),
        Column("signed in", "The place of the signing.", classes=LOCATION, makes=COMITY.Place),
        SIGNATORIES,
        Column("valid until", "The last day of the term that the agreement states for itself."),
        ENVISAGED,
        Column("description", "What else the document says of it."),
        *EVIDENCE,
        *INFERRED,
    ),
    build=_agreement,
    examples=(
        {
            "id": "kosgeb-kobia-mou-2019",
            "title": "Memorandum of understanding between KOBİA and KOSGEB, 2019",
            "kind": "memorandum-of-understanding",
            "parties": "KOBİA; KOSGEB",
            "themes": "trade; institutional-capacity",
            "signed on": "2019-05-14",
            "signed in": "Ankara",
            "document": RELEASE,
            "sentences": "19-20",
        },
        {
            "id": "kosgeb-kobia-action-plan-2020",
            "title": "Action plan under the memorandum of understanding between KOBİA and KOSGEB, "
            "2020",
            "kind": "action-plan",
            "relation": "implements",
            "related agreement": "kosgeb-kobia-mou-2019",
            "signed on": "2020-02-27",
            "signed in": "Baku",
            "document": RELEASE,
            "sentences": "21",
        },
    ),
    node_class=lambda _: COMITY.Agreement,
    named_by=("title",),
)

ACTS = Template(
    name="acts",
    says="Something done to an agreement: a signing, ratification, entry into force, …",
    columns=(
        identifier("act", "mou-2019-signing"),
        Column("agreement", "Its title or id.", required=True, classes=AGREEMENT),
        Column("kind", "signing, ratification, entry-into-force, …", True, scheme="act-type"),
        Column("title", "A title in plain words; made of agreement and kind if empty."),
        Column("date", "The day on which it was done."),
        Column("place", "Where it was done.", classes=LOCATION, makes=COMITY.Place),
        Column(
            "by party",
            "The party whose own act it is, as in a ratification; empty where all act together.",
            classes=INSTITUTION,
            makes=COMITY.Agency,
        ),
        SIGNATORIES,
        Column(
            "witnesses",
            "People present who did not sign, as the document says.",
            many=True,
            classes=(FOAF.Person,),
            makes=FOAF.Person,
            people=True,
        ),
        ENVISAGED,
        *EVIDENCE,
        *INFERRED,
    ),
    build=_act,
    examples=(
        {
            "id": "kosgeb-kobia-mou-2019-signing",
            "agreement": "agreement:kosgeb-kobia-mou-2019",
            "kind": "signing",
            "title": "Signing of the memorandum of understanding between KOBİA and KOSGEB",
            "date": "2019-05-14",
            "place": "Ankara",
            "document": RELEASE,
            "sentences": "19",
        },
    ),
    node_class=lambda _: COMITY.Act,
    named_by=("title",),
)

AIMS = Template(
    name="aims",
    says="An aim of an agreement, with what and whom it is about.",
    columns=(
        Column("agreement", "Its title or id.", required=True, classes=AGREEMENT),
        Column("aim", "What the agreement is to bring about.", required=True),
        THEMES,
        Column(
            "concerns",
            "Agencies or countries that it is about.",
            many=True,
            classes=INSTITUTION,
            makes=COMITY.Agency,
        ),
        *EVIDENCE,
        *INFERRED,
    ),
    build=_aim,
    examples=(
        {
            "agreement": "agreement:kosgeb-kobia-mou-2019",
            "aim": "To increase the trade between SMEs of the two countries",
            "themes": "trade; small-and-medium-enterprises",
            "concerns": "Azerbaijan; Turkey",
            "document": RELEASE,
            "sentences": "20",
        },
    ),
)
