"""Which shapes are about a node: targets (SHACL §2.1.3) the other way round."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from comity.validation.shapes.model import Shape, Term
from comity.validation.union import Union
from comity_ontology.terms import RDF

__all__ = ["Selection"]

_TYPE = ox.NamedNode(RDF.type)


class Selection:
    """The shapes that have a node among their focus nodes, for node after node.

    Parameters
    ----------
    shapes : iterable of Shape
        With their targets.
    union : Union
        The data graph.
    """

    def __init__(self, shapes: Iterable[Shape], union: Union):
        self._union = union
        self._shapes: dict[tuple[str, Term], list[Shape]] = {}
        for shape in shapes:
            for target in shape.targets:
                if target.kind == "class" and isinstance(target.term, ox.NamedNode):
                    for iri in union.subclasses(target.term.value):
                        self._note("class", ox.NamedNode(iri), shape)
                else:
                    self._note(target.kind, target.term, shape)
        self._properties = [key for key in self._shapes if key[0] in ("subjects", "objects")]

    def _note(self, kind: str, term: Term, shape: Shape) -> None:
        self._shapes.setdefault((kind, term), []).append(shape)

    def of(self, node: Term) -> set[Shape]:
        """Return the shapes that are about a node."""
        found = set(self._shapes.get(("node", node), ()))
        subject = None if isinstance(node, ox.Literal) else node
        if subject is not None:
            for triple in self._union.match(subject, _TYPE, None):
                if not isinstance(triple.object, ox.Triple):
                    found.update(self._shapes.get(("class", triple.object), ()))
        for kind, term in self._properties:
            if not isinstance(term, ox.NamedNode):
                continue
            if kind == "objects":
                some = self._union.match(None, term, node)
            elif subject is not None:
                some = self._union.match(subject, term, None)
            else:
                continue
            if next(some, None) is not None:
                found.update(self._shapes[kind, term])
        return found

    def focus(self, nodes: Iterable[Term]) -> dict[Shape, list[Term]]:
        """Return, per shape, those of some nodes that it is about."""
        found: dict[Shape, list[Term]] = {}
        for node in nodes:
            for shape in self.of(node):
                found.setdefault(shape, []).append(node)
        return found
