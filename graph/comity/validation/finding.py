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

__all__ = ["found"]

_TRUE = ox.Literal(True)
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
    focus, value = said["this"], said.get("value")
    shown = as_read(value) if exact and isinstance(value, ox.Literal) else value
    path = said.get("path")
    constraint, shape = check.constraint, check.shape
    datatype = language = ""
    if isinstance(shown, ox.Literal):
        datatype, language = shown.datatype.value, shown.language or ""
    return Result(
        severity=Severity.named(shape.severity),
        shape=shape.name,
        focus=_text(focus),
        path=path.value if isinstance(path, ox.NamedNode) else path_text(shape.path),
        value=_text(shown),
        message=_message(check, {**said, "value": shown}),
        constraint=constraint.component,
        value_is_iri=isinstance(shown, ox.NamedNode),
        datatype=datatype,
        language=language,
        against=_text(said.get("against")),
    )


def _text(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _message(check: Check, said: Mapping[str, Term | None]) -> str:
    if isinstance(own := said.get("message"), ox.Literal):
        return own.value
    messages = check.constraint.messages or check.shape.messages
    if not messages:
        return _plain(check, said.get("value"))
    template = _preferred(messages)
    return _PLACE.sub(lambda place: _shown(said.get(place[1]), place[0]), template)


def _preferred(messages: Iterable[ox.Literal]) -> str:
    """Choose one of several messages: English before what has no language, before others."""

    def rank(message: ox.Literal) -> tuple[int, str]:
        language = (message.language or "").lower()
        return (0 if language.startswith("en") else 1 if not language else 2, message.value)

    return min(messages, key=rank).value


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
