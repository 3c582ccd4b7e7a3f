"""A store of an earlier version gets the ontology of this one when it is opened to write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import comity
from comity_ontology.prefixes import GRAPHS

EXTRA = "<https://w3id.org/comity/ns#Agency> <https://example.org/once> <https://example.org/was>"
CLASS = "ASK { comity:Agency a owl:Class }"


def test_the_ontology_of_an_earlier_version_is_replaced(
    tmp_path: Path, union_holds: Callable[[comity.Graph], bool]
) -> None:
    store = tmp_path / "store"
    with comity.open(store) as graph:
        triples = graph.info().triples
        # As an earlier version would have left it: one triple more, one less, another digest.
        graph.store.update(
            f"INSERT DATA {{ GRAPH <{GRAPHS.ONTOLOGY}> {{ {EXTRA} }} {EXTRA} }} ;"
            f"DELETE WHERE {{ GRAPH <{GRAPHS.META}> {{ <{GRAPHS.ONTOLOGY}> ?p ?o }} }} ;"
            f"DELETE WHERE {{ <{GRAPHS.ONTOLOGY}> ?p ?o }} ;"
            f"INSERT DATA {{ GRAPH <{GRAPHS.META}> {{ <{GRAPHS.ONTOLOGY}> "
            '<https://w3id.org/comity/ns#sha256> "old" } '
            f'<{GRAPHS.ONTOLOGY}> <https://w3id.org/comity/ns#sha256> "old" }} ;'
            f"DELETE DATA {{ GRAPH <{GRAPHS.ONTOLOGY}> {{ <https://w3id.org/comity/ns#Agency> a "
            "<http://www.w3.org/2002/07/owl#Class> } <https://w3id.org/comity/ns#Agency> a "
            "<http://www.w3.org/2002/07/owl#Class> }"
        )
        assert not graph.sparql(CLASS)
    with comity.open(store) as graph:
        assert graph.sparql(CLASS)
        assert not graph.sparql(f"ASK {{ {EXTRA} }}")
        assert graph.info().triples == triples
        assert union_holds(graph)


def test_opening_again_changes_nothing(
    tmp_path: Path, contents: Callable[[comity.Graph], set[str]]
) -> None:
    with comity.open(tmp_path / "store") as graph:
        before = contents(graph)
    with comity.open(tmp_path / "store") as graph:
        assert contents(graph) == before
