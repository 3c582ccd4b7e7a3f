# ruff: noqa: S311, S314 - made-up data, and only our own files are parsed
from __future__ import annotations

import csv
import io
import json
import random
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

from comity.network import (
    FORMATS,
    EdgeRow,
    build,
    dump,
    edges_csv,
    measure,
    nodes_csv,
    output_format,
    to_cytoscape,
    to_gexf,
    to_graphml,
    to_graphology,
    to_json,
    write,
)
from comity.network.records import clean
from comity_ontology.errors import InputError, ParameterError

GEXF = "{http://gexf.net/1.3}"
TEXTS = [to_graphml, to_gexf, to_cytoscape, to_graphology, to_json, nodes_csv, edges_csv]
SUFFIXES = {
    "cytoscape": "cyjs",
    "graphology": "graphology.json",
    "nodes": "nodes.csv",
    "edges": "edges.csv",
}


@pytest.fixture(scope="module")
def schema(shared: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(shared / "suites/gexf/gexf.xsd")))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", ["release", "nasty", "measured", "empty"])
def test_gexf_is_valid(name: str, schema: etree.XMLSchema, request: pytest.FixtureRequest) -> None:
    if name == "empty":
        graph = build([], {})
    else:
        graph = request.getfixturevalue("nasty" if name == "nasty" else "release")
    if name == "measured":
        measure(graph, ["degree", "betweenness", "cross-border"])
    document = etree.fromstring(to_gexf(graph).encode())
    schema.assertValid(document)


def test_gexf_holds_dates_of_edges(release: nx.MultiDiGraph[str]) -> None:
    root = ET.fromstring(to_gexf(release))
    graph = root.find(f"{GEXF}graph")
    assert graph is not None
    assert (root.get("version"), graph.get("mode"), graph.get("timeformat")) == (
        "1.3",
        "dynamic",
        "date",
    )
    edges = {edge.get("label"): edge for edge in graph.iter(f"{GEXF}edge")}
    agreement = edges["joint-agreement"]
    assert (agreement.get("start"), agreement.get("end")) == ("2019-05-14", "2020-02-27")
    assert (agreement.get("type"), agreement.get("weight")) == ("undirected", "2.0")
    assert edges["host-guest"].get("start") is None
    assert edges["tenure"].get("end") is None


def test_gexf_without_dates_is_static(nasty: nx.MultiDiGraph[str]) -> None:
    graph = ET.fromstring(to_gexf(nasty)).find(f"{GEXF}graph")
    assert graph is not None
    assert graph.get("mode") == "static"
    assert graph.get("timeformat") is None


def test_graphml_reads_back_with_types(release: nx.MultiDiGraph[str]) -> None:
    measure(release, ["degree", "pagerank"])
    back = nx.parse_graphml(to_graphml(release), force_multigraph=True)
    assert set(back) == set(release)
    for node, data in release.nodes(data=True):
        assert back.nodes[node] == {k: v for k, v in data.items() if v != ""}
    found = sorted((s, t, d["kind"], d) for s, t, d in back.edges(data=True))
    expected = sorted(
        (s, t, d["kind"], {k: v for k, v in d.items() if v != ""})
        for s, t, d in release.edges(data=True)
    )
    for one, two in zip(found, expected, strict=True):
        assert one[:3] == two[:3]
        assert {k: v for k, v in one[3].items() if k != "id"} == two[3]


def test_graphml_edge_ids_are_unique(release: nx.MultiDiGraph[str]) -> None:
    root = ET.fromstring(to_graphml(release))
    ids = [edge.get("id") for edge in root.iter("{http://graphml.graphdrawing.org/xmlns}edge")]
    assert ids == [f"e{number}" for number in range(1, 11)]


def test_json_reads_back_the_same_graph(release: nx.MultiDiGraph[str]) -> None:
    back = nx.node_link_graph(json.loads(to_json(release)), edges="edges")
    assert back.graph == release.graph
    assert dict(back.nodes(data=True)) == dict(release.nodes(data=True))
    assert sorted(back.edges(keys=True)) == sorted(release.edges(keys=True))
    for source, target, key, data in release.edges(keys=True, data=True):
        assert back[source][target][key] == data


