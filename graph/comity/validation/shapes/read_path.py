"""Property paths, read from a shapes graph (SHACL §2.3.1)."""

from __future__ import annotations

import pyoxigraph as ox

from comity.errors import InputError
from comity.validation.shapes.faults import fault
from comity.validation.shapes.model import Node, Term
from comity.validation.shapes.path import (
    Alternative,
    Inverse,
    Path,
    Predicate,
    Repeated,
    Sequence,
)
from comity.validation.shapes.triples import FIRST, NIL, REST, Triples
from comity_ontology.terms import SH

__all__ = ["DEEPEST", "LONGEST", "read_path"]

LONGEST = 1_000
"""Steps that a path may have."""
DEEPEST = 20
"""How often one path may stand in another."""

_INVERSE = SH.NS + "inversePath"
_ALTERNATIVE = SH.NS + "alternativePath"
_SIGNS = {
    SH.NS + "zeroOrMorePath": "*",
    SH.NS + "oneOrMorePath": "+",
    SH.NS + "zeroOrOnePath": "?",
}
_KINDS = (_INVERSE, _ALTERNATIVE, *_SIGNS)


def read_path(graph: Triples, shape: Node, node: Term, parameter: str = SH.NS + "path") -> Path:
    """Read a path.

    Parameters
    ----------
    graph : Triples
    shape : NamedNode or BlankNode
        What has the path; errors name it.
    node : Term
        The path's node.
    parameter : str
        IRI of the property by which it has it.

    Raises
    ------
    InputError
        It is no well-formed path, or has more than :data:`LONGEST` steps or
        :data:`DEEPEST` levels.
    """
    return _Reader(graph, shape, parameter).read(node, 1)


class _Reader:
    def __init__(self, graph: Triples, shape: Node, parameter: str):
        self.graph = graph
        self.shape = shape
        self.parameter = parameter
        self.steps = 0
        self.around: set[Term] = set()

    def fault(self, advice: str, value: Term | None = None) -> InputError:
        return fault(self.graph, self.shape, self.parameter, value, advice)

    def read(self, node: Term, level: int) -> Path:
        self.steps += 1
        if self.steps > LONGEST:
            raise self.fault(f"the path has more than {LONGEST:,} steps: make it shorter")
        if node == NIL:
            raise self.fault("a path cannot be an empty list: name a property")
        if isinstance(node, ox.NamedNode):
            return Predicate(node.value)
        if not isinstance(node, ox.BlankNode):
            raise self.fault("a path is a property or made of properties, no literal", node)
        if node in self.around:
            raise self.fault("the path contains itself: break the circle")
        if level > DEEPEST:
            raise self.fault(f"the path is nested more than {DEEPEST} levels deep: simplify it")
        self.around.add(node)
        path = self._composed(node, level + 1)
        self.around.discard(node)
        return path

    def _composed(self, node: ox.BlankNode, level: int) -> Path:
        kinds = [kind for kind in self.graph.predicates(node) if kind in _KINDS]
        if self.graph.values(node, FIRST) or self.graph.values(node, REST):
            # What else such a node has is not looked at, as the specification has it.
            return Sequence(self._parts(node, level, "a sequence"))
        if len(kinds) != 1 or len(self.graph.values(node, kinds[0])) != 1:
            raise self.fault(
                "each blank node of a path is a list, or has exactly one value for one of "
                "sh:inversePath, sh:alternativePath, sh:zeroOrMorePath, sh:oneOrMorePath and "
                "sh:zeroOrOnePath"
            )
        (kind,), (inner,) = kinds, self.graph.values(node, kinds[0])
        if kind == _ALTERNATIVE:
            return Alternative(self._parts(inner, level, "sh:alternativePath"))
        if kind == _INVERSE:
            return Inverse(self.read(inner, level))
        return Repeated(self.read(inner, level), _SIGNS[kind])

    def _parts(self, head: Term, level: int, what: str) -> tuple[Path, ...]:
        try:
            members = self.graph.members(head)
        except ValueError as error:
            raise self.fault(f"the path is malformed: {error}") from error
        if len(members) < 2:
            raise self.fault(f"{what} is a list of at least two paths, and this has {len(members)}")
        return tuple(self.read(member, level) for member in members)
