"""The model of Comity: Turtle modules, SHACL shapes, codes, and the only readers of them.

``modules``, ``shapes`` and ``checks`` reach the shipped files, whether the package lies in
a folder or in an archive.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from comity_ontology.prefixes import GRAPHS

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Resource", "checks", "modules", "shapes"]

_MODULES: Final = (
    ("core.ttl", GRAPHS.ONTOLOGY),
    ("discourse.ttl", GRAPHS.ONTOLOGY),
    ("alignments.ttl", GRAPHS.ONTOLOGY),
    ("codes.ttl", GRAPHS.CODES),
)


@dataclass(frozen=True, slots=True)
class Resource:
    """A shipped Turtle file and the named graph that it belongs in.

    Parameters
    ----------
    name : str
        File name.
    graph : str
        IRI of the named graph.
    path : Traversable
        Where to read it (``read_text``, ``read_bytes``, ``open``).
    """

    name: str
    graph: str
    path: Traversable


def modules() -> tuple[Resource, ...]:
    """List the Turtle modules of the ontology and the codes.

    Returns
    -------
    tuple of Resource
        In the order in which they build on each other.
    """
    root = files("comity_ontology")
    return tuple(Resource(name, graph, root / name) for name, graph in _MODULES)


def shapes() -> tuple[Traversable, ...]:
    """List the SHACL files.

    Returns
    -------
    tuple of Traversable
        Turtle files, by name.
    """
    return _listed("shapes", ".ttl")


def checks() -> tuple[Traversable, ...]:
    """List the quality checks of the ontology.

    Each is a SPARQL SELECT over the default graph that returns one row for every fault,
    with a header of title, summary and severity.

    Returns
    -------
    tuple of Traversable
        Query files, by name.
    """
    return _listed("checks", ".rq")


def _listed(folder: str, suffix: str) -> tuple[Traversable, ...]:
    directory = files("comity_ontology") / folder
    if not directory.is_dir():
        return ()
    found = (path for path in directory.iterdir() if path.name.endswith(suffix))
    return tuple(sorted(found, key=lambda path: path.name))
