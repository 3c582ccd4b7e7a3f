"""Running the questions of the catalogue: names become nodes, codes are checked."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from comity.errors import ParameterError
from comity.labels import resolve
from comity.results import Rows
from comity.results.values import Term
from comity.sparql import ask
from comity.store import Store
from comity_ontology.prefixes import shorten
from comity_ontology.terms import SKOS
from comity_queries import Parameter, Query, bind, check_code, get, parse_value

__all__ = ["for_reading", "prepare", "run"]

NOTHING = ox.Literal("")


def run(
    store: Store,
    name: str,
    values: Mapping[str, object],
    *,
    limit: int | None = None,
    timeout: float | None = None,
    extra: Path | None = None,
) -> Rows:
    """Ask a question of the catalogue.

    Parameters
    ----------
    store : Store
    name : str
        The question's name.
    values : mapping
        Parameter to value, or list of values for a parameter that takes many.
        A value has its Python type, or is text as on a command line; a node
        is given by IRI, short form or name.
    limit : int, optional
        Rows to keep at most.
    timeout : float, optional
        Seconds; needs a store in a directory.
    extra : Path, optional
        A folder with more queries.

    Returns
    -------
    Rows
        With the columns that the question's header declares.

    Raises
    ------
    ParameterError
        Unknown question, parameter, code or name, a value of the wrong type,
        or an IRI that is not in the graph.
    TimeLimit
        The time is up.
    """
    query = get(name, extra)
    one_more = None if limit is None else limit + 1
    rows = ask(store, prepare(store, query, values), limit=one_more, timeout=timeout)
    if not isinstance(rows, Rows):
        raise ParameterError(f"{name} is no SELECT query")
    sets = [query.columns.get(column) == "iris" for column in rows.variables]
    ordered = (
        tuple(_in_order(term) if is_set else term for term, is_set in zip(row, sets, strict=True))
        for row in rows.terms()
    )
    return Rows(rows.variables, ordered, limit=limit, types=query.columns)


def for_reading(query: Query, rows: Rows) -> Rows:
    """Leave out what a person does not need on a screen.

    A column of IRIs with a column of labels beside it goes, and so does a
    column that is empty in all rows; passages are named by document and number.
    """
    filled = [
        any(term is not None and term != NOTHING for term in terms)
        for terms in zip(*rows.terms(), strict=True)
    ]
    kept = [
        number
        for number, name in enumerate(rows.variables)
        if filled
        and filled[number]
        and not (query.columns.get(name) == "iri" and f"{name}Label" in rows.variables)
    ]
    sets = {number for number in kept if query.columns.get(rows.variables[number]) == "iris"}
    return Rows(
        [rows.variables[number].removesuffix("Label") for number in kept],
        (
            [_gathered(row[number]) if number in sets else row[number] for number in kept]
            for row in rows.terms()
        ),
    )


def _gathered(iris: Term | None) -> Term | None:
    """Write passages of one document together: ``kosgeb-kobia-2021-02-25 3, 13``."""
    if not isinstance(iris, ox.Literal):
        return iris
    numbers: dict[str, list[str]] = {}
    for iri in iris.value.split():
        start, _, end = iri.rpartition("/")
        is_passage = end.isdigit()
        name = start.rpartition("/")[2] if is_passage else shorten(iri)
        numbers.setdefault(name, []).extend([end] if is_passage else [])
    named = (f"{name} {', '.join(ends)}".strip() for name, ends in numbers.items())
    return ox.Literal("; ".join(named))


def _in_order(iris: Term | None) -> Term | None:
    """Put a set of IRIs in order: an engine may concatenate them in any."""
    if not isinstance(iris, ox.Literal):
        return iris
    return ox.Literal(" ".join(sorted(set(iris.value.split()), key=_natural)))


def prepare(store: Store, query: Query, values: Mapping[str, object]) -> str:
    """Return a question's SPARQL with typed values bound; see :func:`run`."""
    typed: dict[str, object] = {}
    for name, value in values.items():
        parameter = query.parameters.get(name)
        if parameter is None or value is None:
            typed[name] = value
        elif isinstance(value, list | tuple | set | frozenset):
            typed[name] = _many(store, parameter, value)
        else:
            typed[name] = _one(store, parameter, value)
    return bind(query, typed)


def _many(store: Store, parameter: Parameter, values: Iterable[object]) -> list[object]:
    """Read a list; a node that is not in the graph is warned of, unless none is left."""
    found: list[object] = []
    missing: list[ParameterError] = []
    for value in values:
        try:
            found.append(_one(store, parameter, value))
        except ParameterError as problem:
            if parameter.type != "iri":
                raise
            missing.append(problem)
    if missing and not found:
        raise missing[0]
    for error in missing:
        warnings.warn(f"left out: {error}", stacklevel=4)
    return found


def _one(store: Store, parameter: Parameter, value: object) -> object:
    if not isinstance(value, str):
        return value
    if parameter.type == "iri":
        try:
            return resolve(store, value, parameter.classes)
        except ParameterError as error:
            raise ParameterError(f"parameter {parameter.name}: {error}") from error
    typed = parse_value(parameter, value)
    if parameter.type == "code":
        return check_code(parameter, str(typed), _codes(store, parameter))
    return typed


def _codes(store: Store, parameter: Parameter) -> set[str]:
    scheme = ox.NamedNode(parameter.scheme) if parameter.scheme else None
    found = {
        quad.subject.value
        for quad in store.match(None, ox.NamedNode(SKOS.inScheme), scheme, ox.DefaultGraph())
        if isinstance(quad.subject, ox.NamedNode)
    }
    if not found and parameter.scheme:
        raise ParameterError(f"{shorten(parameter.scheme)} has no codes in this store")
    return found


def _natural(iri: str) -> tuple[str, int, str]:
    """Sort passage 3 before passage 13."""
    start, _, end = iri.rpartition("/")
    return (start, int(end) if end.isascii() and end.isdigit() else 0, end)
