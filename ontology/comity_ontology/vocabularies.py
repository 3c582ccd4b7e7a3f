"""IRIs of the terms of other vocabularies that code names, as plain strings.

Examples
--------
>>> SKOS.prefLabel
'http://www.w3.org/2004/02/skos/core#prefLabel'
"""
# ruff: noqa: N815 - attributes are spelt as the vocabularies spell them

from __future__ import annotations

from typing import Final

__all__ = [
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
    "SKOS",
    "TIME",
    "XSD",
]

EDTF: Final = "http://id.loc.gov/datatypes/edtf/EDTF"
"""Datatype of ``comity:edtf`` values."""


class RDF:
    """RDF 1.1."""

    NS: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    type: Final = NS + "type"
    Statement: Final = NS + "Statement"
    subject: Final = NS + "subject"
    predicate: Final = NS + "predicate"
    object: Final = NS + "object"
    langString: Final = NS + "langString"


class RDFS:
    """RDF Schema."""

    NS: Final = "http://www.w3.org/2000/01/rdf-schema#"
    label: Final = NS + "label"
    comment: Final = NS + "comment"
    subClassOf: Final = NS + "subClassOf"
    subPropertyOf: Final = NS + "subPropertyOf"
    domain: Final = NS + "domain"
    range: Final = NS + "range"
    isDefinedBy: Final = NS + "isDefinedBy"
    Literal: Final = NS + "Literal"


class OWL:
    """OWL 2."""

    NS: Final = "http://www.w3.org/2002/07/owl#"
    Class: Final = NS + "Class"
    ObjectProperty: Final = NS + "ObjectProperty"
    DatatypeProperty: Final = NS + "DatatypeProperty"
    Ontology: Final = NS + "Ontology"
    sameAs: Final = NS + "sameAs"
    versionInfo: Final = NS + "versionInfo"
    versionIRI: Final = NS + "versionIRI"


class XSD:
    """XML Schema datatypes."""

    NS: Final = "http://www.w3.org/2001/XMLSchema#"
    string: Final = NS + "string"
    boolean: Final = NS + "boolean"
    integer: Final = NS + "integer"
    decimal: Final = NS + "decimal"
    double: Final = NS + "double"
    date: Final = NS + "date"
    dateTime: Final = NS + "dateTime"
    gYear: Final = NS + "gYear"
    gYearMonth: Final = NS + "gYearMonth"
    anyURI: Final = NS + "anyURI"


class SKOS:
    """SKOS."""

    NS: Final = "http://www.w3.org/2004/02/skos/core#"
    Concept: Final = NS + "Concept"
    ConceptScheme: Final = NS + "ConceptScheme"
    prefLabel: Final = NS + "prefLabel"
    altLabel: Final = NS + "altLabel"
    hiddenLabel: Final = NS + "hiddenLabel"
    definition: Final = NS + "definition"
    notation: Final = NS + "notation"
    inScheme: Final = NS + "inScheme"
    topConceptOf: Final = NS + "topConceptOf"
    broader: Final = NS + "broader"
    exactMatch: Final = NS + "exactMatch"
    closeMatch: Final = NS + "closeMatch"


class DCTERMS:
    """DCMI metadata terms."""

    NS: Final = "http://purl.org/dc/terms/"
    type: Final = NS + "type"
    title: Final = NS + "title"
    issued: Final = NS + "issued"
    created: Final = NS + "created"
    creator: Final = NS + "creator"
    publisher: Final = NS + "publisher"
    source: Final = NS + "source"
    license: Final = NS + "license"
    language: Final = NS + "language"
    subject: Final = NS + "subject"
    identifier: Final = NS + "identifier"
    description: Final = NS + "description"
    isReplacedBy: Final = NS + "isReplacedBy"
    Location: Final = NS + "Location"


class FOAF:
    """FOAF."""

    NS: Final = "http://xmlns.com/foaf/0.1/"
    Agent: Final = NS + "Agent"
    Person: Final = NS + "Person"
    Group: Final = NS + "Group"
    name: Final = NS + "name"
    givenName: Final = NS + "givenName"
    familyName: Final = NS + "familyName"
    homepage: Final = NS + "homepage"


