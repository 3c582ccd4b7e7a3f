"""The documents of a store: which there are, and what each of them holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from comity.documents.finding import find_document
from comity.labels import labels
from comity.results import Rows
from comity.store import Store, select
from comity_queries import expand_iri

__all__ = [
    "DocumentRecord",
    "DocumentText",
    "PassageRecord",
    "document_rows",
    "documents",
    "read_document",
]


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What is known about a source document, and how much rests on it.

    Attributes
    ----------
    iri, title, issued, publisher, source, language, sha256 : str
        ``issued`` is an ISO day; ``publisher`` and ``source`` are an IRI or
        words; each is empty when it is not known.
    graph : str
        IRI of the graph that holds what it says.
    passages : int
        Headlines, headings and sentences.
    facts : int
        Quads of its graph.
    nodes : int
        Nodes that rest on its passages.
    """

    iri: str
    title: str
    issued: str
    publisher: str
    source: str
    language: str
    sha256: str
    graph: str
    passages: int
    facts: int
    nodes: int


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A passage of a document.

    Attributes
    ----------
    iri : str
    ordinal : int
        Its number, from 1; 0 when it has none.
    kind : str
        ``headline``, ``dateline``, ``heading``, ``sentence``, or empty.
    text : str
    nodes : tuple of (str, str)
        IRI and label of each node that rests on it.
    """

    iri: str
    ordinal: int
    kind: str
    text: str
    nodes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document with its passages, in order."""

    record: DocumentRecord
    passages: tuple[PassageRecord, ...]


def documents(store: Store) -> tuple[DocumentRecord, ...]:
    """List the documents of a store by day of issue and IRI."""
    return tuple(_records(store, "?document a comity:SourceDocument ."))


def document_rows(found: Iterable[DocumentRecord]) -> Rows:
    """Give documents as rows: one column for each thing known, digest and graph left out."""
    columns = ("document", "title", "issued", "publisher", "language", "passages", "facts", "nodes")
    return Rows(columns, (_row(record) for record in found))


def _row(record: DocumentRecord) -> Iterator[ox.NamedNode | ox.Literal | None]:
    yield ox.NamedNode(record.iri)
    for text in (record.title, record.issued, record.publisher, record.language):
        known = "://" in text and expand_iri(text)
        yield (ox.NamedNode(known) if known else ox.Literal(text)) if text else None
    for count in (record.passages, record.facts, record.nodes):
        yield ox.Literal(count)


def read_document(store: Store, document: str) -> DocumentText:
    """Read a document and its passages.

    Parameters
    ----------
    store : Store
    document : str
        IRI, short form, last part of the IRI, or title.

    Raises
    ------
    ParameterError
        The store has no such document.
    """
    iri = find_document(store, document)
    record = next(_records(store, f"VALUES ?document {{ {ox.NamedNode(iri)} }}"))
    return DocumentText(record, tuple(_passages(store, iri)))


def _records(store: Store, which: str) -> Iterator[DocumentRecord]:
    rows = select(
        store,
        f"""
        SELECT ?document (SAMPLE(?t) AS ?title) (SAMPLE(?i) AS ?issued) (SAMPLE(?p) AS ?publisher)
          (SAMPLE(?s) AS ?source) (SAMPLE(?l) AS ?language) (SAMPLE(?h) AS ?sha256)
          (SAMPLE(?g) AS ?graph)
        WHERE {{
          {which}
          OPTIONAL {{ ?document dcterms:title ?t }}
          OPTIONAL {{ ?document dcterms:issued ?i }}
          OPTIONAL {{ ?document dcterms:publisher ?p }}
          OPTIONAL {{ ?document dcterms:source ?s }}
          OPTIONAL {{ ?document dcterms:language ?l }}
          OPTIONAL {{ ?document comity:sha256 ?h }}
          OPTIONAL {{ ?document comity:factGraph ?g }}
        }} GROUP BY ?document ORDER BY ?issued ?document
        """,
    )
    passages = _counts(store, which, "?document ^oa:hasSource ?counted")
    nodes = _counts(store, which, "?document ^oa:hasSource/^prov:wasDerivedFrom ?counted")
    facts = _counts(
        store, which, "?document comity:factGraph ?g . GRAPH ?g { ?s ?p ?o }", "COUNT(*)"
    )
    for row in rows:
        known = {name: "" if row[name] is None else row[name].value for name in _TEXTS}
        iri = row["document"].value
        yield DocumentRecord(
            iri=iri,
            **known,
            passages=passages.get(iri, 0),
            facts=facts.get(iri, 0),
            nodes=nodes.get(iri, 0),
        )


_TEXTS = ("title", "issued", "publisher", "source", "language", "sha256", "graph")


def _counts(
    store: Store, which: str, pattern: str, count: str = "COUNT(DISTINCT ?counted)"
) -> dict[str, int]:
    rows = select(
        store,
        f"SELECT ?document ({count} AS ?n) WHERE {{ {which} {pattern} }} GROUP BY ?document",
    )
    return {row["document"].value: int(row["n"].value) for row in rows}


def _passages(store: Store, document: str) -> Iterator[PassageRecord]:
    rows = list(
        select(
            store,
            f"""
            SELECT DISTINCT ?passage ?ordinal ?kind ?text WHERE {{
              ?passage oa:hasSource {ox.NamedNode(document)} ; comity:text ?text .
              OPTIONAL {{ ?passage comity:ordinal ?ordinal }}
              OPTIONAL {{ ?passage dcterms:type ?kind }}
            }} ORDER BY ?ordinal ?passage
            """,
        )
    )
    resting: dict[str, set[str]] = {}
    for found in select(
        store,
        f"SELECT ?passage ?node WHERE {{ ?passage oa:hasSource {ox.NamedNode(document)} . "
        "?node prov:wasDerivedFrom ?passage }",
    ):
        resting.setdefault(found["passage"].value, set()).add(found["node"].value)
    named = labels(store, {node for nodes in resting.values() for node in nodes})
    for row in rows:
        iri = row["passage"].value
        kind = "" if row["kind"] is None else row["kind"].value.rpartition("/")[2]
        yield PassageRecord(
            iri=iri,
            ordinal=0 if row["ordinal"] is None else int(row["ordinal"].value),
            kind=kind,
            text=row["text"].value,
            nodes=tuple(sorted((node, named[node]) for node in resting.get(iri, ()))),
        )
