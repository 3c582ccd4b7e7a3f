"""Value type constraint components (SHACL §4.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

import pyoxigraph as ox

from comity.validation.constraints.base import Read, Scope, ValueConstraint, any_of, follows
from comity.validation.constraints.lexical import is_well_formed
from comity.validation.shapes.path import Path, Predicate, Repeated, Sequence, followed
from comity_ontology.prefixes import shorten
from comity_ontology.terms import RDF, RDFS, SH

if TYPE_CHECKING:
    from comity.validation.shapes.at import At

__all__ = ["Class", "Datatype", "NodeKind", "instance_of", "instance_of_any"]

MOST_CLASSES = 40
"""Subclasses that a query lists; where there are more, it follows the links between them."""

INSTANCE = Sequence((Predicate(RDF.type), Repeated(Predicate(RDFS.subClassOf), "*")))


@dataclass(frozen=True, slots=True)
class Class(ValueConstraint):
    """``sh:class``: each value node is an instance of a class (§4.1.1)."""

    component: ClassVar[str] = SH.NS + "ClassConstraintComponent"
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "class",)
    iri: str

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        return map(cls, at.iris(parameter))

    def fails(self, value: str, scope: Scope) -> str:
        return f"NOT EXISTS {{ {instance_of(value, self.iri, scope)} }}"

    def reads(self, path: Path | None) -> Iterable[Read]:
        return (Read(followed(path, INSTANCE)),)

    def words(self) -> str:
        return f"is not an instance of {shorten(self.iri)}"


def instance_of(node: str, class_iri: str, scope: Scope) -> str:
    """Write a pattern of the instances of a class or its subclasses (§1.1, "SHACL instance")."""
    classes = scope.subclasses(class_iri)
    if len(classes) > MOST_CLASSES:
        return follows(node, INSTANCE, f"<{class_iri}>")
    return _of_these(node, classes, scope)


def instance_of_any(node: str, iris: Iterable[str], scope: Scope) -> str:
    """Write an expression that is true iff a node is an instance of any of some classes."""
    few: dict[str, None] = {}
    many = []
    for iri in iris:
        if len(classes := scope.subclasses(iri)) > MOST_CLASSES:
            many.append(f"EXISTS {{ {follows(node, INSTANCE, f'<{iri}>')} }}")
        else:
            few.update(dict.fromkeys(classes))
    return any_of([*([f"EXISTS {{ {_of_these(node, few, scope)} }}"] if few else []), *many])


def _of_these(node: str, classes: Collection[str], scope: Scope) -> str:
    listed = ", ".join(f"<{iri}>" for iri in classes)
    if len(classes) == 1:
        return f"{node} a {listed} ."
    kind = scope.fresh("c")
    return f"{node} a {kind} . FILTER({kind} IN ({listed}))"


@dataclass(frozen=True, slots=True)
class Datatype(ValueConstraint):
    """``sh:datatype``: each value node is a well-formed literal of a datatype (§4.1.2).

    A store keeps ``xsd:int`` and the other kinds of ``xsd:integer`` as
    ``xsd:integer``: there a whole number satisfies them if it is in their range.
    """

    component: ClassVar[str] = SH.NS + "DatatypeConstraintComponent"
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "datatype",)
    iri: str

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        iri = at.iri(parameter)
        if iri is not None:
            yield cls(iri)

    def fails(self, value: str, scope: Scope) -> str:
        return f"!COALESCE({is_well_formed(value, self.iri, scope)}, false)"

    def words(self) -> str:
        return f"is not a well-formed {shorten(self.iri)}"


_KINDS = {
    "IRI": ("ISIRI",),
    "BlankNode": ("ISBLANK",),
    "Literal": ("ISLITERAL",),
    "BlankNodeOrIRI": ("ISBLANK", "ISIRI"),
    "BlankNodeOrLiteral": ("ISBLANK", "ISLITERAL"),
    "IRIOrLiteral": ("ISIRI", "ISLITERAL"),
}


@dataclass(frozen=True, slots=True)
class NodeKind(ValueConstraint):
    """``sh:nodeKind``: each value node is an IRI, a blank node or a literal (§4.1.3).

    Attributes
    ----------
    kind : str
        Local name of the kind, such as ``BlankNodeOrIRI``.
    """

    component: ClassVar[str] = SH.NS + "NodeKindConstraintComponent"
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "nodeKind",)
    kind: str

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        iri = at.iri(parameter)
        if iri is None:
            return
        kind = iri.removeprefix(SH.NS)
        if kind not in _KINDS or kind == iri:
            advice = f"give one of {', '.join(f'sh:{one}' for one in _KINDS)}"
            raise at.fault(parameter, ox.NamedNode(iri), advice)
        yield cls(kind)

    def fails(self, value: str, scope: Scope) -> str:
        return "!(" + " || ".join(f"{test}({value})" for test in _KINDS[self.kind]) + ")"

    def words(self) -> str:
        return f"is not of node kind sh:{self.kind}"