class ORG:
    """The Organization Ontology."""

    NS: Final = "http://www.w3.org/ns/org#"
    Organization: Final = NS + "Organization"
    FormalOrganization: Final = NS + "FormalOrganization"
    Membership: Final = NS + "Membership"
    Post: Final = NS + "Post"
    Role: Final = NS + "Role"
    ChangeEvent: Final = NS + "ChangeEvent"
    member: Final = NS + "member"
    organization: Final = NS + "organization"
    role: Final = NS + "role"
    postIn: Final = NS + "postIn"
    subOrganizationOf: Final = NS + "subOrganizationOf"
    originalOrganization: Final = NS + "originalOrganization"
    resultingOrganization: Final = NS + "resultingOrganization"
    holds: Final = NS + "holds"


class PROV:
    """PROV-O."""

    NS: Final = "http://www.w3.org/ns/prov#"
    Entity: Final = NS + "Entity"
    Activity: Final = NS + "Activity"
    Agent: Final = NS + "Agent"
    wasDerivedFrom: Final = NS + "wasDerivedFrom"
    wasGeneratedBy: Final = NS + "wasGeneratedBy"
    wasAttributedTo: Final = NS + "wasAttributedTo"
    wasInformedBy: Final = NS + "wasInformedBy"
    used: Final = NS + "used"
    startedAtTime: Final = NS + "startedAtTime"
    endedAtTime: Final = NS + "endedAtTime"


class OA:
    """The Web Annotation vocabulary."""

    NS: Final = "http://www.w3.org/ns/oa#"
    Annotation: Final = NS + "Annotation"
    SpecificResource: Final = NS + "SpecificResource"
    TextPositionSelector: Final = NS + "TextPositionSelector"
    TextQuoteSelector: Final = NS + "TextQuoteSelector"
    hasSource: Final = NS + "hasSource"
    hasSelector: Final = NS + "hasSelector"
    hasTarget: Final = NS + "hasTarget"
    bodyValue: Final = NS + "bodyValue"
    motivatedBy: Final = NS + "motivatedBy"
    commenting: Final = NS + "commenting"
    start: Final = NS + "start"
    end: Final = NS + "end"
    exact: Final = NS + "exact"
    prefix: Final = NS + "prefix"
    suffix: Final = NS + "suffix"


class SCHEMA:
    """schema.org, with https as it names itself today."""

    NS: Final = "https://schema.org/"
    eventAttendanceMode: Final = NS + "eventAttendanceMode"
    OnlineEventAttendanceMode: Final = NS + "OnlineEventAttendanceMode"
    OfflineEventAttendanceMode: Final = NS + "OfflineEventAttendanceMode"
    MixedEventAttendanceMode: Final = NS + "MixedEventAttendanceMode"


class TIME:
    """OWL-Time."""

    NS: Final = "http://www.w3.org/2006/time#"
    Instant: Final = NS + "Instant"
    inXSDDate: Final = NS + "inXSDDate"


class GEO:
    """WGS84 latitude and longitude."""

    NS: Final = "http://www.w3.org/2003/01/geo/wgs84_pos#"
    lat: Final = NS + "lat"
    long: Final = NS + "long"


class SH:
    """SHACL."""

    NS: Final = "http://www.w3.org/ns/shacl#"
    ValidationReport: Final = NS + "ValidationReport"
    ValidationResult: Final = NS + "ValidationResult"
    NodeShape: Final = NS + "NodeShape"
    PropertyShape: Final = NS + "PropertyShape"
    conforms: Final = NS + "conforms"
    result: Final = NS + "result"
    detail: Final = NS + "detail"
    focusNode: Final = NS + "focusNode"
    resultPath: Final = NS + "resultPath"
    value: Final = NS + "value"
    resultMessage: Final = NS + "resultMessage"
    resultSeverity: Final = NS + "resultSeverity"
    sourceConstraintComponent: Final = NS + "sourceConstraintComponent"
    sourceShape: Final = NS + "sourceShape"
    targetClass: Final = NS + "targetClass"
    message: Final = NS + "message"
    severity: Final = NS + "severity"
    Violation: Final = NS + "Violation"
    Warning: Final = NS + "Warning"
    Info: Final = NS + "Info"
