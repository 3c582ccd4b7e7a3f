"""IRIs of the terms that code names, one class for each vocabulary.

Those of other vocabularies come from :mod:`comity_ontology.vocabularies`.

Values are plain strings. The tests compare :class:`COMITY` with the Turtle
modules in both directions, so that neither can hold a term the other lacks.

Examples
--------
>>> COMITY.Agency
'https://w3id.org/comity/ns#Agency'
>>> code("signing")
'https://w3id.org/comity/code/signing'
"""
# ruff: noqa: N815 - attributes are spelt as the vocabularies spell them

from __future__ import annotations

from typing import Final

from comity_ontology.vocabularies import (
    DCTERMS,
    EDTF,
    FOAF,
    GEO,
    OA,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SH,
    SKOS,
    TIME,
    XSD,
)

__all__ = [
    "CODE_NS",
    "COMITY",
    "DCTERMS",
    "EDTF",
    "FOAF",
    "GEO",
    "OA",
    "ORG",
    "OWL",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SH",
    "SHAPE_NS",
    "SKOS",
    "TIME",
    "XSD",
    "code",
]

CODE_NS: Final = "https://w3id.org/comity/code/"
"""Namespace of the codes."""
SHAPE_NS: Final = "https://w3id.org/comity/shape/"
"""Namespace of the shapes."""


class COMITY:
    """Classes and properties of Comity (``core.ttl`` and ``discourse.ttl``)."""

    NS: Final = "https://w3id.org/comity/ns#"
    Country: Final = NS + "Country"
    Place: Final = NS + "Place"
    Agency: Final = NS + "Agency"
    UnnamedGroup: Final = NS + "UnnamedGroup"
    Delegation: Final = NS + "Delegation"
    Tenure: Final = NS + "Tenure"
    Agreement: Final = NS + "Agreement"
    Aim: Final = NS + "Aim"
    Act: Final = NS + "Act"
    Event: Final = NS + "Event"
    Series: Final = NS + "Series"
    Participation: Final = NS + "Participation"
    TimePoint: Final = NS + "TimePoint"
    SourceDocument: Final = NS + "SourceDocument"
    Passage: Final = NS + "Passage"
    Inference: Final = NS + "Inference"
    Correction: Final = NS + "Correction"
    IdentityDecision: Final = NS + "IdentityDecision"
    Load: Final = NS + "Load"
    Discard: Final = NS + "Discard"
    Utterance: Final = NS + "Utterance"
    Claim: Final = NS + "Claim"
    Relation: Final = NS + "Relation"
    iso3166: Final = NS + "iso3166"
    inCountry: Final = NS + "inCountry"
    ofCountry: Final = NS + "ofCountry"
    onBehalfOf: Final = NS + "onBehalfOf"
    headedBy: Final = NS + "headedBy"
    post: Final = NS + "post"
    begin: Final = NS + "begin"
    end: Final = NS + "end"
    attestedOn: Final = NS + "attestedOn"
    capacity: Final = NS + "capacity"
    endStatus: Final = NS + "endStatus"
    singleHolder: Final = NS + "singleHolder"
    party: Final = NS + "party"
    aim: Final = NS + "aim"
    concerns: Final = NS + "concerns"
    validUntil: Final = NS + "validUntil"
    implements: Final = NS + "implements"
    amends: Final = NS + "amends"
    extends: Final = NS + "extends"
    supersedes: Final = NS + "supersedes"
    annexTo: Final = NS + "annexTo"
    terminates: Final = NS + "terminates"
    agreement: Final = NS + "agreement"
    byParty: Final = NS + "byParty"
    resultsIn: Final = NS + "resultsIn"
    precedence: Final = NS + "precedence"
    envisaged: Final = NS + "envisaged"
    time: Final = NS + "time"
    place: Final = NS + "place"
    partOfEvent: Final = NS + "partOfEvent"
    inSeries: Final = NS + "inSeries"
    event: Final = NS + "event"
    participant: Final = NS + "participant"
    role: Final = NS + "role"
    actingAs: Final = NS + "actingAs"
    edtf: Final = NS + "edtf"
    earliest: Final = NS + "earliest"
    latest: Final = NS + "latest"
    relativeTime: Final = NS + "relativeTime"
    relativeTo: Final = NS + "relativeTo"
    sha256: Final = NS + "sha256"
    factGraph: Final = NS + "factGraph"
    fullText: Final = NS + "fullText"
    text: Final = NS + "text"
    ordinal: Final = NS + "ordinal"
    underHeading: Final = NS + "underHeading"
    locator: Final = NS + "locator"
    basis: Final = NS + "basis"
    certainty: Final = NS + "certainty"
    verbatim: Final = NS + "verbatim"
    corrected: Final = NS + "corrected"
    refersTo: Final = NS + "refersTo"
    identityOf: Final = NS + "identityOf"
    readCount: Final = NS + "readCount"
    acceptedCount: Final = NS + "acceptedCount"
    quarantinedCount: Final = NS + "quarantinedCount"
    duplicateCount: Final = NS + "duplicateCount"
    supersededCount: Final = NS + "supersededCount"
    outOfScopeCount: Final = NS + "outOfScopeCount"
    shapesChecked: Final = NS + "shapesChecked"
    discardedCount: Final = NS + "discardedCount"
    acronym: Final = NS + "acronym"
    searchKey: Final = NS + "searchKey"
    reads: Final = NS + "reads"
    anyProperty: Final = NS + "anyProperty"
    speaker: Final = NS + "speaker"
    speakerUnstated: Final = NS + "speakerUnstated"
    addressee: Final = NS + "addressee"
    atEvent: Final = NS + "atEvent"
    form: Final = NS + "form"
    about: Final = NS + "about"
    claims: Final = NS + "claims"
    invitedTo: Final = NS + "invitedTo"
    claimant: Final = NS + "claimant"
    claimantUnstated: Final = NS + "claimantUnstated"
    between: Final = NS + "between"
    quality: Final = NS + "quality"
    provider: Final = NS + "provider"
    beneficiary: Final = NS + "beneficiary"
    during: Final = NS + "during"


def code(name: str) -> str:
    """Give the IRI of a code.

    Parameters
    ----------
    name : str
        Name of a concept or a scheme, such as ``signing`` or ``act-type``.

    Returns
    -------
    str
        The IRI. Whether such a code exists is not looked up.
    """
    return CODE_NS + name
