"""Where triples without a graph go: to a document of the store, or one made of their file."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox

from comity.documents.adding import find_by_digest, plan_document
from comity.documents.model import document_quads
from comity.errors import InputError
from comity.gate.load import Home
from comity.readers import RdfFile, Source
from comity.store import Store
from comity_ontology.prefixes import shorten
from comity_ontology.terms import COMITY

__all__ = ["homes"]


def homes(store: Store, document: str = "") -> Callable[[Source], Home]:
    """Return what tells the home of each source of one load.

    Parameters
    ----------
    store : Store
    document : str
        IRI of the document that they belong to; when empty, one is made from
        each file, or found again by the file's digest.

    Raises
    ------
    InputError
        The store has no such document, or the IRI is malformed.
    """
    if document:
        fixed = _home_of(store, document)
        return lambda _: fixed
    planned: dict[str, Home] = {}
    taken: set[str] = set()

    def home(source: Source) -> Home:
        if source.sha256 not in planned:
            planned[source.sha256] = _home_from(store, source, taken)
            taken.add(planned[source.sha256].document)
        return planned[source.sha256]

    return home


def _home_of(store: Store, document: str) -> Home:
    try:
        node = ox.NamedNode(document)
    except ValueError as error:
        raise InputError(f"{document!r} is no IRI of a document: {error}") from error
    found = next(
        store.match(node, ox.NamedNode(COMITY.factGraph), None, ox.DefaultGraph()),
        None,
    )
    if found is None or not isinstance(found.object, ox.NamedNode):
        raise InputError(
            f"{shorten(document)} is not a document of this store: add it first with "
            "comity document add"
        )
    return Home(document, found.object.value)


def _home_from(store: Store, source: Source, taken: set[str]) -> Home:
    """Find the document that was made of a file, or plan one."""
    if not source.sha256:
        raise InputError(
            f"{source.name} has triples without a graph and is no file: name the document that "
            "they belong to"
        )
    known = find_by_digest(store, source.sha256)
    if known:
        return _home_of(store, known)
    stem = source.stem if isinstance(source, RdfFile) else source.name
    try:
        document = plan_document(store, source.sha256, stem, title=source.name, taken=taken)
    except InputError:
        # Another file has this name, or it has no letters: the digest tells them apart.
        longer = f"{stem}-{source.sha256[:8]}"
        document = plan_document(store, source.sha256, longer, title=source.name, taken=taken)
    return Home(document.iri, document.graph, tuple(document_quads(document)))
