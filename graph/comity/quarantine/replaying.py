"""Replaying: what was set aside goes through the gate again, as its file says it now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from comity.errors import InputError, ParameterError
from comity.gate.load import Home, load
from comity.gate.report import LoadReport, Refusal
from comity.gate.set_aside import SetAside
from comity.quarantine.files import (
    QuarantineFile,
    clear_left_overs,
    file_of,
    files,
    is_recorded,
    shrink,
)
from comity.readers import Source, StatementList
from comity.store import Store
from comity.validation import Shapes

__all__ = ["Replay", "Replayed", "replay"]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay did with what one load had set aside.

    Attributes
    ----------
    load : str
        The load's identifier.
    path : Path
        Its quarantine file.
    read : int
        How many statements were in the file.
    left : int
        How many of them are still set aside.
    added : int
        How many of them somebody had added or changed by hand.
    taken_out : tuple of Quad
        Statements that were set aside, are no longer in the file, and are not
        in the store either; they are kept beside the file.
    edited_meanwhile : bool
        Whether the file changed during the replay and was left as it is.
    """

    load: str
    path: Path
    read: int
    left: int
    added: int
    taken_out: tuple[ox.Quad, ...] = ()
    edited_meanwhile: bool = False


@dataclass(frozen=True, slots=True)
class Replay:
    """The account of a replay.

    Attributes
    ----------
    report : LoadReport
        Of the one load that the replay is.
    loads : tuple of Replayed
        What became of each file.
    """

    report: LoadReport
    loads: tuple[Replayed, ...]


@dataclass(frozen=True, slots=True)
class _Opened:
    """A quarantine file and what is in it."""

    file: QuarantineFile
    kept: SetAside
    quads: list[ox.Quad]
    digest: str
    added: int
    taken_out: tuple[ox.Quad, ...]


def replay(
    store: Store,
    loads: Sequence[str] = (),
    *,
    everything: bool = False,
    mended: Path | None = None,
    dry_run: bool = False,
    shapes: Shapes | None = None,
) -> Replay:
    """Take what is set aside through the gate again, all as one load.

    What is accepted goes in, first; then what is left is written back into
    its file with the new reasons, and a file in which nothing is left goes
    away. A process that is stopped in between loses nothing: replaying again
    finds duplicates and tidies up.

    Parameters
    ----------
    store : Store
    loads : sequence of str
        Identifiers of loads, or beginnings of them.
    everything : bool
        Replay all that is set aside.
    mended : Path, optional
        A file that is read instead of the one load's own; it stays as it is.
    dry_run : bool
        Check only; store and files stay as they are.
    shapes : Shapes, optional
        The shapes to check against, by default those of the ontology.

    Returns
    -------
    Replay

    Raises
    ------
    ParameterError
        Nothing of such a load is set aside, or no load is named.
    InputError
        A file cannot be read; the store and all files are as before.
    StoreError
        A file cannot be written after the commit; replay again.
    """
    chosen = _chosen(store, loads, everything=everything, mended=mended)
    clear_left_overs(store)
    opened = [_open(store, file, mended) for file in chosen]
    sources: list[Source] = [
        StatementList((mended or one.file.path).name, one.quads, one.digest) for one in opened
    ]
    replays = [one.file.load for one in opened if is_recorded(store, one.file.load)]
    report = load(store, sources, _no_home, dry_run=dry_run, shapes=shapes, replays=replays)
    waiting = {quad: refusal for refusal in report.refused for quad in refusal.quads}
    done = []
    for one in opened:
        left = _left(waiting, one.quads)
        edited = not dry_run and mended is None and _digest(one.file.path) != one.digest
        if not dry_run and not edited:
            shrink(one.file, one.kept, left, one.taken_out)
        done.append(
            Replayed(
                load=one.file.load,
                path=one.file.path,
                read=len(one.quads),
                left=sum(len(refusal.quads) for refusal in left),
                added=one.added,
                taken_out=one.taken_out,
                edited_meanwhile=edited,
            )
        )
    return Replay(report, tuple(done))


def _chosen(
    store: Store, loads: Sequence[str], *, everything: bool, mended: Path | None
) -> list[QuarantineFile]:
    if everything and (loads or mended):
        raise ParameterError("all loads or some: name loads, or ask for all, not both")
    if mended is not None and len(loads) != 1:
        raise ParameterError("a mended file stands for what one load set aside: name that load")
    if everything:
        return files(store)
    if not loads:
        raise ParameterError("name the loads to replay, or ask for all")
    found = {
        file.load: file for file in (file_of(store, name, there=mended is None) for name in loads)
    }
    return [found[name] for name in sorted(found)]


def _open(store: Store, file: QuarantineFile, mended: Path | None) -> _Opened:
    quads, digest = file.read(store, mended)
    kept = file.kept()
    there = set(quads)
    before = frozenset[ox.Quad]() if kept is None else kept.quads
    return _Opened(
        file,
        kept or SetAside(file.load, (), datetime.now(UTC)),
        quads,
        digest,
        added=0 if kept is None else len(there - before),
        taken_out=tuple(
            sorted((quad for quad in before - there if not _stored(store, quad)), key=str)
        ),
    )


def _stored(store: Store, quad: ox.Quad) -> bool:
    subject, graph = quad.subject, quad.graph_name
    if not isinstance(subject, ox.NamedNode) or not isinstance(graph, ox.NamedNode):
        return False
    return next(store.match(subject, quad.predicate, quad.object, graph), None) is not None


def _left(waiting: dict[ox.Quad, Refusal], quads: Iterable[ox.Quad]) -> list[Refusal]:
    """Take what is left of one file; a statement of several files stays in the first."""
    found: dict[str, list[ox.Quad]] = {}
    refusals: dict[str, Refusal] = {}
    for quad in quads:
        refusal = waiting.pop(quad, None)
        if refusal is not None:
            refusals[refusal.node] = refusal
            found.setdefault(refusal.node, []).append(quad)
    return [
        Refusal(node, refusals[node].reasons, tuple(still)) for node, still in sorted(found.items())
    ]


def _digest(path: Path) -> str:
    """Return the digest of a file as it is now; nothing when it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _no_home(source: Source) -> Home:
    raise InputError(f"{source.name} has statements without a graph")
