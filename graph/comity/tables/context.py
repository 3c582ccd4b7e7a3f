"""What all rows of a load share: the store, its codes, and the documents they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from comity.codes import Codes
from comity.documents.finding import find_document
from comity.documents.lookup import Passage, passages_of
from comity.errors import ParameterError
from comity.store import Store, select
from comity.tables.names import Names
from comity_ontology.terms import SKOS

__all__ = ["Context", "Source"]

CACHED = 256


@dataclass(frozen=True, slots=True)
class Source:
    """A document that rows rest on: its IRI, fact graph, language and passages by number."""

    iri: str
    graph: str
    language: str
    passages: dict[int, Passage]


class Context:
    """What all rows of a load share.

    Parameters
    ----------
    store : Store
    names : Names
    document : str
        The document of rows that name none.
    curator : str
        Who stands for rows that do not say who.

    Attributes
    ----------
    renamed : dict
        IRI and other name to the preferred name of nodes that rows call otherwise.
    """

    def __init__(self, store: Store, names: Names, document: str = "", curator: str = ""):
        self.store = store
        self.names = names
        self.codes = Codes(store)
        self.document = document
        self.curator = curator
        self.source = lru_cache(CACHED)(self._source)
        self.renamed: dict[tuple[str, str], str] = {}
        self._preferred: dict[tuple[str, str], str] = {}

    def preferred(self, iri: str, language: str, text: str) -> str:
        """Return the preferred name of a node in a language: the store's, else the first."""
        place = (iri, language.casefold())
        if place not in self._preferred:
            stored = self.store.match(
                ox.NamedNode(iri), ox.NamedNode(SKOS.prefLabel), None, ox.DefaultGraph()
            )
            known = [
                one.object.value
                for one in stored
                if isinstance(one.object, ox.Literal)
                and (one.object.language or "").casefold() == place[1]
            ]
            self._preferred[place] = known[0] if known else text
        return self._preferred[place]

    def _source(self, text: str) -> Source:
        iri = find_document(self.store, text)
        row = next(
            select(
                self.store,
                f"""SELECT ?graph ?language WHERE {{ {ox.NamedNode(iri)} comity:factGraph ?graph .
                      OPTIONAL {{ {ox.NamedNode(iri)} dcterms:language ?language }} }}""",
            ),
            None,
        )
        if row is None:
            raise ParameterError(f"the document {text!r} has no graph for its facts: add it again")
        language = "en" if row["language"] is None else row["language"].value
        return Source(iri, row["graph"].value, language, passages_of(self.store, iri))
