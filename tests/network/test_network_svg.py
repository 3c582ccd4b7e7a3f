# ruff: noqa: S311, S314 - made-up data, and only our own files are parsed
from __future__ import annotations

import random
import re
import xml.etree.ElementTree as ET
from itertools import combinations

import networkx as nx
import pytest

from comity.network import EdgeRow, NodeInfo, build, draw
from comity.network.picture.labels import overlap
from comity.network.picture.lettering import halves, tie_words, width, wrap
from comity.network.picture.marks import node_box
from comity.network.picture.panels import OTHER, divide
from comity.network.picture.scene import Scene, compose

SVG = "{http://www.w3.org/2000/svg}"
ROOM = (34.0, 97.0, 1166.0, 652.0)
WORDS = ("Ministry", "Agency", "Development", "Trade", "Enterprises", "University", "Chamber")


def made(count: int, countries: list[str], ties: int, seed: int) -> nx.MultiDiGraph[str]:
    chance = random.Random(seed)
    nodes = {}
    for number in range(count):
        label = " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 6)))
        kind = chance.choice(["agency", "person", "country", "place", ""])
        iri = f"n{number:03}"
        nodes[iri] = NodeInfo(iri, label, kind, chance.choice(countries))
    rows = [EdgeRow(iri, iri, "self") for iri in nodes if iri.endswith("7")]
    names = sorted(nodes)
    rows += [EdgeRow(names[i - 1], names[i], "next") for i in range(1, count)]
    for _ in range(ties):
        one, two = chance.sample(names, 2)
        rows.append(EdgeRow(one, two, chance.choice("xyz"), chance.randint(1, 5)))
    return build(rows, nodes)


def texts(root: ET.Element) -> list[str]:
    return [" ".join("".join(t.itertext()).split()) for t in root.iter(f"{SVG}text")]


def check_apart(scene: Scene) -> None:
    """No two names, words or nodes touch, and captions stay free."""
    names = {dot.iri: dot.label.box for dot in scene.dots.values() if dot.label}
    nodes = {dot.iri: node_box(dot.centre, dot.radius) for dot in scene.dots.values()}
    for one, two in combinations(sorted(names), 2):
        assert not overlap(names[one], names[two]), (one, two)
        assert not overlap(nodes[one], nodes[two]), (one, two)
    for one in names:
        for two in nodes:
            assert not overlap(names[one], nodes[two]), (one, two)
    words = [line.label.box for line in scene.lines if line.label]
    for box in words:
        assert not any(overlap(box, other) for other in [*names.values(), *nodes.values()])
    for box, other in combinations(words, 2):
        assert not overlap(box, other)


def test_picture_of_the_press_release(release: nx.MultiDiGraph[str]) -> None:
    text = draw(
        release,
        title="KOSGEB and KOBİA",
        subtitle="What one release tells",
        source_line="Source: release of 25 February 2021",
        countries={"TR": "Republic of Türkiye"},
    )
    root = ET.fromstring(text)
    assert root.get("role") == "img"
    assert root.get("viewBox") == "0 0 1200 720"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert title.text == "KOSGEB and KOBİA"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert "9 nodes and 10 ties" in str(desc.text)
    shown = texts(root)
    for _, data in release.nodes(data=True):
        assert data["label"] in shown
    for words in (
        "KOSGEB and KOBİA",
        "What one release tells",
        "Source: release of 25 February 2021",
        "Republic of Türkiye",
        "Azerbaijan",  # by its country node
        "joint agreement 2019–2020",
        "received, by 2021-02-25",
        "Vice President",
        "Joint agreement",
        "Host → guest",
        "Agency",
    ):
        assert words in shown


def test_names_of_the_press_release_keep_apart(release: nx.MultiDiGraph[str]) -> None:
    scene = compose(release, ROOM)
    assert all(dot.label for dot in scene.dots.values())
    check_apart(scene)


def test_two_countries_stand_left_and_right(release: nx.MultiDiGraph[str]) -> None:
    scene = compose(release, ROOM)
    sides = {dot.country: set() for dot in scene.dots.values()}
    for dot in scene.dots.values():
        sides[dot.country].add(dot.centre[0] < 600)
    assert sides == {"AZ": {True}, "TR": {False}}
    assert len({dot.colour for dot in scene.dots.values()}) == 2


