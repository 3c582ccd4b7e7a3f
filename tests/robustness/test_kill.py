# ruff: noqa: S311 - what is random here need not be secret
"""kill -9 at random moments: nothing acknowledged is lost, nothing partial is seen.

A process goes round through adding, loading, replaying, replacing and removing
(see ``worker.py``). It says on a pipe what it has done; that is what
counts as acknowledged. Another process kills it, opens the store and compares
what it holds with what it held at that point of an undisturbed run.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import comity
from comity.store import EmbeddedStore
from comity_ontology.prefixes import current_base
from comity_ontology.terms import COMITY, RDF

WORKER = Path(__file__).with_name("worker.py")
RING = ("add", "load", "replay", "replace", "remove")
KILLS = 110
KILLS_IN_MAKING = 20
CHECK_EACH = 10  # kills; the store check looks at much that kills cannot change
SEED = 20_210_225
# Where a kill is aimed at, and how many seconds after that it falls at the latest.
AIMS = {"open": 0.06, "begin": 0.25, "writing": 0.006}

Event = dict[str, Any]


class Worker:
    """The process that makes processes that work until they are killed."""

    def __init__(self) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(
            [sys.executable, WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": paths},
        )

    def events(self, request: Event) -> Iterator[Event]:
        """Make a request, and give what is said until it is over."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            event = json.loads(line)
            if event["is"] == "ended":
                expected = 0 if "expected" in request else signal.SIGKILL
                assert event["status"] == expected, "the worker failed: see its traceback"
                return
            yield event
        raise AssertionError("the worker is gone: see its traceback")

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture
def worker() -> Iterator[Worker]:
    """A worker that is there until the test is over."""
    started = Worker()
    yield started
    started.close()


class Expected:
    """What the store holds when each slot is at some point of its round."""

    def __init__(self, worker: Worker, directory: Path):
        directory.mkdir()
        events = [one for one in worker.events({"expected": str(directory)}) if one["is"] == "held"]
        self._first = frozenset(events[0]["quads"])
        self._added = {
            (one["slot"], one["at"]): frozenset(one["quads"]) - self._first for one in events[1:]
        }
        self.slots = sorted({one["slot"] for one in events[1:]})
        for slot in self.slots:  # the end of a round is its beginning; each step tells itself apart
            assert self._added[slot, 0] == frozenset()
            assert len({self._added[slot, at] for at in range(len(RING))}) == len(RING)

    def quads(self, at: dict[str, int]) -> frozenset[str]:
        return self._first.union(*(self._added[slot, step] for slot, step in at.items()))

    def facts(self, slot: str, at: int) -> set[str]:
        """Return the facts of a slot's document, as they lie in its graph."""
        graph = f"/graph/source/slot-{slot}>"
        return {quad for quad in self._added[slot, at] if quad.endswith(graph)}


def test_kills_at_random_moments(worker: Worker, tmp_path: Path) -> None:
    expected = Expected(worker, tmp_path / "undisturbed")
    chance = random.Random(SEED)
    store = tmp_path / "killed" / "store"
    store.parent.mkdir()
    at = dict.fromkeys(expected.slots, 0)
    acknowledged: list[Event] = []
    recorded: set[str] = set()
    hit: Counter[str] = Counter()
    for kill in range(KILLS):
        request = {
            "store": str(store),
            "at": dict(at),
            "seed": kill,
            "validate": chance.random() < 0.5,
            # How candidates wait, and how they are written: in memory and one batch, or as
            # large loads do.
            "in_memory": chance.choice((1, 1_000_000)),
            "in_one_step": chance.choice((1, 50_000)),
        }
        pending = killed(worker, request, chance, at, acknowledged)
        hit[pending["operation"] if pending else "between"] += 1
        with comity.open(store) as graph:
            held, loads = look_into(graph)
            if held != expected.quads(at):
                assert pending is not None, f"kill {kill}: something acknowledged is lost"
                slot = pending["slot"]
                at[slot] = (at[slot] + 1) % len(RING)
                assert held == expected.quads(at), f"kill {kill}: {pending} is there in part"
                hit["committed, not acknowledged"] += 1
            told = {event["load"] for event in acknowledged if "load" in event}
            assert told <= loads, f"kill {kill}: the record of a load is lost"
            assert len(loads - told - recorded) <= (pending is not None)
            recorded |= loads
            if kill % CHECK_EACH == CHECK_EACH - 1:
                assert graph.check_store().conforms
        no_left_overs(store)
        files_are_complete(store, expected, acknowledged)
    said = f"{KILLS} kills, seed {SEED}, {len(acknowledged)} acknowledged: {dict(hit)}\n"
    sys.stdout.write(said)  # shown with -s, and where a test fails
    assert all(hit[operation] for operation in RING), hit


