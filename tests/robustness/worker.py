# ruff: noqa: S311 - what is random here need not be secret
"""Works on a store until it is killed, and says what it does; a script of the tests beside it.

Each slot is a document that goes round through five operations, from nothing
to nothing. Lines on standard input are requests, as JSON:

``{"expected": DIR}``: go round once for each slot, undisturbed, and print what the store holds
after each operation, without records of loads.
``{"store": DIR, "at": {slot: number}, …}``: fork a process that goes round until it is killed;
its number is printed first, then what it begins, writes and has done.

Forking spares each of the many processes the second that imports take. No
store on disk is opened before a fork: the engine's threads would not follow.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox

import comity
from comity.gate import exchange, staging
from comity.store import EmbeddedStore
from comity_ontology.prefixes import current_base, prefixes

SLOTS = ("ankara", "baku", "tehran")
RING = ("add", "load", "replay", "replace", "remove")  # the operation that leaves each state

TEXT = "Slot {slot}\n\nAgency {slot} met the late agency of {slot}. It rained in {slot}.\n"
NEW_TEXT = "Slot {slot}\n\nThe agency of {slot} met nobody. It rained in {slot}. So it was.\n"
FACTS = """
agency:{slot} a comity:Agency ; skos:prefLabel "Agency {slot}"@en ;
    prov:wasDerivedFrom p:2 .
place:{slot} a comity:Place ; skos:prefLabel "Place {slot}"@en ;
    prov:wasDerivedFrom p:3 .
agency:late-{slot} a comity:Agency ; skos:prefLabel "Late agency {slot}"@en ;
    dcterms:type code:no-such-kind ; prov:wasDerivedFrom p:2 .
"""
NEW_FACTS = """
agency:{slot} a comity:Agency ; skos:prefLabel "New agency {slot}"@en ;
    prov:wasDerivedFrom p:2 .
"""


def say(kind: str, **more: object) -> None:
    os.write(sys.stdout.fileno(), (json.dumps({"is": kind} | more) + "\n").encode())


class Slots:
    """The operations on the slots of one store."""

    def __init__(self, graph: comity.Graph, validate: bool):
        self.graph = graph
        self.validate = validate
        assert graph.store.directory is not None
        self.folder = graph.store.directory.parent / "files"
        self.folder.mkdir(exist_ok=True)

    def file(self, name: str, content: str, slot: str) -> Path:
        path = self.folder / name
        path.write_text(content.replace("{slot}", slot), encoding="utf-8")
        return path

    def facts(self, name: str, content: str, slot: str) -> Path:
        declared = prefixes() | {"p": f"{current_base()}passage/slot-{slot}/"}
        head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in declared.items())
        return self.file(name, head + content, slot)

    def add(self, slot: str) -> dict[str, str]:
        text = self.file(f"slot-{slot}.txt", TEXT, slot)
        added = self.graph.add_document(text)
        assert added.load is not None
        return {"load": added.load.load}

    def load(self, slot: str) -> dict[str, str]:
        report = self.graph.load(
            self.facts(f"{slot}.ttl", FACTS, slot),
            document=f"source:slot-{slot}",
            validate=self.validate,
        )
        assert (report.quarantined, report.committed) == (4, True), report.checks.to_text()
        return {"load": report.load, "quarantine": str(report.quarantine)}

    def replay(self, slot: str) -> dict[str, str]:
        pending = self.graph.quarantine()
        waiting = [
            one.load for one in pending if one.recorded and f"late-{slot}" in one.path.read_text()
        ]
        text = FACTS.partition("agency:late")[2].replace("no-such-kind", "sme-agency")
        graph = f"<https://w3id.org/comity/graph/source/slot-{slot}>"
        mended = self.facts(f"mended-{slot}.trig", f"{graph} {{ agency:late{text} }}", slot)
        done = self.graph.replay(waiting[-1], mended=mended)
        assert done.report.accepted == 4, done.report.checks.to_text()
        return {"load": done.report.load}

    def replace(self, slot: str) -> dict[str, str]:
        text = self.file(f"new-{slot}.txt", NEW_TEXT, slot)
        facts = self.facts(f"new-{slot}.ttl", NEW_FACTS, slot)
        done = self.graph.replace_document(f"source:slot-{slot}", text, facts=[facts])
        assert done.load is not None
        assert done.committed, done.load.checks.to_text()
        return {"load": done.load.load, "file": str(done.file)}

    def remove(self, slot: str) -> dict[str, str]:
        return {"file": str(self.graph.remove_document(f"source:slot-{slot}").file)}

    def do(self, operation: str, slot: str) -> dict[str, str]:
        work = getattr(self, operation)
        return dict(work(slot))


def held(store: Path) -> list[str]:
    """Return what the named graphs hold, without records of loads."""
    engine = ox.Store.read_only(str(store / "data"))
    loads = f"<{current_base()}load/"
    return sorted(
        text
        for quad in engine.quads_for_pattern(None, None, None, None)
        if isinstance(quad.graph_name, ox.NamedNode) and not (text := str(quad)).startswith(loads)
    )


def expected(directory: Path) -> None:
    """Print what the store holds at first, and after each operation on each slot."""
    store = directory / "store"
    comity.open(store).close()
    say("held", slot="", at=0, quads=held(store))
    for slot in SLOTS:
        for number, operation in enumerate(RING, start=1):
            with comity.open(store) as graph:
                Slots(graph, validate=True).do(operation, slot)
            say("held", slot=slot, at=number % len(RING), quads=held(store))


def work(request: dict[str, Any]) -> None:
    """Go round until killed, beginning where each slot is."""
    chance = random.Random(request["seed"])
    staging.IN_MEMORY = request["in_memory"]
    exchange.IN_MEMORY = request["in_one_step"]
    _announce_writing()
    with comity.open(request["store"]) as graph:
        slots = Slots(graph, request["validate"])
        say("open")
        at = dict(request["at"])
        while True:
            slot = chance.choice(SLOTS)
            operation = RING[at[slot]]
            say("begin", operation=operation, slot=slot)
            said = slots.do(operation, slot)
            at[slot] = (at[slot] + 1) % len(RING)
            say("done", operation=operation, slot=slot, **said)


def _announce_writing() -> None:
    """Say when the store is about to be written, so that a kill can be aimed at it."""
    for name in ("add", "bulk", "update"):
        write = getattr(EmbeddedStore, name)

        def announced(self: EmbeddedStore, what: Any, write: Any = write) -> None:
            if self.directory is not None:
                say("writing")
            write(self, what)

        setattr(EmbeddedStore, name, announced)


def warm() -> None:
    """Import and parse what the work needs."""
    with comity.open() as graph:
        graph.validate(["code:signing"])


def main() -> None:
    """Answer requests."""
    warm()
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            if "expected" in request:
                expected(Path(request["expected"]))
            else:
                work(request)
            os._exit(0)
        say("child", pid=child)
        _, status = os.waitpid(child, 0)
        say("ended", status=status)


if __name__ == "__main__":
    main()
