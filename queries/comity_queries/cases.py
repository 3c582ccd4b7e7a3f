"""Expected results that are kept beside a question, as YAML.

``mine.rq`` may have ``mine.cases.yaml``: a list of cases, each with a name (``case``), the
``values`` of the parameters, the ``columns`` that are compared, and the ``rows`` in their
order. Nodes are in short form, an empty cell is unbound, and a cell of type ``iris`` holds
several separated by spaces, compared as a set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from comity_ontology.errors import InputError, ParameterError
from comity_ontology.prefixes import shorten

from .model import Query
from .parse import expand_iri, parse_value
from .plain_yaml import read_yaml

__all__ = ["Case", "differences", "read_cases"]

_KEYS = ("case", "values", "columns", "rows")


@dataclass(frozen=True, slots=True)
class Case:
    """One expected result.

    Attributes
    ----------
    name : str
        What the case is about.
    values : mapping of str to object
        Typed values of the parameters, ready to be bound.
    columns : tuple of str
        The columns that are compared.
    rows : tuple of tuple of str
        The cells of each row, as they are written.
    """

    name: str
    values: Mapping[str, object]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_cases(path: Path, query: Query) -> list[Case]:
    """Read the expected results of a question.

    Parameters
    ----------
    path : Path
        A file of cases.
    query : Query
        The question that they are about.

    Returns
    -------
    list of Case

    Raises
    ------
    InputError
        The file is no YAML, or a case does not fit the question; file and case
        are named.
    """
    try:
        # Every scalar stays text: YAML would make dates and booleans of some.
        given = read_yaml(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{path}, line {line}: {error.problem}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from None
    if not isinstance(given, list) or not given:
        raise InputError(f"{path}: should be a list of cases, each with {', '.join(_KEYS)}")
    return [_case(case, number, path, query) for number, case in enumerate(given, start=1)]


def differences(query: Query, case: Case, rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Say where an answer is not the expected one.

    Parameters
    ----------
    query : Query
    case : Case
    rows : sequence of mapping
        The answer: column to text of the term; what is unbound is left out.

    Yields
    ------
    str
        One difference, by row.
    """
    kinds = [query.columns[name] for name in case.columns]
    found = [
        [
            _comparable(kind, row.get(name, ""))
            for kind, name in zip(kinds, case.columns, strict=True)
        ]
        for row in rows
    ]
    wanted = [
        [_comparable(kind, cell) for kind, cell in zip(kinds, row, strict=True)]
        for row in case.rows
    ]
    if len(found) != len(wanted):
        yield f"{len(wanted)} rows are expected and {len(found)} found"
    for number, (one, other) in enumerate(zip(wanted, found, strict=False), start=1):
        for name, expected, cell in zip(case.columns, one, other, strict=True):
            if expected != cell:
                yield f"row {number}, {name}: {_shown(expected)} is expected, not {_shown(cell)}"


def _case(given: object, number: int, path: Path, query: Query) -> Case:
    where = f"{path}, case {number}"
    if not isinstance(given, dict):
        raise InputError(f"{where}: should be a mapping with {', '.join(_KEYS)}")
    for key in given:
        if key not in _KEYS:
            raise InputError(f"{where}: unknown key {key!r}; known are {', '.join(_KEYS)}")
    name = given.get("case")
    if not isinstance(name, str) or not name.strip():
        raise InputError(f"{where}: case: is missing; say in a line what it is about")
    columns = given.get("columns")
    if not isinstance(columns, list) or not columns:
        raise InputError(f"{where}: columns: list those that are compared")
    for column in columns:
        if column not in query.columns:
            raise InputError(f"{where}: columns: {query.name} has no column {column!r}")
    rows = given.get("rows") or []
    if not isinstance(rows, list) or any(
        not isinstance(row, list) or len(row) != len(columns) for row in rows
    ):
        raise InputError(f"{where}: rows: each should be a list of {len(columns)} cells")
    values = given.get("values") or {}
    if not isinstance(values, dict):
        raise InputError(f"{where}: values: should be a mapping of parameters")
    return Case(
        name=name,
        values=_values(values, query, where),
        columns=tuple(columns),
        rows=tuple(tuple(_cell(cell, where) for cell in row) for row in rows),
    )


def _values(given: Mapping[str, Any], query: Query, where: str) -> dict[str, object]:
    typed: dict[str, object] = {}
    for name, value in given.items():
        parameter = query.parameters.get(name)
        if parameter is None:
            raise InputError(f"{where}: values: {query.name} has no parameter {name!r}")
        try:
            if isinstance(value, list):
                typed[name] = [parse_value(parameter, text) for text in value]
            else:
                typed[name] = parse_value(parameter, value)
        except ParameterError as error:
            raise InputError(f"{where}: values: {error}") from None
    return typed


def _cell(given: object, where: str) -> str:
    if not isinstance(given, str):
        raise InputError(f"{where}: rows: a cell is text, not {given!r}")
    return given


def _comparable(kind: str, text: str) -> object:
    if kind == "iri":
        return expand_iri(text) or text
    if kind == "iris":
        return frozenset(expand_iri(part) or part for part in text.split())
    if kind == "decimal" and text:
        try:
            return Decimal(text)
        except InvalidOperation:
            return text
    return text


def _shown(value: object) -> str:
    if isinstance(value, frozenset):
        return repr(" ".join(sorted(shorten(iri) for iri in value)))
    return repr(shorten(value)) if isinstance(value, str) else str(value)