def test_csv_reads_back(release: nx.MultiDiGraph[str]) -> None:
    edges = rows(edges_csv(release))
    assert list(edges[0]) == [
        "source", "target", "kind", "directed", "weight", "count", "start", "end", "answer",
        "via", "via_label", "evidence_count", "evidence",
    ]  # fmt: skip
    assert edges[0]["kind"] == "joint-agreement"
    assert (edges[0]["directed"], edges[0]["weight"], edges[0]["count"]) == ("false", "2.0", "2")
    assert {row["label"] for row in rows(nodes_csv(release))} == {
        data["label"] for _, data in release.nodes(data=True)
    }
    assert rows(edges_csv(build([], {}))) == []


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_is_none_and_twice_is_the_same(
    text: object, release: nx.MultiDiGraph[str], nasty: nx.MultiDiGraph[str]
) -> None:
    assert callable(text)
    for graph in (release, nasty):
        graph.nodes[next(iter(graph))]["extra"] = None
        assert text(graph) == text(graph)
        assert "None" not in text(graph)
        assert "null" not in text(graph)
        # A graph whose nodes and edges were added in another order gives the same file.
        other: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
        nodes, edges = list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))
        random.Random(3).shuffle(edges)
        other.add_nodes_from(nodes[::-1])
        for source, target, key, data in edges:
            other.add_edge(source, target, key=key, **data)
        assert text(other) == text(graph)


def test_hard_names_survive_in_xml_and_json(nasty: nx.MultiDiGraph[str]) -> None:
    expected = {node: clean(data["label"]) for node, data in nasty.nodes(data=True)}
    assert expected["control"] == "tab\there\ufffd\ufffd line\nend\ufffd"
    graphml = nx.parse_graphml(to_graphml(nasty), force_multigraph=True)
    assert dict(graphml.nodes(data="label")) == expected
    back = nx.node_link_graph(json.loads(to_json(nasty)), edges="edges")
    assert dict(back.nodes(data="label")) == expected
    root = ET.fromstring(to_gexf(nasty))
    assert {n.get("id"): n.get("label") for n in root.iter(f"{GEXF}node")} == expected
    assert {edge.get("kind") for edge in root.iter(f"{GEXF}edge")} == {'says "<=>"'}


def test_networkx_reads_gexf(release: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    (file,) = write(release, tmp_path / "x.gexf")
    root = ET.fromstring(file.read_text(encoding="utf-8"))
    assert len(list(root.iter(f"{GEXF}edge"))) == 10
    # NetworkX refuses files that mix directed and undirected edges, so one kind is read back.
    for source, target, key, data in list(release.edges(keys=True, data=True)):
        if not data["directed"]:
            release.remove_edge(source, target, key)
    write(release, file)
    back = nx.read_gexf(file)
    assert set(back) == set(release)
    assert back.number_of_edges() == release.number_of_edges()


def test_formulas_are_defused_in_csv(nasty: nx.MultiDiGraph[str]) -> None:
    labels = {row["id"]: row["label"] for row in rows(nodes_csv(nasty))}
    for node, data in nasty.nodes(data=True):
        plain = clean(data["label"])
        guarded = node in ("formula", "plus", "minus", "at")
        assert labels[node] == ("'" + plain if guarded else plain)
    via = {row["source"]: row["via_label"] for row in rows(edges_csv(nasty))}
    assert via["at"].startswith("'@")


def test_negative_numbers_stay_numbers_in_csv(release: nx.MultiDiGraph[str]) -> None:
    nx.set_node_attributes(release, -1.5, "shift")
    assert {row["shift"] for row in rows(nodes_csv(release))} == {"-1.5"}


@pytest.mark.parametrize("name", FORMATS)
def test_write_chooses_by_suffix(name: str, release: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    suffix = SUFFIXES.get(name, name)
    files = write(release, tmp_path / f"net.{suffix}")
    expected = ["net.nodes.csv", "net.edges.csv"] if name == "csv" else [f"net.{suffix}"]
    assert [file.name for file in files] == expected
    assert all(file.read_bytes() for file in files)
    before = [file.read_bytes() for file in files]
    write(release, tmp_path / f"net.{suffix}", format=name.upper())
    assert [file.read_bytes() for file in files] == before


def test_write_says_what_is_wrong(release: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"one of .*\.cyjs, .*name the format: graphml, gexf"):
        write(release, tmp_path / "x.xlsx")
    with pytest.raises(ParameterError, match="'xlsx': choose one of graphml, gexf"):
        write(release, tmp_path / "x.svg", format="xlsx")
    with pytest.raises(ParameterError, match="standard output does not tell"):
        output_format("-")
    with pytest.raises(ParameterError, match="csv is two tables: choose nodes or edges"):
        dump(release, "csv")
    with pytest.raises(InputError, match="cannot write"):
        write(release, tmp_path / "missing" / "x.json")


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"csv", "svg", "png", "pdf"}))
@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_are_none_are_refused(
    name: str, number: float, release: nx.MultiDiGraph[str]
) -> None:
    # As attributes of both, because the tables hold either.
    nx.set_node_attributes(release, number, "shift")
    nx.set_edge_attributes(release, number, "shift")
    with pytest.raises(InputError, match=r"'shift' is (nan|inf)"):
        dump(release, name)


