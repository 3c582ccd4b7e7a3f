"""Faults of a query file that an engine would pass over in silence, or a client trip over.

The chief one is scope. A FILTER sees only what is bound in its own group
(SPARQL 1.1 section 18.2.2), so a parameter whose VALUES stands further out is
unbound in it, and the query gives wrong rows without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from comity_ontology.errors import ComityError, InputError

from .binding import bind, values_blocks
from .forbidden import forbidden
from .grouping import read_groups
from .groups import Expression, Group
from .header import read_query
from .model import RESERVED_NAMES, Query
from .tokens import DEEPEST, Token, code_tokens, deepest, position

__all__ = ["Finding", "lint", "lint_text"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault.

    Attributes
    ----------
    path : Path
        The file.
    line, column : int
        Where, counted from 1; 1 and 1 for what concerns the whole file.
    message : str
        What is wrong, and what to do.
    """

    path: Path
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


def lint_text(text: str, path: Path) -> list[Finding]:
    """Look through the text of a query file, header faults included.

    Parameters
    ----------
    text : str
        The whole file.
    path : Path
        Its name.

    Returns
    -------
    list of Finding
        One only, when the header cannot be read.
    """
    try:
        query = read_query(text, name=path.stem, topic=path.parent.name, path=path)
    except InputError as error:
        return [Finding(path, 1, 1, str(error))]
    return lint(query)


def lint(query: Query) -> list[Finding]:
    """Look through one question.

    Parameters
    ----------
    query : Query
        A question whose header could be read.

    Returns
    -------
    list of Finding
        In the order of the text; empty for a sound file.
    """
    if (place := deepest(query.text, DEEPEST)) is not None:
        message = f"brackets are nested more than {DEEPEST} deep: write the query flatter"
        return [Finding(query.path, *place, message)]
    root = read_groups(query.text)
    found = [
        *_header(query, root),
        *_outside(query),
        *_blocks(query, root),
        *_scope(query, root),
        *_order(root),
    ]
    findings = [
        Finding(query.path, *position(query.text, token.start if token else 0), message)
        for token, message in found
    ]
    if not findings and (message := _does_not_parse(query)):
        findings.append(Finding(query.path, 1, 1, message))
    return sorted(findings, key=lambda finding: (finding.line, finding.column))


_Found = Iterator[tuple[Token | None, str]]


def _header(query: Query, root: Group) -> _Found:
    for name in query.parameters:
        if name.lower() in RESERVED_NAMES:
            yield None, f"parameter {name}: the name is taken by an option of every query"
    if not root.select:
        yield None, "is no SELECT; only those have rows"
    elif root.star:
        yield None, "SELECT *: name the columns"
    elif root.projected != list(query.columns):
        yield (
            None,
            f"columns are {', '.join(query.columns)}, but SELECT gives {', '.join(root.projected)}",
        )


def _outside(query: Query) -> _Found:
    for match in forbidden(query.text):
        yield None, f"{match.keyword} in line {match.line}: a query opens no connections"
    for token in code_tokens(query.text):
        if token.is_word("FROM"):
            yield token, "FROM: several give a bag, not a set; the default graph holds the union"


def _blocks(query: Query, root: Group) -> _Found:
    code = code_tokens(query.text)
    contents: dict[str, tuple[str, ...]] = {}
    for block in values_blocks(code):
        name = block.variable
        if name not in query.parameters:
            yield (
                block.keyword,
                f"VALUES ?{name}: the header has no such parameter; "
                f"for constants write VALUES (?{name}) {{ (…) }}",
            )
        elif not block.content:
            yield block.keyword, f"VALUES ?{name} is empty, which no row satisfies; write UNDEF"
        elif contents.setdefault(name, block.content) != block.content:
            yield block.keyword, f"VALUES ?{name} has another example value than further up"
    for group in root.walk():
        for token in group.tables:
            if token.text[1:] in query.parameters:
                yield token, f"{token.text} is a parameter: it needs a VALUES block of its own"
        for expression in group.expressions:
            if expression.alias in query.parameters:
                yield expression.keyword, f"?{expression.alias} is a parameter: AS cannot set it"
    for name in query.parameters:
        if name not in contents:
            yield None, f"parameter {name}: there is no VALUES ?{name} {{ … }}"


