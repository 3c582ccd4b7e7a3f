"""The table of engines."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from measure import Limits, Measured, measure_ours, measure_peer
from register import Register
from shapes import write_shapes

__all__ = ["compare"]

_HEADS = "  {:<20} {:>8} {:>9} {:>9} {:>8} {:>8} {:>8} {:>8}  {}"


def compare(triples: int, shapes: str, engines: Sequence[str], python: str, limits: Limits) -> None:
    """Print what each engine takes at one size, and whether it finds what was planted."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        register = Register.of(triples)
        written = register.write(folder)
        write_shapes(folder)
        print(
            f"{written:,} triples, {register.releases:,} releases, "
            f"{len(register.planted)} changed; shapes: {shapes}"
        )
        heads = ("load", "validate", "processor", "held MB", "peak MB", "ratio", "w/ load")
        print(_HEADS.format("engine", *heads, "found"))
        first: Measured | None = None
        for measured in _all(folder, shapes, engines, python, limits):
            first = first or measured
            print(_line(measured, first), flush=True)
        print(flush=True)


def _all(
    folder: Path, shapes: str, engines: Sequence[str], python: str, limits: Limits
) -> Iterator[Measured]:
    for engine in engines:
        if engine in ("memory", "disk"):
            yield measure_ours(engine, folder, shapes, limits)
        else:
            yield measure_peer(engine, python, folder, shapes, limits)


def _line(measured: Measured, first: Measured) -> str:
    if not measured.taken:
        return f"  {measured.name:<20} {measured.outcome}"
    taken, loading = measured.taken, (measured.stages or {}).get("load", {})
    own = measured.name.startswith("comity")
    whole = taken["processor"] + (0 if own else loading.get("processor", 0))
    wrong = [
        f"{count} {what}"
        for count, what in ((measured.missing, "missing"), (measured.extra, "extra"))
        if count
    ]
    return _HEADS.format(
        measured.name,
        f"{loading['seconds']:.2f}" if loading else "",
        f"{taken['seconds']:.2f}",
        f"{taken['processor']:.2f}",
        f"{taken['held']:,}",
        f"{taken['peak']:,}",
        *(
            f"{spent / first.taken['processor']:.3g}" if first.taken else ""
            for spent in (taken["processor"], whole)
        ),
        ", ".join(wrong) or f"all {measured.results}",
    )
