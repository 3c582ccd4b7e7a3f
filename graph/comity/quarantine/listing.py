"""What waits in quarantine, load by load and node by node."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyoxigraph as ox

from comity.errors import InputError, ParameterError
from comity.labels import labels
from comity.quarantine.files import QuarantineFile, file_of, files, is_recorded
from comity.store import Store
from comity.validation import Result
from comity_ontology.prefixes import expand, shorten
from comity_ontology.terms import COMITY, PROV, SKOS

__all__ = ["Node", "Pending", "by_node", "chosen", "pending", "show"]


@dataclass(frozen=True, slots=True)
class Pending:
    """A load that has something set aside.

    Attributes
    ----------
    load : str
        The load's identifier.
    started : datetime or None
        When it began; ``None`` when nothing says so.
    files : tuple of str
        The names of the files that it read.
    path : Path
        Where the statements wait.
    nodes, quads : int
        How much is in the file now.
    reasons : mapping of str to int
        How many nodes each shape, or check of the gate, refused, by its IRI.
    recorded : bool
        Whether the load itself was committed; one that was stopped just before
        may leave its file, and is to be done again.
    fault : str
        Why the file cannot be read, or empty.
    """

    load: str
    started: datetime | None
    files: tuple[str, ...]
    path: Path
    nodes: int = 0
    quads: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    recorded: bool = True
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A node that was set aside.

    Attributes
    ----------
    node, label : str
        Its IRI, and a name or its short form.
    reasons : tuple of Result
        What is wrong and what to do; empty for a node that somebody added to
        the file since.
    quads : tuple of Quad
        What the file says about it now.
    passages : mapping of str to str
        The passages that it rests on, and their words as far as they are known.
    """

    node: str
    label: str
    reasons: tuple[Result, ...]
    quads: tuple[ox.Quad, ...]
    passages: Mapping[str, str]

    def statements(self) -> list[str]:
        """Return the statements in short form, without the node that they are about."""
        return [f"{shorten(quad.predicate.value)} {_short(quad.object)}" for quad in self.quads]


def pending(store: Store) -> tuple[Pending, ...]:
    """Return the loads that have something set aside, oldest first.

    A file that cannot be read is listed with what is wrong with it.
    """
    return tuple(_pending(store, file) for file in files(store))


def _pending(store: Store, file: QuarantineFile) -> Pending:
    recorded = is_recorded(store, file.load)
    try:
        kept = file.kept()
        quads, _ = file.read(store)
    except InputError as error:
        return Pending(file.load, None, (), file.path, recorded=recorded, fault=str(error))
    nodes = by_node(quads)
    shapes: Counter[str] = Counter()
    if kept is not None:
        for refusal in kept.refused:
            if refusal.node in nodes:
                shapes.update({reason.shape for reason in refusal.reasons})
    return Pending(
        load=file.load,
        started=None if kept is None else kept.started,
        files=() if kept is None else kept.files,
        path=file.path,
        nodes=len(nodes),
        quads=len(set(quads)),
        reasons=dict(sorted(shapes.items(), key=lambda item: (-item[1], item[0]))),
        recorded=recorded,
    )


def show(store: Store, load: str, nodes: Sequence[str] = ()) -> tuple[Node, ...]:
    """Return what a load set aside, node by node.

    Parameters
    ----------
    store : Store
    load : str
        The load's identifier, or an unmistakable beginning of it.
    nodes : sequence of str
        IRIs or short forms; all when empty.

    Returns
    -------
    tuple of Node
        Sorted by IRI.

    Raises
    ------
    ParameterError
        Nothing of such a load, or nothing about such a node, is set aside.
    InputError
        The file cannot be read; the line is named.
    """
    file = file_of(store, load)
    quads, _ = file.read(store)
    kept = file.kept()
    reasons = {} if kept is None else {one.node: one.reasons for one in kept.refused}
    found = by_node(quads)
    wanted = chosen(found, nodes, file)
    named = labels(store, wanted)
    return tuple(
        Node(
            node=node,
            label=_own_name(found[node]) or named.get(node, shorten(node)),
            reasons=reasons.get(node, ()),
            quads=tuple(found[node]),
            passages=_passages(store, found[node]),
        )
        for node in wanted
    )


def by_node(quads: Iterable[ox.Quad]) -> dict[str, list[ox.Quad]]:
    """Sort statements by what they are about, each once."""
    found: dict[str, list[ox.Quad]] = {}
    for quad in dict.fromkeys(quads):
        if isinstance(quad.subject, ox.NamedNode):
            found.setdefault(quad.subject.value, []).append(quad)
    return found


def chosen(found: Collection[str], nodes: Sequence[str], file: QuarantineFile) -> list[str]:
    """Return the IRIs of the nodes that are meant, or of all.

    Raises
    ------
    ParameterError
        Nothing about one of them is set aside.
    """
    wanted = sorted({expand(node) for node in nodes} if nodes else found)
    for node in wanted:
        if node not in found:
            raise ParameterError(
                f"load {file.load} has set nothing aside about {shorten(node)}: "
                f"comity quarantine show {file.load} lists what it has"
            )
    return wanted


def _own_name(quads: Iterable[ox.Quad]) -> str:
    names = sorted(
        (quad.object.language != "en", quad.object.value)
        for quad in quads
        if quad.predicate.value == SKOS.prefLabel and isinstance(quad.object, ox.Literal)
    )
    return names[0][1] if names else ""


def _passages(store: Store, quads: Iterable[ox.Quad]) -> dict[str, str]:
    found: dict[str, str] = {}
    for quad in quads:
        if quad.predicate.value == PROV.wasDerivedFrom and isinstance(quad.object, ox.NamedNode):
            words = store.match(quad.object, ox.NamedNode(COMITY.text), None, ox.DefaultGraph())
            found[quad.object.value] = next(
                (text.object.value for text in words if isinstance(text.object, ox.Literal)), ""
            )
    return found


def _short(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    if isinstance(term, ox.Literal) and not term.language:
        value = str(ox.Literal(term.value))
        kind = shorten(term.datatype.value)
        return value if kind == "xsd:string" else f"{value}^^{kind}"
    return str(term)
