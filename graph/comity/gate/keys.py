"""Search keys: a folded copy of every name, so that names are found however written."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from comity.gate.staging import Staging
from comity_ontology.names import search_key
from comity_ontology.prefixes import GRAPHS
from comity_ontology.terms import COMITY, DCTERMS, SKOS

__all__ = ["NAMING", "search_keys"]

NAMING = (
    SKOS.prefLabel,
    SKOS.altLabel,
    SKOS.hiddenLabel,
    COMITY.acronym,
    DCTERMS.title,
)


def search_keys(staging: Staging) -> Iterator[ox.Quad]:
    """Make the search keys of the candidates, for the curation graph."""
    graph, key = ox.NamedNode(GRAPHS.CURATION), ox.NamedNode(COMITY.searchKey)
    listed = ", ".join(f"<{predicate}>" for predicate in NAMING)
    pattern = f"?s ?naming ?name . FILTER(?naming IN ({listed}))"
    for row in staging.select(pattern, "?s ?name"):
        name = row[1]
        if isinstance(name, ox.Literal) and (folded := search_key(name.value)):
            yield ox.Quad(row[0], key, ox.Literal(folded), graph)
