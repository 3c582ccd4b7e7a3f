"""Templates of what was said and claimed, and of the relations that claims are about."""

from __future__ import annotations

import pyoxigraph as ox

from comity.errors import InputError
from comity.tables.columns import EVIDENCE, INFERRED, Column, Template
from comity.tables.forms.actors import RELEASE
from comity.tables.forms.common import ACTOR, LOCATION, THEMES, identifier, say_themes
from comity.tables.forms.events import RELATIVE, say_relative
from comity.tables.row import Row
from comity_ontology.terms import COMITY, DCTERMS, FOAF

__all__ = ["CLAIMS", "RELATIONS", "UTTERANCES"]

TEXT = Column("text", "The words of the document, letter by letter, from one sentence.", True)
ABOUT = Column("about", "What it is about: names, short forms or ids of anything.", many=True)


def _utterance(row: Row) -> None:
    iri = _described(row, COMITY.Utterance)
    row.put(iri, DCTERMS.type, row.code("kind"))
    if "speaker" in row:
        row.put(iri, COMITY.speaker, row.node("speaker"))
    else:
        row.put(iri, COMITY.speakerUnstated, ox.Literal(True))
    for column, predicate in (
        ("addressee", COMITY.addressee),
        ("at event", COMITY.atEvent),
        ("invited to", COMITY.invitedTo),
    ):
        if column in row:
            row.put(iri, predicate, row.node(column))
    if "form" in row:
        row.put(iri, COMITY.form, row.code("form"))


def _claim(row: Row) -> None:
    iri = _described(row, COMITY.Claim)
    if row.text("claimant").casefold() == "document":
        row.put(iri, COMITY.claimant, row.source.iri)
    elif "claimant" in row:
        row.put(iri, COMITY.claimant, row.node("claimant"))
    else:
        row.put(iri, COMITY.claimantUnstated, ox.Literal(True))
    if "utterance" in row:
        row.put(row.node("utterance"), COMITY.claims, iri)


def _described(row: Row, cls: str) -> str:
    iri = row.context.names.of_row(row.template, row.cells)
    row.describe(iri, cls)
    row.label(iri, row.text("title"))
    with row.at("text"):
        text = row.text("text")
        if not any(text in passage.text for passage in row.passages):
            raise InputError(
                f"“{text}” stands in none of these sentences: copy the words letter by letter"
            )
    row.put(iri, COMITY.text, ox.Literal(text))
    for topic in row.nodes("about"):
        row.put(iri, COMITY.about, topic)
    say_themes(row, iri)
    say_relative(row, iri)
    return iri


def _relation(row: Row) -> None:
    iri = row.context.names.of_row(row.template, row.cells)
    row.describe(iri, COMITY.Relation)
    row.label(iri, row.text("title"))
    row.put(iri, DCTERMS.type, row.code("kind"))
    for actor in row.nodes("between"):
        row.put(iri, COMITY.between, actor)
    for quality in row.texts("quality"):
        row.put(iri, COMITY.quality, ox.Literal(quality))
    for column, predicate in (
        ("provider", COMITY.provider),
        ("beneficiary", COMITY.beneficiary),
        ("during", COMITY.during),
    ):
        if column in row:
            row.put(iri, predicate, row.node(column))
    say_themes(row, iri)


UTTERANCES = Template(
    name="utterances",
    says="Something that was said: a statement, congratulation, invitation, thanks.",
    columns=(
        identifier("utterance", "lark-on-the-visit"),
        Column("title", "A title in plain words, without contested ones.", required=True),
        Column("kind", "statement, congratulation, invitation, …", True, scheme="utterance-type"),
        Column(
            "speaker",
            "Who said it; empty where the document does not tell.",
            classes=ACTOR,
            makes=FOAF.Person,
        ),
        Column("addressee", "To whom it was said.", classes=ACTOR, makes=FOAF.Person),
        Column("at event", "The event at which it was said.", classes=(COMITY.Event,)),
        Column("form", "direct-quotation or paraphrase.", scheme="utterance-form"),
        ABOUT,
        THEMES,
        TEXT,
        Column(
            "invited to",
            "The place or planned event to which an invitation calls.",
            classes=(*LOCATION, COMITY.Event),
        ),
        *RELATIVE,
        *EVIDENCE,
        *INFERRED,
    ),
    build=_utterance,
    examples=(
        {
            "title": "Mammadov on being in Turkey",
            "kind": "statement",
            "speaker": "Orhan Mammadov",
            "form": "paraphrase",
            "about": "Turkey",
            "text": "he was very pleased to be in Turkey",
            "document": RELEASE,
            "sentences": "13",
        },
    ),
    node_class=lambda _: COMITY.Utterance,
    named_by=("title",),
)

CLAIMS = Template(
    name="claims",
    says="Something that somebody, or the document itself, holds to be so.",
    columns=(
        identifier("claim", "good-start"),
        Column("title", "A title in plain words, without contested ones.", required=True),
        Column(
            "claimant",
            "Who claims it; document where that speaks in its own voice; empty where it does not "
            "tell.",
            classes=ACTOR,
            makes=FOAF.Person,
        ),
        ABOUT,
        THEMES,
        TEXT,
        Column(
            "utterance",
            "The title or id of the utterance that makes it.",
            classes=(COMITY.Utterance,),
        ),
        *RELATIVE,
        *EVIDENCE,
        *INFERRED,
    ),
    build=_claim,
    examples=(
        {
            "title": "On the visit as a start",
            "claimant": "Hasan Basri Kurt",
            "about": "event:kobia-visit-2021",
            "text": "this visit was a good start for him",
            "document": RELEASE,
            "sentences": "8-9",
        },
    ),
    node_class=lambda _: COMITY.Claim,
    named_by=("title",),
)

RELATIONS = Template(
    name="relations",
    says="A tie between two actors that claims and utterances are about.",
    columns=(
        identifier("relation", "arland-borland"),
        Column("title", "A title in plain words.", required=True),
        Column("kind", "country, institutional, personal, …", True, scheme="relation-type"),
        Column(
            "between",
            "Exactly two people, agencies or countries.",
            required=True,
            many=True,
            classes=ACTOR,
            makes=FOAF.Person,
        ),
        Column("quality", "The document's word for it.", many=True),
        Column("provider", "From whom something passes.", classes=ACTOR, makes=FOAF.Person),
        Column("beneficiary", "To whom it passes.", classes=ACTOR, makes=FOAF.Person),
        Column("during", "The event in the course of which it held.", classes=(COMITY.Event,)),
        THEMES,
        *EVIDENCE,
        *INFERRED,
    ),
    build=_relation,
    examples=(
        {
            "id": "azerbaijan-turkey",
            "title": "Relations between Azerbaijan and Turkey",
            "kind": "country",
            "between": "Azerbaijan; Turkey",
            "quality": "close",
            "document": RELEASE,
            "sentences": "1",
        },
    ),
    node_class=lambda _: COMITY.Relation,
    named_by=("title",),
)
