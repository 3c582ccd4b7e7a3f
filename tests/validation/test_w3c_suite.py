"""The W3C test suite of SHACL: each of its cases, its report compared as a graph."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import pyoxigraph as ox
import pytest

from comity.errors import InputError, NotSupported
from comity.validation.alone import check_exactly
from comity.validation.shapes.reading import shapes_of
from comity_ontology.terms import RDF, SH

FOLDER = Path(os.environ.get("COMITY_SHARED") or Path(__file__).resolve().parents[3] / "shared")
SUITE = FOLDER / "suites" / "shacl" / "tests"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"

LEFT_OUT = {
    "sparql/pre-binding/shapesGraph-001": "queries that read the shapes graph are optional (SHACL "
    "§5.3.1), and here shapes are values and in no store",
}
"""Cases that we do not answer as the suite does, and why: they are refused."""


@dataclass(frozen=True)
class Case:
    """A case: the file that describes it, and its name in there."""

    file: Path
    node: ox.NamedNode

    @property
    def name(self) -> str:
        return f"{self.file.relative_to(SUITE).parent}/{self.node.value.rpartition('/')[2]}"


@cache
def quads(file: Path) -> tuple[ox.Quad, ...]:
    """A file, read once: what two parts of a case call a blank node is the same node."""
    return tuple(ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=file.as_uri()))


def path_of(iri: ox.NamedNode) -> Path:
    return Path(unquote(urlparse(iri.value).path))


def cases(manifest: Path) -> Iterator[Case]:
    """What a manifest lists, and all that it includes."""
    found: dict[tuple[Any, str], list[Any]] = {}
    for quad in quads(manifest):
        found.setdefault((quad.subject, quad.predicate.value), []).append(quad.object)
    this = ox.NamedNode(manifest.as_uri())
    for included in found.get((this, f"{MF}include"), []):
        yield from cases(path_of(included))
    for head in found.get((this, f"{MF}entries"), []):
        while head.value != f"{RDF.NS}nil":
            yield Case(manifest, found[head, f"{RDF.NS}first"][0])
            (head,) = found[head, f"{RDF.NS}rest"]


UNLISTED = SUITE / "sparql" / "component" / "nodeValidator-001.ttl"
"""The one case that no manifest of the suite includes."""
CASES = [*cases(SUITE / "manifest.ttl"), *cases(UNLISTED)] if SUITE.is_dir() else []


def test_it_is_the_whole_suite(shared: Path) -> None:
    assert SUITE.is_relative_to(shared)
    kinds = [case.file.relative_to(SUITE).parts[0] for case in CASES]
    assert (kinds.count("core"), kinds.count("sparql")) == (98, 23)
    assert len({case.name for case in CASES}) == len(CASES)
    listed = {case.file for case in CASES}
    others = {file for file in SUITE.rglob("*.ttl") if b"sht:Validate" in file.read_bytes()}
    assert listed == others
    assert LEFT_OUT.keys() <= {case.name for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, triples: Any, told: Callable[..., Any]) -> None:
    described = triples(quads(case.file))
    action = described.value(case.node, MF + "action")
    data = quads(path_of(described.value(action, SHT + "dataGraph")))
    shapes = quads(path_of(described.value(action, SHT + "shapesGraph")))
    if case.name in LEFT_OUT:
        with pytest.raises(NotSupported, match="shapesGraph"):
            shapes_of(shapes)
        return
    expected = described.value(case.node, MF + "result")
    if expected == ox.NamedNode(SHT + "Failure"):
        with pytest.raises(InputError):
            check_exactly(data, shapes_of(shapes))
        return
    messages = any(
        described.values(result, SH.resultMessage)
        for result in described.values(expected, SH.result)
    )
    wanted = described.said(expected, messages=messages)
    blank = {term for result in wanted[1] for term in result if isinstance(term, ox.BlankNode)}
    known = {
        node for quad in (*data, *shapes) for node in (quad.subject, quad.object)
    }  # a blank node of another file could not be told by its label
    assert blank <= known
    assert told(check_exactly(data, shapes_of(shapes)), messages=messages) == wanted
