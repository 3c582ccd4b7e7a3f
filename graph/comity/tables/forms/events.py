"""Templates of events and of who took part in them."""

from __future__ import annotations

import pyoxigraph as ox

from comity.errors import InputError
from comity.tables.columns import EVIDENCE, INFERRED, Column, Template
from comity.tables.forms.actors import RELEASE
from comity.tables.forms.common import (
    ACTOR,
    ALSO_CALLED,
    ENVISAGED,
    INSTITUTION,
    LOCATION,
    THEMES,
    identifier,
    participation,
    say_themes,
)
from comity.tables.row import Row
from comity_ontology.terms import COMITY, DCTERMS, FOAF, ORG, RDF, SCHEMA, SKOS

__all__ = ["EVENTS", "PARTICIPATIONS", "RELATIVE", "say_relative"]

MODES = {
    "in person": SCHEMA.OfflineEventAttendanceMode,
    "online": SCHEMA.OnlineEventAttendanceMode,
    "mixed": SCHEMA.MixedEventAttendanceMode,
}
PARTS = {
    "hosts": "host",
    "guests": "guest",
    "attendees": "attendee",
    "speakers": "speaker",
    "organisers": "organiser",
}
RELATIVE = (
    Column("relative time", "The document's own words for when, as `3 years ago`."),
    Column(
        "relative to",
        "What these words count from: a day, an event or a document.",
    ),
)


def _event(row: Row) -> None:
    iri = row.context.names.of_row(row.template, row.cells)
    row.describe(iri, COMITY.Event)
    row.label(iri, row.text("title"))
    if "title in the document" in row:
        row.put(iri, DCTERMS.title, row.tagged(row.text("title in the document")))
    for other in row.texts("also called"):
        row.put(iri, SKOS.altLabel, row.tagged(other))
    if "kind" in row:
        row.put(iri, DCTERMS.type, row.code("kind"))
    for column, predicate in (
        ("date", COMITY.time),
        ("begin", COMITY.begin),
        ("end", COMITY.end),
    ):
        row.time(iri, predicate, column)
    for column, predicate in (
        ("place", COMITY.place),
        ("part of", COMITY.partOfEvent),
        ("series", COMITY.inSeries),
    ):
        if column in row:
            row.put(iri, predicate, row.node(column))
    _mode(row, iri)
    say_themes(row, iri)
    say_relative(row, iri)
    envisaged = row.yes("envisaged")
    if envisaged is not None:
        row.put(iri, COMITY.envisaged, ox.Literal(envisaged))
    _change(row, iri)
    for column, role in PARTS.items():
        for somebody in row.texts(column):
            participation(row, iri, column, somebody, role)


def _mode(row: Row, iri: str) -> None:
    if "mode" not in row:
        return
    mode = row.text("mode").casefold()
    with row.at("mode"):
        if mode not in MODES:
            raise InputError(f"{mode!r} is none of {', '.join(MODES)}")
    row.put(iri, SCHEMA.eventAttendanceMode, MODES[mode])


def _change(row: Row, iri: str) -> None:
    """State a founding, merger, split or renaming, if the row tells of one."""
    before, after = row.nodes("agencies before"), row.nodes("agencies after")
    if before or after:
        row.put(iri, RDF.type, ORG.ChangeEvent)
    for agency in before:
        row.put(iri, ORG.originalOrganization, agency)
    for agency in after:
        row.put(iri, ORG.resultingOrganization, agency)


def say_relative(row: Row, iri: str) -> None:
    """State the document's own words for when, and what they count from."""
    if "relative time" in row:
        row.put(iri, COMITY.relativeTime, ox.Literal(row.text("relative time")))
    if "relative to" not in row:
        return
    text = row.text("relative to")
    if text[:1].isdigit() or text.startswith("["):
        row.time(iri, COMITY.relativeTo, "relative to")
    else:
        with row.at("relative to"):
            found = row.named(text, (COMITY.Event, COMITY.SourceDocument))
        row.put(iri, COMITY.relativeTo, found)


