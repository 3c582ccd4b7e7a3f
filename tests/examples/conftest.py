"""The shipped release and its model, read as they ship: no gate, no search keys, no codes added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox
import pytest

from comity.examples import SEED
from comity_ontology import modules
from comity_ontology.prefixes import DEFAULT_BASE, GRAPHS, prefixes
from comity_ontology.terms import RDF

PREFIXES = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in prefixes(DEFAULT_BASE).items())

# The passages as a reader counts them: how each begins and ends.
PASSAGES = (
    ("SMEs are deepening", "between Azerbaijan and Turkey."),
    ("Date:", "25 February 2021"),
    ("KOSGEB President Hasan", "Development Agency (KOBİA)."),
    ("KOSGEB managers", "present at the meeting."),
    ("During the visit", "was expressed."),
    ("During the Covit-19", "continued uninterrupted."),
    ("New cooperation", "was confirmed."),
    ("Good Start", "Good Start"),
    ("KOSGEB President Kurt stated", "are from Azerbaijan”"),
    ("Energy of Brotherhood", "Energy of Brotherhood"),
    ("Reminding that there", "from the occupation."),
    ("KOSGEB Experience", "KOSGEB Experience"),
    ("KOBİA President Mammadov stressed", "president of KOSGEB."),
    ("Reminding that the SME’s", "in this process."),
    ("Invitation to Karabakh", "Invitation to Karabakh"),
    ("Mammadov, after", "he added."),
    ("Mammadov invited", "the Armenian occupation."),
    ("Memorandum of Understanding and", "Action Plan"),
    ("A memorandum", "in Ankara."),
    ("With the memorandum", "of the two countries."),
    ("The action plan", "February 27, 2020."),
    ("Participated", "in the Forum"),
    ("February 16, 2021", "forums were held."),
    ("KOSGEB President Kurt and", "the online forum."),
)


@dataclass
class Model:
    """The triples of both files, in their graphs and in the default graph of a store."""

    quads: list[ox.Quad]
    store: ox.Store
    graph = f"{GRAPHS.SOURCE}{SEED.slug}"
    passage = f"{DEFAULT_BASE}passage/{SEED.slug}/"

    @cached_property
    def passages(self) -> dict[str, str]:
        """The passages by IRI, found one after the other in the text."""
        text = SEED.text.read_text(encoding="utf-8")
        found: dict[str, str] = {}
        position = 0
        for number, (first, last) in enumerate(PASSAGES, start=1):
            start = text.index(first, position)
            assert not text[position:start].strip()
            position = text.index(last, start) + len(last)
            found[f"{self.passage}{number}"] = text[start:position]
        assert not text[position:].strip()
        return found

    @property
    def described(self) -> set[str]:
        """What is said to be of some class."""
        return {quad.subject.value for quad in self.quads if quad.predicate.value == RDF.type}

    def literals(self, *predicates: str) -> Iterator[tuple[str, str]]:
        """Subjects and values of some properties."""
        for quad in self.quads:
            if quad.predicate.value in predicates:
                assert isinstance(quad.object, ox.Literal)
                yield quad.subject.value, quad.object.value

    def rows(self, query: str) -> list[tuple[str | None, ...]]:
        """The sorted rows of a query, instance IRIs without their base."""
        solutions = self.store.query(f"{PREFIXES}\n{query}")
        assert isinstance(solutions, ox.QuerySolutions)
        found = [
            tuple(None if value is None else _short(value) for value in solution)
            for solution in solutions
        ]
        return sorted(found, key=lambda row: [value or "" for value in row])

    def ask(self, pattern: str) -> bool:
        """Whether the default graph, or a graph that is named, has a pattern."""
        return bool(self.store.query(f"{PREFIXES}\nASK {{ {pattern} }}"))


def _short(term: ox.NamedNode | ox.Literal) -> str:
    return term.value.removeprefix(DEFAULT_BASE)


@pytest.fixture(scope="session")
def model() -> Model:
    quads = [
        quad
        for file in SEED.models
        for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TRIG)
    ]
    store = ox.Store()
    for quad in quads:
        store.add(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    for module in modules():
        store.load(module.path.read_bytes(), format=ox.RdfFormat.TURTLE)
    return Model(quads, store)
