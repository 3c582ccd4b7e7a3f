from __future__ import annotations

import math
from datetime import date

import networkx as nx
import pytest

from comity.network import EdgeRow, NodeInfo, build
from comity_ontology.errors import InputError

ID = "https://w3id.org/comity/id/"


def test_press_release_folds_to_its_edges(release: nx.MultiDiGraph[str]) -> None:
    # 12 rows: the two agreements are one edge, and Kurt and Mammadov's two events too.
    assert release.number_of_nodes() == 9
    assert release.number_of_edges() == 10
    assert release.graph == {"title": "KOSGEB and KOBİA", "projection": "person-agency"}


def test_undirected_rows_become_one_edge_from_the_smaller_iri(
    release: nx.MultiDiGraph[str],
) -> None:
    edge = release[f"{ID}agency/kobia"][f"{ID}agency/kosgeb"]["joint-agreement"]
    assert edge == {
        "kind": "joint-agreement",
        "directed": False,
        "weight": 2.0,
        "count": 2,
        "start": "2019-05-14",
        "end": "2020-02-27",
        "answer": "",
        "via": f"{ID}agreement/kosgeb-kobia-action-plan-2020 {ID}agreement/kosgeb-kobia-mou-2019",
        "via_label": "Action plan 2020; Memorandum of understanding 2019",
        "evidence": f"{ID}passage/kosgeb-kobia-2021-02-25/19 "
        f"{ID}passage/kosgeb-kobia-2021-02-25/21",
        "evidence_count": 2,
    }
    assert not release.has_edge(f"{ID}agency/kosgeb", f"{ID}agency/kobia")


def test_directed_rows_keep_their_direction(release: nx.MultiDiGraph[str]) -> None:
    kurt, mammadov = f"{ID}person/hasan-basri-kurt", f"{ID}person/orhan-mammadov"
    assert release[kurt][mammadov]["host-guest"]["directed"] is True
    assert not release.has_edge(mammadov, kurt)
    assert release[kurt][mammadov]["host-guest"]["start"] == ""
    assert release[kurt][mammadov]["host-guest"]["end"] == "2021-02-25"


def test_order_of_rows_does_not_matter(release: nx.MultiDiGraph[str]) -> None:
    rows = [EdgeRow("a", "b", "k", 0.1 * n, evidence=(f"p{n}",), via=f"v{n}") for n in range(1, 9)]
    one, two = build(rows, {}), build(rows[::-1], {})
    assert list(one.edges(keys=True, data=True)) == list(two.edges(keys=True, data=True))
    assert one["a"]["b"]["k"]["weight"] == math.fsum(0.1 * n for n in range(1, 9))


def test_same_kind_with_and_without_direction_stay_apart() -> None:
    graph = build([EdgeRow("a", "b", "k"), EdgeRow("b", "a", "k", directed=False)], {})
    found = {key: data["directed"] for *_, key, data in graph.edges(keys=True, data=True)}
    assert found == {"k": True, "k (undirected)": False}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (("certain", "possible"), "certain"),
        (("possible", ""), "possible"),
        (("", ""), ""),
    ],
)
def test_answer_is_the_best_one(answers: tuple[str, ...], expected: str) -> None:
    graph = build([EdgeRow("a", "b", "k", answer=answer) for answer in answers], {})
    assert graph["a"]["b"]["k"]["answer"] == expected


def test_span_is_the_hull_of_known_days() -> None:
    rows = [
        EdgeRow("a", "b", "k", start=date(2019, 5, 14)),
        EdgeRow("a", "b", "k", end=date(2018, 1, 1)),
    ]
    edge = build(rows, {})["a"]["b"]["k"]
    assert (edge["start"], edge["end"]) == ("2018-01-01", "2019-05-14")


def test_nodes_without_information_are_named_by_their_iri() -> None:
    graph = build([EdgeRow(f"{ID}agency/abc%20d", "b", "k")], {"b": NodeInfo("b", "")})
    assert graph.nodes[f"{ID}agency/abc%20d"] == {"label": "abc d", "kind": "", "country": ""}
    assert graph.nodes["b"]["label"] == "b"


def test_nodes_that_no_row_names_are_left_out() -> None:
    assert list(build([], {"x": NodeInfo("x", "X")})) == []


@pytest.mark.parametrize("weight", [0.0, -1.0, math.nan, math.inf])
def test_weights_must_be_positive(weight: float) -> None:
    with pytest.raises(InputError, match="positive, finite"):
        build([EdgeRow("a", "b", "k", weight)], {})


def test_rows_must_have_both_ends() -> None:
    with pytest.raises(InputError, match="no source or no target"):
        build([EdgeRow("a", "", "k")], {})
