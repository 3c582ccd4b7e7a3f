"""Reports, compared as what they say and not as they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import pyoxigraph as ox
import pytest

from comity_ontology.terms import RDF, SH

Said: TypeAlias = Counter[tuple[Any, ...]]

FIRST, REST, NIL = RDF.NS + "first", RDF.NS + "rest", ox.NamedNode(RDF.NS + "nil")
PARTS = ("focusNode", "value", "resultSeverity", "sourceConstraintComponent", "sourceShape")
SIGNS = ("inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath", "alternativePath")


class Triples:
    """Triples of a file or a report, to be asked for values."""

    def __init__(self, triples: Iterable[ox.Triple | ox.Quad]):
        self._found: dict[tuple[Any, str], list[Any]] = {}
        self.nodes: set[Any] = set()
        for one in triples:
            self._found.setdefault((one.subject, one.predicate.value), []).append(one.object)
            self.nodes |= {one.subject, one.object}

    def subjects(self, predicate: str, value: Any) -> list[Any]:
        return [s for (s, p), found in self._found.items() if p == predicate and value in found]

    def values(self, subject: Any, predicate: str) -> list[Any]:
        return self._found.get((subject, predicate), [])

    def value(self, subject: Any, predicate: str) -> Any:
        found = self.values(subject, predicate)
        assert len(found) < 2, (subject, predicate, found)
        return found[0] if found else None

    def listed(self, head: Any) -> list[Any]:
        items = []
        while head != NIL:
            items.append(self.value(head, FIRST))
            head = self.value(head, REST)
        return items

    def path(self, node: Any) -> Any:
        """A path as tuples and IRIs, whatever its blank nodes are called."""
        if node is None or isinstance(node, ox.NamedNode):
            return node
        if self.values(node, FIRST):
            return ("sequence", *map(self.path, self.listed(node)))
        for sign in SIGNS:
            inner = self.value(node, SH.NS + sign)
            if inner is not None and sign == "alternativePath":
                return (sign, *map(self.path, self.listed(inner)))
            if inner is not None:
                return (sign, self.path(inner))
        raise AssertionError(f"{node} is no path")

    def said(self, report: Any, *, messages: bool = False) -> tuple[bool, Said]:
        """Whether a report conforms, and how often it says each of its results."""
        found = Counter(
            (
                *(self.value(result, SH.NS + part) for part in PARTS),
                self.path(self.value(result, SH.resultPath)),
                frozenset(self.values(result, SH.resultMessage)) if messages else None,
            )
            for result in self.values(report, SH.result)
        )
        return self.value(report, SH.conforms).value == "true", found


@pytest.fixture(scope="session")
def triples() -> type[Triples]:
    return Triples


@pytest.fixture(scope="session")
def told() -> Callable[..., tuple[bool, Said]]:
    """What a report of ours says, read from the RDF that is written of it."""

    def read(report: Any, *, messages: bool = False) -> tuple[bool, Said]:
        text = report.to_turtle().encode()
        found = Triples(ox.parse(text, format=ox.RdfFormat.TURTLE))
        (node,) = found.subjects(RDF.type, ox.NamedNode(SH.ValidationReport))
        return found.said(node, messages=messages)

    return read
