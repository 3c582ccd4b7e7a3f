"""Queries spelt out: full IRIs, one sign for variables, no comments, values in place of names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import pyoxigraph as ox

from comity.validation.constraints.sparql.text import code_of, edited, fault_at
from comity_queries.groups import Group
from comity_queries.tokens import Token, tokens

__all__ = ["bare_variables", "spelt_out", "with_values"]

_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:")
_SURE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
_DOUBTFUL = re.compile(r"[?$&|()'=]")


def spelt_out(text: str, prefixes: Mapping[str, str]) -> str:
    """Write a query without prologue, prefixes and comments; its lines stay where they are.

    Parameters
    ----------
    text : str
        What may begin with declarations of its own (SPARQL 1.1 §4.1.1).
    prefixes : mapping of str to str
        Namespaces by prefix; the query's own come before them.

    Raises
    ------
    QueryError
        A prefix is not declared, an IRI is relative, or it can't be told where one ends.
    """
    code = code_of(text)
    begin, own = _prologue(text, code)
    known = {**prefixes, **own}
    edits: dict[tuple[int, int], str] = {}
    for token in code:
        if token.start < begin:
            edits[token.start, token.end] = ""
        elif token.kind == "pname":
            edits[token.start, token.end] = f" {_full(text, token, known)} "
        elif token.kind == "iri":
            _check_iri(text, token)
        elif token.kind == "variable":
            edits[token.start, token.end] = f"?{token.text[1:]}"
    for token in tokens(text):
        if token.kind == "comment":
            edits[token.start, token.end] = ""
    return edited(text, edits)


def _prologue(text: str, code: Sequence[Token]) -> tuple[int, dict[str, str]]:
    """Find where the declarations end, and what they declare."""
    found: dict[str, str] = {}
    at = 0
    while at < len(code) and code[at].is_word("PREFIX", "BASE"):
        named = code[at].is_word("PREFIX")
        last = at + 1 + named
        if last >= len(code) or code[last].kind != "iri":
            raise fault_at(text, code[at].start, f"{code[at].text} is not followed by an IRI")
        if named:
            prefix = code[at + 1].text
            if code[at + 1].kind != "pname" or not prefix.endswith(":"):
                raise fault_at(text, code[at + 1].start, f"{prefix} is no prefix")
            _check_iri(text, code[last])
            found[prefix[:-1]] = code[last].text[1:-1]
        at = last + 1
    return (code[at].start if at < len(code) else len(text)), found


def _full(text: str, token: Token, prefixes: Mapping[str, str]) -> str:
    prefix, _, local = token.text.partition(":")
    if prefix not in prefixes:
        raise fault_at(
            text,
            token.start,
            f"the prefix {prefix}: is not declared; declare it with sh:declare at a value of "
            "sh:prefixes",
        )
    local = re.sub(r"\\(.)", r"\1", local)
    try:
        return str(ox.NamedNode(prefixes[prefix] + local))
    except ValueError as error:
        raise fault_at(text, token.start, f"{token.text} makes no IRI: {error}") from error


def _check_iri(text: str, token: Token) -> None:
    """Refuse what to an engine may be a comparison, and then holds variables."""
    if not _SCHEME.match(token.text):
        said = f"{token.text} is no full IRI; write it out, or put spaces around < and >"
        raise fault_at(text, token.start, said)
    if not _SURE.match(token.text) and _DOUBTFUL.search(token.text):
        said = f"{token.text} can be read as an IRI and as a comparison; put spaces around < and >"
        raise fault_at(text, token.start, said)


def bare_variables(text: str, root: Group) -> dict[int, str]:
    """Find the variables that stand by themselves in clauses of a select.

    Returns
    -------
    dict of int to str
        By where they begin: ``SELECT`` for what is projected as it is; ``GROUP`` or
        ``ORDER`` for what rows are grouped or sorted by.
    """
    found: dict[int, str] = {}
    code = code_of(text)
    for select in root.walk():
        where = select.where
        if where is None:
            continue
        depth, clause = 0, ""
        inside = [(child.start, child.end) for child in select.children]
        for token in code:
            if not select.start <= token.start < select.end:
                continue
            if any(start <= token.start < end for start, end in inside):
                continue
            depth += (token.text == "(") - (token.text == ")")
            if depth == 0 and token.kind == "word":
                word = token.text.upper()
                if word in ("SELECT", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET"):
                    clause = word
            elif depth == 0 and token.kind == "variable" and clause:
                found[token.start] = clause
    return found


def with_values(text: str, root: Group, values: Mapping[str, str]) -> str:
    """Write the values of variables instead of their names.

    Parameters
    ----------
    text : str
        A query that is spelt out.
    root : Group
        Its groups.
    values : mapping of str to str
        SPARQL, by the name of the variable.
    """
    if not values:
        return text
    bare = bare_variables(text, root)
    edits: dict[tuple[int, int], str] = {}
    code = code_of(text)
    for before, token in pairwise([code[0], *code]):
        if token.kind != "variable" or (value := values.get(token.text[1:])) is None:
            continue
        if bare.get(token.start) == "SELECT":
            value = ""
        elif token.start in bare:
            value = f"({value})"
        elif before.text == "(" and (call := _bound(code, token)):
            edits[call] = " true "
            continue
        edits[token.start, token.end] = f" {value} "
    return edited(text, edits)


def _bound(code: Sequence[Token], token: Token) -> tuple[int, int] | None:
    """Return where ``BOUND(?x)`` around a variable begins and ends."""
    at = code.index(token)
    if at > 1 and code[at - 2].is_word("BOUND"):
        return code[at - 2].start, code[at + 1].end if at + 1 < len(code) else token.end
    return None
