"""What a report shows beside its results: labels, names of shapes, sentences, files.

It is looked up once for each node, however many results name it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from comity.store import Store
from comity.store.base import Term
from comity_ontology.terms import COMITY, DCTERMS, OA, PROV, RDFS, SKOS

if TYPE_CHECKING:
    from comity.validation.report import Report

__all__ = ["About", "Background", "Cited", "about_in", "furnished"]

About: TypeAlias = Callable[[str], Iterable[ox.Quad]]
"""Says what is known about a node, given by its IRI."""

_NAMING = (
    SKOS.prefLabel,
    DCTERMS.title,
    RDFS.label,
    COMITY.acronym,
    SKOS.altLabel,
    SKOS.hiddenLabel,
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage, as a report cites it.

    Attributes
    ----------
    text : str
        Its words.
    document, title, issued, language : str
        IRI, title, day and language of the document, empty where unknown.
    ordinal : int
        Its place in the document, from 1; 0 where unknown.
    """

    text: str
    document: str = ""
    title: str = ""
    issued: str = ""
    language: str = ""
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class Background:
    """What readers of a report want to know about the IRIs in it.

    Attributes
    ----------
    labels : mapping of str to str
        Of nodes that have one, by IRI.
    shapes : mapping of str to str
        What shapes and checks are called, by IRI.
    passages : mapping of str to Cited
        The passages whose words are known, by IRI.
    files : mapping of str to tuple of str
        The files in which a node stands, by IRI, where files were checked.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    passages: Mapping[str, Cited] = field(default_factory=dict)
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Hash what mappings allow: their keys."""
        return hash((frozenset(self.labels), frozenset(self.passages)))


def about_in(*stores: Store) -> About:
    """Say what the default graphs of stores know about a node."""

    def about(node: str) -> Iterator[ox.Quad]:
        try:
            subject = ox.NamedNode(node)
        except ValueError:  # a blank node, or a literal, as foreign shapes may have it
            return
        for store in stores:
            yield from store.match(subject, None, None, ox.DefaultGraph())

    return about


def furnished(
    report: Report,
    about: About,
    shapes: Mapping[str, str],
    files: Mapping[str, tuple[str, ...]] | None = None,
) -> Report:
    """Give a report its background, and its results their passages.

    Parameters
    ----------
    report : Report
    about : callable
        Says what is known about a node.
    shapes : mapping of str to str
        What the shapes are called.
    files : mapping of str to tuple of str, optional
        The files in which nodes stand.

    Returns
    -------
    Report
        With the same results in the same order.
    """
    focus = {result.focus for result in report.results}
    values = {result.value for result in report.results if result.value_is_iri}
    labels: dict[str, str] = {}
    passages: dict[str, tuple[str, ...]] = {}
    for node in focus | values:
        said = _by_predicate(about(node))
        if label := _label(said):
            labels[node] = label
        passages[node] = tuple(sorted(_texts(said, PROV.wasDerivedFrom)))
    results = tuple(
        replace(result, passages=passages[result.focus])
        if passages[result.focus] != result.passages
        else result
        for result in report.results
    )
    cited = {passage for node in focus for passage in passages[node]}
    here = {node: names for node, names in (files or {}).items() if node in focus}
    background = Background(labels, shapes, dict(_cited(cited, about)), here)
    return replace(report, results=results, background=background)


def _cited(passages: Iterable[str], about: About) -> Iterator[tuple[str, Cited]]:
    documents: dict[str, tuple[str, str, str]] = {}
    for passage in sorted(passages):
        said = _by_predicate(about(passage))
        text = min(_texts(said, COMITY.text), default="")
        if not text:
            continue
        document = min(_texts(said, OA.hasSource), default="")
        if document not in documents:
            known = _by_predicate(about(document)) if document else {}
            issued = min(_texts(known, DCTERMS.issued), default="")
            language = min(_texts(known, DCTERMS.language), default="")
            documents[document] = (_label(known), issued, language)
        ordinal = min(_texts(said, COMITY.ordinal), default="")
        number = int(ordinal) if ordinal.isdecimal() else 0
        yield passage, Cited(text, document, *documents[document], ordinal=number)


def _by_predicate(quads: Iterable[ox.Quad]) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for quad in quads:
        found.setdefault(quad.predicate.value, []).append(quad.object)
    return found


def _texts(said: Mapping[str, list[Term]], predicate: str) -> set[str]:
    return {
        term.value
        for term in said.get(predicate, ())
        if isinstance(term, ox.NamedNode | ox.Literal)
    }


def _label(said: Mapping[str, list[Term]]) -> str:
    """Choose a label: the preferred name before others, English before other languages."""
    for naming in _NAMING:
        names = [
            (not (term.language or "").lower().startswith("en"), term.value)
            for term in said.get(naming, ())
            if isinstance(term, ox.Literal)
        ]
        if names:
            return min(names)[1]
    return ""
