"""Graphs for query tests, as plain RDF in both engines that must give the same rows.

The default graph is the set union of what stands in named graphs, as the gate keeps it;
the model and its codes are part of it. Each case has a data file that is only as large
as its story.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse, serialize
from rdflib import Dataset
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query

import comity
from comity_ontology import modules
from comity_queries.binding import values_blocks
from comity_queries.tokens import code_tokens


@dataclass(frozen=True)
class Engines:
    """The same quads in the embedded engine and in rdflib."""

    store: Store
    dataset: Dataset

    def embedded(self, text: str) -> list[dict[str, str]]:
        """Rows of a query in the embedded engine; what is unbound is left out."""
        solutions = self.store.query(text)
        names = [variable.value for variable in solutions.variables]
        return [
            {name: term.value for name in names if (term := solution[name]) is not None}
            for solution in solutions
        ]

    def rdflib(self, text: str) -> list[dict[str, str]]:
        """Rows of a query in rdflib; what is unbound is left out."""
        with _own_deprecations():
            bindings = self.dataset.query(_prepared(text)).bindings
        return [
            {str(name): str(term) for name, term in binding.items() if term is not None}
            for binding in bindings
        ]


def _prepared(text: str) -> Query:
    """Parse a query for rdflib, of one that differs from an earlier one in parameters only those.

    The parser takes several times as long as the search for the rows. Where it leaves a block
    for later, as in an EXISTS within an EXISTS, the whole is parsed.
    """
    blocks = list(values_blocks(code_tokens(text)))
    starts = [0, *(block.end for block in blocks)]
    ends = [*(block.start for block in blocks), len(text)]
    rest = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    query = _parsed("{ UNDEF }".join(rest))
    written = {text[block.keyword.start : block.end] for block in blocks}
    prologue = text[: text.index("SELECT")]
    given = {
        tuple(node.res[0]): node.res
        for block in written
        for node in _values(_parsed(f"{prologue} SELECT * {{ {block} }}"))
    }
    found = [node for node in _values(query) if tuple(node.res[0]) in given]
    if len(found) != len(blocks):
        return prepareQuery(text)
    for node in found:
        node["res"] = given[tuple(node.res[0])]
    return query


@cache
def _parsed(text: str) -> Query:
    return prepareQuery(text)


def _values(query: Query) -> list[CompValue]:
    found: list[CompValue] = []

    def visit(node: object) -> None:
        if isinstance(node, CompValue) and node.name == "values":
            found.append(node)

    traverse(query.algebra, visitPre=visit)
    return found


@contextmanager
def _own_deprecations() -> Iterator[None]:
    """Let rdflib use in its own code what it calls deprecated."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning, module="rdflib")
        yield


@cache
def _model() -> tuple[Quad, ...]:
    return tuple(
        quad
        for module in modules()
        for quad in parse(module.path.read_bytes(), format=RdfFormat.TURTLE)
    )


@cache
def engines(*files: Path) -> Engines:
    """Load files and the model: named graphs as they are, and their set union as default graph."""
    read = [quad for file in files for quad in parse(path=file)]
    union = {Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in (*read, *_model())}
    return _both([*read, *union])


def _both(given: Iterable[Quad]) -> Engines:
    quads = list(given)
    store = Store()
    store.extend(quads)
    with _own_deprecations():
        dataset = Dataset(default_union=False)
        dataset.parse(data=serialize(quads, format=RdfFormat.N_QUADS), format="nquads")
    return Engines(store, dataset)


@pytest.fixture(scope="session")
def load() -> Callable[..., Engines]:
    """Give the function that loads data files; the same files are loaded once."""
    return engines


@pytest.fixture(scope="session")
def seed(seeded: Path) -> Engines:
    """The shipped example as a user has it: its text cut into passages, its model loaded."""
    with comity.open(seeded, read_only=True) as graph:
        return _both(graph.store.match(None, None, None, None))


@pytest.fixture(scope="session")
def invented(corpus: Path) -> Engines:
    """The invented corpus as a user has it."""
    with comity.open(corpus, read_only=True) as graph:
        return _both(graph.store.match(None, None, None, None))
