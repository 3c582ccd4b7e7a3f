"""What a source document and its passages look like in the graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from comity.documents.passages import Cut, cut
from comity_ontology.prefixes import GRAPHS, current_base
from comity_ontology.terms import COMITY, DCTERMS, OA, RDF, XSD, code

__all__ = ["Document", "document_quads", "passage_iri", "passage_quads", "record_quads"]


@dataclass(frozen=True, slots=True)
class Document:
    """What is known about a source document.

    Attributes
    ----------
    iri, graph : str
        The document and its fact graph.
    sha256 : str
        Digest of the file's bytes, in hex.
    title : str
    issued : date or None
    publisher : str
        IRI of an agency, a name, or empty.
    source : str
        Where it was found: an IRI, a description, or empty.
    language : str
        A BCP 47 tag.
    text : str
        The whole text; empty for a document that is an RDF file.
    """

    iri: str
    graph: str
    sha256: str
    title: str
    issued: date | None = None
    publisher: str = ""
    source: str = ""
    language: str = ""
    text: str = ""


def document_quads(document: Document) -> Iterator[ox.Quad]:
    """Make the quads of the meta graph that describe a document and its passages."""
    yield from record_quads(document)
    if document.text:
        cuts = cut(document.text, document.language or "en")
        for piece in cuts:
            yield from passage_quads(document, piece)


def passage_iri(document: str, ordinal: int) -> str:
    """Return the IRI of a document's passage."""
    return f"{current_base()}passage/{document.rpartition('/')[2]}/{ordinal}"


def record_quads(document: Document) -> Iterator[ox.Quad]:
    """Make the quads that describe a document itself."""

    def about(predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return _meta(document.iri, predicate, value)

    yield about(RDF.type, ox.NamedNode(COMITY.SourceDocument))
    yield about(COMITY.factGraph, ox.NamedNode(document.graph))
    yield about(COMITY.sha256, ox.Literal(document.sha256))
    yield about(DCTERMS.title, _text(document.title, document.language))
    if document.issued:
        day = ox.Literal(document.issued.isoformat(), datatype=ox.NamedNode(XSD.date))
        yield about(DCTERMS.issued, day)
    if document.publisher:
        yield about(DCTERMS.publisher, _iri_or_text(document.publisher))
    if document.source:
        yield about(DCTERMS.source, _iri_or_text(document.source))
    if document.language:
        yield about(DCTERMS.language, ox.Literal(document.language))
    if document.text:
        yield about(COMITY.fullText, ox.Literal(document.text))


def passage_quads(document: Document, piece: Cut) -> Iterator[ox.Quad]:
    """Make the quads that describe a passage of a document and where it stands."""
    iri = passage_iri(document.iri, piece.ordinal)
    position, quote = f"{iri}/position", f"{iri}/quote"
    text = ox.Literal(document.text[piece.start : piece.end])
    yield _meta(iri, RDF.type, ox.NamedNode(COMITY.Passage))
    yield _meta(iri, DCTERMS.type, ox.NamedNode(code(piece.kind)))
    yield _meta(iri, COMITY.ordinal, ox.Literal(piece.ordinal))
    yield _meta(iri, COMITY.text, text)
    yield _meta(iri, OA.hasSource, ox.NamedNode(document.iri))
    yield _meta(iri, OA.hasSelector, ox.NamedNode(position))
    yield _meta(iri, OA.hasSelector, ox.NamedNode(quote))
    if piece.heading is not None:
        heading = passage_iri(document.iri, piece.heading)
        yield _meta(iri, COMITY.underHeading, ox.NamedNode(heading))
    yield _meta(position, RDF.type, ox.NamedNode(OA.TextPositionSelector))
    yield _meta(position, OA.start, ox.Literal(piece.start))
    yield _meta(position, OA.end, ox.Literal(piece.end))
    yield _meta(quote, RDF.type, ox.NamedNode(OA.TextQuoteSelector))
    yield _meta(quote, OA.exact, text)


def _meta(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, ox.NamedNode(GRAPHS.META))


def _text(value: str, language: str) -> ox.Literal:
    return ox.Literal(value, language=language) if language else ox.Literal(value)


def _iri_or_text(value: str) -> ox.NamedNode | ox.Literal:
    if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value):
        try:
            return ox.NamedNode(value)
        except ValueError:
            pass  # it looks like an IRI and is none
    return ox.Literal(value)
