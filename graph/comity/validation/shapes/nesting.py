"""Which shapes stand in which: each is read after those in it (SHACL §3.4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from comity.errors import InputError
from comity.validation.shapes.faults import about, called, fault
from comity.validation.shapes.model import Node, Term
from comity.validation.shapes.triples import Triples, written
from comity_ontology.prefixes import shorten
from comity_ontology.terms import SH

__all__ = ["DEEPEST", "LARGEST", "LIST_OF_SHAPES", "SHAPE", "in_order", "nested", "siblings"]

QUALIFIED = SH.NS + "qualifiedValueShape"
SHAPE = (SH.NS + "property", SH.NS + "node", SH.NS + "not", QUALIFIED)
"""Parameters whose values are shapes."""
LIST_OF_SHAPES = (SH.NS + "and", SH.NS + "or", SH.NS + "xone")
"""Parameters whose values are lists of shapes."""
DEEPEST = 50
"""How often one shape may stand in another."""
LARGEST = 10_000
"""Shapes that may stand in one, each counted as often as it does."""


def nested(graph: Triples, node: Node) -> Iterator[tuple[str, Term]]:
    """Iterate over the shapes in a shape, each with the parameter that names it.

    Lists that are none are left to the constraints, which complain about them.
    """
    for parameter in SHAPE:
        for value in graph.values(node, parameter):
            yield parameter, value
    for parameter in LIST_OF_SHAPES:
        for head in graph.values(node, parameter):
            try:
                members = graph.members(head)
            except ValueError as error:
                advice = f"give a list of shapes, ( … ); {error}"
                raise fault(graph, node, parameter, head, advice) from error
            for member in members:
                yield parameter, member
    for sibling in siblings(graph, node):
        yield QUALIFIED, sibling


def siblings(graph: Triples, node: Node) -> tuple[Term, ...]:
    """Return the nodes of the disjoint sibling shapes of a shape (§4.7.3)."""
    if not graph.is_true(node, SH.NS + "qualifiedValueShapesDisjoint"):
        return ()
    own = set(graph.values(node, QUALIFIED))
    found = {
        shape: None
        for owner, predicate in graph.links_to(node)
        if predicate == SH.NS + "property"
        for part in graph.values(owner, predicate)
        for shape in graph.values(part, QUALIFIED)
        if shape not in own
    }
    return tuple(found)


def in_order(graph: Triples, shapes: Iterable[Node]) -> Iterator[Node]:
    """Iterate over shapes and those in them, each after those in it.

    Raises
    ------
    InputError
        A shape leads back to itself, or shapes are nested more than
        :data:`DEEPEST` levels deep, or a shape has more than :data:`LARGEST`
        others in it.
    """
    sizes: dict[Node, tuple[int, int]] = {}
    # A stack of its own, not Python's: a graph may nest shapes as deep as it likes.
    way: list[tuple[str, Node, Iterator[tuple[str, Term]]]] = []
    place: dict[Node, int] = {}

    def enter(parameter: str, node: Node) -> None:
        place[node] = len(way)
        way.append((parameter, node, nested(graph, node)))

    for shape in shapes:
        if shape not in sizes:
            enter("", shape)
        while way:
            _, current, parts = way[-1]
            for parameter, part in parts:
                if not isinstance(part, ox.NamedNode | ox.BlankNode):
                    advice = "give a shape, by IRI or as a blank node [ … ]"
                    raise fault(graph, current, parameter, part, advice)
                if part in place:
                    raise _circle(graph, way[place[part] :], parameter, part)
                if part not in sizes:
                    enter(parameter, part)
                    break
            else:
                sizes[current] = _size(graph, current, sizes)
                way.pop()
                del place[current]
                yield current


def _size(graph: Triples, shape: Node, sizes: dict[Node, tuple[int, int]]) -> tuple[int, int]:
    """Return how deep a shape is nested, and how many it has in it, itself included."""
    inner = [sizes[part] for _, part in nested(graph, shape) if not isinstance(part, ox.Literal)]
    depth = 1 + max((deep for deep, _ in inner), default=0)
    number = 1 + sum(many for _, many in inner)
    if depth > DEEPEST:
        said = f"has shapes nested more than {DEEPEST} levels deep: simplify it"
        raise InputError(about(graph, shape, said))
    if number > LARGEST:
        said = (
            f"has more than {LARGEST:,} shapes in it, each counted as often as it is used: "
            "simplify it"
        )
        raise InputError(about(graph, shape, said))
    return depth, number


def _circle(
    graph: Triples,
    way: list[tuple[str, Node, Iterator[tuple[str, Term]]]],
    parameter: str,
    shape: Node,
) -> InputError:
    def name(node: Node) -> str:
        return written(node) if isinstance(node, ox.NamedNode) else called(graph, node)

    steps = [f"{shorten(by)} {name(node)}" for by, node, _ in way[1:]]
    steps.append(f"{shorten(parameter)} {name(shape)}")
    said = (
        f"leads back to itself: {name(shape)}, {', then '.join(steps)}; recursive shapes have no "
        "meaning in SHACL: break the circle"
    )
    return InputError(about(graph, shape, said))
