"""Finding the document that a user means."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from comity.documents.adding import slug
from comity.errors import ParameterError
from comity.store import Store, iri_of
from comity_ontology.names import search_key
from comity_ontology.prefixes import GRAPHS, current_base, shorten
from comity_ontology.terms import COMITY, DCTERMS, RDF
from comity_queries import expand_iri
from comity_queries.nearest import nearest

__all__ = ["find_document"]

_OURS = {GRAPHS.META, GRAPHS.CURATION, GRAPHS.ONTOLOGY, GRAPHS.CODES}


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
        if given in _OURS:
            raise ParameterError(
                f"{shorten(given)} is no document: it holds what belongs to all of them or to "
                "the product, and stays"
            )
        found = [*_by_iri(store, given or asked)] or (
            _by_graph(store, given) if given else _by_title(store, asked)
        )
    except ValueError as error:  # what the engine takes for no IRI or no text
        raise ParameterError(f"{document!r} names no document: {error}") from error
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(map(shorten, found))
        raise ParameterError(f"{document!r} may be any of {listed}: give one of these short forms")
    raise ParameterError(f"there is no document {document!r}{_near(store, asked)}")


def _near(store: Store, asked: str) -> str:
    """Offer the nearest short forms, or ids and titles for what is no short form."""
    every = [iri_of(quad.subject) for quad in _all(store)]
    if not every:
        return ": the store has none"
    known = [shorten(iri) for iri in every]
    if ":" not in asked:
        title = ox.NamedNode(DCTERMS.title)
        known = [iri.rpartition("/")[2] for iri in every] + [
            str(quad.object.value)
            for iri in every
            for quad in store.match(ox.NamedNode(iri), title, None, ox.DefaultGraph())
            if isinstance(quad.object, ox.Literal)
        ]
    return nearest(asked, known) or "; comity document list shows all"


def _by_iri(store: Store, given: str) -> Iterator[str]:
    """Give the document that an IRI or the last part of one names, if there is one."""
    if "://" not in given:
        # As adding it would have made an identifier of it.
        given = f"{current_base()}source/{slug(given)}"
    if _is_document(store, given):
        yield given


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
