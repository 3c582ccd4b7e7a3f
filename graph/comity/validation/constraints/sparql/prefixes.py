"""Prefixes that a shapes graph declares for queries (SHACL §5.2.1)."""

from __future__ import annotations

import pyoxigraph as ox

from comity.errors import QueryError
from comity.validation.shapes.model import Node, Term
from comity.validation.shapes.triples import Triples, written
from comity_ontology.terms import OWL, SH

__all__ = ["prefixes_for"]

_PREFIXES, _DECLARE = SH.NS + "prefixes", SH.NS + "declare"
_PREFIX, _NAMESPACE = SH.NS + "prefix", SH.NS + "namespace"
_IMPORTS = OWL.NS + "imports"


def prefixes_for(graph: Triples, node: Node) -> dict[str, str]:
    """Return namespaces by prefix, for a node with ``sh:prefixes``.

    Those count that are declared there, or where that imports from, at any distance,
    as far as it is in the shapes graph.

    Raises
    ------
    QueryError
        A declaration is incomplete, its namespace is no IRI, or two give one prefix
        different namespaces.
    """
    found: dict[str, str] = {}
    waiting: list[Term] = list(graph.values(node, _PREFIXES))
    seen = set(waiting)
    for owner in waiting:
        for declaration in graph.values(owner, _DECLARE):
            prefix = _text(graph, owner, declaration, _PREFIX, "sh:prefix")
            namespace = _text(graph, owner, declaration, _NAMESPACE, "sh:namespace")
            _check(prefix, namespace)
            if found.setdefault(prefix, namespace) != namespace:
                raise QueryError(
                    f"the prefix {prefix}: is declared as {found[prefix]} and as {namespace}: "
                    "keep one"
                )
        new = [one for one in graph.values(owner, _IMPORTS) if one not in seen]
        seen.update(new)
        waiting += new
    return found


def _check(prefix: str, namespace: str) -> None:
    try:
        ox.NamedNode(namespace)
    except ValueError as error:
        raise QueryError(
            f"the prefix {prefix}: is declared as {namespace}, which is no full IRI ({error})"
        ) from error


def _text(graph: Triples, owner: Term, declaration: Term, parameter: str, name: str) -> str:
    values = graph.values(declaration, parameter)
    if len(values) != 1 or not isinstance(values[0], ox.Literal):
        raise QueryError(
            f"a declaration of a prefix at {written(owner)} (sh:declare) needs one {name}, as text"
        )
    return values[0].value
