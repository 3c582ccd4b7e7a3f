"""Writing a comparison: in plain words, as JSON, or as a patch that makes one side the other."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import IO, Any

import pyoxigraph as ox

from comity.keeping.differences import Change, Entity
from comity.results.safe import one_line
from comity.store.base import Term
from comity_ontology.prefixes import GRAPHS, current_base, shorten

__all__ = ["DIFF_FORMATS", "summary", "write_diff"]

DIFF_FORMATS = ("text", "json", "patch")
_LONGEST = 240  # characters of a text to show
_CONTEXT = 40


def write_diff(entities: Iterable[Entity], stream: IO[bytes], format: str) -> Counter[str]:  # noqa: A002
    """Write a comparison, node by node as they come.

    Parameters
    ----------
    entities : iterable of Entity
        What :func:`comity.diff` found.
    stream : binary file
    format : {'text', 'json', 'patch'}
        ``patch`` is RDF Patch (Apache Jena): rows of N-Quads that begin with
        ``D`` for what only the first side says and ``A`` for what only the
        second does.

    Returns
    -------
    Counter
        How many changes of each kind there were, and how many nodes as ``nodes``.

    Raises
    ------
    ValueError
        There is no such format.
    """
    writer = {"text": _text, "json": _json, "patch": _patch}.get(format)
    if writer is None:
        raise ValueError(f"no format {format!r}: use {', '.join(DIFF_FORMATS)}")
    counts: Counter[str] = Counter()

    def counted() -> Iterator[Entity]:
        for entity in entities:
            counts["nodes"] += 1
            counts.update(change.kind for change in entity.changes)
            yield entity

    for piece in writer(counted()):
        stream.write(piece.encode())
    return counts


def summary(counts: Counter[str]) -> str:
    """Say in one line how much differs.

    Examples
    --------
    >>> summary(Counter(nodes=1, changed=2))
    '1 node differs: 2 changed, 0 added, 0 removed, 0 with other sources'
    """
    nodes = counts["nodes"]
    if not nodes:
        return "nothing differs"
    sources = counts["also said"] + counts["no longer said"]
    return (
        f"{nodes:,} node{' differs' if nodes == 1 else 's differ'}: {counts['changed']:,} changed, "
        f"{counts['added']:,} added, {counts['removed']:,} removed, {sources:,} with other sources"
    )


def _text(entities: Iterable[Entity]) -> Iterator[str]:
    blank = ""
    for entity in entities:
        short = shorten(_plain(entity.node))
        head = entity.label if entity.label == short else f"{entity.label}  ({short})"
        lines = [one_line(head), *(f"  {one_line(said)}" for said in _sentences(entity))]
        yield blank + "\n".join(lines) + "\n"
        blank = "\n"


def _sentences(entity: Entity) -> Iterator[str]:
    first = entity.changes[0]
    graphs = first.graphs_after or first.graphs_before
    if _plain(entity.node).startswith(f"{current_base()}time/") and all(
        change.kind == first.kind and graphs == (change.graphs_after or change.graphs_before)
        for change in entity.changes
    ):
        # The bounds of a day follow from its value, which is its name.
        facts = "fact" if len(entity.changes) == 1 else "facts"
        yield f"{first.kind}: {len(entity.changes)} {facts} about this day{_by(graphs)}"
        return
    yield from map(_sentence, entity.changes)


def _sentence(change: Change) -> str:
    start = _first_difference(change)
    before = _quoted(change.before, change.shown_before, start)
    after = _quoted(change.after, change.shown_after, start)
    had, has = change.graphs_before, change.graphs_after
    if change.kind == "changed":
        if had == has:
            return f"changed: {change.says} was {before}, is {after}{_by(has)}"
        return f"changed: {change.says} was {before}{_by(had)}, is {after}{_by(has)}"
    if change.kind == "added":
        return f"added: {change.says} {after}{_by(has)}"
    if change.kind == "removed":
        return f"removed: {change.says} {before}{_by(had)}"
    more = [graph for graph in has if graph not in had]
    less = [graph for graph in had if graph not in has]
    parts = [f"now also said by {_listed(more)}"] if more else []
    parts += [f"no longer said by {_listed(less)}"] if less else []
    return f"{', '.join(parts)}: {change.says} {after}"


def _first_difference(change: Change) -> int:
    """Say from which character on two texts are worth showing."""
    if not isinstance(change.before, ox.Literal) or not isinstance(change.after, ox.Literal):
        return 0
    pairs = zip(change.before.value, change.after.value, strict=False)
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    longest = max(len(change.before.value), len(change.after.value))
    return max(0, common - _CONTEXT) if longest > _LONGEST else 0


def _quoted(value: Term | None, shown: str, start: int) -> str:
    """Put text in quotes, and give the short form of a node beside its label."""
    if isinstance(value, ox.NamedNode):
        short = shorten(value.value)
        # The name of a day is its value already.
        return shown if shown == short or short.startswith("timepoint:") else f"{shown} ({short})"
    if isinstance(value, ox.Literal) and (
        value.language or value.datatype.value.endswith("string")
    ):
        end = start + _LONGEST
        dots = "…" if start else "", "…" if len(value.value) > end else ""
        language = f" ({value.language})" if value.language else ""
        return f"“{dots[0]}{value.value[start:end]}{dots[1]}”{language}"
    return shown


def _by(graphs: tuple[str, ...]) -> str:
    return f" [{_listed(graphs)}]" if graphs else ""


def _listed(graphs: Iterable[str]) -> str:
    return ", ".join(_graph(graph) for graph in graphs)


def _graph(graph: str) -> str:
    """Name a graph as the ``--graph`` option takes it."""
    if graph.startswith(GRAPHS.SOURCE):
        return f"source:{graph.removeprefix(GRAPHS.SOURCE)}"
    return graph.removeprefix(GRAPHS.BASE) if graph else "no graph"


def _json(entities: Iterable[Entity]) -> Iterator[str]:
    opening = "["
    for entity in entities:
        changes = [_as_json(change) for change in entity.changes]
        one = {"node": _plain(entity.node), "label": entity.label, "changes": changes}
        yield f"{opening}\n{json.dumps(one, ensure_ascii=False)}"
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def _as_json(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "predicate": change.predicate,
        "says": change.says,
        "before": _term(change.before, change.shown_before),
        "after": _term(change.after, change.shown_after),
        "graphsBefore": list(change.graphs_before),
        "graphsAfter": list(change.graphs_after),
    }


def _term(value: Term | None, shown: str) -> dict[str, str] | None:
    """Write a term as SPARQL 1.1 Query Results JSON does (§3.2.2), with what to show."""
    if value is None:
        return None
    if isinstance(value, ox.Literal):
        found = {"type": "literal", "value": value.value}
        if value.language:
            found["xml:lang"] = value.language
        elif not value.datatype.value.endswith("XMLSchema#string"):
            found["datatype"] = value.datatype.value
    elif isinstance(value, ox.NamedNode):
        found = {"type": "uri", "value": value.value}
    else:
        found = {"type": "bnode" if isinstance(value, ox.BlankNode) else "triple"}
        found["value"] = _plain(value)
    return found | {"shown": shown}


def _plain(term: object) -> str:
    return str(getattr(term, "value", term))


def _patch(entities: Iterable[Entity]) -> Iterator[str]:
    yield "TX .\n"
    for entity in entities:
        for change in entity.changes:
            yield from _rows(entity, change)
    yield "TC .\n"


def _rows(entity: Entity, change: Change) -> Iterator[str]:
    same = change.before == change.after
    for sign, value, graphs, others in (
        ("D", change.before, change.graphs_before, change.graphs_after),
        ("A", change.after, change.graphs_after, change.graphs_before),
    ):
        if value is None:
            continue
        statement = f"{sign} {entity.node} <{change.predicate}> {value}"
        for graph in graphs or ("",):
            if not (same and graph in others):
                yield f"{statement} <{graph}> .\n" if graph else f"{statement} .\n"
