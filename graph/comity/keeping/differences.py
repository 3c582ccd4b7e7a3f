"""What a comparison finds, with names for reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias
from urllib.parse import unquote

import pyoxigraph as ox

from comity.keeping.content import DEFAULT
from comity.keeping.sides import NO_GRAPH
from comity.labels import labels
from comity.shipped import shipped_labels
from comity.store import Store
from comity.store.base import Term
from comity_ontology.prefixes import current_base, shorten
from comity_ontology.terms import DCTERMS, ORG, PROV, RDF, SKOS

__all__ = ["Change", "Entity", "Kind", "with_labels"]

Kind: TypeAlias = Literal["changed", "added", "removed", "also said", "no longer said"]

# Properties of other vocabularies, whose labels are not in a store.
_SAYS: Final = {
    RDF.type: "kind",
    SKOS.prefLabel: "name",
    SKOS.altLabel: "other name",
    SKOS.hiddenLabel: "misspelt name",
    SKOS.exactMatch: "same as",
    DCTERMS.title: "title",
    DCTERMS.type: "type",
    DCTERMS.issued: "day of issue",
    DCTERMS.publisher: "publisher",
    DCTERMS.source: "found at",
    DCTERMS.subject: "subject",
    DCTERMS.description: "description",
    ORG.member: "who",
    ORG.organization: "where",
    ORG.role: "role",
    ORG.postIn: "post in",
    PROV.wasDerivedFrom: "rests on",
}


@dataclass(frozen=True, slots=True)
class Change:
    """How one fact about a node differs.

    Attributes
    ----------
    kind : str
        ``changed`` (one value of a property went and one came), ``added``,
        ``removed``, or, of a fact that both sides have, ``also said`` and ``no
        longer said`` when only the graphs differ.
    predicate : str
        IRI of the property; its label is ``says``.
    says : str
    before, after : term or None
        The value in the first and in the second side.
    shown_before, shown_after : str
        The same for reading.
    graphs_before, graphs_after : tuple of str
        IRIs of the graphs that say it, the empty text for a file's triples
        without one; none where graphs are not compared.
    """

    kind: Kind
    predicate: str
    says: str
    before: Term | None
    after: Term | None
    shown_before: str
    shown_after: str
    graphs_before: tuple[str, ...]
    graphs_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A node of which the two sides do not say the same.

    Attributes
    ----------
    node : NamedNode or BlankNode or Triple
        The node; a store that the gate filled has IRIs only.
    label : str
        Its label in the second side, else in the first.
    changes : tuple of Change
        In the order of their properties.
    """

    node: ox.NamedNode | ox.BlankNode | ox.Triple
    label: str
    changes: tuple[Change, ...]


def with_labels(entities: Iterable[Entity], stores: Sequence[Store]) -> Iterator[Entity]:
    """Add names for reading, from the first store that has one, else those that ship."""
    listed = list(entities)
    changes = [change for entity in listed for change in entity.changes]
    terms: set[object] = {entity.node for entity in listed}
    terms |= {term for change in changes for term in (change.before, change.after)}
    iris = {term.value for term in terms if isinstance(term, ox.NamedNode)}
    iris |= {change.predicate for change in changes}
    named: dict[str, str] = {}
    for store in stores:
        missing = iris - named.keys()
        found = labels(store, missing)
        named |= {iri: found[iri] for iri in missing if found[iri] != shorten(iri)}
    named = _SAYS | shipped_labels() | named
    for entity in listed:
        shown = tuple(
            replace(
                change,
                says=named.get(change.predicate) or shorten(change.predicate),
                shown_before=_shown(change.before, named),
                shown_after=_shown(change.after, named),
                graphs_before=_as_given(change.graphs_before),
                graphs_after=_as_given(change.graphs_after),
            )
            for change in entity.changes
        )
        yield replace(entity, label=_shown(entity.node, named), changes=shown)


def _as_given(graphs: tuple[str, ...]) -> tuple[str, ...]:
    """Take out what stands for the lack of graphs in both sides, or of one in a file."""
    return tuple("" if graph == NO_GRAPH else graph for graph in graphs if graph != DEFAULT)


def _shown(term: object, named: dict[str, str]) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        days = f"{current_base()}time/"
        if term.value.startswith(days):
            return unquote(term.value.removeprefix(days))  # its value, in EDTF
        return named.get(term.value) or shorten(term.value)
    if isinstance(term, ox.Literal):
        return f"{term.value} ({term.language})" if term.language else term.value
    return str(term)
