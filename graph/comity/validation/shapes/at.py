"""One shape in a shapes graph, as its constraints read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from comity.errors import InputError
from comity.validation.shapes.faults import about, fault
from comity.validation.shapes.model import Node, Shape, Term
from comity.validation.shapes.path import Path
from comity.validation.shapes.triples import Triples, written
from comity_ontology.prefixes import shorten
from comity_ontology.terms import SH, XSD

__all__ = ["At"]

_MOST = 10**15
"""No number in a shape may be larger: what counts that far never ends."""


@dataclass(frozen=True, slots=True)
class At:
    """A view of a shape; parameters are named by IRI.

    Attributes
    ----------
    graph : Triples
        The shapes graph.
    node : NamedNode or BlankNode
        The shape.
    path : Path or None
        Of a property shape.
    shapes : mapping of node to Shape
        Those in it.
    notes : list of str
        What was not understood; constraints may add to it.
    """

    graph: Triples
    node: Node
    path: Path | None = None
    shapes: Mapping[Node, Shape] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def fault(self, parameter: str, value: Term | None, advice: str) -> InputError:
        """Make an error that names the shape, a parameter, its value, and what to do."""
        return fault(self.graph, self.node, parameter, value, advice)

    def note(self, parameter: str, said: str) -> None:
        """Add a note about a parameter."""
        said = f"has {shorten(parameter)}, which {said}"
        self.notes.append(about(self.graph, self.node, said))

    def values(self, parameter: str) -> tuple[Term, ...]:
        """Return all values of a parameter."""
        return self.graph.values(self.node, parameter)

    def one(self, parameter: str) -> Term | None:
        """Return the only value of a parameter, if it has one."""
        found = self.values(parameter)
        if len(found) > 1:
            listed = ", ".join(sorted(written(value) for value in found[:5]))
            advice = f"a shape has at most one, and this has {len(found)} ({listed})"
            raise self.fault(parameter, None, advice)
        return found[0] if found else None

    def integer(self, parameter: str) -> int | None:
        """Return the only value, a whole number from 0."""
        value = self.one(parameter)
        if value is None:
            return None
        if (
            not isinstance(value, ox.Literal)
            or value.datatype.value != XSD.integer
            or not re.fullmatch(r"[+-]?[0-9]{1,100}", value.value)
        ):
            raise self.fault(parameter, value, "give a whole number (xsd:integer), such as 1")
        if not 0 <= int(value.value) <= _MOST:
            raise self.fault(parameter, value, f"give a number from 0 to {_MOST}")
        return int(value.value)

    def true(self, parameter: str) -> bool:
        """Whether the only value is ``true``."""
        value = self.one(parameter)
        if value is None:
            return False
        if (
            not isinstance(value, ox.Literal)
            or value.datatype.value != XSD.boolean
            or value.value not in ("true", "false", "1", "0")
        ):
            raise self.fault(parameter, value, "give true or false, without quotation marks")
        if value.value == "1":
            self.note(parameter, 'is written "1", which SHACL does not take for true: write true')
        return value.value == "true"

    def literal(self, parameter: str) -> ox.Literal | None:
        """Return the only value, a literal."""
        value = self.one(parameter)
        if value is not None and not isinstance(value, ox.Literal):
            raise self.fault(parameter, value, "give a literal, such as 1 or a date")
        return value

    def text(self, parameter: str) -> str | None:
        """Return the only value, a string."""
        value = self.one(parameter)
        if value is None:
            return None
        return self._text(parameter, value)

    def texts(self, parameter: str) -> tuple[str, ...] | None:
        """Return the members of the only value, a list of strings."""
        members = self.members(parameter)
        if members is None:
            return None
        return tuple(self._text(parameter, member) for member in members)

    def iri(self, parameter: str) -> str | None:
        """Return the only value, an IRI."""
        value = self.one(parameter)
        return None if value is None else self._iri(parameter, value)

    def iris(self, parameter: str) -> tuple[str, ...]:
        """Return all values, which are IRIs."""
        return tuple(self._iri(parameter, value) for value in self.values(parameter))

    def members(self, parameter: str) -> tuple[Term, ...] | None:
        """Return the members of the only value, a list."""
        head = self.one(parameter)
        return None if head is None else self._members(parameter, head)

    def iri_members(self, parameter: str) -> tuple[str, ...]:
        """Return the members of the only value, a list of IRIs; none if there is none."""
        members = self.members(parameter) or ()
        return tuple(self._iri(parameter, member) for member in members)

    def messages(self) -> Iterator[ox.Literal]:
        """Iterate over the messages, which are text (§2.1.5)."""
        for value in self.values(SH.message):
            if not isinstance(value, ox.Literal) or not (
                value.language or value.datatype.value == XSD.string
            ):
                raise self.fault(SH.message, value, "give text in quotation marks")
            yield value

    def nested(self, parameter: str) -> Iterator[Shape]:
        """Iterate over the values, which are shapes."""
        return (self.shape(parameter, value) for value in self.values(parameter))

    def nested_lists(self, parameter: str) -> Iterator[tuple[Shape, ...]]:
        """Iterate over the values, which are lists of shapes."""
        for head in self.values(parameter):
            members = self._members(parameter, head)
            yield tuple(self.shape(parameter, member) for member in members)

    def shape(self, parameter: str, value: Term) -> Shape:
        """Return a shape by its node."""
        if isinstance(value, ox.Literal) or value not in self.shapes:
            raise self.fault(parameter, value, "give a shape, by IRI or as a blank node [ … ]")
        return self.shapes[value]

    def of_property(self, parameter: str) -> None:
        """Complain about a parameter of property shapes in a node shape."""
        if self.path is None and self.values(parameter):
            advice = "only a property shape may: add sh:path, or put it in an sh:property [ … ]"
            raise self.fault(parameter, None, advice)

    def kept(self, parameter: str, value: Term) -> ox.NamedNode | ox.Literal:
        """Return a value that can be found in the data."""
        if isinstance(value, ox.NamedNode | ox.Literal):
            return value
        advice = "give an IRI or a literal"
        if isinstance(value, ox.BlankNode):
            advice += ": no value in the data can be the same as a blank node of the shapes"
        raise self.fault(parameter, value, advice)

    def _members(self, parameter: str, head: Term) -> tuple[Term, ...]:
        try:
            return self.graph.members(head)
        except ValueError as error:
            raise self.fault(parameter, head, f"give a list, ( … ); {error}") from error

    def _text(self, parameter: str, value: Term) -> str:
        if not isinstance(value, ox.Literal) or value.datatype.value != XSD.string:
            advice = "give text in quotation marks, without a language or datatype"
            raise self.fault(parameter, value, advice)
        return value.value

    def _iri(self, parameter: str, value: Term) -> str:
        if not isinstance(value, ox.NamedNode):
            raise self.fault(parameter, value, "give an IRI")
        return value.value
