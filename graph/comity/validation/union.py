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
        *before, last = (store.match(subject, predicate, value, _DEFAULT) for store in self._stores)
        # What waits beside a store is mostly about something else; then nothing is there twice.
        waiting = next(last, None)
        for number, found in enumerate(before, 1):
            if waiting is None and number == len(before):
                yield from (quad.triple for quad in found)
                continue
            after = self._stores[number:]
            for quad in found:
                if not any(other.holds(quad) for other in after):
                    yield quad.triple
        if waiting is not None:
            yield waiting.triple
            yield from (quad.triple for quad in last)

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
