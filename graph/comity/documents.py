"""Source documents: the text is kept, and cut into passages that facts can point at."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from comity.errors import InputError
from comity.gate.load import Home, load
from comity.gate.report import LoadReport
from comity.passages import Cut, cut
from comity.readers import Source, StatementList
from comity.store import Store, iri_of
from comity_ontology.names import search_key
from comity_ontology.prefixes import GRAPHS, current_base, shorten
from comity_ontology.terms import COMITY, DCTERMS, OA, RDF, XSD, code

__all__ = [
    "Added",
    "Document",
    "add_document",
    "decode",
    "document_quads",
    "find_by_digest",
    "plan_document",
    "slug",
]

LARGEST = 64 * 1024 * 1024


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


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a document did.

    Attributes
    ----------
    iri : str
        The document.
    passages : int
        How many passages it has.
    changed : bool
        False when the same bytes were there already.
    load : LoadReport or None
        The account of the load that added it.
    """

    iri: str
    passages: int
    changed: bool
    load: LoadReport | None = None

def add_document(
    store: Store,
    path: str | os.PathLike[str],
    *,
    title: str = "",
    issued: date | None = None,
    publisher: str = "",
    source: str = "",
    language: str = "en",
    identifier: str = "",
) -> Added:
    """Keep a text and cut it into passages.

    Parameters
    ----------
    path : path
        A UTF-8 text file.
    title : str
        The headline when absent.
    issued : date, optional
        The day on which it was published.
    publisher : str
        IRI of the agency that published it, or a name.
    source : str
        Where it was found: a URL or a description.
    language : str
        BCP 47 tag; decides how sentences are told apart.
    identifier : str
        The last part of the document's IRI; by default made from the
        file's name.

    Returns
    -------
    Added
        The same bytes again change nothing.

    Raises
    ------
    InputError
        The file is missing, empty, no UTF-8 text, or its identifier is
        taken by another document.
    """
    file = Path(path)
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    if size > LARGEST:
        raise InputError(
            f"{path} has {size:,} bytes, more than the {LARGEST:,} that a document may have: "
            "cut it into parts"
        )
    text = decode(content, str(path))
    digest = hashlib.sha256(content).hexdigest()
    known = find_by_digest(store, digest)
    if known:
        return Added(known, _passage_count(store, known), changed=False)
    document = plan_document(
        store,
        digest,
        identifier or file.stem,
        title=title or next(line.strip() for line in text.splitlines() if line.strip()),
        issued=issued,
        publisher=publisher,
        source=source,
        language=language,
        text=text,
    )
    statements = StatementList(str(path), list(document_quads(document)))
    report = load(store, [statements], _no_home, strict=True)
    if report.refused:
        raise InputError(f"{path} was not added: {report.checks.results[0].message}")
    return Added(document.iri, _passage_count(store, document.iri), changed=True, load=report)


def slug(name: str) -> str:
    """Make the readable, ASCII part of an IRI from a name.

    Examples
    --------
    >>> slug("KOSGEB – KOBİA 2021")
    'kosgeb-kobia-2021'
    """
    return re.sub(r"[^a-z0-9]+", "-", search_key(name)).strip("-")


def decode(content: bytes, name: str) -> str:
    """Decode a document's bytes; a byte order mark is not part of the text.

    Raises
    ------
    InputError
        The file is empty or not UTF-8 text (with line and byte).
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{name} is not UTF-8 (line {line}, byte {error.start}): save it as UTF-8 text"
        ) from error
    if "\x00" in text:
        raise InputError(f"{name} holds NUL characters: it is no text file")
    if not text.strip():
        raise InputError(f"{name} is empty: there is no text to keep")
    return text


def find_by_digest(store: Store, sha256: str) -> str | None:
    """Return the IRI of the document that has the same bytes, if there is one."""
    found = next(
        store.match(
            None, ox.NamedNode(COMITY.sha256), ox.Literal(sha256), ox.NamedNode(GRAPHS.META)
        ),
        None,
    )
    return iri_of(found.subject) if found else None


def plan_document(
    store: Store,
    sha256: str,
    identifier: str,
    *,
    title: str,
    issued: date | None = None,
    publisher: str = "",
    source: str = "",
    language: str = "",
    text: str = "",
) -> Document:
    """Describe a document that is to be added; see :class:`Document`.

    Raises
    ------
    InputError
        Another document has the identifier, or it is empty.
    """
    stem = slug(identifier)
    if not stem:
        raise InputError(f"no identifier can be made of {identifier!r}: give one with --id")
    iri = f"{current_base()}source/{stem}"
    if next(store.match(ox.NamedNode(iri), None, None, ox.DefaultGraph()), None):
        raise InputError(
            f"{shorten(iri)} is another document already: give this one a name with --id"
        )
    return Document(
        iri=iri,
        graph=f"{GRAPHS.SOURCE}{stem}",
        sha256=sha256,
        title=title,
        issued=issued,
        publisher=publisher,
        source=source,
        language=language,
        text=text,
    )


def document_quads(document: Document) -> Iterator[ox.Quad]:
    """Make the quads of the meta graph that describe a document and its passages."""
    yield from _record(document)
    if document.text:
        cuts = cut(document.text, document.language or "en")
        for piece in cuts:
            yield from _passage(document, piece)


def passage_iri(document: str, ordinal: int) -> str:
    """Return the IRI of a document's passage."""
    return f"{current_base()}passage/{document.rpartition('/')[2]}/{ordinal}"


def _record(document: Document) -> Iterator[ox.Quad]:
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


def _passage(document: Document, piece: Cut) -> Iterator[ox.Quad]:
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
    return ox.Quad(
        ox.NamedNode(subject), ox.NamedNode(predicate), value, ox.NamedNode(GRAPHS.META)
    )


def _text(value: str, language: str) -> ox.Literal:
    return ox.Literal(value, language=language) if language else ox.Literal(value)


def _iri_or_text(value: str) -> ox.NamedNode | ox.Literal:
    if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value):
        return ox.NamedNode(value)
    return ox.Literal(value)


def _passage_count(store: Store, document: str) -> int:
    found = store.match(
        None, ox.NamedNode(OA.hasSource), ox.NamedNode(document), ox.DefaultGraph()
    )
    return sum(1 for _ in found)


def _no_home(source: Source) -> Home:
    raise InputError(f"{source.name} has statements without a graph")