def test_kills_while_a_store_is_made(worker: Worker, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    at = {"ankara": 0, "baku": 0, "tehran": 0}
    for kill in range(KILLS_IN_MAKING):
        store = tmp_path / str(kill) / "store"
        store.parent.mkdir()
        request = {
            "store": str(store),
            "at": at,
            "seed": kill,
            "validate": True,
            "in_memory": 1_000_000,
            "in_one_step": chance.choice((1, 50_000)),
        }
        killed(worker, request, chance, dict(at), [], aim="open")
        with comity.open(store) as graph:
            look_into(graph)
            assert graph.check_store().conforms
        no_left_overs(store)


def killed(
    worker: Worker,
    request: Event,
    chance: random.Random,
    at: dict[str, int],
    acknowledged: list[Event],
    aim: str = "",
) -> Event | None:
    """Let a process work and kill it; return what it had begun and not done."""
    aim = aim or chance.choices(list(AIMS), weights=(1, 4, 5))[0]
    wait_for = 1 if aim == "open" else chance.randint(1, 6)
    delay = chance.uniform(0, AIMS[aim])
    pending: Event | None = None
    pid, seen = 0, 0
    for event in worker.events(request):
        if event["is"] == "child":
            pid = event["pid"]
            if aim == "open":
                time.sleep(delay)
                os.kill(pid, signal.SIGKILL)
        elif event["is"] == "begin":
            pending = event
        elif event["is"] == "done":
            pending = None
            slot = event["slot"]
            assert event["operation"] == RING[at[slot]]
            at[slot] = (at[slot] + 1) % len(RING)
            acknowledged.append(event)
        if event["is"] == aim != "open":
            seen += 1
            if seen == wait_for:
                time.sleep(delay)
                os.kill(pid, signal.SIGKILL)
    return pending


def look_into(graph: comity.Graph) -> tuple[frozenset[str], set[str]]:
    """Return what named graphs hold without records of loads, and which loads are recorded."""
    assert isinstance(graph.store, EmbeddedStore)
    default: set[str] = set()
    named: set[str] = set()
    held: set[str] = set()
    loads: set[str] = set()
    base = f"{current_base()}load/"
    for quad in graph.store.engine:
        if isinstance(quad.graph_name, ox.DefaultGraph):
            default.add(str(quad.triple))
            continue
        named.add(str(quad.triple))
        text = str(quad)
        if not text.startswith(f"<{base}"):
            held.add(text)
        elif quad.predicate.value == RDF.type and quad.object == ox.NamedNode(COMITY.Load):
            assert isinstance(quad.subject, ox.NamedNode)
            loads.add(quad.subject.value.removeprefix(base))
    assert default == named  # the default graph is the set union of the others
    return frozenset(held), loads


def no_left_overs(store: Path) -> None:
    there = {entry.name for entry in store.iterdir()}
    assert there <= {"comity.json", "data", "quarantine", "removed"}
    assert not list(store.rglob("*.part"))


def files_are_complete(store: Path, expected: Expected, acknowledged: list[Event]) -> None:
    """Read all files of quarantine and removals, and look for those that were told of."""
    read = {
        str(file): {str(quad) for quad in ox.parse(path=str(file), format=ox.RdfFormat.TRIG)}
        for file in store.rglob("*.trig")
    }
    for file in store.rglob("quarantine/*.json"):
        json.loads(file.read_text())
    last = {event["slot"]: event for event in acknowledged}
    for event in acknowledged:
        if event["operation"] == "load" and event is last[event["slot"]]:
            assert len(read.get(event["quarantine"], ())) in (4, 0)
        if event["operation"] == "remove":
            assert expected.facts(event["slot"], 4) <= read[event["file"]]
        if event["operation"] == "replace":
            assert (
                expected.facts(event["slot"], 3) - expected.facts(event["slot"], 4)
                <= (read[event["file"]])
            )
