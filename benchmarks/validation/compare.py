"""The table of engines."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from measure import Limits, Measured, measure_ours, measure_peer
from ours import WAYS
from register import Register
from shapes import write_shapes

__all__ = ["compare"]

_PYSHACL = "pyshacl"
_LINE = "  {:<22} {:>7} {:>7}  {:>8} {:>8}  {:>8} {:>8}  {:>8} {:>8}  {:>7} {:>7}  {}"


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
        measured = {}
        for engine in engines:
            print(f"measuring {engine}", file=sys.stderr, flush=True)
            measured[engine] = (
                measure_ours(engine, folder, shapes, limits)
                if engine in WAYS
                else measure_peer(engine, python, folder, shapes, limits)
            )
    best = _best_other(measured)
    print(
        _LINE.format(
            *("", "load", "", "validate", "", f"x {_PYSHACL}", "", f"x {best}" if best else ""),
            *("", "MB", "", ""),
        )
    )
    print(_LINE.format("engine", *("clock", "cpu") * 4, "before", "peak", "found"))
    peers = [measured.get(_PYSHACL), measured.get(best)]
    for one in measured.values():
        print(_line(one, peers))
    print(flush=True)


def _best_other(measured: dict[str, Measured]) -> str:
    """Name the engine that is fastest by the clock, pySHACL and Comity apart."""
    others = {
        name: one.taken["seconds"]
        for name, one in measured.items()
        if name not in (_PYSHACL, *WAYS) and one.taken and not one.wrong
    }
    return min(others, key=lambda name: others[name], default="")


def _line(measured: Measured, peers: Sequence[Measured | None]) -> str:
    taken = measured.taken
    if not taken:
        return f"  {measured.name:<22} {measured.outcome}"
    loading = (measured.stages or {}).get("load", {})
    ratios = [
        _times(peer.taken[kind], taken[kind]) if peer and peer.taken else ""
        for peer in peers
        for kind in ("seconds", "processor")
    ]
    return _LINE.format(
        measured.name,
        *(f"{loading[kind]:.2f}" if loading else "" for kind in ("seconds", "processor")),
        *(f"{taken[kind]:.2f}" for kind in ("seconds", "processor")),
        *ratios,
        f"{taken['held']:,}",
        f"{taken['peak']:,}",
        measured.wrong or f"all {measured.found}",
    )


def _times(peer: float, own: float) -> str:
    # Where reading is taken off, a time near nothing may come out below it.
    return f"{float(f'{peer / own:.3g}'):,g}" if own > 0 else "?"
