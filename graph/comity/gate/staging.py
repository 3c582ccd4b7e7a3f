"""Candidates wait in staging graphs, which ordinary queries never see.

One staging graph per target: its IRI ends in the target's, percent-encoded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from urllib.parse import quote

import pyoxigraph as ox

from comity.store import Store, iri_of, select
from comity_ontology.prefixes import GRAPHS

__all__ = ["Staging", "clear_left_overs"]

BATCH = 500
IN_MEMORY = 50_000


class Staging:
    """The staging graphs of one load.

    Parameters
    ----------
    store : Store
        Where the candidates wait.
    load : str
        The load's identifier.
    """

    def __init__(self, store: Store, load: str):
        self._store = store
        self._root = f"{GRAPHS.STAGING}{load}/"
        self._graphs: dict[str, ox.NamedNode] = {}

    def graph_for(self, target: str) -> ox.NamedNode:
        """Return the staging graph of a target graph."""
        if target not in self._graphs:
            self._graphs[target] = ox.NamedNode(self._root + quote(target, safe=""))
        return self._graphs[target]

    @property
    def targets(self) -> dict[str, ox.NamedNode]:
        """Target graph to staging graph, for all that were used."""
        return dict(self._graphs)

    @property
    def graphs(self) -> list[ox.NamedNode]:
        """The staging graphs that were used."""
        return list(self._graphs.values())

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Put candidates, each with its target as graph name, in their staging graphs."""
        staged = (
            ox.Quad(quad.subject, quad.predicate, quad.object, self._staged_for(quad))
            for quad in quads
        )
        first = list(islice(staged, IN_MEMORY))
        if len(first) < IN_MEMORY:
            self._store.add(first)
        else:
            self._store.bulk(chain(first, staged))

    def _staged_for(self, quad: ox.Quad) -> ox.NamedNode:
        if not isinstance(quad.graph_name, ox.NamedNode):
            raise TypeError(f"a candidate needs a named graph: {quad}")
        return self.graph_for(quad.graph_name.value)

    def retarget(self, old: str, new: str) -> None:
        """Give candidates whose graph was not known their target graph."""
        if old not in self._graphs:
            return
        source, target = self._graphs.pop(old), self.graph_for(new)
        self._store.update(f"ADD SILENT {source} TO {target} ; DROP SILENT GRAPH {source}")

    def drop_known(self) -> None:
        """Forget candidates that their target graph already holds."""
        steps = [
            f"DELETE {{ GRAPH {staged} {{ ?s ?p ?o }} }} "
            f"WHERE {{ GRAPH {staged} {{ ?s ?p ?o }} GRAPH <{target}> {{ ?s ?p ?o }} }}"
            for target, staged in self._graphs.items()
        ]
        if steps:
            self._store.update(" ;\n".join(steps))

    def count(self) -> int:
        """Count the candidates that wait."""
        return sum(self.count_in(graph) for graph in self._graphs.values())

    def count_in(self, graph: ox.NamedNode) -> int:
        """Count the candidates of one staging graph."""
        return sum(1 for _ in self._store.match(None, None, None, graph))

    def subjects(self) -> set[str]:
        """Return the IRIs that candidates are about."""
        return self._distinct("?s", "{ ?s ?p ?value }")

    def subjects_in(self, target: str) -> set[str]:
        """Return the IRIs that candidates for one graph are about."""
        found = self._store.match(None, None, None, self.graph_for(target))
        return {iri_of(quad.subject) for quad in found}

    def objects(self) -> set[str]:
        """Return the IRIs that candidates point at."""
        return self._distinct("?value", "{ ?s ?p ?value . FILTER(ISIRI(?value)) }")

    def referrers(self, nodes: Iterable[str]) -> dict[str, set[str]]:
        """Return, per node, the candidates' subjects that point at it."""
        found: dict[str, set[str]] = {}
        for batch in _batches(sorted(nodes)):
            listed = " ".join(f"<{node}>" for node in batch)
            rows = select(
                self._store,
                f"SELECT DISTINCT ?s ?value WHERE {{ VALUES ?value {{ {listed} }} "
                f"{self._anywhere('?s ?p ?value')} }}",
                staged=True,
            )
            for row in rows:
                found.setdefault(row[1].value, set()).add(row[0].value)
        return found

    def take(self, subjects: Iterable[str]) -> list[ox.Quad]:
        """Remove all candidates about some nodes and return them with their targets."""
        taken: list[ox.Quad] = []
        removed: list[str] = []
        target_of = {staged: target for target, staged in self._graphs.items()}
        for subject in sorted(subjects):
            for staged, target in target_of.items():
                for quad in self._store.match(ox.NamedNode(subject), None, None, staged):
                    taken.append(_retargeted(quad, target))
                    removed.append(f"GRAPH {staged} {{ {quad.triple} }}")
        for batch in _batches(removed):
            self._store.update(f"DELETE DATA {{ {' '.join(batch)} }}")
        return taken

    def take_graph(self, target: str) -> list[ox.Quad]:
        """Remove all candidates of one target graph and return them."""
        staged = self._graphs.pop(target)
        taken = [_retargeted(quad, target) for quad in self._store.match(None, None, None, staged)]
        self._store.update(f"DROP SILENT GRAPH {staged}")
        return taken

    def select(self, pattern: str, variables: str) -> Iterator[ox.QuerySolution]:
        """Ask the candidates for a pattern, whichever graph they are meant for."""
        text = f"SELECT DISTINCT {variables} WHERE {{ {self._anywhere(pattern)} }}"
        return select(self._store, text, staged=True)

    def commit(self, extra: Sequence[ox.Quad] = (), before: Sequence[str] = ()) -> None:
        """Move the candidates to their graphs and the default graph, in one step.

        The default graph is the set union of the others, so each triple goes
        to both; ``extra`` quads (the load's own record) go with them. What is
        to happen ``before`` happens in the same step.
        """
        steps = [
            *before,
            *(
                f"INSERT {{ GRAPH <{target}> {{ ?s ?p ?o }} ?s ?p ?o }} "
                f"WHERE {{ GRAPH {staged} {{ ?s ?p ?o }} }} ;\nDROP SILENT GRAPH {staged}"
                for target, staged in self._graphs.items()
            ),
        ]
        if extra:
            data = " ".join(
                f"GRAPH {quad.graph_name} {{ {quad.triple} }} {quad.triple} ." for quad in extra
            )
            steps.append(f"INSERT DATA {{ {data} }}")
        if steps:
            self._store.update(" ;\n".join(steps))
        self._graphs.clear()

    def clear(self) -> None:
        """Forget all candidates."""
        drop(self._store, self._graphs.values())
        self._graphs.clear()

    def _anywhere(self, pattern: str) -> str:
        graphs = " ".join(str(graph) for graph in self._graphs.values())
        return f"VALUES ?staged {{ {graphs} }} GRAPH ?staged {{ {pattern} }}"

    def _distinct(self, variable: str, pattern: str) -> set[str]:
        return {row[0].value for row in self.select(pattern, variable)}


def clear_left_overs(store: Store) -> None:
    """Drop the staging graphs that an interrupted process left behind."""
    drop(store, [ox.NamedNode(name) for name in store.graphs() if name.startswith(GRAPHS.STAGING)])


def drop(store: Store, graphs: Iterable[ox.NamedNode]) -> None:
    """Drop some graphs in one step."""
    steps = [f"DROP SILENT GRAPH {graph}" for graph in graphs]
    if steps:
        store.update(" ; ".join(steps))


def _retargeted(quad: ox.Quad, target: str) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(target))


def _batches(items: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(items), BATCH):
        yield list(items[start : start + BATCH])
