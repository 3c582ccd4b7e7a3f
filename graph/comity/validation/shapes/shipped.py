"""The shapes that ship with the ontology."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from comity.validation.shapes.model import Shapes
from comity.validation.shapes.reading import shapes_in
from comity.validation.shapes.triples import Triples
from comity_ontology import shapes as shape_files

__all__ = ["shipped_shapes"]


@cache
def shipped_shapes() -> Shapes:
    """Return the shapes that ship with the ontology, read once."""
    graph = Triples()
    for file in shape_files():
        name = file.name
        for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE):
            graph.add(quad, name)
    return shapes_in(graph)
