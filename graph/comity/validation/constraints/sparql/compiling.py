"""From the text of a query in a shape to one that can be asked about many nodes (SHACL §5, 6)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from comity.errors import QueryError
from comity.store import EmbeddedStore
from comity.validation.constraints.sparql.chains import chained
from comity.validation.constraints.sparql.places import places
from comity.validation.constraints.sparql.query import Query
from comity.validation.constraints.sparql.rules import (
    AGGREGATES,
    check_patterns,
    check_subselects,
    check_text,
    check_words,
)
from comity.validation.constraints.sparql.spelling import (
    bare_variables,
    spelt_out,
    with_values,
)
from comity.validation.constraints.sparql.template import Template
from comity.validation.constraints.sparql.text import code_of, edited, fault_on_line, groups_of
from comity_queries.forbidden import forbidden
from comity_queries.groups import Group
from comity_queries.tokens import Token

__all__ = ["compiled"]

THIS, VALUE = "this", "value"


def compiled(
    text: str,
    form: str,
    *,
    prefixes: Mapping[str, str],
    values: Mapping[str, str],
    prebound: Collection[str] = (),
) -> Query:
    """Make a query that can be asked about many nodes.

    Parameters
    ----------
    text : str
        SELECT, or ASK about ``$value``.
    form : str
        Which of the two it should be.
    prefixes : mapping of str to str
        Namespaces by prefix.
    values : mapping of str to str
        SPARQL for what stands for a name: the terms of parameters, ``currentShape``,
        and the path ``PATH``.
    prebound : collection of str
        Names of parameters, also of those without a value.

    Raises
    ------
    QueryError
        It is not such a query; says where.
    NotSupported
        It reads the shapes graph.
    """
    keys = (THIS,) if form == "SELECT" else (THIS, VALUE)
    check_text(text)
    check_words(text, form, {*keys, *prebound, "currentShape", "PATH"}, values)
    spelt = spelt_out(text, prefixes)
    check_patterns(spelt)
    if form == "ASK":
        spelt = _selecting(spelt, keys)
    root = groups_of(spelt)
    if root.where is not None:
        spelt = _starless(spelt, root)
        check_subselects(spelt, groups_of(spelt), {*keys, *prebound})
        spelt = with_values(spelt, groups_of(spelt), values)
    used = {token.text[1:] for token in code_of(text) if token.kind == "variable"}
    query = _query(spelt, keys, along_path="PATH" in used)
    _check_syntax(query.whole.filled(), text, prefixes)
    return query


def _selecting(text: str, keys: Collection[str]) -> str:
    """Ask for the nodes instead of whether there are any."""
    first = code_of(text)[0]
    return edited(text, {(first.start, first.end): f"SELECT {_listed(keys)}"})


def _listed(names: Collection[str]) -> str:
    return " ".join(f"?{name}" for name in names)


def _starless(text: str, root: Group) -> str:
    """Write the names for which ``*`` stands: a context brings variables of its own."""
    edits: dict[tuple[int, int], str] = {}
    for group in root.walk():
        where = group.where
        if group.star and where is not None:
            star = [
                token
                for token in code_of(text)
                if token.text == "*" and group.start <= token.start < where.start
            ]
            edits[star[0].start, star[0].end] = f" {_listed(_visible(where))} "
    return edited(text, edits)


def _visible(group: Group) -> tuple[str, ...]:
    """Return the names of the variables that the solutions of a group have (SPARQL §18.2.1)."""
    if group.select:
        where = group.where
        return _visible(where) if group.star and where else tuple(group.projected)
    found = [token.text[1:] for token in group.plain]
    found += [one.alias for one in group.expressions if one.alias]
    for child in group.children:
        if not child.hidden:
            found += _visible(child)
    return tuple(dict.fromkeys(found))


def _query(text: str, keys: tuple[str, ...], *, along_path: bool) -> Query:
    """Work out the parts of a query that is spelt out."""
    root = groups_of(text)
    for key in keys:
        if root.where is not None and key not in root.projected:
            raise QueryError(f"it must select ${key}: add it after SELECT")
    outer = _Level(text, root)
    empty = _of_no_rows(text, outer, keys) if outer.counts and outer.by is None else None
    text = chained(edited(text, dict(_grouping(text, root, keys))), keys)
    root = groups_of(text)
    where = root.where
    if where is None:
        return Query(Template.of(text), Template.of(text), Template.of(""), None, ())
    levels = [_Level(text, group) for group in root.walk() if group.select]
    spots = [] if VALUE in keys else list(places(text, root, THIS))
    one_by_one = any(apart for _, apart in spots) or any(
        level.sliced and not _is_hidden(level.group) for level in levels
    )
    if empty is not None and (outer.sliced or one_by_one):
        raise QueryError("it aggregates without GROUP BY: write GROUP BY $this")
    return Query(
        whole=Template.of(text, [place for place, _ in spots]),
        nested=Template.of(chained(text, keys, within=True)),
        body=Template.of(chained(text[where.start : where.end], keys, within=True)),
        empty=empty,
        projected=tuple(root.projected),
        plain=not (outer.counts or outer.sliced),
        counting=any(level.counts for level in levels),
        along_path=along_path,
        looks=_looks(text, where),
        one_by_one=one_by_one,
    )


def _grouping(
    text: str, root: Group, keys: Collection[str]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Group by what has a value, where a query aggregates and does not say so."""
    for group in root.walk():
        if not group.select or group.where is None:
            continue
        level = _Level(text, group)
        missing = [key for key in keys if key not in group.grouped]
        if level.by is not None and missing:
            yield (level.by.end, level.by.end), f" {_listed(missing)} "
        elif level.by is None and level.counts:
            if group is not root:
                said = "a SELECT within the query aggregates without GROUP BY: write GROUP BY $this"
                raise fault_on_line(text, group.start, said)
            yield (group.where.end, group.where.end), f" GROUP BY {_listed(keys)} "


