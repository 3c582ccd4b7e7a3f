"""What lies beside a quarantine file, for machines: the statements as set aside, and the reasons.

The TriG file is a person's to edit. Beside it, in JSON, is what Comity wrote
into it last, so that a replay can tell what a person took out.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from comity.errors import InputError, StoreError
from comity.gate.report import Refusal
from comity.validation import Result, Severity

__all__ = ["SetAside", "beside", "read", "replace_file", "write"]


@dataclass(frozen=True, slots=True)
class SetAside:
    """What a load set aside, as Comity wrote it last.

    Attributes
    ----------
    load : str
        The load's identifier.
    files : tuple of str
        What the load read.
    started : datetime
        When the load began.
    refused : tuple of Refusal
        What still waits, by node, with the reasons.
    taken_out : tuple of Quad
        Statements that somebody took out of the file by hand before a replay.
    """

    load: str
    files: tuple[str, ...]
    started: datetime
    refused: tuple[Refusal, ...] = ()
    taken_out: tuple[ox.Quad, ...] = ()

    @property
    def quads(self) -> frozenset[ox.Quad]:
        """The statements that still wait."""
        return frozenset(quad for refusal in self.refused for quad in refusal.quads)


def beside(file: Path) -> Path:
    """Return the path of what lies beside a quarantine file."""
    return file.with_suffix(".json")


def write(path: Path, kept: SetAside) -> None:
    """Write it, in the place of what was there.

    Raises
    ------
    StoreError
        It cannot be written.
    """
    content = {
        "about": "What Comity set aside, for its own use. Edit the .trig file, not this one.",
        "load": kept.load,
        "files": [Path(file).name for file in kept.files],
        "started": kept.started.astimezone(UTC).isoformat(timespec="seconds"),
        "refused": [
            {
                "node": refusal.node,
                "reasons": [asdict(reason) for reason in refusal.reasons],
                "quads": _lines(refusal.quads),
            }
            for refusal in kept.refused
        ],
        "taken_out": _lines(kept.taken_out),
    }
    replace_file(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def read(path: Path) -> SetAside | None:
    """Read it; nothing where there is no such file.

    Raises
    ------
    InputError
        The file cannot be read or is damaged.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return SetAside(
            load=content["load"],
            files=tuple(content["files"]),
            started=datetime.fromisoformat(content["started"]),
            refused=tuple(
                Refusal(
                    entry["node"],
                    tuple(map(_reason, entry["reasons"])),
                    _quads(entry["quads"]),
                )
                for entry in content["refused"]
            ),
            taken_out=_quads(content["taken_out"]),
        )
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, SyntaxError, RecursionError) as error:
        raise InputError(
            f"{path} is damaged ({type(error).__name__}: {error}): move it away; the statements "
            "are in the .trig file beside it"
        ) from error


def replace_file(path: Path, text: str) -> None:
    """Write a file whole, in the place of what was there.

    Raises
    ------
    StoreError
        It cannot be written; what was there is as before.
    """
    partial = path.with_name(f".{path.stem}-{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with partial.open("xb") as stream:
                stream.write(text.encode())
                stream.flush()
                os.fsync(stream.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error


def _reason(content: dict[str, Any]) -> Result:
    fields = dict(content)
    fields["severity"] = Severity(fields["severity"])
    for name in ("passages", "value_passages"):
        fields[name] = tuple(fields.get(name, ()))
    fields["details"] = tuple(map(_reason, fields.get("details", ())))
    fields["way"] = tuple(map(tuple, fields.get("way", ())))
    return Result(**fields)


def _lines(quads: Iterable[ox.Quad]) -> list[str]:
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return text.decode().split("\n")[:-1]


def _quads(lines: list[str]) -> tuple[ox.Quad, ...]:
    return tuple(ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS))
