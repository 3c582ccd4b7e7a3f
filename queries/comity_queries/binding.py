"""Put typed values into a query, in place of its example values.

A parameter stands in the file as ``VALUES ?on { … }``, once in every group that
filters on it. All of these blocks are replaced in one pass over the tokens, so
that nothing in a comment, a string or a value just written is touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from comity_ontology.errors import ParameterError, QueryError

from .model import Parameter, Query
from .nearest import nearest
from .tokens import Token, code_tokens
from .values import term

__all__ = ["ValuesBlock", "bind", "values_blocks"]


@dataclass(frozen=True, slots=True)
class ValuesBlock:
    """One ``VALUES ?p { … }`` of a query.

    Attributes
    ----------
    variable : str
        Its variable, without the question mark.
    start, end : int
        From the brace to after its closing brace, in code points.
    content : tuple of str
        The tokens between the braces.
    keyword : Token
        The word VALUES.
    """

    variable: str
    start: int
    end: int
    content: tuple[str, ...]
    keyword: Token


def values_blocks(code: list[Token]) -> Iterator[ValuesBlock]:
    """Find the blocks of single variables, in the order of the text.

    Parameters
    ----------
    code : list of Token
        A query without its comments.

    Yields
    ------
    ValuesBlock
        Not those that are written with parentheses, ``VALUES (?p) { (…) }``:
        they hold constants of the query.
    """
    for index, token in enumerate(code[:-2]):
        if not token.is_word("VALUES") or code[index + 1].kind != "variable":
            continue
        if code[index + 2].kind != "open":
            continue
        inside = index + 3
        end = next((n for n in range(inside, len(code)) if code[n].kind == "close"), None)
        if end is None:
            return
        yield ValuesBlock(
            code[index + 1].text[1:],
            code[index + 2].start,
            code[end].end,
            tuple(part.text for part in code[inside:end]),
            token,
        )


def bind(query: Query, values: Mapping[str, object]) -> str:
    """Write values into a query.

    Parameters
    ----------
    query : Query
        A question of the catalogue.
    values : mapping of str to object
        A typed value for each parameter (IRIs and codes as str, days as
        datetime.date), or a list of them for one declared ``many``. None and
        an empty list count as absent: the default is taken, else ``UNDEF``.

    Returns
    -------
    str
        The query with every block of every parameter replaced.

    Raises
    ------
    ParameterError
        For an unknown parameter, a missing one, or a value of the wrong type.
    QueryError
        When the file has no block for a declared parameter.
    """
    for name in values:
        if name not in query.parameters:
            raise ParameterError(
                f"query {query.name} has no parameter {name}{nearest(name, query.parameters)}"
            )
    terms = {
        name: " ".join(_terms(query, parameter, values.get(name)))
        for name, parameter in query.parameters.items()
    }
    parts: list[str] = []
    last = 0
    bound = set()
    for block in values_blocks(code_tokens(query.text)):
        if block.variable in terms:
            parts += [query.text[last : block.start], "{ ", terms[block.variable], " }"]
            last = block.end
            bound.add(block.variable)
    if missing := [name for name in terms if name not in bound]:
        raise QueryError(f"{query.path}: there is no VALUES ?{missing[0]} {{ … }} to bind")
    return "".join([*parts, query.text[last:]])


def _terms(query: Query, parameter: Parameter, value: object) -> list[str]:
    if _absent(value):
        value = parameter.default
    if _absent(value):
        if parameter.required:
            raise ParameterError(
                f"query {query.name} needs the parameter {parameter.name} ({parameter.type})"
            )
        return ["UNDEF"]
    if not isinstance(value, list | tuple | set | frozenset):
        return [term(parameter, value)]
    if not parameter.many and len(value) > 1:
        raise ParameterError(f"parameter {parameter.name} takes one value, not {len(value)}")
    written = dict.fromkeys(term(parameter, single) for single in value)
    # A set has no order of its own, and the same question must give the same text.
    return sorted(written) if isinstance(value, set | frozenset) else list(written)


def _absent(value: object) -> bool:
    return value is None or (isinstance(value, list | tuple | set | frozenset) and not value)
