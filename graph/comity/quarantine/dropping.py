"""Giving up on what was set aside, never in silence: who, when and why is kept."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox

from comity.errors import InputError, ParameterError
from comity.gate.quarantine import FOLDER, headed
from comity.gate.records import add_to_meta
from comity.gate.report import Refusal
from comity.gate.set_aside import SetAside, replace_file
from comity.quarantine.files import (
    clear_left_overs,
    file_of,
    is_recorded,
    load_node,
    shrink,
)
from comity.quarantine.listing import by_node, chosen
from comity.store import Store, select
from comity_ontology.terms import COMITY, DCTERMS, PROV, RDF, XSD

__all__ = ["Drop", "drop", "drops"]

DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Drop:
    """Statements that somebody gave up on.

    Attributes
    ----------
    node : str
        IRI of the record in the meta graph.
    load : str
        The load that had set them aside.
    by, why : str
        Who gave up, and the reason.
    when : datetime
    quads : int
        How many statements.
    path : Path or None
        The file that holds them.
    """

    node: str
    load: str
    by: str
    why: str
    when: datetime
    quads: int
    path: Path | None


def drop(store: Store, load: str, nodes: Sequence[str] = (), *, why: str, by: str) -> Drop:
    """Give up on what a load set aside, or on some nodes of it.

    The statements move to ``quarantine/dropped/`` and the meta graph says who
    gave up on them, when and why. The file is written first, then the record;
    then the quarantine file becomes smaller.

    Parameters
    ----------
    store : Store
    load : str
        The load's identifier, or an unmistakable beginning of it.
    nodes : sequence of str
        IRIs or short forms; all when empty.
    why, by : str
        The reason, and who stands for it.

    Raises
    ------
    ParameterError
        Reason or name is empty, or nothing such is set aside.
    InputError
        The file cannot be read; nothing was dropped.
    StoreError
        A file cannot be written.
    """
    said = {"why": why.strip(), "by": by.strip()}
    for name, text in said.items():
        if not text:
            raise ParameterError(f"nothing is dropped in silence: give --{name}")
        _must_be_text(name, text)
    file = file_of(store, load)
    clear_left_overs(store)
    quads, _ = file.read(store)
    kept = file.kept() or SetAside(file.load, (), datetime.now(UTC))
    found = by_node(quads)
    wanted = chosen(found, nodes, file)
    if not wanted:
        raise InputError(f"{file.path} holds no statement that could be dropped")
    when = datetime.now(UTC).replace(microsecond=0)
    stamp = f"{when:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    reasons = {refusal.node: refusal.reasons for refusal in kept.refused}
    waiting = {
        node: Refusal(node, reasons.get(node, ()), tuple(quads))
        for node, quads in sorted(found.items())
    }
    dropped = [waiting[node] for node in wanted]
    path = file.path.parent / DROPPED / f"{file.load}-{stamp}.trig"
    head = [
        f"Dropped from what load {file.load} had set aside, {when:%Y-%m-%d %H:%M} UTC, "
        f"by {said['by']}.",
        f"Why: {said['why']}",
    ]
    replace_file(path, headed(head, dropped))
    record = Drop(
        node=f"{load_node(file.load).value}/dropped/{stamp}",
        load=file.load,
        when=when,
        quads=sum(len(refusal.quads) for refusal in dropped),
        path=path,
        **said,
    )
    add_to_meta(store, _described(record, recorded=is_recorded(store, file.load)))
    left = [refusal for node, refusal in waiting.items() if node not in wanted]
    taken_out = sorted(kept.quads - set(quads), key=str)
    shrink(file, kept, left, taken_out)
    return record


def drops(store: Store) -> tuple[Drop, ...]:
    """Return what was given up, oldest first."""
    rows = select(
        store,
        """
        SELECT ?node ?by ?why ?when ?quads ?file WHERE {
          ?node a comity:Discard ; dcterms:creator ?by ; comity:basis ?why ;
                dcterms:created ?when ; comity:discardedCount ?quads ; dcterms:source ?file
        } ORDER BY ?when ?node
        """,
    )
    return tuple(
        Drop(
            node=row["node"].value,
            load=unquote(row["node"].value.rpartition("/dropped/")[0].rpartition("/")[2]),
            by=row["by"].value,
            why=row["why"].value,
            when=datetime.fromisoformat(row["when"].value),
            quads=int(row["quads"].value),
            path=None
            if store.directory is None
            else store.directory / FOLDER / DROPPED / Path(row["file"].value).name,
        )
        for row in rows
    )


def _described(record: Drop, *, recorded: bool) -> list[ox.Quad]:
    name = record.path.name if record.path else ""
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (RDF.type, ox.NamedNode(COMITY.Discard)),
        (DCTERMS.creator, ox.Literal(record.by)),
        (COMITY.basis, ox.Literal(record.why)),
        (
            DCTERMS.created,
            ox.Literal(f"{record.when:%Y-%m-%dT%H:%M:%SZ}", datatype=ox.NamedNode(XSD.dateTime)),
        ),
        (COMITY.discardedCount, ox.Literal(record.quads)),
        (DCTERMS.source, ox.Literal(name)),
    ]
    if recorded:
        said.append((PROV.wasInformedBy, load_node(record.load)))
    return [
        ox.Quad(ox.NamedNode(record.node), ox.NamedNode(predicate), value)
        for predicate, value in said
    ]


def _must_be_text(name: str, text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ParameterError(f"--{name} {text!r} is not UTF-8 text: type it as UTF-8") from error
