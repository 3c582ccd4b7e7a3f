"""SPARQL-based constraint components as a shapes graph defines them (SHACL §6.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from comity.errors import InputError
from comity.validation.shapes.classes import subclasses
from comity.validation.shapes.model import Node, Term
from comity.validation.shapes.triples import Triples, written
from comity_ontology.terms import RDF, SH

__all__ = ["Definition", "Parameter", "definitions"]

_PARAMETER, _PATH, _OPTIONAL = SH.NS + "parameter", SH.NS + "path", SH.NS + "optional"
_DATATYPE, _KIND = SH.NS + "datatype", SH.NS + "nodeKind"
_LABEL = SH.NS + "labelTemplate"
_NAME = re.compile(r"(?:.*[/#:])?([A-Za-z_][A-Za-z0-9_]*)", re.DOTALL)
_RESERVED = ("this", "shapesGraph", "currentShape", "path", "PATH", "value")
_FOR_NODES, _FOR_PROPERTIES = SH.NS + "nodeValidator", SH.NS + "propertyValidator"
_FOR_BOTH = SH.NS + "validator"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a component: a property of shapes, and a variable in queries (§6.2.1).

    Attributes
    ----------
    iri, name : str
    optional : bool
    datatype : str
        IRI of the datatype that its values have; empty where it may be any.
    kind : str
        Local name of the node kind of its values; empty where it may be any.
    """

    iri: str
    name: str
    optional: bool
    datatype: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A component.

    Attributes
    ----------
    iri : str
    parameters : tuple of Parameter
        At least one is not optional.
    label : str
        What it asks for, with places for parameters; may be empty.
    node_validator, property_validator : tuple of Node and str, or None
        What has the query for node shapes, and for property shapes; and ASK or SELECT.
    """

    iri: str
    parameters: tuple[Parameter, ...]
    label: str
    node_validator: tuple[Node, str] | None
    property_validator: tuple[Node, str] | None


def definitions(graph: Triples) -> tuple[Definition, ...]:
    """Return the components that a shapes graph defines, without those of SHACL itself.

    Raises
    ------
    InputError
        A definition is malformed; it is named.
    """
    return graph.once(_definitions)


def _definitions(graph: Triples) -> tuple[Definition, ...]:
    kinds = subclasses(graph, (SH.NS + "ConstraintComponent",))
    return tuple(
        _definition(graph, node)
        for node in graph.subjects()
        if isinstance(node, ox.NamedNode)
        and not node.value.startswith(SH.NS)
        and not kinds.isdisjoint(graph.values(node, RDF.type))
    )


def _definition(graph: Triples, node: ox.NamedNode) -> Definition:
    parameters = tuple(_parameters(graph, node))
    names = [parameter.name for parameter in parameters]
    if len(set(names)) < len(names):
        raise _fault(graph, node, "has two parameters that end in the same name: rename one")
    if all(parameter.optional for parameter in parameters):
        raise _fault(graph, node, "has no parameter that must be given: add one (sh:parameter)")
    labels = [one.value for one in graph.values(node, _LABEL) if isinstance(one, ox.Literal)]
    return Definition(
        node.value,
        parameters,
        label=min(labels, default=""),
        node_validator=_validator(graph, node, _FOR_NODES),
        property_validator=_validator(graph, node, _FOR_PROPERTIES),
    )


def _parameters(graph: Triples, node: ox.NamedNode) -> Iterator[Parameter]:
    for one in graph.values(node, _PARAMETER):
        paths = graph.values(one, _PATH)
        if len(paths) != 1 or not isinstance(paths[0], ox.NamedNode):
            said = f"has the parameter {written(one)}, which needs one sh:path, an IRI"
            raise _fault(graph, node, said)
        iri = paths[0].value
        match = _NAME.fullmatch(iri)
        if not match or match[1] in _RESERVED:
            said = (
                f"has the parameter {written(paths[0])}, whose name can be no variable of its own"
            )
            raise _fault(graph, node, f"{said}: let it end in another name, such as #maximum")
        datatype, kind = (_one_iri(graph, one, predicate) for predicate in (_DATATYPE, _KIND))
        optional = graph.is_true(one, _OPTIONAL)
        yield Parameter(iri, match[1], optional, datatype, kind.removeprefix(SH.NS))


def _one_iri(graph: Triples, node: Term, predicate: str) -> str:
    values = graph.values(node, predicate)
    return values[0].value if len(values) == 1 and isinstance(values[0], ox.NamedNode) else ""


def _validator(graph: Triples, node: ox.NamedNode, parameter: str) -> tuple[Node, str] | None:
    """Choose a validator: of the kind for the shapes before the one for both (§6.2.3)."""
    for kind in (parameter, _FOR_BOTH):
        for one in graph.values(node, kind):
            form = _form(graph, one)
            if form == "SELECT" and kind == _FOR_BOTH:
                said = f"has {written(one)} with sh:select as sh:validator: use sh:nodeValidator "
                raise _fault(graph, node, f"{said}and sh:propertyValidator, or write sh:ask")
            if form and not isinstance(one, ox.Literal):
                return one, form
    return None


def _form(graph: Triples, node: Term) -> str:
    """Tell which form of query a validator has; none if its language is another one."""
    for form in ("ASK", "SELECT"):
        if graph.values(node, SH.NS + form.lower()):
            return form
    return ""


def _fault(graph: Triples, node: ox.NamedNode, said: str) -> InputError:
    source = graph.source(node)
    where = f"{source}: " if source else ""
    return InputError(f"{where}constraint component {written(node)} {said}")
