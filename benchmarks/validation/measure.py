"""One engine, measured in a process of its own, within limits of time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peers import IN_ONE_CALL
from plants import SPARQL, Found
from register import read_expected

__all__ = ["Limits", "Measured", "measure_ours", "measure_peer", "python_run"]

HERE = Path(__file__).parent
Stages = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may take: seconds and GB."""

    seconds: float = 600
    gigabytes: float = 16

    @property
    def filling(self) -> Limits:
        """Those of a run in which a store is filled, which is not what is measured."""
        return Limits(10 * self.seconds, self.gigabytes)


@dataclass(frozen=True, slots=True)
class Measured:
    """What became of an engine.

    Parameters
    ----------
    name : str
    outcome : str
        Empty where it finished, else why not.
    stages : dict
        By name (load, validate): seconds, processor seconds, MB held before, and MB at the peak.
    found, missing, extra : int
        How much it found; how much of what was planted it did not, and how much that was not.
    """

    name: str
    outcome: str = ""
    stages: Stages | None = None
    found: int = 0
    missing: int = 0
    extra: int = 0

    @property
    def taken(self) -> dict[str, float]:
        """What validating took; empty where it did not finish."""
        return (self.stages or {}).get("validate", {})

    @property
    def wrong(self) -> str:
        """Say what is missing and what is extra, if anything is."""
        counts = ((self.missing, "missing"), (self.extra, "extra"))
        return ", ".join(f"{count} {what}" for count, what in counts if count)


def python_run(command: Sequence[str], limits: Limits) -> dict[str, Any]:
    """Run a Python program that prints JSON; ``outcome`` in it says why there is nothing else."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(command, stdout=output, stderr=errors)
        try:
            while child.poll() is None:
                if time.monotonic() - started > limits.seconds:
                    return {"outcome": f"not within {limits.seconds:.0f} s"}
                if _megabytes(child.pid) > limits.gigabytes * 1024:
                    return {"outcome": f"not within {limits.gigabytes:g} GB"}
                time.sleep(0.05)
        finally:
            child.kill()
            child.wait()
        if child.returncode:
            errors.seek(0)
            last = errors.read().decode(errors="replace").strip().splitlines()[-1:]
            return {"outcome": f"failed: {' '.join(last)[:100] or child.returncode}"}
        output.seek(0)
        said: dict[str, Any] = json.load(output)
        return {"outcome": "absent"} if said.get("absent") else said


def measure_ours(what: str, folder: Path, shapes: str, limits: Limits) -> Measured:
    """Measure Comity in one of its ways: see :data:`ours.WAYS`."""
    name = f"comity, {what}"
    own = [sys.executable, str(HERE / "ours.py")]
    files = [str(folder / "data.nt"), str(folder / f"{shapes}.ttl")]
    stages: Stages = {}
    store = folder / "store"
    if what == "disk" and not store.exists():
        loaded = python_run([*own, "fill", *files, str(store)], limits.filling)
        if "outcome" in loaded:
            return Measured(name, loaded["outcome"])
        stages = loaded["stages"]
    more = [str(store)] if what == "disk" else []
    said = python_run([*own, what, *files, *more], limits if more else limits.filling)
    return _measured(name, said, stages, folder, shapes)


def measure_peer(name: str, python: str, folder: Path, shapes: str, limits: Limits) -> Measured:
    """Measure another engine, which the Python given may have."""
    own = [python, str(HERE / "peers.py"), name, str(folder / "data.nt")]
    stages: Stages = {}
    if name in IN_ONE_CALL:
        read = python_run([*own, str(folder / "nothing.ttl")], limits)
        if "outcome" in read:
            return Measured(name, read["outcome"])
        stages["load"] = read["stages"]["validate"]
    said = python_run([*own, str(folder / f"{shapes}.ttl")], limits)
    if name in IN_ONE_CALL and "stages" in said:
        for of in ("seconds", "processor"):
            said["stages"]["validate"][of] -= stages["load"][of]
    title = f"{name} {said['version']}" if "version" in said else name
    return _measured(title, said, stages, folder, shapes)


def _measured(
    name: str, said: dict[str, Any], stages: Stages, folder: Path, shapes: str
) -> Measured:
    if "outcome" in said:
        return Measured(name, said["outcome"])
    in_sparql = shapes == "sparql"
    planted = read_expected(folder)
    expected = {found for found in planted if (found.component == SPARQL) == in_sparql}
    found = set(_found(said["results"]))
    return Measured(
        name,
        stages=stages | said["stages"],
        found=len(found),
        missing=len(expected - found),
        extra=len(found - expected),
    )


def _found(results: Iterable[tuple[str, str, str]]) -> Iterable[Found]:
    for result in results:
        shape, component, focus = (text.strip("<>") for text in result)
        short = component.rpartition("#")[2].removesuffix("ConstraintComponent")
        yield Found(shape, short, focus)


def _megabytes(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:  # it has just ended
        return 0
    return int((status.partition("VmRSS:")[2].split() or ["0"])[0]) / 1024
