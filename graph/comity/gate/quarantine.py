"""The quarantine file: what a load refused, with reasons, ready to be mended.

It is TriG. The reasons are comments above each node, so that the file, once
mended, can be replayed or loaded as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import dropwhile
from pathlib import Path

import pyoxigraph as ox

from comity.errors import StoreError
from comity.gate.files import write_once
from comity.gate.report import Refusal
from comity.results.safe import safe_text
from comity_ontology.prefixes import prefixes, shorten

__all__ = ["FOLDER", "as_trig", "headed", "write"]

FOLDER = "quarantine"
"""Below the directory of a store."""


def write(
    path: Path,
    load: str,
    refused: Sequence[Refusal],
    homeless: Collection[str] = (),
    *,
    replayable: bool = False,
) -> None:
    """Write a quarantine file that was not there before.

    The name appears only when the file is complete.

    Parameters
    ----------
    path : Path
        Where; folders are made.
    load : str
        The load's identifier.
    refused : sequence of Refusal
        What goes in.
    homeless : collection of str
        IRIs of graphs that the store does not know; see :func:`as_trig`.
    replayable : bool
        Whether the file lies with the store; see :func:`as_trig`.

    Raises
    ------
    StoreError
        There is such a file already, or it cannot be written.
    """
    content = as_trig(load, refused, homeless, replayable=replayable).encode()
    try:
        write_once(path, lambda stream: stream.write(content))
    except FileExistsError as error:
        raise StoreError(
            f"the quarantine file {path} exists already: name another one; nothing was loaded"
        ) from error
    except OSError as error:
        raise StoreError(
            f"the quarantine file {path} cannot be written ({error.strerror or error}); "
            "nothing was loaded"
        ) from error


def as_trig(
    load: str,
    refused: Sequence[Refusal],
    homeless: Collection[str] = (),
    *,
    replayable: bool = False,
) -> str:
    """Return the text of a quarantine file.

    Quads of a ``homeless`` graph, one that the load itself would have made,
    are written without a graph: loading the file then makes a document of it.
    A ``replayable`` file says how to replay it.
    """
    count = sum(len(refusal.quads) for refusal in refused)
    head = [
        f"Quarantined by load {load}: {_counted(count, 'quad')} about "
        f"{_counted(len(refused), 'node')}.",
        "Mend what the reasons say, then "
        + (f"run: comity quarantine replay {load}" if replayable else "load this file."),
    ]
    if homeless:
        head.append("Statements without a graph belong to the document that --document names.")
    return headed(head, refused, homeless)


def headed(head: Iterable[str], refused: Sequence[Refusal], homeless: Collection[str] = ()) -> str:
    """Return the nodes with their reasons as TriG, below some lines of comment."""
    lines = [f"# {_comment(line)}" for line in head]
    lines += [f"@prefix {name}: <{iri}> ." for name, iri in prefixes().items()]
    return "\n".join(lines) + "\n" + "".join(_entry(refusal, homeless) for refusal in refused)


def _entry(refusal: Refusal, homeless: Collection[str]) -> str:
    lines = [f"\n# node {_comment(shorten(refusal.node))}"]
    lines += [
        f"# reason [{reason.severity.name.lower()}] {_comment(shorten(reason.shape))}: "
        + _comment(reason.message)
        + (f" (value: {_comment(reason.value)})" if reason.value else "")
        for reason in refusal.reasons
    ]
    quads = _without(homeless, refusal.quads)
    body = ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes()) or b""
    # Only the prefixes at the top: a line of a literal may begin with the same word.
    statements = dropwhile(lambda line: line.startswith("@prefix"), body.decode().split("\n"))
    return "\n".join([*lines, *statements])


def _without(homeless: Collection[str], quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return [
        ox.Quad(*quad.triple)
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value in homeless
        else quad
        for quad in quads
    ]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _comment(text: str) -> str:
    """Put a text on one line, without what could act on a screen or reorder it."""
    return safe_text(" ".join(text.split()))
