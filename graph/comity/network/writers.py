"""Write a network to files: which formats there are, and which suffix means which.

All of them hold the same columns (:mod:`comity.network.records`), in the same
sorted order: writing twice gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import networkx as nx

from comity.network.json_files import to_cytoscape, to_graphology, to_json
from comity.network.picture.figure import paint
from comity.network.picture.svg import draw
from comity.network.records import header
from comity.network.tables import edges_csv, nodes_csv
from comity.network.xml_files import to_gexf, to_graphml
from comity.store.own_files import spare_stores
from comity_ontology.errors import InputError, ParameterError

__all__ = ["FORMATS", "dump", "output_format", "write"]

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "graphml": "GraphML, for Gephi, Cytoscape, yEd, igraph and NetworkX",
        "gexf": "GEXF 1.3 with start and end of edges, for Gephi",
        "cytoscape": "Cytoscape JSON, for Cytoscape and Cytoscape.js",
        "graphology": "graphology JSON, for sigma.js",
        "json": "node-link JSON, for D3 and NetworkX",
        "csv": "two tables, nodes and edges, for spreadsheets and statistics",
        "nodes": "the table of nodes alone",
        "edges": "the table of edges alone",
        "svg": "a picture for web pages",
        "png": "a picture for slides",
        "pdf": "a picture for print",
    }
)
"""The formats by name."""

# The longest that fits is meant.
SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".graphology.json": "graphology",
        ".nodes.csv": "nodes",
        ".edges.csv": "edges",
        ".cyjs": "cytoscape",
        **{f".{name}": name for name in ("graphml", "gexf", "json", "csv", "svg", "png", "pdf")},
    }
)
"""The format that a suffix means."""

_TEXTS: Mapping[str, Callable[[nx.MultiDiGraph[str]], str]] = MappingProxyType(
    {
        "graphml": to_graphml,
        "gexf": to_gexf,
        "cytoscape": to_cytoscape,
        "graphology": to_graphology,
        "json": to_json,
        "nodes": nodes_csv,
        "edges": edges_csv,
    }
)


def output_format(
    path: Path | str,
    format: str = "",  # noqa: A002 - the name that the command has
) -> str:
    """Return the format that is meant for a path: the one named, else by its suffix.

    Raises
    ------
    ParameterError
        There is no such format, or no such suffix; the message lists those
        that there are.

    Examples
    --------
    >>> output_format("net.graphology.json"), output_format("net.JSON", "cytoscape")
    ('graphology', 'cytoscape')
    """
    if format:
        if format.casefold() in FORMATS:
            return format.casefold()
        raise ParameterError(
            f"networks cannot be written as {format!r}: choose one of {', '.join(FORMATS)}"
        )
    name = Path(path).name.casefold()
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if name.endswith(suffix):
            return SUFFIXES[suffix]
    where = "standard output" if str(path) == "-" else f"the suffix of {str(path)!r}"
    raise ParameterError(
        f"{where} does not tell the format: use one of {', '.join(SUFFIXES)}, "
        f"or name the format: {', '.join(FORMATS)}"
    )


def dump(
    graph: nx.MultiDiGraph[str],
    format: str,  # noqa: A002
    *,
    countries: Mapping[str, str] | None = None,
    width: int = 1200,
    height: int = 720,
    dpi: float = 192,
) -> bytes:
    """Return a network as the content of one file.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        The network, as :func:`comity.network.build` makes it.
    format : str
        One of :data:`FORMATS` other than ``csv``, which is two files.
    countries : mapping of str to str, optional
        Names of countries by code, for a picture.
    width, height : int
        Size of a picture in units of 1/96 inch, which are the pixels of a
        browser.
    dpi : float
        Pixels per inch of a PNG: with 96 it has ``width`` × ``height`` pixels.

    Returns
    -------
    bytes
        The same for the same input; text is UTF-8.

    Raises
    ------
    ParameterError
        The format is not known, or is more than one file.
    NotSupported
        A PNG or PDF where matplotlib is not installed.
    """
    if format in _TEXTS:
        return _TEXTS[format](graph).encode()
    if format in ("svg", "png", "pdf"):
        title = header(graph)["title"]
        picture = draw(graph, title=title, width=width, height=height, countries=countries)
        return picture.encode() if format == "svg" else paint(picture, format, dpi=dpi)
    if format == "csv":
        raise ParameterError("csv is two tables: choose nodes or edges, or write to a file")
    raise ParameterError(f"networks cannot be written as {format!r}: {', '.join(FORMATS)}")


def write(
    graph: nx.MultiDiGraph[str],
    path: Path | str,
    *,
    format: str = "",  # noqa: A002
    countries: Mapping[str, str] | None = None,
    width: int = 1200,
    height: int = 720,
    dpi: float = 192,
) -> tuple[Path, ...]:
    """Write a network to a file.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        The network, as :func:`comity.network.build` makes it.
    path : Path or str
        Where to. CSV makes two files: ``x.csv`` gives ``x.nodes.csv`` and ``x.edges.csv``.
    format : str
        One of :data:`FORMATS`; by default by the suffix of the path.
    countries, width, height, dpi
        See :func:`dump`.

    Returns
    -------
    tuple of Path
        The files that were written.

    Raises
    ------
    ParameterError
        The format is not known.
    NotSupported
        A PNG or PDF where matplotlib is not installed.
    InputError
        A file cannot be written.
    """
    if (path := Path(path)).name in ("", ".."):
        raise InputError(f"cannot write {str(path)!r}, which is a folder: name a file in it")
    name = output_format(path, format)
    parts = {path: name}
    if name == "csv":
        parts = {path.with_suffix(f".{part}.csv"): part for part in ("nodes", "edges")}
    contents = {
        file: dump(graph, part, countries=countries, width=width, height=height, dpi=dpi)
        for file, part in parts.items()
    }
    for file, content in contents.items():
        try:
            spare_stores(file).write_bytes(content)
        except OSError as error:
            raise InputError(f"cannot write {file}: {error.strerror or error}") from error
    return tuple(contents)
