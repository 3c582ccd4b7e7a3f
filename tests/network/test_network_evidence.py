"""All projections of two stores in all formats: evidence, dates and types arrive, GEXF is valid."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

import comity
from comity.network import (
    build,
    edges_csv,
    measure,
    to_cytoscape,
    to_gexf,
    to_graphml,
    to_graphology,
    to_json,
)
from comity.projections import projection_names

GEXF = {"g": "http://gexf.net/1.3"}
READ = {"boolean": lambda text: {"true": True, "false": False}[text],
        "long": int, "double": float, "string": str}  # fmt: skip
Network = nx.MultiDiGraph  # of IRIs


@pytest.fixture(scope="module")
def networks(seeded: Path, corpus: Path) -> Mapping[str, Network[str]]:
    made = {}
    for name, store in (("release", seeded), ("corpus", corpus)):
        with comity.open(store, read_only=True) as graph:
            for projection in projection_names():
                made[f"{projection} of the {name}"] = graph.network(projection)
            everything = graph.network(*projection_names(), on="2021-02-25")
        measure(everything, ["degree", "betweenness", "cross-border"])
        made[f"everything of the {name}"] = everything
    return made | {"nothing": build([], {})}


def gexf_edges(text: str) -> Iterator[dict[str, object]]:
    """Read the edges of GEXF 1.3, which NetworkX does not know."""
    root = etree.fromstring(text.encode())
    declared = {
        one.get("id"): (one.get("title"), READ[one.get("type")])
        for one in root.iterfind(".//g:attributes[@class='edge']/g:attribute", GEXF)
    }
    for edge in root.iterfind(".//g:edge", GEXF):
        found: dict[str, object] = {
            "source": edge.get("source"),
            "target": edge.get("target"),
            "weight": float(edge.get("weight")),
        }
        found |= {name: edge.get(name) for name in ("start", "end") if edge.get(name)}
        for value in edge.iterfind("g:attvalues/g:attvalue", GEXF):
            name, read = declared[value.get("for")]
            found[name] = read(value.get("value"))
        yield found


def graphml_edges(text: str) -> Iterator[dict[str, object]]:
    back = nx.parse_graphml(text, force_multigraph=True)
    for source, target, data in back.edges(data=True):
        yield {"source": source, "target": target, **data}


def csv_edges(text: str) -> Iterator[dict[str, object]]:
    read = {"directed": READ["boolean"], "weight": float, "count": int, "evidence_count": int}
    for row in csv.DictReader(io.StringIO(text, newline="")):
        yield {name: read.get(name, str)(cell) for name, cell in row.items() if cell}


def graphology_edges(text: str) -> Iterator[dict[str, object]]:
    for edge in json.loads(text)["edges"]:
        yield {"source": edge["source"], "target": edge["target"], **edge["attributes"]}


READERS = {
    "gexf": lambda graph: gexf_edges(to_gexf(graph)),
    "graphml": lambda graph: graphml_edges(to_graphml(graph)),
    "csv": lambda graph: csv_edges(edges_csv(graph)),
    "graphology": lambda graph: graphology_edges(to_graphology(graph)),
    "cytoscape": lambda graph: (
        edge["data"] for edge in json.loads(to_cytoscape(graph))["elements"]["edges"]
    ),
    "json": lambda graph: iter(json.loads(to_json(graph))["edges"]),
}


def comparable(edges: Iterator[dict[str, object]]) -> list[list[tuple[str, object]]]:
    """Sort edges and leave out what is empty or the file's own."""
    own = ("id", "key", "interaction")
    return sorted(
        sorted((name, value) for name, value in edge.items() if value != "" and name not in own)
        for edge in edges
    )


@pytest.mark.parametrize("reader", READERS)
def test_every_format_holds_every_edge_with_evidence_dates_and_types(
    reader: str, networks: Mapping[str, Network[str]]
) -> None:
    for name, graph in networks.items():
        found = comparable(READERS[reader](graph))
        expected = comparable(
            {"source": source, "target": target, **data}
            for source, target, data in graph.edges(data=True)
        )
        assert found == expected, name
        for edge in map(dict, found):
            evidence = str(edge["evidence"]).split()
            assert edge["evidence_count"] == len(evidence) > 0, (name, edge)
            assert all("/passage/" in iri for iri in evidence)
            days = [date.fromisoformat(str(edge[end])) for end in ("start", "end") if end in edge]
            assert days == sorted(days)


def test_the_networks_are_not_empty_but_for_one(networks: Mapping[str, Network[str]]) -> None:
    sizes = {name: graph.number_of_edges() for name, graph in networks.items()}
    assert [name for name, size in sizes.items() if not size] == ["nothing"]
    kinds = {data["kind"] for graph in networks.values() for *_, data in graph.edges(data=True)}
    assert kinds >= {"joint-agreement", "joint-act", "same-event", "host-guest", "co-signature",
                     "holds", "post-in", "tenure", "acted-for", "implements"}  # fmt: skip


def test_gexf_of_every_network_is_valid(networks: Mapping[str, Network[str]], shared: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(shared / "suites/gexf/gexf.xsd")))
    both = set()
    for graph in networks.values():
        document = etree.fromstring(to_gexf(graph).encode())
        schema.assertValid(document)
        both |= {edge.get("type") for edge in document.iterfind(".//g:edge", GEXF)}
        dated = any(d["start"] or d["end"] for *_, d in graph.edges(data=True))
        assert document.find("g:graph", GEXF).get("timeformat") == ("date" if dated else None)
    assert both == {"directed", "undirected"}