def _scope(query: Query, root: Group) -> _Found:
    for group in root.walk():
        home = group.where if group.select else group
        for expression in group.expressions:
            if not expression.keyword.is_word("ORDER"):
                yield from _expression(query, expression, home or group)
        if group.select and group is not root and not group.star:
            yield from _own_variables(query, group)


def _expression(query: Query, expression: Expression, home: Group) -> _Found:
    keyword = expression.keyword.text.upper()
    seen = set()
    for token in expression.variables:
        name = token.text[1:]
        parameter = query.parameters.get(name)
        if parameter is None or name in seen:
            continue
        seen.add(name)
        blocks = home.values.get(name)
        # The clauses of a select see all that its WHERE gives, also from further in.
        of_clause = keyword not in ("FILTER", "BIND")
        if not blocks and not (of_clause and home.binds(name)):
            yield (
                token,
                f"{keyword} uses the parameter {token.text}, but its group has no "
                f"VALUES {token.text}; one further out is not seen here",
            )
        elif keyword == "BIND" and blocks and blocks[0].start > token.start:
            yield token, f"BIND uses {token.text} before its VALUES; put the VALUES first"
        optional = not parameter.required and parameter.default is None
        if optional and name not in expression.guarded and not expression.coalesces:
            yield (
                token,
                f"{keyword} uses the optional parameter {token.text}: "
                f"begin with !BOUND({token.text}) || …, or no row is left when it is absent",
            )


def _own_variables(query: Query, select: Group) -> _Found:
    """Find patterns on a variable that a sub-select keeps to itself: it is not the parameter."""
    groups = list(select.walk())
    bound = {name for group in groups for name in group.values}
    seen = set()
    for group in groups:
        for token in group.plain:
            name = token.text[1:]
            if name not in query.parameters or name in bound or name in select.projected:
                continue
            if name not in seen:
                seen.add(name)
                yield (
                    token,
                    f"the sub-select uses the parameter {token.text} in a pattern, but neither has "
                    f"a VALUES {token.text} nor selects it",
                )


def _order(root: Group) -> _Found:
    """Demand sort keys that no two different rows share.

    That is so when they cover all columns, or all keys of the GROUP BY that the
    rows come from: the query's own, or that of a sub-select with nothing beside
    it but filters and parameters.
    """
    if not root.select:
        return
    if not root.ordered:
        yield None, "there is no ORDER BY, so rows come in any order"
        return
    missing = [_missing(keys, root.ordered) for keys in _row_keys(root)]
    if all(missing):
        fewest = min(missing, key=len)
        yield None, f"ORDER BY leaves ties: add {' '.join('?' + name for name in fewest)}"


def _missing(keys: list[str], ordered: list[str]) -> list[str]:
    return [name for name in keys if name not in ordered]


def _row_keys(root: Group) -> Iterator[list[str]]:
    yield root.projected
    group: Group | None = root
    while group is not None and group.select:
        if group.grouped:
            if "" not in group.grouped:
                yield group.grouped
            return
        where = group.where
        exists = where is not None and (where.plain or where.tables or len(where.children) != 1)
        group = None if where is None or exists else where.children[0]


def _does_not_parse(query: Query) -> str:
    """Run the file and its example on an empty store: it has no SERVICE, as was checked."""
    from pyoxigraph import Store

    try:
        Store().query(query.text)
        Store().query(bind(query, query.example))
    except (SyntaxError, ComityError) as error:
        return f"does not run: {error}"
    return ""
