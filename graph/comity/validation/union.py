"""The default graphs of some stores, looked at as one set of triples."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from comity.store import Store
from comity.store.base import Subject, Term
from comity_ontology.terms import RDFS

__all__ = ["Union"]

_DEFAULT = ox.DefaultGraph()
_SUBCLASS = ox.NamedNode(RDFS.subClassOf)


class Union:
    """What some stores hold in their default graphs, each triple once.

    Parameters
    ----------
    *stores : Store
    """

    def __init__(self, *stores: Store):
        self._stores = stores
        self._classes: dict[str, tuple[str, ...]] = {}

    def match(
        self, subject: Subject | None, predicate: ox.NamedNode | None, value: Term | None
    ) -> Iterator[ox.Triple]:
        """Iterate over the triples that fit a pattern."""
        for number, store in enumerate(self._stores, 1):
            # Later ones are asked: what waits beside a store on disk is in memory.
            after = self._stores[number:]
            for quad in store.match(subject, predicate, value, _DEFAULT):
                if not any(other.holds(quad) for other in after):
                    yield quad.triple

    def subclasses(self, iri: str) -> tuple[str, ...]:
        """Return a class and all its subclasses, itself first."""
        if iri not in self._classes:
            found = {iri: None}
            waiting = [iri]
            while waiting:
                for triple in self.match(None, _SUBCLASS, ox.NamedNode(waiting.pop())):
                    if (
                        isinstance(triple.subject, ox.NamedNode)
                        and triple.subject.value not in found
                    ):
                        found[triple.subject.value] = None
                        waiting.append(triple.subject.value)
            self._classes[iri] = tuple(found)
        return self._classes[iri]
