"""Looking up what a report shows beside its results: labels, and the sentences of sources.

For all results at once, or for so many as are being written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

from comity.store import Store
from comity.store.base import Term
from comity.validation.background import Background, Cited, FileLine
from comity_ontology.terms import COMITY, DCTERMS, OA, PROV, RDFS, SH, SKOS

if TYPE_CHECKING:
    from comity.validation.report import Report
    from comity.validation.results import Result

__all__ = ["About", "Lookup", "about_in", "furnished"]

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


REMEMBERED = 50_000
"""How many nodes, and how many passages, a look-up keeps in mind: some 40 MB."""


class Lookup:
    """Looks up what is said about nodes, passages and documents.

    It keeps the last ones in mind, as the results of several shapes are often
    about the same nodes.

    Parameters
    ----------
    about : callable
        Says what is known about a node.
    """

    def __init__(self, about: About):
        self._about = about
        self._documents: dict[str, tuple[str, str, str]] = {}
        self._nodes: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._cited: dict[str, Cited | None] = {}

    def furnished(self, results: Sequence[Result]) -> tuple[list[Result], dict[str, str]]:
        """Give results their passages and those of their values; return them and the labels."""
        labels: dict[str, str] = {}
        passages: dict[str, tuple[str, ...]] = {}
        for node in _nodes(results):
            label, resting = self._node(node)
            if label:
                labels[node] = label
            if resting:
                passages[node] = resting
        return [_resting(result, passages) for result in results], labels

    def cited(self, passages: Iterable[str]) -> dict[str, Cited]:
        """Return the passages whose words are known, in the order of their IRIs."""
        found = ((passage, self.passage(passage)) for passage in sorted(set(passages)))
        return {passage: cited for passage, cited in found if cited is not None}

    def passage(self, passage: str) -> Cited | None:
        """Return a passage, if its words are known."""
        if passage not in self._cited:
            _make_room(self._cited)
            self._cited[passage] = self._quoted(passage)
        return self._cited[passage]

    def _node(self, node: str) -> tuple[str, tuple[str, ...]]:
        if node not in self._nodes:
            _make_room(self._nodes)
            said = _by_predicate(self._about(node))
            resting = tuple(sorted(_texts(said, PROV.wasDerivedFrom)))
            self._nodes[node] = (_label(said), resting)
        return self._nodes[node]

    def _quoted(self, passage: str) -> Cited | None:
        said = _by_predicate(self._about(passage))
        text = min(_texts(said, COMITY.text), default="")
        if not text:
            return None
        document = min(_texts(said, OA.hasSource), default="")
        if document not in self._documents:
            _make_room(self._documents)
            self._documents[document] = self._described(document)
        ordinal = min(_texts(said, COMITY.ordinal), default="")
        number = int(ordinal) if ordinal.isdecimal() and len(ordinal) < 10 else 0
        return Cited(text, document, *self._documents[document], ordinal=number)

    def _described(self, document: str) -> tuple[str, str, str]:
        known = _by_predicate(self._about(document)) if document else {}
        issued = min(_texts(known, DCTERMS.issued), default="")
        language = min(_texts(known, DCTERMS.language), default="")
        return _label(known), issued, language


def _make_room(known: dict[str, Any]) -> None:
    if len(known) == REMEMBERED:
        known.clear()


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
