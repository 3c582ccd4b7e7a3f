"""What a report shows beside its results: labels, names of shapes, sentences, files.

It is looked up once for each node, however many results name it: for all results at
once, or for so many as are being written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from comity.store import Store
from comity.store.base import Term
from comity_ontology.terms import COMITY, DCTERMS, OA, PROV, RDFS, SH, SKOS

if TYPE_CHECKING:
    from comity.validation.report import Report
    from comity.validation.results import Result

__all__ = ["About", "Background", "Cited", "FileLine", "Lookup", "about_in", "furnished"]

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
# Here the link is at fault, and not what sources say of the value.
_OF_THE_LINK = {
    f"{SH.NS}{name}ConstraintComponent"
    for name in ("Class", "NodeKind", "In", "HasValue", "Closed")
}


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
class FileLine:
    """Where a file describes a node.

    Attributes
    ----------
    name : str
        Of the file, as the user wrote it.
    line : int
        The line on which the first statement about it is, from 1, or the row of
        a table as the spreadsheet shows it; 0 where unknown.
    is_row : bool
        Whether it is a row.

    Examples
    --------
    >>> print(FileLine("new.ttl", 12), FileLine("standard input"), sep=" · ")
    new.ttl:12 · standard input
    >>> print(FileLine("people.csv", 7, is_row=True))
    people.csv, row 7
    """

    name: str
    line: int = 0
    is_row: bool = False

    def __str__(self) -> str:
        before = ", row " if self.is_row else ":"
        return f"{self.name}{before}{self.line}" if self.line else self.name


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
    files : mapping of str to tuple of FileLine
        Where files describe a node, by IRI, if files were checked.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    passages: Mapping[str, Cited] = field(default_factory=dict)
    files: Mapping[str, tuple[FileLine, ...]] = field(default_factory=dict)

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
    files: Mapping[str, tuple[FileLine, ...]] | None = None,
) -> Report:
    """Give a report its background, and its results their passages.

    Parameters
    ----------
    report : Report
    about : callable
        Says what is known about a node.
    shapes : mapping of str to str
        What the shapes are called.
    files : mapping of str to tuple of FileLine, optional
        Where files describe nodes.

    Returns
    -------
    Report
        With the same results in the same order.
    """
    lookup = Lookup(about)
    results, labels = lookup.furnished(report.results)
    cited = (one for result in results for one in (*result.passages, *result.value_passages))
    focus = {result.focus for result in results}
    here = {node: places for node, places in (files or {}).items() if node in focus}
    background = Background(labels, shapes, lookup.cited(cited), here)
    return replace(report, results=tuple(results), background=background)


class Lookup:
    """Looks up what is said about nodes, passages and documents.

    Parameters
    ----------
    about : callable
        Says what is known about a node.
    """

    def __init__(self, about: About):
        self._about = about
        self._documents: dict[str, tuple[str, str, str]] = {}

    def furnished(self, results: Sequence[Result]) -> tuple[list[Result], dict[str, str]]:
        """Give results their passages and those of their values; return them and the labels."""
        labels: dict[str, str] = {}
        passages: dict[str, tuple[str, ...]] = {}
        for node in _nodes(results):
            said = _by_predicate(self._about(node))
            if label := _label(said):
                labels[node] = label
            if texts := _texts(said, PROV.wasDerivedFrom):
                passages[node] = tuple(sorted(texts))
        return [_resting(result, passages) for result in results], labels

    def cited(self, passages: Iterable[str]) -> dict[str, Cited]:
        """Return the passages whose words are known, in the order of their IRIs."""
        return dict(self.each_cited(passages))

    def each_cited(self, passages: Iterable[str]) -> Iterator[tuple[str, Cited]]:
        """Iterate over what :meth:`cited` returns."""
        for passage in sorted(set(passages)):
            said = _by_predicate(self._about(passage))
            text = min(_texts(said, COMITY.text), default="")
            if not text:
                continue
            document = min(_texts(said, OA.hasSource), default="")
            if document not in self._documents:
                self._documents[document] = self._described(document)
            ordinal = min(_texts(said, COMITY.ordinal), default="")
            number = int(ordinal) if ordinal.isdecimal() and len(ordinal) < 10 else 0
            yield passage, Cited(text, document, *self._documents[document], ordinal=number)

    def _described(self, document: str) -> tuple[str, str, str]:
        known = _by_predicate(self._about(document)) if document else {}
        issued = min(_texts(known, DCTERMS.issued), default="")
        language = min(_texts(known, DCTERMS.language), default="")
        return _label(known), issued, language


def _nodes(results: Iterable[Result]) -> set[str]:
    """Return the nodes that results are about, and those that are their values."""
    found: set[str] = set()
    for result in results:
        found.add(result.focus)
        if result.value_is_iri:
            found.add(result.value)
        if result.details:
            found |= _nodes(result.details)
    return found


def _resting(result: Result, passages: Mapping[str, tuple[str, ...]]) -> Result:
    own = passages.get(result.focus, ())
    other = result.value_is_iri and result.value != result.focus
    contradicts = other and result.constraint not in _OF_THE_LINK
    theirs = passages.get(result.value, ()) if contradicts else ()
    if (own, theirs) == (result.passages, result.value_passages):
        return result
    return replace(result, passages=own, value_passages=theirs)


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
