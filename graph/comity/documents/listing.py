"""The documents of a store: which there are, and what each of them holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from comity.errors import ParameterError
from comity.labels import labels
from comity.results import Rows
from comity.store import Store, iri_of, select
from comity_ontology.names import search_key
from comity_ontology.prefixes import GRAPHS, current_base, shorten
from comity_ontology.terms import COMITY, RDF
from comity_queries import expand_iri
from comity_queries.nearest import nearest

__all__ = [
    "DocumentRecord",
    "DocumentText",
    "PassageRecord",
    "document_rows",
    "documents",
    "find_document",
    "read_document",
]

_OURS = {GRAPHS.META, GRAPHS.CURATION, GRAPHS.ONTOLOGY, GRAPHS.CODES}


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


def find_document(store: Store, document: str) -> str:
    """Return the IRI of the document that a user means.

    Parameters
    ----------
    store : Store
    document : str
        IRI, short form such as ``source:note``, last part of the IRI, title,
        or IRI of its graph.

    Raises
    ------
    ParameterError
        No document is called so (the nearest are offered), or several are.
    """
    asked = document.strip()
    try:
        given = expand_iri(asked)
        iri = given or f"{current_base()}source/{asked}"
        if given in _OURS:
            raise ParameterError(
                f"{shorten(given)} is no document: it holds what belongs to all of them or to "
                "the product, and stays"
            )
        if _is_document(store, iri):
            return iri
        found = _by_graph(store, given) if given else _by_title(store, asked)
    except ValueError as error:  # what the engine takes for no IRI or no text
        raise ParameterError(f"{document!r} names no document: {error}") from error
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(map(shorten, found))
        raise ParameterError(f"{document!r} may be any of {listed}: give one of these short forms")
    known = [shorten(iri_of(quad.subject)) for quad in _all(store)]
    raise ParameterError(f"there is no document {document!r}{_near(asked, known)}")


def _near(asked: str, known: list[str]) -> str:
    if not known:
        return ": the store has none"
    return nearest(asked, known) or "; comity document list shows all"


def _is_document(store: Store, iri: str) -> bool:
    cls = ox.NamedNode(COMITY.SourceDocument)
    found = store.match(ox.NamedNode(iri), ox.NamedNode(RDF.type), cls, ox.DefaultGraph())
    return next(found, None) is not None


def _by_graph(store: Store, graph: str) -> list[str]:
    found = store.match(
        None, ox.NamedNode(COMITY.factGraph), ox.NamedNode(graph), ox.DefaultGraph()
    )
    return sorted(iri_of(quad.subject) for quad in found)


def _by_title(store: Store, title: str) -> list[str]:
    key = ox.Literal(search_key(title))
    found = store.match(None, ox.NamedNode(COMITY.searchKey), key, ox.DefaultGraph())
    return sorted(iri for quad in found if _is_document(store, iri := iri_of(quad.subject)))


def _all(store: Store) -> Iterator[ox.Quad]:
    return store.match(
        None, ox.NamedNode(RDF.type), ox.NamedNode(COMITY.SourceDocument), ox.DefaultGraph()
    )


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
