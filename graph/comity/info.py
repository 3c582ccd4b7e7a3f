"""What a store holds, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from comity.store import Store, select
from comity_ontology.prefixes import GRAPHS

__all__ = ["Info", "info"]


@dataclass(frozen=True, slots=True)
class Info:
    """What a store holds.

    Attributes
    ----------
    location : str
    writable : bool
    triples : int
        Triples of the default graph, the set union of all graphs.
    graphs : dict
        IRI of each named graph to its number of triples.
    entities : dict
        Label of each class to its number of instances.
    documents : tuple of (str, str, str)
        IRI, title and day of issue (or empty) of each source document.
    """

    location: str
    writable: bool
    triples: int
    graphs: dict[str, int]
    entities: dict[str, int]
    documents: tuple[tuple[str, str, str], ...]


def info(store: Store) -> Info:
    """Count what a store holds; looks at every triple once."""
    total = next(select(store, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"))
    per_graph = select(
        store,
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    )
    per_class = select(
        store,
        f"""
        SELECT ?class (COUNT(DISTINCT ?node) AS ?n) (SAMPLE(?label) AS ?name) WHERE {{
          ?node a ?class .
          FILTER NOT EXISTS {{ GRAPH <{GRAPHS.ONTOLOGY}> {{ ?node a ?class }} }}
          FILTER NOT EXISTS {{ GRAPH <{GRAPHS.CODES}> {{ ?node a ?class }} }}
          OPTIONAL {{ ?class rdfs:label ?label . FILTER(LANGMATCHES(LANG(?label), "en")) }}
        }} GROUP BY ?class ORDER BY DESC(?n) ?class
        """,
    )
    documents = select(
        store,
        """
        SELECT ?document (SAMPLE(?t) AS ?title) (SAMPLE(?i) AS ?issued) WHERE {
          ?document a comity:SourceDocument ; dcterms:title ?t .
          OPTIONAL { ?document dcterms:issued ?i }
        } GROUP BY ?document ORDER BY ?issued ?document
        """,
    )
    return Info(
        location=store.location,
        writable=store.writable,
        triples=int(total["n"].value),
        graphs={row["g"].value: int(row["n"].value) for row in per_graph},
        entities={(row["name"] or row["class"]).value: int(row["n"].value) for row in per_class},
        documents=tuple(
            (
                row["document"].value,
                row["title"].value,
                row["issued"].value if row["issued"] is not None else "",
            )
            for row in documents
        ),
    )
