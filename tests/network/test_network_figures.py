"""PNG and PDF, which show what the SVG shows."""

# ruff: noqa: S314 - only our own files are parsed
from __future__ import annotations

import io
import struct
import sys
import xml.etree.ElementTree as ET

import matplotlib as mpl
import matplotlib.image
import networkx as nx
import pypdf
import pytest

from comity.network import EdgeRow, NodeInfo, build, draw, dump, paint
from comity.network.picture.figure import ATTRIBUTES
from comity_ontology.errors import NotSupported, ParameterError

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def letters() -> nx.MultiDiGraph[str]:
    """Letters of the languages of the region, and a name that looks like a formula of TeX."""
    names = ["Kiçik və Orta İşlər", "Müsteşarlık Ğ ş ı", "Министерство", "$x_1$ & <b>", "Ελλάδα",
             "საქართველო", "Հայաստան"]  # fmt: skip
    nodes = {f"n:{i}": NodeInfo(f"n:{i}", name, "agency", "AZ") for i, name in enumerate(names)}
    return build([EdgeRow("n:0", iri, "met") for iri in nodes if iri != "n:0"], nodes)


def test_everything_that_draw_makes_is_understood(
    release: nx.MultiDiGraph[str], nasty: nx.MultiDiGraph[str]
) -> None:
    kinds = ["agency", "person", "country", "place", "post", "agreement", "group", ""]
    nodes = {f"n:{kind}": NodeInfo(f"n:{kind}", kind, kind, "AZ") for kind in kinds}
    rows = [EdgeRow("n:", iri, "k", directed=False, answer="possible") for iri in nodes]
    for graph in (release, nasty, build(rows, nodes), build([], {})):
        for element in ET.fromstring(draw(graph, title="A", subtitle="B", source_line="C")).iter():
            assert set(element.attrib) <= ATTRIBUTES[element.tag.removeprefix(SVG)]


def test_the_nodes_of_a_png_are_where_those_of_the_svg_are(
    release: nx.MultiDiGraph[str],
) -> None:
    svg = draw(release, title="A")
    pixels = mpl.image.imread(io.BytesIO(paint(svg, "png", dpi=192)))
    assert pixels.shape[:2] == (1440, 1200 * 2)
    root = ET.fromstring(svg)
    marks = root.find(f"{SVG}g[@class='nodes']")
    assert marks is not None
    seen = 0
    for mark in marks.iter():
        tag, get = mark.tag.removeprefix(SVG), lambda name, mark=mark: float(mark.get(name, "nan"))
        if tag == "rect":
            x, y = get("x") + 3.5, get("y") + get("height") / 2
        elif tag == "circle":
            x, y = get("cx") - get("r") + 3.5, get("cy")
        else:
            continue
        red, green, blue = (round(255 * part) for part in pixels[int(2 * y), int(2 * x), :3])
        assert f"#{red:02X}{green:02X}{blue:02X}" == mark.get("fill")
        seen += 1
    assert seen == 7  # two agencies and five people


@pytest.mark.parametrize(("dpi", "size"), [(96, (600, 400)), (192, (1200, 800)), (48, (300, 200))])
def test_dpi_scales_a_png(dpi: float, size: tuple[int, int], release: nx.MultiDiGraph[str]) -> None:
    content = dump(release, "png", width=600, height=400, dpi=dpi)
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", content[16:24]) == size


def test_a_pdf_keeps_its_words(
    release: nx.MultiDiGraph[str], letters: nx.MultiDiGraph[str]
) -> None:
    for graph in (release, letters):
        svg = draw(graph, title="A title with ə")
        document = pypdf.PdfReader(io.BytesIO(paint(svg, "pdf")))
        (page,) = document.pages
        assert page.mediabox[2:] == [900, 540]  # points: 1200 by 720 at 96 per inch
        words = "".join(page.extract_text().split())
        shown = [t for t in ET.fromstring(svg).iter() if t.tag in (f"{SVG}text", f"{SVG}tspan")]
        lines = [text for element in shown if (text := "".join((element.text or "").split()))]
        assert len(lines) > 9
        for line in lines:
            assert words.count(line) >= 1, line
        assert words.count("Atitlewithə") == 1  # the halo of words is no text
        fonts = page["/Resources"]["/Font"].values()
        for font in fonts:
            below = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in below["/FontDescriptor"]
        facts = document.metadata
        assert facts is not None
        assert (facts.title, facts.creator) == ("A title with ə", "Comity")
        assert facts.creation_date is None
        assert f"{graph.number_of_nodes()} nodes" in str(facts.subject)


@pytest.mark.parametrize("format_name", ["png", "pdf"])
def test_the_same_picture_gives_the_same_bytes_whatever_the_reader_set(
    format_name: str, letters: nx.MultiDiGraph[str]
) -> None:
    svg = draw(letters, title="A")
    first = paint(svg, format_name)
    with mpl.rc_context({"font.size": 30, "savefig.dpi": 11, "savefig.bbox": "tight",
                         "figure.facecolor": "red", "pdf.compression": 0}):  # fmt: skip
        assert paint(svg, format_name) == first
        assert mpl.rcParams["font.size"] == 30


def test_letters_of_no_font_are_said() -> None:
    graph = build([EdgeRow("a", "b", "k")], {"a": NodeInfo("a", "\U000f1234 \U000f4321")})
    with pytest.warns(UserWarning, match="no font of this machine has some") as caught:
        paint(draw(graph, title="A"), "png")
    assert len(caught) == 1


@pytest.mark.parametrize("format_name", ["png", "pdf"])
@pytest.mark.parametrize("rows", [[], [EdgeRow("a", "a", "k")], [EdgeRow("a", "b", "")]])
def test_tiny_networks_can_be_painted(format_name: str, rows: list[EdgeRow]) -> None:
    assert len(dump(build(rows, {}), format_name, width=300, height=200)) > 1_000


def test_without_matplotlib_the_message_says_what_to_install(
    release: nx.MultiDiGraph[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)  # the import fails as if it were absent
    with pytest.raises(NotSupported, match=r"pip install 'comity\[figures\]', or write svg"):
        dump(release, "png")
    assert dump(release, "svg").startswith(b"<svg")


def test_what_cannot_be_painted_is_refused(release: nx.MultiDiGraph[str]) -> None:
    svg = draw(release, title="A")
    with pytest.raises(ParameterError, match="as png or pdf, not as 'jpeg'"):
        paint(svg, "jpeg")
    with pytest.raises(ParameterError, match="200,000,000 pixels"):
        paint(svg, "png", dpi=20_000)
    with pytest.raises(ParameterError, match="0 dpi is not between"):
        paint(svg, "png", dpi=0)
