"""Paths of properties as results have them: short for people, and back to RDF.

The text is a SPARQL 1.1 property path (§9.1) whose IRIs stand between angle
brackets; a single property is its bare IRI
(:func:`comity.validation.shapes.path.path_text`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import count

import pyoxigraph as ox

from comity.validation.shapes.path import (
    Alternative,
    Inverse,
    Path,
    Predicate,
    Repeated,
    Sequence,
)
from comity_ontology.prefixes import shorten
from comity_ontology.terms import RDF, SH

__all__ = ["path_triples", "short_path"]

_TOKENS = re.compile(r"<([^<>]*)>|([/|^()*+?])")
_NIL = ox.NamedNode(RDF.NS + "nil")
_REPEATED = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}


def short_path(path: str) -> str:
    """Write a path with short forms, for people.

    Examples
    --------
    >>> short_path("https://w3id.org/comity/ns#party")
    'comity:party'
    >>> short_path("^<https://w3id.org/comity/ns#aim>/<http://purl.org/dc/terms/type>*")
    '^comity:aim/dcterms:type*'
    """
    if "<" not in path:
        return shorten(path)
    return re.sub(r"<([^<>]*)>", lambda found: shorten(found[1]), path)


def path_triples(path: str, label: str) -> tuple[ox.NamedNode | ox.BlankNode, list[ox.Triple]]:
    """Describe a path in RDF (SHACL §2.3.1).

    Parameters
    ----------
    path : str
        As :func:`path_text` writes it.
    label : str
        Beginning of the labels of blank nodes.

    Returns
    -------
    node, triples
        The path's node, and what describes it.

    Raises
    ------
    ValueError
        The text is no path.
    """
    if "<" not in path:
        return ox.NamedNode(path), []
    triples: list[ox.Triple] = []
    numbers = count()

    def blank() -> ox.BlankNode:
        return ox.BlankNode(f"{label}p{next(numbers)}")

    def add(subject: ox.BlankNode, name: str, value: ox.NamedNode | ox.BlankNode) -> None:
        triples.append(ox.Triple(subject, ox.NamedNode(name), value))

    def listed(members: tuple[Path, ...]) -> ox.BlankNode:
        nodes = [blank() for _ in members]
        for number, member in enumerate(members):
            last = number + 1 == len(nodes)
            add(nodes[number], RDF.NS + "first", described(member))
            add(
                nodes[number],
                RDF.NS + "rest",
                ox.NamedNode(RDF.NS + "nil") if last else nodes[number + 1],
            )
        return nodes[0]

    def described(path: Path) -> ox.NamedNode | ox.BlankNode:
        value: ox.NamedNode | ox.BlankNode
        match path:
            case Predicate(iri):
                return ox.NamedNode(iri)
            case Sequence(parts):
                return listed(parts)
            case Alternative(parts):
                name, value = "alternativePath", listed(parts)
            case Inverse(inner):
                name, value = "inversePath", described(inner)
            case Repeated(inner, sign):
                name, value = _REPEATED[sign], described(inner)
        node = blank()
        add(node, SH.NS + name, value)
        return node

    return described(_parsed(path)), triples


@lru_cache(maxsize=1_024)
def _parsed(path: str) -> Path:
    """Read a path."""
    tokens = list(_TOKENS.finditer(path))
    reader = _Reader([(token[1] or "", token[2] or "") for token in tokens])
    tree = reader.alternatives()
    if "".join(token[0] for token in tokens) != path or reader.tokens:
        raise ValueError(f"{path!r} is no property path")
    return tree


class _Reader:
    """Takes a path apart: alternatives of sequences of elements, inverse or repeated."""

    def __init__(self, tokens: list[tuple[str, str]]):
        self.tokens = tokens[::-1]

    def _sign(self) -> str:
        return self.tokens[-1][1] if self.tokens else ""

    def alternatives(self) -> Path:
        members = self._several("|", self._sequence)
        return members[0] if len(members) == 1 else Alternative(members)

    def _sequence(self) -> Path:
        members = self._several("/", self._element)
        return members[0] if len(members) == 1 else Sequence(members)

    def _several(self, separator: str, one: Callable[[], Path]) -> tuple[Path, ...]:
        members = [one()]
        while self._sign() == separator:
            self.tokens.pop()
            members.append(one())
        return tuple(members)

    def _element(self) -> Path:
        iri, sign = self.tokens.pop() if self.tokens else ("", "")
        if sign == "^":
            return Inverse(self._element())
        path: Path = Predicate(iri)
        if sign == "(":
            path = self.alternatives()
            sign = self.tokens.pop()[1].strip(")") if self.tokens else "("
        if sign or path == Predicate(""):
            raise ValueError("a property path lacks an IRI or a bracket")
        while (sign := self._sign()) and sign in "*+?":
            self.tokens.pop()
            path = Repeated(path, sign)
        return path
