"""Candidates wait in a store of their own, beside the one they are meant for.

So no query ever sees them, and forgetting them costs nothing: a store that
held them on disk would take longer to drop them than to write them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import pyoxigraph as ox

from comity.gate.exchange import exchange
from comity.store import EmbeddedStore, Store, iri_of, select
from comity.store.base import Subject, Term
from comity.store.embedded import STAGING

__all__ = ["Staging"]

_DEFAULT = ox.DefaultGraph()
BATCH = 500
IN_MEMORY = 2_000_000
IN_ONE_STEP = 50_000


class Staging:
    """What one load has read and not yet stored.

    Parameters
    ----------
    store : Store
        Where the candidates are to go.
    load : str
        The load's identifier.
    """

    def __init__(self, store: Store, load: str):
        self._store = store
        self._load = load
        self._waiting: Store = EmbeddedStore.in_memory()
        self._folder: Path | None = None
        self._graphs: dict[str, ox.NamedNode] = {}
        self._added = 0
        self._is_set = False

    @property
    def targets(self) -> set[str]:
        """The graphs that candidates are meant for."""
        return set(self._graphs)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Take in candidates, each with its target as graph name."""
        iterator = self._noted(quads)
        while batch := list(islice(iterator, IN_ONE_STEP)):
            self._added += len(batch)
            if self._added > IN_MEMORY and self._folder is None:
                self._move_to_disk()
            if self._is_set:
                batch += [ox.Quad(*quad.triple) for quad in batch]
            if self._folder is None:
                self._waiting.add(batch)
            else:
                self._waiting.bulk(batch)

    def _noted(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Note the targets that candidates have, and give each the graph where it waits."""
        for quad in quads:
            target = quad.graph_name
            if not isinstance(target, ox.NamedNode):
                raise TypeError(f"a candidate needs a named graph: {quad}")
            graph = self._graphs.setdefault(target.value, target)
            yield quad if graph == target else _moved(quad, graph)

    def _move_to_disk(self) -> None:
        """Let a load that is too large for memory wait in a folder of the store."""
        if self._store.directory is None:
            return
        self._folder = self._store.directory / f"{STAGING}{self._load}"
        on_disk = EmbeddedStore.at(self._folder, read_only=False, create=True)
        on_disk.bulk(self._waiting.match(None, None, None))
        self._waiting = on_disk

    def retarget(self, old: str, new: str) -> None:
        """Give candidates whose graph was not known their target graph."""
        if old not in self._graphs:
            return
        graph = self._graphs.pop(old)
        if new in self._graphs:
            self._waiting.update(f"ADD {graph} TO {self._graphs[new]} ; DROP GRAPH {graph}")
        else:
            self._graphs[new] = graph

    def drop_known(self) -> int:
        """Forget candidates that their target graph already holds; return how many."""
        known = 0
        for target, graph in self._graphs.items():
            place = ox.NamedNode(target)
            if next(self._store.match(None, None, None, place), None) is None:
                continue
            for batch in _batches(self._waiting.match(None, None, None, graph)):
                held = [quad for quad in batch if self._store.holds(_moved(quad, place))]
                self._remove(held)
                known += len(held)
        return known

    def count(self) -> int:
        """Count the candidates that wait; looks at each."""
        row = next(select(self._waiting, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"))
        return int(row[0].value)

    def match(
        self,
        subject: Subject | None,
        predicate: ox.NamedNode | None,
        value: Term | None,
        target: str | None = None,
    ) -> Iterator[ox.Quad]:
        """Iterate over candidates that fit a pattern, for one target or any.

        Graph names are those of the staging store.
        """
        if target is None:
            return self._waiting.match(subject, predicate, value)
        if target not in self._graphs:
            return iter(())
        return self._waiting.match(subject, predicate, value, self._graphs[target])

    def holds(self, quad: ox.Quad) -> bool:
        """Tell whether a quad, with its target as graph name, is a candidate."""
        found = self.match(quad.subject, quad.predicate, quad.object, iri_of(quad.graph_name))
        return next(found, None) is not None

    def subjects(self, target: str | None = None) -> set[str]:
        """Return the IRIs that candidates, for one target or any, are about."""
        if target is not None and target not in self._graphs:
            return set()
        graph = "?staged" if target is None else str(self._graphs[target])
        rows = self._rows(f"SELECT DISTINCT ?s WHERE {{ GRAPH {graph} {{ ?s ?p ?value }} }}")
        return {row[0].value for row in rows}

    def objects(self) -> set[str]:
        """Return the IRIs that candidates point at."""
        rows = self.select("?s ?p ?value . FILTER(ISIRI(?value))", "?value")
        return {row[0].value for row in rows}

    def is_about(self, node: str) -> bool:
        """Tell whether candidates say something about a node."""
        subject = _named(node)
        return subject is not None and bool(next(self._waiting.match(subject, None, None), None))

    def referrers(self, nodes: Iterable[str]) -> dict[str, set[str]]:
        """Return, per node, the candidates' subjects that point at it."""
        found: dict[str, set[str]] = {}
        for node in nodes:
            value = _named(node)
            if value is None:
                continue
            for quad in self._waiting.match(None, None, value):
                found.setdefault(node, set()).add(iri_of(quad.subject))
        return found

    def take(self, subjects: Iterable[str]) -> list[ox.Quad]:
        """Remove all candidates about some nodes and return them with their targets."""
        found = [
            quad
            for subject in sorted(subjects)
            for quad in sorted(self._waiting.match(ox.NamedNode(subject), None, None), key=str)
        ]
        self._remove(found)
        return list(self._retargeted(found))

    def take_graph(self, target: str) -> list[ox.Quad]:
        """Remove all candidates of one target graph and return them."""
        graph = self._graphs[target]
        found = list(self._waiting.match(None, None, None, graph))
        self._remove(found)
        taken = list(self._retargeted(found))
        del self._graphs[target]
        return taken

    def select(self, pattern: str, variables: str) -> Iterator[ox.QuerySolution]:
        """Ask the candidates for a pattern, whichever graph they are meant for."""
        return self._rows(f"SELECT DISTINCT {variables} WHERE {{ GRAPH ?staged {{ {pattern} }} }}")

    def as_set(self) -> Store:
        """Return a store in whose default graph the candidates are, each triple once.

        From the first call on it is kept as the candidates are.
        """
        if not self._is_set:
            self._is_set = True
            self._waiting.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
        return self._waiting

    def new_to(self, store: Store) -> Iterator[ox.Triple]:
        """Iterate over the triples that the default graph of a store does not hold."""
        for quad in self.as_set().match(None, None, None, _DEFAULT):
            if not store.holds(quad):
                yield quad.triple

    def commit(self, extra: Iterable[ox.Quad] = (), gone: Iterable[ox.Quad] = ()) -> None:
        """Put the candidates in their graphs and the default graph, in one step.

        The default graph is the set union of the others, so each triple goes
        to both; ``extra`` quads (the load's own record) go with them, and
        what is to be ``gone`` goes in the same step.
        """
        candidates = self._retargeted(self._waiting.match(None, None, None))
        exchange(self._store, gone, chain(candidates, extra))

    def clear(self) -> None:
        """Forget all candidates."""
        self._waiting.close()
        self._graphs.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _retargeted(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Give candidates their targets; leave out the copies that :meth:`as_set` made."""
        targets = {graph: target for target, graph in self._graphs.items()}
        for quad in quads:
            graph = quad.graph_name
            if isinstance(graph, ox.NamedNode):
                target = targets[graph]
                yield quad if graph.value == target else _moved(quad, ox.NamedNode(target))

    def _remove(self, quads: Iterable[ox.Quad]) -> None:
        for batch in _batches(quads):
            self._delete(batch)
            if self._is_set:
                waiting = self._waiting
                triples = {quad.triple for quad in batch}
                gone = [one for one in triples if next(waiting.holders(one), None) is None]
                self._delete(ox.Quad(*triple) for triple in gone)

    def _delete(self, quads: Iterable[ox.Quad]) -> None:
        data = " ".join(
            f"GRAPH {quad.graph_name} {{ {quad.triple} }}"
            if isinstance(quad.graph_name, ox.NamedNode)
            else f"{quad.triple} ."
            for quad in quads
        )
        self._waiting.update(f"DELETE DATA {{ {data} }}")

    def _rows(self, text: str) -> Iterator[ox.QuerySolution]:
        return select(self._waiting, text)


def _named(node: str) -> ox.NamedNode | None:
    """Make a term of an IRI; the text of a literal, which foreign shapes may look at, is none."""
    try:
        return ox.NamedNode(node)
    except ValueError:
        return None


def _moved(quad: ox.Quad, graph: ox.NamedNode) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _batches(quads: Iterable[ox.Quad]) -> Iterator[list[ox.Quad]]:
    iterator = iter(quads)
    while batch := list(islice(iterator, BATCH)):
        yield batch
