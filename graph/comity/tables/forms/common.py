"""Columns and statements that several templates share."""

from __future__ import annotations

from comity.errors import InputError
from comity.labels import labels
from comity.tables.cells import languages, person
from comity.tables.columns import Column
from comity.tables.forms.tenures import tenure_of
from comity.tables.row import Row
from comity_ontology.names import search_key
from comity_ontology.prefixes import current_base, shorten
from comity_ontology.terms import COMITY, DCTERMS, FOAF, SKOS, code

__all__ = [
    "ACTOR",
    "ALSO_CALLED",
    "ENVISAGED",
    "INSTITUTION",
    "IN_LANGUAGES",
    "LOCATION",
    "MISSPELT",
    "THEMES",
    "identifier",
    "labelled",
    "participation",
    "say_names",
    "say_themes",
]

INSTITUTION = (COMITY.Agency, COMITY.Country)
LOCATION = (COMITY.Place, COMITY.Country)
ACTOR = (FOAF.Person, *INSTITUTION, COMITY.UnnamedGroup, COMITY.Delegation)

ALSO_CALLED = Column("also called", "Other names by which the document calls it.", many=True)
MISSPELT = Column(
    "misspelt",
    "The name as the document misspells it. Where it has no sentence with the right `name`, that "
    "goes to the curation graph.",
    many=True,
)
IN_LANGUAGES = Column(
    "names in other languages",
    "Names that you know and the document does not give, as `tr: Türkiye | az: Türkiyə`. They go "
    "to the curation graph.",
    many=True,
)
THEMES = Column("themes", "What it is about: codes such as trade.", many=True, scheme="theme")
ENVISAGED = Column("envisaged", "yes where it is only planned.")


def identifier(kind: str, example: str) -> Column:
    """Make the column for a short name by which other rows find a node."""
    return Column(
        "id",
        f"A short name of your own for it, as `{example}`, which becomes the end of its IRI "
        f"(`{kind}:{example}`). Without one, it is found by name, or its IRI is made from that.",
    )


def say_names(row: Row, iri: str) -> None:
    """State the names in a row: the document's where it has them, else the curator's."""
    name = row.text("name") or row.text("acronym")
    misspelt = row.texts("misspelt")
    literal = row.tagged(name)
    if misspelt and not _is_read(row, name):
        preferred = row.context.preferred(iri, row.source.language, name) == name
        row.curate(iri, SKOS.prefLabel if preferred else SKOS.altLabel, literal)
    else:
        row.label(iri, name)
    for other in row.texts("also called"):
        row.put(iri, SKOS.altLabel, row.tagged(other))
    for wrong in misspelt:
        if not _is_read(row, wrong):
            with row.at("misspelt"):
                raise InputError(f"{wrong!r} stands in none of these sentences")
        row.put(iri, SKOS.hiddenLabel, row.tagged(wrong))
    with row.at("names in other languages"):
        seen = {row.source.language.casefold()}
        for language, other in languages(row.text("names in other languages")):
            first = language.casefold() not in seen
            seen.add(language.casefold())
            preferred = first and row.context.preferred(iri, language, other) == other
            kind = SKOS.prefLabel if preferred else SKOS.altLabel
            try:
                row.curate(iri, kind, row.tagged(other, language))
            except ValueError as error:
                raise InputError(f"{language!r} is no language tag: {error}") from error


def say_themes(row: Row, iri: str) -> None:
    """State what something is about."""
    for theme in row.codes("themes"):
        row.put(iri, DCTERMS.subject, theme)


def participation(row: Row, event: str, column: str, text: str, role: str) -> None:
    """State that somebody took part in an event."""
    who = person(text)
    participant = row.node(column, who.name)
    iri = _joined("participation", event, participant, role)
    row.describe(iri, COMITY.Participation)
    row.put(iri, COMITY.event, event)
    row.put(iri, COMITY.participant, participant)
    row.put(iri, COMITY.role, code(role))
    behalf = ""
    with row.at(column):
        if who.behalf:
            behalf = row.named(who.behalf, INSTITUTION, COMITY.Agency)
        if who.post:
            tenure, organization = tenure_of(row, participant, who)
            row.put(iri, COMITY.actingAs, tenure)
            behalf = behalf or organization
    if behalf:
        row.put(iri, COMITY.onBehalfOf, behalf)


def labelled(row: Row, iri: str, text: str) -> str:
    """Return what a cell calls a node; its label where the cell has a short form."""
    if shorten(iri) == text.strip() or "://" in text:
        return labels(row.context.store, [iri])[iri]
    return text


def _joined(kind: str, *parts: str) -> str:
    return f"{current_base()}{kind}/{'-'.join(part.rpartition('/')[2] for part in parts)}"


def _is_read(row: Row, name: str) -> bool:
    key = search_key(name)
    return any(key in search_key(passage.text) for passage in row.passages)