def _participation(row: Row) -> None:
    role = row.code("role").value.rpartition("/")[2]
    who = row.text("participant")
    how = [f"{word} {row.text(word)}" for word in ("as", "for") if word in row]
    participation(
        row, row.node("event"), "participant", f"{who} ({' '.join(how)})" if how else who, role
    )


def _people(name: str, says: str) -> Column:
    return Column(name, says, many=True, classes=ACTOR, makes=FOAF.Person, people=True)


EVENTS = Template(
    name="events",
    says="A visit, meeting, forum, call or other event.",
    columns=(
        identifier("event", "kobia-visit-2021"),
        Column("title", "A title in plain words.", required=True),
        Column("title in the document", "The title that the document gives it, word for word."),
        ALSO_CALLED,
        Column("kind", "visit, meeting, forum, ceremony, call, …", scheme="event-type"),
        Column("date", "The day on which it took place; what lasted has begin and end instead."),
        Column("begin", "Its first day."),
        Column("end", "Its last day."),
        Column(
            "place",
            "Where it took place; an online event has none.",
            classes=LOCATION,
            makes=COMITY.Place,
        ),
        Column(
            "part of",
            "The larger event that it was part of: its title or id.",
            classes=(COMITY.Event,),
        ),
        Column(
            "series",
            "The row of events to which it belongs.",
            classes=(COMITY.Series,),
            makes=COMITY.Series,
        ),
        Column("mode", f"{', '.join(MODES)}."),
        THEMES,
        _people(
            "hosts",
            "Who received, as `Ada Lark (as Minister of Trade)` or `Ada Lark (for Arland)`. A post "
            "only if the document shows that it was held on that day.",
        ),
        _people("guests", "Who was received."),
        _people("attendees", "Who else was there."),
        _people("speakers", "Who spoke."),
        _people("organisers", "Who organised it."),
        Column(
            "agencies before",
            "For a founding, merger, split or renaming: the agencies that there were.",
            many=True,
            classes=INSTITUTION,
            makes=COMITY.Agency,
        ),
        Column(
            "agencies after",
            "The agencies that came out of it.",
            many=True,
            classes=INSTITUTION,
            makes=COMITY.Agency,
        ),
        *RELATIVE,
        ENVISAGED,
        *EVIDENCE,
        *INFERRED,
    ),
    build=_event,
    examples=(
        {
            "id": "kobia-visit-2021",
            "title": "Visit of the President of KOBİA to KOSGEB",
            "kind": "visit",
            "hosts": "Hasan Basri Kurt (for KOSGEB)",
            "guests": "Orhan Mammadov (for KOBİA)",
            "document": RELEASE,
            "sentences": "3, 5",
        },
        {
            "id": "forum-2021-02-16",
            "title": "Online forum on mutual trade between Azerbaijan and Turkey",
            "kind": "forum",
            "date": "2021-02-16",
            "mode": "online",
            "attendees": "Hasan Basri Kurt; Orhan Mammadov",
            "document": RELEASE,
            "sentences": "23-24",
        },
    ),
    node_class=lambda _: COMITY.Event,
    named_by=("title", "title in the document", "also called"),
)

PARTICIPATIONS = Template(
    name="participations",
    says="The part of one participant in one event or act, with sentences of its own.",
    columns=(
        Column("event", "The title or id of an event or act.", True, classes=(COMITY.Event,)),
        Column(
            "participant",
            "A person, agency, country, group or delegation.",
            required=True,
            classes=ACTOR,
            makes=FOAF.Person,
        ),
        Column(
            "role", "host, guest, attendee, speaker, …", required=True, scheme="participation-role"
        ),
        Column("as", "The post in which the person took part, if it was held on that day."),
        Column("for", "The agency or country for which it was done."),
        *EVIDENCE,
        *INFERRED,
    ),
    build=_participation,
    examples=(
        {
            "event": "event:kobia-kosgeb-meeting-2021",
            "participant": "Rufat Atakishiyev",
            "role": "attendee",
            "as": "Vice President of KOBİA",
            "document": RELEASE,
            "sentences": "4",
        },
    ),
)
