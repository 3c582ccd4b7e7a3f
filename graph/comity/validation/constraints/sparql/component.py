"""Constraints of SPARQL-based constraint components (SHACL §6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import ClassVar, Self, TypeAlias

import pyoxigraph as ox

from comity.validation.constraints.base import THIS, VALUE, Constraint, Read, Scope, follows
from comity.validation.constraints.lexical import is_well_formed
from comity.validation.constraints.probing import is_true
from comity.validation.constraints.sparql.definition import Definition, Parameter, definitions
from comity.validation.constraints.sparql.query import Query
from comity.validation.constraints.sparql.reading import Source, looked_at
from comity.validation.shapes.at import At
from comity.validation.shapes.model import Term
from comity.validation.shapes.path import Path
from comity.validation.shapes.triples import Triples
from comity_ontology.prefixes import shorten

__all__ = ["AskComponent", "SelectComponent"]

_PLACE = re.compile(r"\{[?$](\w+)\}")
_Values: TypeAlias = dict[str, ox.NamedNode | ox.Literal]


@dataclass(frozen=True, slots=True)
class _Component(Constraint):
    """A constraint of a component that the shapes graph defines.

    Attributes
    ----------
    component : str
        IRI of the component.
    query : Query
        With the values of the parameters in it.
    along : tuple of Path or None
        What its validator says it reads; ``None`` if it does not say.
    label : str
        What it asks for; may be empty.
    messages : tuple of Literal
        With the values of the parameters in them.
    """

    form: ClassVar[str]
    component: str  # type: ignore[misc] # one class stands for many components
    query: Query
    along: tuple[Path, ...] | None
    label: str = ""
    messages: tuple[ox.Literal, ...] = ()

    @classmethod
    def declared(cls, graph: Triples) -> Iterable[str]:
        return (one.iri for definition in definitions(graph) for one in definition.parameters)

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        for definition in definitions(at.graph):
            for values in _values(at, definition):
                validator = (
                    definition.node_validator if at.path is None else definition.property_validator
                )
                if validator is None:
                    _note_unused(at, definition)
                elif validator[1] == cls.form:
                    shown = definition.parameters[0].iri
                    about = f"constraint component {shorten(definition.iri)}: "
                    source = Source(at, shown, None, validator[0], cls.form, about)
                    yield cls._of(definition, source, values)

    @classmethod
    def _of(cls, definition: Definition, source: Source, values: _Values) -> Self:
        component = replace(source.at, node=ox.NamedNode(definition.iri))
        messages = source.messages() or tuple(component.messages())
        return cls(
            component=definition.iri,
            query=source.query(values, [one.name for one in definition.parameters]),
            along=source.declared(),
            label=_filled(definition.label, values),
            messages=tuple(_with_text(one, _filled(one.value, values)) for one in messages),
        )

    def results(self, path: Path | None, scope: Scope) -> tuple[str, ...]:
        return (f"FILTER({self.broken(THIS, path, scope)})",)

    def words(self) -> str:
        return f"does not satisfy “{self.label}”" if self.label else ""


class SelectComponent(_Component):
    """A component whose validator is a SELECT query: it has no solutions (§6.2.3)."""

    __slots__ = ()
    form = "SELECT"
    screened = False

    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        return self.query.exists({"this": focus}, scope)

    def select(self, context: str, path: Path | None, scope: Scope) -> tuple[str, ...]:
        return (self.query.at_once(context, value=path is None),)

    def reads(self, path: Path | None) -> Iterable[Read]:
        return looked_at(self.along, path if self.query.along_path else None, from_values=False)


class AskComponent(_Component):
    """A component whose validator is an ASK query: true for each value node (§6.2.3)."""

    __slots__ = ()
    form = "ASK"

    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        return f"EXISTS {{ {self._failing(focus, path, scope.fresh('v'), scope)} }}"

    def results(self, path: Path | None, scope: Scope) -> tuple[str, ...]:
        return (self._failing(THIS, path, VALUE, scope),)

    def reads(self, path: Path | None) -> Iterable[Read]:
        declared = self.along if self.query.looks else ()
        return looked_at(declared, path, from_values=True)

    def _failing(self, focus: str, path: Path | None, value: str, scope: Scope) -> str:
        reach = f"BIND({focus} AS {value})" if path is None else follows(focus, path, value)
        asked = self.query.exists({"this": focus, "value": value}, scope)
        return f"{reach} FILTER(!{asked})"


def _values(at: At, definition: Definition) -> Iterator[_Values]:
    """Iterate over the values of parameters with which a shape has a component (§6.2.1).

    A component with one parameter can be there several times.
    """
    found: dict[str, list[ox.NamedNode | ox.Literal]] = {}
    several = len(definition.parameters) > 1
    for parameter in definition.parameters:
        values = at.values(parameter.iri)
        if values and several:
            at.one(parameter.iri)
        if values:
            found[parameter.name] = [_fitting(at, parameter, value) for value in values]
        elif not parameter.optional:
            return
    for chosen in product(*found.values()):
        yield dict(zip(found, chosen, strict=True))


def _fitting(at: At, parameter: Parameter, value: Term) -> ox.NamedNode | ox.Literal:
    """Refuse a value that is not what the component asks of its parameter (§6.2.1)."""
    term = at.kept(parameter.iri, value)
    kind = "IRI" if isinstance(term, ox.NamedNode) else "Literal"
    if parameter.kind and kind not in parameter.kind:
        raise at.fault(parameter.iri, value, f"the component asks for a sh:{parameter.kind}")
    if parameter.datatype and not (
        isinstance(term, ox.Literal)
        and term.datatype.value == parameter.datatype
        and is_true(f"COALESCE({is_well_formed(str(term), parameter.datatype, Scope())}, false)")
    ):
        wanted = shorten(parameter.datatype)
        raise at.fault(parameter.iri, value, f"the component asks for a well-formed {wanted}")
    return term


def _note_unused(at: At, definition: Definition) -> None:
    kind = "node" if at.path is None else "property"
    said = (
        f"belongs to constraint component {shorten(definition.iri)}; that has no query for "
        f"{kind} shapes (sh:{kind}Validator or sh:validator): it is not checked"
    )
    at.note(definition.parameters[0].iri, said)


def _filled(text: str, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """Put the values of parameters in a message."""
    return _PLACE.sub(
        lambda place: values[place[1]].value if place[1] in values else place[0], text
    )


def _with_text(message: ox.Literal, text: str) -> ox.Literal:
    return ox.Literal(text, language=message.language) if message.language else ox.Literal(text)