# The dates of GEXF.


def edge_of(text: str) -> tuple[str | None, str | None]:
    (edge,) = ET.fromstring(text).iter(f"{GEXF}edge")
    return edge.get("start"), edge.get("end")


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ("2019-05-14", "2020-02-27", ("2019-05-14", "2020-02-27")),
        ("2019-05-14", "", ("2019-05-14", None)),
        ("", "2020-02-27", (None, "2020-02-27")),
        ("0850-01-02", "9999-12-31", ("0850-01-02", "9999-12-31")),
        # Whoever made this edge by hand meant these days, in the other order.
        ("2020-02-27", "2019-05-14", ("2019-05-14", "2020-02-27")),
    ],
)
def test_gexf_keeps_dates(
    start: str, end: str, written: tuple[str | None, str | None], schema: etree.XMLSchema
) -> None:
    graph = build([EdgeRow("a", "b", "k")], {})
    graph["a"]["b"]["k"].update(start=start, end=end)
    text = to_gexf(graph)
    schema.assertValid(etree.fromstring(text.encode()))
    assert edge_of(text) == written
    assert 'timeformat="date"' in text


@pytest.mark.parametrize("day", ["2019", "14.05.2019", "2019-02-30"])
def test_gexf_refuses_what_is_no_date(day: str) -> None:
    graph = build([EdgeRow("a", "b", "k")], {})
    graph["a"]["b"]["k"]["end"] = day
    with pytest.raises(InputError, match=f"a – b .*no date .{day}.: write it as YYYY-MM-DD"):
        to_gexf(graph)


# Cytoscape and graphology


def test_networkx_reads_cytoscape_json(release: nx.MultiDiGraph[str]) -> None:
    measure(release, ["degree"])
    back = nx.cytoscape_graph(json.loads(to_cytoscape(release)))
    assert back.is_directed()
    assert set(back) == set(release)
    for node, data in release.nodes(data=True):
        found = dict(back.nodes[node])
        assert found.pop("name") == data["label"]
        assert (found.pop("id"), found.pop("value")) == (node, node)
        assert found == data
    assert sorted(back.edges(keys=True)) == sorted(release.edges(keys=True))
    for source, target, key, data in release.edges(keys=True, data=True):
        found = back[source][target][key]
        assert found["interaction"] == data["kind"]
        assert data.items() <= found.items()


def test_cytoscape_ids_are_strings_and_differ(release: nx.MultiDiGraph[str]) -> None:
    elements = json.loads(to_cytoscape(release))["elements"]
    ids = [element["data"]["id"] for part in ("nodes", "edges") for element in elements[part]]
    assert len(ids) == len(set(ids)) == 19
    assert all(type(one) is str for one in ids)
    ends = {edge["data"][end] for edge in elements["edges"] for end in ("source", "target")}
    assert ends <= set(ids)


def test_graphology_json_has_the_documented_shape(release: nx.MultiDiGraph[str]) -> None:
    found = json.loads(to_graphology(release))
    assert list(found) == ["attributes", "options", "nodes", "edges"]
    assert found["attributes"] == {"title": "KOSGEB and KOBİA", "projection": "person-agency"}
    assert found["options"] == {"type": "mixed", "multi": True, "allowSelfLoops": True}
    assert {n["key"]: n["attributes"] for n in found["nodes"]} == dict(release.nodes(data=True))
    assert len({edge["key"] for edge in found["edges"]}) == 10
    by_ends = {}
    for edge in found["edges"]:
        about = edge["attributes"]
        # graphology knows this word only as true, and only where it is so.
        assert edge.get("undirected", False) is not about["directed"]
        by_ends[edge["source"], edge["target"], about.pop("key")] = about
    assert by_ends == {(s, t, k): d for s, t, k, d in release.edges(keys=True, data=True)}
