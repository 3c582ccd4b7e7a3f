"""Kinds of things that tables describe, and what a person writes for one of them."""

from __future__ import annotations

from collections.abc import Collection

from comity_ontology.prefixes import expand, prefixes
from comity_ontology.terms import COMITY, FOAF, ORG

__all__ = ["KINDS", "as_iri", "fits"]

KINDS = {
    COMITY.Country: "country",
    COMITY.Place: "place",
    COMITY.Agency: "agency",
    FOAF.Person: "person",
    COMITY.UnnamedGroup: "group",
    COMITY.Delegation: "delegation",
    ORG.Post: "post",
    COMITY.Tenure: "tenure",
    COMITY.Agreement: "agreement",
    COMITY.Act: "act",
    COMITY.Event: "event",
    COMITY.Series: "series",
    COMITY.Participation: "participation",
    COMITY.Aim: "aim",
    COMITY.Utterance: "utterance",
    COMITY.Claim: "claim",
    COMITY.Relation: "relation",
    COMITY.SourceDocument: "source",
}
"""The class of a node, and the part of its IRI that says so."""


def as_iri(text: str) -> str | None:
    """Return the IRI that a short form or IRI means; None for a name."""
    stripped = text.strip()
    prefix, colon, rest = stripped.partition(":")
    short = colon and prefix in prefixes() and rest[:1].strip()
    return expand(stripped) if stripped.startswith("<") or "://" in stripped or short else None


def fits(cls: str, classes: Collection[str]) -> bool:
    """Tell whether a class is one of some; any is where there are none, and acts are events."""
    return not classes or cls in classes or (cls == COMITY.Act and COMITY.Event in classes)
