"""What a query in a shape must not contain (SHACL §5.2.1, 5.3.1, 6.2.1 and appendix A)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from comity.errors import NotSupported, QueryError
from comity.validation.constraints.probing import is_defined
from comity.validation.constraints.sparql.text import code_of, fault_at, fault_on_line
from comity_queries.forbidden import forbidden
from comity_queries.groups import Group
from comity_queries.tokens import DEEPEST, Token, deepest

__all__ = ["AGGREGATES", "check_patterns", "check_subselects", "check_text", "check_words"]

LONGEST = 100_000
"""Characters of a query in a shape."""
AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")
_REFUSED = {
    "MINUS": "SHACL does not allow MINUS here; write FILTER NOT EXISTS { … }",
    "VALUES": "SHACL does not allow VALUES here; write FILTER (?x IN (…))",
    "FROM": "the data graph is what is asked; remove FROM",
}
_LACKING = {
    "PATH": "its shape has no sh:path; name the property in the query",
    "currentShape": "its shape has no IRI; give it one",
}
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "INSERT", "DELETE", "LOAD", "CLEAR", "DROP")
_UNREADABLE = "the shapes graph cannot be read by queries here ($shapesGraph); write what is needed"


def check_text(text: str) -> None:
    """Refuse what is too long or too deep, calls another server, or hides what it is.

    Raises
    ------
    QueryError
        With the place in the query.
    """
    if len(text) > LONGEST:
        raise QueryError(f"it has more than {LONGEST:,} characters")
    if place := deepest(text, DEEPEST):
        line, column = place
        said = f"line {line}, column {column}: brackets are nested more than {DEEPEST} deep"
        raise QueryError(said, line=line, column=column)
    for found in forbidden(text):
        raise QueryError(
            f"line {found.line}, column {found.column}: {found.keyword} would call another "
            "server; remove it",
            line=found.line,
            column=found.column,
        )
    previous = None
    for token in code_of(text):
        if token.kind == "mark" and token.text == "\\":
            raise fault_at(text, token.start, "write the character itself, not its number")
        if previous and previous.text == "{" and token.text == "|" and token.start == previous.end:
            raise fault_at(text, previous.start, "annotations, {| |}, are not part of SPARQL 1.1")
        previous = token


def check_words(text: str, form: str, prebound: Collection[str], values: Collection[str]) -> None:
    """Refuse another form of query, and what pre-binding gives no meaning to.

    Parameters
    ----------
    text : str
        As it was written.
    form : str
        What it should be: SELECT or ASK.
    prebound : collection of str
        Names of the variables that have a value before the query is asked.
    values : collection of str
        Names of those of them that are known here.

    Raises
    ------
    QueryError
    NotSupported
        It reads the shapes graph, which a processor need not offer (§5.3.1).
    """
    code = code_of(text)
    first = next((token for token in code if token.is_word(*_FORMS)), None)
    if first is None or not first.is_word(form):
        place = first.start if first else 0
        raise fault_at(text, place, f"it is no {form} query")
    for before, token in pairwise(code):
        for word, advice in _REFUSED.items():
            if token.is_word(word):
                raise fault_at(text, token.start, advice)
        if token.kind != "variable":
            continue
        name = token.text[1:]
        if name in _LACKING and name not in values:
            raise fault_at(text, token.start, f"it uses ${name}, but {_LACKING[name]}")
        if name == "shapesGraph":
            line, column = _place(text, token)
            raise NotSupported(f"line {line}, column {column}: {_UNREADABLE} in the query")
        if before.is_word("AS") and name in prebound:
            said = f"{token.text} has a value already; give what is computed another name"
            raise fault_at(text, token.start, said)


def _place(text: str, token: Token) -> tuple[int | None, int | None]:
    error = fault_at(text, token.start, "")
    return error.line, error.column


def check_subselects(text: str, root: Group, prebound: Collection[str]) -> None:
    """See that each sub-select passes on what has a value (appendix A).

    Parameters
    ----------
    text : str
        Spelt out.
    root : Group
        Its groups, with names in place of any ``*``.
    prebound : collection of str
        Names of the variables that must be passed on.
    """
    for group in root.walk():
        if not group.select or group is root:
            continue
        for name in sorted(prebound):
            if name not in group.projected:
                said = f"a SELECT within the query must pass ${name} on; add it"
                raise fault_on_line(text, group.start, said)


def check_patterns(text: str) -> None:
    """Refuse regular expressions that the engine does not take: they would never match.

    Only those that are written as text are seen.
    """
    for token, flags in _patterns(code_of(text)):
        if not is_defined(f"REGEX('', {token.text}{flags})"):
            said = f"the regular expression {token.text[:80]} is not understood; correct it"
            raise fault_on_line(text, token.start, said)


def _patterns(code: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Find the patterns of REGEX and REPLACE, and the flags where they are written out."""
    for at, token in enumerate(code):
        if not token.is_word("REGEX", "REPLACE"):
            continue
        arguments = _arguments(code, at + 1)
        flags_at = 2 if token.is_word("REGEX") else 3
        if len(arguments) < 2 or len(arguments[1]) != 1 or arguments[1][0].kind != "string":
            continue
        flags = ""
        if len(arguments) > flags_at:
            written = arguments[flags_at]
            if len(written) != 1 or not re.fullmatch(r"[\"'][a-z]*[\"']", written[0].text):
                continue
            flags = f", {written[0].text}"
        yield arguments[1][0], flags


def _arguments(code: Sequence[Token], at: int) -> list[list[Token]]:
    """Return the arguments of a call, whose bracket is a token by its number."""
    found: list[list[Token]] = [[]]
    depth = 0
    for token in code[at:]:
        opens, closes = token.text in ("(", "{"), token.text in (")", "}")
        depth += opens - closes
        if depth == 0:
            break
        if depth == 1 and token.text == ",":
            found.append([])
        elif not (depth == 1 and opens):
            found[-1].append(token)
    return found
