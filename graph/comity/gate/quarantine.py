"""The quarantine file: what a load refused, with reasons, ready to be mended.

It is TriG. The reasons are comments above each node, so that the file, once
mended, can be loaded as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from comity.errors import StoreError
from comity.gate.report import Refusal
from comity_ontology.prefixes import prefixes, shorten

__all__ = ["as_trig", "write"]


def write(path: Path, load: str, refused: Sequence[Refusal]) -> None:
    """Write a quarantine file.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_trig(load, refused), encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"the quarantine file {path} cannot be written ({error.strerror or error}); "
            "nothing was loaded"
        ) from error


def as_trig(load: str, refused: Sequence[Refusal]) -> str:
    """Return the text of a quarantine file."""
    count = sum(len(refusal.quads) for refusal in refused)
    header = [
        f"# Quarantined by load {load}: {_counted(count, 'quad')} about "
        f"{_counted(len(refused), 'node')}.",
        "# Mend what the reasons say, then load this file.",
    ]
    header += [f"@prefix {name}: <{iri}> ." for name, iri in prefixes().items()]
    return "\n".join(header) + "\n" + "".join(_entry(refusal) for refusal in refused)


def _entry(refusal: Refusal) -> str:
    lines = [f"\n# node {_one_line(shorten(refusal.node))}"]
    lines += [
        f"# reason [{reason.severity.name.lower()}] {shorten(reason.shape)}: "
        + _one_line(reason.message)
        + (f" (value: {_one_line(reason.value)})" if reason.value else "")
        for reason in refusal.reasons
    ]
    body = ox.serialize(refusal.quads, format=ox.RdfFormat.TRIG, prefixes=prefixes()) or b""
    statements = [
        line for line in body.decode().splitlines(keepends=True) if not line.startswith("@prefix")
    ]
    return "\n".join(lines) + "\n" + "".join(statements)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
