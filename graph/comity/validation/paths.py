"""Paths of properties: from RDF to text, short for people, and back to RDF.

The text is a SPARQL 1.1 property path (§9.1) whose IRIs stand between angle
brackets; a single property is its bare IRI.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import count
from typing import TypeAlias

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from comity_ontology.prefixes import shorten

__all__ = ["path_text", "path_triples", "short_path"]

_Tree: TypeAlias = "str | tuple[str, tuple[_Tree, ...]]"
_TOKENS = re.compile(r"<([^<>]*)>|([/|^()*+?])")
_REPEATED = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}
_NAMES = {
    "^": "inversePath",
    "|": "alternativePath",
    "*": "zeroOrMorePath",
    "+": "oneOrMorePath",
    "?": "zeroOrOnePath",
}


def path_text(graph: rdflib.Graph, path: rdflib.term.Node | None) -> str:
    """Write a path (SHACL §2.3.1) as text.

    Parameters
    ----------
    graph : rdflib.Graph
        Where the path is described.
    path : Node or None
        Its node.

    Returns
    -------
    str
        Empty for no path.
    """
    if path is None or isinstance(path, rdflib.URIRef):
        return str(path or "")
    return _written(graph, path, 0)


def _written(graph: rdflib.Graph, path: rdflib.term.Node, binding: int) -> str:
    """Write a path; in brackets where it binds less than what is around it."""
    if isinstance(path, rdflib.URIRef):
        return f"<{path}>"
    if (path, RDF.first, None) in graph:
        own, text = 1, "/".join(_written(graph, one, 2) for one in Collection(graph, path))
    elif (choice := graph.value(path, SH.alternativePath)) is not None:
        own, text = 0, "|".join(_written(graph, one, 1) for one in Collection(graph, choice))
    elif (behind := graph.value(path, SH.inversePath)) is not None:
        own, text = 2, f"^{_written(graph, behind, 3)}"
    else:
        for predicate, sign in _REPEATED.items():
            if (inner := graph.value(path, predicate)) is not None:
                own, text = 2, f"{_written(graph, inner, 3)}{sign}"
                break
        else:
            return ""
    return f"({text})" if own < binding else text


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

    def listed(members: tuple[_Tree, ...]) -> ox.BlankNode:
        nodes = [blank() for _ in members]
        for number, member in enumerate(members):
            last = number + 1 == len(nodes)
            add(nodes[number], RDF.first, described(member))
            add(nodes[number], RDF.rest, ox.NamedNode(RDF.nil) if last else nodes[number + 1])
        return nodes[0]

    def described(tree: _Tree) -> ox.NamedNode | ox.BlankNode:
        if isinstance(tree, str):
            return ox.NamedNode(tree)
        sign, members = tree
        if sign == "/":
            return listed(members)
        node = blank()
        add(node, SH[_NAMES[sign]], listed(members) if sign == "|" else described(members[0]))
        return node

    return described(_parsed(path)), triples


@lru_cache(maxsize=1_024)
def _parsed(path: str) -> _Tree:
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

    def alternatives(self) -> _Tree:
        return self._several("|", self._sequence)

    def _sequence(self) -> _Tree:
        return self._several("/", self._element)

    def _several(self, separator: str, one: Callable[[], _Tree]) -> _Tree:
        members = [one()]
        while self._sign() == separator:
            self.tokens.pop()
            members.append(one())
        return members[0] if len(members) == 1 else (separator, tuple(members))

    def _element(self) -> _Tree:
        iri, sign = self.tokens.pop() if self.tokens else ("", "")
        tree: _Tree = iri
        if sign == "^":
            return ("^", (self._element(),))
        if sign == "(":
            tree = self.alternatives()
            sign = self.tokens.pop()[1].strip(")") if self.tokens else "("
        if sign or not tree:
            raise ValueError("a property path lacks an IRI or a bracket")
        while (sign := self._sign()) and sign in "*+?":
            self.tokens.pop()
            tree = (sign, (tree,))
        return tree
