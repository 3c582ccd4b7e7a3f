"""Everything the graph says about a node, for reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from comity.errors import ParameterError
from comity.labels import labels
from comity.store import Store
from comity_ontology.prefixes import shorten
from comity_ontology.terms import COMITY, PROV, RDF

__all__ = ["Description", "Fact", "describe"]

_HIDDEN = frozenset({COMITY.searchKey, RDF.type})


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement about a node.

    Attributes
    ----------
    predicate : str
        IRI of the property; its label is ``says``.
    says : str
    other : str
        The IRI or the text at the other end.
    shown : str
        The label of the other end, or the text with its language.
    inverse : bool
        True when the node is the object.
    """

    predicate: str
    says: str
    other: str
    shown: str
    inverse: bool


@dataclass(frozen=True, slots=True)
class Description:
    """What the graph says about a node.

    Attributes
    ----------
    node, label : str
    types : tuple of str
        Labels of its classes.
    facts : tuple of Fact
        Statements with the node as subject, then as object.
    triples : tuple of Triple
        The same, search keys included.
    left_out : int
        How many statements with the node as object are not among the facts.
    """

    node: str
    label: str
    types: tuple[str, ...]
    facts: tuple[Fact, ...]
    triples: tuple[ox.Triple, ...]
    left_out: int


def describe(store: Store, node: str, *, limit: int = 200) -> Description:
    """Describe a node of the default graph.

    Parameters
    ----------
    store : Store
    node : str
        IRI.
    limit : int
        How many statements with the node as object to show at most.

    Returns
    -------
    Description

    Raises
    ------
    ParameterError
        The graph says nothing about the node.
    """
    subject, everywhere = ox.NamedNode(node), ox.DefaultGraph()
    outgoing = [quad.triple for quad in store.match(subject, None, None, everywhere)]
    incoming = [quad.triple for quad in store.match(None, None, subject, everywhere)]
    if not outgoing and not incoming:
        raise ParameterError(f"the graph says nothing about {shorten(node)}")
    incoming.sort(key=str)
    shown = incoming[:limit]
    named = labels(store, _iris([*outgoing, *shown]) | {node})
    facts = [
        _fact(triple, triple.object, named, inverse=False)
        for triple in outgoing
        if triple.predicate.value not in _HIDDEN
    ] + [_fact(triple, triple.subject, named, inverse=True) for triple in shown]
    return Description(
        node=node,
        label=named[node],
        types=tuple(
            sorted(
                named[triple.object.value]
                for triple in outgoing
                if triple.predicate.value == RDF.type and isinstance(triple.object, ox.NamedNode)
            )
        ),
        facts=tuple(sorted(facts, key=_order)),
        triples=(*sorted(outgoing, key=str), *shown),
        left_out=len(incoming) - len(shown),
    )


def _fact(triple: ox.Triple, other: object, named: dict[str, str], *, inverse: bool) -> Fact:
    if isinstance(other, ox.NamedNode):
        value, text = other.value, named[other.value]
    elif isinstance(other, ox.Literal):
        value = other.value
        text = f"{value} ({other.language})" if other.language else value
    else:
        value = text = str(other)
    predicate = triple.predicate.value
    return Fact(predicate, named[predicate], value, text, inverse)


def _order(fact: Fact) -> tuple[bool, bool, str, str]:
    return (fact.inverse, fact.predicate == PROV.wasDerivedFrom, fact.says, fact.other)


def _iris(triples: Iterable[ox.Triple]) -> set[str]:
    return {
        term.value
        for triple in triples
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, ox.NamedNode)
    }