def _of_no_rows(text: str, outer: _Level, keys: Collection[str]) -> Template | None:
    """Write a query that aggregates all rows together for none, without what has a value."""
    where = outer.group.where
    if where is None:
        return None
    projected = [
        place
        for place, clause in bare_variables(text, outer.group).items()
        if clause == "SELECT" and place < where.start
    ]
    edits = {
        (token.start, token.end): ""
        for token in code_of(text)
        if token.start in projected and token.text[1:] in keys
    }
    if len(edits) == len(outer.group.projected):
        edits[min(edits)] = "(COUNT(*) AS ?rows)"
    edits[where.start, where.end] = "{ FILTER(false) }"
    return Template.of(edited(text, edits))


def _looks(text: str, where: Group) -> bool:
    """Tell whether there may be triples in a group: terms that are not within an expression."""
    code = [token for token in code_of(text) if where.start <= token.start < where.end]
    depths = [0]
    for token, after in pairwise(code):
        if token.kind == "open":
            depths.append(0)
        elif token.kind == "close":
            depths.pop()
        elif token.text in ("(", ")"):
            depths[-1] += 1 if token.text == "(" else -1
        elif depths[-1] == 0 and after.text != "(" and token.kind in _TERMS:
            return True
    return False


_TERMS = ("variable", "iri", "blank", "string", "number")


class _Level:
    """One SELECT of a query, and what its clauses say."""

    def __init__(self, text: str, group: Group):
        self.group = group
        code = [
            token
            for token in code_of(text)
            if group.start <= token.start < group.end
            and not any(child.start <= token.start < child.end for child in group.children)
        ]
        self.by = _by(code)
        self.sliced = any(token.is_word("LIMIT", "OFFSET") for token in code)
        self.counts = self.by is not None or any(
            token.is_word("HAVING", *AGGREGATES) for token in code
        )


def _by(code: Sequence[Token]) -> Token | None:
    for before, token in pairwise(code):
        if before.is_word("GROUP") and token.is_word("BY"):
            return token
    return None


def _is_hidden(group: Group) -> bool:
    """Tell whether a group is within an EXISTS."""
    return group.hidden or (group.parent is not None and _is_hidden(group.parent))


def _check_syntax(text: str, written: str, prefixes: Mapping[str, str]) -> None:
    """Let the engine parse the query.

    Where it is wrong, the engine is asked about it as it was written, for the place.
    """
    if forbidden(text):  # also what only the rewriting would have made one
        raise QueryError("it would call another server: remove SERVICE")
    try:
        _engine().query(text)
    except QueryError as error:
        try:
            _engine().query(written, prefixes=prefixes)
        except QueryError as known:
            raise known from error
        said = "with the values of the parameters it is no SPARQL query"
        raise QueryError(f"{said}: line {error.line}", line=error.line) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the engine refuses it: {error}") from error


@cache
def _engine() -> EmbeddedStore:
    return EmbeddedStore.in_memory()
