from __future__ import annotations

import networkx as nx
import pytest

from comity.network import METRICS, EdgeRow, NodeInfo, brokers, build, measure, simple
from comity.network import metrics as module
from comity_ontology.errors import ParameterError

ID = "https://w3id.org/comity/id/"


def network(
    *ties: tuple[str, str, float], countries: dict[str, str] | None = None
) -> nx.MultiDiGraph[str]:
    names = {end for tie in ties for end in tie[:2]}
    nodes = {n: NodeInfo(n, n.upper(), "person", (countries or {}).get(n, "")) for n in names}
    rows = [EdgeRow(s, t, "met", w, evidence=(f"p:{s}{t}",)) for s, t, w in ties]
    return build(rows, nodes)


def test_simple_adds_parallel_edges_and_drops_loops() -> None:
    graph = network(("a", "b", 1.0), ("b", "a", 3.0), ("a", "a", 5.0), ("c", "c", 1.0))
    folded = simple(graph)
    assert list(folded.edges(data=True)) == [("a", "b", {"weight": 4.0, "distance": 0.25})]
    assert list(folded) == ["a", "b", "c"]


def test_degree_counts_neighbours_and_strength_adds_weights() -> None:
    graph = network(("a", "b", 1.0), ("b", "a", 3.0), ("a", "c", 2.0))
    found = measure(graph, ["degree", "weighted-degree"])
    assert found["degree"] == {"a": 2, "b": 1, "c": 1}
    assert found["weighted_degree"] == {"a": 6.0, "b": 4.0, "c": 2.0}
    assert graph.nodes["a"]["weighted_degree"] == 6.0


def test_betweenness_of_a_path_by_hand() -> None:
    # a-b-c-d: of the 3 pairs without b, 2 pass b (a-c, a-d).
    graph = network(("a", "b", 1.0), ("b", "c", 1.0), ("c", "d", 1.0))
    assert measure(graph, ["betweenness"])["betweenness"] == pytest.approx(
        {"a": 0.0, "b": 2 / 3, "c": 2 / 3, "d": 0.0}
    )


def test_strong_ties_are_short() -> None:
    # Direct a-c has length 1, the way over b 1/4 + 1/4.
    graph = network(("a", "b", 4.0), ("b", "c", 4.0), ("a", "c", 1.0))
    assert measure(graph, ["betweenness"])["betweenness"]["b"] == 1.0


def test_paths_of_equal_length_share_exactly() -> None:
    # a-c directly: 1/2; over b: 1/3 + 1/6, equal, but not in floats in every order.
    graph = network(("a", "c", 2.0), ("a", "b", 3.0), ("b", "c", 6.0))
    assert measure(graph, ["betweenness"])["betweenness"]["b"] == 0.5


def test_closeness_by_hand() -> None:
    # b reaches a at 1/2 and c at 1: 2 nodes / 1.5.
    graph = network(("a", "b", 2.0), ("b", "c", 1.0))
    found = measure(graph, ["closeness"])["closeness"]
    assert found == pytest.approx({"a": 2 / 2.0, "b": 2 / 1.5, "c": 2 / 2.5})


def test_pagerank_of_a_star_by_hand() -> None:
    # Centre c = .05 + .85 * 2 l, leaf l = .05 + .85 * c / 2, c + 2 l = 1.
    graph = network(("c", "x", 1.0), ("c", "y", 1.0))
    found = measure(graph, ["pagerank"])["pagerank"]
    assert found["c"] == pytest.approx(0.9 / 1.85, abs=1e-5)
    assert found["x"] == pytest.approx(found["y"])


def test_cross_border_ignores_nodes_without_country() -> None:
    graph = network(
        ("a", "b", 2.0), ("a", "c", 3.0), ("a", "d", 4.0), ("a", "e", 1.0),
        countries={"a": "TR", "b": "AZ", "c": "TR", "e": "GE"},
    )  # fmt: skip
    found = measure(graph, ["cross-border"])
    assert found["cross_border"] == {"a": 2, "b": 1, "c": 0, "d": 0, "e": 1}
    assert found["cross_border_weight"]["a"] == 3.0


def test_components_are_numbered_by_size() -> None:
    found = measure(network(("a", "b", 1.0), ("x", "y", 1.0), ("y", "z", 1.0)), ["components"])
    assert found["component"] == {"x": 1, "y": 1, "z": 1, "a": 2, "b": 2}
    assert found["component_size"]["a"] == 2


@pytest.mark.parametrize("name", METRICS)
def test_empty_networks_have_no_values(name: str) -> None:
    assert all(values == {} for values in measure(build([], {}), [name]).values())


def test_sampled_betweenness_repeats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EXACT_NODES", 10)
    monkeypatch.setattr(module, "SAMPLED_SOURCES", 8)
    ties = [(f"n{i:02}", f"n{(i * 7 + 3) % 30:02}", 1.0 + i % 4) for i in range(30)]
    one = measure(network(*ties), ["betweenness"])
    assert one == measure(network(*ties[::-1]), ["betweenness"])


def test_unknown_measures_offer_the_nearest(release: nx.MultiDiGraph[str]) -> None:
    with pytest.raises(ParameterError, match="betweenness"):
        measure(release, ["degree", "betweeness"])
    assert "degree" not in release.nodes[f"{ID}agency/kobia"]


def test_brokers_of_the_press_release(release: nx.MultiDiGraph[str]) -> None:
    # Kurt: Mammadov 2 events (he received him at one), Atakishiyev 1; the agencies: 2 agreements.
    found = brokers(release, "tr", "AZ")
    assert [(b.label, b.strength) for b in found] == [
        ("Hasan Basri Kurt", 3.0),
        # Equal strengths go by betweenness: both KOBİA's people reach KOSGEB through it.
        ("KOBİA", 2.0),
        ("KOSGEB", 2.0),
        ("Orhan Mammadov", 2.0),
        ("Rufat Atakishiyev", 1.0),
    ]
    first = found[0].ties[0]
    assert (first.label, first.country, first.weight) == ("Orhan Mammadov", "AZ", 2.0)
    assert first.kinds == ("host-guest", "same-event")
    numbers = [iri.rsplit("/", 1)[-1] for iri in found[0].evidence]
    assert numbers == ["24", "3", "4"]


def test_a_third_party_counts_by_its_weaker_side() -> None:
    graph = network(
        ("o", "a", 5.0), ("o", "b", 2.0), ("p", "a", 9.0),
        countries={"a": "TR", "b": "AZ", "p": "GE"},
    )  # fmt: skip
    assert [(b.iri, b.strength) for b in brokers(graph, "TR", "AZ")] == [("o", 2.0)]


def test_equal_strength_is_ranked_by_betweenness_then_label() -> None:
    graph = network(
        ("a", "x", 1.0), ("b", "y", 1.0), ("b", "c", 1.0), ("d", "z", 1.0),
        countries={"a": "TR", "b": "TR", "c": "TR", "d": "TR", "x": "AZ", "y": "AZ", "z": "AZ"},
    )  # fmt: skip
    assert [b.iri for b in brokers(graph, "TR", "AZ")] == ["b", "a", "d", "x", "y", "z"]


def test_brokers_need_two_countries_of_the_network(release: nx.MultiDiGraph[str]) -> None:
    with pytest.raises(ParameterError, match="country 'GE'"):
        brokers(release, "TR", "GE")
    with pytest.raises(ParameterError, match="two different"):
        brokers(release, "TR", "tr")