@pytest.mark.parametrize(
    ("count", "countries", "seed"),
    [
        (12, ["TR", "AZ"], 1),
        (40, ["TR", "AZ"], 2),
        (40, ["TR"], 3),
        (40, ["TR"] * 9 + ["AZ"], 4),
        (30, ["TR", "AZ", "GE", "KZ", ""], 5),
        (20, ["TR", "AZ", ""], 6),
        (24, list("ABCDEFGHI"), 7),
    ],
)
def test_names_keep_apart_up_to_forty_nodes(count: int, countries: list[str], seed: int) -> None:
    scene = compose(made(count, countries, count // 3, seed), ROOM)
    assert scene.small
    assert all(dot.label for dot in scene.dots.values())
    check_apart(scene)


def test_large_networks_name_some_nodes() -> None:
    graph = made(300, ["TR", "AZ"], 300, 8)
    scene = compose(graph, ROOM)
    assert not scene.small
    boxes = [dot.label.box for dot in scene.dots.values() if dot.label]
    assert 5 <= len(boxes) <= 28
    assert not any(overlap(one, two) for one, two in combinations(boxes, 2))
    for dot in scene.dots.values():
        assert ROOM[0] <= dot.centre[0] <= ROOM[2]
        assert ROOM[1] <= dot.centre[1] <= ROOM[3]
    ET.fromstring(draw(graph, title="Many"))


def test_nothing_is_fetched_and_nothing_runs(
    release: nx.MultiDiGraph[str], nasty: nx.MultiDiGraph[str]
) -> None:
    for graph in (release, nasty):
        text = draw(graph, title="<b>&\x00", source_line="See https://example.org/?a=1&b=2")
        root = ET.fromstring(text)
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {"svg", "title", "desc", "rect", "circle", "polygon", "path", "g", "text",
                        "tspan"}  # fmt: skip
        names = {name for element in root.iter() for name in element.attrib}
        assert not any("href" in name or name.startswith("on") for name in names)
        assert not re.search(r"url\(|@import|<!DOCTYPE|<\?", text)


def test_hard_names_are_shown_as_they_are(nasty: nx.MultiDiGraph[str]) -> None:
    root = ET.fromstring(draw(nasty, title="Names"))
    tips = {str(element.text) for element in root.iter(f"{SVG}title")}
    for _, data in nasty.nodes(data=True):
        label = " ".join(data["label"].translate({0: 0xFFFD, 27: 0xFFFD, 0xD800: 0xFFFD}).split())
        assert label in tips
    check_apart(compose(nasty, ROOM))


def test_the_same_network_gives_the_same_picture(release: nx.MultiDiGraph[str]) -> None:
    assert draw(release, title="A") == draw(release.copy(), title="A")


def test_possible_ties_are_paler_and_explained() -> None:
    graph = build([EdgeRow("a", "b", "k", answer="possible"), EdgeRow("b", "c", "k")], {})
    text = draw(graph, title="A")
    assert "Paler: possible, not certain" in text
    assert '<g opacity="0.41">' in text


@pytest.mark.parametrize("rows", [[], [EdgeRow("a", "a", "k")], [EdgeRow("a", "b", "")]])
def test_tiny_networks_can_be_drawn(rows: list[EdgeRow]) -> None:
    ET.fromstring(draw(build(rows, {}), title=""))
    ET.fromstring(draw(build(rows, {}), title="x" * 400, width=400, height=200))


def test_countries_beyond_six_share_a_panel() -> None:
    panels = divide({f"n{i}": f"C{i}" for i in range(9)}, ROOM, 100)
    named = {panel.country for panel in panels} - {OTHER}
    assert named == {"C0", "C1", "C2", "C3", "C4"}
    assert sum(len(panel.nodes) for panel in panels) == 9
    for one, two in combinations(panels, 2):
        assert not overlap(one.box, two.box)


def test_a_long_word_is_cut_between_letters_not_marks() -> None:
    text = "e\u0301" * 40
    lines = wrap(text, 10, 60, 2)
    assert all(width(line, 10) <= 60 for line in lines)
    assert not any(line.startswith("\u0301") for line in lines)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("", "", "succession"),
        ("2019-01-02", "", "succession, from 2019-01-02"),
        ("2019-01-02", "2019-03-04", "succession 2019-01-02 – 2019-03-04"),
    ],
)
def test_dates_in_words(start: str, end: str, expected: str) -> None:
    assert tie_words("succession", start, end) == expected


def test_the_ties_of_three_countries_do_not_run_through_the_one_between() -> None:
    kinds = ("a", "b", "c", "d", "e", "f")
    nodes = {name: NodeInfo(name, name, "country", name) for name in "ABC"}
    rows = [EdgeRow(*pair, kind) for pair in ("AB", "AC", "BC") for kind in kinds]
    scene = compose(build(rows, nodes), ROOM)
    left, top, right, bottom = node_box(scene.dots["B"].centre, scene.dots["B"].radius)
    for line in scene.lines:
        if {line.source, line.target} == {"A", "C"}:
            points = line.curve.samples(60)
            assert not any(left < x < right and top < y < bottom for x, y in points)


def test_a_larger_picture_names_more() -> None:
    graph = made(50, ["TR", "AZ"], 5, 9)
    assert not compose(graph, ROOM).small
    larger = compose(graph, (34.0, 97.0, 2366.0, 1352.0))
    assert larger.small
    assert all(dot.label for dot in larger.dots.values())
    check_apart(larger)


@pytest.mark.parametrize("text", ["same event 2021-02-16 – 2021-02-25", "word", "a b"])
def test_the_words_of_a_tie_are_never_cut(text: str) -> None:
    lines = halves(text, 10)
    assert " ".join(lines) == text
    assert 1 <= len(lines) <= 2
