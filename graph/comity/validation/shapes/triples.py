"""A shapes graph as triples, by subject, with the files that they are from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

import pyoxigraph as ox

from comity.validation.shapes.model import Node, Term
from comity_ontology.prefixes import shorten
from comity_ontology.terms import RDF, XSD

__all__ = ["FIRST", "NIL", "REST", "Triples", "written"]

FIRST, REST, NIL = RDF.NS + "first", RDF.NS + "rest", ox.NamedNode(RDF.NS + "nil")
LONGEST = 120
"""Characters of a value that messages show."""

_Result = TypeVar("_Result")


class Triples:
    """Triples of one or more files.

    Values of a property come in the order in which they were read, each once.
    """

    def __init__(self) -> None:
        self._by_subject: dict[Term, dict[str, dict[Term, None]]] = {}
        self._by_object: dict[Term, dict[tuple[Node, str], None]] | None = None
        self._sources: dict[Term, str] = {}
        self._known: dict[Any, Any] = {}

    def add(self, triple: ox.Triple | ox.Quad, source: str) -> None:
        """Take a triple in, and the name of the file that it is from."""
        subject: Any = triple.subject
        of_subject = self._by_subject.get(subject)
        if of_subject is None:
            of_subject = self._by_subject[subject] = {}
            self._sources[subject] = source
        value: Any = triple.object
        of_subject.setdefault(triple.predicate.value, {})[value] = None

    def subjects(self) -> Iterator[Node]:
        """Iterate over all subjects, in the order in which they were read."""
        return cast(Iterator[Node], iter(self._by_subject))

    def predicates(self, node: Term) -> tuple[str, ...]:
        """Return the IRIs of the properties that a node has."""
        return tuple(self._by_subject.get(node, ()))

    def values(self, node: Term, predicate: str) -> tuple[Term, ...]:
        """Return the values that a node has for the IRI of a property."""
        found = self._by_subject.get(node)
        return tuple(found.get(predicate, ())) if found else ()

    def links_to(self, node: Term) -> tuple[tuple[Node, str], ...]:
        """Return the subjects and predicates of the triples that a node is the object of."""
        if self._by_object is None:
            self._by_object = {}
            for subject in self.subjects():
                properties = self._by_subject[subject]
                for predicate, values in properties.items():
                    for value in values:
                        self._by_object.setdefault(value, {})[subject, predicate] = None
        return tuple(self._by_object.get(node, ()))

    def is_true(self, node: Term, predicate: str) -> bool:
        """Whether a node has the value ``true``, written so, as SHACL asks for it."""
        return _TRUE in self.values(node, predicate)

    def members(self, head: Term) -> tuple[Term, ...]:
        """Return the members of a list (SHACL §1.1, "SHACL list").

        Raises
        ------
        ValueError
            It is none; says why.
        """
        found: list[Term] = []
        seen: set[Term] = set()
        while head != NIL:
            first, rest = self.values(head, FIRST), self.values(head, REST)
            if head in seen:
                raise ValueError("it is a list that leads back to itself")
            if isinstance(head, ox.Literal) or not (first or rest):
                if not found:
                    raise ValueError("it is no list")
                raise ValueError("it is a list that does not end in rdf:nil")
            if len(first) != 1 or len(rest) != 1:
                raise ValueError("it is a list with a link that lacks a value or has several")
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return tuple(found)

    def source(self, node: Term) -> str:
        """Return the name of the file in which a node was first described."""
        return self._sources.get(node, "")

    def once(self, read: Callable[[Triples], _Result]) -> _Result:
        """Return what a function makes of the triples; it is called once."""
        if read not in self._known:
            self._known[read] = read(self)
        return self._known[read]  # type: ignore[no-any-return]


_TRUE = ox.Literal(True)
_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?|true|false")
_BARE = (XSD.integer, XSD.decimal, XSD.boolean)


def written(term: Term) -> str:
    """Write a term for a message: short forms, and not longer than a line."""
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    text = str(term)
    if isinstance(term, ox.BlankNode):
        return "a blank node"
    if isinstance(term, ox.Literal):
        kept = str(ox.Literal(term.value))
        if term.datatype.value in _BARE and _PLAIN.fullmatch(term.value):
            kept = text = term.value
        if term.language:
            text = f"{kept}@{term.language}"
        elif text != kept:
            text = f"{kept}^^{shorten(term.datatype.value)}"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
