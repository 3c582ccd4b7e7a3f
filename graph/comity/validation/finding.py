"""From a solution of a query to a result (SHACL §3.6.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from comity.errors import InputError
from comity.store.base import Term
from comity.validation.queries import Check
from comity.validation.results import Result, Severity
from comity.validation.shapes.path import path_text
from comity.validation.written import as_read
from comity_ontology.prefixes import shorten
from comity_ontology.terms import SH

__all__ = ["focus_text", "found"]

_TRUE = ox.Literal(True)
_SEVERITIES = {SH.Violation, SH.Warning, SH.Info}
_PLACE = re.compile(r"\{[?$](\w+)\}")


def found(check: Check, said: Mapping[str, Term | None], *, exact: bool) -> Result:
    """Make a result of a solution.

    Parameters
    ----------
    check : Check
        What was asked about.
    said : mapping of str to Term or None
        What variables have as value: ``this``, and ``value``, ``path``, ``against`` and
        ``message`` where there are any; others are for the message.
    exact : bool
        Whether literals are kept as they were written.

    Raises
    ------
    InputError
        A query reports a failure (§5.3.2).
    """
    if said.get("failure") == _TRUE:
        raise InputError(
            f"the query of shape {shorten(check.shape.name)} says that it failed for "
            f"{_text(said['this'])}: see what it binds ?failure for"
        )
    if exact:
        said = {name: _as_read(term) for name, term in said.items()}
    value, path = said.get("value"), said.get("path")
    constraint, shape = check.constraint, check.shape
    message, message_language = _message(check, said)
    datatype = language = ""
    if isinstance(value, ox.Literal):
        datatype, language = value.datatype.value, value.language or ""
    return Result(
        severity=Severity.named(shape.severity),
        shape=shape.name,
        focus=focus_text(said["this"]),
        path=path.value if isinstance(path, ox.NamedNode) else path_text(shape.path),
        value=_text(value),
        message=message,
        constraint=constraint.component,
        value_is_iri=isinstance(value, ox.NamedNode),
        datatype=datatype,
        language=language,
        against=_text(said.get("against")),
        own_severity="" if shape.severity in _SEVERITIES else shape.severity,
        message_language=message_language,
    )


def focus_text(term: Term | None) -> str:
    """Return a focus node as results have it: all but IRIs as in N-Triples."""
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _as_read(term: Term | None) -> Term | None:
    return as_read(term) if isinstance(term, ox.Literal) else term


def _text(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _message(check: Check, said: Mapping[str, Term | None]) -> tuple[str, str]:
    """Return what is wrong in words, and the language they are in as far as it is said."""
    if isinstance(own := said.get("message"), ox.Literal):
        return own.value, own.language or ""
    messages = check.constraint.messages or check.shape.messages
    if not messages:
        return _plain(check, said.get("value")), ""
    template = _preferred(messages)
    text = _PLACE.sub(lambda place: _shown(said.get(place[1]), place[0]), template.value)
    return text, template.language or ""


def _preferred(messages: Iterable[ox.Literal]) -> ox.Literal:
    """Choose one of several messages: English before what has no language, before others."""

    def rank(message: ox.Literal) -> tuple[int, str]:
        language = (message.language or "").lower()
        return (0 if language.startswith("en") else 1 if not language else 2, message.value)

    return min(messages, key=rank)


def _shown(term: Term | None, place: str) -> str:
    return place if term is None else _text(term)


def _plain(check: Check, value: Term | None) -> str:
    """Say what is wrong where the shapes don't."""
    words = check.constraint.words() or f"does not satisfy {shorten(check.constraint.component)}"
    if value is None:
        return f"It {words}."
    if isinstance(value, ox.NamedNode):
        return f"{shorten(value.value)} {words}."
    return f"{value} {words}."
